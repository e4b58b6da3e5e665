// The thesaurus, data/thesaurus/: what things are called in the languages of buyers and makers.
import test from 'node:test';
import assert from 'node:assert/strict';
import { cells, files, table } from './csv.mjs';

const LANGUAGES = ['vi', 'en', 'ja', 'ko', 'zh'];
const LISTS = ['process', 'material', 'machine'];
const FILES = files().filter((f) => f.startsWith('thesaurus/'));
const concepts = FILES.flatMap((file) => table(file).map((row) => ({ ...row, file })));
const byKey = new Map(concepts.map((c) => [c.key, c]));
const names = (concept, language) => concept[language].split('|');
const broader = (concept) => concept.broader.split(';').filter(Boolean);

test('each file has the header and concepts of its own kind, all complete', () => {
  for (const file of FILES) assert.equal(cells(file)[0].join(','), 'key,kind,vi,en,ja,ko,zh,broader,source', file);
  for (const c of concepts) {
    assert.equal(c.file, `thesaurus/${c.kind}.csv`, c.key);
    assert.match(c.key, new RegExp(`^${c.kind}/[a-z0-9]+(-[a-z0-9]+)*$`));
    for (const column of [...LANGUAGES, 'source']) assert.ok(c[column], `${c.key}: ${column}`);
  }
});

test('there are at least 600 concepts, each key once', () => {
  assert.ok(concepts.length >= 600, `${concepts.length}`);
  assert.equal(byKey.size, concepts.length);
});

test('every code of the lists of processes, materials and machines is a concept, below its parent', () => {
  for (const list of LISTS) {
    const codes = table(`lists/${list}.csv`);
    assert.deepEqual(concepts.filter((c) => c.kind === list).map((c) => c.key).sort(), codes.map((r) => `${list}/${r.code}`).sort());
    for (const { code, parent } of codes) {
      if (parent) assert.ok(broader(byKey.get(`${list}/${code}`)).includes(`${list}/${parent}`), `${list}/${code}`);
    }
  }
});

test('what is broader is a concept, and nothing is broader than itself', () => {
  const above = (concept, path) => {
    for (const key of broader(concept)) {
      assert.ok(byKey.has(key), `${concept.key}: ${key}`);
      assert.ok(!path.includes(key), `circle: ${[...path, key].join(' > ')}`);
      above(byKey.get(key), [...path, key]);
    }
  };
  for (const c of concepts) above(c, [c.key]);
});

test('names are NFC, without stray spaces, and each stands once', () => {
  for (const c of concepts) {
    for (const language of LANGUAGES) {
      const all = names(c, language);
      for (const name of all) {
        assert.equal(name, name.normalize('NFC').trim().replace(/\s+/g, ' '), c.key);
        assert.ok(name, `${c.key}: an empty name in ${language}`);
      }
      assert.equal(new Set(all.map((n) => n.toLowerCase())).size, all.length, `${c.key}: ${c[language]}`);
    }
  }
});

test('within a kind no two concepts share a name', () => {
  const owner = new Map();
  for (const c of concepts) {
    for (const name of LANGUAGES.flatMap((l) => names(c, l).map((n) => `${c.kind} ${l} ${n.toLowerCase()}`))) {
      assert.ok((owner.get(name) ?? c) === c, `${name}: ${c.key}, ${owner.get(name)?.key}`);
      owner.set(name, c);
    }
  }
});

test('each name is written in the script of its language, and those found inside words are not a single sign', () => {
  const script = {
    vi: /^[\p{Script=Latin}\p{N}\p{P}\p{Zs}+]+$/u,
    en: /^[\p{Script=Latin}\p{N}\p{P}\p{Zs}+]+$/u,
    ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
    ko: /\p{Script=Hangul}/u,
    zh: /\p{Script=Han}/u,
  };
  for (const c of concepts) {
    for (const language of LANGUAGES) {
      for (const name of names(c, language)) {
        assert.match(name, script[language], `${c.key}: ${language}`);
        if (['ja', 'ko', 'zh'].includes(language)) assert.ok([...name].length > 1, `${c.key}: ${name}`);
      }
    }
    assert.doesNotMatch(c.zh, /[\p{Script=Hiragana}\p{Script=Katakana}]/u, c.key);
  }
});
