// Carrying out: who may see and do what; sixty enterprises at the door and by sheet, none of them twice; an inspection until it is closed; minutes with the ward's part.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { demoDatabase, fixedClock, output, records, serve, sql, temporaryDirectory } from '../node/matxich.mjs';
import { client, inputValue, someone } from '../node/people.mjs';
import { attributes } from '../node/web.mjs';

const HERE = '2025/00004', ELSEWHERE = '2025/00082';
const number = (id) => Number(id.match(/-(\d+)-/)[1]);
const column = async (db, query) => (await sql(db, query)).trim().split('\n').filter(Boolean);
const ended = (answer) => answer.location?.split('?')[0];
const alert = (text) => text.match(/role="alert"><p>([^<]*)/)?.[1];

/** The demonstration with its people. */
async function office(t) {
  const db = await demoDatabase(t), base = await serve(t, db), it = { db, base, visitor: client(base) };
  const people = { officer: [], finance: [], leader: [], agency: [], ward: ['--ward', HERE], otherWard: ['--ward', ELSEWHERE], provider: [], buyer: [] };
  for (const [name, options] of Object.entries(people)) it[name] = await someone(t, db, base, name === 'otherWard' ? 'ward' : name, options);
  return it;
}

const accountOf = async (db, { email }) => (await sql(db, `SELECT id FROM account WHERE email = '${email}'`)).trim();

/** An inspection in our ward whose unit is the provider, and minutes of a task of an agency in our ward. */
async function papers(it) {
  const [plan] = await column(it.db, "SELECT id FROM task WHERE mode = 'own' AND state = 'under_way' ORDER BY id LIMIT 1");
  await sql(it.db, `UPDATE task SET ward = '${HERE}', result = 'Mười hai phóng sự' WHERE id = ${plan}`);
  const task = (await records(it.db, 'task')).find(({ id }) => number(id) === Number(plan)).id;
  const made = await it.officer.post('/en/workspace/acceptances/new', { task }, { page: '/en/workspace/acceptances/new' });
  assert.equal(made.status, 303, alert(made.text));
  const planned = await it.officer.post('/en/workspace/inspections/new', { title: 'Kiểm tra phóng sự', task, planned_on: '25/11/2026' }, { page: '/en/workspace/inspections/new' });
  assert.equal(planned.status, 303, alert(planned.text));
  const [acceptance, inspection] = [made, planned].map(({ location }) => location.match(/(NT|KT)-\d+-\d/)[0]);
  await sql(it.db, `UPDATE inspection SET account = ${await accountOf(it.db, it.provider)} WHERE id = ${number(inspection)}`);
  return { task, acceptance: `/en/delivery/acceptances/${acceptance}`, inspection: `/en/delivery/inspections/${inspection}` };
}

/* ---- who ------------------------------------------------------------------------------------------------ */

test('each page answers those whose it is, and nobody else', async (t) => {
  const it = await office(t), { acceptance, inspection } = await papers(it);
  const [activity] = (await records(it.db, 'activity')).filter(({ state }) => state === 'open');
  const table = {
    [`/en/delivery/activities/${activity.id}`]: { officer: 200, finance: 200, leader: 200, agency: 200, ward: 200, otherWard: 200, provider: 403, buyer: 403, visitor: 303 },
    [acceptance]: { officer: 200, finance: 200, leader: 200, agency: 404, ward: 200, otherWard: 404, provider: 404, buyer: 404, visitor: 303 },
    [inspection]: { officer: 200, finance: 200, leader: 200, agency: 404, ward: 200, otherWard: 404, provider: 200, buyer: 404, visitor: 303 },
    '/en/ward': { officer: 200, finance: 200, leader: 200, agency: 403, ward: 200, otherWard: 200, provider: 403, buyer: 403, visitor: 303 },
  };
  for (const [path, roles] of Object.entries(table))
    for (const [role, status] of Object.entries(roles)) assert.equal((await it[role].get(path)).status, status, `${role} ${path}`);
  for (const role of ['finance', 'leader', 'agency', 'ward', 'provider', 'buyer'])
    assert.equal((await it[role].post(`/delivery/activities/${activity.id}/attend`, { who: 'DN-000001-3', day: '2026-11-22' })).status, 403, role);
  for (const role of ['officer', 'finance', 'otherWard', 'provider'])
    assert.notEqual((await it[role].post(`${acceptance}/confirm`, { ward_opinion: 'x', ward_person: 'x' })).status, 303, role);
});

/* ---- attendance -------------------------------------------------------------------------------------------- */

/** Enterprises that have not been at any of the activities, with what they are found by. */
async function strangers(db, activities, n) {
  const there = new Set((await column(db, `SELECT enterprise FROM participation WHERE activity IN (${activities.map(number)})`)).map(Number));
  return (await records(db)).filter(({ id, tax_code }) => tax_code && !there.has(number(id))).slice(0, n);
}

const counted = async (db, activity) =>
  (await column(db, `SELECT count(*) || '|' || count(DISTINCT enterprise) FROM participation WHERE activity = ${number(activity)} AND state = 'attended'`))[0].split('|').map(Number);

const figures = (html) => [...html.matchAll(/<li><strong>(?:<a [^>]*>)?([\d.,]+)/g)].map(([, n]) => Number(n.replace(/[.,]/g, '')));

test('sixty enterprises come: one by one, ticked, twice, and again by sheet; each counts once', async (t) => {
  const it = await office(t);
  const [one, other] = (await records(it.db, 'activity')).filter(({ title_vi }) => /kiểm kê phát thải|CNC năm trục/.test(title_vi)).filter(({ year }) => year === 2026);
  const firms = await strangers(it.db, [one.id, other.id], 60), path = `/en/delivery/activities/${one.id}`, day = '2026-07-15';
  const [before] = await counted(it.db, one.id), seen = figures((await it.officer.get(path)).text);
  assert.equal(seen[0], before);

  for (const [i, firm] of firms.slice(0, 12).entries()) {
    const answer = await it.officer.post(`${path}/attend`, { who: i % 2 ? firm.tax_code : firm.id, day, people: '2' }, { page: path });
    assert.equal(answer.status, 303, alert(answer.text));
    assert.match(answer.location, /n=1/);
  }
  const ticked = await it.officer.post(`${path}/attend`, [...firms.slice(10, 40).map(({ id }) => ['e', id]), ['day', day]], { page: path });
  assert.match(ticked.location, /n=28/);                     // two were there already
  const rows = [...firms, ...firms.slice(0, 15)].map(({ tax_code }) => `${one.id},${tax_code},15/07/2026,3`);
  const sheet = join(temporaryDirectory(t), 'participants.csv');
  writeFileSync(sheet, ['Hoạt động,Mã số thuế,Ngày tham dự,Số người', ...rows].join('\n'));
  for (let i = 0; i < 2; i++) await output(['import', 'participation', sheet, '--db', it.db], { env: fixedClock });
  assert.deepEqual(await counted(it.db, one.id), [before + 60, before + 60]);

  const half = await it.officer.post(`/en/delivery/activities/${other.id}/attend`, [...firms.slice(0, 30).map(({ id }) => ['e', id]), ['day', '2026-08-03']], { page: path });
  assert.match(half.location, /n=30/);
  const now = figures((await it.officer.get(path)).text);
  assert.equal(now[0], before + 60);
  assert.equal(now[2] - seen[2], 90);                        // participations of the year
  assert.ok(now[3] - seen[3] <= 60 && now[3] < now[2]);      // enterprises of the year: those thirty are no others
  const list = JSON.parse((await it.officer.get(`/en/delivery/activities/${one.id}.json`)).text).rows;
  assert.equal(list.filter(({ days }) => days).length, before + 60);
  assert.equal((await it.officer.get(`/delivery/activities/${one.id}.xlsx`)).status, 200);
});

test('what is typed at the door and means nothing, several, or another day comes back with a sentence', async (t) => {
  const it = await office(t);
  const one = (await records(it.db, 'activity')).find(({ title_vi, year }) => /kiểm kê phát thải/.test(title_vi) && year === 2026), path = `/en/delivery/activities/${one.id}`;
  const [firm] = await strangers(it.db, [one.id], 1), before = await counted(it.db, one.id);
  const attend = (fields) => it.officer.post(`${path}/attend`, { who: firm.id, day: '2026-07-15', ...fields }, { page: path });
  for (const [fields, sentence] of [
    [{ who: 'Công ty Không Có Ở Đâu' }, /No enterprise of the register/], [{ who: 'công ty' }, /can mean several/], [{ who: '' }, /Type the number/], [{ day: '2026-12-24' }, /none of its days/],
    [{ day: '2026-01-05' }, /none of its days/], [{ day: '32/13/2026' }, /is not a date/], [{ people: '-4' }, /no number of people/], [{ people: '99999999999999' }, /no number of people/]]) {
    const answer = await attend(fields);
    assert.equal(answer.status, 422, JSON.stringify(fields));
    assert.match(alert(answer.text), sentence);
    if (fields.who === 'công ty') assert.ok(attributes(answer.text, 'input', 'type').filter((type) => type === 'radio').length > 1);
  }
  const { id: running } = (await records(it.db, 'activity')).find(({ starts, ends }) => starts < '2026-07-15' && ends > '2026-12-01'), desk = `/en/delivery/activities/${running}`;
  const ahead = await it.officer.post(`${desk}/attend`, { who: firm.id, day: '2026-12-01' }, { page: desk });
  assert.equal(ahead.status, 422);
  assert.match(alert(ahead.text), /still to come/);
  assert.deepEqual(await counted(it.db, one.id), before);
});

/* ---- an enterprise registers itself ------------------------------------------------------------------------ */

/** The demonstration with an activity to come, open for registration with `free` places left, and people of three enterprises that are not in it. */
async function openActivity(t, free = 2) {
  const it = await office(t), activity = (await records(it.db, 'activity')).find(({ state }) => state === 'open'), n = number(activity.id);
  const [taken] = await column(it.db, `SELECT count(*) FROM participation WHERE activity = ${n}`);
  await sql(it.db, `UPDATE activity SET starts = '2026-12-10', ends = '2026-12-12', places = ${Number(taken) + free} WHERE id = ${n}`);
  const firms = [];
  for (const firm of await strangers(it.db, [activity.id], 3)) firms.push(Object.assign(await someone(t, it.db, it.base, 'enterprise', ['--organisation', firm.id]), { firm }));
  const path = `/en/activities/${activity.id}`;
  return { ...it, activity, path, firms, act: (who, what, fields = {}) => who.post(`${path}/${what}`, fields, { page: path }) };
}

test('an enterprise registers itself once while there is a place, the office sees it and who registered it, and it gives the place back', async (t) => {
  const { db, officer, visitor, buyer, activity, path, firms: [one, two, three], act } = await openActivity(t);
  const page = await visitor.get(path);
  assert.match(page.text, /Places left: 2 of/);
  assert.match(page.text, /href="\/en\/sign-in\?next=[^"]*activities/);
  assert.match((await buyer.get(path)).text, /Claim the profile of your enterprise first/);
  assert.equal((await act(buyer, 'register')).status, 403);

  const wrong = await act(one, 'register', { expected: 'hai', message: 'Có chỗ đỗ xe tải không?' });
  assert.equal(wrong.status, 422);
  assert.match(alert(wrong.text), /hai/);
  assert.equal(inputValue(wrong.text, 'expected'), 'hai');
  assert.match(wrong.text, /Có chỗ đỗ xe tải không\?<\/textarea>/);
  const registered = await act(one, 'register', { expected: '2', message: 'Có chỗ đỗ xe tải không?' });
  assert.match(registered.location, /activities\/.*said=registered/);
  assert.match((await one.get(path)).text, /Your enterprise is registered\./);
  assert.match(alert((await act(one, 'register')).text), /registered for this activity already/);
  assert.match((await one.get('/en/workspace')).text, new RegExp(`href="${path}"[^]*?Registered`));

  const list = JSON.parse((await officer.get(`/en/delivery/activities/${activity.id}.json`)).text).rows.find(({ enterprise_id: id }) => id === one.firm.id);
  assert.deepEqual([list.state, list.source, list.message], ['Registered', 'The enterprise itself', 'Có chỗ đỗ xe tải không?']);
  assert.equal((await act(two, 'register')).status, 303);
  assert.match(alert((await act(three, 'register')).text), /All places are taken/);
  assert.match((await three.get(path)).text, /All places are taken/);

  assert.match((await act(one, 'withdraw')).location, /said=withdrawn/);
  assert.equal((await act(three, 'register')).status, 303);
  assert.deepEqual(await column(db, `SELECT count(*) FROM participation WHERE activity = ${number(activity.id)} AND source = 'enterprise'`), ['2']);
});

test('registration ends on its day; days of attendance are the office’s to write; who has come withdraws no more, and nobody registers another', async (t) => {
  const { db, officer, activity, path, firms: [one, two], act } = await openActivity(t), n = number(activity.id);
  assert.equal((await act(one, 'register')).status, 303);
  const [own] = await column(db, `SELECT id FROM participation WHERE activity = ${n} AND enterprise = ${number(one.firm.id)}`);
  const form = (who, fields) => who.post('/en/workspace/participations/new', { activity: activity.id, ...fields }, { page: '/en/workspace/participations/new' });
  assert.notEqual((await form(two, { enterprise: one.firm.id })).status, 303);
  assert.equal((await form(two, { enterprise: two.firm.id, 'days.0.id': '', 'days.0.day': '10/12/2026' })).status, 303);
  assert.deepEqual(await column(db, `SELECT count(*) FROM participation JOIN attendance ON attendance.participation = participation.id WHERE participation.enterprise = ${number(two.firm.id)} AND activity = ${n}`), ['0']);
  assert.equal((await act(two, 'withdraw')).status, 303);
  assert.equal((await two.post(`/en/delivery/activities/${activity.id}/attend`, { who: two.firm.id, day: '2026-11-22' })).status, 403);
  assert.ok(!(await one.get(`/en/delivery/activities/${activity.id}`)).text.includes('They are here'));

  await sql(db, `UPDATE activity SET starts = '2026-11-20', register_by = '2026-11-21' WHERE id = ${n}`);
  assert.match(alert((await act(two, 'register')).text), /Registration ended on/);
  assert.match(alert((await act(one, 'withdraw')).text), /has begun/);
  const came = await officer.post(`/en/delivery/activities/${activity.id}/attend`, { e: one.firm.id, day: '2026-11-21' }, { page: path });
  assert.equal(came.status, 303, alert(came.text));
  assert.deepEqual(await column(db, `SELECT state FROM participation WHERE id = ${own}`), ['attended']);
  await sql(db, `UPDATE activity SET state = 'planned', register_by = NULL WHERE id = ${n}`);
  assert.match(alert((await act(two, 'register')).text), /not open for registration/);
});

/* ---- inspection ------------------------------------------------------------------------------------------------ */

/** The form of the page with every answer yes, but the first. */
async function answers(who, path, { finding = '', remedy_by = '', remedied_on = '', ...more }) {
  const html = (await who.get(path)).text, ids = [...new Set([...html.matchAll(/name="answer\.(\d+)"/g)].map(([, id]) => id))];
  const fields = { '.version': inputValue(html, '.version'), team: 'Lê Thị Công, Sở Công Thương\nTrần Văn Bình', ...more };
  for (const [i, id] of ids.entries()) fields[`answer.${id}`] = i || !finding ? 'yes' : 'no';
  Object.assign(fields, { [`finding.${ids[0]}`]: finding, [`remedy_by.${ids[0]}`]: remedy_by, [`remedied_on.${ids[0]}`]: remedied_on });
  return { answer: await who.post(`${path}/answers`, fields, { page: path }), first: ids[0], fields };
}

async function sendRemedy(who, path, item, remedy, bytes) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ item, remedy, form_token: await who.token(path) })) body.append(name, value);
  body.append('proof.file', new Blob([bytes]), 'anh.txt');
  return who.ask(`${path}/put-right`, { method: 'POST', headers: { origin: new URL(who.base).origin }, body });
}

test('an inspection goes from its plan to its end in order, with the proof of the unit inspected', async (t) => {
  const it = await office(t), { inspection } = await papers(it), state = async () => (await column(it.db, `SELECT state FROM inspection WHERE id = ${number(inspection)}`))[0];
  it.provider.base = it.base;
  const early = await it.ward.post(`${inspection}/visit`, {}, { page: inspection });
  assert.match(alert(early.text), /First enter the day of the visit/);
  assert.equal((await it.provider.post(`${inspection}/answers`, { '.version': '1' }, { page: inspection })).status, 403);

  const { first, fields } = await answers(it.ward, inspection, { visited_on: '21/11/2026', finding: 'Thiếu hai phóng sự', remedy_by: '27/11/2026' });
  assert.equal((await it.ward.post(`${inspection}/visit`, {}, { page: inspection })).status, 303);
  const stale = await it.officer.post(`${inspection}/answers`, { ...fields, [`finding.${first}`]: 'Điều khác' }, { page: inspection });
  assert.equal(stale.status, 409);
  assert.match(alert(stale.text), /Somebody else changed/);
  assert.match(alert((await it.officer.post(`${inspection}/close`, {}, { page: inspection })).text), /not put right/);
  assert.equal((await it.officer.post(`${inspection}/remedy`, {}, { page: inspection })).status, 303);

  assert.match(alert((await sendRemedy(it.provider, inspection, first, ' ', 'ảnh')).text), /Write what was done/);
  const sent = await sendRemedy(it.provider, inspection, first, 'Đã phát sóng bù', 'Biên bản phát sóng');
  assert.equal(sent.status, 303, alert(sent.text));
  const proof = attributes((await it.ward.get(inspection)).text, 'a', 'href').find((url) => url.includes('/files/'));
  assert.equal((await it.ward.get(proof)).text, 'Biên bản phát sóng');
  assert.equal((await it.otherWard.get(proof)).status, 404);
  assert.equal((await answers(it.ward, inspection, { visited_on: '21/11/2026', finding: 'Thiếu hai phóng sự', remedy_by: '27/11/2026', remedied_on: '22/11/2026' })).answer.status, 303);
  assert.equal((await it.ward.post(`${inspection}/close`, {}, { page: inspection })).status, 303);
  assert.equal(await state(), 'closed');
});

/* ---- acceptance ------------------------------------------------------------------------------------------------- */

test('minutes go to the ward, which confirms them, and only then they are accepted', async (t) => {
  const it = await office(t), { acceptance, task } = await papers(it), minutes = { held_on: '20/11/2026', place: 'Đài PTTH', findings: 'Đủ mười hai phóng sự', result: 'met' };
  const post = (who, act, fields = {}) => it[who].post(`${acceptance}/${act}`, fields, { page: acceptance });
  assert.match(alert((await post('officer', 'accept')).text), /send it the minutes/);
  assert.match(alert((await post('officer', 'ask_ward', { ...minutes, findings: '' })).text), /First write the minutes/);
  assert.equal(ended(await post('officer', 'ask_ward', minutes)), acceptance);
  const ward = (await it.ward.get('/en/ward')).text, id = acceptance.split('/').at(-1);
  assert.ok(ward.indexOf(id) > 0 && ward.indexOf(id) < ward.indexOf('table-years'), 'what waits stands first');
  assert.ok(!(await it.otherWard.get('/en/ward')).text.includes(id));
  assert.match(alert((await post('ward', 'confirm', { ward_opinion: '', ward_person: 'Bà Hoa' })).text), /First write the opinion/);
  assert.equal(ended(await post('ward', 'confirm', { ward_opinion: 'Nhất trí', ward_person: 'Bà Hoa, Phó Chủ tịch' })), acceptance);
  assert.equal(ended(await post('officer', 'accept')), acceptance);
  assert.equal((await post('officer', 'accept')).status, 409);
  const printed = (await it.ward.get(acceptance)).text;
  for (const part of ['Mười hai phóng sự', 'Đủ mười hai phóng sự', 'Nhất trí', 'Bà Hoa, Phó Chủ tịch']) assert.ok(printed.includes(part), part);
  assert.deepEqual(await column(it.db, `SELECT state FROM task WHERE id = ${number(task)}`), ['accepted']);
});

/* ---- the ward ------------------------------------------------------------------------------------------------------ */

test('a ward sees its own, the office the one it asks for; each number of participations and of enterprises opens its list', async (t) => {
  const it = await office(t), [busiest] = await column(it.db, "SELECT ward FROM participation WHERE ward IS NOT NULL GROUP BY ward ORDER BY count(*) DESC LIMIT 1");
  assert.match((await it.ward.get(`/en/ward?ward=${busiest}`)).text, /<h1>Ba Dinh/);
  assert.match((await it.officer.get('/en/ward')).text, /Choose a ward/);
  assert.equal((await it.officer.get('/en/ward?ward=nowhere')).status, 404);
  const page = (await it.officer.get(`/en/ward?ward=${busiest}`)).text;
  const told = [...page.matchAll(/data-value="(\d+)"><a href="([^"]+)"/g)].map(([, n, url]) => ({ n: Number(n), url: url.replaceAll('&amp;', '&') }));
  const file = async (url, kind) => (await it.officer.get(url.replace(/^([^?]*)/, `$1.${kind}`))).text;
  const enterprises = told.filter(({ url }) => url.includes('/dashboard/participants')), participations = told.filter((number) => !enterprises.includes(number));
  assert.ok(enterprises.length >= 2 && participations.length >= 2);
  for (const { n, url } of participations) assert.equal((await file(url, 'ndjson')).split('\n').filter(Boolean).length, n, url);
  assert.match((await it.officer.get(enterprises[0].url)).text, /<h1>Who took part in 2026: /);
  assert.equal((await it.officer.get('/en/dashboard/participants?ward=nowhere')).status, 404);
  for (const { n, url } of enterprises) assert.equal(JSON.parse(await file(url, 'json')).rows.length, n, url);
  const { rows } = JSON.parse((await it.officer.get(`/en/ward.json?ward=${busiest}&table=years`)).text);
  assert.ok(rows.at(-1).participations > 0 && rows.at(-1).participations >= rows.at(-1).enterprises);
});
