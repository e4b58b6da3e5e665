// The pages of carrying out in a browser: each fits and is accessible on a phone in Vietnamese and at a desk in English; who is here is written down by keyboard, a point is
// answered with a thumb, and all of it works without JavaScript.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, openPage, signIn, walk } from '../node/browser.mjs';
import { demoPassword } from '../node/keyboard.mjs';
import { demoDatabase, records, serve, sql } from '../node/matxich.mjs';

async function desk(t, email, view) {
  const db = await demoDatabase(t), base = await serve(t, db), page = await openPage(t, view);
  await signIn(page, base, email, { lang: 'en', secret: demoPassword });
  return { db, base, page };
}

/** Where the pages are that the demonstration has something on. */
async function addresses(db) {
  const [activities, inspections, acceptances] = await Promise.all(['activity', 'inspection', 'acceptance'].map((list) => records(db, list)));
  return [`/delivery/activities/${activities[0].id}`, ...['planned', 'remedy'].map((state) => `/delivery/inspections/${inspections.find((one) => one.state === state).id}`),
    `/delivery/acceptances/${acceptances[0].id}`, '/ward?ward=' + encodeURIComponent(inspections[0].ward)];
}

for (const [width, lang] of [[1440, 'en'], [360, 'vi']])
  test(`attendance, inspections, minutes and the ward's page fit and are accessible, at ${width} px`, async (t) => {
    const { db, base, page } = await desk(t, 'officer@demo.example', { width });
    await walk(page, base, await addresses(db), { languages: [lang] });
  });

test('at the door: a tax code and Enter, without JavaScript, on a phone', async (t) => {
  const { db, base, page } = await desk(t, 'officer@demo.example', { width: 360, javaScriptEnabled: false });
  const [activity] = await records(db, 'activity'), firms = await records(db);
  await page.goto(`${base}/en/delivery/activities/${activity.id}`);
  const came = async () => Number((await page.locator('.big-figures strong').first().textContent()).replace(',', ''));
  const before = await came(), there = await page.locator('#table-participations').textContent();
  const stranger = firms.find(({ tax_code, name_en, name_vi }) => tax_code && !there.includes(tax_code) && !there.includes(name_en ?? name_vi));
  await page.fill('#who', stranger.tax_code);
  await page.keyboard.press('Enter');
  await page.waitForURL(/said=attended/);
  assert.equal(await came(), before + 1);
  await page.fill('#who', stranger.tax_code);
  await page.keyboard.press('Enter');
  await page.waitForURL(/said=attended&n=0|said=attended$/);
  assert.equal(await came(), before + 1);
});

test('a point is answered and its finding written with a thumb: three large targets side by side', async (t) => {
  const { db, base, page } = await desk(t, 'ward@demo.example', { width: 360, height: 740 });
  const planned = (await records(db, 'inspection')).find(({ state }) => state === 'planned');
  await page.goto(`${base}/en/delivery/inspections/${planned.id}`);
  const boxes = page.locator('.point').first().locator('.answers .form-box'), places = await Promise.all([0, 1, 2].map((i) => boxes.nth(i).boundingBox()));
  for (const { height } of places) assert.ok(height >= 44, `${height} px high`);
  assert.equal(new Set(places.map(({ y }) => y)).size, 1);
  await boxes.nth(1).click();
  await page.locator('.point summary').first().click();
  await page.locator('.point textarea').first().fill('Thiếu biên bản');
  await page.locator('.inspection-form > button').click();
  await page.waitForURL(/said=saved/);
  assert.equal(await page.locator('.point textarea').first().inputValue(), 'Thiếu biên bản');
  assert.ok(await page.locator('.point input[type="radio"][value="no"]').first().isChecked());
});

test('the unit inspected says what it did about a finding, with a photograph of it, on a phone', async (t) => {
  const { db, base, page } = await desk(t, 'provider@demo.example', { width: 360 });
  await sql(db, "UPDATE inspection SET account = (SELECT id FROM account WHERE email = 'provider@demo.example') WHERE state = 'remedy'");
  const asked = (await records(db, 'inspection')).find(({ state }) => state === 'remedy');
  await page.goto(`${base}/delivery/inspections/${asked.id}`);
  await fits(page, 'the inspection');
  await page.fill('#remedy', 'Đã nối đủ hai dây chuyền');
  await page.setInputFiles('input[type="file"]', { name: 'anh.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64') });
  await page.locator('form:has(#remedy) > button').click();
  await page.waitForURL(/said=saved/);
  assert.equal(await page.locator('#remedy').inputValue(), 'Đã nối đủ hai dây chuyền');
  assert.match(await page.locator('form:has(#remedy)').textContent(), /anh\.png/);
});

test('minutes are printed without what is for the screen', async (t) => {
  const { db, base, page } = await desk(t, 'officer@demo.example', { width: 1280 });
  const [minutes] = await records(db, 'acceptance');
  await page.goto(`${base}/delivery/acceptances/${minutes.id}`);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('#minutes').isVisible() && await page.locator('.signatures').isVisible());
  assert.ok(!(await page.locator('.desk-menu').isVisible()) && !(await page.locator('#way').isVisible()));
});
