// One question in five languages finds the same suppliers; officers teach the portal new names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onBothDatabases, output, serve, temporaryDirectory } from '../node/matxich.mjs';
import { file } from '../node/office.mjs';
import { apiToken, client, someone } from '../node/people.mjs';
import { eventually, page } from '../node/web.mjs';

const NAMES = ['die casting', 'Đúc áp lực', 'duc ap luc', 'ダイカスト', 'ﾀﾞｲｶｽﾄ', '다이캐스팅', '压铸'];
const REGISTER = `name_vi,name_en,description_vi,description_en
Công ty TNHH Một,,Nhận đúc áp lực nhôm và kẽm cho xe máy,
Công ty TNHH Hai,,,Parts by die casting for motorcycles
Công ty TNHH Ba,,会社案内：精密ダイカスト部品,
Công ty TNHH Bốn,,Gia công cơ khí,Machining
Công ty TNHH Khuôn mẫu Đức,,Làm khuôn,
Công ty TNHH Năm,,Nhận làm khuôn mẫu đúc,
`;

async function portal(t, db) {
  await output(['init', '--db', db]);
  await output(['import', 'enterprise', file(temporaryDirectory(t), 'register.csv', REGISTER), '--db', db]);
  return serve(t, db);
}

/** The names of those found, in their order. */
async function found(base, words, path = '/enterprises') {
  const html = await page(base, `${path}?q=${encodeURIComponent(words)}`);
  return [...html.matchAll(/href="\/(?:en\/)?enterprises\/DN-[\d-]+"[^>]*>([^<]+)</g)].map(([, name]) => name.trim());
}

onBothDatabases('a process in any language, with or without accents, finds the same suppliers in the same order', async (t, db) => {
  const base = await portal(t, db);
  const first = await found(base, NAMES[0]);
  assert.deepEqual(first.toSorted(), ['Công ty TNHH Ba', 'Công ty TNHH Hai', 'Công ty TNHH Một']);
  for (const name of NAMES) assert.deepEqual(await found(base, name), first, name);
  for (const slip of ['die castng', 'đúc áp lưc', 'diecastng']) {
    assert.deepEqual(await found(base, slip), first, slip);
    assert.match(await page(base, `/en/enterprises?q=${encodeURIComponent(slip)}`), /die casting|diecasting|đúc áp lực/, slip);
  }
});

test('words without accents go on finding what is written with any', async (t) => {
  const base = await portal(t, `sqlite:${temporaryDirectory(t)}/a.db`);
  assert.deepEqual((await found(base, 'khuon mau duc')).toSorted(), ['Công ty TNHH Khuôn mẫu Đức', 'Công ty TNHH Năm']);
  assert.equal((await found(base, 'khuôn mẫu đúc'))[0], 'Công ty TNHH Năm');
  assert.equal((await found(base, 'khuôn mẫu Đức'))[0], 'Công ty TNHH Khuôn mẫu Đức');
});

onBothDatabases('a name that an officer adds to the thesaurus is understood by the next search', async (t, db) => {
  const base = await portal(t, db);
  const officer = await someone(t, db, base, 'officer');
  const token = await apiToken(officer);
  assert.deepEqual(await found(base, 'zamakguss'), []);
  const list = JSON.parse(await page(base, '/api/v1/concepts?key=process/die-casting'));
  const concept = list.items.find((one) => one.key === 'process/die-casting');
  const changed = await client(base).ask(`/api/v1/concepts/${concept.id}`, { method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/merge-patch+json' }, body: JSON.stringify({ en: `${concept.en}|zamakguss` }) });
  assert.equal(changed.status, 200, changed.text);
  await eventually(async () => (await found(base, 'zamakguss')).length === 3);
  const refused = await client(base).ask('/api/v1/concepts', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"key":"product/x"}' });
  assert.ok([401, 403].includes(refused.status), refused.text);
});

test('the thesaurus is open data', async (t) => {
  const base = await portal(t, `sqlite:${temporaryDirectory(t)}/a.db`);
  assert.match(await page(base, '/data/concepts?key=process/die-casting'), /process\/die-casting/);
  assert.match(await page(base, '/data'), /\/data\/concepts/);
});
