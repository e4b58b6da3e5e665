// A certificate for 127.0.0.1 that nobody vouches for.
import { join } from 'node:path';
import { command, temporaryDirectory } from './matxich.mjs';

/** [certificate, key]: files. */
export async function ownCertificate(t) {
  const folder = temporaryDirectory(t);
  const [certificate, key] = [join(folder, 'certificate'), join(folder, 'key')];
  const { code, stderr } = await command('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1',
    '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate]);
  if (code !== 0) throw new Error(stderr);
  return [certificate, key];
}
