// Links of supply through the API, in sheets and as files: who may say what of them, and that other programs read them as they were meant.
import assert from 'node:assert/strict';
import { command, fixedClock, matxich, onBothDatabases, output, records, serve, temporaryDirectory } from '../node/matxich.mjs';
import { file, taxCode } from '../node/office.mjs';
import { apiToken, client, someone } from '../node/people.mjs';

const ROWS = `Tên doanh nghiệp,MST
Công ty TNHH Cơ khí Ban Mai,${taxCode(0)}
Công ty TNHH Đúc Hoàng Hôn,${taxCode(1)}
Công ty CP Nhựa Giữa Trưa,${taxCode(2)}
`;
const [ONE, TWO, THREE] = ['DN-000001-3', 'DN-000002-1', 'DN-000003-7'];

async function city(t, db) {
  await output(['import', 'enterprise', file(temporaryDirectory(t), 'three.csv', ROWS), '--db', db], { env: fixedClock });
  const base = await serve(t, db);
  const as = async (role, options) => {
    const person = await someone(t, db, base, role, options);
    const bearer = await apiToken(person);
    const call = async (method, path, body) => {
      const { status, text } = await client(base).ask(`/api/v1/${path}`, { method, body: body && JSON.stringify(body),
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' } });
      return { status, text, body: text && JSON.parse(text) };
    };
    return { call, get: person.get };
  };
  return { base, officer: await as('officer'), one: await as('enterprise', ['--organisation', ONE]), two: await as('enterprise', ['--organisation', TWO]),
    three: await as('buyer', ['--organisation', THREE]) };
}

/** Reads the file with another program: { nodes, edges }, each with what is said of it. */
async function graph(xml) {
  const program = `
import json, sys, xml.etree.ElementTree as tree
root = tree.fromstring(sys.stdin.buffer.read())
ns = '{http://graphml.graphdrawing.org/xmlns}'
keys = {k.get('id'): (k.get('for'), k.get('attr.name')) for k in root.iter(ns + 'key')}
def said(e): return {**e.attrib, 'data': {keys[d.get('key')][1]: d.text for d in e.iter(ns + 'data')}}
print(json.dumps({'nodes': [said(n) for n in root.iter(ns + 'node')], 'edges': [said(e) for e in root.iter(ns + 'edge')]}))`;
  const { code, stdout, stderr } = await command('python3', ['-c', program], { input: xml });   // its parser is expat
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

onBothDatabases('two sides tell of one link, each what it knows, and a third sees nothing of it', async (t, db) => {
  const { officer, one, two, three } = await city(t, db);
  const told = await one.call('POST', 'supply-links', { buyer_enterprise: TWO, product: 'Bánh răng', value_by_supplier: 900000000 });
  assert.equal(told.status, 201, told.text);
  const { id } = told.body;
  assert.equal(told.body.supplier, 'Công ty TNHH Cơ khí Ban Mai');
  const again = await two.call('POST', 'supply-links', { supplier_enterprise: ONE, product: 'bánh răng', value_by_buyer: 500000000, essential: true });
  assert.equal(again.body.id, id, again.text);
  assert.deepEqual([again.body.source_code ?? again.body.source, again.body.difference, again.body.value_by_supplier], ['both', 44.4, 900000000]);
  assert.equal((await two.call('PATCH', `supply-links/${id}`, { value_by_supplier: 1 })).status, 422);
  assert.equal((await three.call('GET', `supply-links/${id}`)).status, 404);
  assert.deepEqual((await three.call('GET', 'supply-links')).body.items, []);
  assert.equal((await officer.call('GET', 'supply-links')).body.items.length, 1);
  assert.match((await one.get('/workspace/notices')).text, /nhà cung cấp và bên mua khai chênh nhau quá một phần năm/);
  const disputed = await one.call('POST', `supply-links/${id}/steps/dispute`, { note: 'Số thật cao hơn' });
  assert.equal(disputed.status, 200, disputed.text);
  assert.match((await two.get('/workspace/notices')).text, /liên kết cung ứng này bị phản đối/);
});

onBothDatabases('a value that is for the other side to say is refused where it is typed', async (t, db) => {
  const { one } = await city(t, db);
  const { status, text } = await one.call('POST', 'supply-links', { buyer_enterprise: TWO, product: 'Trục', value_by_buyer: 5 });
  assert.ok([403, 422].includes(status), text);
});

onBothDatabases('a sheet of links is taken with the reasons for what is not, and comes out as a graph', async (t, db) => {
  const { officer, one } = await city(t, db);
  const sheet = file(temporaryDirectory(t), 'links.csv', `Nhà cung cấp,Quốc gia nhà cung cấp,Bên mua,Sản phẩm,Giá trị theo bên mua (triệu đồng),Tỷ trọng mua
${taxCode(0)},,Công ty TNHH Đúc Hoàng Hôn,"Vít < 3 mm & ""đai ốc""",1200,12
Ningbo Yuanhai Steel,Trung Quốc,${TWO},Thép tấm,5000,40
Công ty Không Ai Biết,,${TWO},Dầu,1,
Ningbo Yuanhai Steel,Trung Quốc,${TWO},Thép cuộn,1,60
`);
  const report = JSON.parse((await matxich(['import', 'supply_link', sheet, '--json', '--db', db], { env: fixedClock })).stdout);
  assert.deepEqual([report.added, report.rejected], [2, 2], JSON.stringify(report.problems));
  const xml = await output(['export', 'supply_link', '--format', 'graphml', '--db', db]);
  const { nodes, edges } = await graph(xml);
  assert.deepEqual(nodes.map((n) => [n.id, n.data.name, n.data.kind]).sort(), [['CT-000001-3', 'Ningbo Yuanhai Steel', 'outside'],
    [ONE, 'Công ty TNHH Cơ khí Ban Mai', 'enterprise'], [TWO, 'Công ty TNHH Đúc Hoàng Hôn', 'enterprise']]);
  assert.deepEqual(edges.map((e) => [e.source, e.target, e.data.product, e.data.value, e.data.source]), [
    [ONE, TWO, 'Vít < 3 mm & "đai ốc"', '1200000000', 'buyer'], ['CT-000001-3', TWO, 'Thép tấm', '5000000000', 'buyer']]);
  assert.equal((await officer.get('/network/graph.graphml')).text, xml);
  const mine = await graph((await one.get('/network/graph.graphml')).text);
  assert.deepEqual(mine.edges.map((e) => e.source), [ONE]);          // an enterprise has its own links
  assert.equal((await matxich(['export', 'enterprise', '--format', 'graphml', '--db', db])).code, 2);
});

onBothDatabases('what an enterprise buys is a file for itself and the office', async (t, db) => {
  const { base, officer, one, two, three } = await city(t, db);
  await officer.call('POST', 'supply-links', { supplier_enterprise: ONE, buyer_enterprise: TWO, product: 'Trục', share_by_buyer: 30 });
  await officer.call('POST', 'supply-links', { supplier_enterprise: THREE, buyer_enterprise: TWO, product: 'Cũ', until: '2020-01-01' });
  const changed = await officer.call('PATCH', `enterprises/${TWO}`, { imports: [{ product: 'Thép', country: 'Nhật Bản', share: 20 }] });
  assert.equal(changed.status, 200, changed.text);
  const bom = JSON.parse((await two.get(`/network/enterprises/${TWO}/bom.json`)).text);
  assert.deepEqual(bom.inputs.map((i) => [i.product, i.supplier?.id ?? null, i.country, i.share]), [['Trục', ONE, '2025/VN', 30], ['Thép', null, '2025/JP', 20]]);
  assert.equal((await officer.get(`/network/enterprises/${TWO}/bom.json`)).status, 200);
  for (const other of [one, three]) assert.equal((await other.get(`/network/enterprises/${TWO}/bom.json`)).status, 403);
  assert.equal((await client(base).get(`/network/enterprises/${TWO}/bom.json`)).status, 401);
  const [shown] = (await records(db)).filter((r) => r.id === TWO);
  assert.equal(shown.imports.length, 1);
  assert.ok(!(await client(base).get(`/enterprises/${TWO}.json`)).text.includes('Thép'));
});
