// Dashboards: each role has its parts, in the state of the address; every number is the length or sum of the list it leads to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, records, serve, sql } from '../node/matxich.mjs';
import { client, inputValue, someone } from '../node/people.mjs';

const PARTS = {
  officer: ['waiting', 'mine', 'stages', 'participations', 'progress'],
  finance: ['waiting', 'sources', 'agencies', 'forecast', 'free', 'mine'],
  leader: ['targets', 'contents', 'progress', 'late', 'waiting'],
  ward: ['ward', 'mine', 'years'],
};
const sumOf = (rows, key) => rows.reduce((sum, row) => sum + row[key], 0);
const json = async (who, path) => JSON.parse((await who.get(path)).text);

async function desks(t) {
  const db = await demoDatabase(t), base = await serve(t, db), people = {};
  const [ward] = (await sql(db, "SELECT ward FROM participation WHERE state = 'attended' GROUP BY ward ORDER BY count(*) DESC LIMIT 1")).split('\n');
  for (const role of Object.keys(PARTS)) people[role] = await someone(t, db, base, role, role === 'ward' ? ['--ward', ward] : []);
  return { db, base, ...people };
}

const unescaped = (text) => text.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"');
const read = (shown) => Number(shown.replaceAll(/[,\s]|&nbsp;/g, ''));

/** The tables of a page by their ids, row by row, sums too: [[{ label, number, shown, url }]] of their numbers; drawn: what a chart of it draws. */
const tables = (html) => Object.fromEntries([...html.matchAll(/<table[^>]* id="table-(\w+)">(.*?)<\/table>/gs)].map(([, id, table]) => [id,
  [...table.split('<tbody>')[1].matchAll(/<tr( [^>]*)?>(.*?)<\/tr>/gs)].map(([, , row]) =>
    [...row.matchAll(/<td data-label="([^"]*)" class="number" data-value="([^"]*)">(?:<a href="([^"]+)">)?([^<]*)/g)]
      .map(([, label, drawn, url, shown]) => ({ label, drawn: Number(drawn), number: read(shown), url: url && unescaped(url) })))]));
const asFile = (url, end) => url.replace(/^([^?]*)/, `$1.${end}`);

async function listed(who, url) {
  if (!url.includes('/workspace/')) return (await json(who, asFile(url, 'json'))).rows;
  return (await who.get(asFile(url, 'ndjson'))).text.split('\n').filter(Boolean);
}

for (const [role, parts] of Object.entries(PARTS))
  test(`${role}: the parts of its dashboard, each a file too`, async (t) => {
    const it = await desks(t), page = await it[role].get('/en/dashboard?year=2026');
    assert.equal(page.status, 200);
    const ids = [...page.text.matchAll(/id="table-([a-z]+)"/g)].map(([, id]) => id);
    assert.deepEqual(ids.filter((id) => !parts.includes(id)), []);
    for (const id of parts) assert.ok(Array.isArray((await json(it[role], `/dashboard.json?year=2026&table=${id}`)).rows), id);
    assert.equal((await it[role].get('/dashboard.csv?table=nothing')).status, 404);
  });

const DRAWN = 9;                                 // digits with which a chart draws

/** What stands there without a list: what is expected. */
const EXPECTED = ['Participations planned'];

/** What the list behind a number comes to. */
async function told(who, { label, url }) {
  const rows = await listed(who, url);
  assert.equal((await who.get(url)).status, 200, url);
  if (url.includes('/dashboard/participants')) return label === 'Different enterprises' ? rows.length : sumOf(rows, 'participations');
  return url.includes('/money/') ? sumOf(rows, 'amount') : rows.length;
}

for (const role of Object.keys(PARTS))
  test(`${role}: every number leads to the list whose length or sum it is, is what its chart draws, and stands in its file`, async (t) => {
    const it = await desks(t), all = tables((await it[role].get('/en/dashboard?year=2026')).text), asked = new Map();
    for (const [id, rows] of Object.entries(all)) {
      for (const cell of rows.flat()) {
        assert.equal(cell.drawn, Number(cell.number.toPrecision(DRAWN)), `${id}: ${cell.label}`);
        if (!cell.url) assert.ok(EXPECTED.includes(cell.label), `${id}: ${cell.label} leads nowhere`);
        else if (!asked.has(cell.label + cell.url)) asked.set(cell.label + cell.url, cell);
        else assert.equal(cell.number, asked.get(cell.label + cell.url).number, `${cell.url} is two numbers`);
      }
      const file = (await json(it[role], `/en/dashboard.json?year=2026&table=${id}`)).rows;
      for (const [i, row] of file.entries()) assert.deepEqual(Object.values(row).filter((value) => typeof value === 'number'), rows[i].map(({ number }) => number), `${id}, row ${i}`);
    }
    assert.ok([...asked.values()].some(({ number }) => number), 'a dashboard of nothing but zeros shows nothing');
    for (const cell of asked.values()) assert.equal(await told(it[role], cell), cell.number, cell.url);
  });

test('participations and different enterprises stand beside each other, and the list behind has both', async (t) => {
  const it = await desks(t), year = 2026;
  const counts = async () => {
    const { rows } = await json(it.officer, `/dashboard.json?year=${year}&table=participations`), who = await json(it.officer, `/dashboard/participants.json?year=${year}`);
    assert.equal(sumOf(rows, 'participations'), sumOf(who.rows, 'participations'));
    return { participations: sumOf(who.rows, 'participations'), enterprises: who.rows.length };
  };
  const before = await counts(), fair = (await records(it.db, 'activity', 'state=open', `year=${year}`))[0].id;
  const came = (await sql(it.db, 'SELECT enterprise FROM participation')).split('\n').map(Number);
  const numberOf = ({ id }) => Number(id.match(/-(\d+)-/)[1]), all = await records(it.db, 'enterprise');
  const strangers = all.filter((one) => !came.includes(numberOf(one))).slice(0, 2).map(({ id }) => id);
  for (const who of [...strangers, strangers[0]]) {
    const page = `/delivery/activities/${fair}`, { text } = await it.officer.get(page);
    assert.equal((await it.officer.post(`${page}/attend`, { day: inputValue(text, 'day'), who, people: '2' }, { page })).status, 303);
  }
  assert.deepEqual(await counts(), { participations: before.participations + 2, enterprises: before.enterprises + 2 });
  assert.match((await it.officer.get(`/en/dashboard/participants?year=${year}`)).text,
    new RegExp(`Participations: ${before.participations + 2}; different enterprises: ${before.enterprises + 2}`));
});

test('an enterprise in three activities is three participations and one enterprise, wherever they are told', async (t) => {
  const it = await desks(t), year = 2026;
  const of = (rows, code) => rows.find((row) => row.code === code).value;
  const counts = async () => {
    const targets = (await json(it.officer, `/en/targets.json?year=${year}`)).rows, who = (await json(it.officer, `/dashboard/participants.json?year=${year}`)).rows;
    const list = (await json(it.leader, `/en/targets/participations_yearly/list.json?year=${year}`)).rows;
    return {
      participations: [of(targets, 'participations_yearly'), sumOf(list, 'counts'), sumOf(who, 'participations'), (await listed(it.officer, `/en/workspace/participations?year=${year}&state=attended`)).length],
      enterprises: [of(targets, 'participating_enterprises'), (await json(it.leader, `/en/targets/participating_enterprises/list.json?year=${year}`)).rows.length, who.length],
    };
  };
  const came = (await sql(it.db, 'SELECT enterprise FROM participation')).split('\n').map(Number);
  const stranger = (await records(it.db)).find(({ id }) => !came.includes(Number(id.match(/-(\d+)-/)[1]))).id;
  const before = await counts();
  const activities = (await sql(it.db, `SELECT id FROM activity WHERE year = ${year} AND approved = 1 AND starts <= '2026-11-22' AND state <> 'cancelled' LIMIT 3`)).trim().split('\n').map(Number);
  const all = await records(it.db, 'activity', `year=${year}`);
  for (const number of activities) {
    const { id } = all.find((one) => Number(one.id.match(/-(\d+)-/)[1]) === number), page = `/delivery/activities/${id}`, { text } = await it.officer.get(page);
    assert.equal((await it.officer.post(`${page}/attend`, { day: inputValue(text, 'day'), who: stranger, people: '2' }, { page })).status, 303, id);
  }
  const after = await counts();
  assert.deepEqual(after.participations.map((n, i) => n - before.participations[i]), [3, 3, 3, 3]);
  assert.deepEqual(after.enterprises.map((n, i) => n - before.enterprises[i]), [1, 1, 1]);
});

test('who has several roles changes between them; the year is in the address; others are kept out', async (t) => {
  const it = await desks(t), both = await someone(t, it.db, it.base, 'leader,finance');
  const page = (await both.get('/en/dashboard?as=finance&year=2027')).text;
  assert.match(page, /Dashboard of 2027/);
  assert.match(page, /id="table-waiting"/);
  assert.match(page, /href="[^"]*as=leader&amp;year=2027|href="[^"]*year=2027[^"]*as=leader|as=leader/);
  assert.match((await both.get('/en/dashboard')).text, /id="table-targets"/);
  assert.equal((await it.officer.get('/dashboard?year=1990')).status, 422);
  const enterprise = await someone(t, it.db, it.base, 'enterprise', ['--organisation', 'DN-000001-3']);
  assert.equal((await enterprise.get('/dashboard')).status, 403);
  assert.equal((await client(it.base).get('/dashboard')).status, 303);
});
