// The way in and one's own account in a browser: every page fits and keeps nobody out; the keyboard is enough.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, openPage, signIn, walk } from '../node/browser.mjs';
import { demoPassword } from '../node/keyboard.mjs';
import { demoDatabase, output, serve, sql } from '../node/matxich.mjs';
import { password } from '../node/people.mjs';

const visitors = ['/sign-in', '/sign-up', '/forgotten', '/forgotten?said=sent'];
const own = ['/account', '/account/password', '/account/codes', '/account/sessions', '/account/tokens', '/account/tokens/1'];

test('every page of the way in and of the account fits, and axe-core finds nothing', async (t) => {
  const db = await demoDatabase(t);
  const base = await serve(t, db);
  for (const width of [1280, 360]) {
    const page = await openPage(t, { width });
    await walk(page, base, visitors);
    await signIn(page, base, 'officer@demo.example', { secret: demoPassword });
    await page.goto(`${base}/en/account/tokens`);
    await page.fill('[name=name]', `A program on ${width} px`);
    await page.click('text=Make the token');
    await fits(page, `the new token at ${width} px`);
    await page.goto(`${base}/en/account/codes`);
    const setUp = page.locator('text=Set up one-time codes');
    if (await setUp.count()) await setUp.click();
    await fits(page, `the QR code at ${width} px`);
    await walk(page, base, own);
    await page.goto(base);
    await fits(page, `the home page of who is signed in at ${width} px`);
    assert.ok(await page.locator('.person >> text=Lê Thị Công').isVisible());
  }
});

test('by keyboard alone somebody signs up, confirms and signs out; what is wrong is told beside its input', async (t) => {
  const db = await demoDatabase(t);
  const base = await serve(t, db);
  const page = await openPage(t, { status: 422 });
  const type = async (...texts) => {
    for (const text of texts) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
  };
  await page.goto(`${base}/en/sign-up`);
  await page.focus('[name=role]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await type('Ms Lan', 'Lan Tooling', 'lan@example.vn', 'password123');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.alert-danger');
  await fits(page, 'a sign-up with a weak password');
  assert.ok(await page.locator('#buyer, [value=buyer]').isChecked());
  assert.equal(await page.inputValue('#firm'), 'Lan Tooling');
  assert.equal(await page.getAttribute('#new_password', 'aria-invalid'), 'true');
  await page.click('.alert a');                              // the summary leads to the input
  await page.focus('#new_password');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/said=signed-up/);
  const [, path] = (await sql(db, "select body from mail where recipient = 'lan@example.vn'")).match(/\{base\}(\S+)/);
  assert.ok(path.startsWith('/en/confirm/'));
  await page.goto(base + path);
  await fits(page, 'the confirmation');
  await page.focus('#password');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/en\/workspace$/);
  await page.locator('.person button').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/said=signed-out/);
  assert.match(await output(['account', 'list', '--db', db]), /lan@example\.vn\tMs Lan/);
});
