// From a sentence to an order, by keyboard alone: a buyer who reads English finds suppliers, sees why, compares three, posts a demand; an officer
// opens it, two suppliers answer and quote, the buyer chooses and is introduced; six months later the first order is written down, and the
// programme counts one direct supplier more.  SHOTS=1 makes the pictures anew.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../node/browser.mjs';
import { demoPassword, person } from '../node/keyboard.mjs';
import { demoDatabase, records, serve } from '../node/matxich.mjs';
import { accounts, password } from '../node/people.mjs';
import { eventually, json, links, page } from '../node/web.mjs';

const sentence = 'precision injection molding, IATF 16949, press over 250 t, within 40 km of Noi Bai';
const halfAYearLater = { MATXICH_NOW: '2027-05-24T03:00:00Z' };
const idIn = (text, prefix) => text.match(new RegExp(`${prefix}-\\d+-\\d`))[0];

// ---- who takes part

async function buyerAt(t, base, view) {
  const buyer = await person(t, base, view);
  await buyer.open('/en/sign-in');
  await buyer.fill(buyer.page.locator('#email'), 'buyer@demo.example');
  await buyer.fill(buyer.page.locator('#password'), demoPassword);
  await buyer.press('Enter', 'the desk of the buyer');
  return buyer;
}

/** The two that fit best of those that are no direct suppliers yet, at their desks. */
async function suppliersAt(t, db, base) {
  const { rows } = await json(base, `/en/match.json?q=${encodeURIComponent(sentence)}`);
  const already = new Set((await json(base, '/direct-suppliers.json')).rows.map(({ id }) => id));
  const ids = rows.map(({ id }) => id).filter((id) => !already.has(id)).slice(0, 2);
  const all = ids.map((id, i) => ({ id, email: `supplier.${i}@example.vn` }));
  await accounts(t, db, all.map(({ id, email }) => ({ email, roles: 'enterprise', options: ['--organisation', id] })));
  const desks = [];
  for (const { id, email } of all) {
    const supplier = await person(t, base);
    await supplier.signIn(email, password);
    desks.push({ id, ...supplier });
  }
  return desks;
}

/** Chooses what the select has under these letters. */
async function choose({ page, reach }, select, letters) {
  await reach(page.locator(select));
  await page.keyboard.type(letters);
}

/** Presses the button that does this to the record of the page. */
const act = (who, what, n = 0) => who.follow(who.page.locator(`form[action$="/${what}"] button`).nth(n), what);

// ---- the steps

async function finds(buyer) {
  await buyer.follow(buyer.page.locator('.site-nav a[href="/en/match"]'), 'the search');
  await buyer.fill(buyer.page.locator('#q'), sentence);
  await buyer.press('Enter', 'suppliers');
  const chips = (await buyer.page.locator('.want > span').allTextContents()).join('; ');
  for (const understood of [/Injection moulding/, /IATF 16949/, /250.t/, /40.km/]) assert.match(chips, understood);
  assert.ok(await buyer.page.locator('.supplier').count() >= 5);
  await picture(buyer.page, 'linkage-1');
}

async function seesWhy(buyer) {
  await buyer.follow(buyer.page.locator('.supplier .why').first(), 'reasons');
  const reasons = buyer.page.locator('.supplier').first().locator('.reason');
  assert.equal(await reasons.count(), 5);
  const text = (await reasons.allTextContents()).join('\n');
  for (const told of [/\d+.t/, /km away|Noi Bai/, /valid until/, /\d{4}/]) assert.match(text, told);
  await picture(buyer.page, 'linkage-2');
}

async function comparesThree(buyer) {
  for (const nth of [0, 1, 2]) {
    await buyer.reach(buyer.page.locator('.supplier input[type=checkbox]').nth(nth));
    await buyer.page.keyboard.press('Space');
  }
  await buyer.follow(buyer.page.locator('form[action="/en/match/compare"] button[type=submit]'), 'side by side');
  assert.equal(await buyer.page.locator('#table-comparison thead th').count(), 4);
  assert.match(await buyer.page.locator('#table-comparison').textContent(), /Fit, %/);
  await picture(buyer.page, 'linkage-3');
  await buyer.follow(buyer.page.locator('.crumbs a'), 'back to the suppliers');
  assert.ok(await buyer.page.locator('.supplier').count() >= 5);
}

async function posts(buyer, db) {
  await buyer.follow('Post this as a demand', 'a new demand');
  const { page } = buyer;
  assert.equal(await page.locator('#force').inputValue(), '250');
  await buyer.fill(page.locator('#title'), 'Connector housings, PBT, 60,000 a year');
  await buyer.fill(page.locator('#quotes_by'), '20/12/2026');
  await choose(buyer, '#reach', 'Any');
  await buyer.fill(page.locator('#buyer'), 'Northfield Motors');
  await choose(buyer, '#country', 'Germany');
  await buyer.follow('Save the new record', 'the demand');
  const [demand] = (await records(db, 'demand')).filter(({ buyer: name }) => name === 'Northfield Motors');
  await buyer.open(`/en/linkage/demands/${demand.id}`);
  await act(buyer, 'submit');
  await picture(page, 'linkage-4');
  return demand.id;
}

async function checks(officer, demand) {
  await officer.open(`/linkage/demands/${demand}`);
  await act(officer, 'open');
}

async function answers(supplier, base, demand) {
  await eventually(async () => links(await page(base, '/demands')).includes(`/demands/${demand}`));
  await supplier.open('/demands');
  await supplier.follow(supplier.page.locator(`a[href="/demands/${demand}"]`), 'the open demand');
  await supplier.fill(supplier.page.locator('#message'), 'Chúng tôi đang làm chi tiết tương tự.');
  await act(supplier, 'answer');
  return idIn(supplier.page.url(), 'LI');
}

async function admits(buyer, demand, n) {
  await buyer.open(`/en/linkage/demands/${demand}`);
  for (let i = 0; i < n; i++) await act(buyer, 'admit');
  await picture(buyer.page, 'linkage-5');
}

async function quotes(supplier, invitation, price) {
  const { page } = supplier;
  await supplier.open(`/linkage/invitations/${invitation}`);
  await supplier.follow(page.locator('a[href*="/quotes/new"]'), 'a quote');
  await supplier.fill(page.locator('#price'), price);
  await choose(supplier, '#currency', 'USD');
  await supplier.fill(page.locator('#lead_days'), '45');
  await supplier.follow(page.locator('.record-form button[type=submit]').last(), 'the quote');
  await supplier.open(`/linkage/invitations/${invitation}`);
  await act(supplier, 'quote/send');
}

async function chooses(buyer, demand, name) {
  const { page } = buyer;
  await buyer.open(`/en/linkage/demands/${demand}/quotes`);
  assert.equal(await page.locator('#table-quotes tbody tr').count(), 2);
  await picture(page, 'linkage-6');
  const radios = page.locator('input[name=quote]');
  await buyer.reach(radios.first());
  await page.keyboard.press('Space');
  if (!(await page.locator('label', { has: page.locator('input[name=quote]:checked') }).textContent()).includes(name)) await page.keyboard.press('ArrowDown');
  await buyer.fill(page.locator('#reason'), 'Larger presses, and an audit passed last year.');
  await act(buyer, 'choose');
  assert.match(page.url(), /\/linkage\/introductions\//);
  return new URL(page.url()).pathname;
}

const counted = async (base) => Number((await page(base, '/en/programme')).match(/href="\/en\/direct-suppliers"[^>]*>(\d+)/)[1]);

async function ordersFirst(buyer, introduction) {
  const { page } = buyer;
  await buyer.open(introduction);
  await choose(buyer, '#stage', 'First');
  await buyer.fill(page.locator('#on_day'), '20/05/2027');
  await buyer.fill(page.locator('#amount'), '84000');
  await choose(buyer, '#currency', 'USD');
  await buyer.follow('Write it down', 'the first order');
  await picture(page, 'linkage-7');
}

async function seesItCounted(t, base, before, id) {
  const visitor = await person(t, base);
  await eventually(async () => (await counted(base)) === before + 1);
  await visitor.open('/en/programme');
  await visitor.follow(visitor.page.locator('a[href="/en/direct-suppliers"]'), 'the list behind the number');
  assert.equal(await visitor.page.locator('#table-direct-suppliers tbody tr').count(), before + 1);
  assert.equal(await visitor.page.locator(`#table-direct-suppliers a[href="/en/enterprises/${id}"]`).count(), 1);
  await picture(visitor.page, 'linkage-8');
}

test('a buyer finds suppliers by a sentence, posts a demand, chooses of two quotes, and half a year later the first order makes a direct supplier', async (t) => {
  const db = await demoDatabase(t), base = await serve(t, db), before = await counted(base);
  const buyer = await buyerAt(t, base), officer = await person(t, base), suppliers = await suppliersAt(t, db, base);
  await finds(buyer);
  await seesWhy(buyer);
  await comparesThree(buyer);
  const demand = await posts(buyer, db);
  await officer.signIn('officer@demo.example', demoPassword);
  await checks(officer, demand);
  const invitations = [];
  for (const supplier of suppliers) invitations.push(await answers(supplier, base, demand));
  await admits(buyer, demand, 2);
  await quotes(suppliers[0], invitations[0], '1.42');
  await quotes(suppliers[1], invitations[1], '1.38');
  const chosen = (await records(db)).find(({ id }) => id === suppliers[0].id);
  const introduction = await chooses(buyer, demand, chosen.name_en ?? chosen.name_vi);

  const later = await serve(t, db, [], halfAYearLater), buyerLater = await buyerAt(t, later);
  await ordersFirst(buyerLater, introduction);
  await seesItCounted(t, later, before, suppliers[0].id);
});

// ---- on a telephone, and without scripts

test('the search, its reasons and the comparison fit a telephone', async (t) => {
  const db = await demoDatabase(t), base = await serve(t, db), visitor = await person(t, base, { width: 360, height: 740 });
  const asked = `/en/match?q=${encodeURIComponent(sentence)}`, { rows } = await json(base, asked.replace('match?', 'match.json?'));
  const three = rows.slice(0, 3).map(({ id }) => `id=${id}`).join('&');
  for (const path of ['/match', asked, `${asked}&why=${rows[0].id}`, '/match/method', '/en/match/method', `/en/match/compare?${three}&${asked.split('?')[1]}`, '/demands', '/en/demands']) await visitor.open(path);
  await visitor.open('/en/match');
  await visitor.reach(visitor.page.locator('.want-form > summary'));
  await visitor.page.keyboard.press('Enter');
  assert.ok(await visitor.page.locator('#certificate').isVisible());
});
