import type { GatewayPlan } from '../../plan/gateway/gateway-plan.js';
import { key, type PlanCheck, type PlanFinding, type Planned } from './planned.js';

function onGateways(test: (gateway: GatewayPlan, planned: Planned) => readonly PlanFinding[]) {
  return (planned: Planned) => planned.plan.gateways.flatMap((gateway) => test(gateway, planned));
}

export const gatewayClients: PlanCheck = {
  id: 'gateway/clients',
  title: 'every client can be told from the others',
  why: 'the gateway knows a client by the hash of its key or by its token: without either nobody gets in, and two with one key are one',
  source: 'clients, gateway.oidc',
  inputs: ['gateways[].clients', 'gateways[].oidc'],
  guards: true,
  run: onGateways(({ clients, oidc }, planned) => {
    const seen = new Map<string, string>();
    const doubled = clients.flatMap(({ name, keySha256, subject }): PlanFinding[] =>
      [...keySha256, ...(subject === null ? [] : [subject])].flatMap((mark) => {
        const other = seen.get(mark);
        seen.set(mark, name);
        return other === undefined || other === name
          ? []
          : [
              finding(
                planned,
                name,
                `clients ${other} and ${name} have the same ${oidc ? 'subject' : 'key'}`,
                'give each client its own',
              ),
            ];
      }),
    );
    const wanting = clients.flatMap(({ name, keySha256, subject }): PlanFinding[] => {
      if (oidc === null && keySha256.length === 0)
        return [
          finding(
            planned,
            name,
            `client ${name} has no keySha256${subject === null ? '' : ', and gateway.oidc is not set'}`,
            'make a key with: openssl rand -hex 32; and set its hash: printf %s "$KEY" | sha256sum',
          ),
        ];
      if (oidc !== null && subject === null)
        return [
          finding(
            planned,
            name,
            `client ${name} has no subject, and gateway.oidc asks for tokens`,
            `set clients.${name}.subject to its ${oidc.claim}`,
          ),
        ];
      return [];
    });
    const none: PlanFinding[] =
      clients.length > 0
        ? []
        : [
            {
              severity: 'error',
              message: 'clients is empty: nobody may call the gateway',
              remedy: ['name at least one client with the hash of its key'],
              subject: key(planned, 'clients'),
            },
          ];
    return [...none, ...wanting, ...doubled];
  }),
};

function finding(planned: Planned, client: string, message: string, remedy: string): PlanFinding {
  return { severity: 'error', message, remedy: [remedy], subject: key(planned, `clients.${client}`) };
}

export const gatewayLockIn: PlanCheck = {
  id: 'gateway/lock-in',
  title: 'a route has an alternative',
  why: 'models disappear within weeks and prices change within days: a second provider that has been tried makes both an inconvenience',
  source: 'selection rules, avoiding lock-in; qwen-max ended 2026-07-13, hunyuan-* 2026-06-22',
  inputs: ['gateways[].routes', 'gateways[].connectors'],
  run: onGateways(({ routes, connectors }, planned) =>
    routes.flatMap(({ name, connectors: names }): PlanFinding[] => {
      const providers = new Set(
        connectors.filter((one) => names.includes(one.name)).map(({ provider }) => provider),
      );
      const [only] = providers;
      if (providers.size > 1 || only === undefined || only === null) return [];
      return [
        {
          severity: 'warning',
          message: `route ${name} depends on ${only} alone`,
          remedy: [
            `add a target of another provider to routes.${name}.targets; it answers when the first cannot`,
          ],
          subject: key(planned, `routes.${name}`),
        },
      ];
    }),
  ),
};

export const gatewayEgress: PlanCheck = {
  id: 'gateway/egress',
  title: 'the way out knows the hosts',
  why: 'a NetworkPolicy knows addresses, not names: a gateway that is let out directly may reach any host, and so may whoever gets into it',
  source: 'NetworkPolicy API: ipBlock',
  inputs: ['gateways[].egress', 'cluster.capabilities'],
  guards: true,
  run: onGateways(({ egress }, planned): PlanFinding[] => {
    const subject = key(planned, 'gateway.egress');
    if (egress.via === 'proxy' && egress.proxy === null)
      return [
        {
          severity: 'error',
          message: 'gateway.egress.via is proxy, and gateway.egress.proxy is not set',
          remedy: [
            'set gateway.egress.proxy: { host, port }',
            'or leave via out: a proxy of its own stands beside the gateway',
          ],
          subject,
        },
      ];
    const { capabilities = [] } = planned.resolved.cluster;
    if (egress.names === 'istio' && !capabilities.includes('istio'))
      return [
        {
          severity: 'error',
          message:
            'gateway.egress.names is istio, and cluster.capabilities does not name it: its objects would be refused',
          remedy: [
            'add istio to cluster.capabilities where it runs with sidecars and its CNI plugin',
            'or leave gateway.egress.names out: the proxy beside the gateway knows the hosts anyway',
          ],
          subject,
        },
      ];
    if (egress.via !== 'direct') return [];
    return [
      {
        severity: 'warning',
        message: `the gateway may reach any address at port 443, not only ${egress.hosts.join(', ')}`,
        remedy: ['leave gateway.egress.via out: a proxy of its own passes on to these hosts only'],
        subject,
      },
    ];
  }),
};

export const gatewayRetention: PlanCheck = {
  id: 'gateway/access-log-retention',
  title: 'somebody says how long the access log is kept',
  why: 'who asked which model when is personal information: a log without an end is a liability, one without a beginning no evidence',
  source: 'PIPL article 19; GDPR article 5(1)(e)',
  inputs: ['gateways[].accessLogRetentionDays'],
  run: onGateways(({ accessLogRetentionDays }, planned): PlanFinding[] =>
    accessLogRetentionDays !== null
      ? []
      : [
          {
            severity: 'question',
            message:
              'nothing says how long the access log is kept; it names clients, models, tokens and times, never content',
            remedy: ['set it to what your log store does'],
            key: key(planned, 'gateway.accessLogRetentionDays'),
          },
        ],
  ),
};

export const gatewayPatches: PlanCheck = {
  id: 'gateway/version',
  title: 'the gateway’s version is one that the tests run',
  why: 'the emitted configuration is started by the tests with that very version; fields come and go between minors, and fixes come within days',
  source: 'envoyproxy.io, release notes; releases 1.37.x of 2026-10-01, -06, -12, -22 and -26 were fixes',
  inputs: ['gateways[].image'],
  run: onGateways(({ image }, planned): PlanFinding[] => {
    if (image.tag === `distroless-v${TESTED}`) return [];
    const [major, minor] = image.tag.replace('distroless-v', '').split('.').map(Number);
    const tooOld = (major ?? 0) < 1 || ((major ?? 0) === 1 && (minor ?? 0) < 40);
    return [
      {
        severity: tooOld ? 'error' : 'warning',
        message: tooOld
          ? `the configuration needs Envoy ${TESTED} or newer, gateway.version is ${image.tag.replace('distroless-v', '')}`
          : `the configuration was run with Envoy ${TESTED} only`,
        remedy: [`leave gateway.version out: ${TESTED}`],
        subject: key(planned, 'gateway.version'),
      },
    ];
  }),
};

/** As in src/plan/gateway/gateway.ts: the version that tests/gateway starts. */
const TESTED = '1.40.0';
