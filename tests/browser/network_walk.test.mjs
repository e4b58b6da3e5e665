// From the city's supply network to a list for support, by keyboard alone and in Vietnamese: an officer finds the ten firms whose stop would
// cost most, sees why, tries alternatives, keeps the scenario and sends three firms to support.  SHOTS=1 makes the pictures anew.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, picture, signIn } from '../node/browser.mjs';
import { demoPassword, person } from '../node/keyboard.mjs';
import { demoDatabase, records, serve } from '../node/matxich.mjs';
import { someone } from '../node/people.mjs';
import { losses } from '../node/supply.mjs';
import { eventually } from '../node/web.mjs';

const today = '2026-11-22';                      // by the fixed clock
const idOf = (href) => href.match(/\/enterprises\/(DN-\d+-\d)/)[1];
/* A table says nine digits. */
const near = (a, b) => assert.ok(Math.abs(a - b) <= 1e-8 * Math.abs(b), `${a} is not ${b}`);
const heading = (page) => page.locator('h1').textContent();

/** A portal whose network has been read. */
async function portal(t) {
  const db = await demoDatabase(t), base = await serve(t, db), client = await someone(t, db, base, 'officer');
  await eventually(async () => (await client.get('/network/ranking.json')).status === 200);
  return { db, base, client };
}

async function officerAt(t, base, view) {
  const officer = await person(t, base, view);
  await officer.signIn('officer@demo.example', demoPassword);
  return officer;
}

/** The charts of the page have been drawn: on each canvas there is something. */
async function drawn(page) {
  await page.waitForFunction(() => [...document.querySelectorAll('figure.chart')].every((figure) => figure.matches('.is-drawn')));
  const painted = await page.locator('figure.chart canvas').evaluateAll((all) => all.map((canvas) =>
    canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte > 0)));
  assert.ok(painted.length > 0 && painted.every(Boolean), `charts on ${page.url()}: ${painted}`);
}

/** A table of the page, unrounded and with all its rows: the page's own file of it. */
async function rowsOf(page, id) {
  const table = new URL(page.url());
  table.pathname += '.json';
  table.searchParams.set('table', id);
  return (await page.evaluate(async (url) => (await fetch(url)).json(), table.href)).rows;
}

const shows = (locator) => locator.evaluate((element) => element.scrollIntoView());

// ---- the steps

async function findsTheTen({ page, reach, follow }, db, t) {
  await reach(page.locator('.desk-menu summary', { hasText: 'Mạng lưới cung ứng' }));
  await page.keyboard.press('Enter');
  await follow(page.locator('.desk-menu a[href="/network"]'), 'the network');
  await drawn(page);
  const rows = await page.locator('#table-top tbody tr').evaluateAll((all) => all.map((row) => ({
    href: row.querySelector('a').getAttribute('href'), loss: Number(row.querySelectorAll('td')[2].dataset.value) })));
  const expected = (await losses(t, db, today)).slice(0, 10);
  assert.deepEqual(rows.map(({ href }) => idOf(href)), expected.map(({ id }) => id));
  rows.forEach(({ loss }, i) => near(loss, 100 * expected[i].loss));
  await picture(page, 'network-1');
  return expected[0].id;
}

async function seesWhy({ page, follow }, id) {
  const name = await page.locator('#table-top tbody tr').first().locator('a').first().textContent();
  await follow(page.locator(`#table-top a[href$="/${id}/why"]`), 'why');
  assert.ok((await heading(page)).includes(name));
  await drawn(page);
  assert.ok(await page.locator('#table-losses tbody tr').count() > 10);
  await picture(page, 'network-2');
  return name;
}

/* One tier from it, so that the register's own list of its links is what must be shown. */
async function exploresIt({ page, follow, reach }, db, id, name) {
  await follow(page.locator(`.desk-page p a[href$="/network/enterprises/${id}"]`), 'the explorer');
  assert.equal(await heading(page), name);
  await drawn(page);
  await shows(page.locator('figure[data-chart=graph]'));
  await picture(page, 'network-3');
  await reach(page.locator('#depth'));
  await page.keyboard.press('1');
  await follow(page.locator('.network-filter button'), 'the explorer, one tier');
  await drawn(page);
  const shown = await page.locator('#table-links tbody tr td:nth-child(4) a').evaluateAll((all) => all.map((a) => a.href.match(/LK-\d+-\d/)[0]));
  const links = (await rowsOf(page, 'links')).map(({ link }) => link);
  const told = (await records(db, 'supply_link')).filter((link) => [link.supplier_enterprise, link.buyer_enterprise].includes(id)
    && link.state !== 'refuted' && (link.since ?? '') <= today && (link.until ?? today) >= today);
  assert.ok(told.length > 0);
  assert.deepEqual(shown, links.slice(0, shown.length));                    // a page of the table has the first of them
  assert.deepEqual(links.sort(), told.map((link) => link.id).sort());
}

/** What the scenario on the page costs in output, in billions of đồng. */
const lostOutput = async (page) => (await rowsOf(page, 'by-tier')).reduce((all, row) => all + row.output, 0);

async function triesTwo({ page, follow }, id) {
  await follow(page.locator('.desk-page p a[href*="/network/what-if?"]'), 'what if');
  assert.match(page.url(), new RegExp(`what-if\\?firm=${id}$`));
  await drawn(page);
  const lost = [await lostOutput(page)];
  await follow(page.locator('#table-lost-inputs a[href*="input="]').first(), 'alternatives');
  for (const nth of [0, 1]) {
    await follow(page.locator('#table-alternatives tbody tr').nth(nth).locator('a[href*="try="]'), `try ${nth}`);
    lost.push(await lostOutput(page));
    assert.equal(await page.locator('.tried li').count(), nth + 1);
  }
  assert.ok(lost[0] > lost[1] && lost[1] > lost[2], lost.join());
  const rounded = (billions) => Number(billions.toPrecision(3)).toLocaleString('vi-VN');
  const told = await page.locator('.tried p').first().textContent();
  for (const billions of [lost[2], lost[0]]) assert.ok(told.includes(rounded(billions)), `${told}: ${billions}`);
  await drawn(page);
  await picture(page, 'network-4');
}

async function keepsIt({ page, fill, follow }, db, id) {
  await fill(page.locator('.what-if-save input[name=name]'), 'Dừng doanh nghiệp số một');
  await follow(page.locator('.what-if-save button'), 'the scenario kept');
  assert.equal(await heading(page), 'Dừng doanh nghiệp số một');
  const kept = (await records(db, 'scenario')).find(({ name }) => name === 'Dừng doanh nghiệp số một');
  assert.deepEqual(kept.firms, [id]);
}

async function sendsThree({ page, follow, reach, fill }, db) {
  await follow(page.locator('.network-menu a[href="/network/first"]'), 'whom first');
  await drawn(page);
  await picture(page, 'network-5');
  const chosen = [0, 1, 3];                      // one that is better placed is left out
  for (const nth of chosen) {
    await reach(page.locator('.support-form input[type=checkbox]').nth(nth));
    await page.keyboard.press('Space');
  }
  const ids = await page.locator('.support-form input:checked').evaluateAll((all) => all.map(({ value }) => value));
  assert.equal(ids.length, 3);
  await fill(page.locator('.support-form input[name=name]'), 'Hỗ trợ quý I năm 2027');
  await picture(page, 'network-6');
  await follow(page.locator('.support-form button[type=submit]'), 'the list');
  assert.match(page.url(), /\/workspace\/support-lists\/DU-/);
  const list = (await records(db, 'support_list')).find(({ name }) => name === 'Hỗ trợ quý I năm 2027');
  assert.deepEqual(list.entries.map(({ enterprise }) => enterprise), ids);
  assert.deepEqual(list.entries.map(({ rank }) => rank), chosen.map((nth) => nth + 1));
  const text = await page.locator('main').textContent();
  for (const { score, importance, sole_supply: sole, profile_gap: profile, reason } of list.entries)
    for (const term of [score, importance, sole, profile, reason]) {
      const told = typeof term === 'number' ? term.toLocaleString('vi-VN') : term;
      assert.ok(text.includes(told), `the list does not say ${told}`);
    }
  await picture(page, 'network-7');
}

test('an officer finds the ten firms whose stop would cost the city most, sees why, tries two alternatives, '
  + 'and sends three firms to support', async (t) => {
  const { db, base } = await portal(t), officer = await officerAt(t, base);
  const id = await findsTheTen(officer, db, t);
  const name = await seesWhy(officer, id);
  await exploresIt(officer, db, id, name);
  await triesTwo(officer, id);
  await keepsIt(officer, db, id);
  await sendsThree(officer, db);
});

// ---- on a telephone, without scripts, and for an enterprise

/** The pages of the walk: overview, explorer, what if with an alternative tried. */
async function pagesOfTheWalk(client) {
  const rows = async (path) => JSON.parse((await client.get(path)).text).rows;
  const [{ id }] = await rows('/network.json'), stopped = `/network/what-if?firm=${id}`;
  const [input] = await rows(`/network/what-if.json?firm=${id}&table=lost-inputs`);
  const [other] = await rows(`/network/what-if.json?firm=${id}&input=${input.id}&table=alternatives`);
  return ['/network', `/network/enterprises/${id}`, `${stopped}&input=${input.id}&try=${input.id}~${other.id}`];
}

test('the pages of the walk fit a telephone', async (t) => {
  const { base, client } = await portal(t), officer = await officerAt(t, base, { width: 360, height: 740 });
  for (const path of await pagesOfTheWalk(client)) {
    await officer.open(path);
    await drawn(officer.page);
  }
});

test('without scripts the tables of the walk say all', async (t) => {
  const { base, client } = await portal(t), page = await openPage(t, { javaScriptEnabled: false });
  await signIn(page, base, 'officer@demo.example', { secret: demoPassword });
  for (const path of await pagesOfTheWalk(client)) {
    await page.goto(base + path);
    assert.ok(await page.locator('table tbody tr').count() > 10, path);
    assert.equal(await page.locator('figure.chart.is-drawn').count(), 0, path);
    assert.equal(await page.locator('h1').count(), 1, path);
  }
  assert.match(await page.locator('.tried p').first().textContent(), /\d/);
});
