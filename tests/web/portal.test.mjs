// What the pages of the portal promise beyond their look: they are light, nothing is cut off for good, lists are there as data, languages are marked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { richAndSparse } from '../node/kinds.mjs';
import { demoDatabase, records, serve } from '../node/matxich.mjs';
import { get } from '../node/web.mjs';
import { csvRows } from '../node/workbook.mjs';

async function portal(t) {
  const db = await demoDatabase(t);
  return { db, base: await serve(t, db) };
}

const facet = (html, name) => html.match(new RegExp(`<details class="facet" id="${name}".*?</details>`, 's'))[0];
const choices = (html) => html.match(/class="choice"/g).length;

test('the directory weighs less than 35 KB before compression', async (t) => {
  const { base } = await portal(t);
  for (const path of ['/enterprises', '/en/enterprises', '/enterprises?q=khuon']) {
    const { bytes } = await get(base, path);
    assert.ok(bytes.length < 35_000, `${path}: ${bytes.length}`);
  }
});

test('a facet shows its most frequent values, and all of them when asked', async (t) => {
  const { base } = await portal(t);
  const few = facet((await get(base, '/enterprises')).text, 'ward');
  const [, url] = few.match(/class="facet-more" href="([^"]+)"/);
  const all = facet((await get(base, url.replaceAll('&amp;', '&'))).text, 'ward');
  const [more] = few.match(/>[^<]*\d+/g).at(-1).match(/\d+/);
  assert.equal(choices(all), choices(few) + Number(more));
  assert.ok(!all.includes('facet-more'));
});

test('a value that is chosen stays to be seen however rare it is', async (t) => {
  const { base } = await portal(t);
  const all = facet((await get(base, '/enterprises?more=process')).text, 'process');
  const [, rarest] = [...all.matchAll(/href="\/enterprises\?more=process&amp;(process=[^"]+)"/g)].at(-1);
  const chosen = facet((await get(base, `/enterprises?${rarest}`)).text, 'process');
  assert.match(chosen, /<details[^>]* open>.*aria-current="true"/s);
});

test('what is chosen can be taken away however it was written', async (t) => {
  const { base } = await portal(t);
  for (const written of ['A', '2026/A', 'linh kien, phu tung']) {
    const html = (await get(base, `/enterprises?fields=${encodeURIComponent(written)}&fields=B`)).text;
    const chosen = [...facet(html, 'fields').matchAll(/<a class="choice" href="([^"]+)" aria-current="true"/g)].map(([, url]) => url);
    assert.deepEqual(chosen.sort(), ['/enterprises?fields=A', '/enterprises?fields=B'], written);
  }
});

test('the industrial zones are there as data, all of them and nothing else', async (t) => {
  const { base, db } = await portal(t);
  const zones = await records(db, 'code', 'list=industrial_zone');
  const { items } = JSON.parse((await get(base, '/zones.json')).text);
  assert.deepEqual(items.map((zone) => zone.code), zones.map((zone) => zone.code));
  const csv = await get(base, '/zones.csv');
  assert.match(csv.headers.get('content-disposition'), /filename="zones\.csv"/);
  assert.equal(csvRows(csv.text).length, zones.length + 1);
  const page = (await get(base, '/zones')).text;
  for (const { code } of zones) assert.ok(page.includes(`/zones/${encodeURIComponent(code)}"`), code);
});

test('the programme gives each target as data, with what is measured where it is', async (t) => {
  const { base } = await portal(t);
  const { rows } = JSON.parse((await get(base, '/programme.json')).text);
  const listed = JSON.parse((await get(base, '/targets/enterprises/list.json')).text).rows.length;
  const enterprises = rows.find((target) => target.code === 'enterprises' && target.period === '2030');
  assert.deepEqual([enterprises.value, enterprises.measured], [1200, listed]);
  assert.ok(rows.length >= 10 && rows.every((target) => target.source && target.value > 0 && target.measured !== null));
});

test('a profile has its data for search engines, its other name in its own language, and both forms of the address', async (t) => {
  const { base, db } = await portal(t);
  const moved = (await records(db)).find((r) => r.visibility !== 'hidden' && r.old_address && r.name_en && r.name_vi);
  const { text } = await get(base, `/en/enterprises/${moved.id}`);
  const described = JSON.parse(text.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)[1]);
  assert.deepEqual([described['@type'], described.identifier, described.name], ['Organization', moved.id, moved.name_en]);
  assert.ok(text.includes(`lang="vi">${moved.name_vi}<`));
  assert.ok(text.includes(moved.address) && text.includes(moved.old_address));
});

test('every page names itself in both languages', async (t) => {
  const { base, db } = await portal(t);
  const [rich] = await richAndSparse(db);
  for (const path of ['/programme', '/enterprises?q=khuon&ward=00004', `/enterprises/${rich}`]) {
    const { text } = await get(base, path);
    const alternates = Object.fromEntries([...text.matchAll(/hreflang="([^"]+)" href="([^"]+)"/g)].map(([, lang, url]) => [lang, url.replaceAll('&amp;', '&')]));
    assert.deepEqual(alternates, { vi: base + path, en: `${base}/en${path}`, 'x-default': base + path });
  }
});
