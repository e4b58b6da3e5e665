// The other tables of data/: programme, targets, figures, settings, company words, demonstration vocabulary.
import test from 'node:test';
import assert from 'node:assert/strict';
import { cells, extra, table } from './csv.mjs';

const HEADERS = {
  'programme.csv': 'code,title_vi,title_en,description_vi,description_en,section,source',
  'indicators.csv': 'code,title_vi,title_en,measure,content,activity_kind,fund_source,split,time_span,owner,frequency,valid_from,source,note',
  'targets.csv': 'code,from_year,to_year,agency,comparison,least,most,source',
  'figures.csv': 'code,label_vi,label_en,comparison,value,unit,period,group,source',
  'norms.csv': 'code,title_vi,title_en,kind,activity_kind,percent_of_cost,cap,cap_unit,from_day,to_day,citation,url,note',
  'settings.csv': 'name,value,description_vi,description_en,source',
  'company_words.csv': 'variant,token,kind,lang,note,source',
  'demo/names.csv': 'part,vi,en,group',
  'demo/people.csv': 'part,vi,en',
  'demo/streets.csv': 'kind,vi,en',
  'demo/buyers.csv': 'name_vi,name_en,country,industry,kind,province,vsic,suppliers',
  'demo/materials.csv': 'name,country,province,vsic,families,weight',
  'demo/needs.csv': 'group,needs',
  'demo/origins.csv': 'country,weight',
  'demo/remarks.csv': 'kind,vi',
  'demo/products.csv': 'group,name_vi,name_en,hs,unit,capacity_min,capacity_max,process,material,machine,industry,vsic',
  'demo/machines.csv': 'machine,maker,model,country,year_min,year_max,specs',
  'demo/certifiers.csv': 'name_vi,name_en,country',
  'demo/forms.csv': 'ownership,legal_form,weight,vi,en',
  'demo/statuses.csv': 'status,weight',
  'demo/districts.csv': 'district,weight,lat,lon',
  'demo/workshops.csv': 'group,machines',
  'demo/processes.csv': 'process,tolerance_min,tolerance_max,size_min,size_max,weight_min,weight_max,materials',
  'demo/certificates.csv': 'standard,for,percent',
  'demo/activities.csv': 'key,content,kind,title_vi,title_en,agency,starts,ends,place,ward,participations,enterprises,text',
  'demo/tasks.csv': 'key,activity,title_vi,title_en,mode,starts,ends,reports,result',
  'demo/costs.csv': 'task,item,kind,quantity,unit,price,source,support,rest_source,norm,norm_units',
  'demo/descriptions.csv': 'part,vi,en',
};

const current = (name) => {
  const rows = table(`lists/${name}.csv`);
  const latest = rows.map((r) => r.version).sort().at(-1);
  return new Map(rows.filter((r) => r.version === latest).map((r) => [r.code, r]));
};

const unique = (rows, key) => {
  const keys = rows.map(key);
  assert.equal(new Set(keys).size, keys.length, keys.filter((k, i) => keys.indexOf(k) !== i).join(', '));
};

test('every table has its header', () => {
  for (const [file, header] of Object.entries(HEADERS)) assert.equal(cells(file)[0].join(','), header, file);
});

test('the programme has its nine contents, 3.1 to 3.9', () => {
  assert.deepEqual(table('programme.csv').map((r) => r.code), ['3.1', '3.2', '3.3', '3.4', '3.5', '3.6', '3.7', '3.8', '3.9']);
});

test('a norm says a percentage or a cap with its unit, since when, and where that is said; its codes exist', () => {
  const norms = table('norms.csv');
  const known = (list, key) => !key || current(list).has(key.replace('2026/', ''));
  unique(norms, (r) => r.code);
  for (const row of norms) {
    assert.match(row.code, /^[a-z0-9-]+\/\d{4}$/, row.code);
    assert.ok(row.percent_of_cost || row.cap, row.code);
    assert.ok(!row.percent_of_cost || (row.percent_of_cost > 0 && row.percent_of_cost <= 100), row.code);
    assert.ok(!row.cap || row.cap_unit, row.code);
    assert.match(row.from_day, /^\d{4}-\d\d-\d\d$/, row.code);
    for (const column of ['title_vi', 'title_en', 'citation', 'url']) assert.ok(row[column], `${row.code}: ${column}`);
    assert.ok(known('activity_kind', row.activity_kind) && known('expense_kind', row.kind), row.code);
  }
});

test('a stated figure has a number, a unit, a known comparison, both labels and a source', () => {
  unique(table('figures.csv'), (r) => `${r.code} ${r.period} ${r.comparison}`);
  for (const row of table('figures.csv')) {
    assert.match(row.value, /^-?\d+(\.\d+)?$/, row.code);
    assert.match(row.comparison, /^(exact|about|nearly|more than|min|max)$/, row.code);
    for (const column of ['label_vi', 'label_en', 'unit', 'period', 'source']) assert.ok(row[column], `${row.code}: ${column}`);
  }
});

test('an indicator is of a known content and agency, and a target of an indicator, with its numbers, years and source', () => {
  const indicators = new Set(table('indicators.csv').map(({ code }) => code)), known = (list, code) => !code || current(list).has(code);
  unique(table('indicators.csv'), ({ code }) => code);
  for (const row of table('indicators.csv')) {
    for (const column of ['title_vi', 'title_en', 'measure', 'split', 'time_span', 'owner', 'frequency', 'source']) assert.ok(row[column], `${row.code}: ${column}`);
    assert.ok(known('programme_content', row.content) && known('agency', row.owner), row.code);
  }
  unique(table('targets.csv'), (r) => `${r.code} ${r.from_year} ${r.agency}`);
  for (const row of table('targets.csv')) {
    assert.ok(indicators.has(row.code), row.code);
    assert.ok(Number(row.from_year) <= Number(row.to_year) && Number(row.least) > 0, row.code);
    assert.equal(row.comparison === 'between', row.most !== '', row.code);
    assert.ok(row.source && (!row.most || Number(row.most) > Number(row.least)), row.code);
  }
});

test('size classes grow from micro to medium, and large has no limit', () => {
  const classes = [...current('size_class').values()];
  assert.deepEqual(classes.map((r) => r.code), ['micro', 'small', 'medium', 'large']);
  for (const key of ['employees', 'revenue', 'capital']) {
    const limits = classes.slice(0, 3).map((r) => Number(extra(r.extra).get(key)[0]));
    assert.deepEqual(limits, [...limits].sort((a, b) => a - b), key);
  }
  assert.equal(classes[3].extra, '');
});

test('the setting of standards that count is what the list of standards marks as qualifying', () => {
  const setting = table('settings.csv').find((r) => r.name === 'international_standard_certificates').value.split(';');
  const marked = [...current('standard').values()].filter((r) => extra(r.extra).has('qualifies')).map((r) => r.code);
  assert.deepEqual(setting.sort(), marked.sort());
});

test('a setting has a name of its own, a value and both descriptions', () => {
  unique(table('settings.csv'), (r) => r.name);
  for (const row of table('settings.csv')) assert.ok(row.value && row.description_vi && row.description_en, row.name);
});

test('a company word is lower case, listed once, and a legal form is one of the list', () => {
  const words = table('company_words.csv');
  const forms = current('legal_form');
  unique(words, (r) => `${r.variant} ${r.kind} ${r.lang}`);
  for (const row of words) {
    assert.equal(row.variant, row.variant.toLowerCase());
    assert.match(row.kind, /^(legal_form|branch|group|noise|weak|activity|address)$/, row.variant);
    assert.match(row.lang, /^(vi|en)$/, row.variant);
    assert.equal(row.token === '', row.kind === 'noise', row.variant);
    if (row.kind === 'legal_form') assert.ok(forms.has(row.token), `${row.variant}: ${row.token}`);
  }
});

test('the demonstration products use codes that exist and cover every group', () => {
  const list = {
    group: 'si_group', hs: 'hs', unit: 'unit', process: 'process', material: 'material', machine: 'machine', industry: 'si_industry', vsic: 'vsic',
  };
  const codes = Object.fromEntries(Object.entries(list).map(([column, name]) => [column, current(name)]));
  const products = table('demo/products.csv');
  for (const row of products) {
    for (const column of Object.keys(list)) assert.ok(!row[column] || codes[column].has(row[column]), `${row.name_vi}: ${column} ${row[column]}`);
    assert.ok(0 < Number(row.capacity_min) && Number(row.capacity_min) < Number(row.capacity_max), row.name_vi);
  }
  unique(products, (r) => r.name_vi);
  const groups = new Set(products.map((r) => r.group));
  for (const code of codes.group.keys()) if (code.includes('.')) assert.ok(groups.has(code), code);
  const named = new Set(table('demo/names.csv').filter((r) => r.part === 'activity').map((r) => r.group));
  for (const code of groups) assert.ok(named.has(code), code);
});

test('the demonstration machines give figures their kind knows, and every kind has a model', () => {
  const kinds = current('machine');
  const models = table('demo/machines.csv');
  const countries = current('country');
  for (const row of models) {
    const known = extra(kinds.get(row.machine).extra).get('specs') ?? [];
    for (const [key, [value]] of extra(row.specs)) {
      assert.ok(known.includes(key), `${row.model}: ${key}`);
      assert.match(value, /^\d+(\.\d+)?$/, `${row.model}: ${key}`);
    }
    assert.ok(countries.has(row.country) && Number(row.year_min) <= Number(row.year_max), row.model);
  }
  const used = new Set(models.map((r) => r.machine));
  for (const row of kinds.values()) if (row.parent) assert.ok(used.has(row.code), row.code);
});

test('the demonstration buyers and certifiers come from known countries and industries', () => {
  const countries = current('country');
  const industries = current('si_industry');
  for (const row of table('demo/buyers.csv')) assert.ok(countries.has(row.country) && industries.has(row.industry), row.name_vi);
  for (const row of table('demo/certifiers.csv')) assert.ok(countries.has(row.country), row.name_vi);
});

test('the shares of the demonstration are of forms, states and old districts that exist', () => {
  const [forms, owners, states, districts] = ['legal_form', 'ownership', 'enterprise_status', 'district'].map(current);
  for (const row of table('demo/forms.csv')) assert.ok(forms.has(row.legal_form) && owners.has(row.ownership), row.vi);
  for (const row of table('demo/statuses.csv')) assert.ok(states.has(row.status), row.status);
  for (const row of table('demo/districts.csv')) assert.ok(districts.has(row.district), row.district);
  for (const file of ['forms', 'statuses', 'districts']) {
    for (const row of table(`demo/${file}.csv`)) assert.match(row.weight, /^[1-9]\d*$/, file);
  }
});

test('every group has a workshop of machines that exist, and every process that can come of it has its ranges', () => {
  const machines = current('machine');
  const [processes, materials] = ['process', 'material'].map(current);
  const ranges = table('demo/processes.csv');
  unique(ranges, (r) => r.process);
  for (const row of ranges) {
    assert.ok(processes.has(row.process), row.process);
    for (const family of row.materials.split('|')) assert.ok(!family || materials.has(family), `${row.process}: ${family}`);
    for (const of of ['tolerance', 'size', 'weight']) {
      const [least, most] = [row[`${of}_min`], row[`${of}_max`]];
      assert.ok((!least && !most) || (0 < Number(least) && Number(least) < Number(most)), `${row.process}: ${of}`);
    }
  }
  const known = new Set(ranges.map((r) => r.process));
  const workshops = table('demo/workshops.csv');
  const groups = new Set(workshops.map((r) => r.group));
  unique(workshops, (r) => r.group);
  for (const row of workshops) {
    for (const code of row.machines.split('|')) {
      assert.ok(machines.has(code), `${row.group}: ${code}`);
      assert.ok(known.has(extra(machines.get(code).extra).get('process')[0]), code);
    }
  }
  for (const row of table('demo/products.csv')) assert.ok(groups.has(row.group) && known.has(row.process), row.name_vi);
});

test('the demonstration certificates are standards of the list, each for a group or industry there is', () => {
  const [standards, groups, industries] = ['standard', 'si_group', 'si_industry'].map(current);
  for (const row of table('demo/certificates.csv')) {
    assert.ok(standards.has(row.standard), row.standard);
    assert.ok(!row.for || groups.has(row.for) || industries.has(row.for), row.for);
    assert.ok(0 < Number(row.percent) && Number(row.percent) <= 100, row.standard);
  }
});

test('the sentences of descriptions have the same blanks in both languages, and every industry has its words', () => {
  const rows = table('demo/descriptions.csv');
  const blanks = (s) => s.match(/\{\w+\}/g)?.sort() ?? [];
  for (const row of rows) assert.deepEqual(blanks(row.vi), blanks(row.en), row.vi);
  for (const row of rows) for (const blank of blanks(row.vi)) assert.match(blank, /^\{(brand|year|employees|place|industry|products|processes)\}$/);
  const parts = new Set(rows.map((r) => r.part));
  for (const row of table('demo/products.csv')) assert.ok(parts.has(row.industry), row.industry);
});

test('a foreign name of the demonstration comes from a country and is nobody else\'s', () => {
  const countries = current('country');
  const foreign = table('demo/names.csv').filter((r) => r.part === 'foreign');
  unique(foreign, (r) => r.vi);
  for (const row of foreign) assert.ok(countries.has(row.group), row.vi);
});

test('who sells materials and who buys stand where there are such places, in industries there are', () => {
  const [countries, provinces, vsic, materials] = ['country', 'province', 'vsic', 'material'].map(current);
  const products = table('demo/products.csv');
  for (const row of [...table('demo/materials.csv'), ...table('demo/buyers.csv')]) {
    assert.ok(vsic.has(row.vsic) && row.vsic.length === 4 && (!row.province || provinces.has(row.province)), JSON.stringify(row));
    if (row.families) assert.ok(countries.has(row.country) && row.families.split('|').every((f) => materials.has(f)), row.name);
  }
  for (const row of table('demo/origins.csv')) assert.ok(countries.has(row.country) && row.weight > 0, row.country);
  const sold = new Set(table('demo/materials.csv').flatMap((r) => r.families.split('|')));
  for (const { material } of products.filter((p) => p.material))
    assert.ok(sold.has(materials.get(material).parent || material), `nobody sells ${material}`);
});

test('every group and every industry of buyers needs something, and somebody makes it', () => {
  const groups = new Set(table('demo/products.csv').map((r) => r.group)), needs = table('demo/needs.csv');
  unique(needs, (r) => r.group);
  for (const row of needs) for (const need of row.needs.split('|')) assert.ok(groups.has(need), `${row.group} ${need}`);
  for (const group of [...groups, ...table('demo/buyers.csv').map((r) => r.industry)]) assert.ok(needs.some((r) => r.group === group), group);
});
