// Saves of a form as people send them: each client changes the telephone of records of its own, one after another, over a connection
// that stays open.  node bench/save.mjs ADDRESS DATABASE CLIENTS TIMES prints saves a second, the median and p99 in milliseconds.
import { accounts, signedIn } from '../tests/node/people.mjs';

const [base, db, clients, times] = process.argv.slice(2);
const took = [];
const ids = (await (await fetch(`${base}/api/v1/enterprises?limit=64`)).json()).items.map(({ id }) => id);

async function save(who, id, version, phone) {
  const began = performance.now();
  const { status, location, text } = await who.post(`/workspace/enterprises/${id}/edit`, { '.version': version, phone, form_token: who.form });
  took.push(performance.now() - began);
  if (status !== 303) throw new Error(`${status}: ${text.slice(0, 400)}`);
  return location.match(/change=(\d+)/)[1];
}

async function work(number) {
  const email = `bench${clients}.${number}@example.org`;
  await accounts(null, db, [{ email }]);
  const who = await signedIn(db, base, email);
  who.form = await who.token();
  const id = ids[number];
  let version = (await who.get(`/workspace/enterprises/${id}/edit`)).text.match(/name="\.version" value="(\d+)"/)[1];
  return async () => {
    for (let i = 0; i < times / clients; i++) version = await save(who, id, version, `024 ${String(10000000 + i * 64 + number)}`);
  };
}

const workers = [];
for (let i = 0; i < clients; i++) workers.push(await work(i));
const began = performance.now();
await Promise.all(workers.map((one) => one()));
const seconds = (performance.now() - began) / 1000;
took.sort((a, b) => a - b);
const at = (share) => took[Math.floor(took.length * share)].toFixed(1);
console.log(`| ${clients} | ${Math.round(took.length / seconds)} | ${at(0.5)} | ${at(0.99)} |`);
