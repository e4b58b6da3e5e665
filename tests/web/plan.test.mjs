// The pages of a year's plan over HTTP: what they show adds up, who may open them, and the estimate as the offices' sheet: out, changed, sent back, asked about, saved.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { output, records, serve, sqliteDatabase } from '../node/matxich.mjs';
import { inputValue, someone } from '../node/people.mjs';
import { attributes, eventually } from '../node/web.mjs';
import { csvRows, sheetRows, workbook } from '../node/workbook.mjs';

const YEAR = 2027;
const day = (month, date) => `${String(date).padStart(2, '0')}/${String(month).padStart(2, '0')}/${YEAR}`;
const words = (html) => html.replace(/<[^>]*>/g, ' ').replace(/&#39;/g, '’').replace(/\s+/g, ' ');
const main = (html) => words(html.slice(html.indexOf('<h1')));

// ---- a plan of three tasks in two contents

const costs = (list) => Object.fromEntries(list.flatMap((line, i) => Object.entries({ id: '', ...line }).map(([name, value]) => [`costs.${i}.${name}`, value])));
const rent = { item: 'Thuê mặt bằng', kind: 'space', quantity: '60', price: '10.000.000', source: 'city_recurrent', support: '420.000.000', rest_source: 'participants' };
const stand = { item: 'Dàn dựng', kind: 'stand', quantity: '1', price: '100.000.001', source: 'sponsorship', support: '100.000.001' };
const teachers = { item: 'Giảng viên', kind: 'experts', quantity: '12,5', price: '2.000.000', source: 'city_recurrent', support: '25.000.000' };
const paper = { item: 'In tài liệu', kind: 'materials', quantity: '200', price: '50.000', source: 'other', support: '10.000.000' };

const fair = { title_vi: 'Hội chợ công nghiệp hỗ trợ', title_en: 'Supporting-industry fair', content: '3.1', kind: 'fair-home', agency: 'SCT', starts: day(3, 10), ends: day(3, 12),
  participations: '60', enterprises: '60', place: 'Trung tâm Hội chợ', text: 'Dành cho doanh nghiệp cơ khí.' };
const school = { title_vi: 'Lớp đào tạo 5S', content: '3.3', kind: 'training', agency: 'HH', starts: day(5, 3), ends: day(9, 20), participations: '40' };
const tasks = {
  booths: { title_vi: 'Tổ chức gian hàng', agency: 'SCT', mode: 'provider', starts: day(2, 1), ends: day(4, 15), ...costs([rent, stand]) },
  classes: { title_vi: 'Mở lớp', agency: 'HH', mode: 'own', starts: day(5, 3), ends: day(9, 20), ...costs([teachers]) },
  books: { title_vi: 'Biên soạn tài liệu', agency: 'HH', mode: 'own', starts: day(4, 1), ends: day(4, 30), ...costs([paper]) },
};
const TOTAL = 735_000_001, BUDGET = 445_000_000, PARTICIPANTS = 180_000_000, OTHERS = 110_000_001;

const went = (answer) => {
  assert.equal(answer.status, 303, main(answer.text).slice(0, 800));
  return answer.location;
};
const idIn = (text, prefix) => text.match(new RegExp(`${prefix}-\\d{6,}-\\d`))[0];

const multipart = async (person, path, fields, files = {}) => {
  const body = new FormData();
  for (const [name, value] of Object.entries({ form_token: await person.token(), ...fields })) body.append(name, value);
  for (const [name, [called, bytes]] of Object.entries(files)) body.append(name, new Blob([bytes]), called);
  return person.ask(path, { method: 'POST', headers: { origin: person.base }, body });
};
const make = async (person, list, prefix, fields) => idIn(went(await multipart(person, `/workspace/${list}/new`, fields)), prefix);
const step = async (person, list, id, name, note = '') => went(await person.post(`/workspace/${list}/${id}/steps/${name}`, { note }));

async function planned(t) {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  const base = await serve(t, db);
  const person = async (roles, options) => Object.assign(await someone(t, db, base, roles, options), { base: new URL(base).origin });
  const officer = await person('officer');
  const plan = await make(officer, 'plans', 'KE', { title_vi: `Kế hoạch năm ${YEAR}`, title_en: `Plan of ${YEAR}`, year: String(YEAR) });
  const activities = { fair: await make(officer, 'activities', 'SK', { ...fair, plan }), school: await make(officer, 'activities', 'SK', { ...school, plan }) };
  const ids = { booths: await make(officer, 'plan-tasks', 'NV', { ...tasks.booths, activity: activities.fair }) };
  for (const name of ['classes', 'books']) ids[name] = await make(officer, 'plan-tasks', 'NV', { ...tasks[name], activity: activities.school });
  const page = async (path, status = 200) => {
    const answer = await officer.get(path);
    assert.equal(answer.status, status, `${path}: ${main(answer.text).slice(0, 600)}`);
    return answer.text;
  };
  return { db, base, person, officer, plan, activities, tasks: ids, page };
}

const approve = async ({ person, officer, plan }) => {
  const leader = await person('leader');
  went(await multipart(officer, `/workspace/plans/${plan}/edit`, { title_vi: `Kế hoạch năm ${YEAR}`, title_en: `Plan of ${YEAR}`, decision: '12/QĐ-UBND', decided_on: '20/11/2026' }));
  await step(officer, 'plans', plan, 'submit');
  await step(leader, 'plans', plan, 'approve');
};

// ---- the pages

test('a plan shows all that is in it, and its money adds up to the đồng in every view', async (t) => {
  const { db, page, plan, tasks: ids } = await planned(t);
  const grouped = (n) => n.toLocaleString('en-US');
  const tree = await page(`/en/plan/${plan}`);
  for (const sum of [TOTAL, BUDGET, PARTICIPANTS, OTHERS]) assert.ok(words(tree).includes(grouped(sum)), grouped(sum));
  const foot = words(tree.match(/<tfoot>.*?<\/tfoot>/s)[0]);
  assert.match(foot, new RegExp(`In all 100 ${[TOTAL, BUDGET, PARTICIPANTS, OTHERS].map(grouped).join(' ')}`));
  const [, ...rows] = csvRows(await page(`/en/plan/${plan}.csv`));
  assert.equal(rows.length, 3);
  for (const [column, sum] of [[10, TOTAL], [11, BUDGET], [12, PARTICIPANTS], [13, OTHERS]]) assert.equal(rows.reduce((all, row) => all + Number(row[column]), 0), sum);
  const years = JSON.parse(await page('/en/plan.json')).rows;
  assert.deepEqual(years.map(({ total, budget, participants, others, activities, participations }) => [total, budget, participants, others, activities, participations]),
    [[TOTAL, BUDGET, PARTICIPANTS, OTHERS, 2, 100]]);
  const told = Object.fromEntries((await records(db, 'task')).map(({ id, total, support, costs }) => [id, [total, support, costs.reduce((sum, line) => sum + line.total, 0)]]));
  assert.deepEqual(told, { [ids.booths]: [700_000_001, 420_000_000, 700_000_001], [ids.classes]: [25_000_000, 25_000_000, 25_000_000], [ids.books]: [10_000_000, 0, 10_000_000] });
  assert.equal((await page(`/plan/${plan}?source=2026%2Fsponsorship`)).includes(ids.classes), false);
  assert.ok((await page(`/plan/${plan}?agency=2026%2FHH`)).includes(ids.classes));
  assert.equal((await page(`/plan/${plan}?agency=2026%2FHH`)).includes(ids.booths), false);
  assert.match(main(await page(`/en/plan/${plan}?content=2026%2F3.9`)), /Nothing of the plan is so/);
});

test('what is to be done next stands first, with what hinders it; above a norm is told with its citation', async (t) => {
  const { db, page, officer, plan, activities, tasks: ids } = await planned(t);
  const empty = await make(officer, 'plan-tasks', 'NV', { title_vi: 'Chưa tính', activity: activities.fair, agency: 'SCT', mode: 'own', starts: day(3, 1), ends: day(3, 2) });
  const tree = await page(`/en/plan/${plan}`);
  assert.ok(tree.indexOf('State and next steps') < tree.indexOf('table-plan'));
  assert.match(main(tree), /What is missing still .*Chưa tính has no line of cost yet/);
  assert.ok(tree.includes(`/en/plan/tasks/${empty}`));
  assert.ok(attributes(tree, 'a', 'href').includes(`/en/workspace/activities/new?plan=${plan}`));
  const [norm] = (await records(db, 'norm')).filter(({ percent_of_cost: percent, cap }) => percent && percent < 100 && cap);
  const task = (await records(db, 'task')).find(({ id }) => id === ids.booths);
  const [first] = task.costs;
  went(await multipart(officer, `/workspace/plan-tasks/${ids.booths}/edit`, { ...tasks.booths, 'costs.0.id': String(first.id ?? ''), 'costs.0.norm': norm.id, 'costs.0.norm_units': '1' }));
  const above = main(await page(`/en/plan/${plan}`));
  assert.match(above, /above the norm/);
  assert.ok(above.includes(norm.citation), norm.citation);
  assert.ok(main(await page(`/en/plan/tasks/${ids.booths}`)).includes(norm.citation));
});

test('calendar, course of the year and desks lead to tasks and activities; a month outside the year is refused', async (t) => {
  const { page, officer, plan, activities, tasks: ids } = await planned(t);
  const march = await page(`/en/plan/${plan}/calendar?month=${YEAR}-03`);
  assert.equal((march.match(/<tr>/g) ?? []).length, 6);
  assert.equal(attributes(march, 'a', 'href').filter((url) => url.endsWith(activities.fair)).length, 2, 'on the first and on the last day');
  assert.match(main(march), /All month long Tổ chức gian hàng/);
  for (const month of ['2026-03', '2027-13', 'March']) assert.equal((await page(`/en/plan/${plan}/calendar?month=${month}`, 422)).includes(`2027-01`), true);
  const course = await page(`/en/plan/${plan}/gantt`);
  assert.equal((course.match(/class="chart-course"/g) ?? []).length, 5);
  for (const id of Object.values(ids)) assert.ok(course.includes(`/en/plan/tasks/${id}`));
  assert.ok(!/ style=|<script(?![^>]*(src|ld\+json))/.test(course));
  const task = main(await page(`/en/plan/tasks/${ids.booths}`));
  for (const told of ['700,000,001', '420,000,000', 'Money of the task', 'From the call to the settlement']) assert.ok(task.includes(told), told);
  for (const [list, id, desk] of [['plan-tasks', ids.booths, 'tasks/'], ['activities', activities.fair, 'activities/'], ['plans', plan, '']]) {
    assert.equal(went(await officer.get(`/en/workspace/${list}/${id}`)), `/en/plan/${desk}${id}`);
    assert.match(await page(`/en/workspace/${list}/${id}?all=1`), /<h1/);
  }
  assert.match(main(await page(`/en/plan/activities/${activities.fair}`)), /Participations: each enterprise once 60 0 Different enterprises 60 0/);
});

test('a plan is copied to another year once; an empty one begins in the form', async (t) => {
  const { page, officer, plan, db } = await planned(t);
  const copy = went(await officer.post('/en/plan', { year: String(YEAR + 1), from: plan }));
  assert.match(copy, /\/en\/plan\/KE-\d+-\d\?said=made/);
  const total = JSON.parse(await page('/plan.json')).rows.map((row) => row.total);
  assert.deepEqual(total, [TOTAL, TOTAL]);
  assert.ok((await records(db, 'task')).some(({ starts }) => starts === `${YEAR + 1}-02-01`));
  const again = await officer.post('/en/plan', { year: String(YEAR + 1), from: plan });
  assert.equal(again.status, 409);
  assert.match(main(again.text), new RegExp(`${YEAR + 1}`));
  assert.equal(inputValue(again.text, 'year'), String(YEAR + 1));
  assert.equal((await officer.post('/en/plan', { year: 'next', from: plan })).status, 422);
  assert.match(went(await officer.post('/en/plan', { year: String(YEAR + 2), from: '' })), new RegExp(`/en/workspace/plans/new\\?year=${YEAR + 2}&title_vi=`));
});

test('versions are listed with their decision, and what differs between two of them', async (t) => {
  const site = await planned(t);
  const { page, officer, person, plan, activities } = site;
  assert.match(main(await page(`/en/plan/${plan}/versions`)), /No version has been approved yet/);
  await approve(site);
  const [adjust] = (await page(`/en/plan/${plan}`)).match(/<a [^>]*steps\/adjust"[^>]*>/);
  assert.ok(!adjust.includes('danger'), 'a step after which the work goes on destroys nothing');
  await step(officer, 'plans', plan, 'adjust', 'Thêm một lớp');
  await make(officer, 'plan-tasks', 'NV', { title_vi: 'Thuê hội trường', activity: activities.school, agency: 'HH', mode: 'own', starts: day(6, 1), ends: day(6, 2), ...costs([{ ...paper, item: 'Hội trường', kind: 'venue' }]) });
  const leader = await person('leader');
  went(await multipart(officer, `/workspace/plans/${plan}/edit`, { title_vi: `Kế hoạch năm ${YEAR}`, decision: '99/QĐ-UBND', decided_on: '21/11/2026' }));
  await step(officer, 'plans', plan, 'submit');
  await step(leader, 'plans', plan, 'approve');
  const versions = main(await page(`/en/plan/${plan}/versions`));
  for (const told of ['12/QĐ-UBND', '99/QĐ-UBND', '735,000,001', '745,000,001', 'Thuê hội trường', '10,000,000', 'Thêm một lớp']) assert.ok(versions.includes(told), told);
  assert.match(main(await page(`/en/plan/${plan}/versions?older=2&newer=2`)), /Nothing differs/);
  assert.match(main(await page(`/en/plan/${plan}/versions?older=7`, 404)), /no version 7/);
});

test('plans are read by those who read all of them, and by nobody else', async (t) => {
  const { person, plan, activities, tasks: ids } = await planned(t);
  for (const role of ['finance', 'agency', 'leader', 'admin']) assert.equal((await (await person(role)).get(`/plan/${plan}`)).status, 200, role);
  for (const [role, options] of [['provider'], ['buyer'], ['ward', ['--ward', '00004']]]) {
    const one = await person(role, options);
    for (const path of ['/plan', `/plan/${plan}`, `/plan/${plan}/estimate.xlsx`, `/plan/${plan}/calendar`, `/plan/${plan}/versions`]) assert.equal((await one.get(path)).status, 403, `${role} ${path}`);
    for (const path of [`/plan/tasks/${ids.booths}`, `/plan/activities/${activities.fair}`, `/plan/tasks/${ids.booths}.csv`]) assert.equal((await one.get(path)).status, 404, `${role} ${path}`);
  }
  const finance = await person('finance');
  assert.equal((await finance.post('/plan', { year: '2029', from: plan })).status, 403);
  assert.equal((await finance.post(`/plan/${plan}/estimate`, {})).status, 403);
  assert.ok(!(await finance.get(`/plan/${plan}/estimate`)).text.includes('type="file"'));
});

// ---- the estimate

const NUMBER = 0, WHAT = 1, QUANTITY = 3, PRICE = 4, AMOUNT = 5, RECURRENT = 6, PARTICIPATING = 8, SPONSORS = 9, KEY = 11;
const asNumbers = (rows) => rows.map((row) => row.map((cell, i) => (i >= QUANTITY && i < KEY && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell)));
const rowOf = (rows, what) => rows.find((row) => row[WHAT] === what);
const bytesOf = async (person, path) => {
  const cookie = [...person.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  return Buffer.from(await (await fetch(new URL(path, person.base), { headers: { cookie } })).arrayBuffer());
};

/** The sheet as it is downloaded, changed by a function, sent back: { location, page }. */
async function sent(site, change, name = 'estimate.xlsx') {
  const rows = asNumbers(sheetRows(await bytesOf(site.officer, `/plan/${site.plan}/estimate.xlsx`)));
  change?.(rows);
  const answer = await multipart(site.officer, `/en/plan/${site.plan}/estimate`, {}, { file: [name, workbook(rows)] });
  const location = went(answer);
  return { location, text: await site.page(location) };
}
const hidden = (html) => Object.fromEntries([...html.slice(html.indexOf('desk-form')).matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1], m[2]]).filter(([name]) => name !== 'form_token'));
const costsOf = async (db, id) => (await records(db, 'task')).find((one) => one.id === id).costs;

test('the estimate is the offices’ sheet: contents, activities, tasks and lines, each a sum of those below', async (t) => {
  const site = await planned(t);
  const page = await site.page(`/en/plan/${site.plan}/estimate`);
  for (const told of ['Unit: đồng', ' I ', ' 1.1 ', ' 1.1.1 ', '735,000,001']) assert.ok(words(page).includes(told), told);
  const rows = asNumbers(sheetRows(await bytesOf(site.officer, `/plan/${site.plan}/estimate.xlsx`)));
  assert.deepEqual(rows.filter((row) => /^(I+|\d[\d.]*)$/.test(row[NUMBER]) && row[KEY]).map((row) => row[NUMBER]), ['I', '1', '1.1', '1.1.1', '1.1.2', 'II', '1', '1.1', '1.1.1', '1.2', '1.2.1']);
  const [all] = rows.filter((row) => /^Σ \d+$/.test(row[KEY]));
  assert.equal(all[AMOUNT], TOTAL);
  assert.equal(rows.filter((row) => /^Σ 2026/.test(row[KEY])).reduce((sum, row) => sum + row[AMOUNT], 0), TOTAL);
  assert.deepEqual(rowOf(rows, 'Thuê mặt bằng').slice(QUANTITY, SPONSORS), [60, 10000000, 600000000, 420000000, '', 180000000]);
});

test('a sheet sent back as it was changes nothing', async (t) => {
  const site = await planned(t);
  const { text } = await sent(site);
  assert.match(main(text), /The sheet changes nothing/);
  assert.ok(!text.includes('name="sure"'));
});

test('what differs is shown before and after, and saved all at once when it is confirmed', async (t) => {
  const site = await planned(t);
  const { db, officer, tasks: ids } = site;
  const { location, text } = await sent(site, (rows) => {
    Object.assign(rowOf(rows, 'Thuê mặt bằng'), { [QUANTITY]: 50, [RECURRENT]: 350000000, [PARTICIPATING]: 150000000 });
    Object.assign(rowOf(rows, 'Giảng viên'), { [PRICE]: 1800000, [RECURRENT]: '', [SPONSORS]: 22500000 });
    const below = rows.findIndex((row) => row[NUMBER] === 'A') + 1;
    rows.push(...rows.splice(below).reverse());              // rows may be sorted in any way below the heading
  });
  assert.match(main(text), /60 50.*600,000,000 500,000,000.*420,000,000 350,000,000/);
  assert.match(main(text), /The estimate altogether: 735,000,001 đồng before, 632,500,001 đồng after/);
  assert.equal((await costsOf(db, ids.booths))[0].quantity, 60, 'nothing is saved yet');
  went(await officer.post(location, hidden(text)));
  const [rented] = await costsOf(db, ids.booths), [teaching] = await costsOf(db, ids.classes);
  assert.deepEqual([rented.quantity, rented.support, rented.rest_source], [50, 350000000, 'Kinh phí của tổ chức, cá nhân thực hiện']);
  assert.deepEqual([teaching.price, teaching.source, teaching.support], [1800000, 'Tài trợ, đóng góp trong và ngoài nước', 22500000]);
  assert.equal(JSON.parse(await site.page('/plan.json')).rows[0].total, 632500001);
});

test('what is not certain is asked, one cell at a time, and nothing is guessed', async (t) => {
  const site = await planned(t);
  const { db, officer, tasks: ids } = site;
  const asked = async (change, question) => {
    const { location, text } = await sent(site, change);
    assert.match(main(text), question);
    assert.ok(!text.includes('name="sure"'), 'there is nothing to confirm yet');
    const unanswered = await officer.post(location, { ...hidden(text), sure: '1' });
    assert.equal(unanswered.status, 422);
    assert.match(main(unanswered.text), /Answer what is not certain first/);
    return { location, text };
  };
  const row = (what, cells) => (rows) => Object.assign(rowOf(rows, what), cells);
  await asked(row('In tài liệu', { [QUANTITY]: '1,500' }), /“1,500”/);
  await asked(row('In tài liệu', { [PRICE]: '50.000' }), /“50.000”/);
  await asked(row('In tài liệu', { [PRICE]: 'khoảng 50 nghìn' }), /khoảng 50 nghìn/);
  await asked(row('In tài liệu', { [PRICE]: '' }), /nothing stands there/);
  await asked(row('In tài liệu', { [PRICE]: -50000 }), /less than nothing/);
  await asked(row('In tài liệu', { [PRICE]: 50000.5 }), /whole đồng/);
  await asked(row('In tài liệu', { [PRICE]: 8e15 }), /more than any plan could hold/);
  await asked(row('In tài liệu', { [QUANTITY]: 200.0001 }), /at most three decimals/);
  await asked(row('In tài liệu', { [AMOUNT]: 12345 }), /quantity times price is 10,000,000 đồng, but the sheet says 12,345 đồng/);
  await asked(row('In tài liệu', { [QUANTITY]: 100 }), /the line costs 5,000,000 đồng, but who pays adds up to 10,000,000 đồng/);
  await asked(row('In tài liệu', { [SPONSORS]: 1, [RECURRENT]: 1 }), /two sources at most/);
  await asked(row('In tài liệu', { [WHAT]: 'Thuê xe' }), /the sheet calls it “Thuê xe”, the plan “In tài liệu”/);
  await asked(row('In tài liệu', { [KEY]: 'NV-999999-9/1' }), /no line of the plan of 2027/);
  await asked(row('In tài liệu', { [KEY]: '' }), /no line of the plan of 2027/);
  await asked((rows) => rows.push([...rowOf(rows, 'In tài liệu')]), /stands in the sheet twice/);
  await asked((rows) => { rows.find((one) => /^Σ \d+$/.test(one[KEY]))[AMOUNT] = 1; }, /the sum is written as 1 đồng, but its lines add up to 735,000,001 đồng/);
  assert.equal((await costsOf(db, ids.books))[0].quantity, 200);

  // answered: it is shown what comes of it, and only then it is saved
  const { location, text } = await asked(row('In tài liệu', { [QUANTITY]: '1,500' }), /“1,500”/);
  const [name] = text.match(/cell\.\d+\.\d+/);
  const next = await officer.post(location, { ...hidden(text), [name]: '100' });
  assert.match(main(next.text), /the line costs 5,000,000 đồng/);
  const paid = next.text.match(/type="text"[^>]* name="(cell\.\d+\.\d+)"/)[1];
  const sure = await officer.post(location, { ...hidden(next.text), [paid]: '5.000.000' });
  assert.equal(sure.status, 200);
  assert.match(main(sure.text), /200 100/);
  assert.equal((await costsOf(db, ids.books))[0].quantity, 200, 'still nothing is saved');
  went(await officer.post(location, hidden(sure.text)));
  assert.deepEqual((await costsOf(db, ids.books)).map(({ quantity, support }) => [quantity, support]), [[100, 5000000]]);
});

test('what somebody else changed meanwhile is told, and nothing of the sheet is saved', async (t) => {
  const site = await planned(t);
  const { db, officer, tasks: ids, person } = site;
  const { location, text } = await sent(site, (rows) => {
    Object.assign(rowOf(rows, 'In tài liệu'), { [QUANTITY]: 100, [SPONSORS + 1]: 5000000 });
    Object.assign(rowOf(rows, 'Giảng viên'), { [PRICE]: 1000000, [RECURRENT]: 12500000 });
  });
  const other = await person('officer');
  const [was] = await costsOf(db, ids.classes);
  went(await multipart(other, `/workspace/plan-tasks/${ids.classes}/edit`, { ...tasks.classes, result: 'Khác', 'costs.0.id': String(was.id ?? '') }));
  const late = await officer.post(location, hidden(text));
  assert.equal(late.status, 409);
  assert.ok(main(late.text).includes(other.email.split('@')[0]), main(late.text).slice(0, 400));
  assert.equal((await costsOf(db, ids.books))[0].quantity, 200);
  assert.match(main(late.text), /was changed after this sheet was downloaded/);
});

test('a file that is no such sheet, or no sheet, is refused with a sentence', async (t) => {
  const site = await planned(t);
  const send = (name, bytes) => multipart(site.officer, `/en/plan/${site.plan}/estimate`, {}, { file: [name, bytes] });
  const other = await site.officer.get(went(await send('list.xlsx', workbook([['a', 'b'], [1, 2]]))));
  assert.equal(other.status, 422);
  assert.match(main(other.text), /does not have the heading of this sheet/);
  for (const [name, bytes] of [['estimate.xlsx', Buffer.from('MZ\x90\0not a workbook')], ['empty.xlsx', Buffer.alloc(0)]]) {
    const answer = await send(name, bytes);
    const shown = answer.status === 303 ? await site.officer.get(answer.location) : answer;
    assert.equal(shown.status, 422, name);
  }
  assert.equal((await multipart(site.officer, `/en/plan/${site.plan}/estimate`, {})).status, 422);
  assert.equal((await site.officer.get(`/en/plan/${site.plan}/estimate?sheet=${'0'.repeat(64)}`)).status, 404);
});

test('once it is submitted, a plan’s estimate is only read', async (t) => {
  const site = await planned(t);
  const { location, text } = await sent(site, (rows) => Object.assign(rowOf(rows, 'In tài liệu'), { [QUANTITY]: 100, [SPONSORS + 1]: 5000000 }));
  await step(site.officer, 'plans', site.plan, 'submit');
  assert.equal((await site.officer.post(location, hidden(text))).status, 403);
  assert.equal((await costsOf(site.db, site.tasks.books))[0].quantity, 200);
});

// ---- for the public

test('the public sees the activities of approved plans, and only those, as page, data and calendar', async (t) => {
  const site = await planned(t);
  const visitor = async (path) => { const answer = await fetch(new URL(path, site.base)); return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }; };
  assert.match(main((await visitor('/en/activities')).text), /No activity is announced at this moment/);
  assert.equal((await visitor(`/activities/${site.activities.fair}`)).status, 404);
  assert.equal((await visitor(`/activities/${site.activities.fair}/calendar.ics`)).status, 404);
  await approve(site);
  await eventually(async () => (await visitor('/en/activities')).text.includes('Supporting-industry fair'));
  const list = (await visitor('/en/activities')).text;
  for (const told of ['Supporting-industry fair', 'Lớp đào tạo 5S', 'Trung tâm Hội chợ']) assert.ok(list.includes(told), told);
  assert.equal(JSON.parse((await visitor('/activities.json')).text).items.length, 2);
  assert.equal(csvRows((await visitor('/activities.csv')).text).length, 3);
  const one = await visitor(`/en/activities/${site.activities.fair}`);
  assert.match(main(one.text), /Dành cho doanh nghiệp cơ khí/);
  const calendar = await visitor('/en/activities.ics');
  assert.equal(calendar.type, 'text/calendar; charset=utf-8');
  assert.match(calendar.text, /^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
  assert.equal(calendar.text.match(/BEGIN:VEVENT/g).length, 2);
  assert.match(calendar.text, new RegExp(`DTSTART;VALUE=DATE:${YEAR}0310\r\nDTEND;VALUE=DATE:${YEAR}0313\r\nSUMMARY:Supporting-industry fair`));
  assert.equal((await visitor(`/activities/${site.activities.fair}/calendar.ics`)).text.match(/BEGIN:VEVENT/g).length, 1);
});
