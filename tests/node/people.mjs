// People at the portal: accounts made from the command line, and clients that keep cookies and form tokens as a browser does.
import assert from 'node:assert/strict';
import { output } from './matxich.mjs';

export const password = 'Rất-dài-và-không-ai-đoán-ra-7';

/** Makes active accounts: { email, roles = 'officer', options: as of `matxich account add` }. */
export async function accounts(t, db, list) {
  for (const { email, roles = 'officer', options = [] } of list)
    await output(['account', 'add', email, '--name', email.split('@')[0], '--role', roles, ...options, '--password-stdin', '--db', db], { input: `${password}\n` });
}

const unescaped = (s) => s.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]);

/** The value of the first input of that name. */
export function inputValue(html, name) {
  const tag = html.match(new RegExp(`<input[^>]* name="${name}"[^>]*>`))?.[0];
  return tag && unescaped(tag.match(/ value="([^"]*)"/)?.[1] ?? '');
}

/** Somebody at a browser; no redirect is followed: { status, headers, location, text }. */
export function client(base) {
  const jar = new Map();
  async function ask(path, { headers = {}, ...options } = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, base), { redirect: 'manual', headers: { ...(cookie && { cookie }), ...headers }, ...options });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return { status: response.status, headers: response.headers, location: response.headers.get('location'), text: await response.text() };
  }
  const get = (path, headers) => ask(path, { headers });
  /** The token forms of this session have; of one page if its address is given. */
  const token = async (page = jar.has('__Host-session') ? '/account/password' : '/sign-in') => inputValue((await get(page)).text, 'form_token') ?? '';
  /** Sends a form as a page of ours would. */
  const post = async (path, fields, { headers = {}, page } = {}) => {
    const form = new URLSearchParams(fields);
    if (!form.has('form_token')) form.set('form_token', await token(page));
    return ask(path, { method: 'POST', headers: { origin: new URL(base).origin, ...headers }, body: form });
  };
  return { jar, ask, get, post, token };
}

/** A client who has signed in as the account of that address. */
export async function signedIn(db, base, email) {
  const one = client(base);
  const answer = await one.post('/sign-in', { email, password });
  assert.equal(answer.status, 303, answer.text);
  assert.ok(one.jar.has('__Host-session'), `${email} has no session after signing in`);
  return one;
}

/** A client who has signed in with a new account of the role (or several: 'officer,admin'). */
export async function someone(t, db, base, roles, options) {
  const email = `${roles.split(',')[0]}.${Math.random().toString(36).slice(2, 8)}@example.org`;
  await accounts(t, db, [{ email, roles, options }]);
  return Object.assign(await signedIn(db, base, email), { email });
}

/** An API token of the person: `verbs` (all, if not said) on `lists` (all). */
export async function apiToken(person, { verbs = ['read', 'create', 'change', 'delete'], lists = [] } = {}) {
  const { status, text } = await person.post('/account/tokens',
    [['name', 'test'], ['ends', '31/12/2026'], ...verbs.map((one) => ['verb', one]), ...lists.map((one) => ['list', one])]);
  assert.equal(status, 200, text);
  return text.match(/mx_[\w-]{43}/)[0];
}
