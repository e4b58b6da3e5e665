// Every list as a file, and the description of the interface: what is promised is what is answered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, output, records, serve } from '../node/matxich.mjs';
import { inLanguage } from '../node/kinds.mjs';
import { mismatches, undescribed } from '../node/openapi.mjs';
import { get, json, page } from '../node/web.mjs';
import { csvRows, sheetRows } from '../node/workbook.mjs';

async function portal(t) {
  const db = await demoDatabase(t);
  return { db, base: await serve(t, db) };
}

const LISTS = ['/enterprises', '/enterprises?q=khuon', '/enterprises?founded.min=2010', '/data/enterprises?size_class=medium&q=khuon', '/data/codes', '/data/codes?list=ward', '/data/code-lists', '/data/settings', '/data/enterprises',
  '/data/products', '/data/certificates?standard=ISO9001', '/data/sites', '/data/processes', '/data/equipment', '/data/figures?year.min=2024', '/data/customers'];
const asFile = (path, end) => path.replace(/^[^?]*/, (list) => `${list}.${end}`);

test('every list is there as CSV, XLSX, NDJSON and JSON, with the same records under the same filter', async (t) => {
  const { base } = await portal(t);
  for (const path of LISTS) {
    for (const lang of ['vi', 'en']) {
      const files = {};
      for (const end of ['csv', 'xlsx', 'ndjson', 'json']) files[end] = await get(base, inLanguage(asFile(path, end), lang));
      for (const [end, { status, headers }] of Object.entries(files)) {
        assert.equal(status, 200, `${path} ${end}`);
        if (end === 'json') continue;
        const name = `${path.match(/([^/?]+)(?:\?|$)/)[1]}.${end}`;
        assert.ok(headers.get('content-disposition').startsWith(`attachment; filename="${name}"`), headers.get('content-disposition'));
      }
      assert.match(files.csv.headers.get('content-type'), /^text\/csv; charset=utf-8/);
      assert.match(files.xlsx.headers.get('content-type'), /^application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet/);
      const ids = {
        csv: csvRows(files.csv.text).slice(1).map((row) => row[0]),
        xlsx: sheetRows(files.xlsx.bytes).slice(1).map((row) => row[0]),
        ndjson: files.ndjson.text.trim().split('\n').map((line) => String(JSON.parse(line).id)),
      };
      assert.ok(ids.csv.length > 4, path);
      assert.deepEqual(ids.xlsx, ids.csv, path);
      assert.deepEqual(ids.ndjson, ids.csv, path);
      const { items } = JSON.parse(files.json.text);
      assert.ok(items.length > 0 && items.every(({ id }) => ids.csv.includes(String(id))), path);
    }
  }
});

test('the directory, the open data, the export and the search take the same filters, and all of them must hold', async (t) => {
  const { base, db } = await portal(t);
  const known = (await records(db)).filter((r) => r.visibility !== 'hidden');
  const process = known.find((r) => r.processes.length).processes[0].process_code;
  const holds = {
    process: (r, v) => r.processes.some((p) => p.process_code === v), size_class: (r, v) => r.size_class_code.endsWith(v),
    international_standard: (r) => r.international_standard, 'founded.min': (r, v) => r.founded >= v, 'founded.max': (r, v) => r.founded && r.founded <= v,
    q: () => true,
  };
  for (const filters of [['size_class=medium'], [`process=${process}`, 'founded.min=2005'], ['international_standard=1', 'founded.max=2010', 'q=khuon'], ['founded.min=2015']]) {
    const query = filters.join('&');
    const wanted = csvRows((await get(base, `/enterprises.csv?${query}`)).text).slice(1).map((row) => row[0]).sort();
    assert.ok(wanted.length > 0 && wanted.length < known.length, query);
    for (const r of known.filter(({ id }) => wanted.includes(id)))
      for (const [name, value] of filters.map((f) => f.split('='))) assert.ok(holds[name](r, value), `${r.id} ${name}=${value}`);
    assert.equal((await json(base, `/enterprises.json?${query}`)).total, wanted.length, query);
    const ids = (text) => text.trim().split('\n').map((line) => JSON.parse(line).id).sort();
    assert.deepEqual(ids((await get(base, `/data/enterprises.ndjson?${query}`)).text), wanted, query);
    assert.deepEqual((await json(base, `/data/enterprises.json?limit=1000&${query}`)).items.map((r) => r.id).sort(), wanted, query);
    const exported = ids(await output(['export', 'enterprise', '--format', 'ndjson', '--db', db, ...filters]));
    assert.deepEqual(exported.filter((id) => known.some((r) => r.id === id)), wanted, query);
    if (query.includes('q=')) continue;
    const { total } = JSON.parse(await output(['search', '--json', '--db', db, ...filters.flatMap((f) => ['--field', f])]));
    assert.equal(total, exported.length, query);
  }
});

test('the lists of children hold those of every enterprise that is shown, and lead to it', async (t) => {
  const { base, db } = await portal(t);
  const all = await records(db);
  const hidden = new Set(all.filter((r) => r.visibility === 'hidden').map((r) => r.id));
  assert.ok(hidden.size > 0);
  for (const list of ['products', 'certificates', 'sites', 'processes', 'equipment', 'customers', 'figures']) {
    const children = (await page(base, `/data/${list}.ndjson`)).trim().split('\n').map((line) => JSON.parse(line));
    const wanted = all.filter((r) => !hidden.has(r.id)).flatMap((r) => Object.values(r[`${list.slice(0, -1)}_details`] ?? r[list]).map(() => r.id));
    assert.deepEqual(children.map((c) => c.enterprise_id).sort(), wanted.sort(), list);
    for (const child of children) assert.ok(!('revenue' in child) && !('evidence' in child) && !('share' in child), list);
    const [{ id, enterprise, enterprise_id: owner }] = children;
    assert.match(await page(base, `/data/${list}`), new RegExp(`href="/data/${list}/${id}">[^<]*${enterprise}`));
    for (const [from, to] of [[`/data/${list}/${id}`, `/enterprises/${owner}`], [`/en/data/${list}/${id}.json`, `/en/enterprises/${owner}.json`]]) {
      const { status, headers } = await get(base, from);
      assert.deepEqual([status, headers.get('location')], [308, to]);
    }
  }
  const [site] = all.filter((r) => hidden.has(r.id)).flatMap((r) => r.sites);
  assert.equal((await get(base, `/data/sites/${site.id}`)).status, 404);
});

test('the enterprises of a zone are there as files', async (t) => {
  const { base, db } = await portal(t);
  const shown = (await records(db)).filter((r) => r.visibility !== 'hidden' && r.zone_code);
  const zone = shown[0].zone_code;
  const wanted = shown.filter((r) => r.zone_code === zone).map((r) => r.id);
  const path = `/zones/${encodeURIComponent(zone.replace(/^.*\//, ''))}`;
  assert.deepEqual(csvRows((await get(base, `${path}.csv`)).text).slice(1).map((row) => row[0]), wanted);
  assert.deepEqual(sheetRows((await get(base, `/en${path}.xlsx`)).bytes).slice(1).map((row) => row[0]), wanted);
  const { items, next } = await json(base, `${path}.json?limit=2`);
  assert.deepEqual(items.map((r) => r.id), wanted.slice(0, 2));
  if (next) assert.deepEqual((await json(base, `${path}.json?after=${next}`)).items.map((r) => r.id), wanted.slice(2, 52));
});

test('the targets of the programme are the same as JSON, CSV and XLSX', async (t) => {
  const { base } = await portal(t);
  const { rows: targets } = await json(base, '/en/programme.json');
  const csv = csvRows((await get(base, '/en/programme.csv')).text);
  assert.ok(targets.length > 5 && targets.some((target) => target.measured !== null));
  assert.deepEqual(csv.slice(1), targets.map((target) => Object.values(target).map((v) => String(v ?? ''))));
  const rounded = (rows) => rows.map((row) => row.map((v) => (Number(v) ? Number(v).toPrecision(12) : String(v ?? ''))));
  assert.deepEqual(rounded(sheetRows((await get(base, '/en/programme.xlsx')).bytes)), rounded(csv));
});

test('a history as JSON says what the page says and nothing that is not public', async (t) => {
  const { base, db } = await portal(t);
  const shown = (await records(db)).find((r) => r.visibility !== 'hidden' && Object.keys(r.figures).length);
  for (const path of [`/enterprises/${shown.id}`, `/data/enterprises/${shown.id}`]) {
    const { items, next } = await json(base, `${path}/history.json`);
    const { kind, changes } = items.at(-1);
    assert.deepEqual([kind, next, changes.tax_code[0]], ['insert', null, null]);
    assert.equal(Object.keys(changes.figures).length, Object.keys(shown.figures).length);
    const text = JSON.stringify(items);
    for (const secret of ['representative', 'contact_', 'revenue', 'visibility', 'name_key', 'actor']) assert.ok(!text.includes(`"${secret}`), secret);
    assert.match(await page(base, `${path}/history`), new RegExp(`href="${path}/history.json"`));
    assert.deepEqual((await json(base, `${path}/history.json?after=${items.at(-1).seq}`)).items, []);
    assert.equal((await get(base, `${path}/history.json?after=x`)).status, 422);
  }
});

test('a list in JSON is read to its end page by page, each record once', async (t) => {
  const { base, db } = await portal(t);
  const shown = (await records(db)).filter((r) => r.visibility !== 'hidden').map((r) => r.id);
  const ids = [];
  for (let after = ''; after !== null;) {
    const { items, next } = await json(base, `/data/enterprises.json?limit=500${after && `&after=${encodeURIComponent(after)}`}`);
    assert.ok(items.length <= 500);
    ids.push(...items.map((r) => r.id));
    after = next;
  }
  assert.deepEqual(ids, shown);
  const found = [];
  const { total } = await json(base, '/enterprises.json?q=khuon');
  for (let n = 1; found.length < total; n++) {
    const { items } = await json(base, `/enterprises.json?q=khuon&page=${n}`);
    assert.ok(items.length > 0);
    found.push(...items.map((r) => r.id));
  }
  assert.deepEqual([found.length, new Set(found).size], [total, total]);
});

test('a filter or value that does not exist is a problem that names it', async (t) => {
  const { base } = await portal(t);
  for (const path of ['/enterprises.json?colour=red', '/data/enterprises.json?colour=red', '/data/enterprises.json?size_class=colour', '/data/codes.json?colour=red', '/data/codes.json?sort=colour', '/en/data/codes.json?limit=many', '/enterprises.json?page=0']) {
    const { status, headers, text } = await get(base, path);
    assert.equal(status, 422, path);
    assert.match(headers.get('content-type'), /^application\/problem\+json/);
    const { title, detail, status: said } = JSON.parse(text);
    assert.ok(title && said === 422, text);
    assert.ok(['colour', 'many', '0', 'limit'].some((word) => detail.includes(word)), text);
  }
});

test('the OpenAPI document says only what OpenAPI 3.1 knows, and every operation answers as it says', async (t) => {
  const { base, db } = await portal(t);
  const document = await json(base, '/data/openapi.json');
  assert.match(document.openapi, /^3\.1\.\d+$/);
  assert.deepEqual(undescribed(document), []);
  const [enterprise] = await records(db);
  const example = { enterprises: enterprise.id };
  const described = Object.entries(document.paths);
  assert.ok(described.length >= 8, String(described.length));
  for (const [path, { get: operation }] of described) {
    const id = path.includes('{id}') && (example[path.match(/^\/data\/([^/.]+)/)?.[1]] ?? (await json(base, path.replace('/{id}', ''))).items[0]?.id);
    if (id === undefined) continue;             // an empty list has no record to be shown
    const url = path.replace('{id}', id);
    const { status, headers, text } = await get(base, url);
    assert.equal(status, 200, url);
    const { content } = operation.responses[200];
    const schema = content[headers.get('content-type').split(';')[0]]?.schema;
    assert.ok(schema, `${url}: ${headers.get('content-type')} is not described`);
    assert.deepEqual(mismatches(document, schema, JSON.parse(text)), [], url);
    if (path.includes('{id}')) {
      const missing = await get(base, path.replace('{id}', 'none'));
      const problem = operation.responses[missing.status]?.content['application/problem+json'].schema;
      assert.ok(problem, `${path}: ${missing.status} is not described`);
      assert.deepEqual(mismatches(document, problem, JSON.parse(missing.text)), [], path);
    }
  }
});

test('a parameter that the OpenAPI document lists is taken, filter by filter', async (t) => {
  const { base } = await portal(t);
  const { paths } = await json(base, '/data/openapi.json');
  for (const [path, { get: { parameters } }] of Object.entries(paths)) {
    if (path.includes('{')) continue;
    const [first] = (await json(base, path)).items;
    for (const { name, in: where } of first ? parameters : []) {
      assert.equal(where, 'query');
      const value = first[`${name}_code`] ?? first[`${name}_codes`]?.[0] ?? (name in first && !Array.isArray(first[name]) ? first[name] : null);
      if (value === null || ['limit', 'after', 'sort'].includes(name)) continue;
      const { items } = await json(base, `${path}?${new URLSearchParams({ [name]: value })}`);
      assert.ok(items.some(({ id }) => id === first.id), `${path} ${name}=${value}`);
    }
  }
});

test('the catalogue names every list that has an address, with the number of its records', async (t) => {
  const { base } = await portal(t);
  const html = await page(base, '/en/data');
  const { paths } = await json(base, '/data/openapi.json');
  const lists = Object.keys(paths).map((path) => path.match(/^\/data\/([a-z-]+)\.json$/)?.[1]).filter(Boolean);
  assert.ok(lists.length >= 4, lists.join());
  for (const list of lists) assert.match(html, new RegExp(`href="/en/(?:data/)?${list}\\.csv"`), list);
});
