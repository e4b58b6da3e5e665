// The pages of money: every view adds up to the same, every number opens the list whose sum it is, forms that break a law come back as typed, and the
// offices' own sheet of an allocation comes back with what it changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, records, serve, sql } from '../node/matxich.mjs';
import { client, inputValue, someone } from '../node/people.mjs';
import { attributes, get } from '../node/web.mjs';
import { sheetRows, workbook } from '../node/workbook.mjs';

const json = async (who, path) => JSON.parse((await who.get(path)).text);
const NUMBERS = ['estimated', 'submitted', 'allocated', 'committed', 'disbursed', 'settled', 'free'];
const VIEWS = ['agency', 'source', 'content', 'kind', 'month', 'line', 'task'];
const NOTHING_LEFT = new Set(['month', 'task']);
const sumOf = (rows, key) => rows.reduce((sum, row) => sum + row[key], 0);

async function office(t) {
  const db = await demoDatabase(t), base = await serve(t, db);
  const [officer, finance] = await Promise.all(['officer', 'finance'].map((role) => someone(t, db, base, role)));
  return { db, base, officer, finance };
}

/** A task that the agency carries out itself, and a line of the same year, agency and content that nothing was allocated to by hand. */
async function own(it) {
  const [row] = (await sql(it.db, `SELECT task.id, line.id FROM task JOIN budget_line AS line ON line.year = task.year AND line.agency = task.agency
    AND line.content = task.content WHERE task.mode = 'own' AND task.year = 2026 AND task.state NOT IN ('settled', 'cancelled') ORDER BY line.id DESC LIMIT 1`)).trim().split('\n');
  const [taskId, lineId] = row.split('|').map(Number);
  const line = (await records(it.db, 'budget_line')).find(({ id }) => Number(id.match(/-(\d+)-/)[1]) === lineId);
  const task = (await records(it.db, 'task')).find(({ id }) => Number(id.match(/-(\d+)-/)[1]) === taskId);
  return { line: line.id, task: task.id };
}

let documents = 0;
async function post(who, line, act, fields) {
  const page = `/en/money/lines/${line}?do=${act}`;
  const seen = inputValue((await who.get(page)).text, 'seen');
  return who.post(`/en/money/lines/${line}/${act}`, { seen, document: `${++documents}/QĐ`, on_day: '20/11/2026', ...fields }, { page });
}

async function holds(who, line) {
  const page = (await who.get(`/en/money/lines/${line}`)).text;
  return Object.fromEntries([...page.matchAll(/<dt>([^<]*)<\/dt><dd><a [^>]*>([\d,−-]+)/g)].map(([, name, amount]) => [name, Number(amount.replaceAll(',', ''))]));
}

/* ---- views and what is behind them -------------------------------------------------------------------- */

test('all views of a year add up to the same, and each number opens the list whose sum it is', async (t) => {
  const it = await office(t), { line, task } = await own(it);
  const before = await holds(it.finance, line);
  assert.equal((await post(it.finance, line, 'allocate', { amount: '50.000.007' })).status, 303);
  assert.equal((await post(it.officer, line, 'commit', { amount: '30000001', task })).status, 303);
  assert.equal((await post(it.officer, line, 'disburse', { amount: '20000002', task })).status, 303);
  assert.equal((await post(it.officer, line, 'settle', { amount: '10000003', task })).status, 303);
  const after = await holds(it.officer, line);
  assert.deepEqual(['Allocated', 'Committed', 'Disbursed', 'Settled'].map((stage) => after[stage] - before[stage]), [50000007, 30000001, 20000002, 10000003]);
  assert.equal(after['Left to commit'], after.Allocated - after.Committed);

  const views = await Promise.all(VIEWS.map((view) => json(it.officer, `/money.json?year=2026&by=${view}`)));
  const sums = views.map(({ rows }) => NUMBERS.map((number) => sumOf(rows, number)));
  for (const [i, view] of VIEWS.entries()) {
    const has = NUMBERS.length - NOTHING_LEFT.has(view);        // nothing is allocated to a month or a task: nothing is left of it
    assert.equal('free' in views[i].rows[0], has === NUMBERS.length, view);
    assert.deepEqual(sums[i].slice(0, has), sums[0].slice(0, has), view);
    const page = (await it.officer.get(`/en/money?year=2026&by=${view}`)).text;
    assert.equal(page.includes('Left to commit, đồng'), has === NUMBERS.length, view);
    const told = [...page.matchAll(/data-value="([^"]+)"><a href="([^"]+)">([^<]+)</g)].map(([, , url, shown]) => ({ url: url.replaceAll('&amp;', '&'), amount: Number(shown.replaceAll(',', '')) }));
    const asked = told.filter(({ amount }, i) => amount !== 0 || i % 20 === 0).filter((_, i, all) => i % Math.ceil(all.length / 25) === 0);
    assert.ok(asked.length > 3, view);
    for (const { url, amount } of asked) {
      const { rows } = await json(it.officer, url.replace('/money/vouchers?', '/money/vouchers.json?'));
      assert.equal(sumOf(rows, 'amount'), amount, url);
    }
  }
});

test('narrowed to a source, what is shown by content adds up to the source; a switch of views keeps it', async (t) => {
  const it = await office(t);
  const [source] = (await json(it.officer, '/money.json?year=2026&by=source')).rows;
  const contents = (await json(it.officer, `/money.json?year=2026&by=content&source=${source.key}`)).rows;
  for (const number of NUMBERS) assert.equal(sumOf(contents, number), source[number], number);
  const page = (await it.officer.get(`/en/money?year=2026&by=content&source=${source.key}`)).text;
  const ways = attributes(page.match(/<nav[^>]*aria-label="Shown by".*?<\/nav>/s)[0], 'a', 'href');
  assert.equal(ways.length, VIEWS.length);
  for (const href of ways) assert.match(href, /source=/);
});

test('what the address asks for wrongly is said', async (t) => {
  const it = await office(t);
  assert.equal((await it.officer.get('/money?year=1999')).status, 422);
  assert.equal((await it.officer.get('/money?agency=NOBODY')).status, 404);
  assert.equal((await it.officer.get('/money/vouchers?stage=lost')).status, 404);
  assert.equal((await it.officer.get('/money/vouchers?month=March')).status, 422);
  assert.equal((await it.officer.get('/money/lines/DT-999999-9')).status, 404);
  assert.match((await it.officer.get('/en/money?year=2035')).text, /no money in this year yet/);
});

test('who plans reads; enterprises and visitors do not; each posts what is theirs', async (t) => {
  const it = await office(t), { line, task } = await own(it);
  const [leader, enterprise] = await Promise.all([someone(t, it.db, it.base, 'leader'), someone(t, it.db, it.base, 'enterprise', ['--organisation', 'DN-000001-3'])]);
  assert.equal((await leader.get('/money')).status, 200);
  assert.equal((await enterprise.get('/money')).status, 403);
  assert.equal((await client(it.base).get('/money')).status, 303);
  const form = { amount: '1000', document: 'x', on_day: '20/11/2026', seen: '0', task };
  assert.equal((await it.officer.post(`/money/lines/${line}/allocate`, form)).status, 403);
  assert.equal((await it.finance.post(`/money/lines/${line}/commit`, form)).status, 403);
  assert.equal((await leader.post(`/money/lines/${line}/commit`, form)).status, 403);
  assert.equal((await it.finance.post(`/money/lines/${line}/burn`, form)).status, 404);
});

/* ---- forms ---------------------------------------------------------------------------------------------- */

test('more than is left is refused with what remains, and the form comes back as typed', async (t) => {
  const it = await office(t), { line, task } = await own(it);
  assert.equal((await post(it.finance, line, 'allocate', { amount: '5000000' })).status, 303);
  const left = (await holds(it.officer, line))['Left to commit'];
  assert.match((await it.officer.get(`/en/money/lines/${line}?do=commit`)).text, new RegExp(`Left to commit: ${left.toLocaleString('en')}`));
  const refused = await post(it.officer, line, 'commit', { amount: String(left + 1), task, document: 'Giấy 7' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, new RegExp(`${left.toLocaleString('en')} đồng left to commit`));
  assert.equal(inputValue(refused.text, 'amount'), String(left + 1));
  assert.equal(inputValue(refused.text, 'document'), 'Giấy 7');
  assert.match(refused.text, new RegExp(`<option value="${task}" selected`));
  assert.equal((await holds(it.officer, line))['Left to commit'], left);
});

test('an amount with a doubtful separator is asked, not guessed; nothing, less than nothing and too much are told', async (t) => {
  const it = await office(t), { line } = await own(it);
  for (const amount of ['1.234', '1.5', '', 'vài triệu', '-5000', '99999999999999999', '0']) {
    const refused = await post(it.finance, line, 'allocate', { amount });
    assert.equal(refused.status, 422, amount);
    assert.equal(inputValue(refused.text, 'amount'), amount);
  }
  const day = await post(it.finance, line, 'allocate', { amount: '1000000', on_day: '01/03/2028' });
  assert.equal(day.status, 422);
  assert.match(day.text, /1 Mar 2028 is still to come/);
  const past = await post(it.finance, line, 'allocate', { amount: '1000000', on_day: '01/03/2024' });
  assert.match(past.text, /does not belong to the budget year/);
});

test('a form that is sent twice posts once, and who comes second is told what was posted', async (t) => {
  const it = await office(t), { line } = await own(it), before = (await holds(it.finance, line)).Allocated;
  const page = `/en/money/lines/${line}?do=allocate`, seen = inputValue((await it.finance.get(page)).text, 'seen');
  const form = { seen, amount: '7000000', document: '12/QĐ-UBND', on_day: '20/11/2026' };
  assert.equal((await it.finance.post(`/en/money/lines/${line}/allocate`, form, { page })).status, 303);
  const again = await it.finance.post(`/en/money/lines/${line}/allocate`, form, { page });
  assert.equal(again.status, 409);
  assert.match(again.text, /“12\/QĐ-UBND” of 7,000,000/);
  assert.equal(inputValue(again.text, 'amount'), '7000000');
  assert.equal((await holds(it.finance, line)).Allocated, before + 7000000);
});

test('an allocation is reduced with a reason, not below what is committed; a voucher is taken back once', async (t) => {
  const it = await office(t), { line, task } = await own(it), before = await holds(it.finance, line);
  await post(it.finance, line, 'allocate', { amount: '9000000' });
  await post(it.officer, line, 'commit', { amount: '9000000', task });
  assert.equal((await post(it.finance, line, 'adjust', { amount: '-1' })).status, 422);
  const low = await post(it.finance, line, 'adjust', { amount: String(-before['Left to commit'] - 1), reason: 'Cắt giảm' });
  assert.equal(low.status, 422);
  assert.match(low.text, /cannot fall to/);
  const choice = (await it.officer.get(`/en/money/lines/${line}?do=reverse`)).text.match(/<option value="(BT-[^"]+)"[^>]*>[^<]*Committed · 9,000,000/)[1];
  assert.equal((await post(it.officer, line, 'reverse', { reverses: choice })).status, 422);
  assert.equal((await post(it.officer, line, 'reverse', { reverses: choice, reason: 'Nhập nhầm' })).status, 303);
  assert.equal((await post(it.officer, line, 'reverse', { reverses: choice, reason: 'Nhập nhầm' })).status, 422);
  assert.equal((await holds(it.officer, line)).Committed, before.Committed);
  assert.equal((await post(it.finance, line, 'adjust', { amount: '-9000000', reason: 'Cắt giảm' })).status, 303);
  assert.deepEqual(await holds(it.finance, line), before);
});

/* ---- the offices' sheet ------------------------------------------------------------------------------------ */

const [KEY, GIVEN, CHANGE, THEN, COMMITTED] = [3, 5, 6, 7, 8];

async function sheet(it) {
  const cookie = [...it.finance.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const { status, bytes } = await get(it.base, '/money/allocation.xlsx?year=2026', { cookie });
  assert.equal(status, 200);
  return sheetRows(bytes).map((row) => row.map((cell, i) => (i > KEY && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell)));
}
const freeLines = (rows) => rows.filter((row) => /^DT-/.test(row[KEY]) && row[COMMITTED] === 0);

async function send(it, rows, name = 'phan-bo.xlsx') {
  const body = new FormData();
  body.append('form_token', await it.finance.token());
  body.append('file', new Blob([Buffer.isBuffer(rows) ? rows : workbook(rows)]), name);
  return it.finance.ask('/en/money/allocation?year=2026', { method: 'POST', headers: { origin: new URL(it.base).origin }, body });
}
const answer = async (it, page, fields) => {
  const { text } = await it.finance.get(page);
  return it.finance.post(page, { seen: inputValue(text, 'seen'), document: '77/QĐ-UBND', on_day: '15/11/2026', reason: 'Điều chỉnh', ...fields }, { page });
};
const allocated = async (it) => new Map((await sheet(it)).filter((row) => /^DT-/.test(row[KEY])).map((row) => [row[KEY], row[GIVEN]]));

test('the sheet of an allocation is filled in, sent back, looked at and posted at once', async (t) => {
  const it = await office(t), rows = await sheet(it), [one, two] = freeLines(rows);
  const before = await allocated(it);
  one[CHANGE] = 400000000;
  two[THEN] = two[GIVEN] + 250000000;
  const sent = await send(it, rows);
  assert.equal(sent.status, 303);
  const page = (await it.finance.get(sent.location)).text;
  assert.match(page, /Altogether: 650,000,000/);
  assert.deepEqual(await allocated(it), before);
  const posted = await answer(it, sent.location, { 'yes.0': '' });
  const doubts = [...posted.text.matchAll(/name="(yes\.[^"]+)"/g)].map(([, name]) => [name, '1']);
  const done = posted.status === 303 ? posted : await answer(it, sent.location, Object.fromEntries(doubts));
  assert.equal(done.status, 303);
  const after = await allocated(it);
  assert.equal(after.get(one[KEY]) - before.get(one[KEY]), 400000000);
  assert.equal(after.get(two[KEY]) - before.get(two[KEY]), 250000000);
  assert.equal([...after.values()].reduce((a, b) => a + b) - [...before.values()].reduce((a, b) => a + b), 650000000);
  const vouchers = (await json(it.finance, '/money/vouchers.json?year=2026&stage=allocated')).rows.filter(({ document }) => document === '77/QĐ-UBND');
  assert.equal(vouchers.length, 2);
  assert.notEqual((await answer(it, sent.location, Object.fromEntries(doubts))).status, 303);
  assert.deepEqual(await allocated(it), after);
});

test('what is not certain in a sheet is asked, cell by cell, and nothing is posted before', async (t) => {
  const it = await office(t), rows = await sheet(it), [text, wrong, less, more] = freeLines(rows), before = await allocated(it);
  text[CHANGE] = '1.234';
  wrong[CHANGE] = 100;
  wrong[THEN] = wrong[GIVEN] + 90;
  less[THEN] = -5;
  more[THEN] = more[GIVEN] + 999000000000;
  rows.push(['', 'Dòng lạ', '', 'DT-999999-9', '', '', 1000000, '']);
  rows.find((row) => row[KEY] === 'Σ')[THEN] = 12345;
  const { location } = await send(it, rows), page = (await it.finance.get(location)).text;
  const vi = (await it.finance.get(location.replace('/en/', '/'))).text;
  assert.match(vi, /“1\.234” \D*1\.234 đồng \D*1,234 đồng/);
  assert.match(page, /“1\.234” could be 1,234 đồng or 1\.234 đồng/);
  for (const said of [/1\.234/, /is it to be\?/, /less than nothing/, /more than the estimate/, /is no budget line/, /add up to/]) assert.match(page, said);
  assert.equal((await answer(it, location, {})).status, 422);
  assert.deepEqual(await allocated(it), before);
  const values = [...page.matchAll(/name="(cell\.[^"]+)"/g)].map(([, name]) => [name, '5000000']), ticks = [...page.matchAll(/name="(yes\.[^"]+)"/g)].map(([, name]) => [name, '1']);
  assert.equal(values.length, 3);
  const again = await answer(it, location, Object.fromEntries([...values, ...ticks]));
  const rest = [...again.text.matchAll(/name="(yes\.[^"]+)"/g)].map(([, name]) => [name, '1']);
  const done = again.status === 303 ? again : await answer(it, location, Object.fromEntries([...values, ...ticks, ...rest]));
  assert.equal(done.status, 303);
  const after = await allocated(it);
  for (const [row, given] of [[wrong, 5000000], [less, 5000000], [more, more[THEN]]]) assert.equal(after.get(row[KEY]), given);
  assert.equal(after.get(text[KEY]), before.get(text[KEY]) + 5000000);
});

test('files that are no such sheet are refused with a sentence', async (t) => {
  const it = await office(t);
  const strange = await send(it, [['Họ tên', 'Tuổi'], ['An', 30]]);
  assert.equal(strange.status, 303);
  const told = await it.finance.get(strange.location);
  assert.equal(told.status, 422);
  assert.match(told.text, /does not have the heading of this sheet/);
  const inMillions = (await sheet(it)).map((row) => row.map((cell) => (String(cell).includes('đồng') && /^Đơn vị/.test(cell) ? 'Đơn vị: triệu đồng' : cell)));
  const millions = await it.finance.get((await send(it, inMillions)).location);
  assert.equal(millions.status, 422);
  assert.match(millions.text, /“Đơn vị: triệu đồng”/);
  const broken = await send(it, Buffer.from('%PDF-1.7 not a sheet at all'), 'x.xlsx');
  const end = broken.status === 303 ? await it.finance.get(broken.location) : broken;
  assert.equal(end.status, 422);
  const officer = await it.officer.post('/money/allocation?year=2026', {});
  assert.equal(officer.status, 403);
  assert.equal((await it.finance.get('/money/allocation?year=2026&sheet=0000')).status, 404);
});

/* ---- units ---------------------------------------------------------------------------------------------- */

const PAGES = ['/dashboard', '/money?by=agency', '/money?by=line', '/money?by=month', '/money?by=task', '/money/vouchers', '/money/vouchers?stage=estimated', '/money/forecast',
  '/money/counterparts', '/plan', '/progress', '/targets', '/targets/money_allocated', '/targets/money_disbursed/list'];

/** Cells of amounts in the tables of a page, each with its heading. */
const amounts = (html) => [...html.matchAll(/<table.*?<\/table>/gs)].flatMap(([table]) => {
  const heads = [...table.matchAll(/<th[^>]*scope="col"[^>]*>(.*?)<\/th>/gs)].map(([, text]) => text.replace(/<[^>]*>/g, ''));
  return [...table.matchAll(/<tr.*?<\/tr>/gs)].flatMap(([row]) => [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, text], i, all) =>
    ({ head: heads[heads.length - all.length + i] ?? '', text: text.replace(/<[^>]*>/g, '') })));
}).filter(({ text }) => /^[-−]?\d{1,3}([.,]\d{3}){2,}/.test(text));

test('every amount in a table says that it is in đồng, in its heading or beside it, in both languages', async (t) => {
  const it = await office(t);
  let seen = 0;
  for (const path of PAGES) {
    for (const lang of ['', '/en']) {
      const answer = await it.officer.get(lang + path);
      assert.equal(answer.status, 200, lang + path);
      for (const { head, text } of amounts(answer.text)) {
        assert.match(`${head} ${text}`, /đồng/, `${lang}${path}: ${head}: ${text}`);
        seen++;
      }
    }
  }
  assert.ok(seen > 500);
});
