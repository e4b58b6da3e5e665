// Systemic risk in large networks: every firm of 10,000, a thousand of 100,000, held against plain recursions, ours and, where it
// lies beside this project, one that was checked against what is published.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, output, root, temporaryDirectory } from '../node/matxich.mjs';

test('all closures are those of the plain recursion', async () => {
  const { code, stdout, stderr } = await command('build/gcc/test_engine', ['in_networks_as_they_are'], { env: { MATXICH_SOAK: '1' } });
  assert.equal(code, 0, stdout + stderr);
});

const sources = join(root, '../shared/design/network');
const missing = existsSync(join(sources, 'oracle.c')) ? false : `there is no ${sources}/oracle.c`;

async function compiled(directory, name) {
  const path = join(directory, name), { code, stderr } = await command('gcc', ['-O2', '-w', '-pthread', '-o', path, join(sources, `${name}.c`), '-lm']);
  assert.equal(code, 0, stderr);
  return (...args) => command(path, args, { cwd: directory });
}

const rows = (csv) => csv.trimEnd().split('\n').slice(1).map((line) => line.split(','));

function assertSame(ours, theirs, what) {
  assert.equal(ours.length, theirs.length);
  for (const [k, [id, ...numbers]] of ours.entries()) {
    assert.equal(id, theirs[k][0]);
    for (const [c, number] of numbers.entries())
      assert.ok(Math.abs(number - theirs[k][c + 1]) <= 1e-12, `${what}, firm ${id}: ${numbers} and ${theirs[k].slice(1)}`);
  }
}

// Steps of many firms that trade among themselves only are hundreds where the tolerance is small.
const runs = [...[1e-1, 1e-2, 1e-3, 1e-4].map((tolerance) => [1000, tolerance, false]), [1000, 1e-5, true], [1000, 1e-6, true],
  [10_000, 1e-2, false], [10_000, 1e-3, true]];

for (const family of ['pl8', 'vat'])
  test(`the command gives what the checked recursion gives, in networks of the family ${family}`, { skip: missing }, async (t) => {
    const directory = temporaryDirectory(t), oracle = await compiled(directory, 'oracle'), gen = await compiled(directory, 'gen');
    const file = (name) => join(directory, name);
    const network = ['--firms', file('firms.csv'), '--links', file('edges.csv')];
    for (const [firms, tolerance, demand] of runs) {
      assert.equal((await gen(family, firms, 1, directory)).code, 0);
      const sold = new Map(rows(readFileSync(file('firms.csv'), 'utf8')).map(([id]) => [id, 0]));
      for (const [id, , value] of rows(readFileSync(file('edges.csv'), 'utf8'))) sold.set(id, sold.get(id) + Number(value));
      writeFileSync(file('revenue.csv'), ['id,revenue', ...[...sold].map(([id, value]) => `${id},${value * 1.5}`), ''].join('\n'));
      writeFileSync(file('psi.csv'), ['id,psi', ...[...sold.keys()].filter((id) => id % 50 === 7).map((id) => `${id},${id % 4 / 4}`), ''].join('\n'));
      const revenue = demand ? ['--revenue', file('revenue.csv')] : [];
      for (const classes of ['ihs', 'legacy', 'linear']) {
        const what = `${firms} firms, tolerance ${tolerance}, classes ${classes}`, kind = `class_${classes}.csv`;
        const ours = await output(['risk', ...network, '--classes', file(kind), '--tolerance', tolerance, ...revenue]);
        const theirs = await oracle('edges.csv', 'firms.csv', kind, '--tol', tolerance, '--threads', 2, ...revenue);
        assertSame(rows(ours), rows(theirs.stdout), what);
        await output(['risk', ...network, '--classes', file(kind), '--tolerance', tolerance, ...revenue, '--scenario', file('psi.csv'), '--states', file('ours.csv')]);
        await oracle('edges.csv', 'firms.csv', kind, '--tol', tolerance, ...revenue, '--psi', 'psi.csv', '--states', 'theirs.csv');
        assertSame(rows(readFileSync(file('ours.csv'), 'utf8')), rows(readFileSync(file('theirs.csv'), 'utf8')), `scenario of ${what}`);
      }
    }
  });
