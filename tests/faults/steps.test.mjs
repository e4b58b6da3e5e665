// One step taken twice, and by several people in the same moment, on pages and through the API: it happens once, who comes second is told who was
// first, and one mail goes out.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onBothDatabases, output, records, serve, sql, temporaryDirectory } from '../node/matxich.mjs';
import { apiToken, client, someone } from '../node/people.mjs';
import { inOrder } from './files.mjs';

const OFFICERS = 6;

/** Officers at a register with one enterprise, which the public has reported on. */
async function office(t, db) {
  const log = join(temporaryDirectory(t), 'log');
  await output(['init', '--db', db]);
  const base = await serve(t, db, ['--log', log]);
  const officers = [];
  for (let i = 0; i < OFFICERS; i++) officers.push(await someone(t, db, base, 'officer'));
  const made = await officers[0].post('/workspace/enterprises/new', { version: 0, name_vi: 'Công ty Mẫu' });
  assert.equal(made.status, 303, made.text);
  const [{ id }] = await records(db), page = `/enterprises/${id}/report`;
  const report = async () => assert.equal((await client(base).post(page, { kind: 'wrong', text: 'Sai', email: 'bao@example.vn' }, { page })).status, 303);
  return { base, officers, report, log: () => readFileSync(log, 'utf8') };
}

const count = async (db, what) => Number(await sql(db, `SELECT count(*) FROM ${what}`));

onBothDatabases('a step that several take at once happens once, and the others are told who was first', async (t, db) => {
  const { base, officers, report, log } = await office(t, db);
  await report();
  const path = '/en/workspace/reports/PA-000001-3/steps/uphold', tokens = await Promise.all(officers.map((one) => one.token()));
  const answers = await Promise.all(officers.map((one, i) => one.post(path, { form_token: tokens[i], note: '' })));
  assert.equal(answers.filter(({ status }) => status === 303).length, 1, answers.map(({ status }) => status).join());
  const first = officers[answers.findIndex(({ status }) => status === 303)].email;
  for (const { status, text } of answers.filter((one) => one.status !== 303)) {
    assert.equal(status, 409, text);
    assert.ok(text.includes(`already done here by ${first}`), text);
  }
  assert.equal(await count(db, "step_taken WHERE step = 'uphold'"), 1);
  assert.equal(await count(db, "mail WHERE recipient = 'bao@example.vn'"), 2, 'one when it came, one with the outcome');
  assert.equal(log().split('\n').filter((line) => line.includes('/steps/uphold') && line.includes(' status=409 ')).length, OFFICERS - 1);

  await report();
  const calls = await Promise.all(officers.map(async (one) => {
    const token = await apiToken(one);
    return () => fetch(`${base}/api/v1/reports/PA-000002-1/steps/check`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'accept-language': 'en' } });
  }));
  const replies = await Promise.all(calls.map((call) => call()));
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, ...Array(OFFICERS - 1).fill(409)]);
  assert.equal(await count(db, "step_taken WHERE step = 'check'"), 1);
  await inOrder(db);
});

onBothDatabases('a step sent again by the same person changes nothing more', async (t, db) => {
  const { officers: [one], report } = await office(t, db);
  await report();
  const path = '/en/workspace/reports/PA-000001-3/steps/dismiss', form_token = await one.token();
  assert.equal((await one.post(path, { form_token, note: '' })).status, 422, 'it needs a word of why');
  assert.equal((await one.post(path, { form_token, note: 'Không đúng' })).status, 303);
  const before = await sql(db, 'SELECT max(seq) FROM change'), again = await one.post(path, { form_token, note: 'Không đúng' });
  assert.equal(again.status, 409);
  assert.match(again.text, /already done here by/);
  assert.equal((await one.post('/en/workspace/reports/PA-000001-3/steps/uphold', { form_token, note: '' })).status, 409, 'nor another after it');
  assert.equal((await one.post('/en/workspace/reports/PA-000001-3/steps/explode', { form_token, note: '' })).status, 404);
  assert.equal(await sql(db, 'SELECT max(seq) FROM change'), before);
  assert.equal(await count(db, 'mail'), 2);
});
