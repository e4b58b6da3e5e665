// Every kind of page, in both languages, on a wide screen and on a small telephone: nothing sticks out, nothing keeps anybody out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, overflow, violations } from '../node/browser.mjs';
import { inLanguage, kinds } from '../node/kinds.mjs';
import { demoDatabase, serve } from '../node/matxich.mjs';

test('every kind of page', async (t) => {
  const db = await demoDatabase(t);
  const base = await serve(t, db);
  for (const { name, path, status } of await kinds(db)) {
    await t.test(`${name}: fits on both screens in both languages; axe-core finds nothing on the small one in Vietnamese, on the wide one in English`, async (inner) => {
      for (const width of [1280, 360]) {
        const page = await openPage(inner, { width, status });
        for (const lang of ['vi', 'en']) {
          const where = `${inLanguage(path, lang)} at ${width} px`;
          assert.equal((await page.goto(base + inLanguage(path, lang))).status(), status, where);
          assert.equal(await overflow(page), 0, `${where}: sticks out to the right`);
          if ((width === 360) === (lang === 'vi')) assert.deepEqual(await violations(page), [], where);
          assert.ok(await page.locator('.demo-banner').isVisible(), where);
          assert.equal(await page.locator('h1').count(), 1, where);
        }
      }
    });
  }
});

test('a page that is wrong is found out', async (t) => {
  const page = await openPage(t, { width: 360 });
  await page.setContent('<html lang="vi"><title>Sai</title><main><h1>Sai</h1><p>hẹp</p></main>');
  assert.deepEqual([await overflow(page), await violations(page)], [0, []]);
  await page.setContent('<title>Sai</title><img src="data:,"><table width="500"><tr><td>rộng</table>');
  assert.equal(await overflow(page) > 100, true);
  const rules = (await violations(page)).map((line) => line.split(':')[0]);
  for (const rule of ['html-has-lang', 'image-alt', 'region']) assert.ok(rules.includes(rule), `${rule}: ${rules}`);
});

test('without scripts nothing sticks out at 360 px either', async (t) => {
  const db = await demoDatabase(t);
  const base = await serve(t, db);
  const narrow = { width: 360, javaScriptEnabled: false };
  for (const { path, status } of await kinds(db)) {
    const page = await openPage(t, { ...narrow, status });
    await page.goto(base + path);
    const [document, screen] = await page.locator('html').evaluateAll(([html]) => [html.scrollWidth, html.clientWidth]);
    assert.equal(document, screen, path);
  }
});
