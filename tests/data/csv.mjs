// Reads the CSV files of data/ for the checks beside this file: RFC 4180, UTF-8 without a mark, lines ended by LF.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../data');

/** Every CSV file under data/, as paths relative to it. */
export function files() {
  return fs.readdirSync(root, { recursive: true }).filter((f) => f.endsWith('.csv')).sort();
}

export function text(file) {
  return fs.readFileSync(path.join(root, file), 'utf8');
}

/** The cells of a file, row by row, the header first. */
export function cells(file) {
  const field = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/y;
  const rows = [];
  let row = [];
  const source = text(file);
  while (field.lastIndex < source.length) {
    const at = field.lastIndex;
    const m = field.exec(source);
    if (!m) throw new Error(`${file}: not CSV at byte ${at}: ${source.slice(at, at + 60)}`);
    row.push(m[1] === undefined ? m[2] : m[1].replaceAll('""', '"'));
    if (m[3] === '\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

/** The rows of a file as objects keyed by its header. */
export function table(file) {
  const [header, ...rows] = cells(file);
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]])));
}

/** "a=1;b=2|3" as a map: a -> ["1"], b -> ["2", "3"]. */
export function extra(value) {
  const pairs = value ? value.split(';').map((pair) => pair.split('=')) : [];
  return new Map(pairs.map(([key, values]) => [key, (values ?? '').split('|')]));
}
