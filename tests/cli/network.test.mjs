// The commands for researchers: measures of a supply network that is in CSV files, without any database.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { binary, command, matxich, output, root, temporaryDirectory } from '../node/matxich.mjs';

const env = { MATXICH_LANG: 'en' };
const oracleSource = join(root, '../shared/design/network/oracle.c');

// The example of docs/research.md.
const example = {
  'firms.csv': 'id,industry,country\nSteel,24,VN\nParts,28,VN\nMould,25,VN\nMotor,30,VN\nTrade,46,JP\n',
  'links.csv': 'supplier,customer,weight\nSteel,Parts,40\nSteel,Mould,20\nMould,Parts,10\nParts,Motor,80\nTrade,Motor,20\n',
  'essential.csv': 'essential_industry\n24\n25\n',
};

/** A directory with the files; what is not a text is taken as it is. */
function directoryOf(t, files = example) {
  const directory = temporaryDirectory(t);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

const run = (name, directory, ...more) =>
  matxich([name, '--firms', 'firms.csv', '--links', 'links.csv', ...more], { env, cwd: directory });

async function rows(name, directory, ...more) {
  const { code, stdout, stderr } = await run(name, directory, ...more);
  assert.equal(code, 0, stderr);
  return stdout.trimEnd().split('\n').map((line) => line.split(','));
}

const column = (table, name) => Object.fromEntries(table.slice(1).map((row) => [row[0], row[table[0].indexOf(name)]]));
const numbers = (table, name) => Object.fromEntries(Object.entries(column(table, name)).map(([id, v]) => [id, Number(v)]));

/** Numbers between 0 and 1, the same in every run. */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/** A made-up network with hubs, self-links, repeats, links of nothing and firms without any. */
function madeUp(t, firms, links, seed = 1) {
  const next = random(seed), below = (n) => Math.floor(next() * n);
  const industries = Math.max(3, Math.floor(firms / 20));
  const id = (i) => (i % 7 ? `F${i}` : `"Công ty ""${i}"", một tên dài"`);
  const files = { 'firms.csv': 'id,industry\n', 'links.csv': 'supplier,customer,weight\n', 'revenue.csv': 'id,revenue\n', 'weights.csv': 'id,jobs\n', 'psi.csv': 'id,psi\n' };
  for (let i = 0; i < firms; i++) {
    files['firms.csv'] += `${id(i)},${i % industries}\n`;
    if (i % 3) files['revenue.csv'] += `${id(i)},${100 * next()}\n`;
    if (i % 2) files['weights.csv'] += `${id(i)},${below(500)}\n`;
    if (i % 11 === 0) files['psi.csv'] += `${id(i)},${i % 2 ? 0 : next()}\n`;
  }
  for (let l = 0; l < links; l++) {
    const hub = below(4) === 0;
    files['links.csv'] += `${id(hub ? below(5) : below(firms - 2))},${id(below(firms - 2))},${below(50) ? next() * 10 : 0}\n`;
  }
  const labels = Array.from({ length: industries }, (_, i) => i);
  files['classes.csv'] = `,${labels.join(',')}\n${labels.map((k) => `${k},${labels.map(() => [0, 0, 1, 2][below(4)]).join(',')}`).join('\n')}\n`;
  return directoryOf(t, files);
}

// ---- what is computed ---------------------------------------------------------------------------

test('the examples of docs/research.md are what the program prints', async (t) => {
  const directory = directoryOf(t, {});
  const text = readFileSync(join(root, 'docs/research.md'), 'utf8').match(/^ {4}\$ .*(\n {4}.*)*/gm).join('\n').replaceAll(/^ {4}/gm, '');
  const examples = text.split(/^\$ /m).slice(1).map((example) => example.match(/^(.*)\n([^]*)$/).slice(1));
  for (const [line, wanted] of examples) {
    const [program, ...words] = line.split(' '), path = join(directory, words[0]);
    if (program === 'matxich') assert.equal((await matxich(words, { env, cwd: directory })).stdout.trim(), wanted.trim(), line);
    else if (existsSync(path)) assert.equal(readFileSync(path, 'utf8').trim(), wanted.trim(), line);
    else writeFileSync(path, wanted);
  }
  assert.ok(examples.length >= 14);
});

test('risk of the small example is what one works out by hand', async (t) => {
  const directory = directoryOf(t);
  const table = await rows('risk', directory, '--classes', 'essential.csv');
  assert.deepEqual(table[0], ['id', 'esri', 'esri_upstream', 'esri_downstream', 'iterations']);
  assert.deepEqual(table.slice(1).map((row) => row[0]), ['Steel', 'Parts', 'Mould', 'Motor', 'Trade']);
  // All sales: Steel 60, Parts 80, Mould 10, Trade 20 of 170.  Without Motor nobody sells anything in the end.
  const up = numbers(table, 'esri_upstream'), down = numbers(table, 'esri_downstream');
  assert.equal(up.Motor, 1);
  assert.ok(Math.abs(up.Trade - 20 / 170) < 1e-15);
  assert.ok(Math.abs(down.Steel - 150 / 170) < 1e-12, 'steel is essential for all but trade');
  assert.ok(Math.abs(down.Motor) === 0);
  for (const [id, v] of Object.entries(numbers(table, 'esri'))) assert.ok(v >= Math.max(up[id], down[id]) - 1e-15 && v <= 1);
});

test('a scenario gives one line, and the states of all firms where they are asked for', async (t) => {
  const directory = directoryOf(t, { ...example, 'psi.csv': 'id,psi\nParts,0.5\n' });
  const table = await rows('risk', directory, '--scenario', 'psi.csv', '--states', 'states.csv');
  assert.equal(table.length, 2);
  assert.equal(table[1][0], 'scenario');
  const states = readFileSync(join(directory, 'states.csv'), 'utf8').trimEnd().split('\n').map((line) => line.split(','));
  assert.deepEqual(states[0], ['id', 'upstream', 'downstream']);
  assert.deepEqual(states.slice(1).map((row) => row[0]), ['Steel', 'Parts', 'Mould', 'Motor', 'Trade']);
  assert.equal(numbers(states, 'upstream').Parts, 0.5);
  assert.equal(numbers(states, 'upstream').Mould, 0.5);
  assert.ok(Math.abs(numbers(states, 'downstream').Motor - 0.6) < 1e-15, 'Motor buys 80 of 100 from Parts');
  for (const [output, other] of [['one.csv', './one.csv'], ['states.csv', `${directory}/states.csv`]]) {
    const { code, stderr } = await run('risk', directory, '--scenario', 'psi.csv', '--output', output, '--states', other);
    assert.equal(code, 2, other);
    assert.match(stderr, /cannot be the same file/);
  }
});

test('the same bytes with any number of threads, with vectors and without, and in every shape of the files', async (t) => {
  const directory = madeUp(t, 400, 3000);
  const args = ['--classes', 'classes.csv', '--revenue', 'revenue.csv', '--weights', 'weights.csv', '--tolerance', '1e-3'];
  const one = (await run('risk', directory, ...args, '--threads', '1')).stdout;
  assert.equal(one.split('\n').length, 402);
  for (const more of [['--threads', '2'], ['--threads', '7'], ['--portable'], ['--threads', '3', '--portable']])
    assert.equal((await run('risk', directory, ...args, ...more)).stdout, one, more.join(' '));
  const links = readFileSync(join(directory, 'links.csv'), 'utf8');
  const reordered = links.trimEnd().split('\n').map((line) => {
    const [, supplier, customer, weight] = line.match(/^("(?:[^"]|"")*"|[^,]*),("(?:[^"]|"")*"|[^,]*),(.*)$/);
    return [weight.replace('.', ','), customer, '"a;b"', supplier].join(';');
  });
  for (const text of [links.replaceAll('\n', '\r\n'), `\uFEFF${links.trimEnd()}`, `sep=;\r\n${reordered.join('\r\n')}\r\n\r\n`, links.replaceAll('\n', '\n\n')]) {
    writeFileSync(join(directory, 'links.csv'), text);
    assert.equal((await run('risk', directory, ...args)).stdout, one, text.slice(0, 40));
  }
});

test('every command gives the same bytes for one thread and for three', async (t) => {
  const directory = madeUp(t, 120, 700);
  writeFileSync(join(directory, 'imports.csv'), 'firm,country,value\nF1,CN,3\nF2,JP,2\nF5,CN,1.5\n');
  writeFileSync(join(directory, 'local.csv'), readFileSync(join(directory, 'firms.csv'), 'utf8').replace(/\n(?=.)/g, ',1\n').replace('industry,1', 'industry,local').replace(/\n$/, ',0\n'));
  for (const [name, ...args] of [['dependence', '--imports', 'imports.csv'], ['tiers', '--buyers', 'F1,F2'], ['critical', '--classes', 'classes.csv', '--buyers', 'F1'],
    ['localisation', '--firms=local.csv', '--imports', 'imports.csv']]) {
    const all = args.some((a) => a.startsWith('--firms')) ? [name, '--links', 'links.csv', ...args] : [name, '--firms', 'firms.csv', '--links', 'links.csv', ...args];
    const results = await Promise.all(['1', '3'].map((threads) => matxich([...all, '--threads', threads], { env, cwd: directory })));
    assert.equal(results[0].code, 0, results[0].stderr);
    assert.equal(results[0].stdout.split('\n').length, 122, name);
    assert.equal(results[1].stdout, results[0].stdout, name);
  }
});

test('dependence on countries is looked through the tiers', async (t) => {
  const directory = directoryOf(t, { ...example, 'imports.csv': 'firm,country,value\nSteel,CN,30\nSteel,AU,10\nParts,JP,50\n', 'costs.csv': 'id,cost\nSteel,80\n' });
  const table = await rows('dependence', directory, '--imports', 'imports.csv');
  assert.deepEqual(table[0], ['id', 'hhi', 'CN', 'AU', 'JP']);
  const [cn, jp, hhi] = ['CN', 'JP', 'hhi'].map((name) => numbers(table, name));
  assert.deepEqual([cn.Steel, cn.Mould, cn.Trade], [0.75, 0.75, 0]);
  assert.ok(Math.abs(cn.Parts - 0.375) < 1e-12 && Math.abs(jp.Motor - 0.4) < 1e-12);
  assert.ok(Math.abs(hhi.Steel - (0.75 ** 2 + 0.25 ** 2)) < 1e-12);
  const costs = await rows('dependence', directory, '--imports', 'imports.csv', '--costs', 'costs.csv');
  assert.ok(Math.abs(numbers(costs, 'CN').Steel - 0.375) < 1e-12, 'half of what Steel uses is of unknown origin');
});

test('localisation counts what firms of the country sell', async (t) => {
  const directory = directoryOf(t, { ...example, 'imports.csv': 'firm,country,value\nMould,CN,20\n' });
  const direct = numbers(await rows('localisation', directory, '--imports', 'imports.csv'), 'direct');
  assert.deepEqual([direct.Motor, direct.Mould, direct.Parts], [0.8, 0.5, 1]);
  assert.equal(numbers(await rows('localisation', directory, '--home', 'JP'), 'direct').Motor, 0.2);
});

test('tiers and critical firms are told from the buyers', async (t) => {
  const directory = directoryOf(t, { ...example, 'buyers.csv': 'id\nMotor\n' });
  const tiers = await rows('tiers', directory, '--buyers', 'Motor');
  assert.deepEqual(numbers(tiers, 'shortest'), { Steel: 2, Parts: 1, Mould: 2, Motor: 0, Trade: 1 });
  assert.deepEqual(numbers(tiers, 'longest'), { Steel: 3, Parts: 1, Mould: 2, Motor: 0, Trade: 1 });
  assert.deepEqual(await rows('tiers', directory, '--buyers', 'buyers.csv'), tiers);
  const critical = await rows('critical', directory, '--buyers', 'Motor', '--classes', 'essential.csv');
  assert.deepEqual(critical[0], ['id', 'articulation', 'single_source', 'betweenness', 'guarded', 'diamonds', 'dominator']);
  assert.deepEqual(column(critical, 'guarded'), { Steel: '0', Parts: '2', Mould: '0', Motor: '4', Trade: '0' });
  assert.deepEqual(column(critical, 'dominator'), { Steel: 'Parts', Parts: 'Motor', Mould: 'Parts', Motor: '', Trade: 'Motor' });
  assert.deepEqual(numbers(critical, 'single_source'), { Steel: 2, Parts: 0, Mould: 1, Motor: 0, Trade: 0 });
  assert.deepEqual(numbers(critical, 'articulation'), { Steel: 0, Parts: 1, Mould: 0, Motor: 1, Trade: 0 });
  assert.deepEqual((await rows('critical', directory))[0], ['id', 'articulation', 'single_source', 'betweenness']);
});

test('ids come back as they were, in quotes where CSV needs them', async (t) => {
  const directory = directoryOf(t, { 'firms.csv': 'id,industry\n"a,b",1\n"say ""x""",1\n=1+1,1\n', 'links.csv': 'supplier,customer,weight\n"a,b","say ""x""",1\n' });
  const { stdout } = await run('tiers', directory, '--buyers', '=1+1');
  assert.deepEqual(stdout.split('\n').map((line) => line.replace(/(,[^,"]*){3}$/, '')), ['id', '"a,b"', '"say ""x"""', '=1+1', '']);
});

test('risk is that of the plain recursion', { skip: existsSync(oracleSource) ? false : `there is no ${oracleSource}` }, async (t) => {
  const directory = madeUp(t, 300, 2500, 7), oracle = join(directory, 'oracle');
  const made = await command('gcc', ['-O2', '-w', '-pthread', '-o', oracle, oracleSource, '-lm']);
  assert.equal(made.code, 0, made.stderr);
  for (const name of ['firms.csv', 'links.csv', 'weights.csv', 'psi.csv'])          // it knows no doubled quotes
    writeFileSync(join(directory, name), readFileSync(join(directory, name), 'utf8').replaceAll(/"Công ty ""(\d+)"", một tên dài"/g, 'F$1'));
  for (const tolerance of ['1e-1', '1e-2', '1e-4', '1e-6']) {
    for (const classes of ['classes.csv', undefined]) {
      const theirs = await command(oracle, ['links.csv', 'firms.csv', classes ?? '-', '--tol', tolerance, '--weights', 'weights.csv'], { cwd: directory });
      const ours = await rows('risk', directory, '--tolerance', tolerance, '--weights', 'weights.csv', ...(classes ? ['--classes', classes] : []));
      const wanted = theirs.stdout.trimEnd().split('\n').map((line) => line.split(','));
      assert.equal(ours.length, wanted.length);
      for (let i = 1; i < ours.length; i++) {
        assert.deepEqual([ours[i][0], ours[i][4]], [wanted[i][0], wanted[i][4]], `T at ${tolerance}`);
        for (let k = 1; k < 4; k++) assert.ok(Math.abs(ours[i][k] - wanted[i][k]) <= 1e-12, `${ours[i]} ${wanted[i]}`);
      }
    }
  }
  const theirs = await command(oracle, ['links.csv', 'firms.csv', 'classes.csv', '--psi', 'psi.csv', '--states', 'theirs.csv'], { cwd: directory });
  const [, ours] = await rows('risk', directory, '--classes', 'classes.csv', '--scenario', 'psi.csv', '--states', 'ours.csv');
  const wanted = theirs.stdout.trimEnd().split('\n')[1].split(',');
  assert.equal(ours[4], wanted[3]);
  for (let k = 0; k < 3; k++) assert.ok(Math.abs(ours[k + 1] - wanted[k]) <= 1e-12);
  const states = ['ours.csv', 'theirs.csv'].map((name) => readFileSync(join(directory, name), 'utf8').trimEnd().split('\n').slice(1).map((line) => line.split(',')));
  states[0].forEach((row, i) => row.forEach((v, k) => (k ? assert.ok(Math.abs(v - states[1][i][k]) <= 1e-12) : assert.equal(v, states[1][i][0]))));
});

// ---- what is refused ----------------------------------------------------------------------------

const finite = 'is not a finite number. Write digits and a decimal point, without grouping, like 1234.5.';
const cut = 'is not that of the header. If the file was cut off, get it again; put a text that has the separator in it in quotation marks.';
const header = 'supplier,customer,weight\n';

// Which files, the words after --firms and --links, the sentence; 2 is the exit code if none is given.
const refusals = [
  ['an unknown firm', { 'links.csv': `${header}Steel,Parts,1\nSteel,Part,1\n` }, [], 'links.csv, line 3: “Part” is not in the file of firms.'],
  ['a negative weight', { 'links.csv': `${header}Steel,Parts,-1\n` }, [], 'links.csv, line 2: “-1” is negative.'],
  ['NaN', { 'links.csv': `${header}Steel,Parts,NaN\n` }, [], `links.csv, line 2: “NaN” ${finite}`],
  ['infinity', { 'links.csv': `${header}Steel,Parts,Infinity\n` }, [], `links.csv, line 2: “Infinity” ${finite}`],
  ['a number beyond all', { 'links.csv': `${header}Steel,Parts,1e400\n` }, [], `links.csv, line 2: “1e400” ${finite}`],
  ['an absurd weight', { 'links.csv': `${header}Steel,Parts,1e300\n` }, [], 'links.csv, line 2: “1e300” is absurdly large. Use a larger unit, the same in all files.'],
  ['a hexadecimal weight', { 'links.csv': `${header}Steel,Parts,0x10\n` }, [], `links.csv, line 2: “0x10” ${finite}`],
  ['a missing weight', { 'links.csv': `${header}Steel,Parts,\n` }, [], 'links.csv, line 2: a number is missing.'],
  ['a firm twice', { 'firms.csv': 'id,industry\nSteel,1\nSteel,1\n' }, [], 'firms.csv, line 3: the firm “Steel” was listed before.'],
  ['a firm in two industries', { 'firms.csv': 'id,industry\nSteel,1\nSteel,2\n' }, [], 'firms.csv, line 3: the firm “Steel” was listed before, in another industry. It can be in one only.'],
  ['a file cut off within a line', { 'links.csv': `${header}Steel,Parts,1\nSteel,Par` }, [], `links.csv, line 3: the number of cells, 2, ${cut}`],
  ['an empty file', { 'links.csv': '' }, [], 'links.csv is empty.'],
  ['a file with a header alone', { 'firms.csv': 'id,industry\n' }, [], 'firms.csv has no lines below its header.'],
  ['a file of zeros', { 'links.csv': Buffer.alloc(1 << 20) }, [], 'links.csv, line 1: there are zero bytes, which no text has. The file was cut off, or is not CSV in UTF-8; get or save it again.'],
  ['UTF-16', { 'links.csv': Buffer.from(`\uFEFF${header}Steel,Parts,1\n`, 'utf16le') }, [], 'links.csv is UTF-16. Save it as “CSV UTF-8” and use that.'],
  ['another encoding', { 'firms.csv': Buffer.from('id,industry\nC\xF4ng ty,1\n', 'latin1') }, [], 'firms.csv, line 2: the text is not UTF-8. Save the file as “CSV UTF-8” and use that.'],
  ['a file without a header', { 'links.csv': 'Steel,Parts,1\nSteel,Mould,2\n' }, [], 'links.csv has no header: its first line holds the number 1. Write the names of the columns above it.'],
  ['a line of megabytes', { 'links.csv': `${header}${'x'.repeat(5e6)},Parts,1\n` }, [], /^links.csv, line 2: “x+…?” is not in the file of firms\.$/],
  ['classes but 0, 1 and 2', { 'c.csv': ',24,25,28,30,46\n24,0,0,3,0,0\n' }, ['--classes', 'c.csv'], 'c.csv, line 2: “3” is not a class: 2 essential, 1 replaceable in part, 0 without effect.'],
  ['a ragged matrix', { 'c.csv': ',24,25\n24,0,0\n25,0\n' }, ['--classes', 'c.csv'], `c.csv, line 3: the number of cells, 2, ${cut}`],
  ['a matrix that is too small', { 'c.csv': ',24,25\n24,0,0\n25,0,0\n' }, ['--classes', 'c.csv'], 'c.csv has no column for the industry “28”.'],
  ['psi above 1', { 'p.csv': 'id,psi\nSteel,1.5\n' }, ['--scenario', 'p.csv'], 'p.csv, line 2: “1.5” is more than everything; write a share from 0 to 1.'],
  ['psi below 0', { 'p.csv': 'id,psi\nSteel,-0.5\n' }, ['--scenario', 'p.csv'], 'p.csv, line 2: “-0.5” is negative.'],
  ...['0', '1', 'NaN', '-1', '1e-2x', '2'].map((v) => [`a tolerance of ${v}`, {}, ['--tolerance', v], '--tolerance takes a number above 0 and below 1, such as 1e-2.']),
  ...['0', '-1', '10000', 'two'].map((v) => [`${v} threads`, {}, ['--threads', v], '--threads takes a whole number from 1 to 256.']),
  ['no such file', {}, ['--classes', 'nowhere.csv'], 'There is no file nowhere.csv.'],
  ['a folder', {}, ['--classes', '.'], '. is a folder or a device, not a file.'],
  ['a device that never ends', {}, ['--classes', '/dev/zero'], '/dev/zero is a folder or a device, not a file.'],
  ['states without a scenario', {}, ['--states', 's.csv'], '--states is the firms\' states after a --scenario; give that too.'],
  ['one file for two results', { 'p.csv': 'id,psi\nSteel,1\n' }, ['--scenario', 'p.csv', '--states', 'o.csv', '--output', 'o.csv'], '--output and --states cannot be the same file.'],
  ['an unknown option', {}, ['--tolerence', '1'], 'This command has no option --tolerence.'],
  ['an option without its value', {}, ['--classes'], '--classes needs a value.'],
  ['an option with an empty value', {}, ['--classes', ''], '--classes needs a value.'],
  ['an option given twice', {}, ['--tolerance', '0.1', '--tolerance', '0.2'], '--tolerance is given more than once.'],
];

for (const [what, files, args, sentence] of refusals) {
  test(`${what}: refused with the file, the line and what to do, and nothing is written`, async (t) => {
    const directory = directoryOf(t, { ...example, ...files });
    const before = readdirSync(directory).sort();
    const extra = args.includes('--output') ? args : ['--output', 'result.csv', ...args];
    const { code, stdout, stderr } = await run('risk', directory, ...extra);
    assert.equal(code, 2, stderr);
    assert.equal(stdout, '');
    const said = stderr.replace(/^matxich: /, '').trimEnd();
    if (sentence instanceof RegExp) assert.match(said, sentence);
    else assert.equal(said, sentence);
    assert.deepEqual(readdirSync(directory).sort(), before);
  });
}

test('the other commands say what they lack', async (t) => {
  const directory = directoryOf(t, { ...example, 'imports.csv': 'firm,country,value\nSteel,CN,30\n', 'costs.csv': 'id,cost\nTrade,9\nSteel,29\n' });
  const said = async (...args) => (await run(...args)).stderr.replace(/^matxich: /, '').trimEnd();
  assert.equal(await said('dependence', directory), '--imports FILE is needed: what each firm buys from which country.');
  assert.equal(await said('dependence', directory, '--imports', 'imports.csv', '--costs', 'costs.csv'),
    'costs.csv, line 3: “29” is less than what the firm buys and imports; the shares would be over 100 %.');
  assert.equal(await said('tiers', directory), '--buyers ID,ID… or --buyers FILE is needed: whose suppliers are asked for.');
  assert.equal(await said('tiers', directory, '--buyers', 'Motor,Nobody'), '“Nobody” is neither a file nor a firm in firms.csv.');
  assert.equal(await said('tiers', directory, '--buyers', 'Motor,Motor'), 'The firm “Motor” is named twice.');
  assert.equal(await said('critical', directory, '--depth', '0'), '--depth takes a whole number from 1 to 100.');
  assert.equal(await said('localisation', directory, '--home', 'CN'), 'No firm in firms.csv is in CN; --home says which country is home.');
  assert.equal((await matxich(['risk', '--firms', 'firms.csv'], { env, cwd: directory })).stderr,
    'matxich: --firms FILE and --links FILE are needed; docs/research.md shows what is in them.\n');
  writeFileSync(join(directory, 'firms.csv'), 'id,industry\nSteel,24\n');
  assert.equal(await said('localisation', directory), 'firms.csv has no column named country or local, which says what is local.');
});

test('ten gigabytes that were cut off are refused at once, and what does not fit the memory before it starts', async (t) => {
  const directory = directoryOf(t);
  writeFileSync(join(directory, 'links.csv'), `${header}Steel,Parts,1\nSteel,Mou`);
  truncateSync(join(directory, 'links.csv'), 10 * 2 ** 30);
  const sparse = await run('risk', directory);
  assert.match(sparse.stderr, /^matxich: links.csv, line 3: there are zero bytes/);
  const firms = Array.from({ length: 60000 }, (_, i) => `${i},${i}`).join('\n');         // industries squared: 3.6 GB
  writeFileSync(join(directory, 'firms.csv'), `id,industry\n${firms}\n`);
  writeFileSync(join(directory, 'links.csv'), `${header}1,2,3\n`);
  const large = await command('bash', ['-c', `ulimit -v 3000000; exec "${binary}" risk --firms firms.csv --links links.csv --output result.csv`], { env, cwd: directory });
  if (!/AddressSanitizer/.test(large.stderr)) {                                           // it takes terabytes of addresses itself
    assert.match(large.stderr, /^matxich: This takes about [\d.]+ GB of memory, of which [\d.]+ GB can be had\./);
    assert.equal(large.code, 6);
  }
  truncateSync(join(directory, 'links.csv'), 10 * 2 ** 30);
  const addresses = await command('bash', ['-c', `ulimit -v 3000000; exec "${binary}" risk --firms firms.csv --links links.csv --output result.csv`], { env, cwd: directory });
  if (!/AddressSanitizer/.test(addresses.stderr)) {
    assert.equal(addresses.stderr, 'matxich: links.csv holds more than fits the memory. Use a part of the network or a larger machine.\n');
    assert.equal(addresses.code, 6);
  }
  assert.ok(!existsSync(join(directory, 'result.csv')));
});

// ---- how it ends --------------------------------------------------------------------------------

test('a result goes whole to its place, over what was there', async (t) => {
  const directory = directoryOf(t);
  writeFileSync(join(directory, 'result.csv'), 'old '.repeat(1000));
  const { stdout } = await run('risk', directory);
  assert.equal((await run('risk', directory, '--output', 'result.csv')).stdout, '');
  assert.equal(readFileSync(join(directory, 'result.csv'), 'utf8'), stdout);
  const nowhere = await run('risk', directory, '--output', 'no/such/folder.csv');
  assert.match(nowhere.stderr, /^matxich: no\/such\/folder.csv cannot be written: /);
  assert.equal(nowhere.code, 8);
  const full = await command('bash', ['-c', `ulimit -f 0; exec "${binary}" risk --firms firms.csv --links links.csv --output result.csv`], { env, cwd: directory });
  assert.equal(full.code, 8, full.stderr);
  assert.equal(readFileSync(join(directory, 'result.csv'), 'utf8'), stdout, 'the old one is still there');
  assert.equal((await run('risk', directory, '--output', '/dev/null')).code, 0);
  assert.deepEqual(readdirSync(directory).filter((name) => name.includes('.new')), []);
});

test('links come through a pipe too', async (t) => {
  const directory = directoryOf(t);
  const { stdout } = await run('risk', directory);
  const piped = await command('bash', ['-c', `"${binary}" risk --firms firms.csv --links <(cat links.csv)`], { env, cwd: directory });
  assert.equal(piped.stdout, stdout, piped.stderr);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  test(`${signal} ends it at once and leaves no part of a result`, async (t) => {
    const directory = madeUp(t, 6000, 60000, 3), before = readdirSync(directory).sort();
    const child = spawn(binary, ['risk', '--firms', 'firms.csv', '--links', 'links.csv', '--tolerance', '1e-12', '--threads', '1', '--output', 'result.csv', '--progress'],
      { cwd: directory, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const [said] = await once(child.stderr, 'data');                                       // it is computing
    child.kill(signal);
    const [code, by] = await once(child, 'close');
    assert.match(said.toString(), /^\d+ %\n/);
    assert.deepEqual([code, by], [null, signal]);
    assert.deepEqual(readdirSync(directory).sort(), before);
  });
}

test('--progress counts to 100 % on standard error, and nobody else is told', async (t) => {
  const directory = madeUp(t, 200, 1000);
  const told = await run('risk', directory, '--progress'), quiet = await run('risk', directory);
  assert.match(told.stderr, /^(\d+ %\n)*100 %\n$/);
  assert.equal(quiet.stderr, '');
  assert.equal(told.stdout, quiet.stdout);
});
