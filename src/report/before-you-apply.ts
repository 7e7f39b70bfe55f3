import type { GatewayPlan } from '../plan/gateway/gateway-plan.js';
import { type Plan, plansOf, type SecretPlan, type ServerPlan } from '../plan/plan.js';
import { duration, list, section, shell } from './markdown.js';

/** What must exist before the objects can work, and the commands that make it. */
export function beforeYouApply(plan: Plan): string | null {
  const parts = plansOf(plan);
  const servers = parts.flatMap((part) => part.servers);
  const secrets = parts.flatMap(({ namespace, secrets: own }) => own.map((one) => ({ ...one, namespace })));
  const existing = secrets.filter(({ via }) => via === 'existing');
  const external = secrets.filter(({ via }) => via === 'external');
  const tls = plan.exposure?.tls;
  const ownersGateway = plan.exposure?.gateway != null && 'name' in plan.exposure.gateway;
  return section(
    'Before you apply',
    list([
      ...servers.flatMap(nodes),
      ...servers.flatMap(storage),
      ...parts.flatMap(({ gateways }) => gateways).flatMap(wayOut),
      ...external.map(
        ({ secretName, key, purpose }) =>
          `External Secrets writes \`${secretName}\` (key \`${key}\`: ${purpose}); its store must hold the value.`,
      ),
      ...(tls && tls.issuer === null && !ownersGateway
        ? [`The TLS Secret \`${tls.secretName}\` must exist in \`${plan.namespace}\`.`]
        : []),
      ...(tls?.issuer ? [`The cert-manager ${tls.issuer.kind} \`${tls.issuer.name}\` must exist.`] : []),
      ...(plan.exposure?.gateway && 'className' in plan.exposure.gateway
        ? [`The GatewayClass \`${plan.exposure.gateway.className}\` must exist.`]
        : []),
      ...(plan.exposure?.gateway && 'name' in plan.exposure.gateway
        ? [
            `The Gateway \`${plan.exposure.gateway.name}\` in \`${plan.exposure.gateway.namespace}\` must accept routes from \`${plan.namespace}\`; its owner keeps the certificate.`,
          ]
        : []),
    ]),
    ...existing.map((secret) => secretCommand(secret.namespace, secret)),
  );
}

function nodes({ accelerator }: ServerPlan): string[] {
  const label = accelerator.nodeLabel;
  return [
    `Nodes with at least ${accelerator.count} × \`${accelerator.resource}\` free${label === null ? '' : `, labelled \`${label.key}\` = ${label.values.map((value) => `\`${value}\``).join(' or ')}`} (the device plugin and feature discovery do both).`,
  ];
}

function storage({ weights }: ServerPlan): string[] {
  const named =
    weights.storageClass === null
      ? 'The default storage class'
      : `The storage class \`${weights.storageClass}\``;
  return [
    weights.kind === 'shared'
      ? `${named} must offer ReadWriteMany volumes of ${weights.volumeGib} GiB.`
      : `${named} must bind volumes to the node of their first pod (WaitForFirstConsumer) and hold ${weights.volumeGib} GiB there.`,
    `The download Job reaches ${weights.hosts.map((host) => `\`${host}\``).join(', ')} on port 443.`,
  ];
}

function wayOut({ egress }: GatewayPlan): string[] {
  const hosts = egress.hosts.map((host) => `\`${host}\``).join(', ');
  if (egress.proxy !== null)
    return [`The proxy \`${egress.proxy.host}:${egress.proxy.port}\` must let \`CONNECT\` pass to ${hosts}.`];
  return egress.hosts.length === 0 ? [] : [`Nodes must reach ${hosts} on port 443.`];
}

function secretCommand(namespace: string, { secretName, key, purpose }: SecretPlan): string {
  return [
    `Secret \`${secretName}\`, key \`${key}\`: ${purpose}. The value is read from standard input, so that it stays out of the shell's history:`,
    '',
    shell(
      `kubectl create namespace ${namespace} --dry-run=client -o yaml | kubectl apply -f -`,
      `kubectl -n ${namespace} create secret generic ${secretName} --from-file=${key}=/dev/stdin`,
    ),
  ].join('\n');
}

/** How to apply, and how long each step may take. */
export function apply(plan: Plan): string | null {
  const folder = `dist/${plan.name}/${plan.environment}`;
  return section(
    'Apply',
    shell(
      `kubectl apply --server-side -k ${folder}`,
      ...plansOf(plan).flatMap(({ servers, namespace }) =>
        servers.map(
          ({ name, lifecycle }) =>
            `kubectl -n ${namespace} rollout status deployment/${name} --timeout=${lifecycle.progressDeadlineSeconds}s`,
        ),
      ),
      ...plansOf(plan).flatMap(({ gateways, namespace }) =>
        gateways
          .flatMap(({ name, translator }) => [name, ...(translator ? [translator.name] : [])])
          .map((name) => `kubectl -n ${namespace} rollout status deployment/${name}`),
      ),
    ),
    ...plansOf(plan)
      .flatMap(({ servers }) => servers)
      .map(
        ({ lifecycle, sizing }) =>
          `The download may take up to ${duration(lifecycle.downloadDeadlineSeconds)}; then a server is ready after about ${duration(sizing.host.startupSeconds)}. A server that stops gets ${duration(lifecycle.terminationGraceSeconds)} to finish its answers.`,
      ),
  );
}
