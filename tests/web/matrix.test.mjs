// Every route is tried by a visitor and by an account of each role: who gets in where stands in tests/golden/matrix.txt (BLESS=1 makes it
// anew).  What is sent is empty but for the form's token, so that it changes nothing and the answer is about the right (or 422); what
// DOES_AT_ONCE without being told more comes last, on a record for each role.  The 429s of POST /sign-in: after five wrong passwords
// an address, here the empty one, is shut for everybody.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { golden } from '../node/golden.mjs';
import { demoDatabase, fixedClock, output, records, serve, sql } from '../node/matxich.mjs';
import { apiToken, client, inputValue, someone } from '../node/people.mjs';
import { attributes, eventually, page } from '../node/web.mjs';

const ROLES = ['visitor', 'enterprise', 'buyer', 'officer', 'finance', 'ward', 'agency', 'association', 'provider', 'reviewer', 'leader', 'admin'];
const PROFILE = 'DN-000001-3';
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const DOES_AT_ONCE = ['POST /workspace/{list}/{id}/confirm', 'POST /workspace/{list}/{id}/delete', 'DELETE /api/v1/{list}/{id}', 'POST /sign-out'];

const routes = async () => (await output(['routes'], { env: fixedClock })).trim().split('\n').map((line) => {
  const [, method, pattern, forms, marks] = line.match(/^(\S+) +(\S+) +([^|]*)\|[^|]*\|?(.*)$/);
  return { method, pattern, name: `${method} ${pattern}`, form: forms.split(' ')[0], api: / api\b/.test(marks), files: / files\b/.test(marks) };
});

/** Somebody of each role; who works for somebody works for the first enterprise, its ward, an association. */
async function everyRole(t, db, base) {
  const { ward_code: ward } = (await records(db)).find(({ id }) => id === PROFILE);
  const [{ version, code }] = await records(db, 'code', 'list=association');
  const options = { enterprise: ['--organisation', PROFILE], ward: ['--ward', ward], association: ['--association', `${version}/${code}`] };
  const people = { visitor: client(base) };
  for (const role of ROLES.slice(1)) people[role] = await someone(t, db, base, role, options[role]);
  for (const person of ROLES.slice(1).map((role) => people[role])) {
    person.bearer = await apiToken(person);
    [person.tokenNumber] = (await person.get('/account/tokens')).text.match(/(?<=\/account\/tokens\/)\d+/);
  }
  return people;
}

/** Sends a form with a file; the place it leads to. */
async function sendFile(person, base, path, fields, [input, name, bytes]) {
  const body = new FormData();
  for (const [field, value] of Object.entries({ form_token: inputValue((await person.get(path)).text, 'form_token'), ...fields })) body.append(field, value);
  body.append(input, new Blob([bytes]), name);
  const answer = await person.ask(path, { method: 'POST', headers: { origin: new URL(base).origin }, body });
  assert.equal(answer.status, 303, answer.text);
  return answer.location;
}

/** Something real for every name in a pattern: a report with a file, a proposal, an imported sheet and its job. */
async function examples(db, base, people) {
  const reported = await sendFile(client(base), base, `/enterprises/${PROFILE}/report`, { kind: 'closed', text: 'Cổng khoá' }, ['evidence.file', 'cong.png', PNG]);
  const { id: about } = (await records(db, 'report')).at(-1);
  const files = (await people.officer.get(`/workspace/reports/${about}`)).text;
  const proposed = await people.enterprise.ask(`/api/v1/enterprises/${PROFILE}`, { method: 'PATCH', body: '{"phone":"024 3825 0009"}',
    headers: { authorization: `Bearer ${people.enterprise.bearer}`, 'content-type': 'application/json' } });
  const sheet = await sendFile(people.officer, base, '/workspace/import', { list: 'enterprises' },
    ['file', 'mot.csv', 'Tên doanh nghiệp,Mã số thuế\nCông ty TNHH Thử,0100233488\n']);
  const job = (await people.officer.post(sheet, { sheet: 1 })).location;
  await eventually(async () => JSON.parse((await people.officer.get(`${job}.json`)).text).ended);
  const [{ id: event }] = await records(db, 'event'), [{ id: hit }] = await records(db, 'event_site', 'state=possible');
  await eventually(async () => !(await people.officer.get('/network/first')).headers.get('refresh'));      // the network is read
  const [zone] = attributes(await page(base, '/zones'), 'a', 'href').filter((url) => /^\/zones\/[^./]+$/.test(url));
  return {
    about, event, hit, report: reported.split('/').at(-1), zone: zone.split('/').at(-1), proposal: JSON.parse(proposed.text).proposal, job: job.split('/').at(-1),
    sheet: sheet.split('/').at(-1), evidence: files.match(/\/files\/([0-9a-f]{64})/)[1],
  };
}

/** The address of a route for somebody. */
function address({ name, pattern, form, api }, it, { own, token }) {
  const record = /DELETE|\/delete/.test(name) && DOES_AT_ONCE.includes(name) ? own[DOES_AT_ONCE.indexOf(name) % 2] : PROFILE;
  const special = {
    '/reports/{code}': `/reports/${it.report}`, '/zones/{code}': `/zones/${it.zone}`, '/workspace/proposals/{id}': `/workspace/proposals/${it.proposal}`,
    '/workspace/{list}/{id}/files/{hash}': `/workspace/reports/${it.about}/files/${it.evidence}`,
    '/workspace/{list}/{id}/steps/{step}': `/workspace/reports/${it.about}/steps/dismiss`,
    '/network/events/{id}': `/network/events/${it.event}`, '/network/events/{id}/{act}': `/network/events/${it.event}/nothing`,
    '/network/events/{id}/sites/{site}/contact': `/network/events/${it.event}/sites/${it.hit}/contact`,
    '/network/events/{id}/sites/{site}/{act}': `/network/events/${it.event}/sites/${it.hit}/restore`,
    '/api/v1/{list}/{id}/steps': `/api/v1/reports/${it.about}/steps`, '/api/v1/{list}/{id}/steps/{step}': `/api/v1/reports/${it.about}/steps/dismiss`,
  };
  const values = { list: 'enterprises', id: pattern.startsWith('/workspace/jobs') ? it.job : record, hash: it.sheet, ticket: 'none', token, type: 'conflict' };
  const path = special[pattern] ?? pattern.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  return path + (form === 'page' || api ? '' : `.${form}`);
}

/** An answer's status and, where it sends somebody on, a mark of where: ">" to sign in. */
async function tried(route, base, person, path) {
  const headers = { 'x-forwarded-for': person.address };
  let body;
  if (route.api && person.bearer) headers.authorization = `Bearer ${person.bearer}`;
  if (route.api && route.method !== 'GET') {
    headers['content-type'] = 'application/json';
    body = '{}';
  } else if (route.method === 'POST') {
    headers.origin = new URL(base).origin;
    body = route.files ? new FormData() : new URLSearchParams();
    body.set('form_token', person.formToken);
  }
  const { status, location } = await person.ask(path, { method: route.method, headers, body: route.method === 'DELETE' ? undefined : body });
  return `${status}${/^\/sign-in\?next=/.test(location ?? '') ? '>' : ''}`;
}

const logged = async (db) => Number(await sql(db, "SELECT count(*) FROM change"));

test('every route answers each role as the matrix says', async (t) => {
  const db = await demoDatabase(t);
  const base = await serve(t, db, ['--proxy', '127.0.0.1']);
  const people = await everyRole(t, db, base);
  const it = await examples(db, base, people);
  const others = (await records(db)).filter(({ id, visibility }) => id !== PROFILE && visibility !== 'hidden').map(({ id }) => id);
  const table = await routes();
  for (const [i, role] of ROLES.entries()) Object.assign(people[role], { address: `192.0.2.${i + 1}`, formToken: await people[role].token() });
  const found = new Map(table.map(({ name }) => [name, []]));
  const before = await logged(db);
  const inOrder = [...table.filter(({ name }) => !DOES_AT_ONCE.includes(name)), ...table.filter(({ name }) => DOES_AT_ONCE.includes(name))];
  let grown;
  for (const route of inOrder) {
    if (DOES_AT_ONCE.includes(route.name)) grown ??= await logged(db);
    for (const [i, role] of ROLES.entries()) {
      const person = people[role];
      found.get(route.name).push(await tried(route, base, person, address(route, it, { own: others.slice(2 * i), token: person.tokenNumber ?? '1' })));
    }
  }
  assert.equal(grown, before, 'what was empty has changed something');
  const heads = ROLES.map((role) => role.slice(0, 3).padEnd(5)).join('');
  const lines = table.map(({ name }) => `${name.padEnd(47)}${found.get(name).map((one) => one.padEnd(5)).join('')}`.trimEnd());
  golden('matrix.txt', [`${'(> to sign in)'.padEnd(47)}${heads}`.trimEnd(), ...lines, ''].join('\n'));
});

test('an API token opens no page, nor a session a change through the API', async (t) => {
  const db = await demoDatabase(t);
  const base = await serve(t, db);
  const officer = await someone(t, db, base, 'officer');
  const bearer = await apiToken(officer);
  const asToken = await client(base).get('/workspace', { authorization: `Bearer ${bearer}` });
  assert.equal(asToken.status, 303);
  const asSession = await officer.ask(`/api/v1/enterprises/${PROFILE}`, { method: 'PATCH', body: '{}', headers: { 'content-type': 'application/json' } });
  assert.equal(asSession.status, 401);
});
