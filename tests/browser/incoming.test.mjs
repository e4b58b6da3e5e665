// What comes in, in a browser: an import from the file to its records, and the rows it was not sure of decided by keyboard alone.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fits, openPage, signIn } from '../node/browser.mjs';
import { output, records, serve, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { accounts } from '../node/people.mjs';

const email = 'officer@test.vn';
const names = ['Đúc Hoa Sen', 'Cơ khí Sao Mai', 'Nhựa Bình Minh'];
const codes = ['0126018157', '0121993514', '0101895558'];
const list = ['Tên doanh nghiệp,MST,Xã/phường,Ghi riêng', ...names.map((name, i) => `Công ty TNHH ${name},${codes[i]},P. Láng,x`),
  ...names.map((name) => `Công ty TNHH ${name},,P. Ba Đình,x`), 'Công ty TNHH Sai Mã,0126018158,P. Láng,x'].join('\n');

async function desk(t, view) {
  const db = sqliteDatabase(t), file = join(temporaryDirectory(t), 'Danh sách.csv');
  writeFileSync(file, list);
  await output(['init', '--db', db]);
  await accounts(t, db, [{ email }]);
  const base = await serve(t, db), page = await openPage(t, view);
  await signIn(page, base, email, { lang: 'en' });
  return { db, file, base, page };
}

/** From the file to the page of the finished import. */
async function bringIn({ page, base, file }, where) {
  await page.goto(`${base}/en/workspace/import`);
  await fits(page, `choosing ${where}`);
  await page.setInputFiles('#file', file);
  await page.click('text=Look at it');
  await page.waitForSelector('.import-columns');
  await fits(page, `columns ${where}`);
  await page.click('text=Try it');
  await page.waitForSelector('text=Import now');
  await fits(page, `trial ${where}`);
  await page.click('text=Import now');
  await page.waitForSelector('text=See these records');
  await fits(page, `result ${where}`);
}

const title = (page) => page.locator('#review h2').textContent();

for (const width of [1280, 360])
  test(`an import and the rows it was not sure of, at ${width} px`, async (t) => {
    const it = await desk(t, { width }), { page, base, db } = it;
    await bringIn(it, `at ${width} px`);
    assert.equal((await records(db)).length, 3);
    await page.goto(`${base}/en/workspace/jobs`);
    await fits(page, `background work at ${width} px`);

    await page.goto(`${base}/en/workspace/review`);
    await fits(page, `a row to decide at ${width} px`);
    const press = async (key) => {
      const asked = page.waitForURL((url) => url.pathname === '/en/workspace/review', { waitUntil: 'load' });
      const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), page.keyboard.press(key)]);
      assert.equal(answer.status(), 303);
      await asked;
      await page.waitForLoadState();
    };
    assert.match(await title(page), /Đúc Hoa Sen/);
    await press('1');
    assert.match(await title(page), /Sao Mai/);
    await press('s');
    assert.match(await title(page), /Bình Minh/);
    await press('n');
    assert.match(await title(page), /Sao Mai/);
    assert.equal((await records(db)).length, 4);
    await press('u');
    assert.equal((await records(db)).length, 3);
  });

test('without scripts the page of a job loads itself again until it has ended', async (t) => {
  const it = await desk(t, { javaScriptEnabled: false });
  await it.page.goto(`${it.base}/en/workspace/import`);
  await it.page.setInputFiles('#file', it.file);
  await it.page.click('text=Look at it');
  await it.page.click('text=Try it');
  await it.page.waitForSelector('text=Import now');
});
