// Files far over the limits: refused with the limit in the sentence, in little memory, and nothing of them is in.
import assert from 'node:assert/strict';
import { closeSync, openSync, writeSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createDeflateRaw } from 'node:zlib';
import { matxich, temporaryDirectory } from '../node/matxich.mjs';
import { inOrder, parts, refused, row, sheet, withMemory, zip } from '../faults/files.mjs';

const directory = temporaryDirectory({ after });
const db = `sqlite:${join(directory, 'test.db')}`;
const importing = (path, megabytes) => (lang) => withMemory(megabytes, ['import', 'enterprise', path, '--db', db, '--lang', lang]);

before(() => matxich(['init', '--db', db]));

function written(name, pieces) {
  const path = join(directory, name), file = openSync(path, 'w');
  for (const piece of pieces) writeSync(file, piece);
  closeSync(file);
  return path;
}
function* many(first, piece, times) {
  yield first;
  for (let i = 0; i < times; i++) yield piece(i);
}

const megabyte = Buffer.alloc(1 << 20, 'x');
for (const [what, start] of [['from its beginning', ''], ['behind a header', 'Tên doanh nghiệp;Địa chỉ\n'], ['in a quotation', 'Tên doanh nghiệp;Địa chỉ\n"']])
  test(`a CSV of one line of 2 GB ${what}`, async () => {
    const path = written(`line ${what}.csv`, many(start, () => megabyte, 2100));
    await refused(importing(path, 100), 2, /longer than 128 KB/);
  });

test('a CSV of one line of 2 GB in which every other byte separates', async () => {
  const path = written('cells.csv', many('Tên doanh nghiệp;Địa chỉ\n', () => Buffer.alloc(1 << 20, 'x;'), 2100));
  await refused(importing(path, 100), 2, /16,384 columns/);
});

const LINES = 10_000_000, BLOCK = 10_000;
const block = (i, line) => Array.from({ length: BLOCK }, (_, k) => line(i * BLOCK + k)).join('');

test('a CSV of ten million rows', async () => {
  const path = written('rows.csv', many('Tên doanh nghiệp;Địa chỉ\n', (i) => block(i, (n) => `Công ty TNHH Thử nghiệm ${n};12 Lê Lợi\n`), LINES / BLOCK));
  await refused(importing(path, 400), 2, /1,048,576 rows/);
});

test('a workbook of ten million rows', async () => {
  const packer = createDeflateRaw({ level: 1 }), packed = [];
  packer.on('data', (piece) => packed.push(piece));
  let size = 0;
  const put = async (text) => {
    const bytes = Buffer.from(text);
    size += bytes.length;
    if (!packer.write(bytes)) await once(packer, 'drain');
  };
  const [start, end] = sheet([['Tên doanh nghiệp', 'Địa chỉ']]).split('</sheetData>');
  await put(start);
  for (let i = 0; i < LINES / BLOCK; i++) await put(block(i, (n) => row([`Công ty TNHH Thử nghiệm ${n}`, '12 Lê Lợi'], n + 2)));
  packer.end(`</sheetData>${end}`);
  await once(packer, 'end');
  size += Buffer.byteLength(`</sheetData>${end}`);
  const path = written('rows.xlsx', [zip(parts([{ name: 'DS', xml: { packed: Buffer.concat(packed), size } }]))]);
  await refused(importing(path, 400), 2, /1,048,576 rows|too big when unpacked/);
});

test('nothing of all this is in the database', () => inOrder(db, 0));
