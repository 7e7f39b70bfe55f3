import type { ImageTo3dPlan } from '../../plan/image-to-3d-plan.js';
import { key, type PlanCheck, type PlanFinding, type Planned } from './planned.js';

const SOURCE = 'huggingface.co/stabilityai/stable-zero123, README and LICENSE of both checkpoints';
/** Above it the community licence ends and an enterprise licence begins. */
const COMMUNITY_REVENUE_USD = 1_000_000;
/** Memory that runs are known to pass with; exact floors were not found. */
const LEAST = {
  service: { cardGb: 16, hostGib: 24 },
  job: { cardGb: 40, hostGib: 32 },
} as const;

export const imageTo3dLicence: PlanCheck = {
  id: 'image-to-3d/licence',
  title: 'the checkpoint may be used for what it is used for',
  why: 'one checkpoint learned from pictures that forbid commercial use, the other is free for small companies only',
  source: SOURCE,
  inputs: ['variant', 'acknowledged', 'organization.annualRevenueUsd'],
  guards: true,
  run: onViews(({ variant, licence }, planned) => {
    const { annualRevenueUsd } = planned.resolved.organization;
    if (variant === 'research' && licence.purpose === 'commercial')
      return [
        {
          severity: 'error',
          message:
            'variant research is for non-commercial research only, and acknowledged.purpose is commercial',
          remedy: ['variant: commercial-c, under stability-community', 'or keep it to research, and say so'],
          subject: `${planned.resolved.keyPrefix}acknowledged.purpose`,
        },
      ];
    if (variant !== 'commercial-c' || licence.purpose !== 'commercial') return [];
    const remedy = [
      'above US$1 million of yearly revenue: an enterprise licence from Stability AI, then waive this with its number',
    ];
    if (annualRevenueUsd === undefined)
      return [
        {
          severity: 'question',
          message:
            'the community licence is free below US$1 million of yearly revenue, and organization.annualRevenueUsd is not set',
          remedy,
          key: 'organization.annualRevenueUsd',
        },
      ];
    return annualRevenueUsd < COMMUNITY_REVENUE_USD
      ? []
      : [
          {
            severity: 'error',
            message: `organization.annualRevenueUsd is ${annualRevenueUsd}: the community licence ends at US$1 million`,
            remedy,
            subject: 'organization.annualRevenueUsd',
          },
        ];
  }),
};

export const imageTo3dExposure: PlanCheck = {
  id: 'image-to-3d/exposure',
  title: 'ComfyUI is reached from inside only',
  why: 'it asks nobody for a key and runs any workflow that it is sent: whoever reaches it owns it',
  source: 'ComfyUI, its server has no authentication',
  inputs: ['expose.mode'],
  guards: true,
  run: onViews((_, planned) =>
    (planned.resolved.expose.mode ?? 'none') === 'none'
      ? []
      : [
          {
            severity: 'error',
            message: `expose.mode is ${planned.resolved.expose.mode}, and nothing asks callers who they are`,
            remedy: [
              'set expose.mode: none, name the namespaces of its callers in expose.allowFrom, and put a proxy of your own that knows its users there',
            ],
            subject: key(planned, 'expose.mode'),
          },
        ],
  ),
};

export const imageTo3dMemory: PlanCheck = {
  id: 'image-to-3d/memory',
  title: 'card and pod have the memory that runs are known to pass with',
  why: 'a batch at its default settings ran out of memory on a card of 32 GB, and 13 GB of host memory did not load the model',
  source: 'cvlab-columbia/zero123#6, threestudio#187, threestudio#493',
  inputs: ['gpu.memoryGb', 'resources.memoryGib', 'run'],
  run: onViews(({ run, acceleratorMemoryGb, resources }, { resolved }) => {
    const { cardGb, hostGib } = LEAST[run];
    const small: [boolean, string, string][] = [
      [
        acceleratorMemoryGb < cardGb,
        `a card of ${acceleratorMemoryGb} GB, ${cardGb} GB are known to do`,
        'gpu.memoryGb',
      ],
      [
        resources.memoryGib < hostGib,
        `${resources.memoryGib} GiB a pod, ${hostGib} GiB are known to do`,
        'resources.memoryGib',
      ],
    ];
    return small.flatMap(([is, message, about]): PlanFinding[] =>
      is
        ? [
            {
              severity: 'warning',
              message: `run ${run}: ${message}`,
              remedy: [
                'take a larger one',
                ...(run === 'job'
                  ? ['or lower data.width, data.height and the ray samples in the command']
                  : []),
              ],
              subject: `${resolved.keyPrefix}${about}`,
            },
          ]
        : [],
    );
  }),
};

export const imageTo3dChecks: readonly PlanCheck[] = [imageTo3dLicence, imageTo3dExposure, imageTo3dMemory];

function onViews(test: (views: ImageTo3dPlan, planned: Planned) => readonly PlanFinding[]) {
  return (planned: Planned): readonly PlanFinding[] => {
    const { imageTo3d } = planned.plan;
    return imageTo3d === undefined ? [] : test(imageTo3d, planned);
  };
}
