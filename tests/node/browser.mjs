// What browser tests need: pages in Debian's Chromium, signing in, what every page is held to, and the pictures of README.md.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { inLanguage } from './kinds.mjs';
import { command, root } from './matxich.mjs';
import { password } from './people.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser;                                     // one for each test file, started when first needed
after(async () => (await browser)?.close());

// The same Chromium without its window, which no page sees and which takes nearly half of the time.
const launch = () => chromium.launch({
  executablePath: '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

/**
 * A page with no past (cookies, cache), closed with the test.  What its scripts or policy complain of fails the test, but
 * for the browser's remark on a page whose status is `status`.
 */
export async function openPage(t, { javaScriptEnabled = true, width = 1280, height = 800, locale = 'vi-VN', status = 200 } = {}) {
  browser ??= launch();
  const context = await (await browser).newContext({
    javaScriptEnabled, locale, viewport: { width, height }, reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  const expected = status === 200 ? null : `status of ${status}`;
  page.on('console', (message) => {
    if (message.type() === 'error' && !(expected && message.text().includes(expected))) complaints.push(message.text());
  });
  t.after(async () => {
    await context.close();
    if (complaints.length) throw new Error(`the page complained:\n${complaints.join('\n')}`);
  });
  return page;
}

/** Signs the page in, as somebody with a mouse and a password of people.mjs; then it shows their workspace in that language. */
export async function signIn(page, base, email, { lang = 'vi', secret = password } = {}) {
  await page.goto(base + inLanguage('/sign-in', lang));
  await page.fill('#email', email);
  await page.fill('#password', secret);
  await page.press('#password', 'Enter');
  await page.waitForURL(base + inLanguage('/workspace', lang));
}

/** What axe-core finds against WCAG 2.2 AA and its best practices: a line for each element, none if all is well. */
export async function violations(page) {
  await page.evaluate(axe);                      // not a script element: the page's security policy stays on
  const result = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return result.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`));
}

/** Whether anything sticks out to the right: how many pixels. */
export const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/**
 * The page that is shown now is whole and keeps nobody out: how many charts are on it, all of them drawn.  Without scripts there is nothing that draws,
 * and axe-core cannot look.
 */
export async function fits(page, where, { scripts = true } = {}) {
  const charts = await page.locator('figure.chart').count();
  if (scripts) await page.waitForFunction((n) => document.querySelectorAll('figure.chart.is-drawn').length === n, charts);
  assert.equal(await overflow(page), 0, `${where}: sticks out to the right`);
  if (scripts) assert.deepEqual(await violations(page), [], where);
  assert.equal(await page.locator('h1').count(), 1, where);
  return charts;
}

/** Goes to each of the pages in each of the languages, and looks at it. */
export async function walk(page, base, paths, { languages = ['vi', 'en'], scripts = true } = {}) {
  for (const path of paths.flatMap((one) => languages.map((lang) => inLanguage(one, lang)))) {
    assert.equal((await page.goto(base + path)).status(), 200, path);
    await fits(page, path, { scripts });
  }
}

/** Writes docs/images/NAME.png, what the page shows now, when SHOTS is set: pictures change only on purpose. */
export async function picture(page, name) {
  if (!process.env.SHOTS) return;
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  const path = join(root, 'docs/images', `${name}.png`);
  await page.screenshot({ path });
  const { code, stderr } = await command('pngquant', ['--force', '--strip', '--output', path, '--', path]);
  if (code !== 0) throw new Error(`pngquant: ${stderr}`);
}
