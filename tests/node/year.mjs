// A year of the programme over the web: a plan with one task, its money, and who takes part.  Each step is what its person would send.
import assert from 'node:assert/strict';
import { demoDatabase, records, serve } from './matxich.mjs';
import { inputValue, signedIn, someone } from './people.mjs';

export const year = 2028;                        // none of the demonstration's
/** The clock of a server on that day of it. */
export const on = (month, date) => ({ MATXICH_NOW: `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}T02:00:00Z` });
export const day = (month, date) => `${String(date).padStart(2, '0')}/${String(month).padStart(2, '0')}/${year}`;

/** Where a form led to that was taken. */
export function went(answer) {
  assert.equal(answer.status, 303, `${answer.status} ${answer.text.slice(answer.text.indexOf('<h1')).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 1500)}`);
  return answer.location;
}
/** The first number of a record in the text. */
export const idIn = (text, prefix = '[A-ZĐ]{2,3}') => text.match(new RegExp(`${prefix}-\\d{6,}-\\d`))[0];

/** A PDF of one page that says so. */
export const paper = (text) => Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj
4 0 obj<</Length ${text.length + 2}>>stream
% ${text}
endstream endobj
trailer<</Root 1 0 R/Size 5>>
%%EOF
`);

/** Sends a form that may bring files: { field: [name, bytes] }. */
export async function send(person, base, path, fields, files = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ form_token: await person.token(), ...fields })) body.append(name, value);
  for (const [field, [name, bytes]] of Object.entries(files)) body.append(`${field}.file`, new Blob([bytes]), name);
  return person.ask(path, { method: 'POST', headers: { origin: new URL(base).origin }, body });
}

/** What a form with rows has beside their inputs: the numbers of the rows, empty where they are new. */
const rowNumbers = (fields) => Object.fromEntries(Object.keys(fields).flatMap((name) => {
  const row = name.match(/^\w+\.\d+\./)?.[0];
  return row ? [[`${row}id`, '']] : [];
}));

/** Makes a record in the form of the workspace: its number. */
export async function make(person, base, list, fields, files) {
  return idIn(went(await send(person, base, `/workspace/${list}/new`, { version: '0', ...rowNumbers(fields), ...fields }, files)));
}

/** Takes a step on the page of the workspace that every step has. */
export const step = async (person, list, id, name, note = '') => went(await person.post(`/workspace/${list}/${id}/steps/${name}`, { note }));

const wanted = {
  activity: { title_vi: 'Hội chợ công nghiệp hỗ trợ Hà Nội', content: '3.1', kind: 'fair-home', agency: 'SCT', starts: day(3, 10), ends: day(12, 20), participations: '60' },
  task: { title_vi: 'Tổ chức gian hàng chung', agency: 'SCT', mode: 'provider', starts: day(3, 1), ends: day(12, 28), result: '60 gian hàng mở cửa trong 3 ngày', reports: 'none',
    'costs.0.item': 'Thuê mặt bằng', 'costs.0.kind': 'space', 'costs.0.quantity': '60', 'costs.0.price': '10.000.000', 'costs.0.source': 'city_recurrent', 'costs.0.support': '420.000.000',
    'costs.0.rest_source': 'participants', 'costs.1.item': 'Dàn dựng', 'costs.1.kind': 'stand', 'costs.1.quantity': '1', 'costs.1.price': '100.000.001', 'costs.1.source': 'sponsorship',
    'costs.1.support': '100.000.001' },
};

/** The plan of the year with one activity and one task for a unit, approved: { plan, activity, task }. */
export async function plannedYear({ base, officer, leader }, change = {}) {
  const plan = await make(officer, base, 'plans', { title_vi: `Kế hoạch năm ${year}`, year: String(year) });
  const activity = await make(officer, base, 'activities', { ...wanted.activity, plan, ...change.activity });
  const task = await make(officer, base, 'plan-tasks', { ...wanted.task, activity, ...change.task });
  await step(officer, 'plans', plan, 'submit');
  went(await send(officer, base, `/workspace/plans/${plan}/edit`, { title_vi: `Kế hoạch năm ${year}`, decision: '12/QĐ-UBND', decided_on: day(1, 15) }));
  await step(leader, 'plans', plan, 'approve');
  return { plan, activity, task };
}

/** Finance gives each budget line of the year what was asked for: the rows of the year's money, by line. */
export async function allocate({ finance }) {
  const { rows } = JSON.parse((await finance.get(`/en/money.json?year=${year}&by=line`)).text);
  for (const { key, estimated } of rows) {
    const seen = inputValue((await finance.get(`/money/lines/${key}?do=allocate`)).text, 'seen');
    went(await finance.post(`/money/lines/${key}/allocate`, { amount: String(estimated), document: '45/QĐ-UBND', on_day: day(2, 1), seen }));
  }
  return rows;
}

/** Officer, finance, leader, a council of three and two units, all with accounts of their own. */
export async function people(t, db, base) {
  const [officer, finance, leader, chair, secretary, member, ...accounts] = await Promise.all([
    ...['officer', 'finance', 'leader', 'officer', 'reviewer', 'reviewer', 'provider', 'provider'].map((role) => someone(t, db, base, role))]);
  const units = [];
  for (const [i, one] of accounts.entries()) {
    const id = await make(officer, base, 'providers', { name_vi: `Trung tâm xúc tiến ${i + 1}`, kind: 'promotion', account: one.email });
    units.push(Object.assign(one, { id }));
  }
  return { db, base, officer, finance, leader, council: [chair, secretary, member], units };
}

/** A call for the task, open, with two criteria and the council: its number. */
export async function openCall({ base, officer, council }, task, change = {}) {
  const roles = ['chair', 'secretary', 'member'];
  const members = Object.fromEntries(council.flatMap(({ email }, i) => [[`council.${i}.name`, `Thành viên ${i + 1}`], [`council.${i}.role`, roles[i]], [`council.${i}.account`, email]]));
  const call = await make(officer, base, 'calls', {
    title_vi: 'Mời tổ chức gian hàng chung', task, terms: 'Thuê, dàn dựng và vận hành 60 gian hàng.', ceiling: '700.000.001', reach: 'anybody', closes_on: day(11, 30),
    'criteria.0.title': 'Kinh nghiệm', 'criteria.0.weight': '40', 'criteria.0.least': '50', 'criteria.1.title': 'Phương án', 'criteria.1.weight': '60', ...members, ...change });
  await step(officer, 'calls', call, 'open');
  return call;
}

/** The only record of the list that the filters leave. */
export async function only(db, list, ...filters) {
  const all = await records(db, list, ...filters);
  assert.equal(all.length, 1, `${list} ${filters}: ${all.length}`);
  return all[0];
}

/** The same people at the portal as it is on a later day. */
export async function later(it, base) {
  const again = async (one) => Object.assign(await signedIn(it.db, base, one.email), { email: one.email, id: one.id });
  const [officer, finance, leader] = await Promise.all([it.officer, it.finance, it.leader].map(again));
  return { ...it, base, officer, finance, leader, council: await Promise.all(it.council.map(again)), units: await Promise.all(it.units.map(again)) };
}

/** A sealed proposal for the call: its number. */
export async function propose({ base }, unit, call, price, text = 'Ba ngày dựng, hai đội trực.') {
  went(await send(unit, base, `/contracts/calls/${call}/bid/write`, { price, text }));
  const [bid] = (await unit.get(`/workspace/bids`)).text.match(/HS-\d{6,}-\d/);
  went(await unit.post(`/contracts/calls/${call}/bid/send`, {}));
  return bid;
}

/** Every member of the council gives every proposal its points: { proposal: [points by criterion] }. */
export async function score({ council }, call, given) {
  for (const member of council)
    for (const [bid, points] of Object.entries(given)) {
      const n = Number(bid.match(/-0*(\d+)-/)[1]);
      const fields = points.flatMap((value, i) => [[`points.${n}.${i}`, String(value)], [`comment.${n}.${i}`, `Được ${value} điểm`]]);
      went(await member.post(`/contracts/calls/${call}/score`, [['bid', bid], ...fields]));
    }
}

// ---- how far a task has come

export const whileOpen = on(11, 22), afterTheCall = on(12, 5);

/** A call for a task whose money is there, with a proposal of each of the two units. */
export async function called(t, change = {}) {
  const db = await demoDatabase(t), base = await serve(t, db, [], whileOpen), it = await people(t, db, base);
  const { task } = await plannedYear(it);
  await allocate(it);
  const call = await openCall(it, task, change);
  const bids = [await propose(it, it.units[0], call, '650.000.001'), await propose(it, it.units[1], call, '690.000.000')];
  return { ...it, task, call, bids };
}

/** The same after the last day: opened, scored, the first one best. */
export async function appraised(t) {
  const before = await called(t), it = await later(before, await serve(t, before.db, [], afterTheCall));
  went(await it.officer.post(`/contracts/calls/${it.call}/open_bids`, {}));
  await score(it, it.call, { [it.bids[0]]: [90, 80], [it.bids[1]]: [70, 85] });
  return it;
}

export const decision = (bid, more = {}) => ({ bid, decision: '88/QĐ-SCT', decided_on: day(12, 5), reason: 'Điểm cao nhất, giá thấp hơn.', ...more });

/** The contract that follows, drafted: its number. */
export const contracted = async (it) => idIn(went(await it.officer.post(`/contracts/calls/${it.call}/decide`, decision(it.bids[0]))));

/** Approved and signed: the contract with its milestone. */
export async function inForce(it) {
  const contract = await contracted(it);
  went(await it.officer.post(`/contracts/${contract}/send`, {}));
  went(await it.finance.post(`/contracts/${contract}/agree`, {}));
  went(await it.leader.post(`/contracts/${contract}/approve`, {}));
  went(await send(it.officer, it.base, `/contracts/${contract}/sign`, { number: '15/HĐ-SCT', signed_on: day(12, 5) }, { file: ['hop-dong.pdf', paper('Hop dong')] }));
  return { contract, milestone: (await only(it.db, 'milestone', `contract=${contract}`)).id };
}

/** Delivered by the first unit and accepted, as promised. */
export async function accepted(it, milestone) {
  await step(it.units[0], 'milestones', milestone, 'deliver');
  const minutes = await make(it.officer, it.base, 'acceptances', { milestone, held_on: day(12, 5), findings: 'Đủ 60 gian hàng.', result: 'met' });
  await step(it.officer, 'acceptances', minutes, 'accept');
}
