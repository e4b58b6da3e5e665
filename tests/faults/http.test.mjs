// Requests that nobody's browser sends.  Whatever comes, the server answers with the right status or closes the connection,
// says nothing of its inside, and goes on serving others.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, demoDatabase, temporaryDirectory } from '../node/matxich.mjs';
import { eventually } from '../node/web.mjs';

const cleanups = [];
const forever = { after: (fn) => cleanups.push(fn) };
let url, server, log;

before(async () => {
  const db = await demoDatabase(forever);
  log = join(temporaryDirectory(forever), 'log');
  server = spawn(binary, ['serve', '--db', db, '--listen', '127.0.0.1:0', '--rate', '0', '--log', log, '--timeout', '3'], { stdio: ['ignore', 'pipe', 'inherit'] });
  url = String((await once(server.stdout, 'data'))[0]).match(/http:\S+/)[0];
});
after(async () => {
  server.kill('SIGTERM');
  const [code, signal] = await once(server, 'close');
  for (const fn of cleanups) await fn();
  assert.equal(code, 0, `the server ended with ${signal ?? code}`);
});

const bytesOf = (text) => Buffer.isBuffer(text) ? text : Buffer.from(text, 'latin1');
const dial = () => connect({ host: '127.0.0.1', port: new URL(url).port, noDelay: true });

/** Sends bytes as they are and gives what came back until the server closed, or until `enough`. */
function raw(bytes, { half = false } = {}) {
  return new Promise((done) => {
    const socket = dial(), parts = [];
    socket.on('data', (part) => parts.push(part));
    socket.on('error', () => {});
    socket.on('close', () => {
      const text = Buffer.concat(parts).toString('latin1'), [head, ...rest] = text.split('\r\n\r\n');
      done({ status: Number(head.match(/^HTTP\/1\.[01] (\d+)/)?.[1] ?? 0), head, body: rest.join('\r\n\r\n') });
    });
    socket.write(bytesOf(bytes));
    if (half) socket.end();
  });
}
const get = (target, headers = '') => raw(Buffer.concat([bytesOf('GET '), bytesOf(target), bytesOf(` HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`)]));
const healthy = async () => assert.equal((await get('/enterprises?q=khuon')).status, 200);

const pages = ['/', '/enterprises', '/enterprises/DN', '/programme', '/zones', '/data', '/data/dictionary', '/data/enterprises', '/en/enterprises'];

/** Never a crash, never our inside: an honest status and none of the words an engine or a compiler would say. */
function honest({ status, body, head }, allowed, what) {
  assert.ok(allowed.includes(status), `${what}: ${status}\n${head}`);
  assert.doesNotMatch(body, /sqlite|syntax error|\.c:\d|SELECT |bug:|\/work\/|\/tmp\//i, what);
}

// ---- addresses

const addresses = {
  'a percent sign alone': ['/enterprises?q=%', 400],
  'half a percent code': ['/enterprises?q=%4', 400],
  'a percent code that is none': ['/enterprises?q=%zz', 400],
  'NUL': ['/enterprises?q=%00', 400],
  'NUL in the path': ['/enterprises/%00', 400],
  'overlong UTF-8': ['/enterprises?q=%C0%AF', 400],
  'overlong UTF-8 in the path': ['/%C0%AE%C0%AE/etc/passwd', 400],
  'half a character': ['/enterprises?q=%E1%BA', 400],
  'surrogates': ['/enterprises?q=%ED%A0%80', 400],
  'past the last character': ['/enterprises?q=%F5%80%80%80', 400],
  'raw bytes that are no UTF-8': [Buffer.from('/enterprises?q=\xff\xfe', 'latin1'), 400],
  'raw UTF-8': [Buffer.from('/enterprises?q=khuôn'), 200],
  'control characters': ['/enterprises?q=%0d%0aX-Evil:%201', 400],
  'an empty query': ['/enterprises?', 200],
  'only ampersands, more than libmicrohttpd has room for': [`/enterprises?${'&'.repeat(2000)}`, [0, 200, 414, 431]],
  'only equals signs': [`/enterprises?${'='.repeat(2000)}`, [200, 422]],
  'no name': ['/enterprises?=x', [200, 422]],
  'the same name 60 times': [`/enterprises?${'ward=x&'.repeat(60)}`, [200, 400, 422]],
  '600 parameters': [`/enterprises?${Array.from({ length: 600 }, (_, i) => `p${i}=1`).join('&')}`, 414],
  '9 KB': [`/enterprises?q=${'x'.repeat(9000)}`, 414],
  '9 KB of path': [`/${'x'.repeat(9000)}`, 414],
  '30 KB': [`/enterprises?q=${'x'.repeat(30000)}`, [414, 431]],
  '200 KB': [`/enterprises?q=${'x'.repeat(200000)}`, [414, 431]],
  '1,000 words': [`/enterprises?q=${'a+'.repeat(1000)}`, [200, 400]],
  'one word of 7,000 letters': [`/enterprises?q=${'a'.repeat(7000)}`, [200, 400]],
  'a hundred levels': [`/${'a/'.repeat(100)}`, 404],
  'slashes': [`/${'/'.repeat(50)}enterprises`, 404],
  'another server': ['http://evil.example/enterprises', [200, 400]],
  'a star': ['*', [400, 404]],
  'no slash': ['enterprises', 400],
  'a page far away': ['/enterprises?page=999999999', [200, 404, 422]],
  'a page that is no number': ['/enterprises?page=-1', [200, 400, 404, 422]],
  'a page past all numbers': ['/enterprises?page=99999999999999999999999', [200, 400, 404, 422]],
  'a cursor of rubbish': ['/data/enterprises.json?after=garbage', [200, 400, 422]],
  'a cursor that looks right': ['/data/enterprises.json?after=eyJ9LXw6', [200, 400, 422]],
  'sort by nothing known': ['/data/enterprises.json?sort=moon', [200, 400, 422]],
  'no rows': ['/data/enterprises.json?limit=0', [200, 400, 422]],
  'minus one row': ['/data/enterprises.json?limit=-1', [200, 400, 422]],
  'all rows there could be': ['/data/enterprises.json?limit=99999999999', [200, 400, 422]],
  'a facet nobody knows': ['/enterprises?moon=full', [200, 400, 422]],
  'a value no facet has': ['/enterprises?ward=00000', [200, 400, 422]],
  'a list nobody knows': ['/data/moon', 404],
  'a personal list': ['/data/change.json', 404],
  'an enterprise with a wrong check digit': ['/enterprises/DN-000000-0', 404],
  'an enterprise by injection': ["/enterprises/1%27%20OR%201=1--", 404],
  'a format nobody offers': ['/enterprises.exe', 404],
  'dots upwards': ['/../../../../etc/passwd', 404],
  'dots upwards, encoded': ['/%2e%2e/%2e%2e/etc/passwd', 404],
  'dots upwards, twice encoded': ['/%252e%252e%252fetc%252fpasswd', 404],
  'dots upwards in assets': ['/assets/..%2f..%2f..%2fetc%2fpasswd', 404],
  'backslashes': ['/..\\..\\windows\\win.ini', 404],
};

for (const [what, [target, expected]] of Object.entries(addresses))
  test(`an address with ${what}`, async () => {
    const answer = await get(target);
    honest(answer, [expected].flat(), what);
    assert.doesNotMatch(answer.body, /root:x:0/);
    assert.doesNotMatch(answer.head, /^X-Evil/im);
    if (answer.status >= 400 && target.length < 20000) assert.match(answer.head, /^Content-Type: (text\/html|application\/problem\+json)/im);
  });

test('random bytes in the query of every page', async () => {
  let seed = 7;
  const random = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
  for (let round = 0; round < 200; round++) {
    const bytes = Buffer.from(Array.from({ length: random(60) }, () => 33 + random(223)).map((c) => c === 127 ? 38 : c));
    const target = Buffer.concat([bytesOf(`${pages[round % pages.length]}?q=`), bytes]);
    honest(await get(target), [200, 308, 400, 404, 414, 422], target.toString('latin1'));
  }
  await healthy();
});

// ---- what is typed comes back as text

const probe = `"'><script>alert(1)</script><img src=x onerror=alert(2)>{{x}}\`\${7*7}`;
const parameters = ['q', 'page', 'sort', 'after', 'limit', 'ward', 'fields', 'lang', 'size_class', 'moon', 'view', 'industries', probe];

test('scripts in any parameter of any page come back as text, if at all', async () => {
  for (const page of pages)
    for (const name of parameters) {
      const { body, status } = await get(`${page}?${encodeURIComponent(name)}=${encodeURIComponent(probe)}`);
      assert.ok(status < 500, `${page} ${name}: ${status}`);
      assert.ok(!/<script>alert|<img src=x|onerror=alert\(2\)>(?!&)/.test(body), `${page} ${name}`);
      assert.ok(!body.includes('"\'>'), `${page} ${name}: quotes as they came`);
    }
});

test('scripts in the path come back as text, if at all', async () => {
  for (const page of ['/', '/enterprises/', '/data/', '/zones/', '/en/']) {
    const { body, status } = await get(`${page}${encodeURIComponent(probe).replaceAll("'", '%27')}`);
    assert.equal(status, 404);
    assert.doesNotMatch(body, /<script>alert|<img src=x/);
  }
});

test('what a line end in an address does to headers and to the log: nothing', async () => {
  for (const target of ['/enterprises/?q=%0d%0aSet-Cookie:%20a=b', '/enterprises%0d%0aLocation:%20http://evil/', '/zones/%0aX: 1/', '/enterprises/?q=%E5%98%8A%E5%98%8DSet-Cookie:a'])
    assert.doesNotMatch((await get(target)).head, /^(Set-Cookie|X:|Location: http:\/\/evil)/im);
  const lines = readFileSync(log, 'latin1').trimEnd().split('\n');
  for (const line of lines) assert.match(line, /^[\x20-\x7e\x80-\xff]*$/);
});

test('the log takes no line from an address', async () => {
  await get('/forged%0alevel=error event=forged');
  await get(Buffer.from('/x?a="\x1b[31m\\" event="forged', 'latin1'));
  await healthy();
  assert.doesNotMatch(readFileSync(log, 'latin1'), /^[^"]*event="?forged/m);
  assert.doesNotMatch(readFileSync(log, 'latin1'), /\x1b/);
});

// ---- methods, bodies, headers

test('methods that are not offered', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT', 'PROPFIND', 'MOON', 'get']) {
    const { status, head, body } = await raw(`${method} /enterprises HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    assert.ok([405, 501].includes(status), `${method}: ${status}`);
    if (status === 405) assert.match(head, /^Allow: .*GET/im);
    assert.doesNotMatch(body, /MOON/);
  }
});

test('a body that is too long is refused before it is read', async () => {
  const { status, body } = await raw('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\nConnection: close\r\n\r\n');
  assert.equal(status, 413);
  assert.match(body, /MB/);
});

test('a body that never says how long it is ends at the limit', async () => {
  const chunk = `10000\r\n${'x'.repeat(65536)}\r\n`;
  const { status } = await raw(`POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(400)}`);
  assert.ok([0, 405, 413].includes(status), String(status));
  await healthy();
});

test('lengths that contradict each other or are none', async () => {
  for (const headers of ['Content-Length: -1', 'Content-Length: 1, 2', 'Content-Length: x', 'Content-Length: 5\r\nContent-Length: 6',
    'Content-Length: 5\r\nTransfer-Encoding: chunked', 'Transfer-Encoding: moon', 'Content-Length: 99999999999999999999999']) {
    const { status } = await raw(`POST / HTTP/1.1\r\nHost: x\r\n${headers}\r\nConnection: close\r\n\r\n`, { half: true });
    assert.ok(status === 0 || status >= 400, `${headers}: ${status}`);
  }
  await healthy();
});

test('a flood of headers', async () => {
  assert.equal((await get('/', `X: ${'x'.repeat(60000)}\r\n`)).status, 431);
  assert.equal((await get('/', Array.from({ length: 5000 }, (_, i) => `X${i}: 1\r\n`).join(''))).status, 431);
  assert.equal((await get('/', `Cookie: ${'a=b; '.repeat(10000)}\r\n`)).status, 431);
  await healthy();
});

test('headers that are odd do not decide what is said', async () => {
  const plain = (await get('/enterprises')).body;
  for (const header of ['If-None-Match: garbage', 'If-None-Match: "', 'If-None-Match: W/', `If-None-Match: ${'"x",'.repeat(1000)}`,
    'Accept-Language: \xff', 'Cookie: =;;;=', 'X-Forwarded-Host: evil.example', 'X-Forwarded-For: <script>', 'Forwarded: host=evil', 'Range: bytes=0-',
    'Range: bytes=5-1', 'Range: bytes=-99999999999999', 'Range: moons=1-2', 'Accept-Encoding: moon;q=9, *;q=-1',
    'Upgrade: websocket\r\nConnection: Upgrade', 'Content-Type: \x01']) {
    const { status, body } = await get('/enterprises', `${header}\r\n`);
    if (status === 400) continue;                   // not taken at all
    assert.equal(status, 200, header);
    assert.equal(body.replace(/^[0-9a-f]+\r\n|\r\n0\r\n/g, ''), plain.replace(/^[0-9a-f]+\r\n|\r\n0\r\n/g, ''), header);
  }
});

test('who says wrongly who they are is a visitor, or told so', async () => {
  const token = 'A'.repeat(43);
  const cookies = ['=', token, `${token}${token}`, `${token}\xff`, '\xe1\xba', "' or 1=1 --", 'x'.repeat(2000), '"', '%00', `${token}; __Host-session=${token}`];
  for (const value of cookies) {
    const { status, body } = await get('/en/workspace', `Cookie: __Host-session=${value}; __Host-form=${value}; __Host-code=${value}\r\n`);
    assert.ok([303, 400, 431].includes(status), `${value.slice(0, 60)}: ${status}`);
    assert.doesNotMatch(body, /SELECT|sqlite/);
  }
  const words = ['Bearer', 'Bearer ', `Bearer mx_${token}`, 'Bearer mx_\xff\xfe', "Bearer ' or 1=1 --", 'Basic YWRtaW46YWRtaW4=', `Bearer ${'x'.repeat(8000)}`, '\t', 'Bearer\x01x'];
  for (const value of words) {
    const { status, body } = await get('/en/api/v1/enterprises', `Authorization: ${value}\r\n`);
    assert.ok([200, 400, 401, 404].includes(status), `${value.slice(0, 60)}: ${status}`);
    assert.doesNotMatch(body, /SELECT|sqlite/);
  }
  await healthy();
});

test('a form sent with every wrong word around it changes nothing and is told why', async () => {
  const wrong = ['Origin: https://evil.example', 'Origin: null', 'Origin: \xff', 'Origin:', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Site: moon', 'Content-Type: x', 'Idempotency-Key: \xff',
    `If-Match: ${'"x",'.repeat(1000)}`, 'X-Forwarded-For: ,,,', `User-Agent: ${'x'.repeat(9000)}`];
  for (const header of wrong) {
    const { status, body } = await raw(`POST /en/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\nConnection: close\r\n${header}\r\n\r\nemail=x`);
    honest({ status, body, head: header }, [400, 403, 415], header);
  }
  await healthy();
});

test('the name of the host is not believed', async () => {
  for (const host of ['evil.example', 'evil"><script>', 'a\\b', '[::1', '', 'x'.repeat(2000)]) {
    const { status, body, head } = await raw(`GET /enterprises/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    assert.ok([308, 400].includes(status), `${host}: ${status}`);
    assert.doesNotMatch(head + body, /evil/);
  }
  const { body } = await raw('GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
  assert.doesNotMatch(body, /evil\.example/);
});

test('what is no HTTP gets no more than an error', async () => {
  for (const bytes of ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n', 'GET /\r\n\r\n', '\0'.repeat(5000),
    'GET  / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1\r\nHost x\r\n\r\n', 'GET / HTTP/1.1\r\n Host: x\r\n\r\n', '\r\n'.repeat(1000), 'A'.repeat(100000)]) {
    const { status, body } = await raw(bytes, { half: true });
    assert.ok(status === 0 || status >= 200, bytes.slice(0, 20));
    assert.doesNotMatch(body, /bug:|\.c:/);
  }
  await healthy();
});

// ---- slow ones and many

test('clients who send a byte and wait keep nobody from being served', async () => {
  const slow = await Promise.all(Array.from({ length: 150 }, async (_, i) => {
    const socket = dial();
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(i % 2 ? 'GET /enterprises HTTP/1.1\r\nHost:' : 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx');
    return socket;
  }));
  for (let i = 0; i < 20; i++) await healthy();
  for (const socket of slow) await new Promise((done) => socket.closed ? done() : socket.on('close', done));      // the server's --timeout
  await healthy();
});

test('an address that opens more connections than it may gets no more, and is served again later', async () => {
  const sockets = Array.from({ length: 400 }, () => dial().on('error', () => {}));
  const open = await Promise.all(sockets.map((socket) => new Promise((done) => {
    socket.on('connect', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
    socket.on('data', () => done(true));
    socket.on('close', () => done(false));
  })));
  const served = open.filter(Boolean).length;
  assert.ok(served >= 200 && served <= 250, String(served));
  for (const socket of sockets) socket.destroy();
  await eventually(async () => (await get('/')).status === 200);       // the server sees that they went, one by one
  await healthy();
});

test('clients who go away in the middle', async () => {
  for (let i = 0; i < 100; i++) {
    const socket = dial();
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(`GET /data/enterprises.csv?limit=${i} HTTP/1.1\r\nHost: x\r\n\r\n`);
    if (i % 3) await once(socket, 'data');
    socket.resetAndDestroy();
  }
  await healthy();
});

test('requests one behind the other on one connection are all answered', async () => {
  const { head, body } = await raw(`${'GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(50)}GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  assert.equal((head + body).match(/HTTP\/1\.1 404/g).length, 50);
  assert.match(body, /HTTP\/1\.1 200/);
});
