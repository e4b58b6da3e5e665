// A disk that is really full: a file system of a few megabytes in memory, which only root can make.
import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, matxich, temporaryDirectory } from '../node/matxich.mjs';
import { enterprises, HEADING, inOrder, refused, workbook } from '../faults/files.mjs';

async function disk(t, megabytes) {
  let directory;
  t.after(() => command('umount', [directory]));    // before the directory is taken away
  directory = temporaryDirectory(t);
  const { code } = await command('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory]);
  return code === 0 ? directory : null;
}

function filled(directory, leave) {
  const path = join(directory, 'filler'), file = openSync(path, 'w');
  let size = 0;
  try { for (;;) size += writeSync(file, Buffer.alloc(4096, 1)); } catch (error) { assert.equal(error.code, 'ENOSPC'); }
  ftruncateSync(file, Math.max(0, size - leave));
  closeSync(file);
  return path;
}

test('an import, at every stage of fullness, then with room again', async (t) => {
  const directory = await disk(t, 100);
  if (!directory) return t.skip('no file system can be mounted here');
  const db = `sqlite:${join(directory, 'test.db')}`, path = join(temporaryDirectory(t), 'x.xlsx');
  writeFileSync(path, workbook([HEADING, ...enterprises(9000)]));
  assert.equal((await matxich(['init', '--db', db])).code, 0);
  for (const leave of [0, 4096, 64 << 10, 512 << 10, 1 << 20, 2 << 20]) {
    const filler = filled(directory, leave);
    await refused((lang) => matxich(['import', 'enterprise', path, '--db', db, '--lang', lang]), 9, /disk is full.*nothing was written/);
    rmSync(filler);
    await inOrder(db, 0);
  }
  assert.equal((await matxich(['import', 'enterprise', path, '--db', db])).code, 0);
  await inOrder(db, 9000);
});

test('rejected rows for which there is no room', async (t) => {
  const directory = await disk(t, 4);
  if (!directory) return t.skip('no file system can be mounted here');
  const db = `sqlite:${join(temporaryDirectory(t), 'test.db')}`, path = join(directory, 'x.xlsx');
  writeFileSync(path, workbook([HEADING, ...enterprises(3), ...Array.from({ length: 500 }, (_, i) => [i, '', '', `không tên ${i}`])]));
  filled(directory, 0);
  const answer = await matxich(['import', 'enterprise', path, '--db', db, '--lang', 'en']);
  assert.equal(answer.code, 1, answer.stderr);
  assert.match(answer.stdout, /could not be written/);
  assert.deepEqual(readdirSync(directory).sort(), ['filler', 'x.xlsx']);
  await inOrder(db, 3);
});
