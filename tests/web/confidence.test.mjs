// An attacker who reads whatever the portal answers wants to know a link that was given in confidence (E11): which of the givers supplies
// whom, for how much.  Every GET route there is is asked in every form by every role, before and after, and of two databases that
// differ in nothing but that.  Pages that come later are asked by themselves: the routes are those that `matxich routes` lists.
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fixedClock, matxich, output, records, serve, sql, sqliteDatabase } from '../node/matxich.mjs';
import { accounts, apiToken, client, signedIn } from '../node/people.mjs';
import { eventually } from '../node/web.mjs';

const LIST = 'confidential-links';
const SECRET = 'Zyxwvut bí mật';
const ROLES = ['enterprise', 'buyer', 'officer', 'finance', 'ward', 'agency', 'association', 'provider', 'reviewer', 'leader', 'admin'];
const FORMS = { page: '', json: '.json', csv: '.csv', xlsx: '.xlsx', ndjson: '.ndjson' };

/** Nine enterprises that everybody sees: three givers, their three partners, two more givers, and one that has nothing to do with it. */
async function cast(t) {
  const db = sqliteDatabase(t);
  await output(['demo', '--count', '60', '--db', db], { env: fixedClock });      // few, so that everything can be asked
  await sql(db, 'delete from blend_part; delete from confidential_link');
  const ids = (await records(db)).filter((r) => r.visibility !== 'hidden' && r.products.length > 1).slice(10, 19).map((r) => r.id);
  const [givers, partners, [stranger]] = [[...ids.slice(0, 3), ...ids.slice(6, 8)], ids.slice(3, 6), ids.slice(8)];
  const [association] = await records(db, 'code', 'list=association');
  const work = { enterprise: ['--organisation', stranger], buyer: ['--organisation', partners[0]], ward: ['--ward', (await records(db))[0].ward_code],
    association: ['--association', `${association.version}/${association.code}`] };
  await accounts(t, db, [...ROLES.map((role) => ({ email: `${role}@attack.example`, roles: role, options: work[role] })),
    ...givers.map((id, i) => ({ email: `giver${i}@attack.example`, roles: 'enterprise', options: ['--organisation', id] }))]);
  return { db, givers, partners, stranger };
}

const gathered = cast({ after });                // once, with the people in it; each test opens copies

function copied(t, db) {
  const copy = sqliteDatabase(t);
  copyFileSync(db.slice('sqlite:'.length), copy.slice('sqlite:'.length));
  return copy;
}

/** The database served, with everybody signed in; giver(n) at the API. */
async function opened(t, db, { givers }) {
  const base = await serve(t, db);
  const people = { visitor: client(base) };
  for (const role of ROLES) people[role] = await signedIn(db, base, `${role}@attack.example`);
  for (const role of ROLES) people[role].bearer = await apiToken(people[role]);
  const tokens = await Promise.all(givers.map(async (_, i) => apiToken(await signedIn(db, base, `giver${i}@attack.example`))));
  const giver = (n) => api(client(base), tokens[n]);
  const settled = async () => {                  // the network in memory is that of the last change it is made of; its version is the answer
    const last = Number(await sql(db, `select max(seq) from change where entity in ('enterprise', 'outside_company', 'supply_link', 'confidential_link', 'setting')`));
    let version;
    for (const page of ['ranking', 'map'])             // what places are worth comes a moment after the rest
      await eventually(async () => {
        version = JSON.parse((await people.officer.get(`/network/${page}.json`)).text).version;
        return Number(version) >= last;
      });
    return String(version);
  };
  await settled();
  return { base, people, giver, settled, db };
}

const api = (person, bearer) => async (method, path, body) => {
  const headers = { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) };
  const { status, text } = await person.ask(`/api/v1${path && `/${path}`}`, { method, headers, body: body && JSON.stringify(body) });
  return { status, text, body: /^[{[]/.test(text) ? JSON.parse(text) : null };
};

/** Gives a link, of which its number is the answer. */
async function give(site, n, partner, value) {
  const { status, text, body } = await site.giver(n)('POST', LIST, { direction: 'buys', partner, product: `${SECRET} ${n}`, value });
  assert.equal(status, 201, text);
  return body.id;
}

/** Every address that a GET route can have: each list, and of each list a record; with what an attacker would ask for. */
async function addresses(site, numbers, { givers, partners }) {
  const routes = (await output(['routes'], { env: fixedClock })).trim().split('\n').map((line) => line.match(/^GET +(\S+) +([^|]*)\|/)).filter(Boolean);
  const admin = api(site.people.admin, site.people.admin.bearer);
  const lists = { [LIST]: numbers, enterprises: [givers[0], partners[0]] };
  const others = /^(codes|code-lists|settings|sites|products|processes|equipment|certificates|figures|customers)$/;
  for (const path of Object.keys((await admin('GET', '')).body.lists).filter((one) => !others.test(one))) lists[path] ??= ((await admin('GET', `${path}?limit=1`)).body.items ?? []).map((r) => r.id);
  const filled = (pattern) => {
    if (!pattern.includes('{')) return [pattern];
    const other = (path) => path.replace('{code}', '2025%2FKCN-THANG-LONG').replace(/\{(ticket|hash|token|site|type)\}/g, '1').replace('{step}', 'dispute');
    if (!pattern.includes('{list}')) return [givers[0], partners[0], ...numbers.slice(0, 1)].map((id) => other(pattern.replace('{id}', id)));
    return Object.entries(lists).flatMap(([list, ids]) => (pattern.includes('{id}') ? ids : ['']).map((id) => other(pattern.replace('{list}', list).replace('{id}', id))));
  };
  const paths = routes.filter(([, pattern]) => !pattern.startsWith('/account')).flatMap(([, pattern, forms]) => forms.trim().split(' ').flatMap((form) =>
    filled(pattern).map((path) => path + (pattern.startsWith('/api') ? '' : FORMS[form]))));
  const asked = [SECRET, ...numbers].flatMap((words) => [`/workspace/jump?q=${encodeURIComponent(words)}`, `/enterprises?q=${encodeURIComponent(words)}`]);
  const queries = [`/workspace/${LIST}?product.like=${encodeURIComponent(SECRET)}`, `/data/${LIST}?value.min=1`, `/api/v1/${LIST}?limit=1`, '/api/v1/changes?limit=1000',
    `/api/v1/changes?list=${LIST}`, `/workspace/enterprises/${partners[0]}/merge?with=${givers[0]}`, `/network/enterprises/${partners[0]}?up=3&down=3`,
    `/network/enterprises/${givers[0]}?up=3&down=3`, `/workspace/rights?list=${LIST}&id=${numbers[0]}`, `/workspace/enterprises/${partners[0]}/delete`];
  return [...new Set([...paths, ...asked, ...queries])];
}

// Secrets of the session and the port are no answer to the question.
const without = (text) => text.replace(/value="[\w-]{43,}"/g, 'value=""').replace(/mx_[\w-]+/g, '').replace(/127\.0\.0\.1:\d+/g, '');

/** What everybody but the givers is answered: Map of "role path" to the answer. */
async function everything(site, paths, roles = ['visitor', ...ROLES]) {
  const found = new Map();
  const ask = async (role) => {
    const person = site.people[role];
    for (const path of paths) {
      const headers = path.startsWith('/api') && person.bearer ? { authorization: `Bearer ${person.bearer}` } : {};
      const { status, location, text } = await person.ask(path, { headers }).catch((error) => assert.fail(`${role} ${path}: ${error.cause ?? error}`));
      found.set(`${role} ${path}`, `${status} ${location ?? ''} ${without(text)}`);
    }
  };
  await Promise.all(roles.map(ask));
  return found;
}

/** A page is long: what differs is shown with a little before and after. */
function same(one, other) {
  for (const [asked, answer] of one) {
    const now = other.get(asked);
    if (answer === now) continue;
    const at = [...answer].findIndex((c, i) => c !== now[i]);
    assert.fail(`${asked}: “${answer.slice(Math.max(at - 120, 0), at + 120)}” became “${now.slice(Math.max(at - 120, 0), at + 120)}”`);
  }
}

async function exported(db) {
  const { stderr } = await matxich(['export', 'none', '--db', db, '--lang', 'en']);
  const lists = stderr.match(/lists: (.*)\./)[1].split(', ');
  assert.ok(!lists.includes('confidential_link'), stderr);
  const said = {};
  for (const list of lists) for (const format of ['csv', 'json']) said[`${list}.${format}`] = await output(['export', list, '--format', format, '--db', db]);
  said.graph = await output(['export', 'supply_link', '--format', 'graphml', '--db', db]);
  said.search = await output(['search', SECRET, '--db', db]);
  return said;
}

/** Links that differ in who supplies which of the givers and for how much, and in nothing else. */
const KNOWN = { partners: [0, 1, 2], values: [71234567000, 82345678000, 93456789000] };
const OTHER = { partners: [1, 2, 0], values: [93456789000, 71234567000, 82345678000] };
const digits = KNOWN.values.flatMap((v) => [String(v), v.toLocaleString('vi-VN'), v.toLocaleString('en-US'), (v / 1e9).toFixed(2), (v / 1e9).toFixed(2).replace('.', ',')]);

test('two databases that differ only in who supplies whom within a blend answer everybody else alike, to the byte', async (t) => {
  const all = await gathered;
  const sites = [];
  for (const links of [KNOWN, OTHER]) {
    const site = await opened(t, copied(t, all.db), all);
    site.numbers = [];
    for (const [n, k] of links.partners.entries()) site.numbers.push(await give(site, n, all.partners[k], links.values[n]));
    await site.settled();
    sites.push(site);
  }
  const paths = await addresses(sites[0], sites[0].numbers, all);
  const [known, other] = [await everything(sites[0], paths), await everything(sites[1], paths)];
  assert.ok(paths.length > 150 && known.size === paths.length * (ROLES.length + 1));
  same(known, other);
  for (const [asked, answer] of known) {
    const told = answer.replaceAll(encodeURIComponent(SECRET), '').replace(/(value|name)="[^"]*"|“[^”]*”/g, '');      // what was asked is said again
    assert.ok(!new RegExp(`${SECRET} \\d`).test(told), `${asked} names the product`);
    assert.ok(!digits.some((value) => told.includes(value)), `${asked} tells a value`);
    if (new RegExp(`/(workspace|data|v1)/${LIST}/LM-`).test(asked)) assert.ok(/^(403|404|303) /.test(answer), `${asked}: ${answer.slice(0, 60)}`);
  }
  const [one, two] = [await exported(sites[0].db), await exported(sites[1].db)];
  assert.deepEqual(one, two);
  assert.ok(!JSON.stringify(one).includes(SECRET));
});

test('what is published before and after a link comes, changes or goes tells no link', async (t) => {
  const all = await gathered;
  const site = await opened(t, copied(t, all.db), all);
  const numbers = ['LM-000021-0'];
  const paths = (await addresses(site, numbers, all)).filter((path) => /^\/network(?!.*xlsx)/.test(path));
  const look = async () => {
    const version = await site.settled();        // that there was a change is no secret; what it was
    const numbered = new RegExp(`\\b${version.replace(/(?=\d{3}$)/, '[.,]?')}\\b`, 'g');
    const found = await everything(site, paths, ['visitor', 'enterprise', 'officer', 'ward']);
    for (const [asked, answer] of found) found.set(asked, answer.replace(numbered, 'VERSION'));
    return found;
  };
  const before = await look();
  const ids = [await give(site, 0, all.partners[0], 71234567000), await give(site, 1, all.partners[1], 82345678000)];
  same(before, await look());                        // two wait
  ids.push(await give(site, 2, all.partners[2], 93456789000));
  const blended = await look();
  assert.notEqual(blended.get('officer /network/ranking.csv'), before.get('officer /network/ranking.csv'), 'it takes no part in any score');
  ids.push(await give(site, 3, all.partners[0], 10203040000));
  same(blended, await look());                       // a fourth waits
  const changed = await site.giver(0)('PATCH', `${LIST}/${ids[0]}`, { value: 500000000000 });
  assert.equal(changed.status, 200, changed.text);
  same(blended, await look());                       // keeps its old part
  assert.equal((await site.giver(1)('DELETE', `${LIST}/${ids[1]}`)).status, 204);
  same(before, await look());                        // all three are gone, not one
});

test('the list of confidential links answers its givers, and each of them of its own', async (t) => {
  const all = await gathered;
  const site = await opened(t, copied(t, all.db), all);
  const id = await give(site, 0, all.partners[0], 5000000);
  const own = await site.giver(0)('GET', LIST);
  assert.deepEqual(own.body.items.map((r) => r.id), [id]);
  assert.equal((await site.giver(0)('GET', `${LIST}/${id}/history`)).status, 200);
  for (const [who, call] of [['another giver', site.giver(1)], ...ROLES.map((role) => [role, api(site.people[role], site.people[role].bearer)])]) {
    const side = ['another giver', 'enterprise', 'buyer'].includes(who);
    const list = await call('GET', LIST);
    if (side) assert.deepEqual(list.body.items, [], who);
    else assert.equal(list.status, 404, who);
    for (const [method, path, body] of [['GET', `${LIST}/${id}`], ['GET', `${LIST}/${id}/history`], ['PATCH', `${LIST}/${id}`, { value: 1 }], ['DELETE', `${LIST}/${id}`]])
      assert.equal((await call(method, path, body)).status, 404, `${who}: ${method} ${path}`);
    const made = await call('POST', LIST, { direction: 'buys', partner: all.partners[1], product: 'x', value: 2, ...(!side && { giver: all.givers[0] }) });
    assert.equal(made.status, side ? 201 : 404, `${who}: ${made.text}`);
    const forAnother = await call('POST', LIST, { giver: all.givers[0], direction: 'buys', partner: all.partners[1], product: 'x', value: 2 });
    assert.ok([403, 404, 422].includes(forAnother.status), `${who}: ${forAnother.status}`);
  }
  assert.equal((await sql(site.db, `select value from confidential_link where product like '${SECRET}%'`)).trim(), '5000000');
});

test('an enterprise that merges, is put back or goes says nothing of the links it is in', async (t) => {
  const all = await gathered;
  const site = await opened(t, copied(t, all.db), all);
  const [kept, gone] = [all.stranger, all.partners[2]];
  const plain = await opened(t, copied(t, all.db), all);
  const id = await give(site, 0, gone, 5000000);
  await give(plain, 1, all.partners[1], 5000000);                    // as many changes, but of others
  for (const one of [site, plain]) {
    const officer = one.people.officer;
    const page = await officer.get(`/workspace/enterprises/${gone}/merge?with=${kept}`);
    one.seen = [without(page.text)];
    one.seen.push(without((await officer.get('/workspace/undo')).text));
    one.merged = await matxich(['merge', 'enterprise', gone, kept, '--db', one.db], { env: fixedClock });
    assert.equal(one.merged.code, 0, one.merged.stderr);
    one.seen.push(without((await officer.get('/workspace/undo')).text), one.merged.stdout);
  }
  same(new Map(Object.entries(plain.seen)), new Map(Object.entries(site.seen)));
  const { body } = await site.giver(0)('GET', `${LIST}/${id}`);
  assert.equal(body.partner, kept);
});
