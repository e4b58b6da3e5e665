// A register as it lives: imports, undone imports, readers and rude clients at once, for MINUTES (2).  Memory stays what it was,
// every answer is honest, and the database is in order at the end.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { binary, matxich, onBothDatabases, temporaryDirectory } from '../node/matxich.mjs';
import { enterprises, HEADING, inOrder, workbook } from '../faults/files.mjs';

const MINUTES = Number(process.env.MINUTES ?? 2);
const pages = ['/', '/enterprises', '/enterprises?q=thu+nghiem', '/enterprises.json?q=cong+ty&page=2', '/data/enterprises.csv', '/data/enterprises.xlsx',
  '/zones', '/programme', '/en/data', '/data/dictionary', '/nowhere', '/enterprises?q=%ff', '/enterprises?page=99999'];

const residentMegabytes = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;

onBothDatabases(`${MINUTES} minutes of imports, readers and rude clients`, async (t, db) => {
  const directory = temporaryDirectory(t), end = performance.now() + MINUTES * 60_000;
  assert.equal((await matxich(['init', '--db', db])).code, 0);
  const server = spawn(binary, ['serve', '--db', db, '--listen', '127.0.0.1:0', '--rate', '0', '--log-level', '0', '--cache-mb', '8'], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => server.kill('SIGKILL'));
  const url = String((await once(server.stdout, 'data'))[0]).match(/http:\S+/)[0];

  const readers = Array.from({ length: 8 }, async (_, i) => {
    for (let n = i; performance.now() < end; n++) {
      const answer = await fetch(url + pages[n % pages.length]);
      assert.ok(answer.status < 500, `${pages[n % pages.length]}: ${answer.status}`);
      await answer.arrayBuffer();
    }
  });
  const rude = (async () => {
    while (performance.now() < end) {
      const socket = connect({ host: '127.0.0.1', port: new URL(url).port }).on('error', () => {});
      await once(socket, 'connect');
      socket.write('GET /data/enterprises.csv HTTP/1.1\r\nHost: x\r\n\r\n');
      await Promise.race([once(socket, 'data'), once(socket, 'close')]);
      socket.resetAndDestroy();
    }
  })();
  let rounds = 0, first = 0;
  for (; performance.now() < end || rounds < 3; rounds++) {
    const path = join(directory, 'x.xlsx');
    writeFileSync(path, workbook([HEADING, ...enterprises(500)]));
    const imported = await matxich(['import', 'enterprise', path, '--db', db, '--json']);
    assert.equal(imported.code, 0, imported.stderr);
    const undone = await matxich(['undo', String(JSON.parse(imported.stdout).batch), '--db', db]);
    assert.equal(undone.code, 0, undone.stderr);
    if (rounds === 2) first = residentMegabytes(server.pid);
  }
  await Promise.all([...readers, rude]);
  const last = residentMegabytes(server.pid);
  t.diagnostic(`${rounds} rounds; ${first.toFixed(0)} MB resident after the third, ${last.toFixed(0)} MB at the end`);
  assert.ok(last < first * 1.5 + 16, `${first} MB has become ${last} MB`);
  server.kill('SIGTERM');
  assert.deepEqual(await once(server, 'close'), [0, null]);
  await inOrder(db, 0);
});
