import { listAt, textAt } from '../../inspect/field.js';
import type { Inspected, Server } from '../../inspect/inspected.js';
import { parseGoDuration } from '../../inspect/quantity.js';
import type { Route } from '../../inspect/route.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

/** Long answers: a minute is too short for one, ten are seldom needed. */
const SHORTEST_TIMEOUT_SECONDS = 600;
const NGINX = 'nginx.ingress.kubernetes.io/';
/** Guarded by the key, but meant for other engines: tokens in and out, past the chat template. */
const INTERNAL = '/inference';
/** Answers without a key, and says nothing that a client should not know. */
const HARMLESS = new Set(['/health', '/ping']);

/** Servers that a route reaches, by way of Services. */
function serversBehind(route: Route, { services, servers }: Inspected): readonly Server[] {
  const backends = route.rules.flatMap((rule) => rule.backends);
  const targets = services.filter((service) =>
    backends.some(({ name, namespace }) => name === service.name && namespace === service.namespace),
  );
  return servers.filter(({ workload }) => targets.some(({ workloads }) => workloads.includes(workload)));
}

/** Routes to servers, with the servers behind each. */
export function exposed(inspected: Inspected): readonly { route: Route; behind: readonly Server[] }[] {
  return inspected.routes
    .map((route) => ({ route, behind: serversBehind(route, inspected) }))
    .filter(({ behind }) => behind.length > 0);
}

/** Listeners of the set's own Gateways that a route attaches to. */
export function listenersOf({ gateways }: Route, { objects }: Inspected): readonly unknown[] {
  return gateways.flatMap(({ name, namespace, section }) => {
    const gateway = objects.find(
      (each) =>
        each.kind === 'Gateway' &&
        each.metadata.name === name &&
        (each.metadata.namespace ?? 'default') === namespace,
    );
    return listAt(gateway, 'spec', 'listeners').filter(
      (listener) => section === undefined || textAt(listener, 'name') === section,
    );
  });
}

export const exposureChecks: readonly ManifestCheck[] = [
  {
    id: 'exposure/paths',
    title: 'a route lets only paths through that the API key guards',
    why: 'The key guards the API prefixes only; /invocations, /tokenize, /generative_scoring, /scale_elastic_ep and /metrics answer anybody, the first with full inference.',
    source: 'routes of the vLLM wheels 0.19.1 to 0.33.0; vLLM docs, security',
    inputs: ['routes', 'services', 'servers'],
    guards: true,
    traps: [46],
    run: (inspected) =>
      exposed(inspected).flatMap(({ route, behind }) => {
        const guarded = behind.map(({ engine }) =>
          (engine.table?.api_key_protects_prefixes ?? ['/v1']).filter((prefix) => prefix !== INTERNAL),
        );
        const isGuarded = (path: string) =>
          guarded.every((prefixes) =>
            prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)),
          );
        return route.rules
          .flatMap(({ paths }) => paths)
          .filter(
            ({ type, value }) =>
              !(isGuarded(value) && type !== 'RegularExpression') &&
              !(type === 'Exact' && HARMLESS.has(value)),
          )
          .map(({ type, value }) =>
            error(
              route.subject,
              `${type} ${value} lets paths through that no key guards`,
              `allow ${(guarded[0] ?? []).slice(0, 1).join('')} and what lies below it only`,
            ),
          );
      }),
  },
  {
    id: 'exposure/authentication',
    title: 'a server that clients reach from outside asks for a key',
    why: 'Without VLLM_API_KEY anybody who reaches the host uses the GPUs.',
    source: 'vLLM docs, security',
    inputs: ['routes', 'services', 'servers'],
    guards: true,
    traps: [46],
    run: (inspected) => {
      const policies = inspected.objects.filter(({ kind }) =>
        /^(SecurityPolicy|AuthorizationPolicy|RequestAuthentication)$/.test(kind),
      );
      return exposed(inspected).flatMap(({ route, behind }) => {
        const atIngress = Object.keys(route.annotations).some((name) =>
          /auth-(url|type|secret|tls-secret)$/.test(name),
        );
        if (policies.length > 0 || atIngress) return [];
        return behind
          .filter(
            ({ container, engine }) =>
              !container.env.some(({ name }) => name === 'VLLM_API_KEY') && !engine.parsed.flags['--api-key'],
          )
          .map(({ subject }) =>
            error(
              route.subject,
              `${subject} is reachable without a key`,
              'set VLLM_API_KEY from a Secret with secretKeyRef',
            ),
          );
      });
    },
  },
  {
    id: 'exposure/tls',
    title: 'a server that clients reach from outside is reached by TLS',
    why: 'Keys, prompts and answers would cross the network in plain text.',
    source: 'Gateway API, listeners; Kubernetes docs, Ingress TLS',
    inputs: ['routes', 'services', 'servers', 'objects'],
    guards: true,
    run: (inspected) =>
      exposed(inspected).flatMap(({ route }) => {
        const plain = listenersOf(route, inspected).filter(
          (listener) => textAt(listener, 'protocol') !== 'HTTPS',
        );
        const uncovered =
          route.kind === 'Ingress' && route.hosts.some((host) => !route.tlsHosts.includes(host));
        if (plain.length === 0 && !uncovered && !(route.kind === 'Ingress' && route.hosts.length === 0))
          return [];
        return [
          error(
            route.subject,
            route.kind === 'Ingress'
              ? 'a host has no TLS'
              : `listener ${plain.map((listener) => textAt(listener, 'name')).join(', ')} is not HTTPS`,
            'serve the host by TLS',
          ),
        ];
      }),
  },
  {
    id: 'exposure/timeout',
    title: 'long answers and streams survive the proxy',
    why: 'Proxies end a request after 15 to 60 s by default and collect a stream before they pass it on.',
    source: 'onyx#10247, dstack#4239; Gateway API, timeouts; ingress-nginx annotations',
    inputs: ['routes', 'services', 'servers'],
    traps: [41],
    run: (inspected) =>
      exposed(inspected).flatMap(({ route }) => {
        if (route.kind === 'HTTPRoute') {
          const short = route.rules.filter(({ requestTimeout }) => {
            const seconds = parseGoDuration(requestTimeout ?? '');
            return seconds === undefined || (seconds !== 0 && seconds < SHORTEST_TIMEOUT_SECONDS);
          });
          return short.map(({ requestTimeout }) =>
            warning(
              route.subject,
              requestTimeout
                ? `answers end after ${requestTimeout}`
                : "the gateway's own timeout ends long answers",
              'set timeouts.request: 0s',
            ),
          );
        }
        if (route.ingressClass !== undefined && !/nginx/.test(route.ingressClass)) return [];
        const read = Number(route.annotations[`${NGINX}proxy-read-timeout`] ?? 60);
        const buffers = route.annotations[`${NGINX}proxy-buffering`] !== 'off';
        return [
          ...(read < SHORTEST_TIMEOUT_SECONDS
            ? [
                warning(
                  route.subject,
                  `answers end after ${read} s without a byte`,
                  `set ${NGINX}proxy-read-timeout: "3600"`,
                ),
              ]
            : []),
          ...(buffers
            ? [
                warning(
                  route.subject,
                  'streams are collected before they are passed on',
                  `set ${NGINX}proxy-buffering: "off"`,
                ),
              ]
            : []),
        ];
      }),
  },
];
