// matxich export: files that open anywhere, do no harm there, and go back in without a change.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { demoDatabase, fixedClock, matxich, output, records, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { file, taxCode } from '../node/office.mjs';
import { csvRows, sheetRows, workbook } from '../node/workbook.mjs';

const env = fixedClock;
const rowsOf = { csv: (bytes) => csvRows(bytes.toString()), xlsx: sheetRows };

async function exported(t, db, format, lang, ...filters) {
  const path = join(temporaryDirectory(t), `list.${format}`);
  await output(['export', 'enterprise', '--format', format, '--lang', lang, '--output', path, '--db', db, ...filters], { env });
  return { path, rows: rowsOf[format](readFileSync(path)) };
}

async function imported(db, path, lang = 'vi') {
  const { stdout, stderr } = await matxich(['import', 'enterprise', path, '--json', '--lang', lang, '--db', db], { env });
  assert.ok(stdout, stderr);
  const { read, added, changed, same, unsure, rejected, problems } = JSON.parse(stdout);
  return { read, added, changed, same, unsure, rejected, problems };
}

for (const format of ['csv', 'xlsx']) {
  for (const lang of ['vi', 'en']) {
    test(`what is exported as ${format} in ${lang} goes back in and changes nothing`, async (t) => {
      const db = await demoDatabase(t);
      const before = await output(['export', 'enterprise', '--format', 'json', '--db', db], { env });
      const { path, rows } = await exported(t, db, format, lang);
      assert.equal(rows.length, 1201);
      assert.ok(rows.every((row) => row.length === rows[0].length), 'every row is as long as the header');
      for (const speaking of ['vi', 'en']) {
        const { read, same, problems } = await imported(db, path, speaking);
        assert.deepEqual({ read, same }, { read: 1200, same: 1200 }, JSON.stringify(problems));
      }
      assert.equal(await output(['export', 'enterprise', '--format', 'json', '--db', db], { env }), before);
    });
  }
}

test('a cell edited in an exported workbook is the only thing that changes when it goes back in', async (t) => {
  const db = await demoDatabase(t);
  const before = await records(db);
  const { rows } = await exported(t, db, 'xlsx', 'vi');
  const phone = rows[0].findIndex((_, column) => rows[7][column] === before[6].phone);
  rows[7][phone] = '024 7777 7777';
  const verified = rows[0].indexOf('Ngày xác minh tại cơ sở');        // a day is a bare number here, which nobody can know for one
  rows.slice(1).forEach((row) => { row[verified] = ''; });
  const { changed, same, problems } = await imported(db, file(temporaryDirectory(t), 'edited.xlsx', workbook(rows)));
  assert.deepEqual({ changed, same }, { changed: 1, same: 1199 }, JSON.stringify(problems));
  assert.deepEqual(await records(db), before.map((r, i) => (i === 6 ? { ...r, phone: '02477777777' } : r)));
});

test('CSV, XLSX and JSON hold the same enterprises in the same order', async (t) => {
  const db = await demoDatabase(t);
  const [{ rows: csv }, { rows: xlsx }, json] = await Promise.all([exported(t, db, 'csv', 'en'), exported(t, db, 'xlsx', 'en'), records(db)]);
  assert.deepEqual(csv.map((row) => row[0]).slice(1), json.map((r) => r.id));
  assert.deepEqual(xlsx.map((row) => row[0]), csv.map((row) => row[0]));
  const ndjson = await output(['export', 'enterprise', '--format', 'ndjson', '--db', db]);
  assert.deepEqual(ndjson.trim().split('\n').map((line) => JSON.parse(line).id), json.map((r) => r.id));
});

test('headings speak the language asked for', async (t) => {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  const [{ rows: [vi] }, { rows: [en] }] = await Promise.all(['vi', 'en'].map((lang) => exported(t, db, 'csv', lang)));
  assert.equal(vi.length, en.length);
  assert.ok(en.includes('Tax code') && vi.includes('Mã số thuế'), vi.join(' | '));
});

test('a filter leaves what it asks for, and several values of one field widen it', async (t) => {
  const db = await demoDatabase(t);
  const all = await records(db);
  const [one, two] = [...new Set(all.map((r) => r.ward_code))].filter(Boolean);
  const ids = (list) => list.map((r) => r.id);
  assert.deepEqual(ids(await records(db, 'enterprise', `ward=${one}`)), ids(all.filter((r) => r.ward_code === one)));
  assert.deepEqual(ids(await records(db, 'enterprise', `ward=${one}`, `ward=${two}`)), ids(all.filter((r) => [one, two].includes(r.ward_code))));
});

test('a name that begins like a formula is text wherever the file is opened, and comes back as it was', async (t) => {
  const directory = temporaryDirectory(t), db = sqliteDatabase(t);
  const formulas = ['=HYPERLINK("http://example.invalid","Bấm vào đây")', '+1+1', '-2+3', '@SUM(A1)', "'=1+1", '\t=1+1'];
  const rows = [['Tên doanh nghiệp', 'MST', 'Ghi chú'], ...formulas.map((f, i) => [`Công ty ${i}`, taxCode(i), f])];
  assert.equal((await imported(db, file(directory, 'formulas.xlsx', workbook(rows)))).added, formulas.length);
  const before = await records(db);
  assert.deepEqual(before.slice(0, 5).map((r) => r.note), formulas.slice(0, 5));
  const { path: csv, rows: cells } = await exported(t, db, 'csv', 'vi');
  for (const cell of cells.flat()) assert.doesNotMatch(cell, /^[=+@\t\r-]/, 'a spreadsheet would run this');
  const { path: xlsx, rows: sheet } = await exported(t, db, 'xlsx', 'vi');
  assert.equal(sheet.length, formulas.length + 1);
  assert.doesNotMatch(readFileSync(xlsx).toString('latin1'), /<f>/);
  for (const path of [csv, xlsx]) assert.equal((await imported(db, path)).same, formulas.length, path);
  assert.deepEqual(await records(db), before);
});
