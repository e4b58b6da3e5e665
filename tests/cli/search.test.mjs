// matxich search: words with or without accents, facets, limits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, output, records, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { file, taxCode } from '../node/office.mjs';

async function search(db, words, ...options) {
  return JSON.parse(await output(['search', ...words.split(' '), '--json', '--db', db, ...options]));
}

const NAMES = ['Công ty TNHH Khuôn mẫu đúc An', 'Công ty TNHH Khuôn mẫu Đức An', 'Công ty TNHH Khuôn mẫu dục An', 'Công ty TNHH Hòa Bình',
  'Công ty TNHH Hoà Bình Hai', 'Công ty TNHH Đinh vít', 'Công ty TNHH Dinh dưỡng'];

async function named(t) {
  const db = sqliteDatabase(t);
  const path = file(temporaryDirectory(t), 'names.csv', ['Tên doanh nghiệp,MST', ...NAMES.map((name, i) => `${name},${taxCode(i)}`)].join('\n'));
  await output(['import', 'enterprise', path, '--db', db]);
  return db;
}

test('words without accents find every spelling, and exact accents come first', async (t) => {
  const db = await named(t);
  const found = async (words) => (await search(db, words)).results.map((r) => r.name_vi);
  const three = NAMES.slice(0, 3);
  for (const words of ['khuon mau duc', 'khuôn mẫu đúc', 'khuôn mẫu Đức', 'KHUÔN MẪU DỤC']) {
    assert.deepEqual((await found(words)).sort(), [...three].sort(), words);
  }
  assert.equal((await found('khuôn mẫu đúc'))[0], NAMES[0]);
  assert.equal((await found('khuôn mẫu Đức'))[0], NAMES[1]);
  assert.equal((await found('khuôn mẫu dục'))[0], NAMES[2]);
  assert.equal((await found('khuôn mẫu đúc'.normalize('NFD')))[0], NAMES[0]);
});

test('đ is found as d, and where the tone mark stands does not matter', async (t) => {
  const db = await named(t);
  const total = async (words) => (await search(db, words)).total;
  assert.equal(await total('dinh'), 2);
  assert.equal((await search(db, 'đinh')).results[0].name_vi, NAMES[5]);
  assert.equal(await total('hòa bình'), 2);
  assert.equal(await total('hoà bình'), 2);
});

test('the answer has the shape that is promised', async (t) => {
  const db = await demoDatabase(t);
  const { total, results, ...rest } = await search(db, 'khuon mau', '--limit', '5');
  assert.deepEqual(rest, {});
  assert.ok(total > 5 && results.length === 5, `${total}`);
  const known = new Map((await records(db)).map((r) => [r.id, r]));
  let last = Infinity;
  for (const { id, tax_code: tax, name_vi: vi, score } of results) {
    assert.deepEqual([tax, vi], [known.get(id).tax_code, known.get(id).name_vi]);
    assert.ok(score <= last, 'best first');
    last = score;
  }
});

test('a tax code or an English name finds its enterprise first', async (t) => {
  const db = await demoDatabase(t);
  const some = (await records(db)).filter((r) => r.tax_code && r.name_en && r.visibility !== 'hidden').slice(100, 110);
  for (const { id, tax_code: tax, name_en: en } of some) {
    assert.equal((await search(db, tax)).results[0].id, id);
    assert.equal((await search(db, en)).results[0].id, id, en);
  }
});

test('fields narrow the answer to what has that value, and values of one field widen it', async (t) => {
  const db = await demoDatabase(t);
  const all = new Map((await records(db)).map((r) => [r.id, r]));
  const value = (r) => r.ownership_code.split('/')[1];
  const whole = await search(db, 'khuon', '--limit', '1000');
  const kinds = [...new Set(whole.results.map(({ id }) => value(all.get(id))))].slice(0, 2);
  assert.equal(kinds.length, 2);
  const of = (...wanted) => whole.results.filter(({ id }) => wanted.includes(value(all.get(id)))).length;
  assert.equal((await search(db, 'khuon', '--field', `ownership=${kinds[0]}`)).total, of(kinds[0]));
  assert.equal((await search(db, 'khuon', '--field', `ownership=${kinds[0]}`, '--field', `ownership=${kinds[1]}`)).total, of(...kinds));
});

test('what is hidden from the public is found by staff on the command line', async (t) => {
  const db = await demoDatabase(t);
  const hidden = (await records(db)).find((r) => r.visibility === 'hidden');
  assert.ok(hidden, 'the demonstration hides something');
  assert.equal((await search(db, hidden.tax_code)).results[0]?.id, hidden.id);
});

test('without --json there is a line for each, the best first', async (t) => {
  const db = await named(t);
  const [total, first, ...rest] = (await output(['search', 'khuôn', 'mẫu', 'Đức', '--lang', 'en', '--db', db])).trim().split('\n');
  assert.match(total, /^3 /);
  assert.match(first, new RegExp(`^DN-\\d{6}-\\d\\t${taxCode(1)}\\t${NAMES[1]}$`));
  assert.equal(rest.length, 2);
});

test('the address of before 1 July 2025 and the one of today find the same enterprise', async (t) => {
  const db = await demoDatabase(t);
  const shown = (await records(db)).filter((r) => r.old_address && r.visibility !== 'hidden').slice(0, 5);
  assert.equal(shown.length, 5);
  for (const { id, address, old_address: old } of shown) {
    for (const words of [address, old]) {
      const { results } = await search(db, words.replace(/,/g, ' '), '--limit', '100');
      assert.ok(results.some((r) => r.id === id), `${words}: ${id}`);
    }
  }
});
