// One year of the programme, in a browser, with the demonstration's accounts: plan, estimate, allocation, a unit selected, contract, sixty enterprises attending, an
// inspection, acceptance with the ward, payment, settlement; then all money and all counts are held against each other.  What people decide is done by keyboard;
// long forms are sent as their page would.  SHOTS=1 makes the pictures anew.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../node/browser.mjs';
import { demoPassword, person } from '../node/keyboard.mjs';
import { demoDatabase, output, records, serve } from '../node/matxich.mjs';
import { accounts, client, inputValue, password } from '../node/people.mjs';
import { day, idIn, make, on, only, paper, propose, send, step, went, year } from '../node/year.mjs';

const telephone = { width: 360, height: 740 };
const spent = { contract: 650000001, own: 75000009, refund: 10000001 };

// ---- who takes part

const emailOf = (role) => `${role}@demo.example`;

const css = (name) => name.replaceAll('.', '\\.');

/**
 * Somebody of the demonstration at a browser, who presses keys alone.  That Tab leads to every control is shown by the walks of the parts; here each is given the
 * focus at once.
 */
async function at(t, base, role, view) {
  const one = await person(t, base, view), { page } = one;
  await page.goto(`${base}/sign-in`);
  const put = async (fields) => {
    for (const [name, value] of Object.entries(fields)) {
      await page.locator(`#${css(name)}`).focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(value);
    }
  };
  const press = async (control, where) => {
    await control.focus();
    await one.press('Enter', where);
  };
  /** Presses the button that posts there. */
  const act = (what) => press(page.locator(`form[action$="/${what}"] button[type=submit]`).last(), what);
  await put({ email: emailOf(role), password: demoPassword });
  await one.press('Enter', `the desk of ${role}`);
  return { ...one, put, press, act };
}

/** The same without a browser, for the long forms. */
async function hand(base, email, secret = demoPassword) {
  const one = client(base);
  went(await one.post('/sign-in', { email, password: secret }));
  return Object.assign(one, { email });
}

const others = { unit: 'unit.2@example.vn', member: 'member.3@example.vn' };     // whom the demonstration has only one of

// ---- January: plan, estimate, allocation, call, proposals

const costs = {
  fair: {
    'costs.0.item': 'Thuê mặt bằng', 'costs.0.kind': 'space', 'costs.0.quantity': '60', 'costs.0.price': '10.000.000',
    'costs.0.source': 'city_recurrent', 'costs.0.support': '420.000.000', 'costs.0.rest_source': 'participants',
    'costs.1.item': 'Dàn dựng', 'costs.1.kind': 'stand', 'costs.1.quantity': '1', 'costs.1.price': '100.000.001', 'costs.1.source': 'sponsorship', 'costs.1.support': '100.000.001',
  },
  class: {
    'costs.0.item': 'Chuyên gia', 'costs.0.kind': 'experts', 'costs.0.quantity': '3', 'costs.0.price': '25.000.003',
    'costs.0.source': 'city_investment', 'costs.0.support': '50.000.007', 'costs.0.rest_source': 'other',
  },
};

async function plans(it, officer, leader) {
  const { base, hands } = it;
  await officer.open('/en/workspace/plans/new');
  await officer.put({ title_vi: `Kế hoạch công nghiệp hỗ trợ năm ${year}`, year: String(year) });
  await officer.press(officer.page.getByRole('button', { name: 'Save the new record' }), 'the plan');
  const plan = idIn(officer.page.url(), 'KE');
  const fair = await make(hands.officer, base, 'activities', { plan, title_vi: 'Hội chợ công nghiệp hỗ trợ', content: '3.1', kind: 'fair-home', agency: 'SCT', starts: day(11, 15),
    ends: day(11, 17), participations: '60', ward: it.ward });
  const lesson = await make(hands.officer, base, 'activities', { plan, title_vi: 'Lớp quản lý chất lượng', content: '3.3', kind: 'training', agency: 'SCT', starts: day(3, 1), ends: day(11, 18),
    participations: '20' });
  const task = await make(hands.officer, base, 'plan-tasks', { activity: fair, title_vi: 'Tổ chức gian hàng chung', agency: 'SCT', mode: 'provider', starts: day(2, 1), ends: day(12, 20),
    ward: it.ward, result: '60 gian hàng mở cửa trong ba ngày', reports: 'none', ...costs.fair });
  const own = await make(hands.officer, base, 'plan-tasks', { activity: lesson, title_vi: 'Mở lớp', agency: 'SCT', mode: 'own', starts: day(2, 1), ends: day(12, 20), reports: 'none', ...costs.class });
  await officer.open(`/en/plan/${plan}`);
  await picture(officer.page, 'year-01-plan');
  await officer.open(`/en/plan/${plan}/estimate`);
  await picture(officer.page, 'year-02-estimate');
  await step(hands.officer, 'plans', plan, 'submit');
  went(await send(hands.officer, base, `/workspace/plans/${plan}/edit`, { title_vi: `Kế hoạch công nghiệp hỗ trợ năm ${year}`, decision: '12/QĐ-UBND', decided_on: day(1, 8) }));
  await leader.open(`/en/workspace/plans/${plan}/steps/approve`);
  await leader.press(leader.page.getByRole('button', { name: 'Approve' }), 'the plan, approved');
  return { plan, fair, lesson, task, own };
}

/** The first line by keyboard; the others as its form sends them. */
async function allocates(it, finance) {
  const { rows } = JSON.parse((await it.hands.finance.get(`/en/money.json?year=${year}&by=line`)).text);
  assert.equal(rows.length, 5, 'a line for each source');
  const [first, ...rest] = rows;
  await finance.open(`/en/money/lines/${first.key}?do=allocate`);
  await finance.put({ amount: String(first.estimated), document: '45/QĐ-UBND' });
  const field = finance.page.locator('#on_day');
  if ((await field.getAttribute('type')) === 'date') await field.fill(`${year}-01-10`);
  else await finance.put({ on_day: day(1, 10) });
  await finance.act('allocate');
  for (const { key, estimated } of rest) {
    const seen = inputValue((await it.hands.finance.get(`/money/lines/${key}?do=allocate`)).text, 'seen');
    went(await it.hands.finance.post(`/money/lines/${key}/allocate`, { amount: String(estimated), document: '45/QĐ-UBND', on_day: day(1, 10), seen }));
  }
  await finance.open(`/en/money?year=${year}&by=source`);
  await picture(finance.page, 'year-03-allocated');
}

/** The units, by their accounts: that of the demonstration may be one already. */
async function units(it) {
  const known = (await records(it.db, 'provider')).some(({ email }) => email === emailOf('provider'));
  if (!known) await make(it.hands.officer, it.base, 'providers', { name_vi: 'Trung tâm Xúc tiến Đông Đô', kind: 'promotion', account: emailOf('provider') });
  await make(it.hands.officer, it.base, 'providers', { name_vi: 'Công ty Sự kiện Thăng Long', kind: 'enterprise', account: others.unit });
}

async function calls(it, task) {
  const council = [emailOf('officer'), emailOf('reviewer'), others.member], roles = ['chair', 'secretary', 'member'];
  const members = council.flatMap((account, i) => [[`council.${i}.name`, `Thành viên ${i + 1}`], [`council.${i}.role`, roles[i]], [`council.${i}.account`, account]]);
  const call = await make(it.hands.officer, it.base, 'calls', {
    title_vi: 'Mời tổ chức gian hàng chung', task, terms: 'Thuê, dàn dựng và vận hành 60 gian hàng trong ba ngày.', ceiling: '700.000.001', reach: 'anybody', closes_on: day(1, 20),
    'criteria.0.title': 'Kinh nghiệm', 'criteria.0.weight': '40', 'criteria.0.least': '50', 'criteria.1.title': 'Phương án', 'criteria.1.weight': '60', ...Object.fromEntries(members) });
  await step(it.hands.officer, 'calls', call, 'open');
  return call;
}

async function proposes(unit, call) {
  await unit.open(`/en/contracts/calls/${call}/bid`);
  await unit.put({ price: '650.000.001', text: 'Hai đội dựng, ba ngày; đã làm ba hội chợ.' });
  await unit.act('bid/write');
  await unit.act('bid/send');
  await picture(unit.page, 'year-04-proposal');
}

// ---- February: the council, the contract

async function appraises(it, officer, member, call) {
  await officer.open(`/en/contracts/calls/${call}`);
  await officer.act('open_bids');
  const bids = [...(await officer.page.locator('#table-ranking a[href*="/bids/"]').evaluateAll((all) => all.map(({ href }) => href)))].map((href) => idIn(href, 'HS'));
  assert.equal(bids.length, 2);
  const own = (await it.hands.provider.get('/workspace/bids')).text, best = bids.find((bid) => own.includes(bid)), points = (bid) => (bid === best ? ['90', '85'] : ['70', '80']);
  await member.open(`/en/contracts/calls/${call}`);
  for (const bid of bids) {
    const n = Number(bid.match(/-0*(\d+)-/)[1]), [experience, plan] = points(bid);
    const form = member.page.locator('details', { has: member.page.locator(`input[name=bid][value=${bid}]`) });
    await form.locator('summary').focus();
    await member.page.keyboard.press('Enter');
    await member.put({ [`points.${n}.0`]: experience, [`comment.${n}.0`]: 'Theo hồ sơ năng lực', [`points.${n}.1`]: plan, [`comment.${n}.1`]: 'Theo thuyết minh' });
    await member.press(form.locator('button[type=submit]'), 'scores');
    for (const one of [it.hands.officer, it.hands.member])
      went(await one.post(`/contracts/calls/${call}/score`, [['bid', bid], ...points(bid).flatMap((value, i) => [[`points.${n}.${i}`, value], [`comment.${n}.${i}`, 'Đạt yêu cầu']])]));
  }
  return best;
}

async function decides(officer, call, best) {
  await officer.open(`/en/contracts/calls/${call}`);
  await picture(officer.page, 'year-05-ranking');
  await officer.page.locator('input[name=bid][type=radio]').first().focus();
  await officer.page.keyboard.press('Space');
  if ((await officer.page.locator('input[name=bid]:checked').inputValue()) !== best) await officer.page.keyboard.press('ArrowDown');
  await officer.put({ decision: '88/QĐ-SCT', decided_on: day(2, 5), reason: 'Điểm cao nhất, giá thấp hơn.' });
  await officer.act('decide');
  return officer.page.url().match(/contracts\/([^?/]+)/)[1];
}

async function signs(it, contract, officer, finance, leader) {
  const path = `/en/contracts/${contract}`;
  await officer.act('send');
  await finance.open(path);
  await finance.act('agree');
  await leader.open(path);
  await leader.act('approve');
  await officer.open(path);
  await officer.put({ number: '15/HĐ-SCT', signed_on: day(2, 5) });
  await officer.page.setInputFiles('input[type=file]', { name: 'hop-dong.pdf', mimeType: 'application/pdf', buffer: paper('Hop dong') });
  await officer.act('sign');
  assert.equal(await officer.page.locator('#way [aria-current=step] strong').textContent(), 'In force');
  await picture(officer.page, 'year-06-contract');
}

// ---- November: who comes, what is inspected, accepted, paid and settled

/** Sixty enterprises: two at the door, one of them on two days; the others by a sheet, brought in twice; and one in the class, too. */
async function attend(it, officer, { fair, lesson }) {
  const firms = (await records(it.db)).filter(({ tax_code, visibility }) => tax_code && visibility !== 'hidden').slice(0, 60);
  assert.equal(firms.length, 60);
  for (const [who, date] of [[firms[0].tax_code, 15], [firms[1].tax_code, 15], [firms[0].tax_code, 16]]) {
    await officer.open(`/en/delivery/activities/${fair}`);
    await officer.put({ who });
    await officer.page.locator('#day').fill(`${year}-11-${date}`);
    await officer.put({ people: '2' });
    await officer.press(officer.page.getByRole('button', { name: 'They are here' }), 'attendance');
  }
  const rows = firms.slice(1).map(({ tax_code }) => `${fair},${tax_code},16/11/${year},1`);
  const sheet = Buffer.from(['Hoạt động,Mã số thuế,Ngày tham dự,Số người', ...rows].join('\n'));
  for (let i = 0; i < 2; i++) await brings(officer, sheet);
  went(await it.hands.officer.post(`/delivery/activities/${lesson}/attend`, { who: firms[0].tax_code, day: `${year}-03-02`, people: '1' }));
  await officer.open(`/en/delivery/activities/${fair}`);
  await picture(officer.page, 'year-07-attendance');
}

async function brings({ page, open }, sheet) {
  await open('/en/workspace/import?list=participations');
  if (await page.locator('select#list').count()) await page.selectOption('select#list', 'participations');
  await page.setInputFiles('#file', { name: 'tham-du.csv', mimeType: 'text/csv', buffer: sheet });
  await page.click('text=Look at it');
  await page.waitForSelector('.import-columns');
  await page.click('text=Try it');
  await page.waitForSelector('text=Import now');
  await page.click('text=Import now');
  await page.waitForSelector('text=Imported into');
}

async function inspects(it, officer, provider, contract, task) {
  const inspection = await make(it.hands.officer, it.base, 'inspections', { title: 'Kiểm tra gian hàng', task, contract, planned_on: day(11, 16) });
  const path = `/en/delivery/inspections/${inspection}`;
  await officer.open(path);
  await officer.put({ visited_on: day(11, 16), team: 'Lê Thị Công, Sở Công Thương' });
  const points = officer.page.locator('fieldset.point');
  for (const [i, answer] of (await points.all()).entries()) {
    await answer.locator('input[type=radio]').first().focus();
    await officer.page.keyboard.press('Space');
    if (i) continue;
    await officer.page.keyboard.press('ArrowDown');
    await answer.locator('details').evaluate((details) => { details.open = true; });
    await answer.locator('textarea').first().fill('Thiếu biển ghi nhận sự hỗ trợ');
    await answer.locator('input[name^=remedy_by]').fill(day(11, 19));
  }
  await picture(officer.page, 'year-08-inspection');
  await officer.act('answers');
  await officer.act('visit');
  await officer.act('remedy');
  await provider.open(path);
  await provider.page.locator('textarea[name=remedy]').fill('Đã gắn biển ở 60 gian hàng.');
  await provider.page.setInputFiles('input[type=file]', { name: 'bien.pdf', mimeType: 'application/pdf', buffer: paper('Bien ghi nhan') });
  await provider.act('put-right');
  await officer.open(path);
  await officer.page.locator('input[name^=remedied_on]').first().fill(day(11, 19));
  await officer.act('answers');
  await officer.act('close');
  assert.equal((await only(it.db, 'inspection', `contract=${contract}`)).state, 'closed');
}

async function accepts(it, officer, provider, ward, contract) {
  const { id: milestone } = await only(it.db, 'milestone', `contract=${contract}`);
  await make(it.hands.provider, it.base, 'deliverables', { milestone, title: 'Báo cáo hội chợ', kind: 'report', handed_over_on: day(11, 18) }, { file: ['bao-cao.pdf', paper('Bao cao')] });
  await provider.open(`/en/contracts/${contract}`);
  await provider.act('deliver');
  const minutes = await make(it.hands.officer, it.base, 'acceptances', { milestone, held_on: day(11, 18), place: 'Trung tâm triển lãm', findings: 'Đủ 60 gian hàng, mở cửa ba ngày.', result: 'met' });
  const path = `/en/delivery/acceptances/${minutes}`;
  await officer.open(path);
  await officer.act('ask_ward');
  await ward.open(path);
  await ward.put({ ward_opinion: 'Đúng như biên bản; an ninh, vệ sinh bảo đảm.', ward_person: 'Hoàng Thị Phường, Phó Chủ tịch' });
  await ward.act('confirm');
  await picture(ward.page, 'year-09-ward');
  await officer.open(path);
  await officer.act('accept');
  return milestone;
}

async function pays(it, officer, provider, finance, contract, milestone) {
  const payment = await make(it.hands.provider, it.base, 'payments', { milestone, amount: '650.000.001', invoice: 'HĐ 0012' }), path = `/en/contracts/payments/${payment}`;
  await provider.open(path);
  await provider.act('send');
  await officer.open(path);
  await officer.act('agree');
  await finance.open(path);
  await finance.put({ order_number: 'UNC 77' });
  await picture(finance.page, 'year-10-payment');
  await finance.act('pay');
  assert.equal((await only(it.db, 'contract', `call=${it.call}`)).state, 'completed');
}

async function settles(it, provider, finance, contract) {
  const settlement = await make(it.hands.provider, it.base, 'settlements', { contract, 'items.0.title': 'Thuê và dàn dựng', 'items.0.document': 'HĐ 0012', 'items.0.actual': '650.000.001',
    'items.0.eligible': '640.000.000', 'items.0.why': 'Vượt định mức' });
  const path = `/en/contracts/settlements/${settlement}`;
  await provider.open(path);
  await provider.act('submit');
  await finance.open(path);
  await finance.act('approve');
  await finance.put({ refunded_on: day(11, 20), minutes: '09/BB-QT' });
  await finance.page.setInputFiles('input[type=file]', { name: 'quyet-toan.pdf', mimeType: 'application/pdf', buffer: paper('Quyet toan') });
  await finance.act('close');
  assert.equal(await finance.page.locator('#way [aria-current=step] strong').textContent(), 'Closed');
  await picture(finance.page, 'year-11-settlement');
}

/** What the agency does itself, paid without a contract. */
async function ownTask({ base, hands }, task) {
  const { officer, finance } = hands;
  await step(officer, 'plan-tasks', task, 'begin');
  const payment = await make(officer, base, 'payments', { task, amount: '75.000.009', invoice: 'Bảng kê 03' });
  for (const act of ['send', 'agree']) went(await officer.post(`/contracts/payments/${payment}/${act}`, {}));
  went(await finance.post(`/contracts/payments/${payment}/pay`, { order_number: 'UNC 78', paid_on: '' }));
  const minutes = await make(officer, base, 'acceptances', { task, held_on: day(11, 18), findings: 'Đủ 20 học viên.', result: 'met' });
  await step(officer, 'acceptances', minutes, 'accept');
  const settlement = await make(officer, base, 'settlements', { task, 'items.0.title': 'Chuyên gia', 'items.0.document': 'Bảng kê 03', 'items.0.actual': '75.000.009', 'items.0.eligible': '75.000.009' });
  went(await officer.post(`/contracts/settlements/${settlement}/submit`, {}));
  went(await finance.post(`/contracts/settlements/${settlement}/approve`, {}));
  went(await send(finance, base, `/contracts/settlements/${settlement}/close`, { minutes: '10/BB-QT', refunded_on: '' }, { file: ['quyet-toan.pdf', paper('Quyet toan')] }));
}

// ---- everything adds up

const numberOf = (text) => Number(text.replace(/[^\d-]/g, ''));

/** Each view has the same sums, to the đồng; each number of the sources is the sum of the vouchers, or of the tasks, that it opens. */
async function moneyAddsUp({ hands: { finance } }) {
  const kept = spent.contract - spent.refund + spent.own, asked = 700000001 + 75000009;
  const expected = { estimated: asked, submitted: asked, allocated: asked, committed: spent.contract + spent.own, disbursed: kept, settled: kept, free: asked - spent.contract - spent.own };
  const json = async (path) => JSON.parse((await finance.get(path)).text).rows;
  const views = ['agency', 'source', 'content', 'kind', 'month', 'line', 'task'];
  for (const by of views) {
    const rows = await json(`/en/money.json?year=${year}&by=${by}`), sums = {};
    const { free, ...wanted } = expected, all = ['month', 'task'].includes(by) ? wanted : { ...wanted, free };      // what is allocated has neither
    for (const name of Object.keys(rows[0]).filter((key) => key in expected)) sums[name] = rows.reduce((sum, row) => sum + row[name], 0);
    assert.deepEqual(sums, all, by);
  }
  for (const by of views) {
    const table = (await finance.get(`/en/money?year=${year}&by=${by}`)).text.match(/<table[^>]*id="table-money".*?<\/table>/s)[0];
    const cells = [...table.matchAll(/<td[^>]*class="number"[^>]*><a href="([^"]*)">([^<]*)/g)].map(([, url, text]) => [url.replaceAll('&amp;', '&'), numberOf(text)]);
    assert.equal(cells.length, table.match(/<td[^>]*class="number"/g).length, `${by}: every number leads somewhere, those of the sums too`);
    if (by === 'source') assert.equal(cells.length, (5 + 1) * 7);
    for (const [url, number] of cells) {
      const rows = await json(url.replace('?', '.json?'));
      assert.equal(rows.reduce((all, { amount }) => all + amount, 0), number, url);
    }
  }
}

/** Participations and enterprises are told apart, and each number of the targets opens a list of as many. */
async function countsAgree(it, officer) {
  const json = async (path) => JSON.parse((await it.hands.officer.get(path)).text).rows;
  const rows = await json(`/en/targets.json?year=${year}`), value = (code) => rows.find((row) => row.code === code).value;
  assert.deepEqual([value('participations_yearly'), value('participating_enterprises')], [61, 60]);
  assert.equal(value('money_disbursed'), spent.contract - spent.refund + spent.own);
  assert.ok(rows.length >= 18, 'all indicators');
  for (const { code, unit, value: shown } of rows) {
    const list = await json(`/en/targets/${code}/list.json?year=${year}&of=${unit === '%' ? 'whole' : 'part'}`), sum = (some) => some.reduce((all, { counts }) => all + counts, 0);
    const told = unit === '%' ? (100 * sum(list.filter(({ in_part: part }) => part === 'yes'))) / sum(list) : sum(list);
    assert.ok(Math.abs(told - shown) <= Number.EPSILON * told, `${code}: ${shown}, its list ${told}`);
  }
  await officer.open(`/en/targets?year=${year}`);
  await picture(officer.page, 'year-12-targets');
  await officer.press(officer.page.locator(`#table-targets a[href="/en/targets/participations_yearly/list?year=${year}"]`), 'the list behind the number');
  assert.match(await officer.page.locator('.lead').first().textContent(), /^61, /);
  await picture(officer.page, 'year-13-list');
}

test('a year of the programme goes from its plan to its settlements, its money adds up to the đồng and its counts to their lists', async (t) => {
  const db = await demoDatabase(t), [first] = await records(db), it = { db, ward: first.ward_code };
  await accounts(t, db, [{ email: others.unit, roles: 'provider' }, { email: others.member, roles: 'reviewer' }]);
  /** A server on that day, which ends with its part of the year, and the hands of these. */
  const opens = async (part, date, ...roles) => {
    const base = it.base = await serve(part, db, [], date);
    it.hands = Object.fromEntries(await Promise.all(roles.map(async (role) => [role, await (others[role] ? hand(base, others[role], password) : hand(base, emailOf(role)))])));
    return base;
  };
  let made, contract;

  await t.test('January: planned, allocated, called for', async (part) => {
    const base = await opens(part, on(1, 10), 'officer', 'finance', 'provider', 'unit');
    made = await plans(it, await at(part, base, 'officer'), await at(part, base, 'leader'));
    await allocates(it, await at(part, base, 'finance'));
    await units(it);
    it.call = await calls(it, made.task);
    await proposes(await at(part, base, 'provider'), it.call);
    await propose(it, it.hands.unit, it.call, '690.000.000');
  });

  await t.test('February: decided and signed', async (part) => {
    const base = await opens(part, on(2, 5), 'officer', 'provider', 'member');
    const officer = await at(part, base, 'officer'), best = await appraises(it, officer, await at(part, base, 'reviewer'), it.call);
    contract = await decides(officer, it.call, best);
    await signs(it, contract, officer, await at(part, base, 'finance'), await at(part, base, 'leader'));
  });

  await t.test('November: attended, inspected, accepted, paid and settled', async (part) => {
    const base = await opens(part, on(11, 20), 'officer', 'finance', 'provider');
    const officer = await at(part, base, 'officer'), provider = await at(part, base, 'provider'), finance = await at(part, base, 'finance'), ward = await at(part, base, 'ward', telephone);
    await attend(it, officer, made);
    await inspects(it, await at(part, base, 'officer', telephone), provider, contract, made.task);
    const milestone = await accepts(it, officer, provider, ward, contract);
    await pays(it, officer, provider, finance, contract, milestone);
    await settles(it, provider, finance, contract);
    await ownTask(it, made.own);
    await moneyAddsUp(it);
    await countsAgree(it, officer);
  });
  await output(['verify', '--db', db]);
});
