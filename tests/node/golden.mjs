// Texts that change only on purpose: tests/golden/NAME.  BLESS=1 writes what the test has found; look at the difference before it is kept.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './matxich.mjs';

/** Line by line, so that what differs is shown with its surroundings. */
export function golden(name, got) {
  const path = join(root, 'tests/golden', name);
  if (process.env.BLESS) writeFileSync(path, got);
  assert.deepEqual(got.split('\n'), readFileSync(path, 'utf8').split('\n'));
}
