// Asking the portal as a client would, without a browser.
import assert from 'node:assert/strict';

/** A GET that follows no redirect: { status, headers, bytes, text }. */
export async function get(base, path, headers = {}) {
  const response = await fetch(new URL(path, base), { redirect: 'manual', headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString() };
}

/** The body of a GET that must succeed. */
export async function page(base, path, headers) {
  const { status, text } = await get(base, path, headers);
  assert.equal(status, 200, `${path}: ${text.slice(0, 300)}`);
  return text;
}

export const json = async (base, path) => JSON.parse(await page(base, path));

const unescaped = (s) => s.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]);

/** The addresses that links of a page lead to, within the portal. */
export const links = (html) => [...new Set([...html.matchAll(/<a [^>]*?href="(\/[^"]*)"/g)].map((m) => unescaped(m[1])))];

/** The values of an attribute of the tags that match. */
export const attributes = (html, tag, name) => [...html.matchAll(new RegExp(`<${tag}\\b[^>]*? ${name}="([^"]*)"`, 'g'))].map((m) => unescaped(m[1]));

/** Tries until it holds: what runs elsewhere needs a moment. */
export async function eventually(holds, seconds = 120) {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    if (await holds()) return;
    if (Date.now() > until) throw new Error(`it did not come true in ${seconds} s: ${holds}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
