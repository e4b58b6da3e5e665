// The register's supply network as the files that `matxich risk` reads, worked out from what the register exports: the way from links to
// the city's ranking that shares nothing with the pages but the engine.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { output, records, sql, temporaryDirectory } from './matxich.mjs';

const purchases = 0.7, small = 0.02;             // of revenue, as src/programme/network/supply.h says
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

function latest(figures, column) {
  const known = Object.entries(figures).filter(([, figure]) => figure[column] !== null).sort(([a], [b]) => a - b);
  return known.at(-1)?.[1][column] ?? NaN;
}

/** What the link is worth a year. */
function value(link, supplierRevenue, buyerRevenue) {
  const stated = [link.value_by_supplier, link.value_by_buyer].filter((v) => v !== null);
  if (stated.length) return sum(stated) / stated.length;
  if (link.share_by_supplier !== null && supplierRevenue) return link.share_by_supplier / 100 * supplierRevenue;
  if (link.share_by_buyer !== null && buyerRevenue) return link.share_by_buyer / 100 * (purchases * buyerRevenue);
  const known = [supplierRevenue, purchases * buyerRevenue].filter((v) => v >= 0);
  return known.length ? small * Math.min(...known) : 0;
}

/** What was given in confidence, no list shows: it is read behind the program's back, as it takes part in sums. */
async function blended(db, firms) {
  const number = new Map(firms.map((firm) => [`${firm.outside ? 1 : 0}|${Number(firm.id.slice(3, -2))}`, firm.id]));
  const said = await sql(db, 'select blend, supplier_outside, supplier, buyer_outside, buyer, value from blend_part where ended = 0');
  const rows = said.trim().split('\n').filter(Boolean).map((line) => line.split('|')).map(([blend, sellerOutside, seller, buyerOutside, buyer, worth]) =>
    ({ blend, from: number.get(`${sellerOutside}|${seller}`), to: number.get(`${buyerOutside}|${buyer}`), value: Number(worth) }));
  return [...new Set(rows.map(({ blend }) => blend))].flatMap((blend) => {
    const parts = rows.filter((row) => row.blend === blend), each = sum(parts.map((part) => part.value)) / parts.length ** 2;
    return parts.flatMap(({ from }) => parts.map(({ to }) => ({ from, to, value: each })));
  });
}

/** An industry needs another where links marked so carry half of the value between the two. */
function classes(links, industryOf) {
  const all = new Map(), essential = new Map(), names = [...new Set(industryOf.values())];
  for (const link of links) {
    const cell = `${industryOf.get(link.from)} ${industryOf.get(link.to)}`;
    all.set(cell, (all.get(cell) ?? 0) + link.value);
    if (link.essential) essential.set(cell, (essential.get(cell) ?? 0) + link.value);
  }
  const one = (from, to) => (essential.get(`${from} ${to}`) > 0 && essential.get(`${from} ${to}`) * 2 >= all.get(`${from} ${to}`) ? 2 : 1);
  return [['', ...names], ...names.map((from) => [from, ...names.map((to) => one(from, to))])];
}

/** The losses that `matxich risk` finds when each enterprise of the register stops on the day: [{ id, loss }], the greatest first. */
export async function losses(t, db, day) {
  const [enterprises, outside, told] = await Promise.all(['enterprise', 'outside_company', 'supply_link'].map((list) => records(db, list)));
  const firms = [...enterprises.map(({ id, vsic_codes: [vsic], figures }) => ({ id, vsic, revenue: latest(figures, 'revenue') })),
    ...outside.map(({ id, vsic_code: vsic }) => ({ id, vsic, revenue: NaN, outside: true }))];
  const revenueOf = new Map(firms.map(({ id, revenue }) => [id, revenue]));
  const industryOf = new Map(firms.map(({ id, vsic }) => [id, vsic?.slice(0, 9) ?? '-']));
  const links = told.filter((l) => l.state !== 'refuted' && (l.since ?? '') <= day && (l.until ?? '9999') >= day).map((l) => {
    const from = l.supplier_enterprise ?? l.supplier_company, to = l.buyer_enterprise ?? l.buyer_company;
    return { from, to, essential: l.essential === true, value: value(l, revenueOf.get(from), revenueOf.get(to)) };
  });
  const everything = [...links, ...await blended(db, firms)], sold = new Map();
  for (const { from, value: worth } of everything) sold.set(from, (sold.get(from) ?? 0) + worth);
  const sales = firms.map(({ id, revenue, outside: out }) => ({ id, out, all: Math.max(sold.get(id) ?? 0, revenue || 0) }));

  const folder = temporaryDirectory(t);
  const file = (name, rows) => {
    writeFileSync(join(folder, name), `${rows.map((row) => row.join(',')).join('\n')}\n`);
    return join(folder, name);
  };
  const csv = await output(['risk', '--firms', file('firms.csv', [['id', 'industry'], ...industryOf]),
    '--links', file('links.csv', [['supplier', 'customer', 'weight'], ...everything.map(({ from, to, value: worth }) => [from, to, worth])]),
    '--revenue', file('revenue.csv', [['id', 'revenue'], ...sales.map(({ id, all }) => [id, all])]),
    '--weights', file('weights.csv', [['id', 'weight'], ...sales.map(({ id, out, all }) => [id, out ? 0 : all])]),
    '--classes', file('classes.csv', classes(links, industryOf))]);
  const registered = new Set(enterprises.map(({ id }) => id));
  return csv.trim().split('\n').slice(1).map((line) => line.split(',')).filter(([id]) => registered.has(id))
    .map(([id, loss]) => ({ id, loss: Number(loss) })).sort((a, b) => b.loss - a.loss);
}
