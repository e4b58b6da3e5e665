// The way of a demand over the web: posted, checked, suppliers invited, drawings with the reader's name in them, quotes, a choice, an order.  And what
// is another's stays so.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, demoDatabase, output, records, serve, temporaryDirectory } from '../node/matxich.mjs';
import { client, inputValue, signedIn, someone } from '../node/people.mjs';
import { attributes, get, links, page } from '../node/web.mjs';

const wanted = { title: 'Vỏ nhôm đúc áp lực', process: 'die-casting', quotes_by: '20/12/2026', reach: 'invited', unnamed: '1', buyer: 'Sakura Parts K.K.', country: 'JP',
  contact: 'Tanaka Jiro', email: 'tanaka@sakura.example', version: '0' };

const drawingOf = (text) => `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2/MediaBox[0 0 842 595]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length ${text.length + 40}>>stream
BT /F 20 Tf 50 300 Td (${text}) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
6 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
trailer<</Root 1 0 R/Size 7>>
%%EOF
`;

async function market(t) {
  const db = await demoDatabase(t);
  const base = await serve(t, db);
  const firms = (await records(db)).filter(({ visibility, processes }) => visibility !== 'hidden' && processes.length).map(({ id }) => id);
  const [officer, buyer, stranger] = await Promise.all([someone(t, db, base, 'officer'), someone(t, db, base, 'buyer'), someone(t, db, base, 'buyer')]);
  const suppliers = await Promise.all(firms.slice(0, 2).map((id) => someone(t, db, base, 'enterprise', ['--organisation', id])));
  return { db, base, officer, buyer, stranger, suppliers, firms };
}

const went = (answer) => { assert.equal(answer.status, 303, `${answer.status} ${answer.text.slice(answer.text.indexOf('<h1')).slice(0, 2000)}`); return answer.location; };
const idIn = (text, prefix) => text.match(new RegExp(`${prefix}-\\d{6,}-\\d`))[0];

async function send(person, base, path, fields, file) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ form_token: await person.token(), ...fields })) body.append(name, value);
  if (file) body.append(file.field, new Blob([file.bytes]), file.name);
  return person.ask(path, { method: 'POST', headers: { origin: new URL(base).origin }, body });
}

/** A demand that is open, and whom it belongs to. */
async function opened(it, fields = {}) {
  const id = idIn(went(await send(it.buyer, it.base, '/workspace/demands/new', { ...wanted, ...fields })), 'NC');
  went(await it.buyer.post(`/linkage/demands/${id}/submit`, {}));
  went(await it.officer.post(`/linkage/demands/${id}/open`, {}));
  return id;
}

test('a demand that waits to be checked tells its buyer to wait and the office to check, and offers no quotes to compare', async (t) => {
  const it = await market(t), id = idIn(went(await send(it.buyer, it.base, '/workspace/demands/new', wanted)), 'NC');
  went(await it.buyer.post(`/linkage/demands/${id}/submit`, {}));
  const [buyer, officer] = await Promise.all([it.buyer, it.officer].map(async (who) => (await who.get(`/en/linkage/demands/${id}`)).text));
  assert.match(buyer, /You are told when it is open/);
  assert.match(officer, /Check it within three working days/);
  assert.doesNotMatch(officer, /You are told when it is open/);
  for (const text of [buyer, officer]) assert.doesNotMatch(text, /Compare the quotes/);
});

/** The invitations of both suppliers, who take part. */
async function invited(it, demand) {
  went(await it.buyer.post(`/linkage/demands/${demand}/invite`, [['id', it.firms[0]], ['id', it.firms[1]], ['message', 'Mời báo giá']]));
  const all = await records(it.db, 'invitation', `demand=${demand}`);
  for (const [i, { id }] of all.entries()) went(await it.suppliers[i].post(`/linkage/invitations/${id}/accept`, {}));
  return all.map(({ id }) => id);
}

async function quoted(it, supplier, invitation, fields) {
  const id = idIn(went(await send(supplier, it.base, '/workspace/quotes/new', { version: '0', invitation, currency: 'USD', ...fields })), 'BG');
  went(await supplier.post(`/linkage/invitations/${invitation}/quote/send`, { quote: id }));
  return id;
}

const addDrawing = (it, demand, name, bytes, title = 'Vỏ, 2 tờ') =>
  send(it.buyer, it.base, `/linkage/demands/${demand}/drawings`, { title }, { field: 'file.file', name, bytes });

async function textOf(t, bytes, sheet) {
  const path = join(temporaryDirectory(t), 'drawing.pdf');
  writeFileSync(path, bytes);
  return (await command('pdftotext', ['-layout', '-f', String(sheet), '-l', String(sheet), path, '-'])).stdout;
}

test('a demand goes its whole way, and its supplier becomes a direct supplier', async (t) => {
  const it = await market(t), before = (await get(it.base, '/direct-suppliers.json')).text;
  const demand = await opened(it), [first, second] = await invited(it, demand);
  const desk = (await it.buyer.get(`/en/linkage/demands/${demand}`)).text;
  assert.match(desk, /id="invitations".*Takes part.*id="quotes".*id="questions".*id="best".*Who fits best/s, 'what has happened comes first');
  assert.ok(attributes(desk, 'input', 'name').filter((name) => name === 'id').length <= 5, 'the best five can be invited');
  assert.ok(links(desk).some((link) => /^\/en\/match\?process=die-casting/.test(link)), 'and all found with the same criteria');

  const seen = (await it.suppliers[0].get(`/en/linkage/invitations/${first}`)).text;
  assert.match(seen, /Sakura Parts/, 'invited by the buyer itself, who is known then');
  went(await it.suppliers[0].post(`/linkage/invitations/${first}/ask`, { text: 'Dung sai phẳng là bao nhiêu?' }));
  const [{ id: question }] = await records(it.db, 'question', `demand=${demand}`);
  went(await it.buyer.post(`/linkage/demands/${demand}/answer`, { question, answer: '0,05 mm' }));
  const told = (await it.suppliers[1].get(`/en/linkage/invitations/${second}`)).text;
  assert.match(told, /0,05 mm/, 'all suppliers read the answer');

  const cheap = await quoted(it, it.suppliers[0], first, { price: '1,25', tooling: '9000', lead_days: '40' });
  await quoted(it, it.suppliers[1], second, { price: '1,5', tooling: '8000', lead_days: '30' });
  const { rows } = JSON.parse((await it.buyer.get(`/en/linkage/demands/${demand}/quotes.json`)).text);
  assert.equal(rows.length, 2);
  assert.match(rows[0].best, /price/);
  assert.match(rows[1].best, /tooling/);
  assert.match(rows[1].best, /lead time/);
  const quotes = (await it.buyer.get(`/en/linkage/demands/${demand}/quotes`)).text;
  assert.match(quotes, />1\.25 USD ✓\u00a0lowest</);
  assert.match(quotes, />30 ✓\u00a0shortest</);
  assert.match((await it.buyer.get(`/en/linkage/demands/${demand}`)).text, /id="quotes".*>1\.25 USD</s);

  assert.equal((await it.buyer.post(`/linkage/demands/${demand}/choose`, { quote: cheap, reason: ' ' })).status, 422);
  const introduction = idIn(went(await it.buyer.post(`/linkage/demands/${demand}/choose`, { quote: cheap, reason: 'Giá tốt, đúng hạn' })), 'GT');
  assert.equal((await it.buyer.post(`/linkage/demands/${demand}/choose`, { quote: cheap, reason: 'Lần nữa' })).status, 409);
  const other = (await it.suppliers[1].get(`/en/linkage/invitations/${second}`)).text;
  assert.match(other, /another or nobody was chosen/);
  assert.doesNotMatch(other, /1[.,]25/);

  const path = `/en/linkage/introductions/${introduction}`;
  assert.equal((await send(it.buyer, it.base, path, { stage: 'first_order', on_day: '2026-11-20' })).status, 422, 'an order has an amount');
  went(await send(it.suppliers[0], it.base, path, { stage: 'sample', on_day: '2026-11-21' }));
  went(await send(it.buyer, it.base, path, { stage: 'first_order', on_day: '2026-11-22', amount: '50000', currency: 'USD' },
    { field: 'evidence.file', name: 'order.pdf', bytes: drawingOf('Order') }));
  const timeline = (await it.suppliers[0].get(path)).text;
  assert.match(timeline, /First order.*50,000/s);
  assert.match(timeline, /To come<\/span> <strong>Value of a year/);
  assert.doesNotMatch(timeline, /To come<\/span> <strong>Audit/, 'a stage that was skipped is not waited for');
  const after = (await get(it.base, '/direct-suppliers.json')).text;
  assert.ok(!before.includes(it.firms[0]), 'it was none before');
  assert.ok(after.includes(it.firms[0]), after);
  await output(['verify', '--db', it.db]);
});

test('a drawing leaves with the name of its reader on each page, after an agreement, and each opening is logged', async (t) => {
  const it = await market(t), demand = await opened(it), [first] = await invited(it, demand);
  went(await addDrawing(it, demand, 'vỏ.pdf', drawingOf('Housing')));
  const shown = () => it.suppliers[0].get(`/en/linkage/invitations/${first}`);
  assert.doesNotMatch((await shown()).text, /\/drawings\/\d/);
  went(await it.suppliers[0].post(`/linkage/invitations/${first}/agree`, {}));
  const [action] = attributes((await shown()).text, 'form', 'action').filter((one) => /\/drawings\/\d+$/.test(one));
  assert.match((await it.suppliers[0].get(action)).location, /#drawings$/, 'a link opens nothing');
  const form = new URLSearchParams({ form_token: await it.suppliers[0].token() });
  const response = await fetch(new URL(action, it.base), { method: 'POST', redirect: 'manual', body: form,
    headers: { origin: new URL(it.base).origin, cookie: [...it.suppliers[0].jar].map(([name, value]) => `${name}=${value}`).join('; ') } });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('cache-control'), /no-store/);
  assert.match(response.headers.get('content-disposition'), /attachment/);
  const bytes = Buffer.from(await response.arrayBuffer());
  for (const sheet of [1, 2]) {
    const text = await textOf(t, bytes, sheet);
    assert.match(text, /Housing/);
    assert.match(text, new RegExp(it.suppliers[0].email.split('@')[0]));
    assert.match(text, new RegExp(it.firms[0]));
    assert.match(text, /CONFIDENTIAL/);
  }
  const log = (await it.buyer.get(`/en/linkage/demands/${demand}`)).text;
  assert.match(log, /Who opened what, when/);
  assert.match(log, new RegExp(it.suppliers[0].email.split('@')[0]));
});

test('a drawing that cannot be marked is refused when it is sent, and the server goes on', async (t) => {
  const it = await market(t), demand = await opened(it);
  const refused = async (name, bytes, why) => {
    const { status, text } = await addDrawing(it, demand, name, bytes);
    assert.equal(status, 422, text);
    assert.match(text, why);
  };
  await refused('vỏ.dwg', Buffer.from('AC1027\0\0drawing'), /PDF, PNG, JPEG, DXF/);
  await refused('vỏ.pdf', Buffer.from('%PDF-1.7\nnothing of the sort'), /damaged|hỏng/i);
  await refused('vỏ.png', Buffer.from('\x89PNG\r\n\x1a\nIHDR', 'latin1'), /damaged|hỏng/i);
  assert.equal((await it.buyer.get(`/linkage/demands/${demand}`)).status, 200);
  const all = (await records(it.db, 'demand')).find(({ id }) => id === demand);
  assert.equal((all.drawings ?? []).length, 0);
});

test('what is another’s is not there: demands, invitations, drawings, quotes, introductions', async (t) => {
  const it = await market(t), demand = await opened(it), [first, second] = await invited(it, demand);
  went(await addDrawing(it, demand, 'vỏ.pdf', drawingOf('Housing')));
  for (const who of [it.stranger, ...it.suppliers]) {
    for (const path of [`/linkage/demands/${demand}`, `/linkage/demands/${demand}/quotes`, `/linkage/demands/${demand}/quotes.csv`])
      assert.equal((await who.get(path)).status, 404, path);
    for (const act of ['invite', 'choose', 'extend', 'withdraw', 'submit'])
      assert.equal((await who.post(`/linkage/demands/${demand}/${act}`, { id: it.firms[0], until: '25/12/2026' })).status, 404, act);
    assert.equal((await send(who, it.base, `/linkage/demands/${demand}/drawings`, { title: 'x' })).status, 404);
  }
  for (const [who, theirs] of [[it.stranger, first], [it.suppliers[0], second], [it.suppliers[1], first]]) {
    assert.equal((await who.get(`/linkage/invitations/${theirs}`)).status, 404);
    for (const act of ['accept', 'agree', 'ask', 'drawings/1', 'quote/send'])
      assert.equal((await who.post(`/linkage/invitations/${theirs}/${act}`, { text: 'x' })).status, 404, act);
  }
  assert.equal((await it.buyer.post(`/linkage/invitations/${first}/drawings/1`, {})).status, 404, 'the buyer opens its drawings elsewhere');
  const visitor = client(it.base);
  assert.match((await visitor.get(`/linkage/demands/${demand}`)).location, /sign-in/);
  for (const path of ['/linkage/demands/NC-999999-9', '/linkage/demands/x', '/linkage/invitations/LI-999999-9', '/linkage/introductions/GT-1'])
    assert.equal((await it.officer.get(path)).status, 404, path);
});

test('who is not admitted does not learn who an unnamed buyer is', async (t) => {
  const it = await market(t), demand = await opened(it);
  went(await it.officer.post(`/linkage/demands/${demand}/invite`, { id: it.firms[0] }));
  const [{ id }] = await records(it.db, 'invitation', `demand=${demand}`);
  const shown = async () => (await it.suppliers[0].get(`/en/linkage/invitations/${id}`)).text;
  assert.doesNotMatch(await shown(), /Sakura|Tanaka|sakura/);
  assert.match(await shown(), /A buyer \(Japan\)/);
  went(await it.suppliers[0].post(`/linkage/invitations/${id}/interest`, {}));
  assert.doesNotMatch(await shown(), /Sakura|Tanaka|sakura/);
  went(await it.buyer.post(`/linkage/demands/${demand}/admit`, { invitation: id }));
  assert.match(await shown(), /Sakura Parts/);
  assert.equal((await it.buyer.post(`/linkage/demands/${demand}/admit`, { invitation: id })).status, 409, 'twice');
});

test('drawings end with their day, and more time opens them again', async (t) => {
  const it = await market(t), demand = await opened(it), [first] = await invited(it, demand);
  went(await addDrawing(it, demand, 'vỏ.pdf', drawingOf('Housing')));
  went(await it.suppliers[0].post(`/linkage/invitations/${first}/agree`, {}));
  const [action] = attributes((await it.suppliers[0].get(`/linkage/invitations/${first}`)).text, 'form', 'action').filter((one) => /\/drawings\/\d+$/.test(one));
  const until = (day) => it.buyer.post(`/linkage/demands/${demand}/extend`, { until: day });
  assert.equal((await until('01/01/2020')).status, 422);
  assert.equal((await until('soon')).status, 422);
  went(await until('31/12/2026'));
  const [{ drawings_until }] = (await records(it.db, 'invitation', `demand=${demand}`)).filter(({ id }) => id === first);
  assert.equal(drawings_until, '2026-12-31');
  const later = await serve(t, it.db, [], { MATXICH_NOW: '2027-01-02T01:00:00Z' });
  const late = await (await signedIn(it.db, later, it.suppliers[0].email)).post(action, {});
  assert.equal(late.status, 403, late.text);
  assert.match(late.text, /đã hết|is over/i);
});

test('a search becomes a demand with what was understood filled in', async (t) => {
  const it = await market(t);
  const { location } = await it.buyer.get(`/en/linkage/demands/new?q=${encodeURIComponent('die casting, press over 250 t, within 40 km of Noi Bai')}&hs_code=8708`);
  const form = (await it.buyer.get(location)).text;
  assert.match(inputValue(form, 'title'), /die casting/);
  assert.equal(inputValue(form, 'force'), '250');
  assert.equal(inputValue(form, 'distance'), '40');
  assert.equal(inputValue(form, 'hs_code'), '8708');
  for (const hostile of ['%00', '%27%3B--', 'x'.repeat(6000), '%F0%9F%98%80'.repeat(300), '.*%28%28%28']) {
    const { status } = await it.buyer.get(`/linkage/demands/new?text=${hostile}`);
    assert.ok([303, 400, 422].includes(status), `${hostile.slice(0, 20)}: ${status}`);
  }
});

test('where linkage begins says what is next, for each', async (t) => {
  const it = await market(t), demand = await opened(it);
  await invited(it, demand);
  assert.match((await it.stranger.get('/en/linkage')).text, /No demand yet/);
  assert.match((await it.buyer.get('/en/linkage')).text, new RegExp(`/en/linkage/demands/${demand}`));
  assert.match((await it.suppliers[0].get('/en/linkage')).text, /\/en\/linkage\/invitations\/LI-/);
  assert.match((await it.officer.get('/en/linkage')).text, /Open demands/);
  assert.equal((await it.buyer.get(`/workspace/demands/${demand}`)).location, `/linkage/demands/${demand}`, 'the record leads to its desk');
  assert.equal((await it.buyer.get(`/workspace/demands/${demand}?all=1`)).status, 200);
  assert.match(await page(it.base, '/en/direct-suppliers'), /Direct suppliers/);
});
