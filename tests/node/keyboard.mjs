// Somebody at a browser of their own who has no mouse, and reads every page to its end: nothing on it may keep anybody out.
import assert from 'node:assert/strict';
import { fits, openPage } from './browser.mjs';

export const demoPassword = 'mat-xich-dung-thu';                 // of the accounts of the demonstration

export async function person(t, base, view = { width: 1440, height: 900 }) {
  const page = await openPage(t, view);
  const holdsFocus = (locator) => locator.evaluateAll((all) => all.includes(document.activeElement));

  const field = (label) => page.getByLabel(new RegExp(`^${label}( ?\\*)?$`));
  const control = (name) => page.getByRole('button', { name, exact: true }).or(page.getByRole('link', { name, exact: true }));
  const found = (what, named) => (typeof what === 'string' ? named(what) : what);              // by name, or already a locator

  /** Presses Tab until what the locator finds has the focus. */
  async function reach(locator) {
    for (let presses = 0; presses < 250; presses++) {
      if (await holdsFocus(locator)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`250 presses of Tab do not lead to ${locator} on ${page.url()}`);
  }

  async function press(key, where) {
    await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]);
    await fits(page, where);
  }

  async function open(path) {
    await page.goto(base + path);
    await fits(page, path);
  }

  /** Activates the button or link. */
  async function follow(what, where = what) {
    await reach(found(what, control));
    await press('Enter', where);
  }

  /** Puts the text in place of what the field says. */
  async function fill(what, text) {
    await reach(found(what, field));
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  }

  /** Chooses what the select has under the letter of the keyboard. */
  async function choose(name, letter) {
    await reach(field(name));
    await page.keyboard.press(letter);
  }

  async function signIn(email, secret) {
    await open('/sign-in');
    await fill('Thư điện tử', email);
    await fill('Mật khẩu', secret);
    await press('Enter', `the desk of ${email}`);
    assert.equal(new URL(page.url()).pathname, '/workspace');
  }

  return { page, reach, press, open, follow, fill, choose, signIn };
}
