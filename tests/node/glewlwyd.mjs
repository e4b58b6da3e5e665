// A sign-in service (Debian's glewlwyd) with a database of its own, set up through its own interface.
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, temporaryDirectory } from './matxich.mjs';
import { freePort } from './smtp.mjs';
import { eventually } from './web.mjs';

const tables = '/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3';       // with its administrator "admin", "password"
const modules = '/usr/lib/glewlwyd';

/** People have one property more than usual: whether their address was verified. */
const people = JSON.stringify({ 'use-glewlwyd-connection': true,
  'data-format': { verified: { multiple: false, read: true, write: true, 'profile-read': false, 'profile-write': false } } });

async function database(folder) {
  const path = join(folder, 'glewlwyd.db');
  const made = await command('sqlite3', [path], { input: `${readFileSync(tables, 'utf8')}\nupdate g_user_module_instance set gumi_parameters = '${people}';` });
  if (made.code !== 0) throw new Error(made.stderr);
  return path;
}

function configuration(folder, db, port) {
  const path = join(folder, 'glewlwyd.conf');
  const files = join(folder, 'files');
  mkdirSync(files);
  writeFileSync(path, `
    port = ${port}
    bind_address = "127.0.0.1"
    external_url = "http://127.0.0.1:${port}"
    login_url = "login.html"
    api_prefix = "api"
    log_mode = "file"
    log_level = "INFO"
    log_file = "${join(folder, 'log')}"
    session_key = "glewlwyd"
    admin_scope = "g_admin"
    profile_scope = "g_profile"
    static_files_path = "${files}"
    user_module_path = "${modules}/user"
    client_module_path = "${modules}/client"
    user_auth_scheme_module_path = "${modules}/scheme"
    plugin_module_path = "${modules}/plugin"
    hash_algorithm = "SHA512"
    database = { type = "sqlite3"; path = "${db}"; };`);
  return path;
}

/** Somebody at the service's interface, with a session there. */
function at(base) {
  let cookie = '';
  return async (method, path, body) => {
    const answer = await fetch(path.startsWith('http') ? path : base + path, { method, redirect: 'manual', headers: { 'content-type': 'application/json', cookie },
      body: body && JSON.stringify(body) });
    const [set] = answer.headers.getSetCookie();
    if (set) cookie = set.split(';')[0];
    const text = await answer.text();
    if (answer.status >= 400) throw new Error(`glewlwyd: ${method} ${path}: ${answer.status} ${text}`);
    return answer;
  };
}

const keys = {
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }),
  ecdsa: () => generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }),
};

const plugin = (issuer, kind, { publicKey, privateKey }) => ({
  module: 'oidc', name: 'oidc', display_name: 'oidc',
  parameters: {
    iss: issuer, 'jwt-type': kind, 'jwt-key-size': '256', key: privateKey, cert: publicKey,
    'code-duration': 600, 'access-token-duration': 3600, 'refresh-token-duration': 3600, 'allow-non-oidc': false,
    'auth-type-code-enabled': true, 'auth-type-implicit-enabled': false, 'auth-type-token-enabled': false, 'auth-type-id-token-enabled': false,
    'auth-type-password-enabled': false, 'auth-type-client-enabled': false, 'auth-type-refresh-enabled': true,
    'pkce-allowed': true, 'pkce-method-plain-allowed': false, 'pkce-required': true, 'subject-type': 'public',
    'email-claim': 'mandatory', 'email-claim-scope': [], scope: [],
    claims: [{ name: 'email_verified', 'user-property': 'verified', type: 'boolean', 'boolean-value-true': 'yes', 'boolean-value-false': 'no', mandatory: true, 'on-demand': false, scope: [] }],
  },
});

/**
 * The service, whose tokens are signed by a key of the kind ("rsa" or "ecdsa"): its issuer; client(), which registers a server that
 * people come back to; person() and change(), who may sign in there; and stop().
 */
export async function signInService(t, kind = 'rsa') {
  const folder = temporaryDirectory(t);
  const port = await freePort();
  const api = `http://127.0.0.1:${port}/api`;
  const issuer = `${api}/oidc`;
  const child = spawn('glewlwyd', ['-c', configuration(folder, await database(folder), port)], { stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', done));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  t.after(stop);
  await eventually(() => fetch(`${api}/../config`).then(() => true, () => false));
  const admin = at(api);
  await admin('POST', '/auth/', { username: 'admin', password: 'password' });
  await admin('POST', '/mod/plugin/', plugin(issuer, kind, keys[kind]()));
  const facts = ({ name, email, verified = true }) => ({ username: name, name, email, verified: verified ? 'yes' : 'no', enabled: true, scope: ['openid'] });
  return {
    issuer, stop,
    client: (id, secret, back) => admin('POST', '/client/', { client_id: id, password: secret, name: id, enabled: true, confidential: true, scope: ['openid'],
      redirect_uri: [back], authorization_type: ['code'], token_endpoint_auth_method: ['client_secret_basic'] }),
    person: (who) => admin('POST', '/user/', { ...facts(who), password: who.password }),
    change: (who) => admin('PUT', `/user/${who.name}`, facts(who)),
    /** Signs in there, allows the client, and gives where the browser that came with the address is sent back to. */
    async allow(address, { name, password }) {
      const person = at(api);
      await person('POST', '/auth/', { username: name, password });
      await person('PUT', `/auth/grant/${new URL(address).searchParams.get('client_id')}`, { scope: 'openid' });
      return (await person('GET', `${address}&g_continue`)).headers.get('location');
    },
  };
}
