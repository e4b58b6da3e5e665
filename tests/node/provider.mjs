// A sign-in service that says whatever a test wants of it, as no honest one would.
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A key it signs with. */
export function signingKey(id) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    id, jwk: { ...publicKey.export({ format: 'jwk' }), kid: id, alg: 'RS256', use: 'sig' }, pem: publicKey.export({ type: 'spki', format: 'pem' }),
    token(claims, header = {}) {
      const text = `${part({ alg: 'RS256', kid: id, ...header })}.${part(claims)}`;
      return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
    },
  };
}

export const unsigned = (claims, header) => `${part(header)}.${part(claims)}.`;
export function signedWithSecret(claims, header, secret) {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** provider.token: makes the ID token of the claims a good one would have; provider.answer: instead of all of that.  tls: [certificate, key]. */
export async function strangeProvider(t, { tls } = {}) {
  const key = signingKey('key-1');
  const provider = { key, token: (claims) => key.token(claims), answer: null };
  const listener = (request, response) => {
    request.resume().on('end', () => {
      const reply = (value, status = 200, headers = {}) =>
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof value === 'string' ? value : JSON.stringify(value));
      if (provider.answer?.(request.url, reply)) return;
      if (request.url.endsWith('/.well-known/openid-configuration'))
        reply({ issuer: provider.issuer, authorization_endpoint: `${provider.issuer}/auth`, token_endpoint: `${provider.issuer}/token`, jwks_uri: `${provider.issuer}/keys` });
      else if (request.url === '/keys') reply({ keys: [key.jwk] });
      else if (request.url === '/token') {
        const now = Math.floor(Date.now() / 1000);
        const claims = { iss: provider.issuer, aud: 'matxich', sub: 'person-1', exp: now + 300, iat: now, nonce: provider.nonce, email: provider.email, email_verified: true };
        reply({ id_token: provider.token(claims), token_type: 'Bearer', access_token: 'x' });
      } else reply({}, 404);
    });
  };
  const server = tls ? https.createServer({ cert: readFileSync(tls[0]), key: readFileSync(tls[1]) }, listener) : http.createServer(listener);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  provider.issuer = `${tls ? 'https' : 'http'}://127.0.0.1:${server.address().port}`;
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return provider;
}
