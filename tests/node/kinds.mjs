// One address of every kind of page the portal has, in the demonstration; the browser, web and comparison tests visit them all.
import assert from 'node:assert/strict';
import { records } from './matxich.mjs';

/** The enterprise that has the most to show and the one that has the least, of those shown to everybody. */
export async function richAndSparse(db) {
  const shown = (await records(db)).filter((r) => r.visibility !== 'hidden').sort((a, b) => b.completeness - a.completeness);
  assert.ok(shown.length > 1);
  const parts = (r) => r.products.length + r.processes.length + r.equipment.length + r.certificates.length + Object.keys(r.figures).length;
  const best = shown.filter((r) => r.completeness === shown[0].completeness).sort((a, b) => parts(b) - parts(a));
  return [best[0].id, shown.at(-1).id];
}

/** { name, path, status, kept } of each kind; paths are the Vietnamese ones.  Pages of a search for suppliers are not kept: what is searched in vain is counted. */
export async function kinds(db) {
  const [rich, sparse] = await richAndSparse(db);
  const [ward] = await records(db, 'code', 'list=ward', 'version=2025');
  const [zone] = await records(db, 'code', 'list=industrial_zone');
  const demand = (await records(db, 'demand', 'state=open')).find(({ reach }) => reach === 'anybody');
  const [activity] = (await records(db, 'activity')).filter(({ state }) => state === 'open' || state === 'carried_out');
  const wanted = 'process=injection-moulding&certificate=IATF16949&force=250';
  const paths = {
    home: '/', directory: '/enterprises', search: '/enterprises?q=khuon+mau', filtered: `/enterprises?q=khuon&ward=${ward.code}&sort=name`,
    'without results': '/enterprises?q=xyzzy-qwerty', 'far page': '/enterprises?page=5', 'rich profile': `/enterprises/${rich}`,
    'sparse profile': `/enterprises/${sparse}`, history: `/enterprises/${rich}/history`, programme: '/programme', zones: '/zones',
    zone: `/zones/${encodeURIComponent(zone.code)}`, data: '/data', list: '/data/codes?list=ward', 'list of children': '/data/certificates', record: `/data/codes/${ward.id}`,
    'history of a record': `/data/codes/${ward.id}/history`, dictionary: '/data/dictionary',
    'search for suppliers': '/match', 'suppliers found': `/match?${wanted}`, reasons: `/match?${wanted}&why=${rich}`,
    'suppliers compared': `/match/compare?id=${rich}&id=${sparse}&${wanted}`, demands: '/demands', demand: `/demands/${demand.id}`,
    activities: '/activities', activity: `/activities/${activity.id}`,
  };
  return [...Object.entries(paths).map(([name, path]) => ({ name, path, status: 200, kept: !path.startsWith('/match') })),
    { name: 'missing page', path: '/khong-co-trang-nay', status: 404, kept: false }, { name: 'page of a wrong query', path: '/enterprises?page=none', status: 422, kept: false }];
}

export const inLanguage = (path, lang) => (lang === 'en' ? `/en${path}` : path);
