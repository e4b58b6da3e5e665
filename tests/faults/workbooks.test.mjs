// Files that are no table, or that are made to hurt: each is refused with exit code 2 and a sentence that says what to do,
// within 200 MB, and leaves no trace.
import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { matxich, temporaryDirectory } from '../node/matxich.mjs';
import {
  asNobody, enterprises, HEADING, inOrder, noRejectedFile, NOBODY, parts, refused, row, sheet, withMemory, workbook, workbookAround, zip,
} from './files.mjs';

const directory = temporaryDirectory({ after });
const db = `sqlite:${join(directory, 'test.db')}`;
const made = matxich(['init', '--db', db]);

const importing = (run, path, ...more) => (lang) => run(['import', 'enterprise', path, ...more, '--db', db, '--lang', lang]);
const within200MB = (args) => withMemory(200, args);

const good = [HEADING, ...enterprises(400)];
const whole = workbook(good);
const table = sheet(good);
const withSheet = (content) => zip(parts([{ name: 'DS', xml: content }]));
const bomb = deflateRawSync(Buffer.alloc(200 << 20, '<x/>'), { level: 9 });
const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096)]);

const damaged = /damaged or was cut off/, noTable = /not a table/;

const files = {
  'an empty file': ['', /empty/],
  'nothing but blank lines': ['\r\n \t\r\n', /empty/],
  'a workbook cut off after its first header': [whole.subarray(0, 30), damaged],
  'a workbook cut off in the middle': [whole.subarray(0, whole.length >> 1), damaged],
  'a workbook without its last byte': [whole.subarray(0, -1), damaged],
  'a workbook cut off before its directory': [whole.subarray(0, whole.length - 300), damaged],
  'a workbook with a byte turned in its sheet': [Object.assign(Buffer.from(whole), { [whole.indexOf('sheet1.xml') + 600]: 0 }), damaged],
  'a sheet whose XML ends in the middle': [withSheet(table.slice(0, table.length >> 1)), damaged],
  'a sheet whose XML closes nothing': [withSheet(table.replaceAll('</row>', '')), damaged],
  'a workbook whose sheet is not there': [zip(parts([{ name: 'DS', xml: table }]).slice(0, -1)), /sheet1\.xml is missing/],
  'a zip that is no workbook': [zip([['readme.txt', 'hello']]), /not a complete workbook/],
  'a zip of nothing': [zip([]), /damaged|not a complete workbook/],
  'a workbook protected by a password, or an old .xls': [ole, /\.xls workbook, or one protected by a password/],
  'a zip with an encrypted sheet': [withSheet({ packed: deflateRawSync(table), size: table.length, flags: 1 }), /password/],
  'a sheet of an unknown compression': [withSheet({ packed: Buffer.from(table), size: table.length, method: 99 }), /damaged|password/],
  'an OpenDocument table': [zip([['mimetype', 'application/vnd.oasis.opendocument.spreadsheet'], ['content.xml', '<x/>']]), /\.ods|OpenDocument/],
  'a PDF': ['%PDF-1.7\n%\xE2\xE3\n1 0 obj', /PDF/],
  'a picture': [Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /picture/],
  'a page of the web': ['<!DOCTYPE html><html><body><table></table></body></html>', /web page/],
  'bytes of no kind': [Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 7 + i) & 31)), noTable],
  'a sheet that unpacks to a thousand times its size': [withSheet({ packed: bomb, size: 200 << 20 }), /300 times|too big when unpacked/],
  'a sheet that lies about its size': [withSheet({ packed: bomb, size: 100 }), /300 times|too big|damaged/],
  'a zip of 70,000 parts': [zip([...parts([{ name: 'DS', xml: table }]),
    ...Array.from({ length: 70000 }, (_, i) => [`x/${i}`, { packed: Buffer.alloc(0), size: 0, method: 0 }])]), /too many parts|damaged/],
  'a billion laughs': [workbookAround(sheet(good, `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>`).replace('Thử', '&l9;')), /DOCTYPE/],
  'an entity from outside': [workbookAround(sheet(good, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')
    .replace('Thử', '&e;')), /DOCTYPE/],
  'an entity nobody declared': [workbookAround(table.replace('Thử', '&e;')), damaged],
  'a document type with no entities': [workbookAround(sheet(good, '<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:1/x.dtd">')), /DOCTYPE/],
  'a sheet outside the workbook': [zip(parts([{ name: 'DS', xml: table }]).map(([name, text]) =>
    [name, name === 'xl/_rels/workbook.xml.rels' ? text.replace('worksheets/', '../../../../etc/') : text])), /outside itself/],
  'a row with an absurd number': [workbookAround(sheet(good).replace('r="2"', 'r="99999999999"')), /1,048,576|damaged/],
  'a row past the last': [workbookAround(sheet(good).replace('</sheetData>', `${row(['x'], 1048577)}</sheetData>`)), /1,048,576/],
  'a cell past the last column': [workbookAround(table.replace('<c ', '<c r="ZZZ1" ')), /16,384/],
  'rows in the wrong order': [workbookAround(table.replace('r="3"', 'r="2"')), damaged],
  'tags without end': [workbookAround('<worksheet>' + '<a>'.repeat(3_000_000)), /damaged|too long/],
  'a tag of 64 MB': [withSheet({ packed: Buffer.concat([Buffer.from(deflateRawSync(Buffer.from(`<worksheet ${'a'.repeat(8 << 20)}`)))]),
    size: 11 + (8 << 20), crc: 0 }), /too long|damaged/],
  'a workbook that is hidden whole': [zip(parts([{ name: 'A', state: 'hidden', xml: table }, { name: 'B', state: 'veryHidden', xml: table }])),
    /hidden/],
  'a table about something else': [workbook([['Ngày', 'Nhiệt độ'], ['01/07/2025', '31']]), /header|heading/],
  'a CSV of something else': ['Ngày;Nhiệt độ\n01/07/2025;31\n', /header|heading/],
  'a CSV whose quotation mark never closes': [`Tên doanh nghiệp;Mã số thuế\n"Công ty A;\n${'x;y\n'.repeat(200000)}`, /quotation mark/],
  'a CSV of one long line': [`Tên doanh nghiệp;${'x'.repeat(5 << 20)}`, /longer than/],
};

for (const [name, [bytes, english]] of Object.entries(files))
  test(`refused: ${name}`, async () => {
    await made;
    const path = join(directory, `file ${Object.keys(files).indexOf(name)}.xlsx`);
    writeFileSync(path, bytes, typeof bytes === 'string' && bytes.startsWith('%PDF') ? 'latin1' : 'utf8');
    await refused(importing(within200MB, path), 2, english);
    noRejectedFile(path);
  });

test('refused: a file that is not there, a directory, a device', async () => {
  await made;
  await refused(importing(matxich, join(directory, 'nobody.xlsx')), 2, /There is no file .*nobody\.xlsx/);
  mkdirSync(join(directory, 'folder.xlsx'));
  await refused(importing(matxich, join(directory, 'folder.xlsx')), 2, /folder\.xlsx is a folder/);
  await refused(importing(matxich, '/dev/null'), 2, /not a file/);
});

test('refused: a file one may not read', async (t) => {
  const own = temporaryDirectory(t), path = join(own, 'secret.xlsx');
  writeFileSync(path, whole);
  chmodSync(path, 0);
  if (process.getuid() === 0) chownSync(own, NOBODY, NOBODY);
  const database = `sqlite:${join(own, 'test.db')}`;
  await refused((lang) => asNobody(['import', 'enterprise', path, '--db', database, '--lang', lang]), 2, /may not be read|permission/);
});

test('refused: a sheet that is not there', async () => {
  await made;
  const path = join(directory, 'sheets.xlsx');
  writeFileSync(path, whole);
  await refused(importing(matxich, path, '--sheet', '2'), 2, /There is no sheet 2; the last one is sheet 1/);
  for (const number of ['0', '-1', 'x', '99999999999999999999'])
    await refused(importing(matxich, path, `--sheet=${number}`), 2, /--sheet/);
});

test('refused: a map that is wrong, and the line is named', async () => {
  await made;
  const path = join(directory, 'mapped.xlsx'), map = join(directory, 'map.txt');
  writeFileSync(path, whole);
  for (const [text, english] of [
    ['Tên doanh nghiệp = name_vi\nCột = không_có\n', /2/], ['no equals sign\n', /1/], [Buffer.from([0xff, 0xfe, 0, 1]), /map|line|UTF-8/i],
    ['Tên doanh nghiệp = figures.revenue[abc]\n', /1/],
  ]) {
    writeFileSync(map, text);
    await refused(importing(matxich, path, '--map', map), 2, english);
  }
  await refused(importing(matxich, path, '--map', join(directory, 'no map')), 2, /no map/);
});

test('nothing of all this is left in the database', async () => {
  await made;
  await inOrder(db, 0);
  const batches = await matxich(['batches', '--db', db]);
  assert.doesNotMatch(batches.stdout, new RegExp(basename(directory)));
  assert.doesNotMatch(batches.stdout, /xlsx/);
});
