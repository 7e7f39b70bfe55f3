import { Agent, request as httpsRequest } from 'node:https';
import type { KubeObject, ObjectRef } from './kube-object.js';

export interface ApiProps {
  readonly server: string;
  readonly token: string;
  /** PEM text of the certificate authority. */
  readonly ca: string;
}

/** One answer of the API server. A warning counts as a failure: strict validation speaks through both. */
export interface Answer<Body = KubeObject> {
  readonly status: number;
  readonly body: Body;
  readonly warnings: readonly string[];
  /** The refusal or the warnings in one sentence, undefined where there is neither. */
  readonly failure: string | undefined;
}

export interface ApplyProps {
  /** @default false */
  readonly dryRun?: boolean;
  /** @default true */
  readonly force?: boolean;
  /** @default proving-ground */
  readonly manager?: string;
}

export interface Api {
  /** A body that is text goes out as it is, any other as JSON. */
  request<Body = KubeObject>(
    method: string,
    path: string,
    body?: unknown,
    contentType?: string,
  ): Promise<Answer<Body>>;
  /** Path of an object, from the server's own discovery. @throws where it does not serve the kind */
  path(ref: ObjectRef): Promise<string>;
  /** Path of all objects of a kind in a namespace, or in the cluster. */
  collection(apiVersion: string, kind: string, namespace?: string): Promise<string>;
  isNamespaced(apiVersion: string, kind: string): Promise<boolean>;
  /** Server-side apply with strict field validation. */
  apply(object: KubeObject, props?: ApplyProps): Promise<Answer>;
  /** POST with strict field validation; unlike apply it keeps a status where the server allows one. */
  create(object: KubeObject, props?: { readonly dryRun?: boolean }): Promise<Answer>;
  get(ref: ObjectRef): Promise<Answer>;
  list(
    apiVersion: string,
    kind: string,
    namespace?: string,
    labelSelector?: string,
  ): Promise<readonly KubeObject[]>;
  /** JSON merge patch, of the object or of a subresource. */
  merge(ref: ObjectRef, patch: object, subresource?: string): Promise<Answer>;
  remove(ref: ObjectRef, propagation?: 'Background' | 'Foreground' | 'Orphan'): Promise<Answer>;
  close(): void;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

export function createApi({ server, token, ca }: ApiProps): Api {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, ca });
  const discovered = new Map<string, Promise<readonly Resource[]>>();

  function request<Body>(
    method: string,
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ): Promise<Answer<Body>> {
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(payload && { 'content-type': contentType, 'content-length': Buffer.byteLength(payload) }),
    };
    return new Promise((resolve, reject) => {
      const call = httpsRequest(
        new URL(path, server),
        { method, agent, headers, timeout: 30_000 },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve(
              answer<Body>(
                response.statusCode ?? 0,
                Buffer.concat(chunks).toString(),
                response.headers.warning,
              ),
            ),
          );
        },
      );
      call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer in 30 s`)));
      call.on('error', reject);
      call.end(payload);
    });
  }

  async function resource(apiVersion: string, kind: string): Promise<Resource> {
    const found = (await discover(apiVersion)).find(
      (candidate) => candidate.kind === kind && !candidate.name.includes('/'),
    );
    if (!found) {
      discovered.delete(apiVersion); // its definition may come later
      throw new Error(`the API server does not serve ${apiVersion} ${kind}`);
    }
    return found;
  }

  function discover(apiVersion: string): Promise<readonly Resource[]> {
    const known = discovered.get(apiVersion);
    if (known) return known;
    const asked = request<{ resources?: readonly Resource[] }>('GET', root(apiVersion)).then(
      ({ body }) => body.resources ?? [],
    );
    discovered.set(apiVersion, asked);
    return asked;
  }

  async function collection(apiVersion: string, kind: string, namespace?: string): Promise<string> {
    const { name, namespaced } = await resource(apiVersion, kind);
    return `${root(apiVersion)}${namespaced && namespace ? `/namespaces/${namespace}` : ''}/${name}`;
  }

  async function path({ apiVersion, kind, metadata: { name, namespace } }: ObjectRef): Promise<string> {
    return `${await collection(apiVersion, kind, namespace ?? 'default')}/${name}`;
  }

  return {
    request,
    path,
    collection,
    isNamespaced: async (apiVersion, kind) => (await resource(apiVersion, kind)).namespaced,
    async apply(object, { dryRun = false, force = true, manager = 'proving-ground' } = {}) {
      const query = `fieldManager=${manager}&force=${force}&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
      return request('PATCH', `${await path(object)}?${query}`, object, 'application/apply-patch+yaml');
    },
    async create(object, { dryRun = false } = {}) {
      const url = await collection(object.apiVersion, object.kind, object.metadata.namespace ?? 'default');
      return request('POST', `${url}?fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`, object);
    },
    get: async (ref) => request('GET', await path(ref)),
    async list(apiVersion, kind, namespace, labelSelector) {
      const url = await collection(apiVersion, kind, namespace);
      const query = labelSelector ? `?labelSelector=${encodeURIComponent(labelSelector)}` : '';
      const { body, failure } = await request<{ items: readonly KubeObject[] }>('GET', `${url}${query}`);
      if (failure) throw new Error(`list ${kind}: ${failure}`);
      return body.items.map((item) => ({ ...item, apiVersion, kind }));
    },
    merge: async (ref, patch, subresource) =>
      request(
        'PATCH',
        `${await path(ref)}${subresource ? `/${subresource}` : ''}`,
        patch,
        'application/merge-patch+json',
      ),
    remove: async (ref, propagation = 'Background') =>
      request('DELETE', await path(ref), {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: propagation,
      }),
    close: () => agent.destroy(),
  };
}

function root(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function answer<Body>(status: number, text: string, header: string | undefined): Answer<Body> {
  const body = parse(text) as Body;
  const warnings = [...(header ?? '').matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(
    (match) => match[1] ?? '',
  );
  const refusal = status > 299 ? `${status} ${(body as { message?: string })?.message ?? text}` : undefined;
  return {
    status,
    body,
    warnings,
    failure: refusal ?? (warnings.length > 0 ? `Warning: ${warnings.join('; ')}` : undefined),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
