import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  /** File of the authority that the gateway trusts in place of the public ones. */
  readonly ca: string;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** A throw-away authority and one certificate for all these hosts. */
export function makeCertificates(folder: string, hosts: readonly string[]): Certificates {
  const at = (name: string) => join(folder, name);
  const request = (name: string) => [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', `/CN=${name}`, '-out', at(`${name}.crt`), '-keyout', at(`${name}.key`)],
  ];
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  openssl(...request('ca'), '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
  openssl(
    ...request('providers'),
    ...['-CA', at('ca.crt'), '-CAkey', at('ca.key')],
    ...['-addext', `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`],
    ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=serverAuth'],
  );
  return {
    ca: at('ca.crt'),
    cert: readFileSync(at('providers.crt')),
    key: readFileSync(at('providers.key')),
  };
}
