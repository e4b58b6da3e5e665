// What the public sees of what is filed about an enterprise: reports, verification on site, freshness, and the way to claim a profile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, records, serve, sql } from '../node/matxich.mjs';
import { client, inputValue, someone } from '../node/people.mjs';
import { eventually, page } from '../node/web.mjs';

const profile = '/enterprises/DN-000001-3';
const picture = new Blob([Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')]);

async function portal(t) {
  const db = await demoDatabase(t);
  return { db, base: await serve(t, db) };
}

/** Sends a report as the form on the page does; file: [bytes, name]. */
async function report(base, fields, file) {
  const visitor = client(base);
  const form = new FormData();
  form.set('form_token', inputValue((await visitor.get(`${profile}/report`)).text, 'form_token'));
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  if (file) form.set('evidence.file', ...file);
  return visitor.ask(`${profile}/report`, { method: 'POST', headers: { origin: new URL(base).origin }, body: form });
}

/** The number of the paper that came last; the demonstration has some of its own. */
const newest = async (db, list) => (await records(db, list)).map(({ id }) => id).sort().at(-1);
const reports = async (db) => (await records(db, 'report')).length;

const closed = { kind: 'closed', text: 'Cổng khoá từ tháng 9' };

/** Takes a step of the workspace. */
async function take(person, record, step, note = '') {
  const answer = await person.post(`/workspace/${record}/steps/${step}`, { note });
  assert.equal(answer.status, 303, answer.text);
}

test('a report is followed by its address, and the profile says what is being checked', async (t) => {
  const { db, base } = await portal(t);
  const { status, location } = await report(base, closed, [picture, 'cổng.png']);
  assert.equal(status, 303);
  assert.match(location, /^\/reports\/[\w-]{43}$/);
  assert.match(await page(base, location), /Cổng khoá từ tháng 9/);
  const warning = /class="badge badge-warn">Reported as closed, being checked/;
  assert.doesNotMatch(await page(base, `/en${profile}`), warning);

  const officer = await someone(t, db, base, 'officer'), paper = `reports/${await newest(db, 'report')}`;
  await take(officer, paper, 'check');
  await eventually(async () => warning.test(await page(base, `/en${profile}`)));
  await take(officer, paper, 'dismiss', 'Xưởng vẫn làm việc');
  await eventually(async () => !warning.test(await page(base, `/en${profile}`)));
  assert.match(await page(base, location), /Xưởng vẫn làm việc/);
  assert.match((await officer.get(`/workspace/${paper}`)).text, /cổng\.png/);
});

test('a report that lacks something comes back with what was typed', async (t) => {
  const { base } = await portal(t);
  const { status, text } = await report(base, { kind: 'moved', text: '', email: 'không phải địa chỉ' });
  assert.equal(status, 422);
  assert.match(text, /<option value="moved" selected>/);
  assert.match(text, /href="#email"/);
});

test('a program does not come in as evidence, nor a stored file by its name', async (t) => {
  const { db, base } = await portal(t), before = await reports(db);
  assert.equal((await report(base, closed, [new Blob(['MZ\x90\0']), 'anh.png'])).status, 422);
  assert.equal(await reports(db), before);
  assert.equal((await report(base, { ...closed, evidence: `${'a'.repeat(64)} của-người-khác.pdf` })).status, 303);
  assert.equal(await sql(db, 'SELECT count(*) FROM report WHERE evidence IS NOT NULL'), '0\n');
});

test('without the token of the form nothing is reported', async (t) => {
  const { db, base } = await portal(t), before = await reports(db);
  const answer = await fetch(new URL(`${profile}/report`, base), { method: 'POST', headers: { origin: new URL(base).origin }, body: new URLSearchParams(closed) });
  assert.equal(answer.status, 403);
  assert.equal(await reports(db), before);
});

test('an address that no report has, and an enterprise that is not there, are told as missing', async (t) => {
  const { base } = await portal(t);
  assert.equal((await client(base).get(`/reports/${'x'.repeat(43)}`)).status, 404);
  assert.equal((await client(base).get('/enterprises/DN-999999-9/report')).status, 404);
});

test('whoever claims a profile signs in and finds its number filled in', async (t) => {
  const { db, base } = await portal(t);
  const [, link] = (await page(base, profile)).match(/href="(\/workspace\/claims\/new[^"]+)"/);
  const sent = await client(base).get(link);
  assert.equal(sent.status, 303);
  assert.match(sent.location, /^\/sign-in/);
  const claimant = await someone(t, db, base, 'enterprise');
  assert.equal(inputValue((await claimant.get(link)).text, 'enterprise'), 'DN-000001-3');
});

test('what the ward has verified stands on the profile and in the directory', async (t) => {
  const { db, base } = await portal(t);
  const ward = (await sql(db, 'SELECT ward FROM enterprise WHERE id = 1')).trim();
  const officer = await someone(t, db, base, 'ward', ['--ward', ward.split('/')[1]]);
  const [{ id }] = await records(db, 'verification', 'enterprise=DN-000001-3');     // the demonstration's
  const asked = `verifications/${id}`, visit = { version: '0', visited_on: '20/11/2026', at_address: '1', produces: '1' };
  assert.equal((await officer.post(`/workspace/${asked}/edit`, visit)).status, 303);
  await take(officer, asked, 'confirm');
  const taxCode = (await sql(db, 'SELECT tax_code FROM enterprise WHERE id = 1')).trim();
  for (const path of [`/en${profile}`, `/en/enterprises?q=${taxCode}`])
    await eventually(async () => /Verified on site 20 Nov 2026/.test(await page(base, path)));
});

test('a profile not confirmed for a year is marked, also in the directory', async (t) => {
  const db = await demoDatabase(t);
  await sql(db, "UPDATE enterprise SET confirmations = '2025-11-22 phone=2026-11-01'");
  const base = await serve(t, db);
  assert.match(await page(base, '/en/enterprises'), /badge-warn">Not confirmed recently/);
  const html = await page(base, `/en${profile}`);
  assert.match(html, /badge-warn">Not confirmed recently/);
  assert.match(html, /<dt>Telephone<\/dt><dd>1 Nov 2026<\/dd>/);
});
