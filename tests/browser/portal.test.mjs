// What a visitor does: search, narrow, go back, change the language, read a profile and its history; with and without scripts, by keyboard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from '../node/browser.mjs';
import { richAndSparse } from '../node/kinds.mjs';
import { demoDatabase, serve } from '../node/matxich.mjs';

async function portal(t) {
  const db = await demoDatabase(t);
  return { db, base: await serve(t, db) };
}

/** What the directory shows: how many, which, and what is chosen. */
async function shown(page) {
  const number = async (locator) => Number((await locator.textContent()).replace(/\D/g, ''));
  return {
    total: await number(page.locator('.results-total')),
    results: await page.locator('.result h2 a').evaluateAll((all) => all.map((a) => a.getAttribute('href').replace(/^\/en(?=\/)/, ''))),
    chosen: await page.locator('a.choice[aria-current=true]').count(),
    words: await page.locator('main input[name=q]').inputValue(),
  };
}

/** The places of the facets that offer at least three values. */
const facetsOfSeveral = (page) => page.locator('.facet').evaluateAll((facets) =>
  facets.flatMap((facet, i) => (facet.querySelectorAll('a.choice').length >= 3 ? [i] : [])));

/** Chooses the first value of a facet that is not chosen yet, and waits for the page. */
async function choose(page, facet) {
  const all = page.locator('.facets-all');
  if (await all.getAttribute('open') === null) await all.locator('> summary').click();
  const box = page.locator('.facet').nth(facet);
  if (await box.getAttribute('open') === null) await box.locator('> summary').click();
  const choice = box.locator('a.choice:not([aria-current])').first();
  const url = new URL(await choice.getAttribute('href'), page.url()).href;
  await choice.click();
  await page.waitForURL(url);
  return shown(page);
}

const VISITORS = [
  { name: 'on a wide screen', options: {} },
  { name: 'on a telephone', options: { width: 360, height: 740 } },
  { name: 'without scripts', options: { javaScriptEnabled: false } },
];

for (const { name, options } of VISITORS) {
  test(`${name}: from the home page to the history of an enterprise`, async (t) => {
    const { base } = await portal(t);
    const page = await openPage(t, options);
    await page.goto(base);
    await page.locator('main input[name=q]').fill('khuon mau');
    await page.locator('main input[name=q]').press('Enter');
    await page.waitForURL((url) => url.pathname === '/enterprises' && url.searchParams.get('q') === 'khuon mau');
    const searched = await shown(page);
    assert.ok(searched.total > 20 && searched.results.length === 20, JSON.stringify(searched));
    assert.equal(searched.words, 'khuon mau');

    const [facet, another] = await facetsOfSeveral(page);
    const one = await choose(page, facet);
    assert.ok(one.total > 0 && one.total < searched.total && one.chosen === 1, 'a value of a facet narrows');
    const two = await choose(page, facet);
    assert.ok(two.total >= one.total && two.total <= searched.total && two.chosen === 2, 'a second value of it widens');
    const both = await choose(page, another);
    assert.ok(both.total > 0 && both.total < two.total && both.chosen === 3, 'a value of another facet narrows');
    const state = page.url();

    await page.goBack();
    assert.deepEqual(await shown(page), two);
    await page.goBack();
    assert.deepEqual(await shown(page), one);
    await page.goForward();
    await page.goForward();
    assert.equal(page.url(), state);
    await page.reload();
    assert.deepEqual(await shown(page), both);
    const other = await openPage(t, options);
    await other.goto(state);
    assert.deepEqual(await shown(other), both, 'the address holds the whole state');

    await page.locator('a.language').click();
    await page.waitForURL((url) => url.pathname === '/en/enterprises');
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.deepEqual(await shown(page), both);
    assert.deepEqual([...new URL(page.url()).searchParams], [...new URL(state).searchParams]);

    await page.locator('.chips a.chip').first().click();
    await page.waitForURL((url) => url.searchParams.size !== new URL(state).searchParams.size || url.href.length < state.length);
    assert.equal((await shown(page)).chosen, 2, 'a filter is taken away by its chip');

    const first = page.locator('.result h2 a').first();
    const title = await first.textContent();
    await first.click();
    await page.waitForURL(/\/en\/enterprises\/DN-\d+-\d$/);
    assert.equal((await page.locator('h1').textContent()).trim(), title.trim());
    await page.locator('main a[href$="/history"]').first().click();
    await page.waitForURL(/\/history$/);
    assert.ok(await page.locator('.history li').count() > 0);
    assert.ok(await page.locator('.history time').count() > 0);
  });
}

test('new words keep the filters that are chosen', async (t) => {
  const { base } = await portal(t);
  const page = await openPage(t);
  await page.goto(`${base}/enterprises`);
  await choose(page, 0);
  const [[name, value]] = [...new URL(page.url()).searchParams];
  await page.locator('main input[name=q]').fill('khuôn');
  await page.locator('main input[name=q]').press('Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === 'khuôn');
  assert.equal(new URL(page.url()).searchParams.get(name), value);
  assert.equal((await shown(page)).chosen, 1);
});

test('the pages of a long list follow one another, and back leads back', async (t) => {
  const { base } = await portal(t);
  const page = await openPage(t);
  await page.goto(`${base}/enterprises?sort=name`);
  const first = await shown(page);
  const seen = new Set(first.results);
  for (let n = 2; n <= 4; n++) {
    await page.locator('nav.pages a[rel=next]').click();
    await page.waitForURL((url) => url.searchParams.get('page') === String(n));
    for (const url of (await shown(page)).results) {
      assert.ok(!seen.has(url), url);
      seen.add(url);
    }
  }
  assert.equal(seen.size, 80);
  for (let n = 4; n >= 2; n--) await page.goBack();
  assert.deepEqual(await shown(page), first);
});

test('a search that finds nothing says so and offers a way on', async (t) => {
  const { base } = await portal(t);
  const page = await openPage(t);
  await page.goto(`${base}/enterprises?q=xyzzy-qwerty`);
  assert.equal(await page.locator('.result').count(), 0);
  await page.locator('.empty a').first().click();
  await page.waitForURL(`${base}/enterprises`);
  assert.equal(await page.locator('.result').count(), 20);
});

test('the language switch stays on the page, there and back', async (t) => {
  const { base, db } = await portal(t);
  const [rich] = await richAndSparse(db);
  const page = await openPage(t);
  for (const path of ['/', '/programme', '/zones', '/data', '/data/dictionary', `/enterprises/${rich}`, `/enterprises/${rich}/history`]) {
    await page.goto(base + path);
    const vietnamese = await page.locator('main').innerText();
    await page.locator('a.language').click();
    await page.waitForURL(`${base}/en${path}`);
    assert.notEqual(await page.locator('main').innerText(), vietnamese, path);
    await page.locator('a.language').click();
    await page.waitForURL(base + path);
    assert.equal(await page.locator('main').innerText(), vietnamese, path);
  }
});

test('by keyboard: the first stop skips to the content, “/” jumps to the search and is a letter there', async (t) => {
  const { base } = await portal(t);
  const page = await openPage(t);
  const focused = () => page.evaluate(() => globalThis.document.activeElement.id || globalThis.document.activeElement.className);
  for (const path of ['/enterprises', '/programme']) {
    await page.goto(base + path);
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'skip-link');
    assert.ok(await page.locator('.skip-link').evaluate((link) => link.getBoundingClientRect().top >= 0), 'it is seen when it has the focus');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#content$/);
    assert.equal(await focused(), 'content');
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => globalThis.document.activeElement.name), 'q');
    await page.keyboard.type('a/b');
    assert.equal(await page.evaluate(() => globalThis.document.activeElement.value), 'a/b');
  }
});

test('by keyboard: every stop is in the order of the page, can be seen and shows the focus', async (t) => {
  const { base, db } = await portal(t);
  const [rich] = await richAndSparse(db);
  const page = await openPage(t);
  for (const path of ['/', '/enterprises?q=khuon', `/enterprises/${rich}`, '/data']) {
    await page.goto(base + path);
    const stops = [];
    for (let n = 0; n < 60; n++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const at = globalThis.document.activeElement;
        if (at === globalThis.document.body) return null;
        const box = at.getBoundingClientRect(), style = globalThis.getComputedStyle(at);
        return {
          name: `${at.tagName} ${at.textContent.trim().slice(0, 40) || at.name}`, place: [...globalThis.document.querySelectorAll('*')].indexOf(at),
          seen: box.width > 0 && box.height > 0 && box.bottom > 0, marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
        };
      });
      if (!stop) break;
      stops.push(stop);
    }
    assert.ok(stops.length > 10, path);
    for (const [i, { name, place, seen, marked }] of stops.entries()) {
      assert.ok(i === 0 || place > stops[i - 1].place, `${path}: ${name} is out of order`);
      assert.ok(seen && marked, `${path}: ${name} cannot be seen to have the focus`);
    }
  }
});

test('a download from the directory has the filter of the page and the name of the list', async (t) => {
  const { base } = await portal(t);
  const page = await openPage(t);
  await page.goto(`${base}/enterprises?q=khuon`);
  for (const end of ['csv', 'xlsx']) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`.formats a[href*=".${end}"]`).click()]);
    assert.equal(download.suggestedFilename(), `enterprises.${end}`);
    assert.ok(download.url().endsWith('?q=khuon'));
  }
});
