// Files that nobody should send, made here byte by byte; and the program run with little memory or no rights.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { binary, command, root } from '../node/matxich.mjs';

// ---- zip

const table = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const crc32 = (bytes) => {
  let crc = ~0;
  for (const byte of bytes) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
};

/** The four values both headers of an entry share, from `version needed` on. */
function head({ flags = 0, method = 8, crc, packed, size, name }) {
  const b = Buffer.alloc(26);
  b.writeUInt16LE(20, 0);
  b.writeUInt16LE(flags, 2);
  b.writeUInt16LE(method, 4);
  b.writeUInt32LE(crc, 10);
  b.writeUInt32LE(packed.length, 14);
  b.writeUInt32LE(size, 18);
  b.writeUInt16LE(Buffer.byteLength(name), 22);
  return b;
}

/** A zip of [name, content] pairs; a content of { packed, size, flags, … } goes in as it is, lies included. */
export function zip(entries) {
  const parts = [], directory = [];
  let at = 0;
  for (const [name, content] of entries) {
    const bytes = Buffer.from(content.packed ? '' : content);
    const entry = content.packed ? { crc: 0, ...content, name }
      : { crc: crc32(bytes), packed: deflateRawSync(bytes, { level: 9 }), size: bytes.length, name };
    const h = head(entry), place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const local = [Buffer.from('PK\x03\x04'), h, Buffer.from(name), entry.packed];
    parts.push(...local);
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), h, place, Buffer.from(name));
    at += local.reduce((n, b) => n + b.length, 0);
  }
  const list = Buffer.concat(directory), end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
}

// ---- workbooks

const escape = (s) => String(s).replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export const row = (cells, number) => `<row r="${number}">${cells.map((text) =>
  `<c t="inlineStr"><is><t>${escape(text)}</t></is></c>`).join('')}</row>`;
export const sheet = (rows, before = '') => `<?xml version="1.0" encoding="UTF-8"?>${before}<worksheet xmlns="${MAIN}"><sheetData>${
  rows.map((cells, i) => row(cells, i + 1)).join('')}</sheetData></worksheet>`;

/** The parts of a workbook around the sheets: [{ name, state, xml }]. */
export function parts(sheets) {
  const relation = (id, type, target) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  return [
    ['[Content_Types].xml', `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`],
    ['_rels/.rels', `<Relationships xmlns="${PACKAGE}/relationships">${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`],
    ['xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.map(({ name, state = 'visible' }, i) =>
      `<sheet name="${name}" sheetId="${i + 1}" state="${state}" r:id="s${i + 1}"/>`).join('')}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, i) =>
      relation(`s${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}</Relationships>`],
    ...sheets.map(({ xml }, i) => [`xl/worksheets/sheet${i + 1}.xml`, xml]),
  ];
}

export const workbookAround = (xml) => zip(parts([{ name: 'DS', xml }]));
export const workbook = (rows) => workbookAround(sheet(rows));

export const HEADING = ['STT', 'Tên doanh nghiệp', 'Mã số thuế', 'Địa chỉ'];
/** Rows of enterprises that can be told apart by name; without tax codes. */
export const enterprises = (n, from = 1, address = '12 Lê Lợi') =>
  Array.from({ length: n }, (_, i) => [i + 1, `Công ty TNHH Thử nghiệm ${from + i}`, '', address]);

// ---- running

const released = binary.includes('-san/') ? join(root, 'build/matxich') : binary;   // sanitizers take memory of their own

/** Runs the program where it may have only so many megabytes of its own (what is mapped from a file does not count). */
export const withMemory = (megabytes, args, options) =>
  command('prlimit', [`--data=${megabytes << 20}`, released, ...args], options);

/** Where it may write no file longer than so many bytes: what a full disk looks like, without one. */
export const withFileSize = (bytes, args, options) => command('prlimit', [`--fsize=${bytes}`, binary, ...args], options);

/** Runs the program as somebody who is not root, as files' permissions bind only them. */
export const NOBODY = 65534;
export const asNobody = (args, options) => process.getuid() === 0
  ? command('setpriv', ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups', binary, ...args].map(String), options)
  : command(binary, args, options);

// ---- judging

/** It failed with this exit code and one clear sentence: in English as expected, and in Vietnamese. */
export async function refused(run, code, english) {
  const en = await run('en'), vi = await run('vi');
  for (const answer of [en, vi]) {
    answer.stderr = answer.stderr.replace(/^\d+ [^\n]+…\n/gm, '');         // progress
    assert.equal(answer.signal, null, answer.stderr);
    assert.equal(answer.code, code, answer.stderr);
    assert.equal(answer.stdout, '');
    assert.match(answer.stderr, /^matxich: [^\n]+\n$/);
  }
  assert.match(en.stderr, english);
  assert.match(vi.stderr, /[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/i, 'in Vietnamese');
  assert.notEqual(vi.stderr, en.stderr);
}

/** What a fault must leave behind it: a database in order, with this many enterprises. */
export async function inOrder(db, count) {
  const checked = await command(binary, ['verify', '--db', db, '--lang', 'en']);
  assert.equal(checked.code, 0, checked.stdout + checked.stderr);
  if (count === undefined) return;
  const list = await command(binary, ['export', 'enterprise', '--format', 'json', '--db', db]);
  assert.equal(JSON.parse(list.stdout).length, count);
}

export const noRejectedFile = (path) => assert.ok(!existsSync(`${path}.rejected.xlsx`));

/** Runs the program on a file whose name may be no UTF-8, which Node cannot say: the shell reads it from its input. */
export const withRawName = (path, before, behind, options) =>
  command('bash', ['-c', 'IFS= read -r -d "" path; n=$1; shift; exec "${@:1:n}" "$path" "${@:n+1}"', 'bash', String(before.length + 1), binary,
    ...before, ...behind], { ...options, input: Buffer.concat([path, Buffer.from([0])]) });
