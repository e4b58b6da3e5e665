// The versioned code lists of data/lists: what the loader and the law rely on holds for every row.
import test from 'node:test';
import assert from 'node:assert/strict';
import { cells, extra, files, table, text } from './csv.mjs';

const HEADER = 'version,code,parent,name_vi,name_en,short_vi,valid_from,valid_to,merged_into,extra,source';

// What the extra column of a list may say. A value that names a code says in which list and version it is found.
const EXTRA = {
  ward: { kind: /^(ward|commune|township)$/ },
  district: { kind: /^(urban_district|rural_district|town)$/ },
  province: { kind: /^(city|province)$/, wards: /^\d+$/, city_from: /^\d{4}-\d\d-\d\d$/ },
  si_field: { short_en: /./ },
  si_industry: { short_en: /./, also: /./ },
  si_group: { also: /./ },
  industrial_zone: {
    kind: /^(park|si_park|cluster|high_tech|it_park)$/, area_ha: /^\d+(\.\d+)?$/, status: /^(operating|planned|expanding)$/,
    ward: ['ward', '2025'], ward_candidates: ['ward', '2025'], district: ['district', '2024'], also: /./,
  },
  country: { iso3: /^[A-Z]{3}$/, numeric: /^\d{3}$/ },
  legal_form: { also: /./, enterprise: /^0$/ },
  ownership: { capital: /^(domestic|foreign|mixed)$/, also: /./ },
  enterprise_status: { operating: /^[01]$/ },
  standard: {
    kind: /^(management|product|lab)$/, topic: /^\w+$/, issuer: /./, edition: /^\w+$/, qualifies: /^1$/, title_vi: /./, title_en: /./, also: /./,
  },
  process: { ja: /./, also: /./ },
  material: { ja: /./, also: /./ },
  machine: { process: ['process', '2026'], specs: /^[a-z0-9_]+$/, also: /./ },
  size_class: { employees: /^\d+$/, revenue: /^\d+$/, capital: /^\d+$/ },
  unit: { quantity: /^[a-z ]+$/, short_en: /./, factor: /^\d+(\.\d+)?$/, base: ['unit', '2026'], also: /./ },
  language: { also: /./ },
  capability_grade: { short_en: /./ },
  landmark: { lat: /^\d{1,2}(\.\d+)?$/, lon: /^10\d(\.\d+)?$/, kind: /^(airport|port|station|border_gate|centre|park|district|city)$/, also: /./ },
  activity_kind: { content: ['programme_content', '2026'] },
  fund_source: { budget: /^1$/ },
  holiday: { kind: /^(statutory|in_lieu|swapped|worked)$/ },
};

const COUNTS = {
  'ward 2025': 126, 'ward 2024': 526, 'district 2024': 30, 'province 2025': 34, 'province 2024': 63,
  'country 2025': 249, 'si_field 2026': 3, 'si_industry 2026': 6, 'programme_content 2026': 9, 'fund_source 2026': 5,
};

const described = table('lists.csv');
const names = [...new Set(described.map((d) => d.name))];
const lists = new Map(names.map((name) => [name, table(`lists/${name}.csv`)]));
const all = names.flatMap((name) => lists.get(name).map((row) => ({ name, where: `${name} ${row.version} ${row.code}`, ...row })));

const codes = new Set(all.map((row) => row.where));
const has = (name, version, code) => codes.has(`${name} ${version} ${code}`);
const rowsOf = (name, version) => lists.get(name).filter((row) => row.version === version);

/** The list and version that the note of lists.csv names after "parent:" or "merged_into:". */
function named(row, word) {
  const note = described.find((d) => d.name === row.name && d.version === row.version).note;
  return note.match(new RegExp(`${word}: (\\w+) (\\d+)`))?.slice(1);
}

const isDate = (s) => /^\d{4}-\d\d-\d\d$/.test(s) && new Date(`${s}T00:00Z`).toISOString().startsWith(s);

test('lists.csv names exactly the files and versions there are', () => {
  assert.deepEqual(files().filter((f) => f.startsWith('lists/')), names.map((n) => `lists/${n}.csv`).sort());
  const there = new Set(all.map((row) => `${row.name} ${row.version}`));
  assert.deepEqual(described.map((d) => `${d.name} ${d.version}`).sort(), [...there].sort());
});

test('every list has the one header', () => {
  for (const name of names) assert.equal(text(`lists/${name}.csv`).split('\n', 1)[0], HEADER, name);
});

test('every row has a code, a Vietnamese and an English name and a source', () => {
  for (const row of all) for (const column of ['code', 'name_vi', 'name_en', 'source']) assert.ok(row[column], `${row.where}: ${column}`);
});

test('a code occurs once in a version of a list', () => {
  assert.equal(codes.size, all.length, all.map((r) => r.where).filter((w, i, a) => a.indexOf(w) !== i).join(', '));
});

test('a parent is a row of the same version or of the list that lists.csv names', () => {
  for (const row of all.filter((r) => r.parent)) {
    const above = named(row, 'parent');
    assert.ok(has(row.name, row.version, row.parent) || (above && has(...above, row.parent)), `${row.where}: ${row.parent}`);
  }
});

test('no row is its own ancestor', () => {
  for (const row of all) {
    let steps = 0;
    for (let r = row; r?.parent && r.name === row.name; steps++) {
      assert.ok(steps < 8, row.where);
      r = rowsOf(row.name, row.version).find((x) => x.code === r.parent);
    }
  }
});

test('every successor exists in the version that follows', () => {
  for (const row of all.filter((r) => r.merged_into)) {
    const next = named(row, 'merged_into');
    assert.ok(next, `${row.where}: lists.csv names no successor version`);
    for (const code of row.merged_into.split(';')) assert.ok(has(...next, code), `${row.where}: ${code}`);
  }
});

test('dates are real days and in order, within the version', () => {
  for (const row of [...all, ...described]) {
    const where = row.where ?? `${row.name} ${row.version}`;
    for (const day of [row.valid_from, row.valid_to].filter(Boolean)) assert.ok(isDate(day), `${where}: ${day}`);
    if (row.valid_from && row.valid_to) assert.ok(row.valid_from <= row.valid_to, where);
  }
});

test('extra says only what is agreed, and its codes exist', () => {
  for (const row of all) {
    for (const [key, values] of extra(row.extra)) {
      const rule = EXTRA[row.name]?.[key];
      assert.ok(rule, `${row.where}: unknown key ${key}`);
      for (const v of values) {
        assert.ok(Array.isArray(rule) ? has(...rule, v) : rule.test(v), `${row.where}: ${key}=${v}`);
      }
    }
  }
});

test('the counts are those of the law', () => {
  for (const [key, count] of Object.entries(COUNTS)) assert.equal(rowsOf(...key.split(' ')).length, count, key);
});

test('Ha Noi has 51 wards and 75 communes, before them 160 wards, 345 communes and 21 townships', () => {
  const kinds = (version) => {
    const count = {};
    for (const row of rowsOf('ward', version)) {
      const [kind] = extra(row.extra).get('kind');
      count[kind] = (count[kind] ?? 0) + 1;
      const word = { ward: 'Phường', commune: 'Xã', township: 'Thị trấn' }[kind];
      assert.ok(row.name_vi.startsWith(`${word} `), row.name_vi);
    }
    return count;
  };
  assert.deepEqual(kinds('2025'), { ward: 51, commune: 75 });
  assert.deepEqual(kinds('2024'), { ward: 160, commune: 345, township: 21 });
});

test('every old unit has a successor and every new ward a predecessor', () => {
  for (const name of ['ward', 'province']) {
    const old = rowsOf(name, '2024');
    const reached = new Set(old.flatMap((row) => row.merged_into.split(';')));
    for (const row of old) assert.ok(row.merged_into, `${name} ${row.code}`);
    for (const row of rowsOf(name, '2025')) assert.ok(reached.has(row.code), `${name} ${row.code}`);
  }
});

test('section C of VSIC 2025 has 24, 71, 143 and 177 entries on its levels', () => {
  const level = (row) => (row.code === 'C' ? 1 : row.code.length);
  const count = (version) => rowsOf('vsic', version).reduce((n, row) => ({ ...n, [level(row)]: (n[level(row)] ?? 0) + 1 }), {});
  assert.deepEqual(count('2025'), { 1: 1, 2: 24, 3: 71, 4: 143, 5: 177 });
  assert.deepEqual(count('2018'), { 1: 1, 2: 24, 3: 71 });
});

test('a VSIC or HS code begins with the code of its parent', () => {
  for (const row of [...lists.get('vsic'), ...lists.get('hs')].filter((r) => r.parent && r.parent !== 'C')) {
    assert.ok(row.code.startsWith(row.parent), row.code);
  }
});

test('HS has every chapter from 25 to 96 but the reserved 77', () => {
  const chapters = lists.get('hs').filter((r) => r.code.length === 2).map((r) => Number(r.code));
  assert.deepEqual(chapters, Array.from({ length: 72 }, (_, i) => i + 25).filter((c) => c !== 77));
});

test('a holiday is coded by its day and lies in its year', () => {
  for (const row of lists.get('holiday')) {
    assert.ok(row.code === row.valid_from && row.code === row.valid_to && row.code.startsWith(row.version), row.code);
  }
});

test('every file is UTF-8 in NFC, with LF, one header, full rows and no stray space', () => {
  for (const file of files()) {
    const content = text(file);
    assert.ok(!content.startsWith('\ufeff') && !content.includes('\r') && content.endsWith('\n'), file);
    assert.equal(content, content.normalize('NFC'), file);
    const rows = cells(file);
    for (const [i, row] of rows.entries()) {
      assert.equal(row.length, rows[0].length, `${file} line ${i + 1}`);
      for (const cell of row) assert.ok(cell === cell.trim() && !/[\p{Cc}\ufffd]/u.test(cell), `${file} line ${i + 1}: "${cell}"`);
    }
  }
});

test('tone marks stand where the law texts put them: hòa, thủy, not hoà, thuỷ', () => {
  const other = /(?<![\p{L}])\p{L}*(?:[oO][àáảãạèéẻẽẹ]|(?<![qQ])[uU][ỳýỷỹỵ])(?!\p{L})/u;
  for (const file of files()) {
    const found = text(file).split('\n').find((line) => other.test(line));
    assert.equal(found, undefined, `${file}: ${found}`);
  }
});
