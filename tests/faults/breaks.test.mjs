// What breaks around an import: the power, the disk, another import, the folder, the database itself.  Nothing is ever half
// done, the sentence says what happened, and the next start is clean.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { binary, command, matxich, onBothDatabases, serve, temporaryDirectory } from '../node/matxich.mjs';
import { asNobody, enterprises, HEADING, inOrder, NOBODY, refused, withFileSize, workbook } from './files.mjs';

const importing = (db, path, lang = 'en', ...more) => ['import', 'enterprise', path, '--db', db, '--lang', lang, ...more];

function file(t, rows, name = 'x.xlsx') {
  const path = join(temporaryDirectory(t), name);
  writeFileSync(path, workbook([HEADING, ...rows]));
  return path;
}

async function count(db) {
  const { stdout } = await matxich(['export', 'enterprise', '--format', 'json', '--db', db]);
  return JSON.parse(stdout).length;
}

/** Starts an import and kills it when it has run for a share of the time a whole one takes. */
async function killed(args, share, whole) {
  const child = spawn(binary, args, { stdio: 'ignore' });
  const ended = once(child, 'close');
  const timer = setTimeout(() => child.kill('SIGKILL'), share * whole);
  const [, signal] = await ended;
  clearTimeout(timer);
  return signal === 'SIGKILL';
}

onBothDatabases('an import that is killed leaves all or nothing, and can be repeated', async (t, db) => {
  await matxich(['init', '--db', db]);
  const rounds = Number(process.env.ROUNDS ?? 4);    // ./dev soak: more
  const SIZE = 300;
  let kills = 0, before = 0, whole = 500;
  for (let round = 0; round < rounds; round++) {
    const path = file(t, enterprises(SIZE, 1 + round * SIZE));
    if (await killed(importing(db, path), (round + 0.5) / rounds, whole)) kills++;
    const now = await count(db);
    assert.ok(now === before || now === before + SIZE, `${now} of ${before + SIZE}`);
    await inOrder(db);
    const began = performance.now();
    const again = await matxich(importing(db, path, 'en', '--json'));
    whole = performance.now() - began;
    assert.equal(again.code, 0, again.stderr);
    assert.equal(JSON.parse(again.stdout).added, before + SIZE - now);
    before += SIZE;
  }
  assert.ok(kills > 0, 'some were killed');
  await inOrder(db, before);
});

onBothDatabases('two imports at once: one waits for the other, and both are in', async (t, db) => {
  await matxich(['init', '--db', db]);
  const answers = await Promise.all([1, 2, 3].map((n) => matxich(importing(db, file(t, enterprises(300, n * 1000))))));
  const added = answers.filter(({ code, stderr }) => {
    if (code === 0) return true;
    assert.equal(code, 7, stderr);
    assert.match(stderr, /Another import or edit is running/);
    return false;
  }).length;
  assert.ok(added >= 1);
  await inOrder(db, added * 300);
});

onBothDatabases('the same file twice at once is in once', async (t, db) => {
  await matxich(['init', '--db', db]);
  const path = file(t, enterprises(200));
  await Promise.all([1, 2].map(() => matxich(importing(db, path))));
  await inOrder(db, 200);
});

test('two that make the same database at once', async (t) => {
  const db = `sqlite:${join(temporaryDirectory(t), 'new/test.db')}`;
  const answers = await Promise.all([1, 2, 3].map((n) => matxich(importing(db, file(t, enterprises(10, n * 100))))));
  for (const { code, stderr } of answers) assert.equal(code, 0, stderr);
  await inOrder(db, 30);
});

test('a full disk in the middle of an import: nothing is in, and the sentence says it', async (t) => {
  const db = `sqlite:${join(temporaryDirectory(t), 'test.db')}`;
  await matxich(['init', '--db', db]);
  const path = file(t, enterprises(1500)), before = await matxich(['export', 'enterprise', '--db', db]);
  for (const length of [40 << 10, 100 << 10, 500 << 10])          // of the log, which takes the rows first
    await refused((lang) => withFileSize(length, importing(db, path, lang)), 9, /disk is full.*nothing was written/);
  assert.deepEqual(await matxich(['export', 'enterprise', '--db', db]), before);
  await inOrder(db, 0);
  assert.equal((await matxich(importing(db, path))).code, 0);
  await inOrder(db, 1500);
});

test('a full disk while the database is made: the next try makes it', async (t) => {
  const db = `sqlite:${join(temporaryDirectory(t), 'test.db')}`;
  for (const room of [0, 4096, 64 << 10, 500 << 10])
    await refused((lang) => withFileSize(room, ['init', '--db', db, '--lang', lang]), 9, /disk is full/i);
  assert.equal((await matxich(['init', '--db', db])).code, 0);
  await inOrder(db, 0);
});

test('an export to a full disk does not pretend', async (t) => {
  const db = `sqlite:${join(temporaryDirectory(t), 'test.db')}`, path = file(t, enterprises(1200)), out = join(temporaryDirectory(t), 'out.csv');
  await matxich(importing(db, path));
  await refused((lang) => command('sh', ['-c', 'exec "$0" "$@" >/dev/full', binary, 'export', 'enterprise', '--db', db, '--lang', lang]), 8, /could not be written/);
  await refused((lang) => withFileSize(60000, ['export', 'enterprise', '--output', out, '--db', db, '--lang', lang]), 8, /cannot be written/);
  assert.ok(!existsSync(out));
});

onBothDatabases('rejected rows that cannot be written: the right ones are in, and the report says so', async (t, db) => {
  const directory = temporaryDirectory(t), path = join(directory, 'x.xlsx');
  writeFileSync(path, workbook([HEADING, ...enterprises(3), ['9', '', '', 'không tên']]));
  mkdirSync(`${path}.rejected.xlsx`);               // nothing can take its place
  await matxich(['init', '--db', db]);
  const answer = await matxich(importing(db, path));
  assert.equal(answer.code, 1);
  assert.match(answer.stdout, /rejected rows could not be written to .*x\.xlsx\.rejected\.xlsx/);
  assert.doesNotMatch(answer.stdout, /are in .*rejected/);
  assert.match((await matxich(importing(db, path, 'vi'))).stdout, /Không ghi được các dòng bị từ chối/);
  await inOrder(db, 3);
});

/** A directory of somebody who is not root, as only they are bound by permissions. */
function foreign(t) {
  const directory = temporaryDirectory(t);
  if (process.getuid() === 0) chownSync(directory, NOBODY, NOBODY);
  return directory;
}

test('a folder that is read-only: the right rows are in, the report says what is not written', async (t) => {
  const locked = foreign(t), open = foreign(t), path = join(locked, 'x.xlsx'), db = `sqlite:${join(open, 'test.db')}`;
  writeFileSync(path, workbook([HEADING, ...enterprises(3), ['9', '', '', 'không tên']]));
  chmodSync(locked, 0o555);
  const answer = await asNobody(importing(db, path));
  assert.equal(answer.code, 1, answer.stderr);
  assert.equal(answer.stderr, '');
  assert.match(answer.stdout, /could not be written/);
  await inOrder(db, 3);
});

test('a database that may not be written', async (t) => {
  const directory = foreign(t), db = `sqlite:${join(directory, 'test.db')}`, path = file(t, enterprises(3));
  chmodSync(join(path, '..'), 0o755);
  assert.equal((await asNobody(['init', '--db', db])).code, 0);
  chmodSync(join(directory, 'test.db'), 0o444);
  await refused((lang) => asNobody(importing(db, path, lang)), 3, /may not be|read-only|permission/);
  chmodSync(join(directory, 'test.db'), 0);
  await refused((lang) => asNobody(['verify', '--db', db, '--lang', lang]), 3, /may not be|permission/);
  chmodSync(join(directory, 'test.db'), 0o644);
  await inOrder(db, 0);
});

test('a database in a folder that is not there or may not be written', async (t) => {
  const directory = foreign(t), path = file(t, enterprises(3));
  chmodSync(join(path, '..'), 0o755);
  chmodSync(directory, 0o555);
  await refused((lang) => asNobody(importing(`sqlite:${directory}/test.db`, path, lang)), 3, /may not be|permission/);
  await refused((lang) => matxich(['verify', '--db', `sqlite:${directory}/a/b/c.db`, '--lang', lang]), 4, /no database/);
  await refused((lang) => matxich(['verify', '--db', `sqlite:${directory}`, '--lang', lang]), 2, /not a database/);
});

test('a file that is no database, or half of one', async (t) => {
  const directory = temporaryDirectory(t), path = join(directory, 'test.db'), db = `sqlite:${path}`;
  writeFileSync(path, 'this is a letter, not a database\n'.repeat(1000));
  for (const args of [['verify'], ['import', 'enterprise', 'x.xlsx'], ['serve']])
    await refused((lang) => matxich([...args, '--db', db, '--lang', lang]), 2, /not a database/);
  assert.match(readFileSync(path, 'latin1'), /^this is a letter/);
  const whole = `sqlite:${join(directory, 'whole.db')}`;
  await matxich(['init', '--db', whole]);
  writeFileSync(path, readFileSync(join(directory, 'whole.db')).subarray(0, 200_000));
  const answer = await matxich(['verify', '--db', db, '--lang', 'en']);
  assert.ok(answer.code > 0 && answer.signal === null, answer.stdout);
  assert.match(answer.stderr, /^matxich: [^\n]+\n$/);
});

test('a database somebody else made, and one of a newer version', async (t) => {
  const db = `sqlite:${join(temporaryDirectory(t), 'test.db')}`, path = file(t, enterprises(3));
  await matxich(['init', '--db', db]);
  const sqlite = (sql) => command('sqlite3', [db.slice(7), sql]);
  const newer = await sqlite("ALTER TABLE enterprise ADD COLUMN moon_phase TEXT; UPDATE property SET value = 'another' WHERE name = 'schema'");
  assert.equal(newer.code, 0, newer.stderr);
  await refused((lang) => matxich(importing(db, path, lang)), 5, /enterprise\.moon_phase.*migrate --drop/);
  await refused((lang) => matxich(['serve', '--db', db, '--lang', lang]), 5, /moon_phase/);
  assert.equal((await matxich(['migrate', '--drop', 'enterprise.moon_phase', '--db', db])).code, 0);
  assert.equal((await matxich(importing(db, path))).code, 0);
});

test('a server that is killed: the next one starts clean and serves the same', async (t) => {
  const db = `sqlite:${join(temporaryDirectory(t), 'test.db')}`;
  await matxich(importing(db, file(t, enterprises(50))));
  for (let round = 0; round < 3; round++) {
    const child = spawn(binary, ['serve', '--db', db, '--listen', '127.0.0.1:0', '--rate', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [said] = await once(child.stdout, 'data');
    const url = String(said).match(/http:\S+/)[0];
    const asked = fetch(`${url}/enterprises.json`).catch(() => null);
    if (round) await asked;
    child.kill('SIGKILL');
    await once(child, 'close');
    await asked;
  }
  const url = await serve(t, db);
  assert.equal((await fetch(`${url}/enterprises`)).status, 200);
  await inOrder(db, 50);
});
