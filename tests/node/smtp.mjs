// A mail server (Debian's aiosmtpd) that a test starts and stops, tells what to answer, and asks what came.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root, temporaryDirectory } from './matxich.mjs';
import { eventually } from './web.mjs';

/** A port nobody listens at. */
export const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** Not yet started.  user: [name, password] it asks for; tls: [certificate, key]. */
export async function mailServer(t, { user, tls } = {}) {
  const folder = temporaryDirectory(t);
  const port = await freePort();
  const events = () => existsSync(join(folder, 'events.jsonl'))
    ? readFileSync(join(folder, 'events.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [];
  let child;
  const server = {
    url: `${tls ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    /** { rcpt, data }: answers instead of 250; { cut: 'rcpt' | 'data' }: the connection is cut there. */
    answer: (rules) => writeFileSync(join(folder, 'rules.json'), JSON.stringify(rules)),
    mails: () => events().filter((e) => e.event === 'mail'),
    attempts: () => events().length,
    async start() {
      child = spawn('/usr/bin/python3', [join(root, 'tests/node/smtp_server.py'), folder, String(port), ...(user ? ['--user', ...user] : []), ...(tls ? ['--tls', ...tls] : [])],
        { stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise((ready, failed) => {
        child.stdout.once('data', ready);
        child.once('exit', (code) => failed(new Error(`the mail server ended with ${code}`)));
      });
    },
    async stop() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGKILL');
      await ended;
    },
    /** The n-th mail that was taken, from 1. */
    async mail(n = 1) {
      await eventually(() => server.mails().length >= n);
      return server.mails()[n - 1];
    },
  };
  server.answer({});
  t.after(() => server.stop());
  return server;
}
