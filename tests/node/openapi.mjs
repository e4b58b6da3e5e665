// Judges JSON by the schemas of an OpenAPI 3.1 document (JSON Schema 2020-12, of which the keywords below), and the document itself.

const KEYWORDS = new Set(['$ref', 'type', 'title', 'description', 'readOnly', 'properties', 'required', 'items', 'additionalProperties', 'enum', 'format',
  'minimum', 'maximum', 'minLength', 'maxLength', 'pattern', 'oneOf', 'anyOf']);
const TYPES = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

const typeOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value);
const isOfType = (value, type) => typeOf(value) === type || (type === 'number' && typeOf(value) === 'integer');
const FORMATS = {
  date: /^\d{4}-\d\d-\d\d$/, 'date-time': /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, email: /^[^@\s]+@[^@\s]+$/, uri: /^[a-z][a-z+.-]*:\/\/\S+$/,
};

const resolved = (document, ref) => ref.split('/').slice(1).reduce((at, key) => at?.[key], document);

/** Where a value is not what the schema says: "items/0/id: 7 is not string", … */
export function mismatches(document, schema, value, at = '') {
  if (schema.$ref) return mismatches(document, resolved(document, schema.$ref), value, at);
  const types = [schema.type ?? []].flat();
  if (types.length && !types.some((type) => isOfType(value, type))) return [`${at}: ${JSON.stringify(value)} is not ${types.join(' or ')}`];
  const found = [];
  const must = (good, what) => good || found.push(`${at}: ${JSON.stringify(value)} ${what}`);
  if (schema.enum) must(schema.enum.includes(value), `is none of ${schema.enum}`);
  if (typeof value === 'string') {
    must([...value].length <= (schema.maxLength ?? Infinity), `is longer than ${schema.maxLength}`);
    must(!FORMATS[schema.format] || FORMATS[schema.format].test(value), `is no ${schema.format}`);
    must(!schema.pattern || new RegExp(schema.pattern, 'u').test(value), `does not match ${schema.pattern}`);
  }
  if (typeof value === 'number') must(value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity), 'is out of range');
  for (const kind of ['oneOf', 'anyOf']) {
    if (schema[kind]) must(schema[kind].some((one) => mismatches(document, one, value, at).length === 0), `is ${kind} nothing described`);
  }
  if (Array.isArray(value) && schema.items) value.forEach((item, i) => found.push(...mismatches(document, schema.items, item, `${at}/${i}`)));
  if (typeOf(value) === 'object' && (schema.properties || schema.additionalProperties)) {
    for (const name of schema.required ?? []) must(name in value, `lacks ${name}`);
    for (const [name, inside] of Object.entries(value)) {
      const known = schema.properties?.[name] ?? schema.additionalProperties;
      if (!known) found.push(`${at}/${name} is not described`);
      else if (known !== true) found.push(...mismatches(document, known, inside, `${at}/${name}`));
    }
  }
  return found;
}

function wrongSchema(document, schema, at) {
  const found = Object.keys(schema).filter((key) => !KEYWORDS.has(key)).map((key) => `${at}: ${key} is no keyword known here`);
  if (schema.$ref && !resolved(document, schema.$ref)) found.push(`${at}: ${schema.$ref} leads nowhere`);
  for (const type of [schema.type ?? []].flat()) if (!TYPES.has(type)) found.push(`${at}: there is no type ${type}`);
  const inside = [...Object.entries(schema.properties ?? {}), ...(schema.items ? [['items', schema.items]] : []),
    ...(typeof schema.additionalProperties === 'object' ? [['*', schema.additionalProperties]] : []),
    ...Object.entries({ ...schema.oneOf, ...schema.anyOf })];
  return found.concat(inside.flatMap(([name, one]) => wrongSchema(document, one, `${at}/${name}`)));
}

/** What is wrong with the document itself: a line for each. */
export function undescribed(document) {
  const found = [];
  const must = (good, what) => good || found.push(what);
  must(document.info?.title && document.info?.version, 'info lacks title or version');
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) found.push(...wrongSchema(document, schema, name));
  const operations = new Set();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    must(path.startsWith('/'), `${path} does not begin with /`);
    for (const [method, operation] of Object.entries(item)) {
      const at = `${method} ${path}`;
      must(['get', 'post', 'put', 'delete', 'patch', 'head', 'options', 'trace'].includes(method), `${at}: no method`);
      must(operation.operationId && !operations.has(operation.operationId), `${at}: operationId is missing or taken`);
      operations.add(operation.operationId);
      const named = (where) => (operation.parameters ?? []).filter((p) => p.in === where).map((p) => p.name);
      must(String(named('path').sort()) === String([...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()), `${at}: the parameters of the path`);
      must(new Set(named('query')).size === named('query').length, `${at}: a parameter is there twice`);
      for (const p of operation.parameters ?? []) {
        must(p.schema && (p.in !== 'path' || p.required === true), `${at}: the parameter ${p.name}`);
        found.push(...wrongSchema(document, p.schema ?? {}, `${at} ${p.name}`));
      }
      must(Object.keys(operation.responses ?? {}).length > 0, `${at}: no response`);
      for (const [status, { description, content = {} }] of Object.entries(operation.responses ?? {})) {
        must(/^[1-5]\d\d$|^default$/.test(status) && description, `${at} ${status}: no status or no description`);
        for (const { schema } of Object.values(content)) found.push(...wrongSchema(document, schema, `${at} ${status}`));
      }
    }
  }
  return found;
}
