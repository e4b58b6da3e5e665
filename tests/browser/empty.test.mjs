// A register in which nothing is yet: its pages say so, have no holes, and keep nobody out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, walk } from '../node/browser.mjs';
import { output, serve, sqliteDatabase } from '../node/matxich.mjs';

test('the pages of an empty register', async (t) => {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  const base = await serve(t, db);
  const page = await openPage(t, { width: 360 });
  for (const path of ['/', '/enterprises', '/programme', '/zones', '/zones/KCN-THANG-LONG', '/data', '/data/enterprises']) {
    await walk(page, base, [path], { languages: ['vi'] });
    assert.equal(await page.locator('.demo-banner').count(), 0, path);
    for (const list of await page.locator('main ul, main ol').all()) assert.ok(await list.locator('> li').count(), `${path}: an empty list`);
  }
  for (const path of ['/', '/enterprises', '/zones/KCN-THANG-LONG', '/data/enterprises']) {
    await page.goto(base + path);
    assert.ok(await page.locator('.empty').isVisible(), path);
  }
});
