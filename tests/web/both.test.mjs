// The same data in SQLite and in PostgreSQL: the same exports, the same search, the same pages, byte for byte.
import assert from 'node:assert/strict';
import { acrossDatabases, fixedClock, output, serve } from '../node/matxich.mjs';
import { inLanguage, kinds } from '../node/kinds.mjs';
import { get } from '../node/web.mjs';

const LISTS = ['/enterprises', '/data/codes', '/data/code-lists', '/data/settings', '/data/enterprises', '/data/enterprises?size_class=medium&founded.min=2005',
  '/enterprises?founded.min=2010', '/data/certificates', '/data/figures?sort=-year'];

acrossDatabases('SQLite and PostgreSQL answer the same, byte for byte', async (t, urls) => {
  await Promise.all(urls.map((db) => output(['demo', '--db', db], { env: fixedClock })));
  const same = async (ask, what) => {
    const [one, other] = await Promise.all(urls.map(ask));
    assert.ok(one.length > 0, what);
    assert.ok(Buffer.compare(Buffer.from(one), Buffer.from(other)) === 0, `${what} differs`);
  };

  await t.test('exports in every format and both languages', async () => {
    for (const format of ['csv', 'xlsx', 'json', 'ndjson']) {
      for (const lang of ['vi', 'en']) {
        await same((db) => output(['export', 'enterprise', '--format', format, '--lang', lang, '--db', db], { env: fixedClock, encoding: 'latin1' }),
          `export as ${format} in ${lang}`);
      }
    }
    await same((db) => output(['export', 'code', '--format', 'json', '--db', db]), 'codes');
  });

  await t.test('searches', async () => {
    for (const words of ['khuon mau duc', 'công ty', 'iso 9001', 'bánh răng nhựa', 'quang minh', 'xyzzy']) {
      await same((db) => output(['search', ...words.split(' '), '--json', '--limit', '100', '--db', db]), words);
    }
  });

  await t.test('every kind of page and file', async (inner) => {
    const bases = await Promise.all(urls.map((db) => serve(inner, db, ['--base-url', 'https://example.org'])));
    const ask = (path) => async (db) => {
      const { status, bytes } = await get(bases[urls.indexOf(db)], path);
      return Buffer.concat([Buffer.from(`${status}\n`), bytes]);
    };
    const files = LISTS.flatMap((list) => ['json', 'csv', 'xlsx', 'ndjson'].map((end) => ({ path: list.replace(/^[^?]*/, (path) => `${path}.${end}`) })));
    const pages = [...await kinds(urls[0]), ...files, ...['json', 'csv', 'xlsx'].map((end) => ({ path: `/programme.${end}` })), { path: '/data/openapi.json' }];
    for (const { path } of pages) {
      for (const lang of ['vi', 'en']) await same(ask(inLanguage(path, lang)), inLanguage(path, lang));
    }
    await same(ask('/sitemap.xml'), '/sitemap.xml');
  });
});
