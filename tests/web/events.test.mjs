// The event desk, and the form behind the link that asks a site how it stands: whose answer counts, and for how long.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, output, records, serve, sql } from '../node/matxich.mjs';
import { client, inputValue, someone } from '../node/people.mjs';
import { attributes } from '../node/web.mjs';

const flood = { name: 'Ngập ở Thăng Long', kind: 'flood', started: '21/11/2026', zones: '2025/KCN-THANG-LONG', version: '0' };

async function desk(t, options = []) {
  const db = await demoDatabase(t);
  const base = await serve(t, db, options);
  return { db, base, officer: await someone(t, db, base, 'officer') };
}

/** An open event, with its sites found: { id, sites }. */
async function opened(at, fields = flood) {
  const made = await at.officer.post('/workspace/events/new', fields);
  assert.equal(made.status, 303, made.text);
  const [, id] = made.location.match(/SC-\d+-\d/) && made.location.match(/(SC-\d+-\d)/);
  assert.equal((await at.officer.post(`/workspace/events/${id}/steps/open`, {})).status, 303);
  return { id, sites: await records(at.db, 'event_site', `event=${id}`) };
}

/** Asks all sites of the event by mail: the tickets in the order of the mails. */
async function asked(at, event) {
  assert.equal((await at.officer.post(`/network/events/${event.id}/ask`, {})).status, 303);
  const bodies = await sql(at.db, "SELECT body FROM mail WHERE body LIKE '%/status/%' ORDER BY id");
  return [...bodies.matchAll(/\{base\}\/status\/([\w-]{43})/g)].map(([, ticket]) => ticket);
}

const answer = (who, ticket, fields) => who.post(`/status/${ticket}`, fields, { page: `/status/${ticket}` });
const states = async (at, event) => (await records(at.db, 'event_site', `event=${event.id}`)).map(({ state }) => state);

test('an event finds the sites in its zone, and its desk counts them', async (t) => {
  const at = await desk(t), event = await opened(at);
  assert.ok(event.sites.length > 3, `${event.sites.length} sites`);
  const { status, text } = await at.officer.get(`/en/network/events/${event.id}`);
  assert.equal(status, 200);
  assert.match(text, new RegExp(`data-count="possible">${event.sites.length}<`));
  assert.match(text, /data-chart="map" data-table="[^"]*event-sites"/);
  assert.match(text, /Nobody has been asked by mail yet/);
});

test('a press in the mail answers without an account, counts at once and may be corrected', async (t) => {
  const at = await desk(t), event = await opened(at), [ticket, ...others] = await asked(at, event);
  const firm = client(at.base);
  const form = await firm.get(`/en/status/${ticket}`);
  assert.equal(form.status, 200);
  assert.match(form.text, /Not affected/);
  assert.equal((await answer(firm, ticket, { answer: 'stopped', days: '12', answer_note: 'Nước vào xưởng' })).status, 303);
  const counts = async () => JSON.parse((await at.officer.get(`/network/events/${event.id}.json`)).text);
  assert.deepEqual([(await counts()).confirmed, (await counts()).answered], ['1', 1]);
  assert.equal((await counts()).asked, others.length + 1);
  assert.match((await firm.get(`/en/status/${ticket}`)).text, /we have your answer “Stopped”/);
  assert.equal((await answer(firm, ticket, { answer: 'affected', capacity: '60' })).status, 303);
  assert.equal((await answer(firm, ticket, { answer: 'not_affected' })).status, 303);
  assert.deepEqual([(await counts()).confirmed, (await counts()).not_hit, (await counts()).answered], ['0', '1', 1]);
  const desk_page = (await at.officer.get(`/en/network/events/${event.id}`)).text;
  assert.match(desk_page, /1 of \d+ asked have answered/);
  await output(['verify', '--db', at.db]);
});

test('a link answers for its own site, whatever else is sent', async (t) => {
  const at = await desk(t), event = await opened(at), [ticket] = await asked(at, event);
  const sent = { answer: 'stopped', id: event.sites[1].id, site: event.sites[1].id, event: 'SC-000009-9', enterprise: 'DN-000001-3', state: 'restored' };
  assert.equal((await answer(client(at.base), ticket, sent)).status, 303);
  const [first, ...rest] = await states(at, event);
  assert.equal([first, ...rest].filter((s) => s === 'confirmed').length, 1);
  assert.ok(!rest.includes('restored'));
});

test('a forged, replaced or old link, and one whose event is closed, answer nothing', async (t) => {
  const at = await desk(t), event = await opened(at), [first] = await asked(at, event), second = (await asked(at, event)).at(-1);
  const gone = async (ticket) => {
    assert.equal((await client(at.base).get(`/status/${ticket}`)).status, 404);
    assert.equal((await client(at.base).post(`/status/${ticket}`, { answer: 'stopped' })).status, 404);
  };
  await gone('x'.repeat(43));
  await gone(first);
  await gone((await sql(at.db, 'SELECT ticket FROM event_site WHERE ticket IS NOT NULL LIMIT 1')).trim());
  assert.equal((await client(at.base).get(`/status/${second}`)).status, 200);
  await sql(at.db, 'UPDATE event_site SET asked_at = asked_at - 31 * 86400000000');
  await gone(second);
  await sql(at.db, 'UPDATE event_site SET asked_at = asked_at + 31 * 86400000000');
  assert.equal((await at.officer.post(`/workspace/events/${event.id}/steps/close`, {})).status, 303);
  await gone(second);
  assert.ok((await states(at, event)).every((s) => s === 'possible'));
});

test('an answer without the token of the form, or with figures that cannot be, is refused', async (t) => {
  const at = await desk(t), event = await opened(at), [ticket] = await asked(at, event);
  const bare = await fetch(new URL(`/status/${ticket}`, at.base), { method: 'POST', headers: { origin: new URL(at.base).origin }, body: new URLSearchParams({ answer: 'stopped' }) });
  assert.equal(bare.status, 403);
  const wrong = await answer(client(at.base), ticket, { answer: 'affected', capacity: '140', days: 'vài' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /href="#capacity"/);
  assert.match(wrong.text, /href="#days"/);
  assert.equal((await answer(client(at.base), ticket, { answer: 'fine' })).status, 422);
  assert.ok((await states(at, event)).every((s) => s === 'possible'));
});

test('more answers in a minute than a person presses are put off', async (t) => {
  const at = await desk(t, ['--rate', '600']), event = await opened(at), [ticket] = await asked(at, event), firm = client(at.base);
  const token = inputValue((await firm.get(`/status/${ticket}`)).text, 'form_token');
  const all = [];
  for (let i = 0; i < 15; i++) all.push((await firm.post(`/status/${ticket}`, { answer: 'stopped', form_token: token })).status);
  assert.ok(all.includes(429), all.join());
});

test('a call is written down with how the site stands since, and each step is one press', async (t) => {
  const at = await desk(t), event = await opened(at), [site] = event.sites;
  const path = `/network/events/${event.id}/sites/${site.id}`;
  assert.equal((await at.officer.post(`${path}/contact`, { said: '' })).status, 422);
  const said = { channel: 'telephone', person: 'Bà Lan', said: 'Nước ngập 30 cm', severity: 'serious', capacity: '40', days: '5' };
  assert.equal((await at.officer.post(`${path}/contact`, said)).status, 303);
  assert.equal((await at.officer.post(`${path}/confirm`, {})).status, 303);
  const page = (await at.officer.get(`/network/events/${event.id}`)).text;
  assert.match(page, /Nước ngập 30 cm/);
  assert.equal((await at.officer.post(`${path}/restore`, {})).status, 303);
  assert.equal((await at.officer.post(`${path}/restore`, {})).status, 409);
  assert.equal((await at.officer.post(`${path}/nothing`, {})).status, 404);
  assert.equal((await at.officer.post(`/network/events/SC-000099-9/sites/${site.id}/confirm`, {})).status, 404);
});

test('those who may only look see no button, and a ward sees its own sites alone', async (t) => {
  const at = await desk(t), event = await opened(at);
  const leader = await someone(t, at.db, at.base, 'leader');
  const look = await leader.get(`/network/events/${event.id}`);
  assert.equal(look.status, 200);
  assert.deepEqual(attributes(look.text, 'form', 'action').filter((action) => action.includes('/sites/')), []);
  assert.equal((await leader.post(`/network/events/${event.id}/ask`, {})).status, 403);
  const ward = await someone(t, at.db, at.base, 'ward', ['--ward', '00004']);
  assert.doesNotMatch((await ward.get(`/network/events/${event.id}`)).text, /DA-\d/);
  assert.equal((await ward.post(`/network/events/${event.id}/sites/${event.sites[0].id}/confirm`, {})).status, 404);
});
