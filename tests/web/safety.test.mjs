// What somebody tries who means harm, from outside: forged forms, stolen and replayed tokens, too much of everything.  Nothing is changed by it,
// it is told in a sentence with the right status, and stands in the log, which itself holds no secret.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { demoDatabase, output, records, serve, sql, temporaryDirectory } from '../node/matxich.mjs';
import { accounts, client, inputValue, password, signedIn } from '../node/people.mjs';
import { eventually, get } from '../node/web.mjs';

const officer = 'officer@example.vn';

/** The demonstration with an officer, served: { db, base, log: its text }. */
async function portal(t, options = []) {
  const db = await demoDatabase(t), path = join(temporaryDirectory(t), 'log');
  await accounts(t, db, [{ email: officer }]);
  return { db, base: await serve(t, db, ['--log', path, ...options]), log: () => readFileSync(path, 'utf8') };
}
const form = (fields) => ({ method: 'POST', body: new URLSearchParams(fields) });
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
const ownOrigin = (base) => ({ origin: new URL(base).origin });

/** The first enterprise, the address of its form, and the form. */
async function editing(db, one) {
  const [{ id }] = await records(db, 'enterprise', 'limit=1');
  const path = `/en/workspace/enterprises/${id}/edit`;
  return { id, path, page: (await one.get(path)).text };
}

// ---- forms that are not ours

test('a form that another website sends changes nothing', async (t) => {
  const { db, base, log } = await portal(t);
  const one = await signedIn(db, base, officer), token = await one.token();
  const before = (await sql(db, 'select max(seq) from change')).trim();
  const cases = [
    { origin: 'https://evil.example' }, { origin: 'null' }, { origin: base.replace('http:', 'https:') }, { origin: `${new URL(base).origin}.evil.example` },
    { ...ownOrigin(base), 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' },
  ];
  const { path } = await editing(db, one);
  for (const headers of cases) {
    const answer = await one.ask(path, { ...form({ name_vi: 'Bị chiếm', form_token: token }), headers });
    assert.equal(answer.status, 403, JSON.stringify(headers));
    assert.match(answer.text, /sent from another website, so nothing was changed/);
  }
  assert.equal((await sql(db, 'select max(seq) from change')).trim(), before);
  assert.equal(log().match(/event=refused why="origin" status=403/g).length, cases.length);
});

test('a form needs the token of the session that sends it, and of no other', async (t) => {
  const { db, base, log } = await portal(t);
  const visitor = client(base), visitors = await visitor.token();
  const one = await signedIn(db, base, officer), other = await signedIn(db, base, officer);
  const { path } = await editing(db, one);
  for (const form_token of ['', 'x', visitors, await other.token(), `${await one.token()}0`]) {
    const answer = await one.ask(path, { ...form({ name_vi: 'Bị chiếm', form_token }), headers: ownOrigin(base) });
    assert.equal(answer.status, 403);
    assert.match(answer.text, /what you typed still stands there/);
  }
  assert.match(log(), /event=refused why="form token" status=403/);
  const last = await one.token();
  assert.equal((await one.post('/sign-out', {})).status, 303);
  assert.equal((await one.ask(path, { ...form({ name_vi: 'x', form_token: last }), headers: ownOrigin(base) })).status, 401);
});

test('a visitor needs a token too, even to sign in', async (t) => {
  const { base } = await portal(t);
  const answer = await client(base).ask('/en/sign-in', { ...form({ email: officer, password }), headers: ownOrigin(base) });
  assert.equal(answer.status, 403);
  assert.equal(answer.headers.getSetCookie().length, 0);
});

// ---- sessions

test('a session is made anew at sign-in, hidden from scripts, and of no use after sign-out', async (t) => {
  const { db, base } = await portal(t);
  const one = client(base);
  one.jar.set('__Host-session', 'A'.repeat(43));                  // put there by somebody else
  const answer = await one.post('/sign-in', { email: officer, password }, { page: '/sign-in' });
  assert.equal(answer.status, 303);
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('__Host-session='));
  assert.match(cookie, /^__Host-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
  assert.doesNotMatch(cookie, /AAAA/);
  const stolen = one.jar.get('__Host-session');
  assert.equal(await sql(db, `select count(*) from session where hash = '${stolen}'`), '0\n', 'the database holds no token');
  await one.post('/sign-out', {});
  const thief = client(base);
  thief.jar.set('__Host-session', stolen);
  assert.equal((await thief.get('/workspace')).status, 303);
});

test('nobody sees what was made for somebody else', async (t) => {
  const { db, base } = await portal(t);
  const one = await signedIn(db, base, officer);
  for (const path of ['/en/', '/en/enterprises', '/en/workspace']) {
    const mine = await one.get(path);
    assert.equal(mine.headers.get('cache-control'), 'no-store', path);
    assert.equal(mine.headers.get('etag'), null, path);
    for (let i = 0; i < 2; i++) {
      const theirs = await get(base, path);
      assert.doesNotMatch(theirs.text, /officer@example|sign-out/, path);
      if (theirs.status === 200) assert.match(theirs.headers.get('vary'), /cookie/i, path);
    }
  }
});

test('sign-in leads back to our own pages and nowhere else', async (t) => {
  const { base } = await portal(t);
  const asked = await get(base, '/en/workspace/enterprises?q=a&page=2');
  assert.equal(asked.headers.get('location'), '/en/sign-in?next=%2Fen%2Fworkspace%2Fenterprises%3Fq%3Da%26page%3D2');
  for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)', 'evil.example', '/%0d%0aX:1', '\\\\evil.example']) {
    const one = client(base);
    const { status, location } = await one.post('/sign-in', { email: officer, password, next });
    assert.ok(status === 303 || status === 400, next);
    if (location) assert.equal(new URL(location, base).origin, base, `${next} led to ${location}`);
  }
});

// ---- methods and bodies

test('each address takes the methods it has and names them', async (t) => {
  const { base } = await portal(t);
  for (const [path, method, allow] of [
    ['/', 'POST', 'GET, HEAD, OPTIONS'], ['/enterprises', 'DELETE', 'GET, HEAD, OPTIONS'], ['/sign-in', 'PATCH', 'GET, POST, HEAD, OPTIONS'],
    ['/sign-out', 'PUT', 'POST, OPTIONS'], ['/sign-out', 'GET', 'POST, OPTIONS'],
  ]) {
    const answer = await client(base).ask(path, { method });
    assert.equal(answer.status, 405, `${method} ${path}`);
    assert.equal(answer.headers.get('allow'), allow);
  }
  assert.equal((await client(base).ask('/nowhere', { method: 'DELETE' })).status, 404);
});

test('a form of another kind or too large is refused', async (t) => {
  const { db, base } = await portal(t);
  const one = await signedIn(db, base, officer);
  const { path } = await editing(db, one);
  const send = async (target, headers, body) => (await one.ask(target, { method: 'POST', headers: { ...ownOrigin(base), ...headers }, body })).status;
  assert.equal(await send('/account/password', { 'content-type': 'application/json' }, '{}'), 415);
  assert.equal(await send('/account/password', { 'content-type': 'text/plain' }, 'a=1'), 415);
  assert.equal(await send('/account/password', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--\r\n'), 415);
  assert.equal(await send(path, { 'content-type': 'multipart/form-data' }, '--x--\r\n'), 400);
  assert.equal(await send('/account/password', urlencoded, `a=${'x'.repeat(1 << 20)}`), 413);
  assert.equal(await send('/account/password', urlencoded, Array.from({ length: 600 }, (_, i) => `p${i}=1`).join('&')), 413);
  assert.equal(await send('/account/password', urlencoded, 'a=%00'), 400);
});

test('a form with a file that is cut off in the middle leaves nothing behind', async (t) => {
  const { db, base } = await portal(t);
  const one = await signedIn(db, base, officer);
  const { path } = await editing(db, one);
  const stored = () => sql(db, 'select count(*) from file'), before = await stored();
  const { hostname, port, host } = new URL(base);
  for (const sent of [100, 2 << 20]) {
    const socket = connect({ host: hostname, port });
    await once(socket, 'connect');
    socket.write(`POST ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${base}\r\nCookie: __Host-session=${one.jar.get('__Host-session')}\r\n` +
      'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000000\r\n\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-');
    await new Promise((done) => socket.write(Buffer.alloc(sent), done));
    socket.destroy();
  }
  assert.equal((await one.get('/en/workspace')).status, 200);
  assert.equal(await stored(), before);
});

// ---- too often

test('who asks too often waits as long as told, and only on the same address', async (t) => {
  const { base, log } = await portal(t, ['--rate', '60', '--base-url', 'https://register.example']);
  const from = (address, path = '/en/enterprises?q=a') => get(base, `${path}${Math.random()}`, { 'x-forwarded-for': address });
  let last;
  for (let i = 0; i < 31; i++) last = await from('203.0.113.9');
  assert.equal(last.status, 429);
  assert.match(last.headers.get('retry-after'), /^[1-9]\d*$/);
  assert.match(last.text, /Try again in \d+ s\./);
  assert.equal((await from('203.0.113.10')).status, 200);
  assert.equal((await get(base, '/enterprises.csv', { 'x-forwarded-for': '203.0.113.9' })).status, 429);
  assert.match(log(), /event=refused why="rate" status=429 address="203\.0\.113\.9"/);
});

test('passwords cannot be tried one after another from an address', async (t) => {
  const { base } = await portal(t, ['--rate', '600']);
  const one = client(base), statuses = [];
  const post = async (i) => (await one.post('/sign-in', { email: `nobody${i}@example.vn`, password: 'wrong-wrong-wrong' })).status;
  for (let i = 0; i < 40 && statuses.at(-1) !== 429; i++) statuses.push(await post(i));       // on a slow machine there is time for some more
  assert.equal(statuses.at(-1), 429);
  assert.equal(await post(40), 429);
});

// ---- what is seen at once, and what is never seen

test('what an officer saves stands on the public page, and the log holds none of the secrets', async (t) => {
  const { db, base, log } = await portal(t);
  const one = await signedIn(db, base, officer);
  const { id, path, page } = await editing(db, one);
  const fields = Object.fromEntries([...page.matchAll(/<input[^>]* type="(?:text|hidden|email|url|tel|number|date)"[^>]* name="([^"]+)"/g)]
    .map((m) => [m[1], inputValue(page, m[1])]));
  const saved = await one.post(path, { ...fields, name_vi: 'Công ty TNHH Vừa Mới Đổi Tên' });
  assert.equal(saved.status, 303, saved.text.match(/class="[^"]*problem[^"]*"[^]*?<\/(?:div|ul)>/)?.[0]);
  await eventually(async () => (await get(base, `/enterprises/${id}`)).text.includes('Vừa Mới Đổi Tên'));
  const ticket = (await output(['account', 'reset', officer, '--db', db])).match(/\/reset\/([\w-]+)/)[1];
  await get(base, `/reset/${ticket}`);
  await get(base, '/sign-in/openid/return?code=the-code-of-a-service&state=a-state');
  for (const secret of [ticket, password, one.jar.get('__Host-session'), 'the-code-of-a-service', 'a-state']) assert.ok(!log().includes(secret), secret);
  assert.match(log(), /target="\/reset\/…"/);
});
