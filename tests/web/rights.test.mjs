// Why may I, or may I not: the pages that say it, asked by several people about their own, another's and no record.
import assert from 'node:assert/strict';
import { fixedClock, onBothDatabases, output, records, serve, sql, temporaryDirectory } from '../node/matxich.mjs';
import { file, taxCode } from '../node/office.mjs';
import { someone } from '../node/people.mjs';

const ROWS = `Tên doanh nghiệp,MST,Người đại diện,Ghi chú
Công ty TNHH Cơ khí Ban Mai,${taxCode(0)},Nguyễn Văn Bình,đã gọi hai lần
Công ty TNHH Đúc Hoàng Hôn,${taxCode(1)},Trần Thị Cúc,chưa trả lời
`;

async function office(t, db) {
  await output(['import', 'enterprise', file(temporaryDirectory(t), 'two.csv', ROWS), '--db', db], { env: fixedClock });
  const [own, hidden] = (await records(db)).map((r) => r.id);
  await sql(db, `update enterprise set visibility = 'hidden' where tax_code = '${taxCode(1)}'`);
  return { own, hidden, base: await serve(t, db) };
}

onBothDatabases('everybody who is signed in sees every right and which are theirs, on one page', async (t, db) => {
  const { base } = await office(t, db);
  const officer = await someone(t, db, base, 'officer');
  const jobless = await someone(t, db, base, 'enterprise');
  const page = await officer.get('/en/workspace/rights');
  assert.equal(page.status, 200);
  for (const list of ['enterprise', 'account', 'setting']) assert.ok(page.text.includes(`id="${list}"`), list);
  assert.match((await jobless.get('/en/workspace/rights')).text, /the account works for no organisation/);
  assert.equal((await officer.get('/en/workspace/rights?account=TK-000001-3')).status, 403);
});

onBothDatabases('of a record it says field by field what is seen and written, and whom to ask', async (t, db) => {
  const { base, own } = await office(t, db);
  const owner = await someone(t, db, base, 'enterprise', ['--organisation', own]);
  const { status, text } = await owner.get(`/en/workspace/rights/enterprises/${own}`);
  assert.equal(status, 200, text);
  assert.match(text, /With this record the account may: read, propose changes\./);
  const field = (label) => text.match(new RegExp(`<th scope="row">${label}</th>(.*?)</tr>`, 's'))[1].replace(/<[^>]*>/g, '|').replace(/\|+/g, '|');
  assert.equal(field('Legal representative'), '|Yes|Yes|');
  assert.match(field('Note'), /^\|No\| Only for: .*\|No\| Only for: .*Officer of the Department of Industry and Trade/);
  assert.match(field('Size class'), /\|Yes\|No\| Worked out, not entered\.\|/);
});

onBothDatabases('of a record that is not theirs to see it says what it says of one that does not exist', async (t, db) => {
  const { base, own, hidden } = await office(t, db);
  const owner = await someone(t, db, base, 'enterprise', ['--organisation', own]);
  const admin = await someone(t, db, base, 'admin');
  const [there, not] = await Promise.all([hidden, 'DN-000777-8'].map(async (id) => {
    const { status, text } = await owner.get(`/en/workspace/rights/enterprises/${id}`);
    return { status, text: text.replaceAll(id, 'ID').replace(/value="[\w-]{43,}"/g, '') };
  }));
  assert.deepEqual(there, not);
  assert.match(there.text, /which of the two is not told/);

  const answer = await admin.get(`/en/workspace/rights/enterprises/${hidden}`);
  assert.match(answer.text, /With this record the account may: read, create, change/);
  const [{ id }] = (await records(db, 'account')).filter((one) => one.email === owner.email);
  const about = await admin.get(`/en/workspace/rights/enterprises/${hidden}?account=${id}`);
  assert.match(about.text, /The account may do nothing with this record, nor see it\./);
  assert.match(about.text, /the record belongs to another organisation/);
  const asked = await admin.get(`/en/workspace/rights?list=enterprises&id=${hidden}&account=${id}`);
  assert.deepEqual([asked.status, asked.location], [303, `/en/workspace/rights/enterprises/${hidden}?account=${id}`]);
});
