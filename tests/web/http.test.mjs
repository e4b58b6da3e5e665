// What every answer of the portal carries: validators, compression, safety, languages; and what machines read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLanguage, kinds } from '../node/kinds.mjs';
import { demoDatabase, output, records, serve, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { file } from '../node/office.mjs';
import { attributes, eventually, get, links, page } from '../node/web.mjs';

/** The demonstration, served for one test. */
async function portal(t) {
  const db = await demoDatabase(t);
  return { db, base: await serve(t, db), all: await kinds(db) };
}
const bothLanguages = (all) => all.flatMap((kind) => ['vi', 'en'].map((lang) => ({ ...kind, lang, path: inLanguage(kind.path, lang) })));

test('every page has its status, its language and the safety headers', async (t) => {
  const { base, all } = await portal(t);
  for (const { path, status, lang } of bothLanguages(all)) {
    const answer = await get(base, path);
    assert.equal(answer.status, status, path);
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8', path);
    assert.deepEqual(attributes(answer.text, 'html', 'lang'), [lang], path);
    const policy = answer.headers.get('content-security-policy');
    assert.match(policy, /default-src 'self'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.match(answer.headers.get('referrer-policy'), /strict-origin/);
    assert.doesNotMatch(answer.text, /<script(?![^>]*(?: src="\/assets\/| type="application\/ld\+json"))|<style|<[^>]* (?:style|on\w+)=/, `${path}: nothing in line`);
  }
});

test('an unchanged page is answered with 304, and a page is compressed for who asks', async (t) => {
  const { base, all } = await portal(t);
  for (const { path, kept } of bothLanguages(all)) {
    const [plain, packed] = await Promise.all(['identity', 'gzip'].map((coding) => get(base, path, { 'accept-encoding': coding })));
    assert.deepEqual([plain, packed].map((answer) => answer.headers.get('content-encoding')), [null, 'gzip'], path);
    assert.equal(packed.text, plain.text, path);
    assert.match(packed.headers.get('vary'), /accept-encoding/i);
    for (const [answer, coding] of [[plain, 'identity'], [packed, 'gzip']]) {
      const tag = answer.headers.get('etag');
      assert.equal(tag !== null, kept, `${path}: an ETag for what can be kept`);
      if (!tag) continue;
      const again = await get(base, path, { 'accept-encoding': coding, 'if-none-match': `"other", ${tag}` });
      assert.deepEqual([again.status, again.bytes.length], [304, 0], path);
      assert.equal((await get(base, path, { 'if-none-match': '"other"' })).status, 200, path);
    }
  }
});

test('a change in the register changes the pages it shows on, and their ETags', async (t) => {
  const db = sqliteDatabase(t);
  await output(['init', '--db', db]);
  const base = await serve(t, db);
  const empty = await get(base, '/enterprises');
  await output(['import', 'enterprise', file(temporaryDirectory(t), 'one.csv', 'Tên doanh nghiệp,Xã/phường\nCông ty TNHH Cơ khí Mới,P. Ba Đình\n'), '--db', db]);
  await eventually(async () => (await get(base, '/enterprises', { 'if-none-match': empty.headers.get('etag') })).status === 200);
  assert.ok((await page(base, '/enterprises?q=co+khi+moi')).includes('Công ty TNHH Cơ khí Mới'));
});

test('the demonstration says so on every page, and a real register never', async (t) => {
  const { base, all } = await portal(t);
  for (const { path } of bothLanguages(all)) assert.match((await get(base, path)).text, /class="demo-banner"/, path);
  const real = sqliteDatabase(t);
  await output(['init', '--db', real]);
  const realBase = await serve(t, real);
  for (const path of ['/', '/enterprises', '/programme', '/zones', '/data', '/nowhere']) {
    assert.doesNotMatch((await get(realBase, path)).text, /demo-banner/, path);
  }
});

test('each page names itself and its translation, and the switch leads there with the whole state', async (t) => {
  const { base, all } = await portal(t);
  for (const { path, lang, status } of bothLanguages(all)) {
    const { text } = await get(base, path);
    const alternates = Object.fromEntries([...text.matchAll(/<link rel="alternate" hreflang="(\w+)" href="([^"]*)"/g)].map((m) => [m[1], m[2].replaceAll('&amp;', '&')]));
    assert.deepEqual(Object.keys(alternates).sort(), ['en', 'vi'], path);
    const canonical = text.match(/<link rel="canonical" href="([^"]*)"/)[1].replaceAll('&amp;', '&');
    assert.equal(canonical, alternates[lang], path);
    assert.ok(canonical.startsWith(base), canonical);
    const other = lang === 'vi' ? 'en' : 'vi';
    const [, there] = text.match(/<a class="language" href="([^"]*)"/);
    assert.equal(base + there.replaceAll('&amp;', '&'), alternates[other], path);
    assert.equal((await get(base, alternates[other].slice(base.length))).status, status, alternates[other]);
    const asked = (url) => [...new URL(url, base).searchParams];
    assert.deepEqual(asked(there.replaceAll('&amp;', '&')), asked(path), 'the state is kept');
  }
});

test('every link of every kind of page leads somewhere', async (t) => {
  const { base, all } = await portal(t);
  const seen = new Set();
  for (const { path } of bothLanguages(all).filter(({ status }) => status === 200)) {
    for (const link of links((await get(base, path)).text).slice(0, 150)) seen.add(link);
  }
  assert.ok(seen.size > 300, String(seen.size));
  for (const link of seen) assert.equal((await fetch(new URL(link, base))).status, 200, link);
});

test('styles, scripts, pictures and fonts are there and may be kept for ever', async (t) => {
  const { base } = await portal(t);
  const html = await page(base, '/');
  const assets = [...new Set([...html.matchAll(/(?:src|href)="(\/assets\/[^"#]*)/g)].map((m) => m[1]))];
  assert.ok(assets.length >= 4, assets.join());
  for (const path of assets) {
    const { status, headers, bytes } = await get(base, path);
    assert.ok(status === 200 && bytes.length > 0, path);
    assert.match(headers.get('cache-control'), /immutable/, path);
  }
});

test('a profile tells machines who it is, in JSON-LD that parses', async (t) => {
  const { base, db } = await portal(t);
  for (const r of (await records(db)).filter((one) => one.visibility !== 'hidden').slice(0, 40)) {
    const [, data] = (await page(base, `/enterprises/${r.id}`)).match(/<script type="application\/ld\+json">(.*?)<\/script>/s);
    const said = JSON.parse(data);
    assert.deepEqual([said['@context'], said['@type'], said.identifier, said.taxID ?? null], ['https://schema.org', 'Organization', r.id, r.tax_code]);
    assert.equal(said.url, `${base}/enterprises/${r.id}`);
    assert.equal(said.address['@type'], 'PostalAddress');
  }
});

test('a name there is in one language only is shown in the other one too, marked with its language', async (t) => {
  const { base, db } = await portal(t);
  const shown = (await records(db)).filter((r) => r.visibility !== 'hidden');
  for (const [r, expected] of [[shown.find((r) => !r.name_en), ['vi']], [shown.find((r) => r.name_en), []]]) {
    const html = await page(base, `/en/enterprises/${r.id}`);
    assert.deepEqual(attributes(html, 'h1', 'lang'), expected);
    assert.ok(html.includes(r.name_vi.replaceAll('&', '&amp;')), r.name_vi);
  }
});

test('the sitemap lists every published enterprise in both languages, and robots.txt leads to it', async (t) => {
  const { base, db } = await portal(t);
  const robots = await get(base, '/robots.txt');
  assert.equal(robots.headers.get('content-type').split(';')[0], 'text/plain');
  const [, where] = robots.text.match(/^Sitemap: (\S+)$/m);
  const map = await get(base, new URL(where).pathname);
  assert.match(map.headers.get('content-type'), /xml/);
  const listed = new Set([...map.text.matchAll(/<loc>([^<]+)<\/loc>/g)].map((m) => m[1]));
  for (const r of await records(db)) {
    const url = `${base}/enterprises/${r.id}`;
    assert.equal(listed.has(url), r.visibility !== 'hidden', url);
  }
  assert.equal([...map.text.matchAll(/hreflang="en"/g)].length, listed.size);
});

test('what is personal or hidden is on no page and in no download', async (t) => {
  const { base, db } = await portal(t);
  const all = await records(db);
  const hidden = all.find((r) => r.visibility === 'hidden');
  assert.ok(hidden, 'the demonstration hides something');
  for (const end of ['', '.json', '/history']) assert.equal((await get(base, `/enterprises/${hidden.id}${end}`)).status, 404, end);
  const open = all.filter((r) => r.visibility !== 'hidden' && r.contact_email);
  assert.ok(open.length > 10);
  const downloads = await Promise.all(['csv', 'json', 'ndjson'].map((end) => page(base, `/enterprises.${end}`)));
  const profiles = await Promise.all(open.slice(0, 10).flatMap((r) => ['', '.json', '/history'].map((end) => page(base, `/enterprises/${r.id}${end}`))));
  for (const text of [...downloads, ...profiles]) {
    assert.ok(!text.includes(hidden.name_vi));
    for (const r of open) assert.ok(!text.includes(r.contact_email), r.contact_email);
  }
});

test('one address leads to one page: a slash at the end is redirected, another ending missing, other methods refused', async (t) => {
  const { base } = await portal(t);
  const slash = await get(base, '/enterprises/?q=khuon');
  assert.deepEqual([slash.status, slash.headers.get('location')], [308, '/enterprises?q=khuon']);
  assert.equal((await get(base, '/Enterprises')).status, 404);
  assert.equal((await get(base, '/enterprises.docx')).status, 404);
  const posted = await fetch(`${base}/enterprises`, { method: 'POST', body: new URLSearchParams({ q: 'x' }) });
  assert.equal(posted.status, 405);
  assert.match(posted.headers.get('allow'), /GET/);
  const asked = await fetch(`${base}/enterprises`, { method: 'HEAD' });
  assert.deepEqual([asked.status, await asked.text()], [200, '']);
});
