// The outbox and a real mail server: nothing is lost whatever the server does, and what arrives is what was written.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ownCertificate } from '../node/certificate.mjs';
import { binary, command, onBothDatabases, output, serve, sql, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { accounts, signedIn } from '../node/people.mjs';
import { mailServer } from '../node/smtp.mjs';
import { eventually } from '../node/web.mjs';

const text = `Kính gửi Bà Nguyễn Thị Hoà,

Hồ sơ năng lực của Công ty TNHH Cơ khí chính xác Đông Anh đã được tiếp nhận. ${'Ngành công nghiệp hỗ trợ. '.repeat(60)}
.
..hai dấu chấm
From đầu dòng
=?UTF-8?B?x?= và ${'x'.repeat(2000)}
{base}/workspace/claims/YC-000001-2
`;
const subject = 'Hồ sơ của Công ty TNHH Cơ khí chính xác Đông Anh đã được tiếp nhận và đang chờ xác minh';

let last = 0;
/** A mail written as the program writes one. */
const written = async (db, { to = 'hoa@example.vn', about = subject, body = text } = {}) => {
  const id = ++last;
  const quoted = [to, about, body].map((s) => `'${s.replaceAll("'", "''")}'`).join(', ');
  await sql(db, `insert into mail (id, made, recipient, subject, body, tries, next_try) values (${id}, 1795309200000000, ${quoted}, 0, 1)`);
  return id;
};
const row = async (db, id) => {
  const [tries, due, sent, error] = (await sql(db, `select tries, coalesce(next_try, 0), coalesce(sent_at, 0), coalesce(error, '') from mail where id = ${id}`)).trim().split('|');
  return { tries: Number(tries), waits: due !== '0', sent: sent !== '0', error };
};
const tried = (db, id, tries = 1) => eventually(async () => (await row(db, id)).tries === tries);
const dueNow = (db) => sql(db, 'update mail set next_try = 1 where next_try is not null');
const sent = (db, id) => eventually(async () => (await row(db, id)).sent);

async function serving(t, db, server, options = []) {
  await output(['init', '--db', db]);
  return serve(t, db, ['--smtp', server.url, '--mail-from', 'matxich@example.vn', '--base-url', 'https://matxich.example', ...options]);
}

onBothDatabases('a mail arrives as it was written, accents, long lines and all', async (t, db) => {
  const server = await mailServer(t);
  await server.start();
  await serving(t, db, server);
  const id = await written(db);
  const mail = await server.mail();
  await sent(db, id);
  const header = (name) => mail.headers.find(([n]) => n.toLowerCase() === name.toLowerCase())?.[1];
  assert.equal(mail.text.replaceAll('\r\n', '\n'), text.replaceAll('{base}', 'https://matxich.example'));
  assert.equal(header('Subject'), subject);
  assert.equal(header('From'), 'Mắt Xích <matxich@example.vn>');
  assert.equal(header('To'), 'hoa@example.vn');
  assert.equal(header('Date'), 'Sun, 22 Nov 2026 01:00:00 +0000');
  assert.equal(header('Auto-Submitted'), 'auto-generated');
  assert.match(header('Message-ID'), /^<[\d.]+@example\.vn>$/);
  assert.equal(mail.type, 'text/plain');
  assert.deepEqual(mail.recipients, ['hoa@example.vn']);
  assert.equal(mail.sender, 'matxich@example.vn');
  assert.deepEqual(mail.defects, []);
  assert.ok(mail.ascii && mail.longest <= 78, `a line has ${mail.longest} bytes`);
  assert.equal(await sql(db, `select count(*) from mail where body is not null`).then((s) => s.trim()), '0', 'the text of a sent mail is gone');
  assert.equal(server.mails().length, 1);
});

test('a server at any free port writes where it really is', async (t) => {
  const db = sqliteDatabase(t), server = await mailServer(t);
  await server.start();
  await output(['init', '--db', db]);
  const base = await serve(t, db, ['--smtp', server.url, '--mail-from', 'matxich@example.vn']);
  await written(db, { body: 'Xem {base}/workspace' });
  assert.equal((await server.mail()).text.trim(), `Xem ${base}/workspace`);
});

onBothDatabases('while the mail server is down mails wait, and none is lost', async (t, db) => {
  const server = await mailServer(t);
  await serving(t, db, server);
  const ids = [await written(db, { about: 'một' }), await written(db, { about: 'hai' }), await written(db, { about: 'ba' })];
  for (const id of ids) await tried(db, id);
  for (const id of ids) assert.ok((await row(db, id)).waits);
  assert.match((await row(db, ids[0])).error, /connect/i);
  await server.start();
  await dueNow(db);
  for (const id of ids) await sent(db, id);
  assert.deepEqual(server.mails().map((m) => m.headers.find(([n]) => n === 'Subject')[1]), ['một', 'hai', 'ba']);
});

onBothDatabases('what is refused for now is tried again, what is refused for ever is not and says why', async (t, db) => {
  const server = await mailServer(t);
  await server.start();
  await serving(t, db, server);
  server.answer({ rcpt: '450 4.2.0 Greylisted, come back later' });
  const id = await written(db);
  await tried(db, id);
  assert.deepEqual(await row(db, id), { tries: 1, waits: true, sent: false, error: '450 4.2.0 Greylisted, come back later' });
  await dueNow(db);
  await tried(db, id, 2);
  server.answer({ data: '554 5.7.1 This mail is not wanted' });
  await dueNow(db);
  await tried(db, id, 3);
  assert.deepEqual(await row(db, id), { tries: 3, waits: false, sent: false, error: '554 5.7.1 This mail is not wanted' });
  server.answer({ rcpt: '550 5.1.1 No such user' });
  const other = await written(db, { to: 'nobody@example.vn' });
  await tried(db, other);
  assert.deepEqual(await row(db, other), { tries: 1, waits: false, sent: false, error: '550 5.1.1 No such user' });
  server.answer({});
  const good = await written(db, { to: 'nam@example.vn' });
  await sent(db, good);
  assert.equal(server.mails().length, 1, 'a mail refused for ever holds up no other');
});

test('a connection that is cut in the middle loses nothing', async (t) => {
  const db = sqliteDatabase(t);
  const server = await mailServer(t);
  await server.start();
  await serving(t, db, server);
  for (const step of ['rcpt', 'data']) {
    server.answer({ cut: step });
    const before = server.mails().length;
    const id = await written(db);
    await tried(db, id);
    assert.ok((await row(db, id)).waits, `cut at ${step}`);
    server.answer({});
    await dueNow(db);
    await sent(db, id);
    assert.ok(server.mails().length > before);
  }
});

test('a program that is killed and started again goes on where it was', async (t) => {
  const db = sqliteDatabase(t);
  const server = await mailServer(t);
  await output(['init', '--db', db]);
  const ids = [];
  for (let i = 0; i < 20; i++) ids.push(await written(db, { to: `nguoi${i}@example.vn` }));
  await server.start();
  const first = spawn(binary, ['serve', '--db', db, '--listen', '127.0.0.1:0', '--smtp', server.url, '--mail-from', 'matxich@example.vn'], { stdio: 'ignore' });
  t.after(() => first.kill('SIGKILL'));
  await server.mail(3);
  first.kill('SIGKILL');
  await serving(t, db, server);
  for (const id of ids) await sent(db, id);
  const reached = new Set(server.mails().flatMap((m) => m.recipients));
  assert.equal(reached.size, 20);
  const identities = (to) => new Set(server.mails().filter((m) => m.recipients[0] === to).map((m) => m.headers.find(([n]) => n === 'Message-ID')[1]));
  for (const to of reached) assert.equal(identities(to).size, 1, 'one that was sent twice is the same mail');
});

test('the password is in a file, signs in, and stands in no log; a refused one is ours to set right', async (t) => {
  const db = sqliteDatabase(t);
  const folder = temporaryDirectory(t);
  const server = await mailServer(t, { user: ['matxich', 'mật khẩu bí mật'] });
  await server.start();
  for (const [name, password] of [['right', 'mật khẩu bí mật\n'], ['wrong', 'sai']]) writeFileSync(join(folder, name), password);
  await t.test('refused', async (t) => {
    await serving(t, db, server, ['--smtp-user', 'matxich', '--smtp-password-file', join(folder, 'wrong'), '--log', join(folder, 'log')]);
    const id = await written(db);
    await tried(db, id);
    assert.ok((await row(db, id)).waits, 'kept for when the password is right');
  });
  await t.test('accepted', async (t) => {
    await serving(t, db, server, ['--smtp-user', 'matxich', '--smtp-password-file', join(folder, 'right'), '--log', join(folder, 'log')]);
    await dueNow(db);
    assert.equal((await server.mail()).user, 'matxich');
  });
  const { stdout: log } = await command('cat', [join(folder, 'log')]);
  assert.match(log, /event=mail-failed/);
  assert.match(log, /event=mail-sent/);
  assert.doesNotMatch(log, /bí mật|sai|Kính gửi|hoa@/);
});

test('a server whose certificate nobody vouches for gets no mail', async (t) => {
  const db = sqliteDatabase(t);
  const server = await mailServer(t, { tls: await ownCertificate(t) });
  await server.start();
  await serving(t, db, server);
  const id = await written(db);
  await tried(db, id);
  assert.match((await row(db, id)).error, /certificate/i);
  assert.equal(server.attempts(), 0);
});

test('an address of a mail server that is none is said at the start', async (t) => {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  for (const [options, says] of [[['--smtp', 'http://127.0.0.1:25'], /--smtp/], [['--smtp', 'smtp://127.0.0.1:25', '--mail-from', 'nobody'], /--mail-from/]]) {
    const { code, stderr } = await command(binary, ['serve', '--db', db, '--listen', '127.0.0.1:0', '--lang', 'en', ...options]);
    assert.equal(code, 2);
    assert.match(stderr, says);
  }
});

onBothDatabases('an administrator sees what waits and what failed, tries again, and drops', async (t, db) => {
  const server = await mailServer(t);
  const base = await serving(t, db, server, ['--base-url', '']);
  await accounts(t, db, [{ email: 'admin@example.vn', roles: 'admin' }, { email: 'officer@example.vn' }]);
  const admin = await signedIn(db, base, 'admin@example.vn');
  assert.equal((await (await signedIn(db, base, 'officer@example.vn')).get('/en/workspace/mail')).status, 403);
  const first = await written(db, { about: 'Thư <một>' });
  const second = await written(db, { about: 'Thư hai' });
  await tried(db, second);
  const page = (await admin.get('/en/workspace/mail')).text;
  assert.match(page, /Thư &lt;một&gt;/);
  assert.match(page, /2 wait, 0 were refused/);
  assert.doesNotMatch(page, /Kính gửi/);
  assert.equal((await admin.post('/en/workspace/mail/drop', { mail: second })).status, 303);
  await server.start();
  assert.match((await admin.post('/en/workspace/mail/again', { mail: 0 })).location, /said=mail-again/);
  await sent(db, first);
  assert.equal(server.mails().length, 1);
  assert.match((await admin.get('/en/workspace/mail')).text, /0 wait, 0 were refused for ever, 1 were sent/);
});

test('without a mail server mails wait, and the page says how to name one', async (t) => {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  await accounts(t, db, [{ email: 'admin@example.vn', roles: 'admin' }]);
  const base = await serve(t, db);
  const id = await written(db);
  const page = (await (await signedIn(db, base, 'admin@example.vn')).get('/en/workspace/mail')).text;
  assert.match(page, /--smtp/);
  assert.deepEqual(await row(db, id), { tries: 0, waits: true, sent: false, error: '' });
});
