// Two records made one: the old number leads to the survivor, on pages and in JSON, until the merge is undone.
import assert from 'node:assert/strict';
import { fixedClock, matxich, onBothDatabases, output, records, serve, temporaryDirectory } from '../node/matxich.mjs';
import { file, taxCode } from '../node/office.mjs';
import { eventually, get, json } from '../node/web.mjs';

const ROWS = `Tên doanh nghiệp,MST,Điện thoại,Sản phẩm
Công ty TNHH Cơ khí Ban Mai,${taxCode(0)},,Khuôn dập
Công ty TNHH Đúc Hoàng Hôn,,024 3823 4567,Trục thép
`;

onBothDatabases('after a merge the old number leads to the survivor, and undone both are there again', async (t, db) => {
  await output(['import', 'enterprise', file(temporaryDirectory(t), 'two.csv', ROWS), '--db', db], { env: fixedClock });
  const before = await records(db);
  const [into, from] = before.map((r) => r.id);
  const base = await serve(t, db);
  assert.equal((await get(base, `/enterprises/${from}`)).status, 200);

  await output(['merge', 'enterprise', from, into, '--db', db]);
  const [merged, ...others] = await records(db);
  assert.deepEqual(others, []);
  assert.deepEqual([merged.id, merged.tax_code, merged.phone], [into, taxCode(0), '02438234567']);
  assert.deepEqual(merged.products.sort(), ['Khuôn dập', 'Trục thép']);

  await eventually(async () => (await get(base, `/enterprises/${from}`)).status === 308);
  for (const end of ['', '.json', '/history']) {
    for (const start of ['', '/en']) {
      const { status, headers } = await get(base, `${start}/enterprises/${from}${end}`);
      assert.equal(status, 308, end);
      assert.equal(new URL(headers.get('location'), base).pathname, `${start}/enterprises/${into}${end}`);
    }
  }
  assert.equal((await matxich(['verify', '--db', db])).code, 0);

  const batch = (await output(['batches', '--db', db])).split('\n').map((line) => line.split('\t')).find((b) => b[2] === 'merge')[0];
  await output(['undo', batch, '--db', db]);
  assert.deepEqual(await records(db), before);
  await eventually(async () => (await get(base, `/enterprises/${from}`)).status === 200);
  assert.equal((await json(base, `/enterprises/${from}.json`)).id, from);
  assert.equal((await matxich(['verify', '--db', db])).code, 0);
});

onBothDatabases('a mistyped number is refused with that reason, an unknown one is missing', async (t, db) => {
  await output(['import', 'enterprise', file(temporaryDirectory(t), 'two.csv', ROWS), '--db', db]);
  const [{ id }] = await records(db);
  const mistyped = id.replace(/\d$/, (digit) => (Number(digit) + 1) % 10);
  const { code, stderr } = await matxich(['merge', 'enterprise', id, mistyped, '--db', db]);
  assert.equal(code, 2);
  assert.ok(stderr.includes(mistyped));
  assert.equal((await matxich(['merge', 'enterprise', id, id, '--db', db])).code, 2);
  const base = await serve(t, db);
  assert.equal((await get(base, `/enterprises/${mistyped}`)).status, 404);
  const problem = await get(base, `/enterprises/${mistyped}.json`);
  assert.equal(problem.headers.get('content-type').split(';')[0], 'application/problem+json');
  assert.ok(JSON.parse(problem.text).detail.includes(mistyped), problem.text);
  assert.equal((await get(base, '/enterprises/DN-000000-0.json')).status, 404);
});
