// What the city lacks and what would unlock it; and bills of materials held against the register.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, records, serve, sql } from '../node/matxich.mjs';
import { client, inputValue, someone } from '../node/people.mjs';
import { eventually } from '../node/web.mjs';

async function portal(t) {
  const db = await demoDatabase(t);
  return { db, base: await serve(t, db) };
}

const json = async (who, path) => JSON.parse((await who.get(path)).text);

async function send(person, base, path, fields, file) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ form_token: await person.token(), ...fields })) body.append(name, value);
  if (file) body.append('file', new Blob([file.bytes]), file.name);
  return person.ask(path, { method: 'POST', headers: { origin: new URL(base).origin }, body });
}

/** The page of a job once it has ended. */
async function ended(person, path) {
  await eventually(async () => (await json(person, `${path}.json`)).ended);
  return (await person.get(path)).text;
}

/* ---- what the city lacks --------------------------------------------------------------------- */

const asked = { title: 'Chi tiết hàng không đúc áp lực', process: 'die-casting', certificate: 'AS9100', value: '2000000000', value_currency: 'VND', quotes_by: '31/01/2027',
  reach: 'invited', buyer: 'Kobe Aero K.K.', country: 'JP', version: '0' };

async function open(it, buyer, officer, fields = {}) {
  const made = await send(buyer, it.base, '/workspace/demands/new', { ...asked, ...fields });
  assert.equal(made.status, 303, made.text);
  const id = made.location.match(/NC-\d+-\d/)[0];
  assert.equal((await buyer.post(`/linkage/demands/${id}/submit`, {})).status, 303);
  assert.equal((await officer.post(`/linkage/demands/${id}/open`, {})).status, 303);
  return id;
}

/** Without other demands, and without anybody of that certificate. */
async function market(t) {
  const db = await demoDatabase(t);
  for (const statement of ["UPDATE demand SET state = 'withdrawn'", 'DELETE FROM unmet_search', "DELETE FROM certificate WHERE standard LIKE '%/AS9100'"]) await sql(db, statement);
  const base = await serve(t, db);
  const [officer, leader, buyer] = await Promise.all(['officer', 'leader', 'buyer'].map((role) => someone(t, db, base, role)));
  return { db, base, officer, leader, buyer };
}

test('a certificate that nobody has is missing, would unlock its demand, and its nearest suppliers go on a list for support', async (t) => {
  const it = await market(t), demand = await open(it, it.buyer, it.officer);
  const [lack] = (await json(it.officer, '/en/linkage/lacks.json')).rows;
  assert.equal(lack.kind, 'Certificate');
  assert.match(lack.thing, /AS9100/);
  assert.deepEqual([lack.demands, lack.value], [1, 2]);
  assert.ok(lack.suppliers > 0);

  const all = (await it.officer.get('/en/linkage/unlock')).text, thing = all.match(/href="([^"]*thing=[^"]*)"/)[1].replaceAll('&amp;', '&');
  const page = (await it.officer.get(thing)).text;
  assert.match(page, new RegExp(demand));
  assert.match(page, /\/enterprises\/DN-/);
  const sent = await it.officer.post(thing, { name: 'AS9100 cho xưởng đúc' }, { page: thing });
  assert.equal(sent.status, 303, sent.text);
  const list = (await records(it.db, 'support_list')).find(({ name }) => name === 'AS9100 cho xưởng đúc');
  assert.equal(list.entries.length, lack.suppliers);
  assert.match((await it.officer.get(sent.location)).text, /AS9100/);
});

test('the value of a single demand is the office’s; sums of several are for all who plan', async (t) => {
  const it = await market(t);
  await open(it, it.buyer, it.officer);
  assert.equal((await json(it.leader, '/linkage/lacks.json')).rows[0].value, null);
  assert.doesNotMatch((await it.leader.get('/linkage/lacks?thing=certificate.certificate.2026/AS9100')).text, /2\.000\.000\.000/);
  for (let i = 0; i < 2; i++) await open(it, it.buyer, it.officer, { title: `Chi tiết ${i}` });
  assert.equal((await json(it.leader, '/linkage/lacks.json')).rows[0].value, 6);
  assert.equal((await it.leader.post('/linkage/unlock?thing=certificate.certificate.2026/AS9100', { name: 'x' })).status, 403);
});

test('what is asked wrongly of the page is said, and only who plans may ask', async (t) => {
  const it = await market(t), enterprise = await someone(t, it.db, it.base, 'enterprise', ['--organisation', 'DN-000001-3']);
  assert.equal((await it.officer.get('/linkage/lacks?since=soon')).status, 422);
  assert.equal((await it.officer.get('/linkage/unlock?thing=nothing')).status, 404);
  assert.match((await it.officer.get('/en/linkage/unlock')).text, /one thing away/);
  for (const who of [it.buyer, enterprise]) for (const page of ['lacks', 'unlock']) assert.equal((await who.get(`/linkage/${page}`)).status, 403);
  assert.equal((await client(it.base).get('/linkage/lacks')).status, 303);
});

/* ---- bills of materials ------------------------------------------------------------------------- */

const bill = `Part,Specification,HS code,Quantity,Unit,Annual value
Motor housing,die casting,8503.00,40000,pcs,"1,200"
Bracket,stamping,,90000,pcs,600
Unobtainium qqzzx,,,1,pcs,200
Total,,,,,2000
`;

async function checked(t, it, bytes, name = 'scooter.csv') {
  const buyer = await someone(t, it.db, it.base, 'buyer');
  const sent = await send(buyer, it.base, '/en/linkage/parts', {}, { name, bytes });
  assert.equal(sent.status, 303, sent.text);
  return { buyer, job: await ended(buyer, sent.location) };
}

test('each line of a bill is held against the register, and the share of value that could be local is of its lines', async (t) => {
  const it = await portal(t), { buyer, job } = await checked(t, it, bill);
  const place = job.match(/href="(\/en\/linkage\/parts\/VT-[^"]+)"/)[1], page = await buyer.get(place);
  assert.equal(page.status, 200);
  const { rows } = await json(buyer, `${place}.json`);
  assert.deepEqual(rows.map(({ part, quantity, value }) => [part, quantity, value]),
    [['Motor housing', 40000, 1200], ['Bracket', 90000, 600], ['Unobtainium qqzzx', 1, 200]]);
  assert.equal(rows[0].level, 'Well');
  assert.ok(rows[0].suppliers > 0 && rows[0].best);
  assert.equal(rows[2].level, 'No supplier');
  const shares = (await json(buyer, `${place}.json?table=share`)).rows;
  const well = rows.filter(({ level }) => level === 'Well').reduce((sum, { value }) => sum + value, 0);
  assert.equal(shares[0].share, well / 20);
  assert.equal((await json(buyer, `${place}.json?level=none`)).rows.length, rows.filter(({ level }) => level === 'No supplier').length);
  assert.match((await buyer.get(`${place}.csv`)).text, /Motor housing/);

  const [find] = page.text.match(/\/en\/match\?q=[^"]+/), [post] = page.text.match(/\/en\/linkage\/demands\/new\?[^"]+/);
  assert.match((await buyer.get(find.replaceAll('&amp;', '&'))).text, /Fits to/);
  assert.ok([200, 303].includes((await buyer.get(post.replaceAll('&amp;', '&'))).status));

  assert.doesNotMatch(rows[0].best, /^DN-/);
  const other = await someone(t, it.db, it.base, 'buyer'), officer = await someone(t, it.db, it.base, 'officer');
  for (const who of [other, officer]) assert.equal((await who.get(place)).status, 404);
  assert.match((await buyer.get('/en/linkage/parts')).text, /scooter\.csv/);
  assert.doesNotMatch((await other.get('/en/linkage/parts')).text, /scooter\.csv/);

  const away = page.text.match(/href="([^"]+\/delete)"/)[1], form = (await buyer.get(away)).text;
  assert.match(form, /scooter\.csv/);
  assert.equal((await buyer.post(away, { version: inputValue(form, 'version') })).status, 303);
  assert.equal((await buyer.get(place)).status, 404);
});

test('a bill that cannot be used says what to do', async (t) => {
  const it = await portal(t);
  const lines = Array.from({ length: 20001 }, (_, i) => `x${i}`).join('\n');
  for (const [bytes, says] of [['No,Price\n1,2\n', /heading “Part”/], ['Part,Quantity\nNut,many\n', /Row 2: “many”/], ['Part\n\nTotal\n', /no line with a part/],
    [`Part\n${lines}\n`, /matxich bom FILE/]]) {
    const { job, buyer } = await checked(t, it, bytes);
    assert.match(job, says);
    assert.equal((await json(buyer, '/linkage/parts.json')).rows.length, 0);
  }
  const buyer = await someone(t, it.db, it.base, 'buyer');
  assert.equal((await send(buyer, it.base, '/linkage/parts', {})).status, 422);
});
