// Accounts from the command line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matxich, onBothDatabases, output, sql, sqliteDatabase } from '../node/matxich.mjs';

const strong = 'bốn từ không liên quan';
const list = async (db) => (await output(['account', 'list', '--lang', 'en', '--db', db])).split('\n').filter(Boolean).map((line) => line.split('\t'));

onBothDatabases('an account is made with a link or with a password from standard input, and listed', async (t, db) => {
  await output(['init', '--db', db]);
  const said = await output(['account', 'add', 'An@Example.vn', '--name', 'Nguyễn Văn An', '--role', 'officer,admin', '--base-url', 'https://x.example', '--lang', 'en', '--db', db]);
  assert.match(said, /https:\/\/x\.example\/invited\/[\w-]{43} /);
  await output(['account', 'add', 'binh@example.vn', '--name', 'Bình', '--role', 'buyer', '--password-stdin', '--db', db], { input: `${strong}\n` });
  assert.deepEqual(await list(db), [
    ['an@example.vn', 'Nguyễn Văn An', 'Officer of the Department of Industry and Trade; Administrator', 'Invited'],
    ['binh@example.vn', 'Bình', 'Buyer', 'Active'],
  ]);
  const kept = await sql(db, 'select password from credential');
  assert.match(kept, /^\$argon2id\$v=19\$m=65536,t=2,p=1\$/);
});

test('an account that cannot be is refused with a sentence, and nothing is made', async (t) => {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  const add = (...args) => matxich(['account', 'add', ...args, '--lang', 'en', '--db', db], { input: 'matkhau123\n' });
  for (const [args, why] of [
    [['a@example.vn', '--name', 'A', '--role', 'king'], /“king” is not a role/],
    [['a@example.vn', '--name', 'A', '--role', 'visitor'], /“visitor” is not a role/],
    [['a@example.vn', '--name', 'A'], /Roles/],
    [['a@example.vn', '--role', 'buyer'], /Name/],
    [['a', '--name', 'A', '--role', 'buyer'], /e-mail/],
    [['a@example.vn', '--name', 'A', '--role', 'ward'], /ward or commune/],
    [['a@example.vn', '--name', 'A', '--role', 'enterprise', '--organisation', 'DN-000001-3'], /./],
    [['a@example.vn', '--name', 'A', '--role', 'buyer', '--password', 'x'], /no option --password/],
    [['a@example.vn', '--name', 'A', '--role', 'buyer', '--password-stdin'], /tried first/],
    [[], /too few/],
  ]) {
    const { code, stderr } = await add(...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, why);
  }
  assert.deepEqual(await list(db), []);
});

test('an address has one account', async (t) => {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  const add = (email) => matxich(['account', 'add', email, '--name', 'A', '--role', 'buyer', '--db', db]);
  assert.equal((await add('a@example.vn')).code, 0);
  assert.equal((await add('A@example.vn')).code, 5);
});

test('an invitation is a mail with a link, and may be sent again until it was followed', async (t) => {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  const invite = () => output(['account', 'invite', 'a@example.vn', '--name', 'A', '--role', 'leader', '--language', 'en', '--db', db]);
  assert.doesNotMatch(await invite(), /invited\//);
  await invite();
  const mails = await sql(db, "select body from mail where recipient = 'a@example.vn'");
  assert.equal(mails.match(/\{base\}\/en\/invited\/[\w-]{43}/g).length, 2);
  assert.equal(Number(await sql(db, 'select count(*) from ticket')), 1, 'the newer link ends the older');
  await sql(db, "update account set state = 'active'");
  assert.equal((await matxich(['account', 'invite', 'a@example.vn', '--name', 'A', '--role', 'leader', '--db', db])).code, 5);
});

test('an account is disabled, and its holder let in again with a link; nobody unknown is', async (t) => {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  await output(['account', 'add', 'a@example.vn', '--name', 'A', '--role', 'admin', '--password-stdin', '--db', db], { input: `${strong}\n` });
  assert.match(await output(['account', 'reset', 'a@example.vn', '--codes-off', '--db', db]), /\/reset\/[\w-]{43}/);
  await output(['account', 'disable', 'a@example.vn', '--db', db]);
  assert.equal((await list(db))[0][3], 'Disabled');
  for (const verb of ['disable', 'reset']) assert.equal((await matxich(['account', verb, 'nobody@example.vn', '--db', db])).code, 4);
  assert.equal((await matxich(['account', 'crown', 'a@example.vn', '--db', db])).code, 2);
});

test('a demonstration has an account of each role, and no other database gets them', async (t) => {
  const db = sqliteDatabase(t);
  const said = await output(['demo', '--count', '5', '--lang', 'en', '--db', db]);
  assert.match(said, /officer@demo\.example.*mat-xich-dung-thu/);
  const people = await list(db);
  assert.equal(new Set(people.map(([, , roles]) => roles)).size, 11);
  assert.ok(people.every(([email, , , state]) => email.endsWith('@demo.example') && state === 'Active'));
  assert.equal((await output(['verify', '--db', db])).includes('wrong'), false);
});
