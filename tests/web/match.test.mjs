// Finding suppliers from outside: a sentence or criteria in the address, reasons, comparison, saved searches, open demands; and what is hostile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, records, serve } from '../node/matxich.mjs';
import { client, someone } from '../node/people.mjs';
import { attributes, eventually, get, json, links, page } from '../node/web.mjs';

const sentence = 'precision injection molding, IATF 16949, press over 250 t, within 40 km of Noi Bai';
const asked = `/en/match?q=${encodeURIComponent(sentence)}`;

async function portal(t) {
  const db = await demoDatabase(t);
  return { db, base: await serve(t, db) };
}

/** The numbers of the suppliers on a page, best first. */
const suppliers = (html) => attributes(html, 'li', 'id');

test('a sentence becomes criteria, and suppliers stand in the order of how well they fit', async (t) => {
  const { base } = await portal(t), html = await page(base, asked);
  const chips = [...html.matchAll(/<li class="want[^"]*"><span>([^<]*)/g)].map((m) => m[1]).join('; ');
  for (const part of [/injection/i, /16949/, /250/, /40/]) assert.match(chips, part);
  const { rows } = await json(base, asked.replace('match?', 'match.json?'));
  assert.ok(rows.length > 3);
  assert.deepEqual(suppliers(html), rows.slice(0, 20).map(({ id }) => id));
  assert.deepEqual(rows.map(({ fit }) => fit), rows.map(({ fit }) => fit).sort((a, b) => b - a));
});

test('reasons open by a link, and say what was asked, what is there, since when, and what is missing', async (t) => {
  const { base } = await portal(t), html = await page(base, asked);
  const opened = await page(base, links(html).find((url) => url.includes('why=')));
  assert.match(opened, /<ul class="reasons">/);
  assert.match(opened, /of 100 points/);
  assert.match(opened, /(Stated by the enterprise|Verified|Attested by)/);
  assert.match(opened, /aria-expanded="true"/);
});

test('the reasons add up to the fit by the weights that stand beside them', async (t) => {
  const { base } = await portal(t), [best] = (await json(base, asked.replace('match?', 'match.json?'))).rows;
  const opened = await page(base, `${asked}&why=${best.id}`);
  const parts = [...opened.matchAll(/([\d.]+) of 100 points, weight (\d+)/g)].map(([, points, weight]) => ({ points: Number(points), weight: Number(weight) }));
  const fit = parts.reduce((sum, one) => sum + one.points * one.weight, 0) / parts.reduce((sum, { weight }) => sum + weight, 0);
  const told = Number(opened.match(/\) \/ \d+ = (\d+(\.\d)?)/)[1]);
  assert.ok(parts.length > 3 && Math.abs(told - fit) <= 0.1, `${told} is told, ${fit} adds up`);
  assert.equal(Math.floor(told), best.fit);
});

test('how the fit is worked out stands on a page of its own, with every criterion', async (t) => {
  const { base } = await portal(t);
  assert.ok(links(await page(base, asked)).includes('/en/match/method'));
  const english = await page(base, '/en/match/method');
  for (const name of ['Press force', 'Certificate', 'Distance']) assert.match(english, new RegExp(`<td[^>]*>${name}<`));
  assert.match(await page(base, '/match/method'), /<table/);
});

test('each chip leads to the same demand without it, or with it as a wish; the address says all', async (t) => {
  const { base } = await portal(t), html = await page(base, asked);
  const chip = links(html).filter((url) => /\/en\/match\?/.test(url) && !url.includes('why=') && !url.includes('q='));
  assert.ok(chip.length >= 8);
  for (const url of chip) await page(base, url);
  const without = await page(base, chip[1]);
  assert.equal((without.match(/<li class="want/g) ?? []).length, (html.match(/<li class="want/g) ?? []).length - 1);
});

test('the form of all criteria leads to an address with only what was filled in', async (t) => {
  const { base } = await portal(t), html = await page(base, '/en/match');
  const form = html.match(/<details class="card want-form">[\s\S]*?<\/details>/)[0];
  const sent = new URLSearchParams([['form', '1'], ...attributes(form, 'input', 'name').filter((name) => name !== 'form').map((name) => [name, ''])]);
  sent.set('words', 'khuôn');
  const answer = await get(base, `/en/match?${sent}`);
  assert.equal(answer.status, 303);
  assert.match(answer.headers.get('location'), /^\/en\/match\?words=[^&]*$/);
});

test('up to five are compared, on a page and in files, with how each answers', async (t) => {
  const { base } = await portal(t), ids = suppliers(await page(base, asked));
  const some = ids.slice(0, 3).map((id) => `id=${id}`).join('&'), state = asked.split('?')[1];
  const html = await page(base, `/en/match/compare?${some}&${state}`);
  for (const id of ids.slice(0, 3)) assert.ok(html.includes(id));
  const rows = [...html.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].slice(1).map(([, row]) => [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].slice(1));
  for (const cells of rows) assert.ok(cells.some(([, text]) => text), 'a row that is empty for all');
  assert.match(html, /Fit, %/);
  const csv = await page(base, `/en/match/compare.csv?${some}&${state}`);
  assert.equal(csv.trim().split('\r\n')[0].split(',').length >= 4, true);
  assert.equal((await get(base, `/en/match/compare.xlsx?${some}`)).status, 200);
  assert.equal((await get(base, `/en/match/compare?${ids.slice(0, 6).map((id) => `id=${id}`).join('&')}`)).status, 422);
  assert.equal((await get(base, '/en/match/compare?id=DN-999999-9')).status, 404);
  assert.equal((await get(base, '/en/match/compare')).status, 422);
});

test('where nobody fits it is said what keeps suppliers out, and how to post a demand', async (t) => {
  const { base } = await portal(t);
  const html = await page(base, '/en/match?process=die-casting&place=Noi%20Bai&distance=0.1%20km&distance.must=1');
  assert.ok(html.includes('keeps most suppliers out'));
  assert.ok(links(html).some((url) => url.includes('distance.must=0') || (url.includes('distance=') && !url.includes('distance.must=1'))));
  assert.ok(links(html).some((url) => url.startsWith('/en/linkage/demands/new?')));
});

test('words that a supplier has are met, though they are said nowhere else', async (t) => {
  const { base } = await portal(t), vain = /No supplier of the register (is known|fits)/;
  assert.doesNotMatch(await page(base, '/en/match?q=sensor'), vain);
  assert.match(await page(base, '/en/match?q=sensor%20zyxwvut'), vain);
});

test('a search is saved by whoever is signed in, and by nobody else', async (t) => {
  const { db, base } = await portal(t), buyer = await someone(t, db, base, 'buyer');
  const html = (await buyer.get(asked)).text;
  const query = html.match(/name="query" value="([^"]*)"/)[1].replaceAll('&amp;', '&');
  const answer = await buyer.post('/en/match/save', { query, name: 'Presses near the airport', frequency: 'weekly' });
  assert.equal(answer.status, 303);
  assert.match(answer.location, /saved-searches\/TL-/);
  assert.match((await buyer.get(answer.location)).text, /Presses near the airport/);
  const other = await someone(t, db, base, 'officer');
  assert.equal((await other.get(answer.location)).status, 404);
  assert.equal((await client(base).post('/en/match/save', { query, name: 'x', frequency: 'weekly' })).status, 401);
  assert.equal((await get(base, '/en/alerts/nobody')).status, 404);
});

test('the daily work looks at saved searches among the suppliers of that day', async (t) => {
  const { db, base } = await portal(t), buyer = await someone(t, db, base, 'buyer');
  const kept = await buyer.post('/match/save', { query: 'process=injection-moulding', name: 'Ép nhựa', frequency: 'daily' });
  assert.equal(kept.status, 303, kept.text);
  await serve(t, db, [], { MATXICH_NOW: '2026-11-23T01:00:00Z' });
  await eventually(async () => (await records(db, 'saved_search', 'name=Ép nhựa'))[0].last === '2026-11-23');
});

// ---- hostile and contradictory

test('what contradicts itself or is not understood is said, and nothing is guessed', async (t) => {
  const { base } = await portal(t);
  const { status, text } = await get(base, '/en/match?tolerance=5%20furlong&process=no-such-process');
  assert.equal(status, 422);
  for (const name of ['Tolerance', 'Process']) assert.ok(text.includes(`<strong>${name}<`), name);
  assert.match((await get(base, '/match?tolerance=5%20kg')).text, /<strong>Dung sai<\/strong>/);
  assert.ok((await page(base, '/en/match?certificate=IATF16949&day=2001-01-01')).includes('contradicts itself'));
});

test('hostile words are words', async (t) => {
  const { base } = await portal(t);
  const blocks = [0x20, 0x600, 0x900, 0xe00, 0x1f00, 0x2600, 0x3040, 0xac00, 0x1f300, 0x20000].map((from) => String.fromCodePoint(from, from + 5, from + 9)).join(' ');
  for (const words of ['(((((a+)+)+)+)+$', '.*'.repeat(500), '"; drop table enterprise; --', '<script>alert(1)</script>', blocks, '\u202e\u200b', '%', '250 '.repeat(400)]) {
    const { status, text } = await get(base, `/en/match?q=${encodeURIComponent(words)}`);
    assert.equal(status, 200, words);
    assert.ok(!text.includes('<script>alert'));
  }
});

test('ten thousand criteria and ten megabytes of words are refused, and the server goes on', async (t) => {
  const { base } = await portal(t);
  const many = Array.from({ length: 10000 }, (_, i) => `certificate=c${i}`).join('&');
  assert.equal((await get(base, `/en/match?${many}`)).status, 414);
  assert.equal((await get(base, `/en/match?${many.slice(0, 7000)}`)).status, 422);
  const refused = await get(base, `/en/match?q=${'x'.repeat(10 << 20)}`).catch(() => ({ status: 414 }));      // or the connection is closed on it
  assert.ok([414, 431].includes(refused.status));
  await page(base, '/en/match');
});

// ---- open demands

test('open demands are for everybody, and an unnamed buyer is nowhere in them', async (t) => {
  const { db, base } = await portal(t), demands = await records(db, 'demand');
  const open = demands.filter(({ state, reach }) => state === 'open' && reach === 'anybody');
  const shown = links(await page(base, '/demands')).filter((url) => /^\/demands\/NC-/.test(url));
  assert.ok(open.length > 0 && shown.length > 0);
  for (const url of shown) {
    const id = url.split('/').at(-1), demand = open.find((one) => one.id === id);
    assert.ok(demand, `${url} is not open to all`);
    const texts = await Promise.all([page(base, url), page(base, `${url}.json`), page(base, `/en${url}`), page(base, '/demands.json')]);
    if (demand.unnamed) for (const text of texts) assert.ok(!text.includes(demand.buyer), `${url} names ${demand.buyer}`);
  }
  for (const { id, state } of demands.filter((one) => one.state !== 'open')) assert.equal((await get(base, `/demands/${id}`)).status, 404, state);
  assert.match(await page(base, '/sitemap.xml'), /\/demands\/NC-/);
});

test('an enterprise answers an open demand once, and is led to its part in it', async (t) => {
  const { db, base } = await portal(t), enterprise = (await records(db)).at(-1).id;
  const [url] = links(await page(base, '/demands')).filter((one) => /^\/demands\/NC-/.test(one));
  const supplier = await someone(t, db, base, 'enterprise', ['--organisation', enterprise]);
  const answer = await supplier.post(`${url}/answer`, { message: 'Chúng tôi làm được.' });
  assert.equal(answer.status, 303, answer.text);
  assert.match(answer.location, /\/linkage\/invitations\//);
  assert.ok((await supplier.get(url)).text.includes(answer.location.split('?')[0]));
  assert.equal((await supplier.post(`${url}/answer`, { message: 'Lần nữa.' })).status, 409);
  const buyer = await someone(t, db, base, 'buyer');
  assert.equal((await buyer.post(`${url}/answer`, { message: 'x' })).status, 403);
});
