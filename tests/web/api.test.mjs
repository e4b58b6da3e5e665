// The API as a program uses it: every operation is called, and what is answered is what its description says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, output, records, serve, sql } from '../node/matxich.mjs';
import { mismatches, undescribed } from '../node/openapi.mjs';
import { apiToken, someone } from '../node/people.mjs';

/** A program at the API: call() gives { status, headers, body }. */
function program(base, token) {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(new URL(`/api/v1${path}`, base), {
      method, redirect: 'manual', body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: text ? JSON.parse(text) : null };
  };
}

async function api(t, role = 'officer', options, allowed) {
  const db = await demoDatabase(t);
  const base = await serve(t, db, ['--rate', '0']);
  const person = await someone(t, db, base, role, options);
  return { db, base, person, call: program(base, await apiToken(person, allowed)), visitor: program(base) };
}

const must = ({ status, text }, wanted) => assert.equal(status, wanted, text);

test('every operation of the OpenAPI document is called, and each answer is as it is described', async (t) => {
  const { call } = await api(t, 'officer,admin');
  const document = (await call('GET', '/openapi')).body;
  assert.deepEqual(undescribed(document), []);
  const called = new Set();
  /** Calls the operation with this id; its answer must be one the document has. */
  async function operation(id, path, body, headers) {
    const [pattern, method, said] = Object.entries(document.paths).flatMap(([p, methods]) =>
      Object.entries(methods).map(([m, o]) => [p, m, o])).find(([, , o]) => o.operationId === id);
    const there = new RegExp(`^${pattern.replace('/api/v1', '').replace(/\{\w+\}/g, '[^/]+')}$`);
    assert.match(path.split('?')[0], there);
    const answer = await call(method.toUpperCase(), path, body, headers);
    const described = said.responses[answer.status];
    assert.ok(described, `${id}: ${answer.status} is not described: ${answer.text}`);
    const schema = described.content?.[answer.headers.get('content-type')?.split(';')[0]]?.schema;
    assert.equal(Boolean(schema), answer.body !== null, `${id} ${answer.status}`);
    if (schema) assert.deepEqual(mismatches(document, schema, answer.body), [], `${id} ${answer.text.slice(0, 500)}`);
    called.add(id);
    return answer;
  }
  const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map((o) => o.operationId));
  const lists = Object.keys(document.paths).map((p) => p.match(/^\/api\/v1\/([a-z_-]+)$/)?.[1]).filter((l) => l && !['changes', 'batch'].includes(l));
  const nameOf = (list) => document.paths[`/api/v1/${list}`].get.operationId.replace('list_', '');
  for (const list of lists) {
    const name = nameOf(list);
    const { body: { items } } = await operation(`list_${name}`, `/${list}?limit=3`);
    const has = (op) => ids.includes(`${op}_${name}`);
    const path = `/${list}/${items[0]?.id ?? '1'}`;
    if (has('get')) await operation(`get_${name}`, path);
    if (has('history')) await operation(`history_${name}`, `${path}/history?limit=2`);
    if (has('steps')) await operation(`steps_${name}`, `${path}/steps`);
    if (has('step')) await operation(`step_${name}`, `${path}/steps/none`, { note: '' });
    if (has('create')) assert.ok([403, 422].includes((await operation(`create_${name}`, `/${list}`, { no_such_field: 1 })).status));
    if (has('change')) assert.ok([200, 403, 404, 422].includes((await operation(`change_${name}`, path, {})).status));
    if (has('delete')) assert.ok([204, 404].includes((await operation(`delete_${name}`, `/${list}/none`)).status));
  }
  await operation('list_changes', '/changes?limit=5');
  await operation('run_batch', '/batch', { operations: [{ method: 'PATCH', path: 'enterprises/DN-000001-3', body: { website: 'https://example.org' } }] });
  assert.deepEqual(ids.filter((id) => !called.has(id)), []);
});

test('a record is made, read, changed, kept from being overwritten, and deleted; its history tells it', async (t) => {
  const { call } = await api(t);
  const made = await call('POST', '/enterprises', { name_vi: 'Công ty TNHH Thử nghiệm API', ward_code: '2025/00004', figures: { 2025: { employees: 12 } } });
  must(made, 201);
  const path = made.headers.get('location').replace('/api/v1', '');
  assert.equal(made.body.figures['2025'].employees, 12);
  const read = await call('GET', path);
  assert.deepEqual(read.body, made.body);
  const etag = read.headers.get('etag');
  const changed = await call('PATCH', path, { phone: '024 3825 0001', figures: { 2025: null, 2026: { employees: 15 } } }, { 'if-match': etag });
  must(changed, 200);
  assert.deepEqual(Object.keys(changed.body.figures), ['2026']);
  must(await call('PATCH', path, { phone: '1' }, { 'if-match': etag }), 412);
  const { body: { items } } = await call('GET', `${path}/history`);
  assert.deepEqual(items.map(({ kind }) => kind), ['update', 'insert']);
  must(await call('DELETE', path), 204);
  must(await call('GET', path), 404);
});

test('an Idempotency-Key makes a request sent twice happen once, also when the first answer was lost', async (t) => {
  const { call, db } = await api(t);
  const body = { name_vi: 'Công ty Gửi Hai Lần' };
  const before = (await records(db)).length;
  const answers = await Promise.all([1, 2, 3].map(() => call('POST', '/enterprises', body, { 'idempotency-key': 'k-1' })));
  answers.forEach((answer) => must(answer, 201));
  assert.equal(new Set(answers.map(({ body: { id } }) => id)).size, 1);
  assert.equal(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true').length, 2);
  assert.equal((await records(db)).length, before + 1);
  must(await call('POST', '/enterprises', { name_vi: 'Khác' }, { 'idempotency-key': 'k-1' }), 422);
});

test('a batch happens wholly or not at all, and can be undone as one', async (t) => {
  const { call, db } = await api(t);
  const [one, two] = await records(db);
  const operations = [
    { method: 'PATCH', path: `enterprises/${one.id}`, body: { website: 'https://mot.example' } },
    { method: 'POST', path: 'enterprises', body: { name_vi: 'Công ty Trong Lô' } },
    { method: 'PATCH', path: `enterprises/${two.id}`, body: { website: 'not an address' } },
  ];
  const refused = await call('POST', '/batch', { operations });
  must(refused, 422);
  assert.notEqual((await call('GET', `/enterprises/${one.id}`)).body.website, 'https://mot.example');
  operations[2].body.website = 'https://hai.example';
  const done = await call('POST', '/batch', { operations });
  must(done, 200);
  assert.deepEqual(done.body.items.map(({ status }) => status), [200, 201, 200]);
  await output(['undo', String(done.body.batch), '--db', db]);
  assert.equal((await call('GET', `/enterprises/${two.id}`)).body.website ?? null, two.website ?? null);
});

test('changes since a number never miss one, page by page', async (t) => {
  const { call } = await api(t, 'officer,admin');
  const seen = [];
  let after = '0';
  for (;;) {
    const { body: { items, next } } = await call('GET', `/changes?after=${after}&limit=700`);
    seen.push(...items.map(({ seq }) => seq));
    if (next === null) break;
    after = next;
  }
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.length > 1200, String(seen.length));
  const { body: { items: [, { id: second }] } } = await call('GET', '/enterprises?limit=2');
  must(await call('PATCH', `/enterprises/${second}`, { website: 'https://moi.example' }), 200);
  const { body: { items } } = await call('GET', `/changes?after=${after}`);
  assert.deepEqual(items.map(({ list, id }) => `${list}/${id}`), [`enterprises/${second}`]);
});

test('a token does no more than its verbs and lists allow, ends, and is revoked', async (t) => {
  const { call, db, person } = await api(t, 'officer', [], { verbs: ['read'], lists: ['enterprises'] });
  must(await call('GET', '/enterprises'), 200);
  must(await call('GET', '/proposals'), 403);
  must(await call('PATCH', '/enterprises/DN-000001-3', { website: null }), 403);
  must(await call('POST', '/batch', { operations: [{ method: 'DELETE', path: 'enterprises/DN-000001-3' }] }), 403);
  await sql(db, `UPDATE token SET ends = '2020-01-01' WHERE account = (SELECT id FROM account WHERE email = '${person.email}')`);
  const over = await call('GET', '/enterprises');
  must(over, 401);
  assert.equal(over.headers.get('www-authenticate')?.startsWith('Bearer'), true);
});

test('a visitor reads what is public and changes nothing', async (t) => {
  const { visitor, db } = await api(t);
  const { body } = await visitor('GET', '/enterprises/DN-000001-3');
  assert.ok(!('representative' in body) && !('note' in body) && 'name_vi' in body);
  must(await visitor('GET', '/accounts'), 404);
  must(await visitor('POST', '/enterprises', { name_vi: 'A' }), 401);
  must(await visitor('GET', '/enterprises?representative=A'), 422);
  assert.equal((await sql(db, "SELECT count(*) FROM enterprise WHERE name_vi = 'A'")).trim(), '0');
});

test('an enterprise proposes where it may not change, and sees nobody else as its own', async (t) => {
  const { call, db } = await api(t, 'enterprise', ['--organisation', 'DN-000001-3']);
  const [, { id: other }] = await records(db);
  const { body: { items } } = await call('GET', '/enterprises');
  assert.deepEqual(items.map(({ id }) => id), ['DN-000001-3']);
  const proposed = await call('PATCH', '/enterprises/DN-000001-3', { phone: '024 1234 5678' });
  must(proposed, 202);
  assert.match(proposed.body.proposal, /^[A-Z]+-\d{6}-\d$/);
  must(await call('PATCH', `/enterprises/${other}`, { phone: '024 1234 5678' }), 403);
  must(await call('PATCH', '/enterprises/DN-000001-3', { note: 'x' }), 422);
  must(await call('DELETE', '/enterprises/DN-000001-3'), 403);
});

test('what is broken is refused with a sentence, a type and the place, and nothing is written', async (t) => {
  const { call, db } = await api(t);
  const before = await sql(db, 'SELECT max(seq) FROM change');
  const bad = [
    ['POST', '/enterprises', '{"name_vi": ', 422], ['POST', '/enterprises', '', 422], ['POST', '/enterprises', '[1]', 422],
    ['POST', '/enterprises', '{"name_vi": "A", "name_vi": "B"}', 422], ['POST', '/enterprises', { name_vi: 'A', founded: 'năm ngoái' }, 422],
    ['POST', '/enterprises', { name_vi: 'A', figures: { 2025: { employees: -1 } } }, 422], ['POST', '/enterprises', { name_vi: 'A'.repeat(2000) }, 422],
    ['POST', '/enterprises', { name_vi: 'a\u0000b', tax_code: '0101\u202e248141' }, 422], ['POST', '/enterprises', { tax_code: '0101248142' }, 422],
    ['PATCH', '/enterprises/DN-000001-4', {}, 404], ['PATCH', '/enterprises/DN-000001-3', { size_class_code: 'x', id: 'DN-000002-6', website: 'javascript:alert(1)' }, 422],
    ['POST', '/nothing', {}, 404], ['PUT', '/enterprises/DN-000001-3', {}, 405], ['GET', '/enterprises?limit=0', undefined, 422], ['GET', '/changes?after=x', undefined, 422],
    ['POST', '/batch', { operations: [] }, 422], ['POST', '/batch', { operations: [{ method: 'PATCH', path: '../accounts' }] }, 404],
  ];
  for (const [method, path, body, status] of bad) {
    const answer = await call(method, path, body);
    must(answer, status);
    assert.match(answer.headers.get('content-type'), /^application\/problem\+json/, `${method} ${path}`);
    assert.ok(answer.body.title && answer.body.detail && answer.body.status === status, answer.text);
  }
  const { body } = await call('POST', '/enterprises', { name_vi: 'A', sites: [{ name: 'B', ward: 'không có' }] });
  assert.deepEqual(body.errors.map(({ pointer }) => pointer), ['/sites/0/ward']);
  assert.equal(await sql(db, 'SELECT max(seq) FROM change'), before);
  assert.equal((await fetch(body.type)).status, 200);
});
