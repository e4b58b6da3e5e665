// The pages of the supply network in a browser: each fits, is accessible and draws its charts from its tables, wide and narrow, in both
// languages; and without JavaScript the tables alone say all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, openPage, signIn } from '../node/browser.mjs';
import { inLanguage } from '../node/kinds.mjs';
import { demoDatabase, serve } from '../node/matxich.mjs';
import { accounts, signedIn } from '../node/people.mjs';
import { eventually } from '../node/web.mjs';

const email = 'officer@test.vn';
const PAGES = ['/network', '/network/ranking', '/network/concentration', '/network/flows', '/network/map', '/network/compare?from=2024-01-01',
  '/network/public', '/network/enterprises/DN-000001-3', '/network/enterprises/DN-000001-3/why'];

async function desk(t, view) {
  const db = await demoDatabase(t);
  await accounts(t, db, [{ email }]);
  const base = await serve(t, db), officer = await signedIn(db, base, email);
  await eventually(async () => (await officer.get('/network/map.json')).status === 200);
  await eventually(async () => (await officer.get('/network/compare.json?from=2024-01-01')).status === 200);
  const page = await openPage(t, view);
  await signIn(page, base, email, { lang: 'en' });
  return { base, page };
}

for (const width of [1280, 360])
  test(`each page fits, is accessible and draws its charts, at ${width} px`, async (t) => {
    const { base, page } = await desk(t, { width });
    for (const path of PAGES)
      for (const lang of ['vi', 'en']) {
        await page.goto(base + inLanguage(path, lang));
        const charts = await fits(page, inLanguage(path, lang));
        assert.ok(charts > 0 || path.startsWith('/network/compare'), path);
      }
  });

test('from the ten greatest to why, and on to who loses, without JavaScript and by links alone', async (t) => {
  const { base, page } = await desk(t, { javaScriptEnabled: false });
  await page.goto(`${base}/en/network`);
  const first = await page.locator('#table-top tbody tr:first-child td:nth-child(2) a').textContent();
  await page.locator('#table-top tbody tr:first-child td:nth-child(4) a').click();
  assert.equal(await page.locator('h1').textContent(), `Why this score: ${first}`);
  const loser = await page.locator('#table-losses tbody tr:nth-child(2) td:first-child a').textContent();
  await page.locator('#table-losses tbody tr:nth-child(2) td:first-child a').click();
  assert.equal(await page.locator('h1').textContent(), loser);
  await page.selectOption('#direction', 'up');
  await page.selectOption('#depth', '1');
  await page.getByRole('button', { name: 'Show' }).click();
  assert.match(page.url(), /depth=1/);
  const customers = await page.locator('#table-links tbody tr td:nth-child(2)').allTextContents();
  assert.ok(customers.length > 0 && customers.every((name) => name === loser), customers.join());
});
