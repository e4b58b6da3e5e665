// Acting on the supply network, in a browser: an officer at the event desk, a firm at the form behind its link, scenarios and whom first;
// on a telephone, in both languages, and where no script runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, openPage, signIn, walk } from '../node/browser.mjs';
import { demoDatabase, records, serve, sql } from '../node/matxich.mjs';
import { accounts, signedIn } from '../node/people.mjs';
import { eventually } from '../node/web.mjs';

const email = 'officer@test.vn';

/** A portal whose network has been read: { db, base }. */
async function portal(t) {
  const db = await demoDatabase(t);
  await accounts(t, db, [{ email }]);
  const base = await serve(t, db), officer = await signedIn(db, base, email);
  await eventually(async () => !(await officer.get('/network/first')).headers.get('refresh'));
  return { db, base, officer };
}

async function deskOf(t, base, view) {
  const page = await openPage(t, view);
  await signIn(page, base, email, { lang: 'en' });
  return page;
}

/** The newest link that a mail asks with. */
const ticket = async (db) => (await sql(db, "SELECT body FROM mail WHERE body LIKE '%/status/%' ORDER BY id DESC LIMIT 1")).match(/\/status\/([\w-]{43})/)[1];

for (const [name, view, languages] of [['on a wide screen', {}, ['vi', 'en']], ['on a telephone', { width: 360, height: 740 }, ['vi']],
  ['without scripts', { javaScriptEnabled: false }, ['en']]])
  test(`the pages of acting fit ${name}`, async (t) => {
    const { db, base } = await portal(t), page = await deskOf(t, base, view);
    const [event] = await records(db, 'event'), [site] = await records(db, 'event_site'), [one, two] = await records(db, 'scenario');
    const paths = ['/network/method', '/network/events', `/network/events/${event.id}`, `/network/events/${event.id}/sites/${site.id}/contact`,
      '/network/what-if', '/network/what-if?zones=2025/KCN-THANG-LONG&days=30', `/network/what-if?event=${event.id}&days=7`,
      `/network/what-if/compare?s=${one.id}&s=${two.id}`, '/network/first'];
    await walk(page, base, paths, { languages, scripts: view.javaScriptEnabled });
  });

for (const [name, view] of [['on a telephone', { width: 360, height: 740 }], ['without scripts', { javaScriptEnabled: false }]])
  test(`a firm answers by one press ${name}, and the desk shows it at once`, async (t) => {
    const { db, base, officer } = await portal(t), [event] = await records(db, 'event');
    assert.equal((await officer.post(`/network/events/${event.id}/ask`, {})).status, 303);
    const desk = await deskOf(t, base, {}), firm = await openPage(t, view);
    await desk.goto(`${base}/en/network/events/${event.id}`);
    const confirmed = Number(await desk.locator('[data-count=confirmed]').textContent());
    await firm.goto(`${base}/en/status/${await ticket(db)}`);
    if (view.javaScriptEnabled !== false) await fits(firm, 'the form');
    await firm.locator('.status-form').first().getByRole('button', { name: 'Stopped' }).click();
    await firm.waitForSelector('.alert-good');
    if (view.javaScriptEnabled !== false) await fits(firm, 'the form, answered');
    await desk.waitForFunction((n) => Number(document.querySelector('[data-count=confirmed]').textContent) === n + 1, confirmed);
    await desk.goto('about:blank');                          // it asks no more, when the server stops
  });

test('the Enter key in a detail says affected, never that nothing has happened', async (t) => {
  const { db, base, officer } = await portal(t), [event] = await records(db, 'event');
  await officer.post(`/network/events/${event.id}/ask`, {});
  const firm = await openPage(t);
  await firm.goto(`${base}/en/status/${await ticket(db)}`);
  await firm.fill('#capacity', '70');
  await firm.keyboard.press('Enter');
  assert.match(await firm.locator('.alert-good').textContent(), /“Affected”/);
});
