// Files of records: sent with the form, kept through changes, seen by whoever may see the field and by nobody else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { output, records, serve, sql, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { accounts, inputValue, signedIn } from '../node/people.mjs';
import { zip } from '../node/workbook.mjs';

const pdf = (text) => Buffer.from(`%PDF-1.7\n${text}\n`);

async function desk(t) {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  await accounts(t, db, [{ email: 'officer@test.vn' }, { email: 'buyer@test.vn', roles: 'buyer' }]);
  const log = join(temporaryDirectory(t), 'log'), base = await serve(t, db, ['--log', log]);
  const person = await signedIn(db, base, 'officer@test.vn');
  const made = await person.post('/en/workspace/enterprises/new', { version: 0, name_vi: 'Công ty TNHH Mẫu', tax_code: '0126018157' });
  assert.equal(made.status, 303, made.text);
  const [{ id }] = await records(db);
  return { db, base, person, log: () => readFileSync(log, 'utf8'), page: `/en/workspace/enterprises/${id}` };
}

/** Saves the certificate with what is given for its copy. */
async function save({ base, person, page }, fields, file) {
  const shown = (await person.get(`${page}/edit`)).text;
  const body = new FormData();
  const given = { form_token: inputValue(shown, 'form_token'), version: inputValue(shown, 'version'), 'certificates.0.id': inputValue(shown, 'certificates.0.id'),
    'certificates.0.standard': 'ISO 9001', 'certificates.0.evidence': inputValue(shown, 'certificates.0.evidence'), ...fields };
  for (const [name, value] of Object.entries(given)) body.append(name, value);
  if (file) body.append('certificates.0.evidence.file', new Blob([file.bytes]), file.name);
  return person.ask(`${page}/edit`, { method: 'POST', headers: { origin: new URL(base).origin }, body });
}

const files = (html) => [...html.matchAll(/href="([^"]+\/files\/[0-9a-f]{64})">([^<]+)<.*?<td data-label="State">([^<]+)</gs)]
  .map(([, url, name, state]) => ({ url, name, state }));

test('a file is kept with the record through its changes, and those of before are still there', async (t) => {
  const it = await desk(t);
  const first = await save(it, {}, { name: 'chứng nhận.pdf', bytes: pdf('one') });
  assert.equal(first.status, 303, first.text);
  const [stored] = files((await it.person.get(it.page)).text);
  assert.deepEqual([stored.name, stored.state], ['chứng nhận.pdf', 'in use']);
  const got = await it.person.get(stored.url);
  assert.equal(got.status, 200);
  assert.equal(got.text, pdf('one').toString());
  assert.equal(got.headers.get('content-type'), 'application/pdf');
  assert.equal(got.headers.get('x-content-type-options'), 'nosniff');
  assert.match(got.headers.get('content-disposition'), /^attachment; .*filename\*=UTF-8''ch%E1%BB%A9ng/);

  await save(it, {});
  assert.equal(files((await it.person.get(it.page)).text).length, 1, 'nothing new was chosen');
  await save(it, {}, { name: 'mới.pdf', bytes: pdf('two') });
  const both = files((await it.person.get(it.page)).text);
  assert.deepEqual(both.map(({ name, state }) => [name, state]), [['mới.pdf', 'in use'], ['chứng nhận.pdf', 'of before']]);
  assert.equal((await it.person.get(both[1].url)).text, pdf('one').toString());
  await save(it, { 'certificates.0.evidence.remove': '1' });
  assert.ok(files((await it.person.get(it.page)).text).every(({ state }) => state === 'of before'));
});

test('a file that is none of the kinds is refused beside its field', async (t) => {
  const types = { '[Content_Types].xml': '<Types/>' }, bomb = zip({ ...types, 'word/document.xml': Buffer.alloc(64 << 20) });
  const it = await desk(t);
  const refused = [
    ['scan.pdf', Buffer.from('MZ\x90\0\x03', 'latin1'), /The file is a program/],
    ['photo.jpg', Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), /The file is a program/],
    ['scan.pdf', Buffer.from('#!/bin/sh\nrm -rf /\n'), /The file is a program/],
    ['scan.pdf', '', /The file is empty/],
    ['bomb.docx', bomb, /unpacks to far more/],
    ['scan.pdf', 'Họ tên;Tuổi', /“scan\.pdf” is named as a \.pdf file, but what is in it is: Plain text/],
    ['photo.jpg', pdf('x'), /“photo\.jpg” is named as a \.jpg file, but what is in it is: PDF document/],
    ['half.docx', zip({ ...types, 'word/document.xml': '<w/>' }).subarray(0, 60), /damaged/],
  ];
  for (const [name, bytes, sentence] of refused) {
    const { status, text } = await save(it, {}, { name, bytes });
    assert.equal(status, 422, name);
    assert.match(text, sentence, name);
  }
  assert.equal(files((await it.person.get(it.page)).text).length, 0);
  const typed = await save(it, { 'certificates.0.number': 'VN-77/2026' }, { name: 'bang.xlsx', bytes: 'a;b' });
  assert.equal(inputValue(typed.text, 'certificates.0.number'), 'VN-77/2026', 'what was typed is still there');
  const said = await save({ ...it, page: it.page.replace('/en/', '/') }, {}, { name: 'bang.xlsx', bytes: 'a;b' });
  assert.match(said.text, /“bang\.xlsx”[^<]*\.xlsx[^<]*Văn bản/);
  assert.match(it.log(), /event=refused why="?file"? status=422/);
});

test('nobody gets at a file by its address or its hash who may not see the field', async (t) => {
  const it = await desk(t);
  await save(it, {}, { name: 'a.pdf', bytes: pdf('secret') });
  const [{ url }] = files((await it.person.get(it.page)).text);
  const buyer = await signedIn(it.db, it.base, 'buyer@test.vn');
  assert.equal((await buyer.get(url)).status, 404);
  assert.equal((await fetch(new URL(url, it.base), { redirect: 'manual' })).status, 303, 'a visitor is sent to sign in');
  const other = await it.person.post('/en/workspace/enterprises/new', { version: 0, name_vi: 'Công ty TNHH Khác', tax_code: '0121993514' });
  const page = other.location.replace(/\?.*/, '');
  assert.equal((await it.person.get(`${page}/files/${url.split('/').at(-1)}`)).status, 404, 'not of this record');
  await sql(it.db, 'UPDATE file SET account = 999');
  const claimed = await save({ ...it, page }, { 'certificates.0.evidence': `${url.split('/').at(-1)} a.pdf` });
  assert.equal(claimed.status, 422, 'who knows the hash has not the file');
  assert.match(claimed.text, /was not sent by you/);
});
