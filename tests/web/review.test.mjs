// Rows an import could not place are decided in the browser, one after another, by plain forms.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { matxich, onBothDatabases, output, records, serve, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { accounts, inputValue, signedIn } from '../node/people.mjs';

const names = ['Đúc Hoa Sen', 'Cơ khí Sao Mai', 'Nhựa Bình Minh'];
const codes = ['0126018157', '0121993514', '0101895558'];
const twins = ['Tên doanh nghiệp,MST,Xã/phường', ...names.map((name, i) => `Công ty TNHH ${name},${codes[i]},P. Láng`),
  ...names.map((name) => `Công ty TNHH ${name},,P. Ba Đình`)].join('\n');

async function queue(t, db) {
  const file = join(temporaryDirectory(t), 'list.csv');
  writeFileSync(file, twins);
  await output(['init', '--db', db]);
  assert.equal((await matxich(['import', 'enterprise', file, '--db', db])).code, 1, 'some rows are set aside');
  await accounts(t, db, [{ email: 'officer@test.vn' }, { email: 'buyer@test.vn', roles: 'buyer' }]);
  const base = await serve(t, db);
  return { base, person: await signedIn(db, base, 'officer@test.vn') };
}

const path = '/en/workspace/review';
const shown = async (person) => (await person.get(path)).text;
const title = (html) => html.match(/<h2>(Công ty[^<]*)<\/h2>/)?.[1];
const buttons = (html) => [...html.matchAll(/<button type="submit" name="answer" value="(\w+)" accesskey="(\w)"/g)].map(([, value, key]) => [key, value]);

onBothDatabases('each answer leads to the next row, and the last can be taken back', async (t, db) => {
  const { person } = await queue(t, db);
  let html = await shown(person);
  assert.equal(title(html), 'Công ty TNHH Đúc Hoa Sen');
  assert.match(html, /Row 5 of list\.csv/);
  assert.match(html, /The names are the same but for their spelling/);
  assert.deepEqual(buttons(html).map(([key]) => key), ['1', 'n', 's']);
  const answer = (value) => person.post(path, { aside: inputValue(html, 'aside'), answer: value });

  const same = await answer(buttons(html)[0][1]);
  assert.deepEqual([same.status, same.location], [303, path]);
  html = await shown(person);
  assert.equal(title(html), 'Công ty TNHH Cơ khí Sao Mai');
  await answer('later');
  html = await shown(person);
  assert.equal(title(html), 'Công ty TNHH Nhựa Bình Minh');
  await answer('new');
  assert.equal((await records(db)).length, 4);

  html = await shown(person);
  assert.equal(title(html), 'Công ty TNHH Cơ khí Sao Mai', 'what was skipped comes last');
  assert.equal((await person.post(path, { undo: inputValue(html, 'undo') })).status, 303);
  assert.equal((await records(db)).length, 3);
  assert.equal((await person.post(path, { undo: inputValue(html, 'undo') })).status, 409, 'not twice');
  assert.match(await shown(person), /Rows that wait for a decision: 2/);
});

test('who decided first is right, and a row decided meanwhile is passed over', async (t) => {
  const db = sqliteDatabase(t);
  const { person } = await queue(t, db);
  const html = await shown(person);
  const fields = { aside: inputValue(html, 'aside'), answer: 'new' };
  await person.post(path, fields);
  assert.equal((await person.post(path, fields)).status, 303);
  assert.equal((await records(db)).length, 4);
});

test('who may not import decides nothing', async (t) => {
  const db = sqliteDatabase(t);
  const { base } = await queue(t, db);
  const buyer = await signedIn(db, base, 'buyer@test.vn');
  assert.equal((await buyer.get(path)).status, 403);
  assert.equal((await buyer.post(path, { aside: 1, answer: 'new' })).status, 403);
  assert.equal((await records(db)).length, 3);
});

test('an empty queue says so', async (t) => {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  await accounts(t, db, [{ email: 'officer@test.vn' }]);
  const person = await signedIn(db, await serve(t, db), 'officer@test.vn');
  assert.match(await shown(person), /Nothing waits for a decision/);
});
