// The plan of a year in a browser: every page of it by keyboard, at 360 px and without scripts, in both languages; nothing on it keeps anybody out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, openPage, signIn, walk } from '../node/browser.mjs';
import { demoPassword, person } from '../node/keyboard.mjs';
import { demoDatabase, records, serve } from '../node/matxich.mjs';

async function theYear(t) {
  const db = await demoDatabase(t);
  const base = await serve(t, db);
  const plans = await records(db, 'yearly_plan');
  const plan = plans.find(({ year }) => year === 2026) ?? plans[0];
  const activities = (await records(db, 'activity')).filter(({ year }) => year === plan.year);
  const tasks = (await records(db, 'task')).filter(({ year }) => year === plan.year);
  return { base, plan, activity: activities[0], task: tasks[0] };
}
const pagesOf = ({ plan, activity, task }) => ['/plan', `/plan/${plan.id}`, `/plan/${plan.id}/calendar`, `/plan/${plan.id}/gantt`, `/plan/${plan.id}/versions`, `/plan/${plan.id}/estimate`,
  `/plan/tasks/${task.id}`, `/plan/activities/${activity.id}`, '/activities', `/activities/${activity.id}`];

for (const [name, view] of [['at 360 px', { width: 360, height: 740 }], ['without scripts', { javaScriptEnabled: false, width: 1280, height: 900 }]])
  test(`each page of the plan is whole ${name}, in both languages`, async (t) => {
    const year = await theYear(t);
    const { page } = await signedIn(t, year.base, view);
    await walk(page, year.base, pagesOf(year), { scripts: view.javaScriptEnabled });
  });

async function signedIn(t, base, view) {
  const officer = await person(t, base, view);
  await signIn(officer.page, base, 'officer@demo.example', { secret: demoPassword });
  return officer;
}

test('an officer goes from the years to a task and back by keyboard, and sees a month as a list of days on a phone', async (t) => {
  const { base, plan, task } = await theYear(t);
  const officer = await signedIn(t, base, { width: 1440, height: 900 });
  const { page, follow } = officer;
  await officer.open('/en/plan');
  await follow(page.locator(`#table-plans a[href="/en/plan/${plan.id}"]`), 'the plan');
  await follow(page.locator(`#table-plan a[href="/en/plan/tasks/${task.id}"]`), 'the task');
  assert.match(await page.locator('h1').textContent(), /\S/);
  await follow(page.locator('.crumbs a').first(), 'the plan again');
  await follow(page.locator('.network-menu a', { hasText: 'Course of the year' }), 'the course of the year');
  assert.ok(await page.locator('.chart-course').count() > 1);
  await follow(page.locator('.network-menu a', { hasText: 'Calendar' }), 'the calendar');
  assert.equal(await page.locator('.calendar thead th').count(), 7);
  const entries = await page.locator('.calendar li a').count();
  await page.setViewportSize({ width: 360, height: 740 });
  assert.equal(await page.locator('.calendar li a:visible').count(), entries, 'the same entries, as a list');
  assert.equal(await page.locator('.calendar td:visible').count(), await page.locator('.calendar td:has(ul)').count(), 'and no empty days');
});

test('the menu of the workspace is short: shelves fold, by keyboard and without scripts, and that of the page is open', async (t) => {
  const { base, plan } = await theYear(t), shelf = (page, name) => page.locator('.shelves details', { has: page.locator('summary', { hasText: name }) });
  for (const view of [{ width: 1440 }, { width: 360 }]) {
    const officer = await signedIn(t, base, view), { page } = officer;
    await officer.open('/en/workspace');
    assert.equal(await page.locator('.desk-menu li:visible').count(), 5, 'what the person works on, and nothing else');
    assert.equal(await page.locator('.shelves details[open]').count(), 0);
    await officer.reach(shelf(page, 'Money').locator('summary'));
    await page.keyboard.press('Enter');
    await fits(page, 'an open shelf');
    await officer.follow('Vouchers');
    assert.deepEqual(await page.locator('.shelves details[open] summary').allTextContents(), ['Money']);
    assert.equal(await page.locator('.desk-menu [aria-current=page]').textContent(), 'Vouchers');
  }
  const page = await openPage(t, { javaScriptEnabled: false });
  await signIn(page, base, 'officer@demo.example', { secret: demoPassword });
  await page.goto(`${base}/en/plan/${plan.id}`);
  assert.ok(await shelf(page, 'The year\'s plan').getByRole('link', { name: 'Norms' }).isVisible());
  assert.ok(!(await shelf(page, 'Money').locator('li').first().isVisible()));
});
