// The portal while something happens behind it: an import, a database that goes away and comes back.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, matxich, onBothDatabases, serve, temporaryDirectory } from '../node/matxich.mjs';
import { eventually } from '../node/web.mjs';
import { enterprises, HEADING, inOrder, workbook } from './files.mjs';

function file(t, rows) {
  const path = join(temporaryDirectory(t), 'x.xlsx');
  writeFileSync(path, workbook([HEADING, ...rows]));
  return path;
}
const names = (url) => fetch(`${url}/enterprises.json`).then((answer) => answer.json()).then((found) => JSON.stringify(found));

onBothDatabases('what an import changes is on the pages a moment later, cached ones too', async (t, db) => {
  assert.equal((await matxich(['import', 'enterprise', file(t, enterprises(5)), '--db', db])).code, 0);
  const url = await serve(t, db), before = await fetch(`${url}/enterprises`), tag = before.headers.get('etag');
  assert.match(await before.text(), /Công ty TNHH Thử nghiệm 1\b/);
  await names(url);
  const added = enterprises(1, 777);
  const imported = await matxich(['import', 'enterprise', file(t, added), '--db', db]);
  assert.equal(imported.code, 0, imported.stderr);
  await eventually(async () => (await names(url)).includes('Thử nghiệm 777'));
  const now = await fetch(`${url}/enterprises`, { headers: { 'If-None-Match': tag } });
  assert.equal(now.status, 200);
  assert.match(await now.text(), /Thử nghiệm 777/);
  assert.equal((await matxich(['undo', '2', '--db', db])).code, 0);
  await eventually(async () => !(await names(url)).includes('Thử nghiệm 777'));
});

onBothDatabases('pages are answered while an import runs, from before it or from behind it', async (t, db) => {
  await matxich(['init', '--db', db]);
  const url = await serve(t, db), path = file(t, enterprises(1500));
  const running = matxich(['import', 'enterprise', path, '--db', db]);
  let done = false, asked = 0;
  running.then(() => { done = true; });
  while (!done) {
    const answer = await fetch(`${url}/enterprises.json?limit=1&n=${asked++}`);
    assert.ok(answer.status < 500, String(answer.status));
    await answer.text();
  }
  assert.equal((await running).code, 0);
  assert.ok(asked > 0);
  await inOrder(db, 1500);
});

const postgres = process.env.MATXICH_TEST_PG;

onBothDatabases('a PostgreSQL that goes away and comes back: pages say so or come from the cache, and all is well again by itself', async (t, db) => {
  if (db.startsWith('sqlite:')) return t.skip('a file does not go away');
  const sql = async (text) => assert.equal((await command('psql', ['-qX', '-d', postgres, '-c', text])).code, 0);
  const name = new URL(db).pathname.slice(1);
  assert.equal((await matxich(['import', 'enterprise', file(t, enterprises(5)), '--db', db])).code, 0);
  const url = await serve(t, db), kept = await (await fetch(`${url}/enterprises`)).text();
  await sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
  assert.equal(await (await fetch(`${url}/enterprises`)).text(), kept);
  let failed = 0;
  for (let i = 0; i < 20; i++) {
    const answer = await fetch(`${url}/data/enterprises.csv?name_vi=${i}`), body = await answer.text();
    assert.ok([200, 404, 422, 503].includes(answer.status), `${answer.status}: ${body}`);
    if (answer.status === 503) assert.match(body, /thử lại/), failed++;
  }
  assert.ok(failed > 0, 'some pages need the database');
  const away = await matxich(['verify', '--db', db, '--lang', 'en']);
  assert.equal(away.code, 7);
  assert.match(away.stderr, /cannot be reached/);
  await sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  await eventually(async () => (await fetch(`${url}/data/enterprises.csv`)).status === 200);
  assert.equal((await matxich(['import', 'enterprise', file(t, enterprises(1, 777)), '--db', db])).code, 0);
  await eventually(async () => (await names(url)).includes('Thử nghiệm 777'));
  await inOrder(db, 6);
});

test('a port that is taken is said', async (t) => {
  const db = `sqlite:${join(temporaryDirectory(t), 'test.db')}`;
  await matxich(['init', '--db', db]);
  const url = await serve(t, db);
  const second = await matxich(['serve', '--db', db, '--listen', url.slice('http://'.length), '--lang', 'en']);
  assert.equal(second.code, 7);
  assert.match(second.stderr, /is taken by another program/);
});
