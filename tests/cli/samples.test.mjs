// The sample workbooks that lie beside a full checkout: what is in them is in the register afterwards, field by field.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixedClock, matxich, output, records, root, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { csvRows, sheetRows } from '../node/workbook.mjs';

const samples = join(root, '../shared/samples');
const skip = existsSync(samples) ? false : '../shared/samples is not here';

/** Imports a copy of a sample into the database. */
async function importSample(t, db, name) {
  const path = join(temporaryDirectory(t), name);
  copyFileSync(join(samples, name), path);
  const { code, stdout, stderr } = await matxich(['import', 'enterprise', path, '--json', '--lang', 'vi', '--db', db], { env: fixedClock });
  assert.ok(stdout, stderr);
  const report = JSON.parse(stdout);
  assert.equal(report.read, report.added + report.changed + report.same + report.unsure + report.rejected + report.left_out);
  return { code, path, ...report };
}

const verify = async (db) => assert.equal((await matxich(['verify', '--db', db])).code, 0);

test('public-enterprises.xlsx: what has a name is there, what has none is rejected for that', { skip }, async (t) => {
  const db = sqliteDatabase(t);
  const { code, path, added, rejected } = await importSample(t, db, 'public-enterprises.xlsx');
  const rows = sheetRows(readFileSync(join(samples, 'public-enterprises.xlsx')));
  const at = rows.findIndex((row) => row.includes('Tên doanh nghiệp'));
  const [vi, en] = ['Tên doanh nghiệp', 'Tên tiếng Anh'].map((heading) => rows[at].indexOf(heading));
  const listed = rows.slice(at + 1).filter((row) => row.some(Boolean));
  const named = listed.filter((row) => row[vi] || row[en]);
  assert.deepEqual([code, rejected], [1, listed.length - named.length]);
  const there = await records(db);
  assert.equal(there.length, added);
  const names = new Set(there.flatMap((r) => [r.name_vi, r.name_en]));
  for (const row of named) assert.ok(names.has(row[vi] || row[en]), row[vi] || row[en]);
  assert.equal(sheetRows(readFileSync(`${path}.rejected.xlsx`)).length - 1, rejected);
  await verify(db);
});

test('survey.xlsx: the register equals survey-expected.csv field by field', { skip }, async (t) => {
  const db = sqliteDatabase(t);
  const { code } = await importSample(t, db, 'survey.xlsx');
  assert.equal(code, 1);
  const [header, ...rows] = csvRows(readFileSync(join(samples, 'survey-expected.csv'), 'utf8'));
  const expected = new Map(rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]]))).map((r) => [r.tax_code, r]));
  const there = await records(db);
  assert.deepEqual(there.map((r) => r.tax_code).sort(), [...expected.keys()].sort());
  const number = (text) => (text === '' ? null : Number(text));
  for (const r of there) {
    const e = expected.get(r.tax_code);
    const got = {
      name: r.name_vi, ward: r.ward, phone: r.phone ?? '', products: r.products.join('; '), employees: r.figures[2025]?.employees ?? null,
      revenue_2024_vnd: r.figures[2024]?.revenue ?? null, revenue_2025_vnd: r.figures[2025]?.revenue ?? null,
      certificates: r.certificates.map((c) => [c.standard, c.issued_on]),
    };
    assert.deepEqual(got, {
      name: e.name, ward: e.ward, phone: e.phone, products: e.products, employees: number(e.employees),
      revenue_2024_vnd: number(e.revenue_2024_vnd), revenue_2025_vnd: number(e.revenue_2025_vnd),
      certificates: e.certificate && e.certificate !== 'Chưa có' ? [[e.certificate, e.issued_on]] : [],
    }, r.tax_code);
  }
  await verify(db);
});

test('tcvn3.xlsx: the names are Unicode, and those of the survey are recognised', { skip }, async (t) => {
  const db = sqliteDatabase(t);
  await importSample(t, db, 'survey.xlsx');
  const before = await records(db);
  const { added, rejected, same, changed, unsure } = await importSample(t, db, 'tcvn3.xlsx');
  assert.deepEqual({ added, rejected, unsure }, { added: 0, rejected: 0, unsure: 0 });
  assert.equal(same + changed, 60);
  const names = (list) => list.map((r) => r.name_vi);
  assert.deepEqual(names(await records(db)), names(before));
  await verify(db);
});

for (const name of ['public-enterprises.xlsx', 'survey.xlsx', 'tcvn3.xlsx']) {
  test(`${name}: twice changes nothing, and undone there is nothing left`, { skip }, async (t) => {
    const db = sqliteDatabase(t);
    const exported = () => output(['export', 'enterprise', '--format', 'json', '--db', db], { env: fixedClock });
    await output(['init', '--db', db]);
    const before = await exported();
    const first = await importSample(t, db, name);
    const after = await exported();
    const second = await importSample(t, db, name);
    assert.deepEqual([second.added, second.changed, second.batch], [0, 0, null]);
    assert.equal(second.same, first.added + first.same);
    assert.equal(await exported(), after);
    await output(['undo', String(first.batch), '--db', db]);
    assert.equal(await exported(), before);
    await verify(db);
  });
}
