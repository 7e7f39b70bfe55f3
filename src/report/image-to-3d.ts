import type { ImageTo3dPlan } from '../plan/image-to-3d-plan.js';
import { type Plan, plansOf } from '../plan/plan.js';
import { list, section, shell, table } from './markdown.js';

/** What runs, and how one reaches it: no chat, no OpenAI interface. */
export function imageTo3d(plan: Plan): string | null {
  const parts = plansOf(plan).flatMap((part) =>
    part.imageTo3d === undefined
      ? []
      : [
          program(
            part,
            part.imageTo3d,
            part === plan ? 'What will run' : 'What will run beside the gateways',
          ),
        ],
  );
  return parts.length === 0 ? null : parts.join('\n\n');
}

function program(plan: Plan, views: ImageTo3dPlan, title: string): string {
  const { namespace } = plan;
  const service = views.run === 'service';
  const callers = views.network.ingress.flatMap(({ from }) =>
    from === 'same-namespace' ? [namespace] : [from.namespace],
  );
  return [
    section(title, table(['', ''], viewsFacts(plan, views))),
    section(
      'The program',
      list([
        `One card of ${views.acceleratorMemoryGb} GB a pod (\`${views.accelerator.resource}\`).`,
        `\`${views.checkpoint.repository}\` is gated: the account of the token must have accepted ${views.licence.id} on the hub.`,
        ...(views.pictures === null
          ? []
          : [
              `The PersistentVolumeClaim \`${views.pictures.claimName}\` with the pictures must exist in \`${namespace}\`.`,
            ]),
      ]),
      service
        ? `Pods of ${callers.map((one) => `\`${one}\``).join(', ')} send pictures and workflows to \`http://views.${namespace}.svc:${views.port}\`; no chat gateway stands in front of it.`
        : 'The batch writes its results beside its pictures.',
      ...(service ? [shell(`kubectl -n ${namespace} port-forward service/views ${views.port}`)] : []),
    ),
  ].join('\n\n');
}

/** What runs, as rows of a label and a value. */
export function viewsFacts({ namespace, kubernetes }: Plan, views: ImageTo3dPlan): string[][] {
  const { checkpoint, licence } = views;
  return [
    [
      'checkpoint',
      `\`${checkpoint.file}\` of \`${checkpoint.repository}\`${checkpoint.revision === null ? '' : ` at \`${checkpoint.revision}\``}`,
    ],
    ['licence', `${licence.id}, for ${licence.purpose}; acknowledged by ${licence.acknowledgedBy}`],
    ['program', `\`${views.image}\``],
    [
      'as',
      views.run === 'service'
        ? `a service, ${views.replicas} pod(s)`
        : `a batch of at most ${views.deadlineSeconds} s`,
    ],
    ['pod', `${views.resources.cpus} CPUs, ${views.resources.memoryGib} GiB of memory`],
    ['namespace', `\`${namespace}\`, Kubernetes ${kubernetes}`],
  ];
}
