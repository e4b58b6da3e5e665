// Who carries out a task, over the web: a call, sealed proposals, the council, the contract on its way, what is delivered, paid and settled.  And what is
// another's stays so.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { output, records, serve } from '../node/matxich.mjs';
import { inputValue, someone } from '../node/people.mjs';
import { get, links, page } from '../node/web.mjs';
import { accepted, afterTheCall, appraised, called, contracted, day, decision, inForce, later, make, only, paper, score, send, went, year } from '../node/year.mjs';

/** The same form sent twice at once: one is taken, the other is told who was first. */
async function twice(post) {
  const [first, second] = (await Promise.all([post(), post()])).sort((a, b) => a.status - b.status);
  went(first);
  assert.equal(second.status, 409, second.text.slice(second.text.indexOf('<h1')));
  assert.match(second.text, /already done here by [^<]*\d\d:\d\d/);
}

test('proposals stay sealed: until the last day is over nobody but its unit reads one, and then all open together', async (t) => {
  const it = await called(t), desk = `/en/contracts/calls/${it.call}`;
  const seen = (await it.officer.get(desk)).text;
  assert.match(seen, /2 proposals have come, sealed/);
  assert.doesNotMatch(seen, /650[.,]000|Trung tâm xúc tiến|Ba ngày dựng/);
  const early = await it.officer.post(`${desk}/open_bids`, {});
  assert.equal(early.status, 422);
  assert.match(early.text, /before that nobody may open them/);
  for (const who of [it.officer, it.council[1], it.units[1]]) assert.equal((await who.get(`/en/workspace/bids/${it.bids[0]}?all=1`)).status, 404);
  assert.match((await it.units[0].get(`${desk}/bid`)).text, /650,000,001/);
  assert.doesNotMatch((await it.units[1].get(`${desk}/bid`)).text, /650,000,001/);
  assert.match((await it.units[0].get(desk)).location, /\/bid$/, 'a unit is led to its own proposal');
  went(await it.units[1].post(`/contracts/calls/${it.call}/bid/revise`, {}));
  assert.match((await it.officer.get(desk)).text, /1 proposal has come, sealed/);

  const then = await later(it, await serve(t, it.db, [], afterTheCall));
  went(await then.officer.post(`${desk}/open_bids`, {}));
  assert.match((await then.officer.get(desk)).text, /id="table-ranking".*650,000,001/s);
  assert.equal((await then.units[1].post(`/contracts/calls/${it.call}/bid/send`, {})).status, 404, 'what was not sent in time is not taken');
});

test('each member of the council scores alone, a wrong form comes back as typed, and the ranking has points, spread and members', async (t) => {
  const before = await called(t), it = await later(before, await serve(t, before.db, [], afterTheCall));
  went(await it.officer.post(`/contracts/calls/${it.call}/open_bids`, {}));
  const path = `/en/contracts/calls/${it.call}`, n = Number(it.bids[0].match(/-0*(\d+)-/)[1]);
  const typed = [['bid', it.bids[0]], [`points.${n}.0`, '90'], [`comment.${n}.0`, 'Ba hội chợ đã làm'], [`points.${n}.1`, '105'], [`comment.${n}.1`, 'Tốt']];
  assert.ok(links((await it.council[1].get('/contracts')).text).some((link) => link.includes(it.call)), 'it stands among what they have to score');
  const refused = await it.council[1].post(`${path}/score`, typed);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /role="alert".*Phương án/s);
  assert.equal(inputValue(refused.text, `points.${n}.1`), '105');
  assert.match(refused.text, /Ba hội chợ đã làm/);
  assert.equal((await records(it.db, 'bid_score', `call=${it.call}`)).length, 0, 'all criteria of a proposal are kept or none');
  await score(it, it.call, { [it.bids[0]]: [90, 80], [it.bids[1]]: [40, 95] });
  await score({ council: [it.council[2]] }, it.call, { [it.bids[0]]: [60, 60] });
  assert.equal((await records(it.db, 'bid_score', `call=${it.call}`)).length, 12, 'a score given again takes the place of the one before');

  const other = (await it.council[1].get(path)).text;
  assert.equal(inputValue(other, `points.${n}.0`), '90', 'one sees the own points');
  assert.doesNotMatch(other, /Được 60 điểm|id="table-ranking"/, 'and nobody else’s');
  const { rows } = JSON.parse((await it.officer.get(`${path}.json`)).text);
  assert.equal(rows[0].members, 3);
  assert.ok(Math.abs(rows[0].points - (84 * 2 + 60) / 3) < 1e-9, rows[0].points);
  assert.ok(rows[0].spread > 11 && rows[0].spread < 12, rows[0].spread);
  assert.match(rows[1].out, /at least 50/);
  const minutes = (await it.officer.get(`${path}/minutes`)).text;
  for (const said of [/Thành viên 2/, /Được 60 điểm/, /650[.,]000[.,]001/]) assert.match(minutes, said);
  assert.equal((await it.units[0].get(`${path}/minutes`)).status, 404);
});

test('two decide at once: one is taken, the other is told who was first and keeps what was typed', async (t) => {
  const it = await appraised(t), path = `/en/contracts/calls/${it.call}`;
  const early = await it.officer.post(`${path}/decide`, decision(it.bids[0], { decision: '' }));
  assert.equal(early.status, 422);
  assert.match(early.text, /role="alert".*number of the decision/s);
  assert.match(early.text, /Điểm cao nhất/);
  const both = await Promise.all([it.officer, it.leader].map((who, i) => who.post(`${path}/decide`, decision(it.bids[i]))));
  const [first, second] = both[0].status === 303 ? both : [both[1], both[0]];
  assert.match(first.location, /\/contracts\/H/);
  assert.equal(second.status, 409);
  assert.match(second.text, /role="alert".*already done here by/s);
  await only(it.db, 'contract', `call=${it.call}`);
  const told = await Promise.all(it.units.map(async (unit) => (await unit.get(`${path}/bid`)).text));
  assert.equal(told.filter((text) => /Your proposal was chosen/.test(text)).length, 1);
  assert.equal(told.filter((text) => /Another proposal was chosen/.test(text)).length, 1);
});

test('a contract goes through its approvals to its settlement, and its desk says each time whose turn it is', async (t) => {
  const it = await appraised(t), contract = await contracted(it), path = `/en/contracts/${contract}`;
  await twice(() => it.officer.post(`/en/contracts/${contract}/send`, {}));
  await twice(() => it.finance.post(`/en/contracts/${contract}/agree`, {}));
  await twice(() => it.leader.post(`/en/contracts/${contract}/approve`, {}));
  const signing = (signed_on) => send(it.officer, it.base, `/en/contracts/${contract}/sign`, { number: '15/HĐ-SCT', signed_on }, { file: ['hop-dong.pdf', paper('Hop dong')] });
  const ahead = await signing(day(12, 31));
  assert.equal(ahead.status, 422);
  assert.match(ahead.text, /role="alert"[^]*31 Dec 2028 is still to come/);
  await twice(() => signing(day(12, 5)));
  const milestone = (await only(it.db, 'milestone', `contract=${contract}`)).id;
  const desk = (await it.officer.get(path)).text;
  assert.match(desk, /aria-current="step"[^]*In force/);
  assert.match(desk, /id="shares"/);
  const own = (await it.units[0].get(path)).text;
  assert.doesNotMatch(own, /id="shares"/, 'what is free on a line is the office’s to know');
  assert.match(own, new RegExp(`/workspace/deliverables/new\\?milestone=${milestone}`));
  assert.equal((await it.units[1].get(path)).status, 404);
  await accepted(it, milestone);
  assert.match((await it.units[0].get(path)).text, new RegExp(`/workspace/payments/new\\?milestone=${milestone}`));

  const request = await make(it.units[0], it.base, 'payments', { milestone, amount: '650.000.002', invoice: 'HĐ 0012' });
  const more = await it.units[0].post(`/en/contracts/payments/${request}/send`, {});
  assert.equal(more.status, 422);
  assert.match(more.text, /role="alert".*650,000,001/s, 'how much may be asked for');
  went(await send(it.units[0], it.base, `/workspace/payments/${request}/edit`, { amount: '650.000.001', invoice: 'HĐ 0012' }));
  went(await it.units[0].post(`/contracts/payments/${request}/send`, {}));
  assert.equal((await it.finance.post(`/en/contracts/payments/${request}/pay`, { order_number: 'UNC 77' })).status, 409, 'finance pays after the programme has approved');
  went(await it.officer.post(`/contracts/payments/${request}/agree`, {}));
  const wrong = await it.finance.post(`/en/contracts/payments/${request}/pay`, { order_number: 'UNC 77', paid_on: day(12, 31) });
  assert.equal(wrong.status, 422);
  assert.equal(inputValue(wrong.text, 'order_number'), 'UNC 77');
  assert.equal((await only(it.db, 'payment_request', `milestone=${milestone}`)).order_number, null, 'number and step together, or neither');
  await twice(() => it.finance.post(`/en/contracts/payments/${request}/pay`, { order_number: 'UNC 77', paid_on: '' }));
  assert.equal((await it.finance.post(`/en/contracts/payments/${request}/pay`, { order_number: 'UNC 78', paid_on: '' })).status, 409, 'who comes later is told the same');
  assert.equal((await records(it.db, 'voucher', 'stage=disbursed', `contract=${contract}`)).reduce((sum, { amount }) => sum + Number(amount), 0), 650000001, 'paid once');

  const settlement = await make(it.units[0], it.base, 'settlements', { contract, 'items.0.title': 'Thuê mặt bằng', 'items.0.document': 'HĐ 0012', 'items.0.actual': '650.000.001',
    'items.0.eligible': '640.000.000', 'items.0.why': 'Vượt định mức' });
  went(await it.units[0].post(`/contracts/settlements/${settlement}/submit`, {}));
  went(await it.finance.post(`/contracts/settlements/${settlement}/approve`, {}));
  const open = await it.finance.post(`/en/contracts/settlements/${settlement}/close`, { minutes: '09/BB-QT', refunded_on: '' });
  assert.equal(open.status, 422);
  assert.match(open.text, /role="alert".*10,000,001/s, 'what is to be paid back first');
  assert.equal(inputValue(open.text, 'minutes'), '09/BB-QT');
  await twice(() => send(it.finance, it.base, `/en/contracts/settlements/${settlement}/close`, { minutes: '09/BB-QT', refunded_on: day(12, 5) }, { file: ['quyet-toan.pdf', paper('Quyet toan')] }));
  const agency = await someone(t, it.db, it.base, 'agency'), vouchers = (await agency.get(`/en/money/vouchers?year=${year}`)).text;
  assert.ok(links(vouchers).some((link) => /budget-lines|lines\/DT/.test(link)) && vouchers.includes(contract));
  assert.ok(!links(vouchers).some((link) => link.includes(contract)), 'no link to a contract that is not the reader’s to see');
  const steps = (await it.officer.get('/en/workspace/steps-taken')).text;
  assert.doesNotMatch(steps, />(settlement|supply_link|contract|payment_request|programme_approved|in_force|draft|submitted)</, 'no words of the program');
  const done = (await it.officer.get(path)).text;
  assert.match(done, /aria-current="step"[^]*Settled/);
  const { rows } = JSON.parse((await it.officer.get(`/en/money.json?year=${year}&by=line`)).text);
  const sum = (name) => rows.reduce((all, row) => all + row[name], 0);
  assert.deepEqual([sum('committed'), sum('disbursed'), sum('settled')], [650000001, 640000000, 640000000]);
  await output(['verify', '--db', it.db]);
});

test('open calls are for everybody to read, those for invited units are not, and a result names the chosen unit', async (t) => {
  const it = await appraised(t), path = `/en/calls/${it.call}`;
  await contracted(it);
  const result = await page(it.base, path);
  assert.ok(!links(result).some((link) => link.endsWith('/bid')), 'nothing is proposed any more');
  assert.match(result, /Trung tâm xúc tiến 1/);
  assert.doesNotMatch(result, /Trung tâm xúc tiến 2|690,000,000/);

  const open = await called(t), answer = `/contracts/calls/${open.call}/bid`;
  const leads = async (who) => links((await who.get(`/en/calls/${open.call}`)).text).some((link) => link.endsWith(answer));
  assert.ok(links(await page(open.base, `/en/calls/${open.call}`)).some((link) => link.endsWith(answer)), 'a visitor signs in on the way');
  assert.deepEqual(await Promise.all([open.units[0], open.officer, open.finance, open.council[1]].map(leads)), [true, false, false, false]);
  for (const who of [open.officer, open.council[1]]) assert.doesNotMatch((await who.get(`/en${answer}`)).text, /bid\/write/, 'no form that would be refused');

  const { task } = it, invited = await called(t, { reach: 'invited', 'invited.0.provider': 'Trung tâm xúc tiến 1', 'invited.1.provider': 'Trung tâm xúc tiến 2' });
  assert.ok(task);
  assert.equal((await get(invited.base, `/calls/${invited.call}`)).status, 404);
  assert.ok(!links(await page(invited.base, '/calls')).some((link) => link.includes(invited.call)));
  assert.match((await invited.units[0].get(`/en/contracts/calls/${invited.call}/bid`)).text, /650,000,001/);
  const stranger = await someone(t, invited.db, invited.base, 'provider');
  assert.equal((await stranger.get(`/contracts/calls/${invited.call}/bid`)).status, 404);
});
