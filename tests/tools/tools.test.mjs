// The tools that judge everything else are judged here: each is shown something wrong and must say so.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, root, temporaryDirectory } from '../node/matxich.mjs';
import { mismatches, undescribed } from '../node/openapi.mjs';
import { csvRows, sheetRows, workbook } from '../node/workbook.mjs';

/** Runs tests/check on a command that prints `output` and ends with `code`. */
async function check(t, output, code) {
  const cwd = temporaryDirectory(t);
  mkdirSync(join(cwd, 'build/test'), { recursive: true });
  const script = `printf '%s' "$1"; exit ${code}`;
  return command(join(root, 'tests/check'), ['it', 'sh', '-c', script, 'sh', output], { cwd });
}
/** Its first line but the seconds that it took, which must be there. */
const counts = (result) => result.stdout.split('\n')[0].replace(/\s+/g, ' ').match(/^(.*), \d+ s$/)[1];

test('a check counts what TAP says', async (t) => {
  const result = await check(t, '1..3\nok 1 - a\nnot ok 2 - b\nok 3 - c # SKIP why\n', 1);
  assert.equal(counts(result), 'it 1 passed, 1 failed, 1 skipped');
  assert.equal(result.code, 1);
  assert.match(result.stdout, /^ +it: not ok 2 - b$/m);
});

test('a check that stops before its plan is done has failed', async (t) => {
  assert.equal(counts(await check(t, '1..3\nok 1 - a\n', 0)), 'it 1 passed, 1 failed, 0 skipped');
});

test('a check that passes and then dies has failed', async (t) => {
  assert.equal(counts(await check(t, '1..1\nok 1 - a\n', 23)), 'it 1 passed, 1 failed, 0 skipped');
});

test('a command without TAP is one check', async (t) => {
  assert.equal(counts(await check(t, 'words\n', 0)), 'it 1 passed, 0 failed, 0 skipped');
  assert.equal(counts(await check(t, 'words\n', 1)), 'it 0 passed, 1 failed, 0 skipped');
});

test('the reporter writes one flat line for each test, failed files included', async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, 'a.test.mjs'), `
    import { describe, it, test } from 'node:test';
    test('good', () => {});
    test('later', { skip: 'not yet' }, () => {});
    describe('suite', () => { it('bad', () => { throw new Error('no'); }); });`);
  writeFileSync(join(directory, 'b.test.mjs'), 'import "there is no such module";');
  const run = (file) => command('node', ['--test', '--test-reporter=./tests/node/reporter.mjs', join(directory, file)],
    { env: { NODE_TEST_CONTEXT: undefined } });
  const lines = (result) => result.stdout.split('\n').filter((line) => /^(ok|not ok|1\.\.)/.test(line));
  assert.deepEqual(lines(await run('a.test.mjs')), ['ok 1 - good', 'ok 2 - later # SKIP not yet', 'not ok 3 - bad', '1..3']);
  assert.match((await run('b.test.mjs')).stdout, /^not ok 1 - .*b\.test\.mjs$/m);
});

/** A tree of its own for tools/strings: one source, one template, one translation. */
function sentences(t, translation) {
  const tree = temporaryDirectory(t);
  for (const directory of ['src', 'web/templates', 'po']) mkdirSync(join(tree, directory), { recursive: true });
  cpSync(join(root, 'tools'), join(tree, 'tools'), { recursive: true });
  writeFileSync(join(tree, 'src/a.c'), 'const char *id = N_("Row {1}");\n');
  writeFileSync(join(tree, 'web/templates/a.html'), '<p>{{_Page {1} of "{2}"|page|pages}}</p>\n');
  const header = readFileSync(join(root, 'po/vi.po'), 'utf8').split('\n\n')[0];
  writeFileSync(join(tree, 'po/vi.po'), [header, ...translation].join('\n\n') + '\n');
  return { tree, run: (...args) => command(join(tree, 'tools/strings'), args, { cwd: tree }) };
}
const PAGE = 'msgid "Page {1} of \\"{2}\\""\nmsgstr "Trang {1} trên \\"{2}\\""';

test('sentences of C and templates that are all translated pass', async (t) => {
  const { run } = sentences(t, [PAGE, 'msgid "Row {1}"\nmsgstr "Dòng {1}"']);
  assert.deepEqual(await run('--check'), { code: 0, signal: null, stdout: '', stderr: '' });
});

test('a sentence that is not translated is named', async (t) => {
  const { code, stdout } = await sentences(t, [PAGE, 'msgid "Row {1}"\nmsgstr ""']).run('--check');
  assert.equal(code, 1);
  assert.match(stdout, /not translated: "Row \{1\}"/);
});

test('a translation that loses a fact is named', async (t) => {
  const { code, stdout } = await sentences(t, [PAGE, 'msgid "Row {1}"\nmsgstr "Dòng"']).run('--check');
  assert.equal(code, 1);
  assert.match(stdout, /\{1\} stands on one side only: .*Row/);
});

test('a sentence that is not in po/ yet is put there, once', async (t) => {
  const { tree, run } = sentences(t, [PAGE]);
  assert.equal((await run('--check')).code, 1);
  await run();
  const first = readFileSync(join(tree, 'po/vi.po'), 'utf8');
  assert.match(first, /msgid "Row \{1\}"\nmsgstr ""/);
  await run();
  assert.equal(readFileSync(join(tree, 'po/vi.po'), 'utf8'), first);
});

test('a translation that cannot be read stays as it is', async (t) => {
  const broken = 'msgid "Row {1}"\nmsgstr "Dòng {1}';
  const { tree, run } = sentences(t, [PAGE, broken]);
  assert.notEqual((await run()).code, 0);
  assert.ok(readFileSync(join(tree, 'po/vi.po'), 'utf8').includes(broken));
});

test('the judge of OpenAPI finds what an answer or the document has wrong', () => {
  const thing = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, n: { type: ['integer', 'null'], minimum: 0 }, on: { type: 'string', format: 'date' } } };
  const document = { components: { schemas: { thing } } };
  const wrong = (value) => mismatches(document, { type: 'array', items: { $ref: '#/components/schemas/thing' } }, value);
  assert.deepEqual(wrong([{ id: 'a', n: null, on: '2026-01-31' }, { id: 'b', n: 2 }]), []);
  for (const value of [{}, [{ n: 1 }], [{ id: 1 }], [{ id: 'a', n: 1.5 }], [{ id: 'a', n: -1 }], [{ id: 'a', on: '31/1/2026' }], [{ id: 'a', more: 1 }], [null]]) {
    assert.equal(wrong(value).length, 1, JSON.stringify(value));
  }
  const operation = { operationId: 'a', parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }], responses: { 200: { description: 'It.' } } };
  const described = (change) => undescribed({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/a/{id}': { get: { ...operation, ...change } } } });
  assert.deepEqual(described({}), []);
  for (const change of [{ operationId: '' }, { parameters: [] }, { responses: {} }, { responses: { 200: {} } },
    { responses: { 200: { description: 'It.', content: { x: { schema: { type: 'text' } } } } } }]) {
    assert.equal(described(change).length, 1, JSON.stringify(change));
  }
});

test('workbooks and CSV that tests make are read back as they were', () => {
  const rows = [['Tên <&> "Đức"', '12.5', ''], ['', 'b', ' c ']];
  assert.deepEqual(sheetRows(workbook(rows)).map((row) => row.concat('', '').slice(0, 3)), rows);
  assert.deepEqual(csvRows('\ufeffa,"b ""c"", d"\r\n,"e\nf"\r\n'), [['a', 'b "c", d'], ['', 'e\nf']]);
  assert.throws(() => csvRows('a,b"c"\n'));
});
