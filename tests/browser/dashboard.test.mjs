// Dashboards in a browser: each role's fits, is accessible, draws its charts from the tables beside them, and its numbers are links, wide and narrow, in both languages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, signIn, walk } from '../node/browser.mjs';
import { demoDatabase, serve } from '../node/matxich.mjs';
import { accounts } from '../node/people.mjs';

async function board(t, view, role) {
  const db = await demoDatabase(t);
  await accounts(t, db, [{ email: 'one@test.vn', roles: role, options: role === 'ward' ? ['--ward', '2025/00004'] : [] }]);
  const base = await serve(t, db), page = await openPage(t, view);
  await signIn(page, base, 'one@test.vn', { lang: 'en' });
  return { base, page };
}

for (const role of ['officer', 'finance', 'leader', 'ward'])
  for (const width of [1280, 360])
    test(`${role}: the dashboard at ${width} px`, async (t) => {
      const { base, page } = await board(t, { width }, role);
      await page.locator('.desk-menu a[href="/en/dashboard"]').first().waitFor({ state: 'attached' });
      await walk(page, base, ['/dashboard?year=2026', '/dashboard?year=2035', '/dashboard/participants?year=2026']);
    });

test('without JavaScript the tables say all, and a number leads to its list', async (t) => {
  const { base, page } = await board(t, { javaScriptEnabled: false }, 'leader');
  await page.goto(`${base}/en/dashboard?year=2026`);
  assert.equal(await page.locator('.chart-canvas').count(), 0);
  const number = page.locator('#table-progress tbody tr:first-child td:nth-child(2) a');
  assert.match(await number.textContent(), /^[\d,]+$/);
  await number.click();
  assert.match(page.url(), /\/en\/workspace\/plan-tasks\?year=2026&state=planned/);
});
