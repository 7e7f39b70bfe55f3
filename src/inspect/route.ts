import { listAt, numberAt, textAt, textMapAt, textsAt, valueAt } from './field.js';
import type { KubernetesObject } from './types.js';
import { namespaceOf, subjectOf } from './workload.js';

export interface Backend {
  /** Empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Number, or an Ingress' port name. */
  readonly port?: string | number;
}

export interface RouteRule {
  readonly paths: readonly { readonly type: string; readonly value: string }[];
  readonly backends: readonly Backend[];
  /** As written, e.g. `0s`; of an HTTPRoute. */
  readonly requestTimeout?: string;
}

/** Opens Services to clients outside the namespace. */
export interface Route {
  readonly object: KubernetesObject;
  readonly kind: 'HTTPRoute' | 'Ingress';
  readonly subject: string;
  readonly namespace: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly hosts: readonly string[];
  readonly rules: readonly RouteRule[];
  readonly gateways: readonly {
    readonly name: string;
    readonly namespace: string;
    readonly section?: string;
  }[];
  /** Hosts of an Ingress that TLS covers. */
  readonly tlsHosts: readonly string[];
  readonly ingressClass?: string;
}

export function readRoute(object: KubernetesObject): readonly Route[] {
  const namespace = namespaceOf(object);
  const base = {
    object,
    subject: subjectOf(object),
    namespace,
    annotations: textMapAt(object, 'metadata', 'annotations'),
  };
  if (object.kind === 'HTTPRoute') {
    return [
      {
        ...base,
        kind: 'HTTPRoute',
        hosts: textsAt(object, 'spec', 'hostnames'),
        rules: listAt(object, 'spec', 'rules').map((rule) => httpRule(rule, namespace)),
        gateways: listAt(object, 'spec', 'parentRefs')
          .filter((parent) => (textAt(parent, 'kind') ?? 'Gateway') === 'Gateway')
          .map((parent) => ({
            name: textAt(parent, 'name') ?? '',
            namespace: textAt(parent, 'namespace') ?? namespace,
            section: textAt(parent, 'sectionName'),
          })),
        tlsHosts: [],
      },
    ];
  }
  if (object.kind !== 'Ingress') return [];
  const fallback = valueAt(object, 'spec', 'defaultBackend');
  const rules = listAt(object, 'spec', 'rules');
  return [
    {
      ...base,
      kind: 'Ingress',
      hosts: rules.flatMap((rule) => textAt(rule, 'host') ?? []),
      rules: [
        ...rules.flatMap((rule) => listAt(rule, 'http', 'paths').map((path) => ingressRule(path, namespace))),
        ...(fallback ? [ingressRule({ path: '/', pathType: 'Prefix', backend: fallback }, namespace)] : []),
      ],
      gateways: [],
      tlsHosts: listAt(object, 'spec', 'tls').flatMap((tls) => textsAt(tls, 'hosts')),
      ingressClass:
        textAt(object, 'spec', 'ingressClassName') ?? base.annotations['kubernetes.io/ingress.class'],
    },
  ];
}

/** Without a match, or a match without a path, an HTTPRoute takes every path. */
function httpRule(rule: unknown, namespace: string): RouteRule {
  const matches = listAt(rule, 'matches');
  return {
    paths: (matches.length > 0 ? matches : [{}]).map((match) => ({
      type: textAt(match, 'path', 'type') ?? 'PathPrefix',
      value: textAt(match, 'path', 'value') ?? '/',
    })),
    backends: listAt(rule, 'backendRefs').map((backend) => ({
      group: textAt(backend, 'group') ?? '',
      kind: textAt(backend, 'kind') ?? 'Service',
      name: textAt(backend, 'name') ?? '',
      namespace: textAt(backend, 'namespace') ?? namespace,
      port: numberAt(backend, 'port'),
    })),
    requestTimeout: textAt(rule, 'timeouts', 'request'),
  };
}

function ingressRule(path: unknown, namespace: string): RouteRule {
  const service = valueAt(path, 'backend', 'service');
  const port = numberAt(service, 'port', 'number') ?? textAt(service, 'port', 'name');
  return {
    paths: [
      { type: textAt(path, 'pathType') ?? 'ImplementationSpecific', value: textAt(path, 'path') ?? '/' },
    ],
    backends: service
      ? [{ group: '', kind: 'Service', name: textAt(service, 'name') ?? '', namespace, port }]
      : [],
  };
}
