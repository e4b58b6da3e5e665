// Workbooks and CSV as tests need them: made from rows, and read back, without the program that is tested.
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});
const crc32 = (bytes) => ~bytes.reduce((crc, byte) => CRC[(crc ^ byte) & 255] ^ (crc >>> 8), ~0) >>> 0;

const words = (...pairs) => Buffer.concat(pairs.map(([size, value]) => {
  const b = Buffer.alloc(size);
  b.writeUIntLE(value, 0, size);
  return b;
}));

/** A zip archive of { name: text or bytes }. */
export function zip(files) {
  const parts = [], directory = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content), packed = deflateRawSync(bytes), called = Buffer.from(name);
    const facts = words([2, 20], [2, 0x800], [2, 8], [2, 0], [2, 0x21], [4, crc32(bytes)], [4, packed.length], [4, bytes.length],
      [2, called.length], [2, 0]);
    const head = Buffer.concat([words([4, 0x04034b50]), facts, called, packed]);
    directory.push(Buffer.concat([words([4, 0x02014b50], [2, 20]), facts, words([2, 0], [2, 0], [2, 0], [4, 0], [4, at]), called]));
    parts.push(head);
    at += head.length;
  }
  const list = Buffer.concat(directory);
  const end = words([4, 0x06054b50], [4, 0], [2, directory.length], [2, directory.length], [4, list.length], [4, at], [2, 0]);
  return Buffer.concat([...parts, list, end]);
}

/** The files of a zip archive as a map from name to bytes. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'));
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [method, packed, name, extra, comment, start] = [10, 20, 28, 30, 32, 42].map((offset, i) =>
      i === 1 || i === 5 ? bytes.readUInt32LE(at + offset) : bytes.readUInt16LE(at + offset));
    const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    const content = bytes.subarray(from, from + packed);
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), method === 8 ? inflateRawSync(content) : content);
    at += 46 + name + extra + comment;
  }
  return files;
}

const escaped = (s) => s.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
const unescaped = (s) => s.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (_, hex, decimal, name) =>
  name ? { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name] : String.fromCodePoint(parseInt(hex ?? decimal, hex ? 16 : 10)));
const letters = (column) => (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

/** An XLSX workbook of one sheet: rows of numbers, texts and nulls; merged: ranges such as "A1:B1". */
export function workbook(rows, merged = []) {
  const cell = (value, row, column) => {
    const at = `${letters(column)}${row + 1}`;
    if (value === null || value === undefined || value === '') return '';
    return typeof value === 'number' ? `<c r="${at}"><v>${value}</v></c>`
      : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  };
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'http://schemas.openxmlformats.org/package/2006';
  const data = rows.map((row, r) => `<row r="${r + 1}">${row.map((value, c) => cell(value, r, c)).join('')}</row>`).join('');
  const merges = merged.length ? `<mergeCells>${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>` : '';
  return zip({
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Danh sách" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${data}</sheetData>${merges}</worksheet>`,
  });
}

const textOf = (xml) => [...xml.matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/g)].map((m) => unescaped(m[1])).join('');
const columnOf = (reference) => [...reference.match(/^[A-Z]+/)[0]].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1;

/** The rows of a workbook's first sheet, as texts; cells that hold a formula are given as "=…". */
export function sheetRows(bytes) {
  const files = unzip(bytes);
  const shared = [...(files.get('xl/sharedStrings.xml')?.toString() ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map((m) => textOf(m[1]));
  return [...files.get('xl/worksheets/sheet1.xml').toString().matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, row]) => {
    const cells = [];
    for (const [, reference, attributes, inside] of (row ?? '').matchAll(/<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const formula = inside?.match(/<f[^>]*>([^<]*)/), value = inside?.match(/<v>([^<]*)/)?.[1] ?? '';
      const kind = attributes.match(/ t="(\w+)"/)?.[1];
      cells[columnOf(reference)] = formula ? `=${formula[1]}` : kind === 's' ? shared[value] : kind === 'inlineStr' ? textOf(inside) : unescaped(value);
    }
    return Array.from(cells, (cell) => cell ?? '');
  });
}

/** The rows of CSV text: RFC 4180, with or without a byte order mark. */
export function csvRows(text, separator = ',') {
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'y');
  const source = text.replace(/^\ufeff/, '');
  const rows = [];
  for (let row = []; field.lastIndex < source.length;) {
    const at = field.lastIndex, found = field.exec(source);
    if (!found) throw new Error(`not CSV at character ${at}: ${source.slice(at, at + 60)}`);
    row.push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
    if (found[3] !== separator) {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
