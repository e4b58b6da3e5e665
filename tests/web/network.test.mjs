// The pages of the supply network over HTTP: who sees what, that files say what pages say, and that an edit is there within seconds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, serve } from '../node/matxich.mjs';
import { apiToken, client, someone } from '../node/people.mjs';
import { attributes, eventually } from '../node/web.mjs';

const PAGES = ['/network', '/network/ranking', '/network/concentration', '/network/concentration?by=zone', '/network/concentration?by=owner',
  '/network/flows', '/network/flows?by=tier', '/network/flows?by=industry', '/network/map', '/network/map?kind=wards', '/network/public'];

/** Waits until the network is in memory. */
async function network(t, roles = 'officer', options) {
  const db = await demoDatabase(t);
  const base = await serve(t, db);
  const officer = await someone(t, db, base, roles, options);
  await eventually(async () => (await officer.get('/network/public.json')).status === 200);
  return { db, base, officer };
}

async function data(person, path) {
  const { status, text } = await person.get(path);
  assert.equal(status, 200, `${path}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

const tables = (html) => [...html.matchAll(/<table [^>]*id="table-([^"]+)"/g)].map(([, id]) => id);
const rowsOf = (html, id) => html.match(new RegExp(`<table [^>]*id="table-${id}"[\\s\\S]*?</table>`))[0].match(/<tr>/g).length - 1;
const withSuffix = (path, suffix) => path.replace(/^[^?]*/, (place) => place + suffix);
const asked = (path, name, value) => `${path}${path.includes('?') ? '&' : '?'}${name}=${value}`;

test('every page is there in both languages, and each of its tables as a file with what its figures rest on', async (t) => {
  const { officer } = await network(t);
  await eventually(async () => (await officer.get('/network/map.json')).status === 200);
  const first = (await data(officer, '/network/ranking.json')).rows[0].id;
  for (const path of [...PAGES, `/network/enterprises/${first}`, `/network/enterprises/${first}/why`]) {
    for (const lang of ['', '/en']) {
      const { status, text } = await officer.get(lang + path);
      assert.equal(status, 200, `${lang}${path}: ${text.slice(0, 300)}`);
      assert.ok(tables(text).length > 0, path);
      for (const [, id] of text.matchAll(/data-table="table-([^"]+)"/g)) assert.ok(tables(text).includes(id), `${path}: a chart of ${id}`);
      assert.match(text, /class="network-basis"/, path);
    }
    for (const id of tables((await officer.get(path)).text)) {
      const json = await data(officer, asked(withSuffix(path, '.json'), 'table', id));
      assert.ok(json.rows.length > 0, `${path}: ${id}`);
      for (const fact of ['day', 'version', 'tolerance', 'steps', 'inferred_share']) assert.ok(json[fact], `${path}: ${fact}`);
      const csv = (await officer.get(asked(withSuffix(path, '.csv'), 'table', id))).text.trim().split('\r\n');
      assert.equal(csv.length, json.rows.length + 1, `${path}: ${id}`);
      assert.equal((await officer.get(asked(withSuffix(path, '.xlsx'), 'table', id))).status, 200);
    }
    assert.equal((await officer.get(asked(withSuffix(path, '.json'), 'table', 'unknown'))).status, 404, path);
  }
});

test('the ten whose stop would cost most lead the ranking, and what each loses adds up to its score', async (t) => {
  const { officer } = await network(t);
  const top = (await data(officer, '/network.json')).rows, ranking = (await data(officer, '/network/ranking.json')).rows;
  assert.equal(top.length, 10);
  assert.deepEqual(top.map((row) => [row.id, row.loss]), ranking.slice(0, 10).map((row) => [row.id, row.loss]));
  for (let i = 1; i < ranking.length; i++) assert.ok(ranking[i].loss <= ranking[i - 1].loss);
  const losses = (await data(officer, `/network/enterprises/${top[0].id}/why.json`)).rows;
  assert.ok(Math.abs(losses.reduce((sum, row) => sum + row.share, 0) - 100) < 1e-6);
});

test('the ranking is narrowed by its address, page by page, and a page has no row of another', async (t) => {
  const { officer } = await network(t);
  const all = (await data(officer, '/network/ranking.json')).rows;
  const html = (await officer.get('/network/ranking?page=2')).text;
  assert.equal(rowsOf(html, 'ranking'), 50);
  assert.ok(html.includes(all[50].id) && !html.includes(`>${all[0].name}<`));
  const named = (await data(officer, `/network/ranking.json?kind=all&name=${encodeURIComponent(all[7].name.toUpperCase())}`)).rows;
  assert.ok(named.some((row) => row.id === all[7].id) && named.length < 20);
  assert.deepEqual((await data(officer, `/network/ranking.json?name=${all[9].id}`)).rows.map((row) => row.id), [all[9].id]);
  const few = (await data(officer, '/network/ranking.json?zone=2025/KCN-THANG-LONG')).rows;
  assert.ok(few.length > 0 && few.length < all.length);
  assert.deepEqual(few.map((row) => row.rank), [...few.map((row) => row.rank)].sort((a, b) => a - b));
});

test('the explorer goes as far as it is asked, up or down, and no link is below what it was asked for', async (t) => {
  const { officer } = await network(t);
  const { id } = (await data(officer, '/network/ranking.json')).rows[0];
  const links = async (query) => (await data(officer, `/network/enterprises/${id}.json?${query}`)).rows;
  const near = await links('depth=1');
  assert.ok(near.length > 0 && near.every((row) => row.supplier_id === id || row.customer_id === id));
  assert.ok((await links('depth=1&direction=up')).every((row) => row.customer_id === id));
  assert.ok((await links('depth=1&direction=down')).every((row) => row.supplier_id === id));
  assert.ok((await links('depth=3')).length > near.length);
  const great = await links('depth=3&least=10');
  assert.ok(great.length > 0 && great.every((row) => row.value >= 10));
});

test('a link that is entered is in the explorer, the ranking and the comparison within seconds', async (t) => {
  const { base, officer } = await network(t);
  const ranking = (await data(officer, '/network/ranking.json')), [seller, buyer] = [ranking.rows[400].id, ranking.rows[401].id];
  const token = await apiToken(officer);
  const answer = await fetch(new URL('/api/v1/supply-links', base), { method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ supplier_enterprise: seller, buyer_enterprise: buyer, product: 'Vỏ bơm thử', value_by_supplier: 999000000000, since: '2026-11-01' }) });
  assert.equal(answer.status, 201, await answer.text());
  await eventually(async () => (await data(officer, `/network/enterprises/${seller}.json?depth=1`)).rows.some((row) => row.product === 'Vỏ bơm thử'), 10);
  const after = await data(officer, '/network/ranking.json');
  assert.ok(Number(after.version) > Number(ranking.version));
  assert.ok(after.rows.find((row) => row.id === seller).loss > ranking.rows[400].loss);
  const compared = '/network/compare.json?from=2026-10-31';
  await eventually(async () => (await officer.get(compared)).status === 200);
  const found = (await data(officer, compared)).rows.find((row) => row.product === 'Vỏ bơm thử');
  assert.deepEqual([found.before, found.after], [0, 999]);
  for (const wrong of ['from=2026-13-45', 'from=2026-10-31&to=yesterday']) assert.equal((await officer.get(`/network/compare?${wrong}`)).status, 422, wrong);
  const page = await officer.get('/en/network/compare?from=2026-10-31');
  assert.match(page.text, /Vỏ bơm thử/);
});

test('an enterprise sees its own links alone; a visitor the sums alone', async (t) => {
  const { db, base, officer } = await network(t);
  const ranking = (await data(officer, '/network/ranking.json')).rows, own = ranking[5].id, other = ranking[6].id;
  const theirs = await someone(t, db, base, 'enterprise', ['--organisation', own]);
  assert.match((await theirs.get('/network')).location, new RegExp(`/network/enterprises/${own}$`));
  const rows = (await data(theirs, `/network/enterprises/${own}.json?depth=4`)).rows;
  assert.ok(rows.length > 0 && rows.every((row) => row.supplier_id === own || row.customer_id === own));
  const page = (await theirs.get(`/en/network/enterprises/${own}`)).text;
  assert.ok(!page.includes(`/network/enterprises/${other}`) && !page.includes('Lost when it stops'));
  assert.equal((await theirs.get(`/network/enterprises/${other}`)).status, 404);
  assert.equal((await theirs.get(`/network/enterprises/${own}/why`)).status, 403);
  assert.equal((await theirs.get('/network/ranking')).status, 403);
  const visitor = client(base);
  assert.match((await visitor.get('/network/ranking')).location, /sign-in/);
  assert.equal((await visitor.get('/network/ranking.json')).status, 401);
  const sums = await visitor.get('/en/network/public');
  assert.equal(sums.status, 200);
  for (const row of ranking.slice(0, 200)) assert.ok(!sums.text.includes(row.name), row.name);
});

test('nobody is led to a page of the network that is not for them', async (t) => {
  const { db, base, officer } = await network(t);
  await eventually(async () => (await officer.get('/network/map.json')).status === 200);
  const [{ id }] = (await data(officer, '/network/ranking.json')).rows;
  const event = (await officer.get('/network/events')).text.match(/\/network\/events\/SC-[\d-]+/)[0];
  for (const role of ['officer', 'ward', 'leader']) {
    const person = await someone(t, db, base, role, role === 'ward' ? ['--ward', '00004'] : undefined);
    const links = new Map();                             // by path: what a page is asked for does not decide who may
    for (const page of ['/network', `/network/enterprises/${id}`, event])
      for (const href of attributes((await person.get(page)).text, 'a', 'href'))
        if (href.startsWith('/network')) links.set(href.replace(/[?#].*/, ''), href);
    assert.equal(links.has('/network/what-if'), role !== 'ward', role);
    assert.ok(links.size > 10, role);
    for (const href of links.values()) assert.equal((await person.get(href)).status, 200, `${role}: ${href}`);
  }
});
