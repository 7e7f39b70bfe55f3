import * as z from 'zod';
import { Day, Id } from './facts.js';

const notes = z.array(z.string()).default([]);
const texts = z.record(z.string(), z.string()).default({});
/** The mode of the kind that an entry holds for. @default every mode */
const mode = Id.optional();

const Timeout = z.strictObject({
  /** The load balancer or proxy, and which of its timers. */
  what: z.string(),
  defaultSeconds: z.number().positive().nullable(),
  maxSeconds: z.number().positive().nullable().default(null),
  /** Annotation or field that sets it. */
  setBy: z.string().nullable().default(null),
});

export const Exposure = z.strictObject({
  /** Services of type LoadBalancer that stay inside; null as a value: the owner must say. */
  internalService: z
    .array(
      z.strictObject({
        mode,
        loadBalancerClass: z.string().optional(),
        annotations: z.record(z.string(), z.string().nullable()).default({}),
      }),
    )
    .default([]),
  /** Whether a load balancer without annotations is reachable from the internet. Null where no source says. */
  publicByDefault: z.boolean().nullable(),
  ingress: z
    .array(
      z.strictObject({
        mode,
        className: z.string().nullable(),
        annotations: z.record(z.string(), z.string().nullable()).default({}),
      }),
    )
    .default([]),
  /** GatewayClasses by what they are for. */
  gatewayClasses: texts,
  timeouts: z.array(Timeout).default([]),
  notes,
});

export const Identity = z.strictObject({
  /** How pods get credentials of the cloud without a key. Null where none was found. */
  mechanism: z.string().nullable(),
  namespaceLabels: texts,
  podLabels: texts,
  /** Annotation keys of ServiceAccounts; the values are the customer's. */
  serviceAccountAnnotations: z.array(z.string()).default([]),
  /** Component that hands the credentials in and that its owner must have switched on; null where nothing must be. */
  component: z.string().nullable().default(null),
  externalSecrets: z.strictObject({
    /** Provider of External Secrets; null where it has none for this cloud. */
    provider: z.string().nullable(),
    stability: z.enum(['stable', 'beta', 'alpha']).nullable().default(null),
    /** How it signs in, or what to use instead. */
    note: z.string().optional(),
  }),
  /** Hosts and addresses that signing in needs. */
  egress: z.array(z.string()).default([]),
  notes,
});

export const Network = z.strictObject({
  dns: z.strictObject({
    /** True where pods ask pods labelled k8s-app: kube-dns in kube-system; null where no source says. */
    kubeDns: z.boolean().nullable(),
    /** Resolvers outside of pods that an egress rule must allow as well. */
    addresses: z.array(z.string()).default([]),
    /** Further ones by mode; a mode that stands here without any asks its owner. */
    addressesByMode: z.record(Id, z.array(z.string())).default({}),
    /** Resolver pods in another place. */
    pods: z
      .strictObject({ namespace: z.string(), labels: texts, port: z.int().positive() })
      .nullable()
      .default(null),
  }),
  /** Whether NetworkPolicies hold: always, never, where somebody switched it on; null: no source says. */
  policyEnforced: z.enum(['always', 'never', 'by-choice']).nullable(),
  policyNote: z.string().optional(),
  /** Addresses that hand out credentials of the node: pods have no business there. */
  metadataAddresses: z.array(z.string()).default([]),
  notes,
});

export const RegistryMirror = z.strictObject({
  /** The registry that is mirrored, e.g. docker.io. */
  registry: z.string(),
  /** What stands in its place. */
  prefix: z.string(),
  reach: z.enum(['public', 'inside-this-cloud']),
  limits: z.string().optional(),
  date: Day,
  source: z.string(),
});
