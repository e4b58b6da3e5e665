// Makes build/web/ (or the directory given) from web/ and the npm packages: what the binary carries.
//
//   assets/NAME.HASH.EXT   served for ever: the name changes when the bytes do; beside it .gz and .br
//   templates/NAME.html    the page templates, without comments and indentation
//   manifest.tsv           a line for each asset: the name templates and code use, the file, its content type
//
// Sources write "/assets/NAME.EXT"; every such name becomes its hashed one here, and an unknown one stops the
// build.  The same sources always give the same bytes.  Rules of the page (no data: addresses, no inline
// style or script) are checked here too, so a page can be served under a strict content security policy.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const web = dirname(fileURLToPath(import.meta.url));
const packages = join(web, '../node_modules');
const out = process.argv[2] ?? join(web, '../build/web');

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const FONT = 'be-vietnam-pro';
const WEIGHTS = [400, 600];

const hashed = new Map();               // "portal.css" -> "portal.1f2e3d4c5b.css"
const manifest = [];

function addAsset(name, content) {
  const bytes = Buffer.from(content);
  const ext = extname(name);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const file = `${basename(name, ext)}.${hash}${ext}`;
  writeFileSync(join(out, 'assets', file), bytes);
  if (ext !== '.woff2') {
    writeFileSync(join(out, 'assets', `${file}.gz`), gzipSync(bytes, { level: 9 }));
    writeFileSync(join(out, 'assets', `${file}.br`), brotliCompressSync(bytes));
  }
  hashed.set(name, file);
  manifest.push(`${name}\t${file}\t${TYPES[ext]}\n`);
}

function withHashedNames(text, where) {
  return text.replace(/\/assets\/([\w.-]+)/g, (_, name) => {
    if (!hashed.has(name)) throw new Error(`${where}: there is no asset "${name}"`);
    return `/assets/${hashed.get(name)}`;
  });
}

const filesOf = (directory) => readdirSync(join(web, directory)).sort()
  .map((name) => ({ name, text: readFileSync(join(web, directory, name), 'utf8') }));

function addFonts() {
  for (const script of ['latin', 'vietnamese'])
    for (const weight of WEIGHTS)
      addAsset(`${FONT}-${script}-${weight}.woff2`,
        readFileSync(join(packages, `@fontsource/${FONT}/files/${FONT}-${script}-${weight}-normal.woff2`)));
}

async function bundle(contents, loader, resolveDir) {
  const result = await build({
    stdin: { contents, loader, resolveDir },
    bundle: true, minify: true, write: false, legalComments: 'none', logLevel: 'warning',
    target: ['chrome111', 'firefox113', 'safari16.4'], external: ['/assets/*'],
  });
  return result.outputFiles[0].text;
}

async function addStyles() {
  const css = await bundle(readFileSync(join(web, 'styles/portal.css'), 'utf8'), 'css', join(web, 'styles'));
  if (css.includes('data:')) throw new Error('styles: a data: address is left');
  addAsset('portal.css', withHashedNames(css, 'styles'));
}

function checkPolicy({ name, text }) {
  const inline = text.match(/<[^>]*\s(style|on\w+)=|<style|<script(?![^>]*(src=|ld\+json))/);
  if (inline) throw new Error(`templates/${name}: inline style or script: ${inline[0]}`);
}

function addTemplates(templates) {
  for (const template of templates) {
    checkPolicy(template);
    const page = template.text.replace(/<!--[^]*?-->\n?/g, '').replace(/^\s+/gm, '');
    writeFileSync(join(out, 'templates', template.name), withHashedNames(page, `templates/${template.name}`));
  }
}

rmSync(out, { recursive: true, force: true });
for (const directory of ['assets', 'templates']) mkdirSync(join(out, directory), { recursive: true });
const templates = filesOf('templates');
addFonts();
for (const image of filesOf('images')) addAsset(image.name, image.text.replace(/<!--[^]*?-->\n?/g, ''));
await addStyles();
for (const script of filesOf('scripts')) addAsset(script.name, await bundle(script.text, 'js', join(web, 'scripts')));
addTemplates(templates);
writeFileSync(join(out, 'manifest.tsv'), manifest.sort().join(''));
