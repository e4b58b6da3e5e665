// Every kind of field, given what it cannot be: the wrong thing, far too much of it, control characters, NUL, text that runs from right to
// left, letters that look like others; by form, API and spreadsheet.  It is refused in a sentence at its place and nothing is written, or what is
// kept is clean; the log says which.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { matxich, onBothDatabases, output, records, serve, sql, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { accounts, apiToken, inputValue, signedIn } from '../node/people.mjs';
import { inOrder, workbook } from './files.mjs';

/** kind as the data dictionary calls it: [field, the wrong thing, a look-alike of the right thing, heading in a sheet]; a field of a child is LIST.FIELD. */
const KINDS = {
  Text: ['short_name', null, 'СНTР', 'Tên viết tắt'],                                    // Cyrillic letters
  'Long text': ['note', null, 'Сông tу', 'Ghi chú'],
  'Tax code': ['tax_code', '0101248142', '０１０１２４８１４Ⅰ', 'Mã số thuế'],
  'Telephone number': ['phone', 'gọi anh Ba', 'О24 3823 4567', 'Điện thoại'],
  'E-mail address': ['email', 'a at b', 'hoa@соngty.vn', 'Email'],
  'Web address': ['website', 'javascript:alert(1)', 'https://аpple.com@', 'Website'],
  'Place on the map': ['place', 'ở đây', '21,О285; 105,8542', 'Toạ độ'],
  Year: ['founded', 'năm ngoái', '2О15', 'Năm thành lập'],
  'Amount in đồng': ['charter_capital', 'nhiều', '1О tỷ', 'Vốn điều lệ'],
  'Code of a list': ['ward', 'Hogwarts', 'Bа Đình', 'Phường/xã'],
  'Codes of a list': ['industries', 'bán phép', 'Сơ khí', 'Ngành phục vụ'],
  'One of several choices': ['visibility', 'invisible', 'рublic'],
  Number: ['figures.export_share', 'một nửa', '5О', 'Tỷ lệ xuất khẩu 2025'],
  'Whole number': ['figures.employees', '1,5', '1О', 'Số lao động 2025'],
  Date: ['certificates.expires_on', '31/02/2025', 'О1/02/2025'],
  File: ['certificates.evidence', `${'a'.repeat(64)} của-người-khác.pdf`, 'х.pdf'],
  'Records below it': ['sites', 5, null],
};
/** Of other lists: [list, body, pointer]. */
const ELSEWHERE = {
  'Another record': ['verifications', { enterprise: 'DN-999999-9' }, '/enterprise'],
  'Yes or no': ['verifications', { at_address: 'có lẽ' }, '/at_address'],
  'Any of several choices': ['accounts', { email: 'a@example.vn', roles: ['god'] }, '/roles'],
  'State of a workflow': ['claims', { state: 'accepted' }, ''],
  Account: ['claims', { account: 1 }, ''],
};
const HOSTILE = { huge: 'x'.repeat(100_000), control: '\u0001a\u0007\u001bb\u0085', 'right to left': '\u202ecba\u2066\u200f', NUL: 'a\0b' };
const unclean = /[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const ENOUGH = 1000;                                     // bytes of a sentence, whatever was sent

const lastChange = async (db) => (await sql(db, 'SELECT coalesce(max(seq), 0) FROM change')).trim();
const tried = (wrong, alike) => Object.entries({ wrong, 'look-alike': alike, ...HOSTILE }).filter(([, value]) => value !== null);

/** What was written is clean. */
async function keptClean(db, before, what) {
  const written = await sql(db, `SELECT delta FROM change WHERE seq > ${before}`);
  assert.doesNotMatch(written.replaceAll('\n', ''), unclean, what);
  assert.doesNotMatch(written, /\\u00[01]|\\u202e|x{5000}/, what);
}

async function desk(t, db) {
  const log = join(temporaryDirectory(t), 'log');
  await output(['init', '--db', db]);
  await accounts(t, db, [{ email: 'officer@example.vn', roles: 'officer,admin' }]);
  const base = await serve(t, db, ['--log', log]);
  const person = await signedIn(db, base, 'officer@example.vn');
  return { base, person, refusedInLog: (path, status) => readFileSync(log, 'utf8').split('\n').filter((line) => line.includes(path) && line.includes(` status=${status} `)).length };
}

/** A record around the value, as the API takes it, and where it then says something is wrong. */
function asBody(field, value, n) {
  const body = { name_vi: `Công ty ${n}` }, [list, child] = field.split('.');
  if (list === 'figures') return [{ ...body, figures: { 2025: { [child]: value } } }, `/figures/2025/${child}`];
  if (child) return [{ ...body, [list]: [{ standard: 'ISO 9001', [child]: value }] }, `/${list}/0/${child}`];
  return [{ ...body, [field]: value }, `/${field}`];
}

onBothDatabases('by API: each kind is refused at its place, or kept clean', async (t, db) => {
  const { base, person, refusedInLog } = await desk(t, db);
  const token = await apiToken(person);
  const post = async (list, body) => {
    const response = await fetch(`${base}/api/v1/${list}`, { method: 'POST', body: JSON.stringify(body),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'accept-language': 'en' } });
    return { status: response.status, body: await response.json() };
  };
  let n = 0, refusals = 0;
  async function refusedAt(list, body, pointer, statuses, what) {
    const before = await lastChange(db), answer = await post(list, body);
    assert.ok(statuses.includes(answer.status), `${what}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
    if (answer.status < 300) return keptClean(db, before, what);
    refusals += answer.status === 422;
    assert.equal(await lastChange(db), before, what);
    assert.ok(answer.body.detail.length < ENOUGH, what);
    for (const one of answer.body.errors ?? []) {
      assert.equal(one.pointer, pointer, what);
      assert.ok(one.detail.length > 5 && one.detail.length < ENOUGH, `${what}: a sentence of ${one.detail.length}`);
    }
  }
  for (const [kind, [field, wrong, alike]] of Object.entries(KINDS))
    for (const [how, value] of tried(wrong, alike)) {
      const [body, pointer] = asBody(field, value, ++n);
      await refusedAt('enterprises', body, pointer, how === 'wrong' || how === 'NUL' || how === 'huge' ? [422] : [201, 422], `${kind}, ${how}`);
    }
  for (const [kind, [list, body, pointer]] of Object.entries(ELSEWHERE)) await refusedAt(list, body, pointer, [403, 422], kind);
  assert.equal(refusedInLog('/api/v1/', 422), refusals);
  await inOrder(db);
});

test('the kinds tried are all there are', async (t) => {
  const { person } = await desk(t, sqliteDatabase(t));
  const page = (await person.get('/en/data/dictionary')).text;
  const there = new Set([...page.matchAll(/<td data-label="Kind">([^<]+)/g)].map(([, kind]) => kind.trim()));
  assert.ok(there.size > 15, [...there].join());
  assert.deepEqual([...there].filter((kind) => !(kind in KINDS) && !(kind in ELSEWHERE)), []);
});

test('by form: each kind is refused beside its input, what was typed still stands there, or it is kept clean', async (t) => {
  const db = sqliteDatabase(t), { person, refusedInLog } = await desk(t, db);
  const path = '/en/workspace/enterprises/new', form_token = inputValue((await person.get(path)).text, 'form_token');
  let n = 0, refusals = 0;
  for (const [kind, [field, wrong, alike]] of Object.entries(KINDS)) {
    if (field === 'sites') continue;                     // a list is many inputs
    const [list, child] = field.split('.'), name = child ? `${list}.0.${child}` : field;
    for (const [how, value] of tried(wrong, alike)) {
      const before = await lastChange(db), what = `${kind}, ${how}`;
      const around = list === 'figures' ? { 'figures.0.id': '', 'figures.0.year': 2025 } : child ? { 'certificates.0.id': '', 'certificates.0.standard': 'ISO 9001' } : {};
      const { status, text } = await person.post(path, { form_token, version: 0, name_vi: `Công ty ${++n}`, ...around, [name]: value });
      assert.ok((how === 'NUL' ? [400] : how === 'wrong' || how === 'huge' ? [422] : [303, 422]).includes(status), `${what}: ${status}`);
      if (status === 303) {
        await keptClean(db, before, what);
        continue;
      }
      refusals += status === 422;
      assert.equal(await lastChange(db), before, what);
      if (status === 400) continue;
      const said = text.match(new RegExp(`id="${name.replaceAll('.', '\\.')}-wrong"[^>]*>([^<]+)`))?.[1];
      assert.ok(said?.length > 5 && said.length < ENOUGH, `${what}: ${said?.slice(0, 200)}`);
      assert.equal(inputValue(text, 'name_vi'), `Công ty ${n}`, what);
      assert.doesNotMatch(text, unclean, what);
    }
  }
  assert.equal(refusedInLog(path, 422), refusals);
  await inOrder(db);
});

onBothDatabases('by spreadsheet: what cannot be read is told with its row and column, and what is kept is clean', async (t, db) => {
  const columns = Object.entries(KINDS).filter(([, [, , , heading]]) => heading), path = join(temporaryDirectory(t), 'x.xlsx');
  const headings = ['STT', 'Tên doanh nghiệp', ...columns.map(([, [, , , heading]]) => heading)];
  await output(['init', '--db', db]);
  for (const how of ['wrong', 'look-alike', 'huge', 'control', 'right to left']) {                    // NUL: texts.test.mjs
    const rows = columns.map(([kind, [, wrong, alike, heading]]) => ({ kind, heading, value: Object.fromEntries(tried(wrong, alike))[how] })).filter(({ value }) => value);
    const name = (i) => `Công ty ${how} ${i}`;
    writeFileSync(path, workbook([headings, ...rows.map(({ heading, value }, i) =>
      headings.map((one) => (one === 'Tên doanh nghiệp' ? name(i) : one === heading ? escapes(value) : '')))]));
    const { stdout, stderr } = await matxich(['import', 'enterprise', path, '--db', db, '--lang', 'en', '--json']);
    assert.equal(stderr, '');
    const { problems } = JSON.parse(stdout), names = (await records(db)).map(({ name_vi }) => name_vi);
    for (const [i, { kind, heading }] of rows.entries()) {
      const here = problems.filter(({ row }) => row === i + 2), what = `${kind}, ${how}: ${JSON.stringify(here).slice(0, 500)}`;
      assert.ok(here.every((one) => one.heading === heading && one.message.length < ENOUGH), what);
      assert.ok(here.length === 1 || (here.length === 0 && how !== 'wrong' && how !== 'huge'), what);
      assert.equal(names.includes(name(i)), !here.some(({ rejected }) => rejected), what);
    }
  }
  await keptClean(db, 0, 'all');
  await inOrder(db);
});

/** Control characters as Excel writes them. */
function escapes(value) {
  return String(value).replace(/[\0-\x1f]/g, (c) => `_x00${c.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}_`);
}
