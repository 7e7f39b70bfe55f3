import type { PlanCheck, PlanFinding, Planned } from './planned.js';
import { key, onServers } from './planned.js';

/** Generic work needs no more, as the selection rules say of 7 and 13 billion parameters. */
const ENOUGH_PARAMETERS = 14e9;
const HIGH = ['sensitive', 'important', 'core'];

/** Pitfall 1: the largest model for everyday work. */
export const pitfallBigModel: PlanCheck = {
  id: 'pitfall/big-model',
  title: 'the model is not larger than the work',
  why: 'for service, copywriting and summaries 7 to 14 billion parameters do; the rest is paid in accelerators',
  source: 'selection rule R1, pitfall 1 of 6',
  inputs: ['usage.need', 'model.parameters'],
  run: onServers((_, planned, { model }): PlanFinding[] => {
    const { total } = model.parameters;
    if (planned.resolved.usage.need !== 'generic' || total === null || total <= ENOUGH_PARAMETERS * 1.1)
      return [];
    return [
      {
        severity: 'warning',
        message: `usage.need is generic, and ${model.id} has ${Math.round(total / 1e9)} billion parameters: 7 to 14 billion do everyday work`,
        remedy: [
          'try model: qwen3-8b, qwen3-14b or qwen2.5-7b on your own questions first',
          'or keep it for a reason, and waive pitfall/big-model with it',
        ],
        subject: key(planned, 'model'),
      },
    ];
  }),
};

/** Pitfall 3: private and therefore safe. */
export const pitfallPrivateSafe: PlanCheck = {
  id: 'pitfall/private-is-not-safe',
  title: 'sensitive data on machines of one’s own is closed in as well',
  why: 'a private server with open ports, unencrypted disks and shared keys leaks as well as a cloud',
  source:
    'pitfall 3 of 6; MLPS 2.0 level 3, 8.1.4.7 and 8.1.4.8; the manifests’ own part is checked on the objects',
  inputs: ['data.classification', 'expose', 'cluster.storageClass.encrypted'],
  guards: true,
  run: (planned): PlanFinding[] => {
    const { data, expose, cluster, clusterKind } = planned.resolved;
    const { classification } = data;
    if (classification === undefined || !HIGH.includes(classification)) return [];
    if (planned.plan.servers.length === 0 || clusterKind?.place === 'public') return [];
    const open = (expose.mode ?? 'none') !== 'none';
    const encrypted = cluster.storageClass?.encrypted;
    const missing: [boolean, string, string][] = [
      [open && expose.tls === undefined && cluster.gateway?.name === undefined, 'no TLS', 'expose.tls'],
      [open && expose.clientKeys === undefined, 'no keys of clients', 'expose.clientKeys'],
      [encrypted === false, 'unencrypted volumes', 'cluster.storageClass.encrypted'],
    ];
    const errors = missing.flatMap(([lacks, what, where]): PlanFinding[] =>
      lacks
        ? [
            {
              severity: 'error',
              message: `${classification} data, and ${what}: private alone is not safe`,
              remedy: [`set ${where}`],
              subject: key(planned, where),
            },
          ]
        : [],
    );
    return encrypted === undefined ? [...errors, askEncrypted(planned, classification)] : errors;
  },
};

function askEncrypted(planned: Planned, classification: string): PlanFinding {
  return {
    severity: 'question',
    message: `${classification} data, and nothing says whether the volumes of this cluster are encrypted`,
    remedy: ['ask who runs the storage class; caches and logs of nodes count as well'],
    key: key(planned, 'cluster.storageClass.encrypted'),
  };
}

/** Pitfall 4: an open model on machines of one's own, and nobody to run it. */
export const pitfallNoTeam: PlanCheck = {
  id: 'pitfall/no-team',
  title: 'there are people who can run an open model',
  why: 'without a team the model is downloaded and then neither deployed, tuned nor mended',
  source: 'selection rules R4 and R19, pitfall 4 of 6',
  inputs: ['scheme', 'organization.aiEngineers', 'servers'],
  run: ({ plan, resolved }): PlanFinding[] => {
    const { aiEngineers } = resolved.organization;
    const rented = plan.scheme === 'open-cloud';
    if (plan.servers.length === 0 || (plan.scheme !== 'open-private' && !rented)) return [];
    if (aiEngineers === undefined && !rented)
      return [
        {
          severity: 'question',
          message:
            'an open model on machines of your own needs people, and organization.aiEngineers is not set',
          remedy: [],
          key: 'organization.aiEngineers',
        },
      ];
    if (aiEngineers !== 0) return [];
    if (rented)
      return [
        {
          severity: 'warning',
          message: 'organization.aiEngineers is 0: a vendor must deploy and run this model',
          remedy: ['agree on it with the vendor, and say what it promises in vendor'],
          subject: 'organization.aiEngineers',
        },
      ];
    return [
      {
        severity: 'error',
        message: 'organization.aiEngineers is 0: nobody can run an open model on machines of your own',
        remedy: [
          'scheme: closed-cloud needs no team; open-cloud with a vendor who deploys, where the model must be open',
          'scheme: closed-private, where the data must stay',
          'or waive pitfall/no-team and name who runs it',
        ],
        subject: 'organization.aiEngineers',
      },
    ];
  },
};

/** Pitfall 5: the price of the start, and not of the years. */
export const pitfallUpfrontOnly: PlanCheck = {
  id: 'pitfall/upfront-cost-only',
  title: 'the cost of the years is looked at, not that of the start',
  why: 'an API is cheap to start and dear at volume, own machines the other way round; staff is most of it',
  source: 'pitfall 5 of 6: count one to three years, staff included',
  inputs: ['budget', 'usage.callsPerMonth', 'organization.opsEngineers'],
  run: ({ resolved }): PlanFinding[] => {
    const { budget, usage, organization } = resolved;
    if (budget?.upfront !== undefined && budget.monthly === undefined)
      return [
        {
          severity: 'warning',
          message: `budget.upfront is ${budget.upfront} ${budget.currency}, and budget.monthly is not set: over 36 months the running cost decides`,
          remedy: ['set budget.monthly: power, space, fees, and the staff who run it'],
          subject: 'budget',
        },
      ];
    const unsaid = [
      ...(usage.callsPerMonth === undefined ? ['usage.callsPerMonth'] : []),
      ...(organization.opsEngineers === undefined ? ['organization.opsEngineers'] : []),
    ];
    const [first, ...others] = unsaid;
    if (first === undefined) return [];
    return [
      {
        severity: 'question',
        message: `the cost of 36 months cannot be counted: not set: ${unsaid.join(', ')}`,
        remedy: others.map((name) => `set ${name}`),
        key: first,
      },
    ];
  },
};

/** Pitfall 6: the vendor's support. */
export const pitfallVendorSupport: PlanCheck = {
  id: 'pitfall/vendor-support',
  title: 'what the vendor promises is written down',
  why: 'who relies on a vendor needs its time to answer, its uptime and a way out in the contract',
  source: 'pitfall 6 of 6',
  inputs: ['scheme', 'vendor'],
  run: ({ plan, resolved }): PlanFinding[] => {
    const ownModel = plan.scheme === 'open-private' || plan.scheme === 'image-to-3d';
    if (ownModel || resolved.keyPrefix !== '') return [];
    const { responseHours, uptime, exitClause } = resolved.vendor ?? {};
    const unsaid = [
      ...(responseHours === undefined ? ['vendor.responseHours'] : []),
      ...(uptime === undefined ? ['vendor.uptime'] : []),
      ...(exitClause === undefined ? ['vendor.exitClause'] : []),
    ];
    if (unsaid.length === 0 && exitClause) return [];
    const message =
      unsaid.length === 0
        ? 'vendor.exitClause is false: the contract names no way out'
        : `scheme ${plan.scheme} relies on a vendor, and the selection does not say: ${unsaid.join(', ')}`;
    return [
      {
        severity: 'warning',
        message,
        remedy: ['take it from the contract, or agree on it first'],
        subject: 'vendor',
      },
    ];
  },
};

/** The pitfalls that have no checks of their own; pitfall 2, the licence, is licence/…. */
export const pitfallChecks: readonly PlanCheck[] = [
  pitfallNoTeam,
  pitfallPrivateSafe,
  pitfallBigModel,
  pitfallUpfrontOnly,
  pitfallVendorSupport,
];
