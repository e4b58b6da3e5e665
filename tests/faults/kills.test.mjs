// The server killed with -9 at random moments while people and programs write to it, and PostgreSQL too: whatever was answered is there, once,
// whole, and the log proves it.  KILLS (15) of them; ./dev soak does 1,000.  SEED makes the same moments again.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { binary, command, fixedClock, output, records, root, sql, sqliteDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { accounts, apiToken, client, signedIn } from '../node/people.mjs';
import { eventually } from '../node/web.mjs';
import { inOrder } from './files.mjs';
import { importer, officer, program, proposer, registrar, reporter, typist, Unanswered } from './writers.mjs';

const KILLS = Number(process.env.KILLS ?? 15), SEED = Number(process.env.SEED ?? 1);
// Whether PostgreSQL is killed as well, which ./dev soak does.
const KILL_DATABASE = Boolean(process.env.KILL_DATABASE);

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let x = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A portal that can be started and killed, always at the same address. */
async function portalOf(t, db) {
  const port = await freePort(), home = temporaryDirectory(t), files = join(home, 'files');
  let child;
  const portal = {
    db, files, down: true, base: `http://127.0.0.1:${port}`,
    async start() {
      child = spawn(binary, ['serve', '--db', db, '--listen', `127.0.0.1:${port}`, '--files', files, '--rate', '0', '--log', join(home, 'log')],
        { env: { ...process.env, ...fixedClock }, stdio: ['ignore', 'pipe', 'inherit'] });
      const said = await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
      assert.match(String(said[0]), /http:/, 'the server starts again');
    },
    async kill(signal = 'SIGKILL') {
      const closed = once(child, 'close');
      child.kill(signal);
      return closed;
    },
  };
  t.after(() => {
    portal.down = true;
    child?.kill('SIGKILL');
  });
  return portal;
}

/** Everybody who writes, with an account or a token that lasts through the crashes. */
async function everybody(t, { db, base }) {
  const [one, two, three] = (await records(db)).map(({ id }) => id).sort();
  await accounts(t, db, [{ email: 'officer@example.vn' }, { email: 'maker@example.vn', roles: 'enterprise', options: ['--organisation', one] }]);
  const person = await signedIn(db, base, 'officer@example.vn'), maker = await signedIn(db, base, 'maker@example.vn');
  const token = async (whose) => apiToken(whose, { lists: [] });
  const officers = await token(person);
  return [
    registrar(program(base, officers), 'A'), registrar(program(base, await token(person)), 'B'), proposer(program(base, await token(maker)), one),
    officer(person, base, two), typist(person, base, three), importer(person, base),
    reporter(client(base), base, program(base, await token(person)), one),
  ];
}

async function untilKilled(writer, portal) {
  while (!portal.down) {
    await writer.step().catch((e) => {
      if (!(e instanceof Unanswered)) throw new Error(`${writer.name}: ${e.message}`, { cause: e });
    });
  }
}

const rows = async (db, statement) => (await sql(db, statement)).split('\n').filter(Boolean);
const doubles = (list) => list.filter((one, i) => list.indexOf(one) !== i);

/** Nothing but what was acknowledged, or sent last and not answered; nothing twice, nothing half. */
async function allThere(portal, writers) {
  const { db } = portal, named = Object.fromEntries(writers.map((one) => [one.name, one]));
  const { proposer, officer, typist, reporter, importer } = named;
  const jobsOver = async () => (await rows(db, 'SELECT id FROM job WHERE state IN (0, 1)')).length === 0;
  await eventually(jobsOver, 60);

  const names = (await records(db)).map(({ name_vi }) => name_vi);
  assert.deepEqual(doubles(names), [], 'nothing is there twice');
  const want = [named.A, named.B].flatMap(({ there }) => [...there.values()].map(({ name_vi }) => name_vi)).concat(importer.names);
  assert.deepEqual(want.filter((name) => !names.includes(name)), [], 'what was acknowledged is there');

  const proposed = Number(await sql(db, 'SELECT count(*) FROM proposal'));
  assert.ok(proposed === proposer.proposals.length || proposed === proposer.proposals.length + 1, `${proposer.proposals.length} proposals acknowledged, ${proposed} there`);
  assert.deepEqual(doubles(proposer.proposals), []);

  const draft = Number((await sql(db, "SELECT form FROM draft WHERE record = 3")).match(/nhap-(\d+)/)?.[1] ?? 0);
  assert.ok(draft >= typist.last && draft <= typist.sent(), `a draft was kept as ${typist.last}, and is ${draft}`);

  const kept = new Set(await rows(db, 'SELECT hash FROM file'));
  assert.deepEqual(officer.files.filter((hash) => !kept.has(hash)), [], 'files that were acknowledged');
  const stored = readdirSync(portal.files).filter((name) => /^[0-9a-f]{64}$/.test(name));
  for (const hash of stored) assert.equal(createHash('sha256').update(readFileSync(join(portal.files, hash))).digest('hex'), hash, 'a stored file is whole');
  assert.deepEqual([...kept].filter((hash) => !stored.includes(hash)), [], 'each file that is known lies there');

  const told = new Map((await rows(db, 'SELECT recipient, count(*) FROM mail GROUP BY recipient')).map((row) => row.split('|')));
  const states = new Map((await rows(db, 'SELECT email, state FROM report')).map((row) => row.split('|')));
  const further = { sent: ['sent', 'new'], new: ['new', 'checking'], checking: ['checking', 'upheld'], upheld: ['upheld'] };
  for (const [email, state] of reporter.reports) {
    const now = states.get(email) ?? 'sent';
    assert.ok(further[state].includes(now), `${email}: ${state} was acknowledged, it is ${now}`);
    assert.equal(Number(told.get(email) ?? 0), { sent: 0, upheld: 2 }[now] ?? 1, `mails about a report that is ${now}`);
  }
  assert.equal((await rows(db, 'SELECT entity, record, step FROM step_taken GROUP BY entity, record, step HAVING count(*) > 1')).length, 0, 'no step twice');
  await inOrder(db);
}

/** db: { url, kill, ready }: a database whose server can be killed has the last two. */
async function killed(t, db) {
  const random = randomFrom(SEED);
  await output(['init', '--db', db.url]);
  const portal = await portalOf(t, db.url);
  const path = join(temporaryDirectory(t), 'three.csv');
  writeFileSync(path, 'STT,Tên doanh nghiệp,Địa chỉ\n1,Công ty Một,Số 1\n2,Công ty Hai,Số 2\n3,Công ty Ba,Số 3\n');
  await output(['import', 'enterprise', path, '--db', db.url]);
  await portal.start();
  const writers = await everybody(t, portal), all = () => writers.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  const often = Math.max(5, Math.floor(KILLS / 20));
  let databases = 0;
  for (let round = 1; round <= KILLS; round++) {
    portal.down = false;
    const working = Promise.all(writers.map((one) => untilKilled(one, portal)));
    await Promise.race([working, pause(20 + random() * 400)]);
    if (KILL_DATABASE && db.kill && random() < 0.2) {
      await db.kill();
      databases++;
      await pause(random() * 200);
    }
    portal.down = true;
    await portal.kill();
    await working;
    if (db.ready) await eventually(db.ready);
    await portal.start();
    for (const one of writers) await one.check?.();
    if (round % often === 0 || round === KILLS) await allThere(portal, writers);
  }
  assert.deepEqual(writers.filter(({ acknowledged }) => acknowledged === 0).map(({ name }) => name), [], 'each has written');
  assert.deepEqual(await portal.kill('SIGTERM'), [0, null]);
  t.diagnostic(`${KILLS} kills${databases ? ` and ${databases} of the database` : ''}: ${all()} writes acknowledged (${
    writers.map(({ name, acknowledged }) => `${name} ${acknowledged}`).join(', ')}), none lost, none twice; verify clean`);
}

test('kill -9 of the server while everybody writes: what was answered is there, once and whole (SQLite)', (t) => killed(t, { url: sqliteDatabase(t) }));

/** A PostgreSQL of its own, since others are not to be killed. */
test('kill -9 of the server while everybody writes: what was answered is there, once and whole (PostgreSQL)', { skip: process.env.MATXICH_TEST_PG ? false : 'MATXICH_TEST_PG names no PostgreSQL' }, async (t) => {
  const home = temporaryDirectory(t), script = join(root, 'tests/postgres');
  const { stdout, stderr } = await command(script, ['start', home]);
  t.after(() => command(script, ['stop', home]));
  assert.match(stdout, /^postgresql:/, stderr);
  const admin = stdout.trim(), url = admin.replace('/postgres?', '/kills?');
  const psql = (statement) => command('psql', ['-qXAt', '-d', admin, '-c', statement]);
  assert.equal((await psql('create database kills')).code, 0);
  await killed(t, {
    url,
    /** One of its processes dies, so PostgreSQL ends all and recovers from its log. */
    async kill() {
      const pid = (await psql("SELECT pid FROM pg_stat_activity WHERE datname = 'kills' ORDER BY random() LIMIT 1")).stdout.trim();
      if (pid) await command('kill', ['-9', pid]);
    },
    ready: async () => (await psql('SELECT 1')).code === 0,
  });
});
