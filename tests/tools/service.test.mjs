// The unit file for systemd: its words are right, and a service run by it can do little else than its work.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { binary, command, root, temporaryDirectory } from '../node/matxich.mjs';

const analyze = (...args) => command('systemd-analyze', args, { env: { SYSTEMD_COLORS: '0' } });
const skip = (await analyze('--version')).code === 0 ? false : 'there is no systemd-analyze';

/** The unit, running the binary that is tested. */
function unit(t) {
  const path = join(temporaryDirectory(t), 'matxich.service');
  writeFileSync(path, readFileSync(join(root, 'tools/matxich.service'), 'utf8').replace('/usr/local/bin/matxich', binary));
  return path;
}

test('systemd understands every line of the unit', { skip }, async (t) => {
  const { code, stdout, stderr } = await analyze('verify', unit(t));
  assert.deepEqual([code, stdout, stderr], [0, '', '']);
});

test('systemd finds the service exposed to little', { skip }, async (t) => {
  const { code, stdout } = await analyze('security', '--offline=yes', '--no-pager', '--threshold=15', unit(t));
  assert.equal(code, 0, stdout);
});
