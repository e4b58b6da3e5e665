// Whose demands, drawings and quotes are, asked over HTTP as an attacker asks: who the buyer is that stays unnamed (C12), another's drawings (C11),
// another supplier's quote.  Every GET route of every role is asked for what it could say; pages that come later are asked by themselves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, fixedClock, output, records, serve, sql } from '../node/matxich.mjs';
import { accounts, apiToken, client, signedIn } from '../node/people.mjs';

const FORMS = { page: '', json: '.json', csv: '.csv', xlsx: '.xlsx', ndjson: '.ndjson' };
const LISTS = ['demands', 'invitations', 'questions', 'quotes', 'introductions', 'drawings-opened', 'drawings', 'weights', 'outcomes', 'steps-taken', 'saved-searches'];
const SECRETS = ['Zyxwvut', 'buyer.korea@demo.example', 'Han Ji-won', 'CONTROL BOARD'];
const UNNAMED = 'demand.unnamed = 1 and demand.state = \'open\'';

const api = (person) => async (method, path, body) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${person.bearer}` };
  const { status, text } = await person.ask(`/api/v1/${path}`, { method, headers, body: body && JSON.stringify(body) });
  return { status, text, body: /^[{[]/.test(text) ? JSON.parse(text) : null };
};

/**
 * The demonstration's open demand of a buyer that stays unnamed, under a name that nothing else has; its papers; a supplier that waits to be
 * admitted, another buyer, and those who read the most and the least beside the office.
 */
async function cast(t) {
  const db = await demoDatabase(t);
  const one = async (query) => (await sql(db, query)).trim();
  const of = Number(await one(`select id from demand where ${UNNAMED}`));
  await sql(db, `update demand set buyer = 'Zyxwvut GmbH', contact = 'Zyxwvut', email = 'zyxwvut@zyxwvut.example' where id = ${of}`);
  const [drawing, hash] = (await one(`select id, substr(file, 1, 64) from drawing where demand = ${of}`)).split('|');
  const firms = (await one(`select enterprise from invitation where demand = ${of} and state = 'interested'`)).split('\n');
  const papers = async (list) => (await records(db, list)).map((r) => r.id);
  const number = (list, id) => records(db, list).then((all) => all.find((r) => Number(r.id.split('-')[1]) === Number(id)).id);
  const waiting = await number('invitation', await one(`select min(id) from invitation where demand = ${of} and state = 'interested'`));
  const roles = { enterprise: ['--organisation', await number('enterprise', firms[0])], buyer: [], leader: [], provider: [] };
  await accounts(t, db, Object.entries(roles).map(([role, options]) => ({ email: `${role}@attack.example`, roles: role, options })));
  await accounts(t, db, [{ email: 'officer@attack.example', roles: 'officer' }]);
  const base = await serve(t, db);
  const people = { visitor: client(base) };
  for (const role of [...Object.keys(roles), 'officer']) {
    people[role] = await signedIn(db, base, `${role}@attack.example`);
    people[role].bearer = await apiToken(people[role]);
  }
  const ids = { demands: [await number('demand', of)], invitations: [waiting, ...(await papers('invitation')).slice(0, 2)], questions: (await papers('question')).slice(0, 3),
    quotes: (await papers('quote')).slice(0, 2), introductions: (await papers('introduction')).slice(0, 1) };
  return { db, base, people, ids, drawing, hash, of: ids.demands[0], waiting };
}

/** Every address of a GET route that could say something of the demand. */
async function addresses({ ids, drawing, hash }) {
  const routes = (await output(['routes'], { env: fixedClock })).trim().split('\n').map((line) => line.match(/^GET +(\S+) +([^|]*)\|/)).filter(Boolean);
  const all = Object.values(ids).map(([first]) => first);
  const filled = (pattern) => {
    const rest = (path) => path.replace('{drawing}', drawing).replace('{hash}', hash).replace('{step}', 'admit').replace('{code}', '2025%2FKCN-THANG-LONG')
      .replace(/\{(ticket|token|site|type)\}/g, '1');
    if (pattern.includes('{list}')) return LISTS.flatMap((list) => (pattern.includes('{id}') ? ids[list] ?? [] : ['']).map((id) => rest(pattern.replace('{list}', list).replace('{id}', id))));
    return (pattern.includes('{id}') ? all : ['']).map((id) => rest(pattern.replace('{id}', id)));
  };
  const paths = routes.filter(([, pattern]) => !/^\/(account|network|sign)/.test(pattern)).flatMap(([, pattern, forms]) => forms.trim().split(' ').flatMap((form) =>
    filled(pattern).map((path) => path + (pattern.startsWith('/api') ? '' : FORMS[form]))));
  const asked = ['/workspace/demands?buyer.like=Zyxwvut', '/demands?q=Zyxwvut', '/api/v1/demands?buyer.like=Zyxwvut', '/workspace/jump?q=Zyxwvut', `/api/v1/changes?list=demands&limit=1000`,
    '/workspace/demands?sort=buyer', '/api/v1/drawings?limit=1000', '/workspace/drawings?title.like=CONTROL'];
  return [...new Set([...paths, ...asked])];
}

test('nobody but the buyer and the office reads who an unnamed buyer is, or its drawings, at any address', async (t) => {
  const site = await cast(t);
  const paths = await addresses(site);
  assert.ok(paths.length > 200, `${paths.length} addresses`);
  const unasked = (path, text) => [...SECRETS, site.hash].filter((one) => path.includes(one)).reduce((rest, one) => rest.replaceAll(one, ''), text);   // what was asked may be said again
  for (const [role, person] of Object.entries(site.people).filter(([one]) => one !== 'officer')) {
    for (const path of paths) {
      const headers = path.startsWith('/api') && person.bearer ? { authorization: `Bearer ${person.bearer}` } : {};
      const { status, text } = await person.ask(path, { headers });
      assert.ok(status < 500, `${role} ${path}: ${status}`);
      for (const secret of [...SECRETS, site.hash]) assert.ok(!unasked(path, text).includes(secret), `${role} reads ${secret} at ${path}`);
    }
  }
  const { text } = await api(site.people.officer)('GET', `demands/${site.of}`);
  for (const secret of ['Zyxwvut', 'CONTROL BOARD', site.hash]) assert.ok(text.includes(secret), `the office does not read ${secret}`);
});

test('the API gives and takes of demands what is each role’s', async (t) => {
  const { people, of, waiting, hash, db } = await cast(t);
  const buyer = api(people.buyer), supplier = api(people.enterprise), leader = api(people.leader);
  const seen = await buyer('GET', `demands/${of}`);
  assert.equal(seen.status, 200);
  for (const field of ['buyer', 'country', 'contact', 'email', 'account', 'unnamed', 'value', 'drawings', 'reason']) assert.ok(!(field in seen.body), field);
  assert.match(seen.body.shown_buyer, /^(Một bên mua từ Hàn Quốc|A buyer \(Republic of Korea\))$/);
  assert.equal((await leader('GET', `demands/${of}`)).body.buyer, undefined);
  const fresh = { title: 'Test part', words: 'test', quotes_by: '2026-12-20', reach: 'invited', unnamed: true, buyer: 'Own GmbH', country: '2025/DE', email: 'own@own.example' };
  const made = await buyer('POST', 'demands', fresh);
  assert.equal(made.status, 201, made.text);
  const own = made.body.id;
  assert.equal((await buyer('GET', `demands/${own}`)).body.buyer, 'Own GmbH');
  for (const other of [supplier, api(people.provider)]) assert.ok([403, 404].includes((await other('GET', `demands/${own}`)).status));
  assert.equal((await leader('GET', `demands/${own}`)).body.shown_buyer.includes('Own'), false);
  for (const [method, path, body] of [['PATCH', `demands/${of}`, { title: 'Mine now' }], ['DELETE', `demands/${of}`], ['POST', `demands/${of}/steps/close`, {}],
    ['PATCH', `invitations/${waiting}`, { drawings_until: '2027-12-31' }], ['POST', `invitations/${waiting}/steps/admit`, {}], ['POST', 'introductions', { buyer: 'x' }]]) {
    const answer = await buyer(method, path, body);
    assert.ok([403, 404, 405].includes(answer.status), `${method} ${path}: ${answer.status} ${answer.text}`);
  }
  for (const step of ['admit', 'refuse', 'accept', 'choose']) {
    const answer = await supplier('POST', `invitations/${waiting}/steps/${step}`, { note: 'x' });
    assert.ok([403, 404, 409, 422].includes(answer.status), `${step}: ${answer.status}`);
  }
  const stolen = await buyer('PATCH', `demands/${own}`, { drawings: [{ title: 'Mine', file: `${hash} control.pdf` }] });
  assert.ok([400, 403, 422].includes(stolen.status), `a hash is no key to another’s file: ${stolen.status} ${stolen.text}`);
  assert.equal((await sql(db, `select count(*) from drawing where file like '${hash}%' and demand = ${Number(own.split('-')[1])}`)).trim(), '0');
});

test('another’s drawing is not there, whoever asks and however', async (t) => {
  const { people, of, waiting, drawing, hash, db } = await cast(t);
  const before = (await sql(db, 'select count(*) from drawing_opened')).trim();
  const address = `/linkage/invitations/${waiting}/drawings/${drawing}`;
  for (const role of ['buyer', 'enterprise', 'leader', 'provider', 'officer']) {
    const person = people[role];
    const { status, text } = await person.post(address, {});
    assert.ok([403, 404, 422].includes(status), `${role} opens it: ${status}`);
    assert.ok(!text.startsWith('%PDF'));
    if (role === 'officer') continue;
    for (const path of [`/workspace/demands/${of}/files/${hash}`, `/workspace/invitations/${waiting}/files/${hash}`, `/api/v1/demands/${of}/files/${hash}`, `/files/${hash}`])
      assert.ok([403, 404].includes((await person.get(path, person.bearer && path.startsWith('/api') ? { authorization: `Bearer ${person.bearer}` } : {})).status), `${role} ${path}`);
  }
  assert.equal((await sql(db, 'select count(*) from drawing_opened')).trim(), before);
});
