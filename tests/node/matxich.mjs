// What tests of the whole programme need: the binary run and served on a database of the test's own.
// A test passes its context t; what it made goes away when it ends.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const binary = resolve(root, process.env.MATXICH_BINARY ?? 'build/matxich');
const postgres = process.env.MATXICH_TEST_PG;
const noPostgres = postgres ? false : 'MATXICH_TEST_PG names no PostgreSQL';

/** A moment for what must not depend on the day it is run. */
export const fixedClock = { MATXICH_NOW: '2026-11-22T01:00:00Z' };

// What a developer has set for the program is not for tests.
const environment = (more) => {
  const others = Object.entries(process.env).filter(([name]) => !/^MATXICH_(?!TEST_|BINARY$)/.test(name));
  return { ...Object.fromEntries(others), ...more };
};

export function temporaryDirectory(t) {
  const path = mkdtempSync(join(tmpdir(), 'matxich-test-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Runs a programme to its end; a wrong exit code is an answer, not an exception. */
export function command(file, args, { input = '', env = {}, cwd = root, encoding = 'utf8' } = {}) {
  return new Promise((done) => {
    const child = execFile(file, args, { env: environment(env), cwd, encoding, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
      done({ code: error ? error.code ?? null : 0, signal: child.signalCode, stdout, stderr }));
    child.stdin.on('error', () => {});           // it may end without reading
    child.stdin.end(input);
  });
}

export const matxich = (args, options) => command(binary, args, options);

async function mustDo(file, args, options) {
  const { code, stdout, stderr } = await command(file, args, options);
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
  return stdout;
}

/** What the program prints where it must succeed. */
export const output = (args, options) => mustDo(binary, args, options);

/** Runs SQL on a database behind the program's back. */
export const sql = (db, statement) => db.startsWith('sqlite:')
  ? mustDo('sqlite3', ['-cmd', '.timeout 10000', db.slice('sqlite:'.length), statement])
  : mustDo('psql', ['-qXAt', '-d', db, '-c', statement]);

/** The list as JSON gives it. */
export const records = async (db, list = 'enterprise', ...filters) =>
  JSON.parse(await output(['export', list, ...filters, '--format', 'json', '--db', db]));

/** An empty database of PostgreSQL. */
async function postgresDatabase(t) {
  const name = `matxich_${randomBytes(8).toString('hex')}`;
  const url = new URL(postgres);
  url.pathname = `/${name}`;
  await mustDo('psql', ['-qX', '-d', postgres, '-c', `create database ${name}`]);
  t.after(() => mustDo('psql', ['-qX', '-d', postgres, '-c', `drop database ${name} with (force)`]));
  return url.href;
}

/** An empty database of SQLite. */
export const sqliteDatabase = (t) => `sqlite:${join(temporaryDirectory(t), 'test.db')}`;

/** test(name) once for each database; fn(t, url) is given an empty one. */
export function onBothDatabases(name, fn) {
  test(`${name} (SQLite)`, (t) => fn(t, sqliteDatabase(t)));
  test(`${name} (PostgreSQL)`, { skip: noPostgres }, async (t) => fn(t, await postgresDatabase(t)));
}

/** test(name) of what must be the same on both: fn(t, urls) is given an empty one of each. */
export function acrossDatabases(name, fn) {
  test(name, { skip: noPostgres }, async (t) => fn(t, [sqliteDatabase(t), await postgresDatabase(t)]));
}

/** A copy of the demonstration database, which is made once for each build. */
export async function demoDatabase(t) {
  const made = join(root, 'build/test', `demo-${Math.floor(statSync(binary).mtimeMs)}.db`);
  if (!existsSync(made)) {
    mkdirSync(dirname(made), { recursive: true });
    const own = join(temporaryDirectory(t), 'demo.db');
    await mustDo(binary, ['demo', '--db', `sqlite:${own}`], { env: fixedClock });
    copyFileSync(own, `${made}.${process.pid}`);
    renameSync(`${made}.${process.pid}`, made);
  }
  const copy = join(temporaryDirectory(t), 'demo.db');
  copyFileSync(made, copy);
  return `sqlite:${copy}`;
}

const servers = new Set();

/** Serves the database, by the fixed clock and without limits, on a free port and gives the address, such as http://127.0.0.1:41234. */
export function serve(t, db, options = [], env = fixedClock) {
  const child = spawn(binary, ['serve', '--db', db, '--listen', '127.0.0.1:0', '--files', join(temporaryDirectory(t), 'files'), '--rate', '0', ...options],
    { env: environment(env), cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((done) => child.on('close', (code, signal) => done({ code, signal })));
  let output = '';
  servers.add(child);
  t.after(async () => {
    child.kill('SIGTERM');
    const { code, signal } = await ended;
    servers.delete(child);
    if (code === 0) return;
    for (const other of servers) other.kill('SIGKILL');       // what was to stop them is not run after this
    throw new Error(`the server ended with ${code ?? signal}:\n${output}`);
  });
  return new Promise((started, failed) => {
    const read = (chunk) => {
      output += chunk;
      const said = output.match(/(http:\/\/[\d.]+:\d+)\s/);
      if (said) started(said[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    ended.then(() => failed(new Error(`the server did not start:\n${output}`)));
  });
}
