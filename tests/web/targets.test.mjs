// Targets: every number is the sum of the list it opens; the public sees of a list what is public; a published figure stays as it was said, and a
// correction stands beside it; kept pages follow what is counted.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { demoDatabase, output, records, serve, sql, temporaryDirectory } from '../node/matxich.mjs';
import { client, inputValue, someone } from '../node/people.mjs';
import { eventually } from '../node/web.mjs';

const json = async (who, path) => JSON.parse((await who.get(path)).text);

async function programme(t) {
  const db = await demoDatabase(t), base = await serve(t, db);
  return { db, base, officer: await someone(t, db, base, 'officer'), visitor: client(base) };
}

/** One more enterprise takes part in the activity, told by a sheet. */
async function takesPart(t, db, activity, enterprise, day) {
  const file = join(temporaryDirectory(t), 'attended.csv');
  writeFileSync(file, `Hoạt động,Doanh nghiệp,Ngày tham gia\n${activity},${enterprise},${day}\n`);
  await output(['import', 'participation', file, '--db', db], { env: { MATXICH_NOW: '2026-11-22T01:00:00Z' } });
}
const notIn = async (db, activity) =>
  (await sql(db, `SELECT tax_code FROM enterprise WHERE tax_code IS NOT NULL AND (visibility IS NULL OR visibility <> 'hidden')
                  AND id NOT IN (SELECT enterprise FROM participation WHERE activity = ${activity}) ORDER BY id LIMIT 2`)).trim().split('\n');

test('every number of the targets is the sum of the list it opens, and its split adds up to it', async (t) => {
  const { officer } = await programme(t);
  const { rows } = await json(officer, '/en/targets.json?year=2026');
  assert.ok(rows.length >= 15 && rows.some(({ value }) => value > 200));
  for (const { code, value, unit } of rows) {
    const list = (await json(officer, `/en/targets/${code}/list.json?year=2026&of=whole`)).rows;
    const sum = (which) => list.filter(which).reduce((all, { counts }) => all + counts, 0);
    const part = sum(({ in_part }) => in_part === 'yes');
    if (unit === '%') assert.ok(Math.abs(value - (100 * part) / sum(() => true)) < 1e-9, code);
    else assert.equal(part, value, code);
    assert.equal(new Set(list.map(({ id }) => id)).size, list.length, `${code}: each once`);
    const split = (await json(officer, `/en/targets/${code}.json?year=2026&table=split`)).rows;
    assert.equal(split.reduce((all, { counted }) => all + counted, 0), part, `${code}: split`);
  }
});

test('participations and enterprises are told apart, on the page of progress too', async (t) => {
  const { db, visitor } = await programme(t);
  const [participations, enterprises] = (await sql(db, "SELECT count(*), count(DISTINCT enterprise) FROM participation WHERE year = 2026 AND state = 'attended'")).trim().split(/[|\s]+/).map(Number);
  assert.ok(participations > enterprises);
  const rows = (await json(visitor, '/en/targets.json?year=2026')).rows, share = rows.find(({ code }) => code === 'international_share');
  assert.deepEqual([share.unit, share.gap_unit], ['%', 'percentage points']);            // of two shares the difference is none
  for (const path of ['/en/targets?year=2026', '/en/targets/international_share?year=2026']) {
    assert.match((await visitor.get(path)).text, new RegExp(`data-value="${String(Number(share.gap.toPrecision(9))).replace('.', '\\.')}[^>]*>[-−]?[\\d.]+ percentage points<`), path);
  }
  const value = (code) => rows.find((row) => row.code === code).value;
  assert.deepEqual([value('participations_yearly'), value('participating_enterprises')], [participations, enterprises]);
  const by = (await json(visitor, '/en/progress.json?year=2026&table=participations')).rows;
  assert.equal(by.reduce((all, row) => all + row.participations, 0), participations);
  const page = (await visitor.get('/en/progress?year=2026')).text;
  assert.match(page, new RegExp(`/en/targets/participations_yearly/list\\?year=2026"[^>]*>${participations}<`));
  assert.match(page, new RegExp(`/en/targets/participating_enterprises/list\\?year=2026"[^>]*>${enterprises}<`));
});

test('every number of the page of progress opens a list that is just as long', async (t) => {
  const { officer, visitor } = await programme(t);
  const page = (await visitor.get('/en/progress?year=2026')).text;
  const cells = (html) => [...html.matchAll(/<td[^>]*class="number"[^>]*data-value[^>]*>(?:<a href="([^"]+)">([\d,.]+))?/g)].map(([, url, text]) => ({ url: url?.replaceAll('&amp;', '&'), value: Number(text?.replaceAll(',', '')) }));
  assert.ok(cells(page).length > 80 && cells(page).every(({ url }) => url));
  const counted = cells(page.slice(page.indexOf('id="table-activities"')));          // above stand values beside what they reach of their targets
  for (const { value, url } of counted.filter(({ value }, i) => value && i % 3 === 0)) {
    const [path, query] = url.split('?');
    assert.equal((await visitor.get(url)).status, 200, url);
    const data = await json(officer, `${path}.json?${query}${path.includes('/data/') ? '&limit=1000' : ''}`);
    const listed = data.rows ? data.rows.reduce((sum, { counts }) => sum + counts, 0) : Object.values(data).find(Array.isArray).length;
    assert.equal(listed, value, url);
  }
  assert.equal((await visitor.get('/targets/enterprises/list?content=2026/3.1')).status, 422);
  assert.equal((await visitor.get('/targets/people/list?source=2026/other')).status, 422);
});

test('the public is told how many records are not shown, and sees none that is not public', async (t) => {
  const { db, visitor } = await programme(t);
  await sql(db, "UPDATE enterprise SET visibility = 'hidden' WHERE id = (SELECT min(enterprise) FROM participation WHERE state = 'attended')");
  for (const code of ['participations_yearly', 'people', 'money_allocated', 'tasks', 'contracts']) {
    assert.deepEqual((await json(visitor, `/targets/${code}/list.json?year=2026`)).rows, [], code);
  }
  assert.match((await visitor.get('/en/targets/participations_yearly/list?year=2026')).text, /Records not shown[^:]*: (\d+) of \1\./);
  const shown = (await json(visitor, '/targets/participating_enterprises/list.json?year=2026')).rows.map(({ id }) => id);
  const open = new Set((await records(db)).filter(({ visibility }) => visibility !== 'hidden').map(({ id }) => id));
  assert.ok(shown.length > 100 && shown.every((id) => open.has(id)));
  const counted = (await json(visitor, '/targets.json?year=2026')).rows.find(({ code }) => code === 'participating_enterprises').value;
  assert.ok(counted > shown.length);
  assert.match((await visitor.get('/en/targets/participating_enterprises/list?year=2026')).text, new RegExp(`Records not shown[^:]*: ${counted - shown.length} of ${counted}\\.`));
});

test('an officer publishes, a correction is an edition of its own, and whoever comes second is told', async (t) => {
  const { db, base, officer, visitor } = await programme(t);
  const other = await someone(t, db, base, 'officer'), at = '/en/targets/linkage_participations';
  const form = (await officer.get(`${at}/publish?year=2026`)).text;
  assert.equal(inputValue(form, 'edition'), '1');
  const first = await officer.post(`${at}/publish?year=2026`, { edition: '1' });
  assert.equal(first.status, 303);
  const said = (await visitor.get(first.location)).text, value = said.match(/measure-now">(\d+)</)[1];
  assert.match(said, /participation\.year = \$1/);
  assert.match(said, /\$2 = \S{1,5}2026-11-22/);
  const late = await other.post(`${at}/publish?year=2026`, { edition: '1', reason: 'Bổ sung danh sách' });
  assert.equal(late.status, 409);
  assert.match(late.text, /Bổ sung danh sách/);
  assert.equal((await other.post(`${at}/publish?year=2026`, { edition: '2', reason: 'Bổ sung danh sách' })).status, 422);      // nothing has changed
  await takesPart(t, db, 'SK-000001-' + (await records(db, 'activity')).find(({ id }) => id.startsWith('SK-000001-')).id.slice(-1), (await notIn(db, 1))[0], '2026-09-24');
  assert.equal((await other.post(`${at}/publish?year=2026`, { edition: '2', reason: '' })).status, 422);
  const second = await other.post(`${at}/publish?year=2026`, { edition: '2', reason: 'Bổ sung danh sách' });
  assert.equal(second.status, 303);
  const corrected = (await visitor.get(second.location)).text;
  assert.match(corrected, new RegExp(`measure-now">${Number(value) + 1}<`));
  assert.match(corrected, /Bổ sung danh sách/);
  assert.match(corrected, /not counted/);
  await eventually(async () => (await visitor.get(first.location)).text.includes('This figure was corrected'));
  assert.match((await visitor.get(first.location)).text, new RegExp(`measure-now">${value}<`));
  assert.notEqual((await visitor.post(`${at}/publish?year=2026`, { edition: '3' })).status, 303);
  const finance = await someone(t, db, base, 'finance');
  assert.equal((await finance.post(`${at}/publish?year=2026`, { edition: '3', reason: 'x' })).status, 403);
});

test('a page that is kept is made anew when what it counts has changed', async (t) => {
  const { db, visitor } = await programme(t);
  const counted = async (path) => (await json(visitor, path)).rows.find(({ code }) => code === 'participations_yearly').value;
  const before = await counted('/targets.json?year=2026');
  const [firm] = await notIn(db, 1), fair = (await records(db, 'activity')).find(({ id }) => id.startsWith('SK-000001-')).id;
  await takesPart(t, db, fair, firm, '2026-09-24');
  await eventually(async () => (await counted('/targets.json?year=2026')) === before + 1);
  await takesPart(t, db, fair, firm, '2026-09-25');           // another day is no other participation
  await eventually(async () => Number(await sql(db, 'SELECT count(*) FROM attendance WHERE day = \'2026-09-25\' AND participation = (SELECT max(id) FROM participation)')) === 1);
  assert.equal(await counted('/targets.json?year=2026'), before + 1);
});

test('an address that asks for what there is not gets a clear answer', async (t) => {
  const { visitor } = await programme(t);
  for (const [path, status] of [['/targets?year=1999', 422], ['/targets?year=x', 422], ['/targets/nothing', 404], ['/targets/enterprises/list?year=2027', 404],
    ['/targets/enterprises/editions/SL-000001-1', 404], ['/targets.csv?table=nothing', 404]])
    assert.equal((await visitor.get(path)).status, status, path);
});
