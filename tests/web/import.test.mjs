// A spreadsheet comes in through the browser: looked at, tried, imported, found again, taken back; and files that should not come in at all.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { onBothDatabases, output, records, serve, sql, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { accounts, inputValue, signedIn } from '../node/people.mjs';
import { unzip, zip } from '../node/workbook.mjs';

const officer = 'officer@test.vn';

async function desk(t, db, options) {
  await output(['init', '--db', db]);
  await accounts(t, db, [{ email: officer }, { email: 'other@test.vn' }, { email: 'buyer@test.vn', roles: 'buyer' }]);
  const base = await serve(t, db, options);
  return { base, person: await signedIn(db, base, officer) };
}

const list = `Danh sách doanh nghiệp,,,
STT,Tên doanh nghiệp,Mã số thuế,Số người
1,Công ty TNHH Cơ khí Alpha,0100233488,12
2,Công ty Cổ phần Khuôn mẫu Beta,0100109106,34
3,Công ty TNHH Nhựa Gamma,0100233489,56
`;

/** Sends a form with a file, as the page does. */
async function send(person, base, path, fields, file) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ form_token: await person.token(), ...fields })) body.append(name, value);
  if (file) body.append(file.input ?? 'file', new Blob([file.bytes]), file.name);
  return person.ask(path, { method: 'POST', headers: { origin: new URL(base).origin }, body });
}

/** The page of a job once it has ended. */
async function ended(person, path) {
  for (;;) {
    const { ended: over } = JSON.parse((await person.get(`${path}.json`)).text);
    if (over) return (await person.get(path)).text;
  }
}

/** The row of the table of columns with that heading. */
const column = (html, heading) => html.match(/<tr>.*?<\/tr>/gs).find((row) => row.includes(heading));
const count = (html, label) => Number(html.match(new RegExp(`<dt>${label}</dt><dd><span[^>]*>([\\d.]+)<`))[1]);

async function tried(person, base, fields = {}) {
  const sent = await send(person, base, '/en/workspace/import', { list: 'enterprises' }, { name: 'danh-sach.csv', bytes: list });
  assert.equal(sent.status, 303, sent.text);
  const looked = await person.get(sent.location);
  assert.equal(looked.status, 200, looked.text);
  const ordered = await person.post(sent.location, { sheet: 1, ...fields });
  assert.equal(ordered.status, 303, ordered.text);
  return { page: await ended(person, ordered.location), job: ordered.location, looked: looked.text, at: sent.location };
}

onBothDatabases('a spreadsheet is looked at, tried, imported and taken back', async (t, db) => {
  const { base, person } = await desk(t, db);
  const { page, looked, job } = await tried(person, base);
  assert.match(looked, /headings stand in row 2/);
  assert.match(looked, /<option value="tax_code" selected>/);
  assert.deepEqual([count(page, 'New'), count(page, 'Rejected')], [2, 1], page);
  assert.equal((await records(db)).length, 0, 'a trial changes nothing');

  const rejected = await person.ask(`${job}/rejected`);
  assert.match(rejected.headers.get('content-disposition'), /danh-sach\.csv\.rejected\.xlsx/);

  const now = await person.post('/en/workspace/import/now', { job: job.split('/').at(-1) });
  const done = await ended(person, now.location);
  assert.deepEqual((await records(db)).map((r) => r.tax_code).sort(), ['0100109106', '0100233488']);

  const these = done.match(/href="([^"]+in_batch=\d+)"/)[1];
  const listed = (await person.get(these)).text;
  assert.match(listed, /Alpha/);
  assert.match(listed, /Beta/);
  const back = await person.post('/workspace/undo', { batch: inputValue(done, 'batch') });
  assert.equal(back.status, 303, back.text);
  assert.equal((await records(db)).length, 0);
  const after = (await person.get(now.location)).text;
  assert.match(after, /This import has been taken back/);
  assert.doesNotMatch(after, /name="batch"/);
});

test('what cannot be imported is refused in a sentence, and nothing of it is kept', async (t) => {
  const { base, person } = await desk(t, sqliteDatabase(t));
  const bomb = zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': Buffer.alloc(64 << 20) });
  const files = {
    'empty.xlsx': ['', /The file is empty/],
    'setup.xlsx': [Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), /The file is a program/],
    'bomb.xlsx': [bomb, /unpacks to far more/],
    'photo.xlsx': [Buffer.from('GIF89a\x01\0'), /of a kind that is not taken/],
    'large.csv': [Buffer.alloc(33 << 20, 'a'), /larger than 32 MB/],
  };
  for (const [name, [bytes, sentence]] of Object.entries(files)) {
    const { status, text } = await send(person, base, '/en/workspace/import', { list: 'enterprises' }, { name, bytes });
    assert.ok(status === 422 || status === 413, `${name}: ${status}`);
    assert.match(text, sentence, name);
  }
  const nothing = await send(person, base, '/en/workspace/import', { list: 'enterprises' });
  assert.equal(nothing.status, 422);
  assert.match(nothing.text, /No file was chosen/);
  const nowhere = await send(person, base, '/en/workspace/import', { list: 'planets' }, { name: 'a.csv', bytes: list });
  assert.equal(nowhere.status, 404);
});

/** A raw POST of a form with files, whose body may be anything. */
async function rawPost(person, base, path, body, length = body.length) {
  const cookie = [...person.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  return new Promise((done) => {
    const sent = request(new URL(path, base), { method: 'POST', headers: {
      cookie, origin: new URL(base).origin, 'content-type': 'multipart/form-data; boundary=xX', 'content-length': length } }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => { text += chunk; });
      answer.on('end', () => done({ status: answer.statusCode, text }));
    });
    sent.on('error', (error) => done({ status: 0, text: error.message }));
    sent.write(body, () => (length === body.length ? sent.end() : sent.destroy()));
  });
}

test('a form that is cut off or larger than it may be is refused, and the server goes on', async (t) => {
  const { base, person } = await desk(t, sqliteDatabase(t));
  const part = (name, more = '') => `--xX\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const whole = `${part('form_token')}${await person.token()}\r\n${part('list')}enterprises\r\n${part('file', '; filename="a.csv"')}${list}\r\n--xX--\r\n`;
  const path = '/en/workspace/import';
  assert.equal((await rawPost(person, base, path, Buffer.from(whole))).status, 303);
  const short = await rawPost(person, base, path, Buffer.from(whole.slice(0, -12)));
  assert.equal(short.status, 400);
  assert.match(short.text, /cut off/);
  assert.equal((await rawPost(person, base, path, Buffer.from(whole), whole.length + 1000)).status, 0);
  assert.ok([413, 0].includes((await rawPost(person, base, path, Buffer.alloc(64 << 10, 'a'), 41 << 20)).status));
  assert.equal((await person.get(path)).status, 200);
});

test('files and background work are seen by nobody but who sent them', async (t) => {
  const db = sqliteDatabase(t);
  const { base, person } = await desk(t, db);
  const { job, at } = await tried(person, base);
  const other = await signedIn(db, base, 'other@test.vn');
  for (const path of [at, job, `${job}.json`, `${job}/rejected`]) assert.equal((await other.get(path)).status, 404, path);
  assert.equal((await other.post(`${job}/cancel`, {})).status, 404);
  assert.equal((await other.post('/en/workspace/import/now', { job: job.split('/').at(-1) })).status, 404);
  const buyer = await signedIn(db, base, 'buyer@test.vn');
  for (const path of ['/en/workspace/import', at]) assert.equal((await buyer.get(path)).status, 403, path);
});

test('what a person says about a column is remembered for the next file with these headings', async (t) => {
  const { base, person } = await desk(t, sqliteDatabase(t));
  const first = await tried(person, base, { 'column.D': '-', 'column.B': 'name_vi' });
  assert.match(first.looked, /name="column.D"/);
  const again = (await person.get(first.at)).text;
  assert.match(column(again, 'Số người'), /<option value="-" selected>/);
});

test('a template has its drop-downs and rules, and imports as it is', async (t) => {
  const { base, person } = await desk(t, sqliteDatabase(t));
  const { href } = new URL('/en/workspace/import/enterprises/template.xlsx', base);
  const answer = await fetch(href, { headers: { cookie: [...person.jar].map(([name, value]) => `${name}=${value}`).join('; ') } });
  assert.equal(answer.status, 200);
  const files = unzip(Buffer.from(await answer.arrayBuffer()));
  const [sheet, workbook] = ['xl/worksheets/sheet1.xml', 'xl/workbook.xml'].map((name) => files.get(name).toString());
  for (const type of ['list', 'whole', 'decimal', 'textLength']) assert.ok(sheet.includes(`<dataValidation type="${type}"`), type);
  assert.match(workbook, /<sheet name="_lists"[^>]* state="hidden"/);
  const sent = await send(person, base, '/en/workspace/import', { list: 'enterprises' }, { name: 'mau.xlsx', bytes: zip(Object.fromEntries(files)) });
  const looked = (await person.get(sent.location)).text;
  assert.doesNotMatch(looked, /not understood/);
  assert.match(looked, /<option value="tax_code" selected>/);
});

test('what ran when the program stopped is done after the next start', async (t) => {
  const db = sqliteDatabase(t), options = ['--files', temporaryDirectory(t)];
  const { base, person } = await desk(t, db, options);
  const { job } = await tried(person, base);
  await sql(db, 'UPDATE job SET state = 1, ended = NULL, result = NULL');     // as a kill -9 in the middle of it leaves it
  const next = await signedIn(db, await serve(t, db, options), officer);
  assert.equal(count(await ended(next, job), 'New'), 2);
});
