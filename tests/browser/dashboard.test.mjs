// Dashboards in a browser: each role's fits, is accessible, draws its charts from the tables beside them, and its numbers are links, wide and narrow, in both languages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, overflow, violations } from '../node/browser.mjs';
import { demoDatabase, serve } from '../node/matxich.mjs';
import { accounts, password } from '../node/people.mjs';

async function board(t, view, role) {
  const db = await demoDatabase(t);
  await accounts(t, db, [{ email: 'one@test.vn', roles: role, options: role === 'ward' ? ['--ward', '2025/00004'] : [] }]);
  const base = await serve(t, db), page = await openPage(t, view);
  await page.goto(`${base}/en/sign-in`);
  await page.fill('#email', 'one@test.vn');
  await page.fill('#password', password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/en/workspace');
  return { base, page };
}

for (const role of ['officer', 'finance', 'leader', 'ward'])
  for (const width of [1280, 360])
    test(`${role}: the dashboard at ${width} px`, async (t) => {
      const { base, page } = await board(t, { width }, role);
      await page.locator('.desk-menu a[href="/en/dashboard"]').first().waitFor({ state: 'attached' });
      for (const path of ['/dashboard?year=2026', '/dashboard?year=2035', '/dashboard/participants?year=2026'])
        for (const lang of ['', '/en']) {
          assert.equal((await page.goto(base + lang + path)).status(), 200, path);
          const charts = await page.locator('figure.chart').count();
          await page.waitForFunction((n) => document.querySelectorAll('figure.chart.is-drawn').length === n, charts);
          assert.equal(await overflow(page), 0, `${lang}${path}: sticks out to the right`);
          assert.deepEqual(await violations(page), [], `${lang}${path}`);
        }
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
