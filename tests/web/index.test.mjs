// The search index in its file: a server that starts from it shows all that was acknowledged, and one that cannot be trusted is left aside.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { binary, demoDatabase, fixedClock, output, temporaryDirectory } from '../node/matxich.mjs';
import { eventually, page } from '../node/web.mjs';

const indexOf = (db) => `${db.slice('sqlite:'.length)}.index`;

/** A server that the test ends itself. */
async function started(t, db) {
  const child = spawn(binary, ['serve', '--db', db, '--listen', '127.0.0.1:0', '--files', join(temporaryDirectory(t), 'files'), '--rate', '0'],
    { env: { ...process.env, ...fixedClock }, stdio: ['ignore', 'pipe', 'ignore'] });
  const closed = once(child, 'close');
  t.after(() => child.kill('SIGKILL'));
  const [said] = await Promise.race([once(child.stdout, 'data'), closed]);
  const [base] = String(said).match(/http:\/\/[\d.]+:\d+/);
  return { base, async end(signal) { child.kill(signal); await closed; } };
}

async function addEnterprise(t, db, name) {
  const file = join(temporaryDirectory(t), 'one.csv');
  writeFileSync(file, `Tên doanh nghiệp\n${name}\n`);
  await output(['import', 'enterprise', file, '--db', db], { env: fixedClock });
}

const found = async (base, words) => (await page(base, `/enterprises?q=${encodeURIComponent(words)}`)).includes(words);
const total = async (base) => JSON.parse(await page(base, '/enterprises.json')).total;

test('a server killed and started again shows what was acknowledged before', async (t) => {
  const db = await demoDatabase(t), first = await started(t, db);
  await eventually(() => existsSync(indexOf(db)));
  await addEnterprise(t, db, 'Cơ khí Vừa Kịp Ghi');
  await first.end('SIGKILL');
  const second = await started(t, db);
  assert.ok(await found(second.base, 'Cơ khí Vừa Kịp Ghi'));
  await second.end('SIGTERM');
  const third = await started(t, db);
  assert.ok(await found(third.base, 'Cơ khí Vừa Kịp Ghi'));
});

test('a damaged or shortened index is built again, not trusted', async (t) => {
  const db = await demoDatabase(t), first = await started(t, db), count = await total(first.base);
  await first.end('SIGTERM');
  const whole = readFileSync(indexOf(db));
  const damaged = Buffer.from(whole);
  damaged[damaged.length >> 1] ^= 1;
  writeFileSync(indexOf(db), damaged);
  const second = await started(t, db);
  assert.equal(await total(second.base), count);
  await eventually(() => !readFileSync(indexOf(db)).equals(damaged));
  await second.end('SIGKILL');
  truncateSync(indexOf(db), whole.length >> 1);
  const third = await started(t, db);
  assert.equal(await total(third.base), count);
});

test('the index of another database is not taken', async (t) => {
  const db = await demoDatabase(t), other = `sqlite:${join(temporaryDirectory(t), 'other.db')}`, first = await started(t, db);
  await first.end('SIGTERM');
  await output(['demo', '--count', '7', '--db', other], { env: fixedClock });
  copyFileSync(indexOf(db), indexOf(other));
  const second = await started(t, other);
  assert.ok(await total(second.base) <= 7);
});
