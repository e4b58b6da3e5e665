// People and programs that write without end, each a step at a time, to a portal that is killed under them.  A writer remembers what was
// answered, and what it sent without an answer; once the portal is back, it finds out what became of that, as it would in life.
//
// A writer is { name, step(), state }: step() does one thing and throws Unanswered when the portal is gone.  `acknowledged` counts what was answered.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { inputValue } from '../node/people.mjs';

export class Unanswered extends Error {}

/** Of fetch: the connection broke; of the portal: its database is away, and it says so. */
const connectionBroke = (e) => e instanceof TypeError && /fetch failed|terminated/.test(e.message);
const answered = async (asking) => {
  let answer;
  try {
    answer = await asking;
  } catch (e) {
    throw connectionBroke(e) ? new Unanswered() : e;
  }
  if (answer.status === 503) {
    await pause(20);
    throw new Unanswered();
  }
  return answer;
};
const must = ({ status, text }, ...wanted) => assert.ok(wanted.includes(status), `${status}: ${text.slice(0, 2000)}`);

/** A program: every change has an Idempotency-Key, and is sent again with it until it is answered. */
export function program(base, token) {
  let keys = 0, pending = null;
  async function call(method, path, body, headers = {}) {
    return answered((async () => {
      const response = await fetch(new URL(`/api/v1${path}`, base), {
        method, body: body && JSON.stringify(body), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers } });
      const text = await response.text();
      return { status: response.status, text, headers: response.headers, body: /json/.test(response.headers.get('content-type')) ? JSON.parse(text) : null };
    })());
  }
  /** The answer to what was sent last without one, else to this. */
  async function change(method, path, body) {
    pending ??= [method, path, body, { 'idempotency-key': `${token.slice(-6)}-${++keys}` }];
    const answer = await call(...pending);
    pending = null;
    return answer;
  }
  return { call, change };
}

/** Makes enterprises, changes and deletes them. */
export function registrar(api, name) {
  const there = new Map(), gone = [];                 // id: { name_vi, website }
  let made = 0, then = null;
  const create = () => {
    const body = { name_vi: `Công ty ${name} ${++made}`, website: 'https://mot.example' };
    return [['POST', '/enterprises', body], 201, (answer) => there.set(answer.body.id, body)];
  };
  const change = () => {
    const [id, now] = [...there].at(-1), website = `https://${name}-${made}.example`;
    return [['PATCH', `/enterprises/${id}`, { website }], 200, () => { now.website = website; }];
  };
  const erase = () => {
    const [id] = there.keys();
    return [['DELETE', `/enterprises/${id}`], 204, () => { there.delete(id); gone.push(id); }];
  };
  return {
    name, there, gone, acknowledged: 0,
    async step() {
      then ??= (there.size > 20 ? erase : made % 2 && there.size ? change : create)();
      const [asked, status, note] = then;
      const answer = await api.change(...asked);
      must(answer, status);
      if (then[0][0] === 'PATCH') made++;              // so that what is made and what is changed take turns
      note(answer);
      then = null;
      this.acknowledged++;
    },
    async check() {
      if (then) await this.step();
      for (const [id, { name_vi, website }] of there) {
        const { status, body, text } = await api.call('GET', `/enterprises/${id}`);
        assert.equal(status, 200, text);
        assert.deepEqual([body.name_vi, body.website], [name_vi, website], id);
      }
      if (gone.length) assert.equal((await api.call('GET', `/enterprises/${gone.at(-1)}`)).status, 404, gone.at(-1));
    },
  };
}

/** Someone whose changes must be looked at first. */
export function proposer(api, enterprise) {
  const proposals = [];
  let n = 0;
  return {
    name: 'proposer', proposals, acknowledged: 0,
    async step() {
      const answer = await api.change('PATCH', `/enterprises/${enterprise}`, { website: `https://de-nghi-${++n}.example` });
      must(answer, 202);
      proposals.push(answer.body.proposal);
      this.acknowledged++;
      await pause(50);                                 // as many as an officer could look at
    },
  };
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** An officer at the form of one record, with a file each time. */
export function officer(one, base, id) {
  const page = `/en/workspace/enterprises/${id}`, files = [];
  let n = 0, token, certificate;
  const shown = async () => {
    const { status, text } = await answered(one.get(`${page}/edit`));
    must({ status, text }, 200);
    token ??= inputValue(text, 'form_token');
    certificate = inputValue(text, 'certificates.0.id');
    return text;
  };
  const saved = async () => Number(inputValue(await shown(), 'website').match(/\d+/)?.[0] ?? 0);
  return {
    name: 'officer', files, acknowledged: 0, last: 0,
    async step() {
      const version = inputValue(await shown(), 'version'), bytes = `%PDF-1.7\n${++n}\n${'x'.repeat(20000)}\n`, body = new FormData();
      const given = { form_token: token, version, website: `https://lan-${n}.example`, 'certificates.0.id': certificate, 'certificates.0.standard': 'ISO 9001' };
      for (const [name, value] of Object.entries(given)) body.append(name, value);
      body.append('certificates.0.evidence.file', new Blob([bytes]), `${n}.pdf`);
      const answer = await answered(one.ask(`${page}/edit`, { method: 'POST', headers: { origin: base }, body }));
      must(answer, 303);
      this.last = n;
      files.push(sha256(bytes));
      this.acknowledged++;
    },
    /** It stands as the last answer said, or as what was sent after that; then so shall it stand from now on. */
    async check() {
      const now = await saved();
      assert.ok(now === this.last || now === n, `the form was saved as ${this.last}, sent as ${n}, and stands at ${now}`);
      this.last = n = Math.max(now, this.last);
    },
  };
}

/** Somebody who types: a draft every few milliseconds. */
export function typist(one, base, id) {
  let n = 0, token;
  return {
    name: 'typist', acknowledged: 0, last: 0, sent: () => n,
    async step() {
      token ??= inputValue((await answered(one.get('/account/password'))).text, 'form_token');
      const form = { form_token: token, '.list': 'enterprises', '.record': id, '.version': 0, website: `https://nhap-${++n}-.example` };
      must(await answered(one.post('/workspace/drafts', form)), 200);
      this.last = n;
      this.acknowledged++;
    },
  };
}

/** The public reports, and an officer decides: each report and each decision sends one mail. */
export function reporter(visitor, base, api, enterprise) {
  const reports = new Map();                           // the reporter's address: 'sent', 'new', 'checking', 'upheld'
  let n = 0, token, open = null;
  return {
    name: 'reporter', reports, acknowledged: 0,
    async step() {
      if (open) return this.decide();
      const page = `/enterprises/${enterprise}/report`, email = `bao-${++n}@example.vn`;
      token ??= inputValue((await answered(visitor.get(page))).text, 'form_token');
      reports.set(email, 'sent');
      must(await answered(visitor.post(page, { form_token: token, kind: 'wrong', text: `Sai lần ${n}`, email })), 303);
      reports.set(email, 'new');
      open = { email };
      this.acknowledged++;
    },
    async decide() {
      if (!open.id) {
        const found = await api.call('GET', `/reports?email=${open.email}`);
        must(found, 200);
        open.id = found.body.items[0]?.id;
        assert.ok(open.id, `the report of ${open.email} was acknowledged and is not there`);
      }
      const [step, state] = reports.get(open.email) === 'new' ? ['check', 'checking'] : ['uphold', 'upheld'];
      must(await api.change('POST', `/reports/${open.id}/steps/${step}`), 200);
      reports.set(open.email, state);
      if (state === 'upheld') open = null;
      this.acknowledged++;
    },
  };
}

/** An officer with spreadsheets: sent, tried, imported by jobs in the background. */
export function importer(one, base) {
  const names = [];                                    // of rows whose import was acknowledged
  let n = 0, token, at = null, trial = null, mine;
  const job = async () => JSON.parse((await answered(one.get(`${trial}.json`))).text);
  return {
    name: 'importer', names, acknowledged: 0,
    async step() {
      token ??= inputValue((await answered(one.get('/account/password'))).text, 'form_token');
      if (!at) await this.send();
      else if (!trial) trial = (await this.answer(one.post(at, { form_token: token, sheet: 1 }))).location;
      else if (!(await job()).ended) await pause(20);
      else {
        await this.answer(one.post('/en/workspace/import/now', { form_token: token, job: trial.split('/').at(-1) }));
        names.push(...mine);
        at = trial = null;
      }
    },
    async send() {
      const body = new FormData();
      mine = [1, 2, 3].map((i) => `Công ty Nhập ${++n} ${i}`);
      body.append('form_token', token);
      body.append('list', 'enterprises');
      body.append('file', new Blob([`STT,Tên doanh nghiệp,Địa chỉ\n${mine.map((name, i) => `${i + 1},${name},Số ${n}\n`).join('')}`]), 'ds.csv');
      at = (await this.answer(one.ask('/en/workspace/import', { method: 'POST', headers: { origin: base }, body }))).location;
    },
    async answer(asking) {
      const answer = await answered(asking);
      must(answer, 303);
      this.acknowledged++;
      return answer;
    },
  };
}
