// Readers' names in drawings, put there by a process without rights.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matxich } from '../node/matxich.mjs';

const mark = (kind, file) => matxich(['mark', kind, '--lang', 'en'], { input: `CONFIDENTIAL\nNguyễn Văn Án\n\n${file}` });

test('a model is marked with the lines that come before it', async () => {
  const { code, stdout } = await mark('step', 'ISO-10303-21;\nHEADER;\n');
  assert.equal(code, 0);
  assert.equal(stdout, 'ISO-10303-21;\n/*\n   CONFIDENTIAL\n   Nguy\\X2\\1EC5\\X0\\n V\\X2\\0103\\X0\\n \\X2\\00C1\\X0\\n\n*/\nHEADER;\n');
});

test('what cannot be marked is refused with what to do, and nothing of it comes out', async () => {
  for (const [kind, file, expected, why] of [
    ['dwg', 'AC1027', 4, /PDF, PNG, JPEG, DXF/], ['pdf', '%PDF-1.7 none', 2, /damaged/], ['pdf', '', 2, /damaged/], ['png', 'x'.repeat(100), 6, /too large/],
    ['jpg', '\xFF\xD8\xFF', 2, /damaged/],
  ]) {
    const { code, stdout, stderr } = await mark(kind, file);
    assert.equal(code, expected, `${kind}: ${stderr}`);
    assert.match(stderr, why);
    assert.equal(stdout, '');
  }
});

test('without a line there is nothing to put in', async () => {
  const { code } = await matxich(['mark', 'pdf', '--lang', 'en'], { input: '\n%PDF-1.7' });
  assert.equal(code, 8);
});
