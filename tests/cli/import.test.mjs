// matxich import: spreadsheets as offices have them go in; what cannot comes back with the reason; everything can be undone.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { binary, command, fixedClock, matxich, onBothDatabases, output, records, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { BAD, GOOD, LEFT_OUT, file, list, taxCode } from '../node/office.mjs';
import { sheetRows, unzip, workbook } from '../node/workbook.mjs';

/** Imports a file and gives its report with the exit code. */
async function importFile(db, path, ...options) {
  const { code, stdout, stderr } = await matxich(['import', 'enterprise', path, '--json', '--db', db, ...options], { env: fixedClock });
  assert.ok(stdout, stderr);
  const report = JSON.parse(stdout);
  const { read, added, changed, same, unsure, rejected, left_out: leftOut } = report;
  assert.equal(read, added + changed + same + unsure + rejected + leftOut, 'the numbers add up');
  return { code, ...report };
}
const numbers = ({ code, added, changed, same, unsure, rejected }) => ({ code, added, changed, same, unsure, rejected });
const nothing = { code: 0, added: 0, changed: 0, same: 0, unsure: 0, rejected: 0 };
const exported = (db) => output(['export', 'enterprise', '--format', 'json', '--db', db], { env: fixedClock });
const verify = async (db) => assert.equal((await matxich(['verify', '--db', db])).code, 0);

onBothDatabases('a list as an office has it becomes enterprises with figures, products and certificates', async (t, db) => {
  const path = file(temporaryDirectory(t), 'list.xlsx', list([...GOOD, ...BAD, ...LEFT_OUT]));
  const report = await importFile(db, path);
  assert.deepEqual(numbers(report), { ...nothing, code: 1, added: 3, rejected: 2 });
  assert.ok(report.left_out >= 2);
  const [one, two, three] = await records(db);
  assert.equal(one.name_vi, 'Công ty TNHH Cơ khí Một Hai');
  assert.equal(one.tax_code, taxCode(0));
  assert.equal(one.ward, 'Phường Ba Đình');
  assert.equal(one.address, 'Số 1, đường Mẫu');
  assert.equal(one.phone, '02438234567');
  assert.deepEqual(one.products, ['Khuôn dập', 'Bánh răng']);
  assert.equal(one.figures[2025].employees, 120);
  assert.equal(one.figures[2024].revenue, 1_234_500_000);
  assert.equal(one.figures[2025].revenue, 2_000_000_000);
  assert.deepEqual(one.certificates.map((c) => [c.standard, c.issued_on]), [['ISO 9001:2015', '2024-03-05']]);
  assert.equal(two.tax_code, taxCode(1), 'a leading zero that the spreadsheet lost');
  assert.equal(two.ward, 'Xã Sóc Sơn');
  assert.equal(two.phone, '02438234568');
  assert.equal(two.figures[2025].employees, 1050);
  assert.deepEqual(two.certificates, [], '“Chưa có” is none');
  assert.equal(three.tax_code, taxCode(2), 'written with spaces');
  assert.equal(three.name_vi, 'Công ty TNHH MTV Đúc Sáu Bảy'.normalize('NFC'));
  assert.ok(report.columns.some((c) => c.heading.startsWith('Ngày sinh') && c.field === null), 'what is not understood is said');
  await verify(db);
});

onBothDatabases('the same file twice changes nothing, and undoing the batch leaves the register as before', async (t, db) => {
  const directory = temporaryDirectory(t);
  await importFile(db, file(directory, 'before.xlsx', list(GOOD.slice(0, 1))));
  const before = await exported(db);
  const path = file(directory, 'list.xlsx', list(GOOD.map((row) => (row[0] === 1 ? row.with?.(7, 130) ?? [...row.slice(0, 7), 130, ...row.slice(8)] : row))));
  const first = await importFile(db, path);
  assert.deepEqual(numbers(first), { ...nothing, added: 2, changed: 1 });
  const after = await exported(db);
  const second = await importFile(db, path);
  assert.deepEqual(numbers(second), { ...nothing, same: 3 });
  assert.equal(second.batch, null);
  assert.equal(await exported(db), after);
  await output(['undo', String(first.batch), '--db', db]);
  assert.equal(await exported(db), before);
  await verify(db);
});

onBothDatabases('a batch is listed with its file and what became of it, and is undone only once', async (t, db) => {
  const { batch } = await importFile(db, file(temporaryDirectory(t), 'list.xlsx', list(GOOD)));
  const line = async () => (await output(['batches', '--lang', 'en', '--db', db])).split('\n').find((l) => l.startsWith(`${batch}\t`)).split('\t');
  assert.deepEqual((await line()).slice(2), ['import', '3', 'list.xlsx']);
  await output(['undo', String(batch), '--db', db]);
  assert.equal((await line()).length, 6);
  assert.equal((await matxich(['undo', String(batch), '--db', db])).code, 5);
  assert.equal((await matxich(['undo', '4711', '--db', db])).code, 4);
});

onBothDatabases('undoing a batch keeps what was edited after it', async (t, db) => {
  const directory = temporaryDirectory(t);
  const edit = async (phone, address) =>
    importFile(db, file(directory, 'edit.xlsx', workbook([['MST', 'Tên doanh nghiệp', 'Điện thoại', 'Địa chỉ'], [taxCode(0), GOOD[0][1], phone, address]])));
  await importFile(db, file(directory, 'list.xlsx', list(GOOD.slice(0, 1))));
  const { batch } = await edit('02411111111', 'Số 2, đường Mẫu');
  await edit('02422222222', null);
  await output(['undo', String(batch), '--db', db]);
  const [{ phone, address }] = await records(db);
  assert.deepEqual({ phone, address }, { phone: '02422222222', address: 'Số 1, đường Mẫu' });
  await verify(db);
});

onBothDatabases('a dry run says the same and writes nothing', async (t, db) => {
  const path = file(temporaryDirectory(t), 'list.xlsx', list([...GOOD, ...BAD]));
  await output(['init', '--db', db]);
  const before = await output(['batches', '--db', db]);
  const dry = await importFile(db, path, '--dry-run');
  assert.deepEqual(await records(db), []);
  assert.equal(await output(['batches', '--db', db]), before);
  assert.ok(!existsSync(`${path}.rejected.xlsx`));
  const real = await importFile(db, path);
  assert.deepEqual(numbers(dry), numbers(real));
  assert.equal(dry.batch, null);
});

test('only the cells that changed are changed, and blank cells take nothing away', async (t) => {
  const directory = temporaryDirectory(t), db = sqliteDatabase(t);
  await importFile(db, file(directory, 'list.xlsx', list(GOOD)));
  const before = await records(db);
  const rows = [['MST', 'Tên doanh nghiệp', 'Điện thoại', 'Địa chỉ'], [taxCode(0), null, '024 9999 9999', null], [taxCode(1), GOOD[1][1], '+84 24 3823 4568', 'Chưa có']];
  assert.deepEqual(numbers(await importFile(db, file(directory, 'phones.xlsx', workbook(rows)))), { ...nothing, changed: 1, same: 1 });
  assert.deepEqual(await records(db), [{ ...before[0], phone: '02499999999' }, ...before.slice(1)]);
});

test('rejected rows come back as a workbook with the reason beside them, and go in once they are right', async (t) => {
  const directory = temporaryDirectory(t), db = sqliteDatabase(t);
  const path = file(directory, 'list.xlsx', list([...GOOD, ...BAD]));
  const { problems } = await importFile(db, path);
  const back = `${path}.rejected.xlsx`;
  const [header, ...rows] = sheetRows(readFileSync(back));
  assert.equal(rows.length, BAD.length);
  assert.ok(header.includes('Tên doanh nghiệp') && header.includes('MST'), header.join(' | '));
  const tax = header.indexOf('MST'), name = header.indexOf('Tên doanh nghiệp');
  assert.equal(rows[0][tax], BAD[0][2]);
  assert.ok(rows[0][0].includes(BAD[0][2]), rows[0][0]);
  assert.notEqual(rows[1][0], '');
  assert.deepEqual(problems.filter((p) => p.rejected).map((p) => p.row), [9, 10]);
  const sheet = unzip(readFileSync(back)).get('xl/worksheets/sheet1.xml').toString();
  const style = (column, row) => sheet.match(new RegExp(`<c r="${String.fromCharCode(65 + column)}${row}"[^>]* s="(\\d+)"`))?.[1];
  assert.notEqual(style(tax, 2), style(tax, 3), 'the wrong cell is coloured');

  rows[0][tax] = taxCode(3);
  rows[1][name] = 'Công ty TNHH Có Tên';
  const repaired = await importFile(db, file(directory, 'repaired.xlsx', workbook([header, ...rows])));
  assert.deepEqual(numbers(repaired), { ...nothing, added: 2 });
  assert.deepEqual((await records(db)).map((r) => r.tax_code), [0, 1, 2, 3, 4].map(taxCode));
});

test('a file of nothing but good rows leaves no workbook of rejected ones', async (t) => {
  const path = file(temporaryDirectory(t), 'list.xlsx', list(GOOD)), db = sqliteDatabase(t);
  assert.equal((await importFile(db, path)).code, 0);
  assert.ok(!existsSync(`${path}.rejected.xlsx`));
});

test('the report for people says the same numbers as the one for programs, in both languages', async (t) => {
  const path = file(temporaryDirectory(t), 'list.xlsx', list([...GOOD, ...BAD])), db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  const report = await importFile(db, path, '--dry-run');
  const said = await Promise.all(['vi', 'en'].map((lang) => matxich(['import', 'enterprise', path, '--dry-run', '--lang', lang, '--db', db])));
  for (const { code, stdout } of said) {
    assert.equal(code, 1);
    const found = [...stdout.matchAll(/^[^:\n]+: (\d+)$/gm)].map((m) => Number(m[1]));
    assert.deepEqual(found, [report.read, report.added, report.changed, report.same, report.unsure, report.rejected, report.left_out]);
  }
  assert.notEqual(said[0].stdout, said[1].stdout);
});

test('a map says what columns mean where their headings do not', async (t) => {
  const directory = temporaryDirectory(t), db = sqliteDatabase(t);
  const path = file(directory, 'odd.csv', `Tên doanh nghiệp,Số CN,Tổng thu,Điện thoại\nCông ty TNHH Lạ,${taxCode(0)},"1,5",02438234567\n`);
  const map = file(directory, 'odd.map', 'Số CN = tax_code\nTổng thu = figures.revenue[2024]*1000000\nĐiện thoại = -\n');
  assert.deepEqual(numbers(await importFile(db, path, '--map', map)), { ...nothing, added: 1 });
  const [one] = await records(db);
  assert.equal(one.tax_code, taxCode(0));
  assert.equal(one.figures[2024].revenue, 1_500_000);
  assert.equal(one.phone, null);
  writeFileSync(map, 'Số CN = colour_of_the_door\n');
  const wrong = await matxich(['import', 'enterprise', path, '--map', map, '--db', db]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /colour_of_the_door/);
});

test('the enterprise is recognised by its tax code, then by its name and place, however the name is spelt', async (t) => {
  const directory = temporaryDirectory(t), db = sqliteDatabase(t);
  const rows = (...names) => workbook([['Tên doanh nghiệp', 'Xã/phường', 'MST'], ...names]);
  await importFile(db, file(directory, 'a.xlsx', rows(['Công ty TNHH Cơ khí Mười', 'Phường Ba Đình'], ['Công ty cổ phần Nhựa Mười', 'Xã Sóc Sơn', taxCode(0)])));
  const spelt = rows(['CTY TNHH CƠ KHÍ MƯỜI', 'P. Ba Đình'], ['CTCP Nhựa Mười', 'X. Sóc Sơn', taxCode(0)]);
  const report = await importFile(db, file(directory, 'b.xlsx', spelt));
  assert.equal(report.added, 0);
  assert.equal((await records(db)).length, 2);
  const twice = rows(['Công ty TNHH Đúc Mười', 'Phường Ba Đình', taxCode(1)], ['Công ty TNHH Đúc Mười', 'Phường Ba Đình', taxCode(1)]);
  assert.deepEqual(numbers(await importFile(db, file(directory, 'c.xlsx', twice))), { ...nothing, added: 1, same: 1 }, 'the file’s own repeats');
});

test('what is only like an enterprise waits for a person, whose answer is kept', async (t) => {
  const directory = temporaryDirectory(t), db = sqliteDatabase(t);
  const rows = (...names) => workbook([['Tên doanh nghiệp', 'Xã/phường', 'MST'], ...names]);
  await importFile(db, file(directory, 'a.xlsx', rows(['Công ty TNHH Cơ khí chính xác Hoàng Kim Long', 'Phường Ba Đình', taxCode(0)])));
  const like = file(directory, 'b.xlsx', rows(['Công ty TNHH Cơ khí chính xác Hoàng Kim Lân', 'Phường Ba Đình']));
  assert.deepEqual(numbers(await importFile(db, like)), { ...nothing, code: 1, unsure: 1 });
  const [aside] = (await output(['review', 'list', '--db', db])).split('\n')[0].split('\t');
  const [{ id }] = await records(db);
  await output(['review', 'same', aside, id, '--db', db]);
  assert.equal((await records(db)).length, 1);
  const again = await importFile(db, like);
  assert.deepEqual([again.added, again.unsure], [0, 0]);
  await verify(db);
});

// Of TCVN 5712:1993, third table: what the letters below look like where the font is not known.
const TCVN3 = { ô: '«', ê: 'ª', ơ: '¬', í: 'Ý', á: '¸', à: 'µ', ạ: '¹', ệ: 'Ö', ộ: 'é', ẫ: 'É', ố: 'è', Đ: '§', đ: '®', ú: 'ó', ỉ: 'Ø', ả: '¶', ã: '·', ổ: 'æ', ầ: 'Ç', ị: 'Þ', ế: 'Õ', ẩ: 'È', ủ: 'ñ', ư: '­', ờ: 'ê' };
const inTcvn3 = (text) => [...text.normalize('NFC')].map((c) => TCVN3[c] ?? c).join('');

test('texts in the old TCVN3 encoding become Unicode and are recognised as the same enterprises', async (t) => {
  const directory = temporaryDirectory(t), db = sqliteDatabase(t);
  const rows = [['Tên doanh nghiệp', 'Địa chỉ', 'Sản phẩm', 'Mã số thuế'],
    ['Công ty TNHH Cơ khí chính xác Đúc Hà Nội', 'Số 5, đường Hà Nội, phường Cửa Nam', 'Khuôn mẫu; Sản phẩm đúc', taxCode(0)],
    ['Công ty cổ phần Thiết bị Cơ khí', 'Số 7, đường Hà Nội', 'Bu lông cơ khí', taxCode(1)]];
  await importFile(db, file(directory, 'unicode.xlsx', workbook(rows.map((row) => row.map((s) => s.replace('Cửa', 'Ca'))))));
  const before = await exported(db);
  const old = workbook(rows.map((row) => row.map((s) => inTcvn3(s.replace('Cửa', 'Ca')))));
  const report = await importFile(db, file(directory, 'tcvn3.xlsx', old));
  assert.deepEqual(numbers(report), { ...nothing, same: 2 });
  assert.ok(report.notes.some((note) => note.includes('TCVN3')), report.notes.join());
  assert.equal(await exported(db), before);
});

test('texts in the old VNI encoding become Unicode', async (t) => {
  const db = sqliteDatabase(t);
  const rows = [['Teân doanh nghieäp', 'Ñòa chæ', 'Saûn phaåm', 'Maõ soá thueá'],
    ['Coâng ty TNHH Cô khí chính xaùc Ñuùc Haø Noäi', 'Soá 5, ñöôøng Haø Noäi', 'Khuoân maãu', taxCode(0)]];
  assert.deepEqual(numbers(await importFile(db, file(temporaryDirectory(t), 'vni.xlsx', workbook(rows)))), { ...nothing, added: 1 });
  const [{ name_vi: name, address, products, tax_code: tax }] = await records(db);
  assert.deepEqual({ name, address, products, tax }, {
    name: 'Công ty TNHH Cơ khí chính xác Đúc Hà Nội', address: 'Số 5, đường Hà Nội', products: ['Khuôn mẫu'], tax: taxCode(0),
  });
});

const sound = list(GOOD);
const UNUSABLE = {
  'truncated.xlsx': sound.subarray(0, sound.length >> 1),
  'encrypted.xlsx': Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096)]),
  'letter.xlsx': 'Kính gửi: Sở Công Thương\n',
  'empty.csv': '',
  'no-header.csv': '1,2,3\n4,5,6\n',
  'picture.csv': Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex'),
};

test('a file that cannot be used is refused with code 2 and the reason, and nothing is written', async (t) => {
  const directory = temporaryDirectory(t), db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  const paths = Object.entries(UNUSABLE).map(([name, content]) => file(directory, name, content));
  for (const path of [...paths, join(directory, 'absent.xlsx'), directory]) {
    const { code, stdout, stderr } = await matxich(['import', 'enterprise', path, '--db', db]);
    assert.equal(code, 2, `${path}: ${stdout}${stderr}`);
    assert.match(stderr, /^matxich: .+\n$/, path);
    assert.ok(!existsSync(`${path}.rejected.xlsx`), path);
  }
  const { code, stderr } = await matxich(['import', 'enterprise', file(directory, 'list.xlsx', sound), '--sheet', '2', '--db', db]);
  assert.equal(code, 2, stderr);
  assert.deepEqual(await records(db), []);
});

/** A CSV of n enterprises. */
function manyRows(directory, n, name = 'Cơ khí Hoàng Anh') {
  const rows = Array.from({ length: n }, (_, i) => `Công ty TNHH ${name} ${i},Phường Ba Đình,Số ${i} đường Mẫu`);
  return file(directory, `${name}.csv`, `Tên doanh nghiệp,Xã/phường,Địa chỉ\n${rows.join('\n')}\n`);
}

onBothDatabases('two imports at once both go in, or one is told to wait', async (t, db) => {
  const directory = temporaryDirectory(t);
  await output(['init', '--db', db]);
  const done = await Promise.all(['Cơ khí Hoàng Anh', 'Nhựa Thành Long'].map((name) =>
     matxich(['import', 'enterprise', manyRows(directory, 2000, name), '--json', '--db', db])));
  for (const { code, stderr } of done) assert.ok(code === 0 || code === 7, `${code} ${stderr}`);
  assert.equal((await records(db)).length, 2000 * done.filter(({ code }) => code === 0).length);
  await verify(db);
});

onBothDatabases('an import that is killed half way leaves nothing behind', async (t, db) => {
  const path = manyRows(temporaryDirectory(t), 30000);
  await output(['init', '--db', db]);
  const child = spawn(binary, ['import', 'enterprise', path, '--db', db], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((done) => child.on('close', (code, signal) => done(signal ?? code)));
  child.stderr.once('data', () => child.kill('SIGKILL'));               // the first word of progress: 20,000 rows are in
  assert.equal(await ended, 'SIGKILL');
  assert.deepEqual(await records(db), []);
  await verify(db);
  const small = manyRows(temporaryDirectory(t), 10);
  assert.equal((await importFile(db, small)).added, 10);
});

test('an import that fills the disk leaves nothing behind and says so', async (t) => {
  const directory = temporaryDirectory(t), db = `sqlite:${join(directory, 'small.db')}`;
  await output(['init', '--db', db]);
  const path = manyRows(directory, 8000);
  const full = await command('sh', ['-c', 'trap "" XFSZ; ulimit -f 3000; exec "$0" "$@"', binary, 'import', 'enterprise', path, '--db', db]);
  assert.equal(full.code, 9, full.stderr);
  assert.match(full.stderr, /^matxich: .+\n$/m);
  assert.deepEqual(await records(db), []);
  await verify(db);
});

test('a CSV is understood with semicolons, in UTF-16 and with a byte order mark', async (t) => {
  const directory = temporaryDirectory(t);
  const text = 'Tên doanh nghiệp;Xã/phường;Số lao động 2025\r\nCông ty TNHH Một Hai;Phường Ba Đình;1.050\r\n';
  const spellings = { 'utf8.csv': text, 'bom.csv': `\ufeff${text}`, 'utf16.csv': Buffer.from(`\ufeff${text}`, 'utf16le') };
  for (const [name, content] of Object.entries(spellings)) {
    const db = sqliteDatabase(t);
    assert.deepEqual(numbers(await importFile(db, file(directory, name, content))), { ...nothing, added: 1 }, name);
    const [{ name_vi: vi, ward, figures }] = await records(db);
    assert.deepEqual([vi, ward, figures[2025].employees], ['Công ty TNHH Một Hai', 'Phường Ba Đình', 1050], name);
  }
});
