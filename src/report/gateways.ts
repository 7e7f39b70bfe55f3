import type { GatewayPlan } from '../plan/gateway/gateway-plan.js';
import type { TranslatorPlan } from '../plan/gateway/translator-plan.js';
import { type Plan, plansOf } from '../plan/plan.js';
import { MESSAGES_PATH } from '../selection/gateway-settings.js';
import { duration, section, shell, table } from './markdown.js';

/** Each gateway of the plan and of its parts: what it is, and which way each route takes. */
export function gateways(plan: Plan): string | null {
  const all = plansOf(plan).flatMap((one) => one.gateways.map((gateway) => ({ plan: one, gateway })));
  return section(
    all.length > 1 ? 'Gateways' : 'The gateway',
    ...all.flatMap(({ plan: { namespace }, gateway }) => [
      all.length > 1 ? `### \`${gateway.name}\` in \`${namespace}\`` : null,
      table(['', ''], gatewayFacts(namespace, gateway)),
      table(
        ['clients ask for', 'answered by, in turn', 'classes', 'clients'],
        gateway.routes.map((route) => [
          `\`${route.name}\`${route.paths.includes(MESSAGES_PATH) ? ` at \`${MESSAGES_PATH}\`` : ''}`,
          route.connectors.map((name) => answeredBy(gateway, name)).join(', then '),
          route.provesClass
            ? `${route.dataClasses.join(', ')} (proved)`
            : route.dataClasses.join(', ') || 'not said',
          gateway.clients
            .filter(({ routes }) => routes.includes(route.name))
            .map(({ name }) => name)
            .join(', '),
        ]),
      ),
    ]),
  );
}

/** Names and values of one gateway, in Markdown. */
export function gatewayFacts(namespace: string, gateway: GatewayPlan): string[][] {
  const { image, replicas, oidc, limits, lifecycle, egress, translator, accessLogRetentionDays } = gateway;
  const digest = image.digest === null ? '' : ` @ \`${image.digest}\``;
  return [
    ['program', `Envoy, \`${image.repository}:${image.tag}\`${digest}, ${replicas} pods`],
    [
      'clients prove themselves by',
      oidc === null ? 'a key, known by its SHA-256' : `tokens of ${oidc.issuer}`,
    ],
    ...(translator === null ? [] : [['translator', translatorFact(translator)]]),
    ['way out', `${wayOut(gateway)}${byName(gateway)}`],
    ['hosts', egress.hosts.map((host) => `\`${host}\``).join(', ') || 'none outside the cluster'],
    [
      'limits',
      `${limits.maxBodyBytes / 1024 ** 2} MiB a request, ${duration(limits.idleSeconds)} of silence, no limit for a running answer`,
    ],
    ['when a pod is replaced', `running answers get ${duration(lifecycle.preStopSeconds)}`],
    [
      'access log',
      `client, class, model, route, status, tokens, bytes, time; never content; kept ${accessLogRetentionDays === null ? 'for a time that nobody states' : `${accessLogRetentionDays} days`}`,
    ],
    ['namespace', `\`${namespace}\``],
  ];
}

/** What stands behind the gateway, and how far it has been tried. */
function translatorFact({ id, name, version, image, replicas, proof, schema }: TranslatorPlan): string {
  const digest = image.digest === null ? '' : ` @ \`${image.digest}\``;
  return `${id} ${version} (\`${name}\`), \`${image.repository}:${image.tag}\`${digest}, ${replicas} pods; **${proof}**: its configuration is held against \`${schema}\`, and no test starts the program`;
}

function wayOut({ egress }: GatewayPlan): string {
  if (egress.own !== null) return `through \`${egress.own.name}\`, which knows the hosts`;
  if (egress.proxy !== null) return `through ${egress.proxy.host}:${egress.proxy.port}`;
  return egress.via === 'direct' ? 'directly, to any address at port 443' : 'none';
}

function byName({ egress: { names } }: GatewayPlan): string {
  if (names === 'cilium') return ', by name in the network';
  return names === 'istio' ? ', by name in the mesh (its objects are **validated, not run**)' : '';
}

function answeredBy({ connectors }: GatewayPlan, name: string): string {
  const connector = connectors.find((one) => one.name === name);
  if (connector === undefined) return name;
  const { provider, model, host, jurisdiction, translation } = connector;
  const place = jurisdiction === null ? '' : `, ${jurisdiction}`;
  return `\`${model}\` of ${provider ?? host}${provider === null ? '' : ` (\`${host}\`${place}${translation === null ? '' : `, translated by ${translation.by}`})`}`;
}

/** Address of the first gateway, and a first request that can be pasted. */
export function reachGateway(plan: Plan): string | null {
  const [gateway] = plan.gateways;
  if (gateway === undefined) return null;
  const { exposure, namespace } = plan;
  const { name, port } = gateway;
  const inside = `Pods of \`${namespace}\` reach it at \`http://${name}.${namespace}.svc:${port}/v1\`.`;
  const base =
    exposure === null ? `http://127.0.0.1:${port}` : `${exposure.tls ? 'https' : 'http'}://${exposure.host}`;
  return section(
    'How to reach it',
    inside,
    exposure === null ? 'From a laptop:' : `Clients reach it at \`${base}/v1\` (${exposure.mode}).`,
    shell(
      ...(exposure === null ? [`kubectl -n ${namespace} port-forward service/${name} ${port}`] : []),
      firstRequest(base, gateway),
    ),
  );
}

/** A request of the first route, in its format. */
function firstRequest(base: string, { routes }: GatewayPlan): string {
  const route = routes.find(({ paths }) => !paths.includes(MESSAGES_PATH)) ?? routes[0];
  const body = {
    model: route?.name ?? 'chat',
    messages: [{ role: 'user', content: 'Say hello.' }],
  };
  const curl = (path: string, key: string, said: object) =>
    `curl ${base}${path} -H 'Content-Type: application/json' -H "${key}" -d '${JSON.stringify(said)}'`;
  return route?.paths.includes(MESSAGES_PATH)
    ? curl(MESSAGES_PATH, 'x-api-key: $CLIENT_KEY" -H "anthropic-version: 2023-06-01', {
        ...body,
        max_tokens: 100,
      })
    : curl('/v1/chat/completions', 'Authorization: Bearer $CLIENT_KEY', body);
}
