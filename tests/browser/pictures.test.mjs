// The pictures of README.md.  SHOTS=1 ./dev test browser-pictures makes them anew; without it the pages are only visited.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, picture } from '../node/browser.mjs';
import { richAndSparse } from '../node/kinds.mjs';
import { demoDatabase, serve } from '../node/matxich.mjs';

test('the pages that README.md shows', async (t) => {
  const db = await demoDatabase(t);
  const base = await serve(t, db);
  const [rich] = await richAndSparse(db);
  const wide = await openPage(t, { width: 1440, height: 900 });
  for (const [name, path] of [['home', '/'], ['directory', '/enterprises?q=khuon+mau'], ['profile', `/en/enterprises/${rich}`], ['programme', '/programme']]) {
    assert.equal((await wide.goto(base + path)).status(), 200, path);
    await picture(wide, name);
  }
  const telephone = await openPage(t, { width: 390, height: 844 });
  await telephone.goto(`${base}/enterprises?q=khuon+mau`);
  assert.ok(await telephone.locator('.result').first().isVisible());
  await picture(telephone, 'telephone');
});
