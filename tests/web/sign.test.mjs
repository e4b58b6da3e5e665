// The way in and one's own account, over HTTP: sign-up to sign-out, lockout, mailed links, one-time codes, tokens, sessions.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { onBothDatabases, output, serve, sql, sqliteDatabase } from '../node/matxich.mjs';
import { accounts, client, inputValue, password, signedIn } from '../node/people.mjs';

const NOW = Date.parse('2026-11-22T01:00:00Z') / 1000;      // of the served clock
const another = 'Một-mật-khẩu-khác-hẳn-8';

async function served(t, db = sqliteDatabase(t), options = []) {
  await output(['init', '--db', db]);
  return { db, base: await serve(t, db, options) };
}

const said = (page) => page.text.match(/role="(?:alert|status)">(.*?)<\/div>/s)?.[1].replace(/<[^>]*>/g, '');
/** Subject and text of the last mail to somebody, and the path of the link in it. */
async function mail(db, to) {
  const found = await sql(db, `select subject, body from mail where recipient = '${to}' order by id desc limit 1`);
  return { text: found, path: found.match(/\{base\}(\/[^\s]+)/)?.[1] };
}
const session = (one) => one.jar.get('__Host-session');
const open = async (one) => (await one.get('/account')).status === 200;

/** The code of RFC 6238 for a secret in base32, so many steps from now. */
function code(secret, steps = 0) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(NOW / 30) + steps));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

const lan = { role: 'enterprise', name: 'Nguyễn Thị Lan', firm: 'Công ty TNHH Cơ khí Lan', email: 'lan@example.vn', new_password: password };

onBothDatabases('somebody signs up, confirms the address, signs out and in again', async (t, db) => {
  const { base } = await served(t, db);
  const one = client(base);
  const up = await one.post('/sign-up', lan);
  assert.equal(up.status, 303, up.text);
  assert.equal(up.location, '/sign-in?said=signed-up');
  assert.equal((await one.post('/sign-in', { email: lan.email, password })).status, 422, 'not before the address is confirmed');
  const { path, text } = await mail(db, lan.email);
  assert.ok(path.startsWith('/confirm/') && !text.includes(password) && !text.includes('Lan'), 'no word of a stranger is sent on');
  assert.equal((await one.get(path)).status, 200);
  assert.equal((await one.get(path)).status, 200, 'looking at it uses nothing');
  const wrong = await one.post(path, { password: another });
  assert.equal(wrong.status, 422, 'whoever opens the mail must be who signed up');
  const confirmed = await one.post(path, { password });
  assert.equal(confirmed.location, '/workspace');
  assert.ok(await open(one));
  assert.equal((await one.get(path)).status, 404, 'a link is used once');
  const out = await one.post('/sign-out', {}, { page: '/account' });
  assert.equal(out.status, 303);
  assert.ok(!session(one) && !await open(one));
  assert.ok(await open(await signedIn(db, base, lan.email)));
  assert.equal((await output(['account', 'list', '--lang', 'en', '--db', db])).trim(), 'lan@example.vn\tNguyễn Thị Lan\tEnterprise\tActive');
});

test('what is wrong with a sign-up stands beside each input, and only the password must be typed again', async (t) => {
  const { base } = await served(t);
  const page = await client(base).post('/en/sign-up', { ...lan, email: 'lan at example', firm: '', new_password: 'matkhau123' });
  assert.equal(page.status, 422);
  for (const name of ['email', 'firm', 'new_password']) assert.match(page.text, new RegExp(`id="${name}-wrong"`), name);
  assert.match(page.text, /value="Nguyễn Thị Lan"/);
  assert.match(page.text, /value="lan at example"/);
  assert.doesNotMatch(page.text, /matkhau123/);
});

test('nobody signs up as an officer', async (t) => {
  const { base, db } = await served(t);
  for (const role of ['officer', 'admin', 'enterprise;admin', '']) assert.equal((await client(base).post('/sign-up', { ...lan, role })).status, 422, role);
  assert.equal(await output(['account', 'list', '--db', db]), '');
});

test('signing up with an address that has an account looks the same, changes nothing and tells its holder', async (t) => {
  const { base, db } = await served(t);
  await accounts(t, db, [{ email: lan.email }]);
  const fresh = await client(base).post('/sign-up', { ...lan, email: 'minh@example.vn' });
  const known = await client(base).post('/sign-up', { ...lan, new_password: another });
  assert.deepEqual([known.status, known.location], [fresh.status, fresh.location]);
  assert.equal((await mail(db, lan.email)).path, '/sign-in');
  const one = await signedIn(db, base, lan.email);
  assert.equal((await client(base).post('/sign-in', { email: lan.email, password: another })).status, 422);
});

test('who signs up for the address of another gets nothing: the last password counts, and the link of before is over', async (t) => {
  const { base, db } = await served(t);
  await client(base).post('/sign-up', { ...lan, new_password: another });
  const strangers = (await mail(db, lan.email)).path;
  await client(base).post('/sign-up', lan);
  const { path } = await mail(db, lan.email);
  assert.equal((await client(base).get(strangers)).status, 404);
  assert.equal((await client(base).post(path, { password: another })).status, 422);
  assert.equal((await client(base).post(path, { password })).status, 303);
});

test('known and unknown addresses are told the same, until both must wait', async (t) => {
  const { base, db } = await served(t);
  await accounts(t, db, [{ email: lan.email }]);
  const told = async (email) => {
    const answers = [];
    for (let i = 0; i < 6; i++) {
      const page = await client(base).post('/en/sign-in', { email, password: another });
      answers.push([page.status, page.headers.get('retry-after'), said(page)]);
    }
    return answers;
  };
  const known = await told(lan.email), unknown = await told('nobody@example.vn');
  assert.deepEqual(known, unknown);
  assert.deepEqual(known.map(([status]) => status), [422, 422, 422, 422, 422, 429]);
  assert.equal(known[5][1], '30');
  assert.equal((await client(base).post('/sign-in', { email: lan.email, password })).status, 429, 'the right one has to wait too');
});

test('a forgotten password is chosen anew by mail, once; every session of before has ended', async (t) => {
  const { base, db } = await served(t);
  await accounts(t, db, [{ email: lan.email }]);
  const before = await signedIn(db, base, lan.email), one = client(base);
  const known = await one.post('/forgotten', { email: 'LAN@example.vn' }), unknown = await one.post('/forgotten', { email: 'nobody@example.vn' });
  assert.deepEqual([known.status, known.location], [unknown.status, unknown.location]);
  assert.equal((await mail(db, 'nobody@example.vn')).text, '');
  const { path } = await mail(db, lan.email);
  assert.ok(path.startsWith('/reset/'));
  assert.equal((await one.post(path, { new_password: '1234567890' })).status, 422);
  assert.equal((await one.post(path, { new_password: another })).status, 303);
  assert.ok(await open(one) && !await open(before));
  assert.equal((await one.get(path)).status, 404);
  assert.equal((await client(base).post('/sign-in', { email: lan.email, password })).status, 422);
  assert.equal((await client(base).post('/sign-in', { email: lan.email, password: another })).status, 303);
});

test('after signing in one is where one wanted to go, and never at another site', async (t) => {
  const { base, db } = await served(t);
  await accounts(t, db, [{ email: lan.email }]);
  const next = async (wanted) => {
    const one = client(base);
    return (await one.post('/sign-in', { email: lan.email, password, next: wanted })).location;
  };
  assert.equal(await next('/en/workspace/enterprises?q=a%20b'), '/en/workspace/enterprises?q=a%20b');
  for (const wanted of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '\\\\evil.example', '', ' //evil.example',
    'evil', `/${'x'.repeat(9000)}`])
    assert.equal(await next(wanted), '/workspace', wanted.slice(0, 30));
  const asked = await client(base).get('/account/tokens?x=1');
  assert.equal(asked.location, '/sign-in?next=%2Faccount%2Ftokens%3Fx%3D1');
});

test('signing in begins another session and another form secret, whatever cookies there were', async (t) => {
  const { base, db } = await served(t);
  await accounts(t, db, [{ email: lan.email }]);
  const one = client(base);
  one.jar.set('__Host-session', 'A'.repeat(43));
  one.jar.set('__Host-form', 'known-to-a-stranger');
  const before = inputValue((await one.get('/sign-in')).text, 'form_token');
  const answer = await one.post('/sign-in', { email: lan.email, password }, { page: '/sign-in' });
  const cookies = answer.headers.getSetCookie();
  assert.notEqual(session(one), 'A'.repeat(43));
  assert.ok(cookies.some((c) => c.startsWith('__Host-form=;') && /Max-Age=0/.test(c)));
  const mine = cookies.find((c) => c.startsWith('__Host-session='));
  for (const mark of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax']) assert.ok(mine.split('; ').includes(mark), mark);
  assert.doesNotMatch(mine, /Domain|Max-Age|Expires/);
  assert.equal((await one.post('/sign-out', { form_token: before })).status, 403, 'forms of before are no more');
  const first = session(one);
  await one.post('/sign-out', {}, { page: '/account' });
  assert.notEqual(session(await signedIn(db, base, lan.email)), first);
  one.jar.set('__Host-session', first);
  assert.ok(!await open(one), 'a session that was ended stays ended');
});

test('an account that is disabled is out at once, and is told no more than that something is wrong', async (t) => {
  const { base, db } = await served(t);
  await accounts(t, db, [{ email: lan.email }]);
  const one = await signedIn(db, base, lan.email);
  await output(['account', 'disable', lan.email, '--db', db]);
  assert.ok(!await open(one));
  const wrong = await client(base).post('/en/sign-in', { email: lan.email, password: another });
  const right = await client(base).post('/en/sign-in', { email: lan.email, password });
  assert.deepEqual([right.status, said(right)], [wrong.status, said(wrong)]);
});

test('sessions are listed and ended, one or all others', async (t) => {
  const { base, db } = await served(t);
  await accounts(t, db, [{ email: lan.email }]);
  const [one, two, three] = [await signedIn(db, base, lan.email), await signedIn(db, base, lan.email), await signedIn(db, base, lan.email)];
  const list = await one.get('/account/sessions');
  assert.equal([...list.text.matchAll(/name="session"/g)].length, 2, 'all but this one can be ended');
  await one.post('/account/sessions/end', { session: inputValue(list.text, 'session') }, { page: '/account/sessions' });
  assert.deepEqual([await open(one), await open(two) !== await open(three)], [true, true]);
  await one.post('/account/sessions/end', {}, { page: '/account/sessions' });
  assert.deepEqual([await open(one), await open(two), await open(three)], [true, false, false]);
});

test('a new password needs the old one, and ends every other session', async (t) => {
  const { base, db } = await served(t);
  await accounts(t, db, [{ email: lan.email }]);
  const one = await signedIn(db, base, lan.email), two = await signedIn(db, base, lan.email);
  const before = session(one);
  assert.equal((await one.post('/account/password', { password: another, new_password: another })).status, 422);
  assert.equal((await one.post('/account/password', { password, new_password: another })).status, 303);
  assert.ok(await open(one) && !await open(two));
  assert.notEqual(session(one), before);
});

/** Turns codes on for a signed-in client: { secret, recovery }. */
async function codesOn(one) {
  await one.post('/account/codes/propose', {}, { page: '/account/codes' });
  const page = await one.get('/account/codes');
  const secret = page.text.match(/<code>((?:[A-Z2-7]{4} ?){8})<\/code>/)[1].replaceAll(' ', '');
  assert.match(page.text, /<svg class="qr"/);
  assert.equal((await one.post('/account/codes/confirm', { code: code(secret, 5) }, { page: '/account/codes' })).status, 422);
  const done = await one.post('/account/codes/confirm', { code: code(secret, -1) }, { page: '/account/codes' });
  assert.equal(done.status, 200, done.text);
  return { secret, recovery: [...done.text.matchAll(/<code>([a-z2-7-]{19})<\/code>/g)].map((m) => m[1]) };
}

onBothDatabases('one-time codes: set up, asked for after the password, used once; recovery codes stand in', async (t, db) => {
  const { base } = await served(t, db);
  await accounts(t, db, [{ email: lan.email }]);
  const one = await signedIn(db, base, lan.email);
  const { secret, recovery } = await codesOn(one);
  assert.equal(recovery.length, 10);
  assert.doesNotMatch((await one.get('/account/codes')).text, new RegExp(`${secret}|${recovery[0]}`), 'shown once');

  const two = client(base);
  const asked = await two.post('/sign-in', { email: lan.email, password, next: '/account' });
  assert.equal(asked.location, '/sign-in/code?next=%2Faccount');
  assert.ok(!session(two) && !await open(two), 'not in before the code');
  const give = (who, value) => who.post('/sign-in/code', { code: value, next: '/account' }, { page: '/sign-in/code?next=/account' });
  assert.equal((await give(two, '000000')).status, 422);
  assert.equal((await give(two, code(secret, -1))).status, 422, 'the code that turned them on is used');
  const right = await give(two, code(secret));
  assert.equal(right.location, '/account');
  assert.ok(await open(two));

  const three = client(base);
  await three.post('/sign-in', { email: lan.email, password });
  assert.equal((await give(three, code(secret))).status, 422, 'a code counts once');
  assert.equal((await give(three, recovery[0].toUpperCase())).status, 303);
  const four = client(base);
  await four.post('/sign-in', { email: lan.email, password });
  assert.equal((await give(four, recovery[0])).status, 422);
  assert.equal((await client(base).get('/sign-in/code')).location, '/sign-in?next=%2Fworkspace', 'no code without a password before it');

  const fresh = await three.post('/account/codes/renew', { password }, { page: '/account/codes' });
  assert.equal([...fresh.text.matchAll(/<code>/g)].length, 10);
  assert.equal((await three.post('/account/codes/off', { password: another }, { page: '/account/codes' })).status, 422);
  assert.equal((await three.post('/account/codes/off', { password }, { page: '/account/codes' })).status, 303);
  assert.ok(await open(await signedIn(db, base, lan.email)));
});

test('where officers need codes, one without them is nobody until they are set up; others are not asked', async (t) => {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  await accounts(t, db, [{ email: lan.email }]);
  await accounts(t, db, [{ email: 'mua@example.vn', roles: 'buyer' }]);
  await sql(db, "update setting set value = 'yes' where name = 'officers_need_code'");
  const base = await serve(t, db), one = client(base);
  const answer = await one.post('/sign-in', { email: lan.email, password });
  assert.equal(answer.location, '/account/codes');
  for (const path of ['/workspace', '/account', '/account/tokens']) assert.equal((await one.get(path)).status, 303, path);
  assert.equal((await one.get('/sign-in')).location, '/account/codes');
  assert.equal((await one.post('/account/tokens', { name: 'x' }, { page: '/account/codes' })).status >= 400, true);
  const { secret } = await codesOn(one);
  assert.ok(await open(one));
  await one.post('/sign-out', {}, { page: '/account' });
  await one.post('/sign-in', { email: lan.email, password });
  await one.post('/sign-in/code', { code: code(secret) });
  assert.ok(await open(one));
  assert.ok(await open(await signedIn(db, base, 'mua@example.vn')));
});

test('a token is made with its limits, shown once, listed without it, and revoked', async (t) => {
  const { base, db } = await served(t);
  await accounts(t, db, [{ email: lan.email }]);
  const one = await signedIn(db, base, lan.email);
  const make = (fields) => one.post('/account/tokens', { name: 'ERP', verb: 'read', list: 'enterprises', ends: '31/12/2026', ...fields });
  for (const wrong of [{ name: '' }, { verb: 'bulk' }, { ends: '21/11/2026' }, { ends: '31/12/2036' }, { ends: 'mai' }])
    assert.equal((await make(wrong)).status, 422, JSON.stringify(wrong));
  const made = await make({});
  assert.equal(made.status, 200, made.text);
  const token = made.text.match(/<code>(mx_[\w-]{43})<\/code>/)[1];
  assert.equal(made.headers.get('cache-control'), 'no-store');
  const list = await one.get('/account/tokens');
  assert.ok(!list.text.includes(token) && list.text.includes(`mx_…${token.slice(-4)}`));
  assert.ok(!(await sql(db, 'select * from token')).includes(token));
  const id = inputValue(list.text, 'token');
  assert.equal((await one.get(`/account/tokens/${id}`)).status, 200);
  await accounts(t, db, [{ email: 'minh@example.vn' }]);
  const other = await signedIn(db, base, 'minh@example.vn');
  assert.equal((await other.get(`/account/tokens/${id}`)).status, 404);
  await other.post('/account/tokens/end', { token: id }, { page: '/account/tokens' });
  assert.ok((await one.get('/account/tokens')).text.includes(token.slice(-4)), 'only its own account revokes it');
  await one.post('/account/tokens/end', { token: id }, { page: '/account/tokens' });
  assert.ok(!(await one.get('/account/tokens')).text.includes(token.slice(-4)));
});

test('forms without their token, with another’s, or from another site change nothing', async (t) => {
  const { base, db } = await served(t);
  await accounts(t, db, [{ email: lan.email }]);
  const one = client(base), other = client(base);
  const fields = { email: lan.email, password };
  assert.equal((await one.post('/sign-in', { ...fields, form_token: '' })).status, 403);
  assert.equal((await one.post('/sign-in', { ...fields, form_token: await other.token() })).status, 403);
  assert.equal((await one.post('/sign-in', fields, { headers: { origin: 'https://evil.example' } })).status, 403);
  assert.equal((await one.get('/sign-out')).status, 405, 'a link signs nobody out');
});
