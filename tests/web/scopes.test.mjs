// Another's records, tried by their numbers in every place a number can stand: nothing of them is read or changed, and what is answered
// is word for word what is answered for a number that nobody has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, output, records, serve, sql } from '../node/matxich.mjs';
import { unzip } from '../node/workbook.mjs';
import { apiToken, client, inputValue, someone } from '../node/people.mjs';

const OWN = 'DN-000001-3';
const NOBODY = '900777-2';                                   // with its check digit, as of any list
const SECRET = 'Bí-mật-7391';                                // stands in every field of the other that is not for all

/** The register with an enterprise that is shown to staff alone, what was filed by its people, and somebody of each role who is none of them. */
async function office(t) {
  const db = await demoDatabase(t);
  const shown = (await records(db)).filter(({ visibility }) => visibility !== 'hidden');
  const { ward_code: ward } = shown.find(({ id }) => id === OWN);
  const other = shown.find((one) => one.id !== OWN && one.ward_code !== ward && one.products.length);
  await sql(db, `UPDATE product SET name_vi = '${SECRET}' WHERE enterprise = (SELECT id FROM enterprise WHERE tax_code = '${other.tax_code}')`);
  await sql(db, `UPDATE enterprise SET visibility = 'hidden', representative = '${SECRET}', note = '${SECRET}', name_vi = 'Công ty ${SECRET}' WHERE tax_code = '${other.tax_code}'`);
  const base = await serve(t, db);
  const [{ version, code }] = await records(db, 'code', 'list=association');
  const theirs = await someone(t, db, base, 'enterprise', ['--organisation', other.id]);
  const people = {
    visitor: client(base), enterprise: await someone(t, db, base, 'enterprise', ['--organisation', OWN]), buyer: await someone(t, db, base, 'buyer'),
    ward: await someone(t, db, base, 'ward', ['--ward', ward]), association: await someone(t, db, base, 'association', ['--association', `${version}/${code}`]),
    provider: await someone(t, db, base, 'provider'),
  };
  for (const [role, person] of Object.entries(people)) if (role !== 'visitor') person.bearer = await apiToken(person);
  theirs.bearer = await apiToken(theirs);
  return { db, base, other, theirs, people };
}

/** What the other's people have filed, and a report on it: the number in each list. */
async function filed({ db, base, other, theirs }) {
  const call = async (method, path, body) => {
    const { status, text } = await api(theirs, method, path, body);
    assert.ok(status < 300, `${method} ${path}: ${text}`);
    return JSON.parse(text);
  };
  const { proposal } = await call('PATCH', `enterprises/${other.id}`, { address: `Số 1 ${SECRET}` });
  const { id: claim } = await call('POST', 'claims', { enterprise: OWN, position: 'Giám đốc', note: SECRET });
  const { id: verification } = await call('POST', 'verifications', { enterprise: other.id, reason: SECRET });
  const visitor = client(base);
  const form = new FormData();
  for (const [name, value] of Object.entries({ form_token: await visitor.token(), kind: 'closed', text: SECRET })) form.set(name, value);
  await sql(db, `UPDATE enterprise SET visibility = NULL WHERE tax_code = '${other.tax_code}'`);
  const reported = await visitor.ask(`/enterprises/${other.id}/report`, { method: 'POST', headers: { origin: new URL(base).origin }, body: form });
  assert.equal(reported.status, 303, reported.text);
  await sql(db, `UPDATE enterprise SET visibility = 'hidden' WHERE tax_code = '${other.tax_code}'`);
  const { id: account } = (await records(db, 'account')).find(({ email }) => email === theirs.email);
  return { accounts: account, enterprises: other.id, proposals: proposal, claims: claim, verifications: verification, reports: (await records(db, 'report')).at(-1).id };
}

const prefixes = { enterprises: 'DN', proposals: 'DX', claims: 'NH', verifications: 'XM', reports: 'PA', accounts: 'TK' };
const nobody = (list) => `${prefixes[list]}-${NOBODY}`;

const api = (person, method, path, body, headers = {}) => person.ask(`/api/v1/${path}`, { method, body: body && JSON.stringify(body),
  headers: { ...(person.bearer && { authorization: `Bearer ${person.bearer}` }), ...(body && { 'content-type': 'application/json' }), ...headers } });

/** An answer without what differs between any two: what was asked for (short numbers are never repeated in an answer), tokens of forms. */
function same({ status, location, text }, said) {
  const spellings = (said.length < 4 ? ['N'] : [said, encodeURIComponent(said), said.toLowerCase()]).map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const asked = new RegExp(`(?<!\\w)(${spellings.join('|')})(?!\\w)`, 'g');
  return { status, location: location && decodeURIComponent(location).replace(asked, 'N'), text: text.replace(asked, 'N').replace(/value="[\w-]{43,}"/g, '') };
}

/** ask(number) of the other's and of nobody's must be one answer, with nothing of the other's in it; else what was found. */
async function told(what, theirs, none, ask) {
  const [one, two] = [same(await ask(theirs), theirs), same(await ask(none), none)];
  if (one.text.includes(SECRET)) return [`${what}: shows it`];
  if (one.status !== two.status || one.location !== two.location) return [`${what}: ${one.status} ${one.location}, not ${two.status} ${two.location}`];
  const lines = two.text.split('\n');
  const odd = one.text.split('\n').findIndex((line, i) => line !== lines[i]);
  return odd < 0 ? [] : [`${what}: ${one.status} ${one.text.split('\n')[odd]} || ${lines[odd]}`];
}

const logged = (db) => sql(db, 'SELECT count(*) FROM change');

/** [method, address, fields] of everything that is done with a record. */
const doings = (id, list) => [
  ['GET', `/workspace/${list}/${id}`], ['GET', `/workspace/${list}/${id}/edit`], ['GET', `/workspace/${list}/${id}/history`], ['GET', `/workspace/${list}/${id}?on=2026-11-22`],
  ['GET', `/workspace/${list}/${id}/history/revert?field=name_vi&seq=1`], ['GET', `/workspace/${list}/${id}/delete`], ['GET', `/workspace/${list}/${id}/merge`],
  ['GET', `/workspace/${list}/${id}/steps/withdraw`], ['GET', `/workspace/${list}/${id}/files/${'0'.repeat(64)}`], ['GET', `/workspace/rights/${list}/${id}`],
  ['GET', `/workspace/jump?q=${id}`], ['POST', `/workspace/${list}/${id}/edit`, { name_vi: 'Của tôi' }], ['POST', `/workspace/${list}/${id}/delete`, {}],
  ['POST', `/workspace/${list}/${id}/confirm`, {}], ['POST', `/workspace/${list}/${id}/merge`, { with: OWN }], ['POST', `/workspace/${list}/${id}/steps/withdraw`, { note: 'x' }],
  ['POST', `/workspace/${list}/${id}/history/revert`, { field: 'name_vi', seq: 1 }], ['POST', '/workspace/drafts', { '.list': list, '.record': id, name_vi: 'x' }],
  ['POST', '/workspace/drafts/drop', { '.list': list, '.record': id }],
];
const publicDoings = (id, list) => [
  ['GET', `/${list}/${id}`], ['GET', `/${list}/${id}.json`], ['GET', `/${list}/${id}/history`], ['GET', `/${list}/${id}/history.json`], ['GET', `/${list}/${id}/report`],
  ['POST', `/${list}/${id}/report`, { kind: 'closed', text: 'x' }], ['GET', `/data/${list}/${id}`], ['GET', `/data/${list}/${id}.json`], ['GET', `/data/${list}/${id}/history.json`],
];
const calls = (id, list) => [
  ['GET', `${list}/${id}`], ['GET', `${list}/${id}/history`], ['GET', `${list}/${id}/steps`], ['PATCH', `${list}/${id}`, { name_vi: 'Của tôi' }], ['DELETE', `${list}/${id}`],
  ['PATCH', `${list}/${id}`, { name_vi: 'x' }, { 'if-match': '"1"' }], ['POST', `${list}/${id}/steps/withdraw`, { note: 'x' }],
  ['POST', 'batch', { operations: [{ method: 'PATCH', path: `${list}/${id}`, body: { name_vi: 'x' } }] }],
  ['POST', 'batch', { operations: [{ method: 'POST', path: `${list}/${id}/steps/withdraw`, body: {} }] }],
];

test('in the path: whatever is done with the record of another is answered as if there were none', async (t) => {
  const it = await office(t);
  const theirs = await filed(it);
  const before = await logged(it.db);
  const found = [];
  for (const [role, person] of Object.entries(it.people)) {
    const formToken = await person.token();
    const page = ([method, path, fields]) => fields ? person.post(path, { form_token: formToken, ...fields }) : person.ask(path, { method });
    for (const [list, id] of Object.entries(theirs)) {
      const all = [doings, ...(list === 'enterprises' ? [publicDoings] : [])].flatMap((make) => make('N', list));
      for (const doing of all) {
        const of = (number) => JSON.parse(JSON.stringify(doing).replaceAll('"N"', `"${number}"`).replace(/\bN\b/g, number));
        found.push(...await told(`${role}: ${doing[0]} ${doing[1]}`, id, nobody(list), (number) => page(of(number))));
      }
      for (const call of calls('N', list)) {
        const of = (number) => JSON.parse(JSON.stringify(call).replace(/\bN\b/g, number));
        found.push(...await told(`${role}: API ${call[0]} ${call[1]}`, id, nobody(list), (number) => api(person, ...of(number))));
      }
    }
  }
  assert.deepEqual(found, []);
  assert.equal(await logged(it.db), before);
});

test('in the query: neither a filter, an order, a column nor a search tells what is hidden', async (t) => {
  const it = await office(t);
  const found = [];
  const lists = ['/enterprises.json?', '/data/enterprises.json?', '/api/v1/enterprises?', '/workspace/enterprises.json?', '/workspace/enterprises.csv?'];
  const asked = (name) => [`${name}=x`, `${name}.not=x`, `${name}.like=x`, `${name}.empty=1`, `g1.${name}=x`, `sort=${name}`, `sort=-${name}`, `columns=${name},name_vi`];
  for (const [role, person] of Object.entries(it.people)) {
    const get = (path) => (path.startsWith('/api/') ? api(person, 'GET', path.slice('/api/v1/'.length)) : person.get(path));
    const hidden = { ward: [], enterprise: ['note', 'visibility'] }[role] ?? ['note', 'visibility', 'representative', 'contact_email'];
    for (const list of lists.filter((one) => role !== 'visitor' || !one.startsWith('/workspace')))
      for (const [k, question] of asked('N').entries())
        for (const field of hidden) found.push(...await told(`${role}: ${list}${question}`, field, `no_such_${field}`, (name) => get(list + asked(name)[k])));
    for (const q of [SECRET, it.other.tax_code, `Công ty ${SECRET}`]) {
      const { text } = await get(`/enterprises.json?q=${encodeURIComponent(q)}`);
      if (text.includes(it.other.id)) found.push(`${role}: search ${q}`);
      if (role !== 'visitor') found.push(...await told(`${role}: jump ${q}`, q, 'xyzzy-qwerty', (words) => get(`/workspace/jump?q=${encodeURIComponent(words)}`)));
    }
  }
  assert.deepEqual(found, []);
});

test('in exports, lists and the changes of all: what is not of a reader is in none of them', async (t) => {
  const it = await office(t);
  await filed(it);
  const contents = async (person, path) => {
    const cookie = [...person.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = path.startsWith('/api/') ? { authorization: `Bearer ${person.bearer}` } : { cookie };
    const answer = await fetch(new URL(path, it.base), { headers: person.bearer ? headers : {}, redirect: 'manual' });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return path.includes('.xlsx') && answer.status === 200 ? Object.values(unzip(bytes)).join('\n') : bytes.toString();
  };
  const forms = ['csv', 'xlsx', 'json', 'ndjson'];
  const forAll = [...['enterprises', 'data/enterprises'].flatMap((list) => forms.map((form) => `/${list}.${form}`)), '/data/products.csv', '/sitemap.xml'];
  const paths = [
    ...forms.map((form) => `/workspace/enterprises.${form}`), '/workspace', '/workspace/tasks', '/workspace/notices', '/workspace/jobs',
    ...['proposals', 'claims', 'verifications', 'reports', 'accounts', 'steps-taken'].flatMap((list) => [`/workspace/${list}.csv`, `/workspace/${list}`, `/api/v1/${list}`, `/data/${list}.csv`]),
    ...['products', 'enterprises', 'figures'].map((list) => `/api/v1/${list}?limit=1000`),
  ];
  const reading = { visitor: forAll, enterprise: [...forAll, ...paths], ward: paths, association: paths };
  const found = [];
  for (const [role, addresses] of Object.entries(reading)) {
    const person = it.people[role];
    for (const path of addresses) {
      const text = await contents(person, path);
      if (text.includes(SECRET) || text.includes(it.other.id) || text.includes(it.other.tax_code)) found.push(`${role}: ${path}`);
    }
    for (let after = '0'; after !== null;) {
      const text = await contents(person, `/api/v1/changes?after=${after}&limit=1000`);
      if (text.includes(SECRET) || text.includes(it.other.id)) found.push(`${role}: changes after ${after}`);
      after = JSON.parse(text).next;
    }
  }
  assert.deepEqual(found, []);
});

const one = async (db, statement) => (await sql(db, statement)).trim();

test('in the body: what names another is refused as if there were none, and what is another\'s stays as it is', async (t) => {
  const it = await office(t);
  const { db, other, theirs } = it;
  const number = await one(db, `SELECT id FROM enterprise WHERE tax_code = '${other.tax_code}'`);
  const product = await one(db, `SELECT min(id) FROM product WHERE enterprise = ${number}`);
  const entry = await one(db, `SELECT max(seq) FROM change WHERE entity = 'enterprise' AND record = ${number}`);
  const kept = await theirs.post('/workspace/proposals/views', { name: SECRET, query: '' });
  assert.equal(kept.status, 303, kept.text);
  const [view, token, session] = [await one(db, 'SELECT max(id) FROM saved_view'), await one(db, 'SELECT max(id) FROM token'),
    await one(db, `SELECT id FROM session WHERE account = (SELECT id FROM account WHERE email = '${theirs.email}')`)];
  const everything = () => sql(db, `SELECT * FROM product WHERE enterprise = ${number}; SELECT count(*) FROM token WHERE id = ${token}; SELECT count(*) FROM session WHERE id = ${session};
    SELECT * FROM enterprise WHERE id = ${number}; SELECT * FROM saved_view WHERE id = ${view}; SELECT count(*) FROM change`);
  const before = await everything();
  const found = [];
  for (const [role, person] of Object.entries(it.people).filter(([name]) => name !== 'visitor')) {
    const formToken = await person.token();
    const send = (path, fields) => person.post(path, { form_token: formToken, ...fields });
    const tried = async (what, ...rest) => found.push(...await told(`${role}: ${what}`, ...rest));
    await tried('verification of another', other.id, nobody('enterprises'), (id) => api(person, 'POST', 'verifications', { enterprise: id }));
    await tried('verification of another, by form', other.id, nobody('enterprises'), (id) => send('/workspace/verifications/new', { version: 0, enterprise: id }));
    await tried('claim of what is hidden', other.id, nobody('enterprises'), (id) => api(person, 'POST', 'claims', { position: 'x', enterprise: id }));
    await tried('claim by form', other.id, nobody('enterprises'), (id) => send('/workspace/claims/new', { version: 0, position: 'x', enterprise: id }));
    await tried('entry of the log', entry, '99999999', (seq) => send('/workspace/undo', { change: seq }));
    await tried('batch', '1', '99999999', (batch) => send('/workspace/undo', { batch }));
    await tried('view', view, '99999999', (id) => send('/workspace/proposals/views/drop', { id }));
    await tried('token', token, '99999999', (id) => send('/account/tokens/end', { token: id }));
    assert.equal((await person.get(`/account/tokens/${token}`)).status, 404);
    await tried('session', session, '99999999', (id) => send('/account/sessions/end', { session: id }));
  }
  assert.deepEqual(found, []);
  assert.equal(await everything(), before);

  const products = () => sql(db, `SELECT * FROM product WHERE enterprise = ${number}`);
  const [were, mine] = [await products(), it.people.enterprise];
  const body = { product_details: [{ id: Number(product), name_vi: 'Của tôi' }] };
  const once = await api(theirs, 'PATCH', `enterprises/${other.id}`, body, { 'idempotency-key': 'k-1' });
  assert.equal(once.status, 202, once.text);
  const proposed = await api(mine, 'PATCH', `enterprises/${OWN}`, body, { 'idempotency-key': 'k-1' });
  assert.equal(proposed.status, 202, proposed.text);
  assert.equal(proposed.headers.get('idempotency-replayed'), null);
  const officer = await someone(t, db, it.base, 'officer');
  const page = await officer.get(`/workspace/proposals/${JSON.parse(proposed.text).proposal}`);
  const fields = [...page.text.matchAll(/name="(decide\.[^"]+)" value="yes"/g)].map(([, name]) => [name, 'yes']);
  const decided = await officer.post(`/workspace/proposals/${JSON.parse(proposed.text).proposal}`, [...fields, ['version', inputValue(page.text, 'version')]]);
  assert.equal(decided.status, 303, decided.text);
  assert.equal(await products(), were);
});
