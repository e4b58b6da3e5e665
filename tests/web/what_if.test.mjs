// What if, and whom first: run from the address, saved under a name, compared; another supplier tried; a list sent to the programme.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, output, records, serve } from '../node/matxich.mjs';
import { someone } from '../node/people.mjs';
import { eventually, links } from '../node/web.mjs';

/** A portal whose network has been read, and an officer at it. */
async function portal(t) {
  const db = await demoDatabase(t);
  const base = await serve(t, db);
  const officer = await someone(t, db, base, 'officer');
  await eventually(async () => !(await officer.get('/network/first')).headers.get('refresh'));
  return { db, base, officer };
}

const zone = 'zones=2025/KCN-THANG-LONG&capacity=0&days=30';
const json = async (who, path) => JSON.parse((await who.get(path)).text);
const table = (who, name, query) => json(who, `/en/network/what-if.json?${query}&table=${name}`);
const total = (rows, key) => rows.reduce((sum, row) => sum + (row[key] ?? 0), 0);
const near = (a, b) => assert.ok(Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b)), `${a} is not ${b}`);

test('a scenario runs from its address, and its tables add up to the same loss', async (t) => {
  const at = await portal(t), before = (await records(at.db, 'scenario')).length;
  const { status, text } = await at.officer.get(`/en/network/what-if?${zone}`);
  assert.equal(status, 200);
  assert.match(text, /Thang Long Industrial Park/);
  assert.match(text, /at tolerance 0\.01, in T = \d+ steps/);
  assert.match(text, /of the value of all links is inferred/);
  const [tiers, industries, wards, firms] = await Promise.all(['by-tier', 'by-industry', 'by-ward', 'by-enterprise'].map((name) => table(at.officer, name, zone)));
  assert.ok(total(tiers.rows, 'output') > 0);
  for (const other of [industries, wards, firms]) near(total(other.rows, 'output'), total(tiers.rows, 'output'));
  assert.equal(tiers.rows[0].tier, 'stopped itself');
  assert.equal(tiers.tolerance, '0.01');
  assert.equal((await records(at.db, 'scenario')).length, before);
});

test('twice the days cost twice as much, half the capacity no more than none', async (t) => {
  const at = await portal(t);
  const output_of = async (query) => total((await table(at.officer, 'by-tier', query)).rows, 'output');
  const once = await output_of(zone);
  near(await output_of(zone.replace('days=30', 'days=60')), 2 * once);
  assert.ok(await output_of(zone.replace('capacity=0', 'capacity=50')) < once);
});

test('a country that stops is felt by those who import from it', async (t) => {
  const at = await portal(t);
  const { rows } = await table(at.officer, 'by-tier', 'countries=2025/CN&days=30');
  assert.ok(total(rows, 'firms') > 10);
  assert.ok(rows.some(({ tier }) => tier.startsWith('customers')));
});

test('what cannot be read is said at its input, and nothing runs', async (t) => {
  const at = await portal(t);
  const { status, text } = await at.officer.get('/en/network/what-if?firm=DN-000001-9&days=0&capacity=140');
  assert.equal(status, 422);
  for (const input of ['firm', 'days', 'capacity']) assert.match(text, new RegExp(`href="#${input}"`));
  assert.equal((await at.officer.get('/network/what-if?scenario=KB-000099-9')).status, 404);
});

test('another supplier is tried, and what it saves is told', async (t) => {
  const at = await portal(t);
  const { rows: [input] } = await table(at.officer, 'lost-inputs', zone);
  const query = `${zone}&input=${input.id}`;
  const { rows: alternatives } = await table(at.officer, 'alternatives', query);
  assert.ok(alternatives.length > 0);
  for (let i = 1; i < alternatives.length; i++) assert.ok(alternatives[i - 1].score >= alternatives[i].score);
  const page = (await at.officer.get(`/en/network/what-if?${query}`)).text;
  const [tried] = links(page).filter((link) => link.includes('try='));
  const after = (await at.officer.get(tried)).text;
  assert.match(after, /takes over [\d.]+ % of what/);
  assert.match(after, /Lost output: .* instead of/);
});

test('however many are tried for one input, together they take over no more than there is', async (t) => {
  const at = await portal(t);
  const { rows: [input] } = await table(at.officer, 'lost-inputs', zone);
  const { rows } = await table(at.officer, 'alternatives', `${zone}&input=${input.id}`);
  const tried = rows.slice(0, 8).map(({ id }) => `&try=${input.id}~${id}`).join('');
  const shares = [...(await at.officer.get(`/en/network/what-if?${zone}${tried}`)).text.matchAll(/takes over ([\d.]+) % of what/g)].map(([, share]) => Number(share));
  assert.equal(shares.length, Math.min(8, rows.length));
  assert.ok(shares.reduce((a, b) => a + b) < 101, shares.join());
});

test('a scenario is kept under a name and compared with another; those of another tolerance are left out', async (t) => {
  const at = await portal(t);
  const keep = async (query, name) => {
    const answer = await at.officer.post(`/network/what-if?${query}`, { name });
    assert.equal(answer.status, 303, answer.text);
    return answer.location.match(/KB-\d+-\d/)[0];
  };
  const one = await keep(zone, 'Thăng Long'), two = await keep('countries=2025/JP&days=30', 'Nhật Bản'), fine = await keep(`${zone}&tolerance=0.001`, 'Mịn hơn');
  assert.equal((await at.officer.post(`/network/what-if?${zone}`, { name: '' })).status, 422);
  const again = (await at.officer.get(`/en/network/what-if?scenario=${one}`)).text;
  assert.match(again, /<h1>Thăng Long<\/h1>/);
  const both = (await at.officer.get(`/en/network/what-if/compare?s=${one}&s=${two}`)).text;
  assert.match(both, /Thăng Long[\s\S]*Nhật Bản/);
  assert.doesNotMatch(both, /Left out/);
  assert.match((await at.officer.get(`/en/network/what-if/compare?s=${one}&s=${two}&s=${fine}`)).text, /Left out[^.]*Mịn hơn/);
  assert.equal((await at.officer.get(`/network/what-if/compare?s=${one}`)).status, 422);
  await output(['verify', '--db', at.db]);
});

test('an open event is a scenario too', async (t) => {
  const at = await portal(t), [event] = await records(at.db, 'event');
  const { rows } = await table(at.officer, 'by-tier', `event=${event.id}&days=7`);
  assert.ok(total(rows, 'output') > 0);
});

test('whom first changes with its weights, and three that are ticked go on a list', async (t) => {
  const at = await portal(t), ranked = async (query) => (await json(at.officer, `/en/network/first.json?${query}`)).rows;
  const [usual, sole] = await Promise.all([ranked(''), ranked('importance=0&sole=1&profile=0&certificates=0&stale=0')]);
  assert.ok(usual.length > 50);
  for (const [i, row] of sole.entries()) if (i) assert.ok(sole[i - 1].sole >= row.sole);
  const chosen = usual.slice(0, 3).map(({ id }) => id);
  assert.equal((await at.officer.post('/network/first', { name: 'Đợt 1' })).status, 422);
  for (const weight of ['-1', 'nan', 'much', '1001']) {
    const { status, text } = await at.officer.get(`/en/network/first?sole=${weight}`);
    assert.equal(status, 422, weight);
    assert.ok(text.includes(`“${weight}” is no weight for`) && text.includes(`value="${weight}"`), weight);
  }
  const sent = await at.officer.post('/network/first', [['name', 'Đợt 1'], ...chosen.map((id) => ['firm', id])]);
  assert.equal(sent.status, 303, sent.text);
  const list = (await records(at.db, 'support_list')).find(({ name }) => name === 'Đợt 1');
  assert.deepEqual(list.entries.map(({ enterprise }) => enterprise.id ?? enterprise), chosen);
  assert.deepEqual(list.entries.map(({ rank }) => rank), [1, 2, 3]);
  assert.ok(list.entries.every(({ reason }) => reason.length > 10));
});

test('those who only look may run a scenario, but neither keep it nor send a list; others see none of it', async (t) => {
  const at = await portal(t), leader = await someone(t, at.db, at.base, 'leader');
  assert.equal((await leader.get(`/network/what-if?${zone}`)).status, 200);
  assert.doesNotMatch((await leader.get(`/en/network/what-if?${zone}`)).text, /Save the scenario/);
  assert.equal((await leader.post(`/network/what-if?${zone}`, { name: 'x' })).status, 403);
  assert.equal((await leader.post('/network/first', { name: 'x', firm: 'DN-000001-3' })).status, 403);
  for (const role of ['enterprise', 'association', 'provider']) {
    const other = await someone(t, at.db, at.base, role, role === 'association' ? ['--association', 'HANSIBA'] : []);
    for (const path of ['/network/what-if', '/network/first', '/network/events']) assert.equal((await other.get(path)).status, 403, `${role} ${path}`);
  }
});
