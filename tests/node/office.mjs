// Lists of enterprises as offices have them, for tests of the import.  All names and numbers are made up.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workbook } from './workbook.mjs';

/** The nth tax code (of a range no office uses) with a right check digit; one sum in eleven has none and is passed over. */
export function taxCode(n) {
  const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];
  const check = (nine) => 10 - ([...nine].reduce((sum, digit, i) => sum + digit * weights[i], 0) % 11);
  const good = (nine) => check(nine) < 10;
  let nine = 98000000;
  for (let i = -1; i < n; i += good(String(++nine).padStart(9, '0')));
  nine = String(nine).padStart(9, '0');
  return nine + check(nine);
}

const codes = Array.from({ length: 8 }, (_, n) => taxCode(n));

const HEADER = [
  ['STT', 'Tên doanh nghiệp', 'MST', 'Địa chỉ', null, 'Điện thoại', 'Sản phẩm chính', 'Số lao động 2025\n(người)', 'Doanh thu (triệu đồng)', null,
    'Chứng nhận', 'Ngày cấp', 'Ngày sinh của giám đốc'],
  [null, null, null, 'Số nhà, đường', 'Xã/phường', null, null, null, '2024', '2025', null, null, null],
];
const MERGED = ['A1:M1', 'D4:E4', 'I4:J4', 'A4:A5', 'B4:B5', 'C4:C5'];

/** Rows that can be taken. */
export const GOOD = [
  [1, 'Công ty TNHH Cơ khí Một Hai', codes[0], 'Số 1, đường Mẫu', 'P. Ba Đình', '024.3823 4567', 'Khuôn dập; Bánh răng', 120, '1.234,5', 2000,
    'ISO 9001:2015', '05/03/2024'],
  [2, 'CÔNG TY CỔ PHẦN NHỰA BỐN NĂM', Number(codes[1]), 'Thôn Mẫu', 'X. Sóc Sơn', '+84 24 3823 4568', 'Vỏ nhựa', '1.050', 0, null, 'Chưa có', null],
  [3, 'Công ty TNHH MTV Đúc Sáu Bảy'.normalize('NFD'), `${codes[2].slice(0, 4)} ${codes[2].slice(4, 7)} ${codes[2].slice(7)}`, null, 'Phường Long Biên',
    null, 'Trục thép', null, null, null, null, null],
];
/** Rows that cannot: a wrong check digit; no name. */
export const BAD = [
  [4, 'Công ty TNHH Số Sai', codes[3].replace(/.$/, (d) => (Number(d) + 1) % 10), 'Số 4, đường Mẫu', 'Phường Ba Đình', null, 'Lò xo', 10],
  [5, null, codes[4], 'Số 5, đường Mẫu', 'Phường Ba Đình', null, 'Ốc vít', 11],
];
/** What is no enterprise: a blank row, the total, the signature. */
export const LEFT_OUT = [[], [null, 'Tổng cộng', null, null, null, null, null, 1191], [null, null, null, null, null, 'Người lập biểu']];

/** A list under title rows with a heading of two rows. */
export const list = (rows) => workbook([['DANH SÁCH DOANH NGHIỆP CÔNG NGHIỆP HỖ TRỢ'], ['(Kèm theo Công văn số …/SCT-QLCN)'], [], ...HEADER, ...rows], MERGED);

/** Writes a file into the directory and gives its path. */
export function file(directory, name, content) {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}
