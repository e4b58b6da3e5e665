// Files whose bytes or names are odd but which hold a table: what can be understood is, and nothing odd gets further.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { matxich, onBothDatabases, temporaryDirectory } from '../node/matxich.mjs';
import { HEADING, inOrder, sheet, withRawName, workbook, workbookAround } from './files.mjs';

const name = 'Công ty Cổ phần Cơ khí Đông Anh';
const csv = `Tên doanh nghiệp;Địa chỉ\n${name};Khối 3A, thị trấn Đông Anh\n`;

/** Vietnamese letters as Windows-1258 writes them: base letters, then tones as marks of their own. */
const windows1258 = (text) => {
  const single = { Đ: 0xd0, đ: 0xf0, â: 0xe2, Â: 0xc2, ê: 0xea, Ê: 0xca, ô: 0xf4, Ô: 0xd4, ă: 0xe3, Ă: 0xc3, ơ: 0xf5, Ơ: 0xd5, ư: 0xfd, Ư: 0xdd };
  const tones = { '\u0300': 0xcc, '\u0309': 0xd2, '\u0303': 0xde, '\u0301': 0xec, '\u0323': 0xf2 };
  const bytes = [];
  for (const letter of text) {
    const marks = letter.normalize('NFD').slice(1), tone = [...marks].find((mark) => mark in tones);
    const plain = tone ? letter.normalize('NFD').replace(tone, '').normalize('NFC') : letter;
    bytes.push(single[plain] ?? plain.charCodeAt(0), ...(tone ? [tones[tone]] : []));
  }
  return Buffer.from(bytes);
};
const utf16be = (text) => Buffer.from(text, 'utf16le').swap16();

const encodings = {
  'UTF-8': Buffer.from(csv),
  'UTF-8 with a mark': Buffer.from(`\ufeff${csv}`),
  'UTF-8, decomposed': Buffer.from(csv.normalize('NFD')),
  'UTF-16, little end first, with a mark': Buffer.from(`\ufeff${csv}`, 'utf16le'),
  'UTF-16, big end first, with a mark': utf16be(`\ufeff${csv}`),
  'UTF-16 without a mark': Buffer.from(csv, 'utf16le'),
  'Windows-1258': windows1258(csv),
  'lines that end in CR': Buffer.from(csv.replaceAll('\n', '\r')),
};

async function listed(db) {
  const { code, stdout, stderr } = await matxich(['export', 'enterprise', '--format', 'json', '--db', db]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}
async function imported(t, content, { file = 'x.csv', directory = temporaryDirectory(t), code = 0, more = [] } = {}) {
  const db = `sqlite:${join(directory, 'test.db')}`, path = join(directory, file);
  writeFileSync(path, content);
  const answer = await matxich(['import', 'enterprise', path, '--db', db, '--json', ...more]);
  assert.equal(answer.code, code, answer.stderr + answer.stdout);
  return { db, path, report: JSON.parse(answer.stdout), list: await listed(db) };
}

for (const [encoding, bytes] of Object.entries(encodings))
  test(`a CSV in ${encoding} is read`, async (t) => {
    const { list } = await imported(t, bytes);
    assert.equal(list[0].name_vi, name);
  });

test('a CSV in Latin-1 is read, its letters are what they are', async (t) => {
  const { list } = await imported(t, Buffer.from('Company name;Address\nSoci\xe9t\xe9 G\xe9n\xe9rale;12 rue\n', 'latin1'));
  assert.equal(list[0].name_vi, 'Société Générale');
});

test('UTF-8 broken far behind the beginning is an unusable file, and the row is named', async (t) => {
  const directory = temporaryDirectory(t), path = join(directory, 'x.csv'), db = `sqlite:${join(directory, 'test.db')}`;
  const rows = Array.from({ length: 60000 }, (_, i) => `Công ty số ${i};${i} phố Huế\n`).join('');
  writeFileSync(path, Buffer.concat([Buffer.from(`Tên doanh nghiệp;Địa chỉ\n${rows}`), Buffer.from('C\xf4ng ty;x\n', 'latin1')]));
  const answer = await matxich(['import', 'enterprise', path, '--db', db, '--lang', 'en']);
  assert.equal(answer.code, 2);
  assert.match(answer.stderr, /Row 60002: the text is not UTF-8/);
  await inOrder(db, 0);
});

test('control characters and NUL in cells are left out', async (t) => {
  const controls = Array.from({ length: 32 }, (_, i) => String.fromCharCode(i)).filter((c) => !'\t\n\r'.includes(c)).join('');
  const others = Array.from({ length: 20 }, (_, i) => `Công ty số ${i};${i} phố Tràng Tiền\n`).join('');
  const { db, list } = await imported(t, `Tên doanh nghiệp;Địa chỉ\nCông${controls} ty\x7f A;1${controls} phố Huế\n${others}`);
  const odd = list.find((one) => one.name_vi === 'Công ty A');
  assert.equal(odd?.address, '1 phố Huế');
  await inOrder(db, 21);
});

test('control characters in a workbook, by entity and by escape, are left out', async (t) => {
  const xml = sheet([HEADING, ['1', 'Công ty A', '', '1 phố Huế']]).replace('Công ty A', 'Công&#0;&#1;&#27;&#127; ty_x0000__x001B__x007F_ A');
  const { db, list } = await imported(t, workbookAround(xml), { file: 'x.xlsx' });
  assert.equal(list[0].name_vi, 'Công ty A');
  await inOrder(db, 1);
});

test('a formula in a name leaves as text', async (t) => {
  const { db, list } = await imported(t, workbook([HEADING, ['1', "=cmd|' /C calc'!A0", '', '1 phố Huế']]), { file: 'x.xlsx' });
  assert.equal(list[0].name_vi, "=cmd|' /C calc'!A0");
  const { stdout } = await matxich(['export', 'enterprise', '--format', 'csv', '--db', db]);
  assert.doesNotMatch(stdout, /(^|[;,"\n])=cmd/);
});

test('letters outside the basic plane, directions and joiners do no harm', async (t) => {
  const { db, list } = await imported(t, 'Tên doanh nghiệp;Địa chỉ\nCông ty 𝔘𝔫𝔦 😀\u202eA\u200d;1\n');
  assert.match(list[0].name_vi, /^Công ty .* 😀A$/u);
  await inOrder(db, 1);
});

// ---- names of files

const names = {
  'goes upwards': '../../x.xlsx',
  'has quotes': `x'"\`;$(touch gone).xlsx`,
  'has line ends and escapes': 'x\n\r\t\x1b[31m.xlsx',
  'is not UTF-8': Buffer.from('t\xean.xlsx', 'latin1'),
  'is as long as a name may be': `${'x'.repeat(250)}.xlsx`,
  'looks like an option': '--map.xlsx',
};

const everything = (directory) => readdirSync(directory, { recursive: true, encoding: 'latin1' }).sort();

for (const [what, file] of Object.entries(names))
  onBothDatabases(`a file whose name ${what} is kept by its last part and writes nowhere else`, async (t, db) => {
    const top = temporaryDirectory(t), cwd = join(top, 'a/b');
    mkdirSync(cwd, { recursive: true });
    const path = Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from(file)]);
    writeFileSync(path, workbook([HEADING, ['1', 'Công ty A', '', '1 phố Huế'], ['2', '', '', 'không tên']]));
    const before = everything(top);
    const answer = await withRawName(path, ['import', 'enterprise'], ['--db', db, '--json'], { cwd });
    const long = Buffer.from(file).length > 240;
    assert.equal(answer.code, 1, answer.stderr);
    const added = everything(top).filter((one) => !before.includes(one));
    const own = Buffer.from(file).toString('latin1');
    const place = dirname(join('a/b', own));
    assert.deepEqual(added, long ? [] : [join(place, `${own.split('/').pop()}.rejected.xlsx`)].map((s) => s.replace(/^\.\//, '')));
    const { stdout } = await matxich(['batches', '--db', db]);
    assert.doesNotMatch(stdout.trimEnd(), /\.\.|[\x00-\x08\x0b-\x1f]|\n.*31m/);
    await inOrder(db, 1);
  });
