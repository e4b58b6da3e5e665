// Which fields of an enterprise each role reads: of its own record and of another's, through the API, on pages, in exports and in the
// history.  And that what is made for one who is signed in reaches nobody else: pages, their copies in memory, errors, notices.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, records, serve, sql } from '../node/matxich.mjs';
import { apiToken, client, someone } from '../node/people.mjs';

const OWN = 'DN-000001-3';
const PERSONAL = { representative: 'Dấu-Đại-Diện', contact_name: 'Dấu-Liên-Hệ', contact_role: 'Dấu-Chức-Vụ', contact_email: 'dau.thu@example.org' };
const OFFICE = { note: 'Dấu-Ghi-Chú' };
const KEYS = { public: [], own: [...Object.keys(PERSONAL), 'contact_phone', 'imports'], all: [...Object.keys(PERSONAL), 'contact_phone', 'imports', 'visibility', 'note'] };

/** How deep each role reads the first enterprise, whose owner and ward two of them are, and another of another ward. */
const DEPTHS = {
  visitor: ['public', 'public'], enterprise: ['own', 'public'], buyer: ['public', 'public'], officer: ['all', 'all'], finance: ['all', 'all'], ward: ['all', 'public'],
  agency: ['all', 'all'], association: ['public', 'public'], provider: ['public', 'public'], reviewer: ['public', 'public'], leader: ['all', 'all'], admin: ['all', 'all'],
};

async function office(t) {
  const db = await demoDatabase(t);
  const shown = (await records(db)).filter(({ visibility }) => visibility !== 'hidden');
  const { ward_code: ward } = shown.find(({ id }) => id === OWN);
  const { id: other } = shown.find((one) => one.id !== OWN && one.ward_code !== ward && Object.keys(one.figures).length);
  const [{ version, code }] = await records(db, 'code', 'list=association');
  const base = await serve(t, db);
  const options = { enterprise: ['--organisation', OWN], ward: ['--ward', ward], association: ['--association', `${version}/${code}`] };
  const people = { visitor: client(base) };
  for (const role of Object.keys(DEPTHS).slice(1)) {
    people[role] = await someone(t, db, base, role, options[role]);
    people[role].bearer = await apiToken(people[role]);
  }
  return { db, base, other, people };
}

const api = (person, method, path, body) => person.ask(`/api/v1/${path}`, { method, body: body && JSON.stringify(body),
  headers: { ...(person.bearer && { authorization: `Bearer ${person.bearer}` }), ...(body && { 'content-type': 'application/json' }) } });

/** The marks a text shows, of all there are. */
const marks = (text) => Object.entries({ ...PERSONAL, ...OFFICE }).filter(([, mark]) => text.includes(mark)).map(([field]) => field);

test('each role reads exactly the fields it may, of its own record and of another', async (t) => {
  const { other, people } = await office(t);
  for (const id of [OWN, other]) {
    const changed = await api(people.officer, 'PATCH', `enterprises/${id}`, { ...PERSONAL, ...OFFICE });
    assert.equal(changed.status, 200, changed.text);
  }
  const everything = Object.keys(JSON.parse((await api(people.visitor, 'GET', `enterprises/${OWN}`)).text));
  const found = [];
  for (const [role, depths] of Object.entries(DEPTHS)) {
    for (const [i, id] of [OWN, other].entries()) {
      const expected = KEYS[depths[i]];
      const person = people[role];
      const record = JSON.parse((await api(person, 'GET', `enterprises/${id}`)).text);
      const more = Object.keys(record).filter((key) => !everything.includes(key));
      if (String(more.sort()) !== String([...expected].sort())) found.push(`${role} ${id}: API: ${more}`);
      const figures = Object.values(record.figures).some((year) => 'revenue' in year);
      if (figures !== (depths[i] !== 'public')) found.push(`${role} ${id}: revenue`);
      const shown = expected.filter((field) => field in PERSONAL || field in OFFICE);
      const texts = { history: (await api(person, 'GET', `enterprises/${id}/history`)).text };
      if (role !== 'visitor') {
        texts.page = (await person.get(`/workspace/enterprises/${id}`)).text;
        texts['page of the history'] = (await person.get(`/workspace/enterprises/${id}/history`)).text;
      }
      for (const [where, text] of Object.entries(texts))
        if (String(marks(text).sort()) !== String([...shown].sort())) found.push(`${role} ${id}: ${where}: ${marks(text)}`);
      for (const path of [`/enterprises/${id}`, `/enterprises/${id}.json`, `/enterprises/${id}/history`, `/enterprises/${id}/history.json`, `/data/enterprises/${id}.json`])
        if (marks((await person.get(path)).text).length) found.push(`${role}: ${path}`);
    }
    if (role === 'visitor') continue;
    const inList = { own: Object.keys(PERSONAL), all: [...Object.keys(PERSONAL), ...Object.keys(OFFICE)], public: [] }[depths[0]];
    for (const form of ['csv', 'json', 'ndjson']) {
      const { text } = await people[role].get(`/workspace/enterprises.${form}?limit=2`);
      if (String(marks(text).sort()) !== String(inList.sort())) found.push(`${role}: list as ${form}: ${marks(text)}`);
    }
  }
  assert.deepEqual(found, []);
});

test('a page made for somebody who is signed in is given to nobody else, in no form and from no copy', async (t) => {
  const { people: { officer, visitor } } = await office(t);
  const name = officer.email.split('@')[0];
  for (const path of ['/', `/enterprises/${OWN}`, '/enterprises?q=khuon', '/data/enterprises', '/nothing/here']) {
    const theirs = await officer.get(path);
    assert.ok(theirs.text.includes(name), path);
    assert.match(theirs.headers.get('cache-control'), /no-store/, path);
    const knowing = (answer) => ({ 'if-none-match': answer.headers.get('etag') ?? '"none"' });
    for (const time of ['made', 'kept']) {
      const everybodys = await visitor.get(path, knowing(theirs));
      assert.notEqual(everybodys.status, 304, path);
      assert.ok(!everybodys.text.includes(name), `${path} ${time}`);
      assert.ok((await officer.get(path, knowing(everybodys))).text.includes(name), `${path} ${time}`);
    }
    const head = await visitor.ask(path, { method: 'HEAD' });
    assert.equal(head.headers.getSetCookie().length, 0, path);
  }
  for (const path of ['/workspace/enterprises.csv', '/workspace', '/account', '/api/v1/accounts']) {
    const theirs = await officer.get(path);
    assert.match(theirs.headers.get('cache-control'), /no-store/, path);
    assert.ok([303, 401, 404].includes((await visitor.get(path, { 'if-none-match': theirs.headers.get('etag') ?? '"1"' })).status), path);
    assert.ok([303, 401, 404].includes((await visitor.ask(path, { method: 'HEAD' })).status), path);
  }
});

test('what happens at one enterprise is told to its own people and to who works on it', async (t) => {
  const { db, base, other, people } = await office(t);
  const theirs = await someone(t, db, base, 'enterprise', ['--organisation', other]);
  const before = await sql(db, 'SELECT coalesce(max(id), 0) FROM notice');
  const asked = await api(people.officer, 'POST', 'verifications', { enterprise: other, reason: 'x' });
  assert.equal(asked.status, 201, asked.text);
  const { id } = JSON.parse(asked.text);
  const cancelled = await people.officer.post(`/workspace/verifications/${id}/steps/cancel`, { note: 'nhầm' });
  assert.equal(cancelled.status, 303, cancelled.text);
  const told = (await sql(db, `SELECT DISTINCT a.email FROM notice n JOIN account a ON a.id = n.account WHERE n.id > ${before.trim()}`)).trim().split('\n');
  assert.ok(told.includes(theirs.email), String(told));
  const others = Object.entries(people).filter(([role]) => !['visitor', 'officer', 'admin', 'leader'].includes(role)).map(([, one]) => one.email);
  assert.deepEqual(told.filter((email) => others.includes(email)), []);
});
