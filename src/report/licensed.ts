import type { LicensedPlan } from '../plan/licensed-plan.js';
import { type Plan, plansOf } from '../plan/plan.js';
import { list, section, shell, table } from './markdown.js';

/** What is known of a licensed container: all of it was given by its vendor. */
export function licensed(plan: Plan): string | null {
  const parts = plansOf(plan).flatMap((part) =>
    (part.licensed ?? []).map((one) =>
      container(part, one, part === plan ? 'What will run' : 'What will run behind the private gateway'),
    ),
  );
  return parts.length === 0 ? null : parts.join('\n\n');
}

function container(plan: Plan, one: LicensedPlan, title: string): string {
  return [
    section(title, table(['', ''], licensedFacts(plan, one))),
    section(
      'The container',
      list([
        `Nodes with at least ${one.accelerator.count} × \`${one.accelerator.resource}\` free${one.accelerator.nodeLabel === null ? '' : `, labelled \`${one.accelerator.nodeLabel.key}\` = ${one.accelerator.nodeLabel.values.join(' or ')}`}.`,
        one.imagePullSecret === null
          ? 'Nodes pull the image without a secret.'
          : `The pull secret \`${one.imagePullSecret}\` must exist in \`${plan.namespace}\`.`,
        ...licenceLines(one),
        ...(one.storage === null
          ? []
          : [
              `A ${one.storage.shared ? 'shared' : 'node-bound'} volume \`model\` of ${one.storage.sizeGib} GiB at \`${one.storage.mountPath}\`.`,
            ]),
      ]),
      `Pods of \`${plan.namespace}\` reach it at \`http://${one.name}.${plan.namespace}.svc:${one.port}\`${one.wire === 'openai-chat' ? ' (`/v1/chat/completions`)' : ', in its vendor’s own protocol'}.`,
      shell(`kubectl -n ${plan.namespace} port-forward service/${one.name} ${one.port}`),
    ),
  ].join('\n\n');
}

/** What runs, as rows of a label and a value. */
export function licensedFacts(plan: Plan, one: LicensedPlan): string[][] {
  return [
    ['container', `\`${one.image.repository}:${one.image.tag}\` @ \`${one.image.digest}\``],
    ['vendor', `${one.vendor}${one.preset === null ? '' : ` (preset ${one.preset})`}`],
    [
      'licence',
      `${one.licence.kind}${one.eulaAcceptedBy === null ? '' : `; terms accepted by ${one.eulaAcceptedBy}`}`,
    ],
    [
      'accelerators',
      `${one.accelerator.count} × ${one.accelerator.name} a pod, ${one.accelerator.count * one.replicas} in all`,
    ],
    ['replicas', `${one.replicas}`],
    [
      'pod',
      `${one.resources.cpus} CPUs, ${one.resources.memoryGib + one.resources.sharedMemoryGib} GiB of memory`,
    ],
    ['probes', one.probes === null ? 'the vendor documents none: the open port' : one.probes.readiness],
    ['ready after', `at most ${one.startupBudgetSeconds} s, as the vendor states`],
    ['calls', one.egressHosts.length === 0 ? 'nobody' : one.egressHosts.join(', ')],
    ['answers at', `\`${one.servedModelName}\``],
    ['namespace', `\`${plan.namespace}\`, Kubernetes ${plan.kubernetes}`],
  ];
}

function licenceLines({ licence }: LicensedPlan): string[] {
  if (licence.kind === 'licence-server')
    return [
      `The licence server at \`${licence.host}:${licence.port}\` must answer first: the pod waits ten minutes for it.`,
    ];
  if (licence.kind === 'node-fingerprint')
    return ['The vendor licensed the fingerprints of these nodes: a new machine needs a new licence.'];
  return [];
}
