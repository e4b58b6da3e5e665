// The pages of money in a browser: each fits, is accessible and draws its chart, wide and narrow, in both languages; a line is allocated to and committed from by
// keyboard alone, and what breaks a law comes back as typed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, signIn, walk } from '../node/browser.mjs';
import { person } from '../node/keyboard.mjs';
import { demoDatabase, serve, sql } from '../node/matxich.mjs';
import { accounts, password, someone } from '../node/people.mjs';

const PAGES = ['/money?year=2026', '/money?year=2026&by=line', '/money?year=2026&by=month', '/money/vouchers?year=2026', '/money/vouchers?year=2026&stage=submitted',
  '/money/vouchers?year=2026&stage=estimated', '/money/allocation?year=2026', '/money/forecast?year=2026', '/money/due?year=2026&late=yes', '/money/counterparts?year=2026', '/money?year=2035'];

async function desk(t, view, roles = 'officer') {
  const db = await demoDatabase(t);
  await accounts(t, db, [{ email: 'one@test.vn', roles }]);
  const base = await serve(t, db), page = await openPage(t, view);
  await signIn(page, base, 'one@test.vn', { lang: 'en' });
  return { db, base, page };
}

/** A budget line of 2026 with a task of its agency and content that the agency carries out itself. */
async function lineOfOwnTask(t, db, base) {
  const id = Number((await sql(db, `SELECT line.id FROM task JOIN budget_line AS line ON line.year = task.year AND line.agency = task.agency AND line.content = task.content
    WHERE task.mode = 'own' AND task.year = 2026 AND task.state NOT IN ('settled', 'cancelled') ORDER BY line.id DESC LIMIT 1`)).trim());
  const officer = await someone(t, db, base, 'officer');
  const { rows } = JSON.parse((await officer.get('/money.json?year=2026&by=line')).text);
  return rows.map(({ key }) => key).find((key) => Number(key.match(/-(\d+)-/)?.[1]) === id);
}

for (const width of [1280, 360])
  test(`each page fits, is accessible and draws its chart, at ${width} px`, async (t) => {
    const { db, base, page } = await desk(t, { width }, 'officer,finance');
    const line = await lineOfOwnTask(t, db, base);
    const forms = ['allocate', 'adjust', 'commit', 'disburse', 'reverse'].map((act) => `/money/lines/${line}?do=${act}`);
    await walk(page, base, [...PAGES, `/money/lines/${line}`, ...forms]);
  });

test('money is allocated and committed by keyboard; more than is left comes back as typed', async (t) => {
  const db = await demoDatabase(t), base = await serve(t, db);
  await accounts(t, db, [{ email: 'both@test.vn', roles: 'officer,finance' }]);
  const line = await lineOfOwnTask(t, db, base), who = await person(t, base, { status: 422 }), { page } = who;
  await who.signIn('both@test.vn', password);
  await who.open(`/en/money/lines/${line}`);
  await who.follow('Allocate', 'the form that allocates');
  await who.fill(page.locator('#amount'), '20000000');
  await who.fill(page.locator('#document'), '15/QĐ-UBND');
  await who.fill(page.locator('#on_day'), '20/11/2026');
  await who.follow(page.locator('.money-form button'), 'posted');
  assert.match(await page.locator('.alert-good').textContent(), /Posted/);
  await who.follow('Commit', 'the form that commits');
  await who.reach(page.locator('#task'));
  await page.keyboard.press('ArrowDown');
  await who.fill(page.locator('#amount'), '999000000000');
  await who.fill(page.locator('#document'), '16/QĐ-SCT');
  await who.fill(page.locator('#on_day'), '21/11/2026');
  await who.follow(page.locator('.money-form button'), 'refused');
  assert.match(await page.locator('.alert-danger').textContent(), /left to commit/);
  assert.equal(await page.locator('#amount').inputValue(), '999000000000');
  await who.fill(page.locator('#amount'), '20000000');
  await who.follow(page.locator('.money-form button'), 'committed');
  assert.match(await page.locator('.alert-good').textContent(), /Posted/);
});

test('from the year to a voucher by links alone, without JavaScript', async (t) => {
  const { base, page } = await desk(t, { javaScriptEnabled: false });
  await page.goto(`${base}/en/money?year=2026&by=agency`);
  for (const view of ['source', 'content', 'line']) {
    await page.locator('#table-money tbody tr:first-child td:first-child a').click();
    assert.match(page.url(), new RegExp(`by=${view}`));
  }
  const submitted = await page.locator('#table-money tbody tr:first-child td:nth-child(3) a').textContent();
  await page.locator('#table-money tbody tr:first-child td:nth-child(3) a').click();
  assert.match(await page.locator('.lead').textContent(), new RegExp(`together ${submitted}`));
  await page.locator('#table-vouchers tbody tr:first-child td:nth-child(2) a').click();
  assert.equal(await page.locator('h1').count(), 1);
});
