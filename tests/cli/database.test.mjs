// The database from the command line: making it, filling it, growing it, checking it; and the command line itself.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, fixedClock, matxich, onBothDatabases, output, records, sql, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';

const count = async (db, table) => Number(await sql(db, `SELECT count(*) FROM ${table}`));

onBothDatabases('init makes an empty register with the reference lists, and a second time changes nothing', async (t, db) => {
  await output(['init', '--db', db]);
  const lists = await records(db, 'code');
  assert.equal(lists.filter((code) => code.list === 'ward' && code.version === '2025').length, 126);
  assert.deepEqual(await records(db), []);
  const entries = await count(db, 'change');
  await output(['init', '--db', db]);
  assert.equal(await count(db, 'change'), entries);
  assert.deepEqual(await records(db, 'code'), lists);
});

test('the database is var/matxich.db unless MATXICH_DB or --db say otherwise, and --db is heard first', async (t) => {
  const cwd = temporaryDirectory(t);
  const made = (name) => existsSync(join(cwd, name));
  await output(['init'], { cwd });
  assert.ok(made('var/matxich.db'));
  await output(['init'], { cwd, env: { MATXICH_DB: 'sqlite:from-environment.db' } });
  assert.ok(made('from-environment.db'));
  await output(['init', '--db=sqlite:from-option.db'], { cwd, env: { MATXICH_DB: 'sqlite:unheard.db' } });
  assert.ok(made('from-option.db') && !made('unheard.db'));
});

test('what is no database of this program is refused with its name', async (t) => {
  const directory = temporaryDirectory(t);
  const text = join(directory, 'text.db'), absent = join(directory, 'absent.db');
  writeFileSync(text, 'This is a letter, not a database.\n'.repeat(100));
  for (const [db, code] of [[`sqlite:${absent}`, 4], ['mysql://localhost/x', 2], ['', 2], [`sqlite:${text}`, undefined]]) {
    const result = await matxich(['export', 'enterprise', '--db', db]);
    if (code) assert.equal(result.code, code, db);
    assert.ok(result.code > 1 && result.code < 128, `${db}: ${result.code}`);
    assert.ok(result.stderr.startsWith('matxich: ') && result.stderr.includes(db), result.stderr);
    assert.equal(result.stdout, '');
  }
  assert.ok(!existsSync(absent));
});

onBothDatabases('demo fills an empty database, and never one that holds anything', async (t, db) => {
  await output(['demo', '--count', '30', '--db', db]);
  const before = await records(db);
  assert.equal(before.length, 30);
  assert.ok(before.every((enterprise) => /^DN-\d{6,}-\d$/.test(enterprise.id)));
  const again = await matxich(['demo', '--count', '30', '--db', db]);
  assert.equal(again.code, 5);
  assert.deepEqual(await records(db), before);
});

test('demo refuses a database of real enterprises', async (t) => {
  const directory = temporaryDirectory(t), db = `sqlite:${join(directory, 'real.db')}`, file = join(directory, 'one.csv');
  writeFileSync(file, 'Tên doanh nghiệp,Xã/phường\nCông ty TNHH Cơ khí Một,Phường Ba Đình\n');
  await output(['import', 'enterprise', file, '--db', db]);
  assert.equal((await matxich(['demo', '--db', db])).code, 5);
  assert.equal((await records(db)).length, 1);
});

test('the same seed gives the same enterprises, another seed others', async (t) => {
  const made = async (seed) => {
    const db = sqliteDatabase(t);
    await output(['demo', '--count', '25', '--seed', seed, '--db', db], { env: fixedClock });
    return records(db);
  };
  const [first, same, other] = await Promise.all(['7', '7', '8'].map(made));
  assert.deepEqual(same, first);
  assert.notDeepEqual(other, first);
});

test('schema prints SQL that both databases take', async (t) => {
  const file = join(temporaryDirectory(t), 'schema.db');
  const made = await command('sqlite3', ['-bail', file], { input: await output(['schema', 'sqlite']) });
  assert.equal(made.code, 0, made.stderr);
  assert.equal(Number(await sql(`sqlite:${file}`, `SELECT count(*) FROM enterprise`)), 0);
  assert.match(await output(['schema', 'postgresql']), /CREATE TABLE IF NOT EXISTS enterprise \(/);
  assert.equal((await matxich(['schema', 'oracle'])).code, 2);
});

onBothDatabases('a column this version does not know goes only by a named step', async (t, db) => {
  await output(['init', '--db', db]);
  await sql(db, 'ALTER TABLE enterprise ADD COLUMN fax TEXT');
  await sql(db, "DELETE FROM property WHERE name = 'schema'");          // as another version would leave it
  const refused = await matxich(['migrate', '--db', db]);
  assert.equal(refused.code, 5);
  assert.ok(refused.stderr.includes('migrate --drop enterprise.fax'), refused.stderr);
  assert.equal((await matxich(['migrate', '--drop', 'enterprise.name_vi', '--db', db])).code, 2);
  await output(['migrate', '--drop', 'enterprise.fax', '--db', db]);
  await assert.rejects(sql(db, 'SELECT fax FROM enterprise'));
  assert.deepEqual(await records(db), []);
});

onBothDatabases('verify finds nothing in a sound database and names the first entry that was tampered with', async (t, db) => {
  await output(['demo', '--count', '40', '--db', db]);
  assert.equal((await matxich(['verify', '--db', db])).code, 0);
  const entries = await count(db, 'change');
  await sql(db, `UPDATE change SET actor = 'somebody else' WHERE seq = ${entries - 3} OR seq = ${entries - 1}`);
  const found = await matxich(['verify', '--db', db]);
  assert.equal(found.code, 1);
  const [first] = found.stdout.split('\n');
  assert.match(first, new RegExp(`\\b${entries - 3}\\b`));
  assert.ok(!found.stdout.includes(String(entries - 1)), 'nothing can be said of entries after the first wrong one');
});

onBothDatabases('verify names the record that was changed behind the log’s back', async (t, db) => {
  await output(['demo', '--count', '40', '--db', db]);
  await sql(db, "UPDATE enterprise SET address = 'Số 1, nơi khác' WHERE id = 7");
  const [id] = (await records(db)).map((r) => r.id).filter((i) => i.startsWith('DN-000007-'));
  const found = await matxich(['verify', '--db', db]);
  assert.equal(found.code, 1);
  assert.ok(found.stdout.includes(id), found.stdout);
});

test('help lists every command in both languages, and the settings with their variables', async () => {
  const [vi, en] = await Promise.all(['vi', 'en'].map((lang) => output(['help', '--lang', lang])));
  const commands = (text) => [...text.matchAll(/^ {2}([a-z]+) /gm)].map((m) => m[1]);
  assert.deepEqual(commands(vi), commands(en));
  for (const name of ['serve', 'init', 'demo', 'import', 'export', 'search', 'verify', 'batches', 'undo', 'merge', 'migrate', 'schema']) {
    assert.ok(commands(en).includes(name), name);
  }
  for (const text of [vi, en]) assert.match(text, /--db +MATXICH_DB /);
  assert.notEqual(vi, en);
  assert.match(await output(['--version']), /^matxich \d+\.\d+\.\d+/);
});

test('a command tells how it is written before it looks for a database', async (t) => {
  const nowhere = ['--db', `sqlite:${temporaryDirectory(t)}/none.db`, '--lang', 'en'];
  for (const name of ['match', 'bom', 'search', 'import', 'undo', 'serve', 'version']) assert.match(await output([name, '--help', ...nowhere]), new RegExp(`^ +${name}\\b`));
  for (const name of ['match', 'bom', 'search', 'import', 'undo']) {
    const { code, stdout, stderr } = await matxich([name, ...nowhere]);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, new RegExp(`^matxich: The command is written so: matxich ${name} [A-Z]`));
  }
});

test('a command, option, list, filter, language or value that does not exist is named and refused', async (t) => {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  const wrong = [
    ['frobnicate'], ['search', 'x', '--frob'], ['export', 'nothing'], ['export', 'enterprise', 'colour=red'], ['export', 'enterprise', 'ward'],
    ['export', 'enterprise', '--format', 'docx'], ['search', 'x', '--field', 'colour=red'], ['search', 'x', '--limit', 'many'],
    ['search', 'x', '--lang', 'fr'], ['undo', 'yesterday'], ['merge', 'enterprise', 'DN-000001-0', 'DN-000002-0'],
  ];
  for (const args of wrong) {
    const { code, stdout, stderr } = await matxich([...args, '--db', db]);
    assert.equal(code, 2, `${args.join(' ')}: ${code} ${stderr}`);
    assert.equal(stdout, '', args.join(' '));
    assert.match(stderr, /^matxich: .+\n$/s, args.join(' '));
    assert.ok(args.some((word) => stderr.includes(word.replace(/^.*=/, '')) || stderr.includes(word.split('=')[0])), stderr);
  }
  const missing = await matxich(['search', 'x', '--db', db, '--limit']);
  assert.equal(missing.code, 2);
  assert.ok(missing.stderr.includes('--limit'), missing.stderr);
});

test('what cannot be written is an error, said once', async (t) => {
  const directory = temporaryDirectory(t), db = `sqlite:${join(directory, 'demo.db')}`;
  await output(['demo', '--count', '30', '--db', db]);
  mkdirSync(join(directory, 'taken'));
  for (const args of [['--output', join(directory, 'taken')], ['--output', join(directory, 'absent/file.csv')]]) {
    const { code, stderr } = await matxich(['export', 'enterprise', '--db', db, ...args]);
    assert.equal(code, 8);
    assert.ok(stderr.includes(args[1]), stderr);
  }
  const full = await command('sh', ['-c', '"$0" export enterprise --db "$1" >/dev/full', process.env.MATXICH_BINARY ?? 'build/matxich', db]);
  assert.equal(full.code, 8);
  assert.equal(full.stderr.trim().split('\n').length, 1, full.stderr);
});
