import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Pki {
  readonly ca: Certificate;
  readonly server: Certificate;
  readonly frontProxyCa: Certificate;
  readonly frontProxyClient: Certificate;
  /** RSA pair that signs ServiceAccount tokens. */
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
}

/** Makes the certificates of a throw-away control plane, valid for two days, with the openssl program. */
export function createPki(folder: string): Pki {
  const ca = createCa(folder, 'ca');
  const frontProxyCa = createCa(folder, 'front-proxy-ca');
  const serviceAccountKey = join(folder, 'service-account.key');
  const serviceAccountPublicKey = join(folder, 'service-account.pub');
  openssl('genrsa', '-out', serviceAccountKey, '2048');
  openssl('rsa', '-in', serviceAccountKey, '-pubout', '-out', serviceAccountPublicKey);
  return {
    ca,
    frontProxyCa,
    server: issue(folder, ca, 'server', ['localhost', 'kubernetes.default.svc']),
    frontProxyClient: issue(folder, frontProxyCa, 'front-proxy-client', []),
    serviceAccountKey,
    serviceAccountPublicKey,
  };
}

/** Issues a certificate for both ends of a connection on loopback. */
export function issue(folder: string, ca: Certificate, name: string, hosts: readonly string[]): Certificate {
  const { cert, key } = paths(folder, name);
  const names = ['IP:127.0.0.1', ...hosts.map((host) => `DNS:${host}`)].join(',');
  openssl(
    ...request(name, cert, key),
    ...['-CA', ca.cert, '-CAkey', ca.key, '-addext', `subjectAltName=${names}`],
    ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=serverAuth,clientAuth'],
  );
  return { cert, key };
}

/** The certificate's text in base64, the form of every `caBundle`. */
export function caBundle(certificate: Certificate): string {
  return readFileSync(certificate.cert).toString('base64');
}

function createCa(folder: string, name: string): Certificate {
  const { cert, key } = paths(folder, name);
  openssl(...request(name, cert, key), '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
  return { cert, key };
}

function request(name: string, cert: string, key: string): readonly string[] {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  return ['req', '-x509', ...curve, '-days', '2', '-subj', `/CN=${name}`, '-out', cert, '-keyout', key];
}

function paths(folder: string, name: string): Certificate {
  return { cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}
