// Sign-in by OpenID Connect: against a real provider, and against one that lies.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ownCertificate } from '../node/certificate.mjs';
import { onBothDatabases, output, serve, sql, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { signInService } from '../node/glewlwyd.mjs';
import { accounts, client, inputValue } from '../node/people.mjs';
import { signedWithSecret, signingKey, strangeProvider, unsigned } from '../node/provider.mjs';

const secret = 'bi-mat-cua-chung-ta';
const hoa = { name: 'hoa', password: 'mat-khau-1', email: 'hoa@example.vn' };

/** The portal with one account, where people may sign in by the issuer. */
async function portal(t, db, issuer, label = 'VNeID') {
  const folder = temporaryDirectory(t);
  writeFileSync(join(folder, 'secret'), secret);
  await output(['init', '--db', db]);
  await accounts(t, db, [{ email: hoa.email }]);
  const log = join(folder, 'log');
  const base = await serve(t, db, ['--openid-issuer', issuer, '--openid-client', 'matxich', '--openid-secret-file', join(folder, 'secret'), '--openid-label', label,
    '--log', log], {});
  return { base, log: () => readFileSync(log, 'utf8') };
}

/** Off to the service: the address the browser is sent to. */
async function begun(browser, next = '/en/account') {
  const { status, location, text } = await browser.get(`/en/sign-in/openid?next=${encodeURIComponent(next)}`);
  assert.equal(status, 303, text);
  return location;
}

/** Back with the answer, and on by the button. */
async function returned(browser, address) {
  const page = await browser.get(address);
  if (page.status !== 200) return page;
  return browser.post('/en/sign-in/openid/return',
    { state: inputValue(page.text, 'state'), code: inputValue(page.text, 'code'), form_token: inputValue(page.text, 'form_token') });
}

const isIn = async (browser) => (await browser.get('/en/account')).status === 200;
const said = ({ text }) => text.match(/role="alert"[^>]*>(.*?)<\/div>/s)?.[1].replace(/<[^>]*>/g, '').trim();

for (const kind of ['rsa', 'ecdsa'])
  onBothDatabases(`somebody signs in by a service whose tokens are signed with ${kind}`, async (t, db) => {
    const service = await signInService(t, kind);
    const { base, log } = await portal(t, db, service.issuer);
    await service.client('matxich', secret, `${base}/sign-in/openid/return`);
    await service.person(hoa);
    const browser = client(base);
    assert.match((await browser.get('/en/sign-in')).text, /href="\/en\/sign-in\/openid[^"]*"[^>]*>Sign in with VNeID</);
    const back = await service.allow(await begun(browser), hoa);
    assert.ok(back.startsWith(`${base}/sign-in/openid/return?`), back);
    assert.ok(!await isIn(browser), 'a link alone changes nothing');
    const answer = await returned(browser, back);
    assert.equal(answer.status, 303, answer.text);
    assert.equal(answer.location, '/en/account');
    assert.ok(await isIn(browser));
    assert.match((await sql(db, 'select issuer, account from openid')).trim(), new RegExp(`^${service.issuer}\\|\\d+$`));
    assert.doesNotMatch(log(), new RegExp(new URL(back).searchParams.get('code')), 'no code stands in the log');
  });

test('the identity stays bound to its account when its address changes, and nobody else gets it', async (t) => {
  const db = sqliteDatabase(t);
  const service = await signInService(t);
  const { base } = await portal(t, db, service.issuer);
  await service.client('matxich', secret, `${base}/sign-in/openid/return`);
  await service.person(hoa);
  const come = async (who) => {
    const browser = client(base);
    const answer = await returned(browser, await service.allow(await begun(browser), who));
    return { browser, answer };
  };
  assert.equal((await come(hoa)).answer.status, 303);
  await service.change({ ...hoa, email: 'moi@example.vn' });
  const again = await come(hoa);
  assert.ok(await isIn(again.browser));
  const thief = { name: 'thief', password: 'mat-khau-2', email: hoa.email };
  await service.person(thief);
  const { browser, answer } = await come(thief);
  assert.equal(answer.status, 403);
  assert.match(said(answer), /belongs to another identity/);
  assert.ok(!await isIn(browser));
});

test('who has no account, or no verified address, is told so', async (t) => {
  const db = sqliteDatabase(t);
  const service = await signInService(t);
  const { base, log } = await portal(t, db, service.issuer);
  await service.client('matxich', secret, `${base}/sign-in/openid/return`);
  for (const [who, says] of [
    [{ name: 'stranger', password: 'mat-khau-2', email: 'stranger@example.vn' }, /no account for stranger@example\.vn/],
    [{ name: 'unverified', password: 'mat-khau-3', email: hoa.email, verified: false }, /does not confirm which e-mail/]]) {
    await service.person(who);
    const browser = client(base);
    const answer = await returned(browser, await service.allow(await begun(browser), who));
    assert.equal(answer.status, 403);
    assert.match(said(answer), says);
    assert.ok(!await isIn(browser));
  }
  assert.match(log(), /event=refused why="?openid/);
  assert.equal((await sql(db, 'select count(*) from openid')).trim(), '0');
});

test('an answer is good once, in the browser that asked, and only as the service gave it', async (t) => {
  const db = sqliteDatabase(t);
  const service = await signInService(t);
  const { base } = await portal(t, db, service.issuer);
  await service.client('matxich', secret, `${base}/sign-in/openid/return`);
  await service.person(hoa);
  const browser = client(base);
  const back = await service.allow(await begun(browser), hoa);
  const cookie = browser.jar.get('__Host-openid');
  const other = client(base);
  assert.match(said(await returned(other, back)), /trình duyệt khác|another browser/);
  const forged = new URL(back);
  forged.searchParams.set('state', 'a'.repeat(64));
  const third = client(base);
  third.jar.set('__Host-openid', cookie);
  assert.match(said(await returned(third, forged.href)), /trình duyệt khác|another browser/);
  assert.equal((await returned(browser, back)).status, 303);
  const fourth = client(base);
  fourth.jar.set('__Host-openid', cookie);                  // a copy of the cookie and of the address
  assert.match(said(await returned(fourth, back)), /used already/);
  const fifth = client(base);
  const wrong = new URL(await service.allow(await begun(fifth), hoa));
  wrong.searchParams.set('code', 'not-the-code');
  assert.match(said(await returned(fifth, wrong.href)), /does not accept/);
  for (const one of [other, third, fourth, fifth]) assert.ok(!await isIn(one));
});

test('a service that is away or says no is told from one that lets in', async (t) => {
  const db = sqliteDatabase(t);
  const service = await signInService(t);
  const { base, log } = await portal(t, db, service.issuer);
  const browser = client(base);
  const denied = new URL('/sign-in/openid/return', base);
  denied.searchParams.set('state', new URL(await begun(browser)).searchParams.get('state'));
  denied.searchParams.set('error', 'access_denied');
  denied.searchParams.set('error_description', 'Call 0900 000 000');
  const answer = await browser.get(denied.href);
  assert.equal(answer.status, 403);
  assert.match(said(answer), /did not let you in/);
  assert.doesNotMatch(answer.text.replace(/<[^>]*>/g, ''), /0900/, 'no words of a link are shown as ours');
  await service.stop();
  const fresh = await portal(t, sqliteDatabase(t), service.issuer);
  const away = await client(fresh.base).get('/en/sign-in/openid');
  assert.equal(away.status, 503);
  assert.match(away.text, /gave no usable answer/);
  assert.match(fresh.log(), /event=fetch-failed/);
  assert.equal(log().includes('fetch-failed'), false);
});

test('a one-time code is asked for as after a password', async (t) => {
  const db = sqliteDatabase(t);
  const service = await signInService(t);
  const { base } = await portal(t, db, service.issuer);
  await service.client('matxich', secret, `${base}/sign-in/openid/return`);
  await service.person(hoa);
  await sql(db, `update credential set totp = 'JBSWY3DPEHPK3PXP'`);
  const browser = client(base);
  const answer = await returned(browser, await service.allow(await begun(browser), hoa));
  assert.equal(answer.status, 303, answer.text);
  assert.match(answer.location, /^\/en\/sign-in\/code\?next=/);
  assert.ok(!await isIn(browser));
});

/** Comes back from a provider that answers as it is told. */
async function come(base, provider, nonce) {
  const browser = client(base);
  const sent = new URL(await begun(browser));
  provider.email = hoa.email;
  provider.nonce = nonce ?? sent.searchParams.get('nonce');
  const back = new URL(sent.searchParams.get('redirect_uri'));
  back.searchParams.set('state', sent.searchParams.get('state'));
  back.searchParams.set('code', 'code-1');
  return { browser, answer: await returned(browser, back.href), sent };
}

test('no token opens an account but one that the service has signed, for us, for this attempt, a moment ago', async (t) => {
  const provider = await strangeProvider(t);
  const { base, log } = await portal(t, sqliteDatabase(t), provider.issuer);
  const good = await come(base, provider);
  assert.equal(good.answer.status, 303, good.answer.text);
  assert.equal(good.sent.searchParams.get('code_challenge_method'), 'S256');
  const other = signingKey('key-1');
  const { key } = provider;
  const wrong = {
    'signed by another key': (c) => other.token(c),
    'of a key nobody knows': (c) => signingKey('key-2').token(c),
    'not signed': (c) => unsigned(c, { alg: 'none' }),
    'not signed, naming a key': (c) => unsigned(c, { alg: 'none', kid: 'key-1' }),
    'signed with the public key as a secret': (c) => signedWithSecret(c, { alg: 'HS256', kid: 'key-1' }, key.pem),
    'signed with our own secret': (c) => signedWithSecret(c, { alg: 'HS256', kid: 'key-1' }, secret),
    'late': (c) => key.token({ ...c, iat: c.iat - 1000, exp: c.iat - 100 }),
    'issued long ago': (c) => key.token({ ...c, iat: c.iat - 3600 }),
    'of tomorrow': (c) => key.token({ ...c, iat: c.iat + 86400, exp: c.exp + 86400 }),
    'without an end': ({ exp, ...c }) => key.token(c),
    'for somebody else': (c) => key.token({ ...c, aud: 'another' }),
    'for us among others, given to another': (c) => key.token({ ...c, aud: ['matxich', 'another'], azp: 'another' }),
    'of another issuer': (c) => key.token({ ...c, iss: 'https://accounts.example' }),
    'of another attempt': (c) => key.token({ ...c, nonce: good.sent.searchParams.get('nonce') }),
    'of no attempt': ({ nonce, ...c }) => key.token(c),
    'about nobody': ({ sub, ...c }) => key.token(c),
    'cut off': (c) => key.token(c).slice(0, -10),
    'huge': (c) => key.token({ ...c, x: 'x'.repeat(1 << 17) }),
    'empty': () => '',
  };
  for (const [what, token] of Object.entries(wrong)) {
    provider.token = token;
    const { browser, answer } = await come(base, provider);
    assert.equal(answer.status, 403, `a token ${what}: ${answer.status}`);
    assert.ok(said(answer), what);
    assert.ok(!await isIn(browser), what);
  }
  assert.equal((log().match(/event=refused why="?openid/g) ?? []).length, Object.keys(wrong).length);
});

test('a provider that answers with nonsense, sends elsewhere or never ends lets nobody in', async (t) => {
  const provider = await strangeProvider(t);
  const { base } = await portal(t, sqliteDatabase(t), provider.issuer);
  const answers = {
    'a page': (reply) => reply('<html>'),
    'an error': (reply) => reply({ error: 'x' }, 500),
    'a way elsewhere': (reply) => reply('', 302, { location: `${provider.issuer}/elsewhere` }),
    'nothing': (reply) => reply(''),
    'another document': (reply) => reply([1, 2, 3]),
    'much too much': (reply) => reply(' '.repeat(3 << 20)),
  };
  for (const [what, answer] of Object.entries(answers)) {
    provider.answer = (url, reply) => url.startsWith('/.well-known/') && (answer(reply), true);
    assert.equal((await client(base).get('/en/sign-in/openid')).status, 503, what);
  }
  for (const where of ['/keys', '/token'])
    for (const [what, answer] of Object.entries(answers)) {
      provider.answer = (url, reply) => url === where && (answer(reply), true);
      const { browser, answer: got } = await come(base, provider);
      assert.equal(got.status, 503, `${what} at ${where}: ${got.text}`);
      assert.ok(!await isIn(browser));
    }
  provider.answer = null;
  assert.equal((await come(base, provider)).answer.status, 303, 'and when it is well again, people come in');
});

test('a provider whose certificate nobody vouches for is not asked', async (t) => {
  const provider = await strangeProvider(t, { tls: await ownCertificate(t) });
  const { base, log } = await portal(t, sqliteDatabase(t), provider.issuer);
  assert.equal((await client(base).get('/en/sign-in/openid')).status, 503);
  assert.match(log(), /event=fetch-failed .*certificate/i);
});

test('where no service is set up, none is offered', async (t) => {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  const base = await serve(t, db);
  assert.doesNotMatch((await client(base).get('/en/sign-in')).text, /openid/);
  for (const path of ['/en/sign-in/openid', '/en/sign-in/openid/return?code=1&state=2']) assert.equal((await client(base).get(path)).status, 404);
});
