// The desks of calls, proposals, contracts, payments and settlements in a browser: for each who works there, in both languages, on a telephone, by keyboard,
// without scripts; and what is typed into a proposal is there again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, signIn, violations, walk } from '../node/browser.mjs';
import { person } from '../node/keyboard.mjs';
import { serve } from '../node/matxich.mjs';
import { password } from '../node/people.mjs';
import { accepted, afterTheCall, appraised, called, contracted, inForce, later, make, paper, went } from '../node/year.mjs';

const narrow = { width: 360, height: 740 };

/** A contract with everything on it: delivered, asked to be paid; and the settlement begun. */
async function underWay(t) {
  const it = await appraised(t), { contract, milestone } = await inForce(it);
  await accepted(it, milestone);
  const payment = await make(it.units[0], it.base, 'payments', { milestone, amount: '650.000.001', invoice: 'HĐ 0012' });
  await make(it.officer, it.base, 'amendments', { contract, number: 'PL-01', reason: 'Hội chợ lùi một tuần', ends: '' });
  const settlement = await make(it.units[0], it.base, 'settlements', { contract, 'items.0.title': 'Thuê mặt bằng', 'items.0.document': 'HĐ 0012', 'items.0.actual': '650.000.001',
    'items.0.eligible': '640.000.000', 'items.0.why': 'Vượt định mức' });
  return { ...it, contract, payment, settlement };
}

test('every desk can be read by everybody it is for: on a telephone, in both languages', async (t) => {
  const it = await underWay(t), own = `/contracts/${it.contract}`, call = `/contracts/calls/${it.call}`;
  const payment = `/contracts/payments/${it.payment}`, settlement = `/contracts/settlements/${it.settlement}`;
  const desks = [[it.officer, ['/contracts', call, `${call}/minutes`, own, payment, settlement]], [it.finance, ['/contracts', own, payment, settlement]], [it.leader, ['/contracts', call, own]],
    [it.council[1], [call]], [it.units[0], ['/contracts', `${call}/bid`, own, payment, settlement]]];
  for (const [who, paths] of desks) {
    const page = await openPage(t, narrow);
    await signIn(page, it.base, who.email);
    await walk(page, it.base, paths);
  }
  const visitor = await person(t, it.base, narrow);
  for (const path of ['/calls', '/en/calls', `/calls/${it.call}`, `/en/calls/${it.call}`]) await visitor.open(path);
});

test('what is typed into a proposal is there again on another day, until it is saved', async (t) => {
  const it = await called(t), unit = it.units[1], path = `/en/contracts/calls/${it.call}/bid`;
  went(await unit.post(`/contracts/calls/${it.call}/bid/revise`, {}));
  went(await unit.post(`/workspace/bids/${it.bids[1]}/steps/withdraw`, {}));
  const page = await openPage(t, { locale: 'en-GB', status: 422 });
  await signIn(page, it.base, unit.email);
  await page.goto(it.base + path);
  await page.fill('#price', '655.000.000');
  await page.fill('#text', 'Một đội dựng, hai đội trực.');
  await page.getByText(/Draft saved at/).waitFor();
  await page.goto(it.base + path);
  assert.equal(await page.inputValue('#price'), '655.000.000');
  assert.equal(await page.inputValue('#text'), 'Một đội dựng, hai đội trực.');
  await page.fill('#price', 'sáu trăm');
  await page.getByRole('button', { name: 'Save the proposal' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal(await page.inputValue('#price'), 'sáu trăm');
  assert.equal(await page.inputValue('#text'), 'Một đội dựng, hai đội trực.');
  assert.deepEqual(await violations(page), []);
});

test('without scripts, on a telephone: a unit writes and sends its proposal, the council scores, finance pays', async (t) => {
  const before = await called(t), view = { ...narrow, javaScriptEnabled: false, locale: 'en-GB' }, call = `/en/contracts/calls/${before.call}`;
  went(await before.units[1].post(`/contracts/calls/${before.call}/bid/revise`, {}));
  went(await before.units[1].post(`/workspace/bids/${before.bids[1]}/steps/withdraw`, {}));
  const unit = await openPage(t, view);
  await signIn(unit, before.base, before.units[1].email);
  await unit.goto(before.base + call);
  await unit.fill('#price', '655.000.000');
  await unit.fill('#text', 'Một đội dựng, hai đội trực.');
  await unit.getByRole('button', { name: 'Save the proposal' }).click();
  await unit.getByRole('button', { name: 'Send, sealed' }).click();
  await unit.getByText('Your proposal is sent, sealed').waitFor();

  const it = await later(before, await serve(t, before.db, [], afterTheCall));
  const officer = await openPage(t, view), member = await openPage(t, view);
  await signIn(officer, it.base, it.officer.email);
  await officer.goto(it.base + call);
  await officer.getByRole('button', { name: 'Open the proposals' }).click();
  await officer.getByRole('heading', { name: 'Ranking' }).waitFor();
  await signIn(member, it.base, it.council[1].email);
  await member.goto(it.base + call);
  await member.locator('#scores details').first().locator('summary').click();
  const form = member.locator('#scores details').first();
  for (const points of await form.locator('input[type=text]').all()) await points.fill('80');
  for (const comment of await form.locator('textarea').all()) await comment.fill('Đủ kinh nghiệm');
  await form.getByRole('button', { name: 'Keep the scores' }).click();
  await member.getByText('Saved.').waitFor();
  await officer.reload();
  assert.match(await officer.locator('#given').textContent(), /Đủ kinh nghiệm/);
});

test('by keyboard: a contract is signed with its signed copy, and the desk says what comes next', async (t) => {
  const it = await appraised(t), id = await contracted(it);
  went(await it.officer.post(`/contracts/${id}/send`, {}));
  went(await it.finance.post(`/contracts/${id}/agree`, {}));
  const leader = await person(t, it.base), officer = await person(t, it.base);
  await leader.signIn(it.leader.email, password);
  await leader.open(`/en/contracts/${id}`);
  await leader.follow('Approve', 'approved');
  await officer.signIn(it.officer.email, password);
  await officer.open(`/en/contracts/${id}`);
  await officer.fill(officer.page.locator('#number'), '15/HĐ-SCT');
  await officer.fill(officer.page.locator('#signed_on'), '5/12/2028');
  await officer.page.setInputFiles('input[type=file]', { name: 'hop-dong.pdf', mimeType: 'application/pdf', buffer: paper('Hop dong') });
  await officer.follow('Note that it is signed', 'signed');
  assert.match(await officer.page.locator('.notice').first().textContent(), /delivers milestone by milestone/);
  assert.equal(await officer.page.locator('#way [aria-current=step] strong').textContent(), 'In force');
});
