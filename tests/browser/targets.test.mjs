// Targets and progress in a browser: each page fits, is accessible and draws its charts, wide and narrow, in both languages; a figure is published by keyboard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, openPage, signIn, violations, walk } from '../node/browser.mjs';
import { demoDatabase, serve } from '../node/matxich.mjs';
import { accounts } from '../node/people.mjs';

const email = 'officer@test.vn';
const PAGES = ['/progress', '/targets', '/targets/participations_yearly', '/targets/international_share', '/targets/participating_enterprises/list', '/programme', '/'];

async function signedInPage(t, view) {
  const db = await demoDatabase(t);
  await accounts(t, db, [{ email }]);
  const base = await serve(t, db), page = await openPage(t, view);
  await signIn(page, base, email, { lang: 'en' });
  return { base, page };
}

for (const width of [1440, 360])
  test(`targets and progress fit, are accessible and draw their charts, at ${width} px`, async (t) => {
    const base = await serve(t, await demoDatabase(t)), page = await openPage(t, { width });
    await walk(page, base, PAGES);
  });

test('a figure is published by keyboard, and its edition is accessible', async (t) => {
  const { base, page } = await signedInPage(t, { width: 360, status: 422 });
  await page.goto(`${base}/en/targets/management_participations?year=2026`);
  await page.getByRole('link', { name: 'Publish this figure' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/publish/);
  assert.deepEqual(await violations(page), []);
  await page.getByRole('button', { name: 'Publish edition 1' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/editions\/SL-/);
  await fits(page, 'the edition');
  await page.goto(`${base}/en/targets/management_participations/publish?year=2026`);
  await page.getByRole('button', { name: 'Publish edition 2' }).click();          // the reason is missing, so the browser stays
  assert.match(page.url(), /\/publish/);
  await page.fill('#reason', 'A list came late');
  await page.getByRole('button', { name: 'Publish edition 2' }).click();
  await page.getByRole('alert').filter({ hasText: 'Nothing has changed' }).waitFor();
  assert.equal(await page.inputValue('#reason'), 'A list came late');
});
