// matxich match and bom: suppliers for a demand file, and for the lines of a bill of materials.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDatabase, matxich, onBothDatabases, output, temporaryDirectory } from '../node/matxich.mjs';
import { file } from '../node/office.mjs';

const WALK = { words: 'precision', limit: 5, criteria: [
  { criterion: 'process', codes: ['injection-moulding'] }, { criterion: 'certificate', codes: ['IATF16949'] },
  { criterion: 'force', at_least: 250, unit: 't' }, { criterion: 'distance', within: 40, unit: 'km', place: 'Nội Bài' }] };

const demandFile = (t, demand) => file(temporaryDirectory(t), 'demand.json', typeof demand === 'string' ? demand : JSON.stringify(demand));
const match = async (t, db, demand, ...options) => JSON.parse(await output(['match', demandFile(t, demand), '--json', '--lang', 'en', '--db', db, ...options]));

test('suppliers stand best first, each with an answer to every criterion', async (t) => {
  const db = await demoDatabase(t);
  const { fitting, results } = await match(t, db, WALK, '--explain');
  assert.ok(fitting > 5 && results.length === 5, `${fitting} ${results.length}`);
  let last = Infinity;
  for (const { id, percent, score, reasons } of results) {
    assert.match(id, /^DN-\d{6}-\d$/);
    assert.ok(score <= last && percent >= 0 && percent <= 100);
    last = score;
    assert.deepEqual(reasons.map((r) => r.criterion), [...WALK.criteria.map((c) => c.criterion), 'words']);
    const [words] = reasons.slice(-1);
    assert.deepEqual([words.asked, words.must, words.weight], ['Words: precision', false, 10]);
    for (const r of reasons.slice(0, -1)) {
      assert.match(r.answer, /^(met|partly|not_met|unknown)$/);
      assert.equal(r.missing === null, r.answer === 'met', `${r.criterion} ${r.answer}: ${r.missing}`);
      if (r.must) assert.notEqual(r.answer, 'not_met');
    }
  }
});

test('the number wanted is that of --limit, else that of the file', async (t) => {
  const db = await demoDatabase(t);
  assert.equal((await match(t, db, WALK, '--limit', '3')).results.length, 3);
  assert.equal((await match(t, db, { ...WALK, limit: undefined })).results.length, 20);
});

test('without --json people read it, in their language', async (t) => {
  const db = await demoDatabase(t);
  const path = demandFile(t, WALK);
  assert.match(await output(['match', path, '--lang', 'en', '--explain', '--db', db]), /^Suppliers that fit: \d+\.\nDN-[\d-]+\t\d+ %\t.*\n {2}met\tProcess: Injection moulding/);
  assert.match(await output(['match', path, '--lang', 'vi', '--explain', '--db', db]), /Ép phun nhựa/);
});

test('everything wrong with a demand file is said with its path, and nothing is searched', async (t) => {
  const db = await demoDatabase(t);
  const path = demandFile(t, { wrods: 'x', criteria: [{ criterion: 'force', at_least: 250, unit: 'ton' }, { criterion: 'proces', codes: ['a'] }] });
  const { code, stdout, stderr } = await matxich(['match', path, '--lang', 'en', '--db', db]);
  assert.deepEqual([code, stdout], [2, '']);
  assert.deepEqual(stderr.trim().split('\n').map((line) => line.replace(/^matxich: ([^:]+):.*/, '$1')), ['wrods', 'criteria[0].unit', 'criteria[1].criterion']);
  assert.match(stderr, /is it “words”.*\n.*short ton.*\n.*is it “process”/);
});

test('what is wrong with a number is said in the reader’s language, though files write numbers the English way', async (t) => {
  const db = await demoDatabase(t);
  const path = demandFile(t, { criteria: [{ criterion: 'tolerance', at_most: '5 kg' }, { criterion: 'temperature', at_least: '1,650 deg' }] });
  const { stderr } = await matxich(['match', path, '--lang', 'vi', '--db', db]);
  assert.match(stderr, /“kg” là đơn vị của khối lượng, còn ở đây cần chiều dài/);
  assert.match(stderr, /°C hoặc °F/);
});

test('files that are no demands are refused', async (t) => {
  const db = await demoDatabase(t);
  const refused = async (demand, exit, says) => {
    const { code, stderr } = await matxich(['match', demandFile(t, demand), '--lang', 'en', '--db', db]);
    assert.equal(code, exit, stderr);
    assert.match(stderr, says);
  };
  await refused('', 2, /not JSON/);
  await refused('{}', 2, /asks for nothing/);
  await refused({ day: '2020-01-01', words: 'x' }, 2, /is past/);
  await refused({ criteria: Array.from({ length: 10_000 }, () => ({ criterion: 'axes', at_least: 5 })) }, 6, /at most 64/);
  await refused({ words: 'x', more: 'y'.repeat(2 << 20) }, 6, /at most 1 MB/);
  const { code } = await matxich(['match', '/nowhere/demand.json', '--db', db]);
  assert.equal(code, 2);
});

onBothDatabases('each line of a bill of materials is answered, and the value that could be local', async (t, db) => {
  const { code, stderr } = await matxich(['demo', '--count', '200', '--db', db]);
  assert.equal(code, 0, stderr);
  const path = file(temporaryDirectory(t), 'bill.csv', ['Part,Specification,HS code,Quantity,Unit,Value a year',
    'Car door trim panel,injection molding,8708,100000,set,200000', 'Unobtainium gear xyzzyx,,,5,pcs,100'].join('\n'));
  const lines = (await output(['bom', path, '--json', '--lang', 'en', '--db', db])).trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(lines.slice(0, 2).map((l) => l.part), ['Car door trim panel', 'Unobtainium gear xyzzyx']);
  assert.match(lines[0].best, /^DN-/);
  assert.equal(lines[2].lines, 2);
  assert.ok(lines[2].value_well_percent + lines[2].value_partly_percent <= 100.01);
  assert.match(await output(['bom', path, '--lang', 'en', '--db', db]), /2 lines: \d+ with suppliers/);
});

test('a bill without the heading of the part is refused', async (t) => {
  const db = await demoDatabase(t);
  const { code, stderr } = await matxich(['bom', file(temporaryDirectory(t), 'bill.csv', 'a,b\n1,2\n'), '--lang', 'en', '--db', db]);
  assert.equal(code, 2);
  assert.match(stderr, /^matxich: /);
});
