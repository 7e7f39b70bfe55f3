import * as z from 'zod';
import { mustBe } from '../../src/catalog/issue-message.js';
import { SecretRef } from '../../src/selection/secret.js';
import { presets } from './presets.js';

const text = z.string().min(1);
const port = z.int().min(1).max(65535);
const path = z.string().regex(/^\//, mustBe('a path that begins with /'));

/** By digest: what a vendor delivers is what was tried, licensed and scanned, whatever its tag says later. */
const PinnedImage = z
  .string()
  .regex(
    /^[a-z0-9][\w.:/-]*:[\w.-]+@sha256:[0-9a-f]{64}$/,
    mustBe(
      'repository:tag@sha256:<64 hex digits>: a licensed container is named by its digest, which the vendor or your registry prints',
    ),
  );

const secretRef = SecretRef.describe('Where the value is; the value itself is refused.');

const Licence = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('env-key').describe('A key in an environment variable.'),
    variable: text.optional().describe('The variable. Default: that of the preset.'),
    secretRef,
  }),
  z.strictObject({
    kind: z.literal('file').describe('A licence file.'),
    mountPath: path.describe('Where the container reads it.'),
    secretRef,
  }),
  z.strictObject({
    kind: z.literal('licence-server').describe('A service that must answer before the container starts.'),
    host: text.describe('Host name or address of it.'),
    port: port.describe('Its TCP port.'),
    namespace: text.optional().describe('Namespace of it, where it runs in this cluster.'),
    cidr: z.cidrv4().optional().describe('Its address as a CIDR, where it runs elsewhere.'),
    waitImage: PinnedImage.describe('Image with sh and nc by which the pod waits for it, by digest.'),
  }),
  z.strictObject({
    kind: z
      .literal('node-fingerprint')
      .describe('Bound to machines: the vendor licensed their fingerprints.'),
    nodeLabel: z
      .strictObject({
        key: text.describe('Key of the label.'),
        values: z.array(text).min(1).describe('Its values.'),
      })
      .describe('Label of the licensed nodes.'),
  }),
  z.strictObject({ kind: z.literal('contract-only').describe('Nothing technical: the contract alone.') }),
]);

const Probes = z.union([
  z.strictObject({
    startup: path.describe('Answers 200 once it is ready for the first time.'),
    liveness: path.describe('Answers 200 while the process is alive.'),
    readiness: path.describe('Answers 200 while it takes requests.'),
  }),
  z.literal('vendor-does-not-document'),
]);

const Metrics = z.union([
  z.strictObject({ port: port.describe('Port of the metrics.'), path: path.describe('Their path.') }),
  z.literal('vendor-does-not-document'),
]);

const Container = z.strictObject({
  preset: z
    .enum(Object.keys(presets))
    .optional()
    .describe(
      'What a vendor documents publicly, as values for the keys below that have none. Never an image.',
    ),
  vendor: text.optional().describe('Who licenses it.'),
  image: PinnedImage.describe('The image, by digest.'),
  imagePullSecretName: text.optional().describe('Secret of type dockerconfigjson for its registry.'),
  servedModelName: text.describe('What clients write as `model`.'),
  wire: z.enum(['openai-chat', 'custom']).optional().describe('What clients speak to it.'),
  port: port.optional().describe('Port that it listens on.'),
  gpu: z
    .strictObject({
      resource: text.describe('Extended resource, e.g. nvidia.com/gpu.'),
      count: z.int().min(1).describe('How many of it one pod gets.'),
    })
    .describe('Accelerators, as the vendor states them.'),
  resources: z
    .strictObject({
      cpus: z.number().positive().describe('Processors of a pod.'),
      memoryGib: z.number().positive().describe('Memory of a pod, GiB.'),
      ephemeralStorageGib: z.number().positive().describe('What a pod may write to its node, GiB.'),
      sharedMemoryGib: z.number().min(0).optional().describe('Size of /dev/shm, GiB.'),
    })
    .describe('What a pod takes, as the vendor states it.'),
  user: z
    .strictObject({ uid: z.int().min(1).describe('User id.'), gid: z.int().min(0).describe('Group id.') })
    .optional()
    .describe('User that the image is built to run as; root is refused.'),
  licence: Licence.describe('By what it proves that it may run.'),
  probes: Probes.optional().describe('Paths of its probes, or `vendor-does-not-document`.'),
  startupSeconds: z.int().min(30).describe('Longest time until it is ready, download included, s.'),
  shutdownSeconds: z.int().min(1).optional().describe('Time that running answers get, s. Default: 300.'),
  storage: z
    .strictObject({
      mountPath: path.optional().describe('Where it keeps its model.'),
      sizeGib: z.int().min(1).describe('Size of the volume, GiB.'),
    })
    .optional()
    .describe('Volume that it writes to. Default: none.'),
  command: z.array(text).optional().describe("Command in place of the image's entry point."),
  args: z.array(text).optional().describe('Arguments.'),
  env: z.record(text, z.string()).optional().describe('Variables; nothing secret.'),
  cudaBaseImage: z
    .boolean()
    .optional()
    .describe('False: it stands on no CUDA image, and GKE must tell it where the driver is. Default: true.'),
  egressHosts: z
    .array(text)
    .describe('Hosts that it calls by HTTPS, e.g. for its licence or its model; [] for none.'),
  metrics: Metrics.optional().describe('Where its metrics are, or `vendor-does-not-document`.'),
  minDriver: z.string().optional().describe('Oldest driver that the vendor supports, in quotes.'),
  eulaAcceptedBy: text.optional().describe("Who accepted the vendor's terms for the company."),
  replicas: z.int().min(1).optional().describe('Pods. Default: 1.'),
});
export type Container = z.infer<typeof Container>;

/** Keys that the scheme adds to a selection. */
export const ClosedPrivateSection = z.strictObject({
  container: Container.optional().describe('A container that its vendor licenses.'),
  agreement: z
    .strictObject({
      vendor: text.describe('Who granted it.'),
      reference: text.describe('Number or name of the contract.'),
      signedBy: text.describe('Who signed it for the company.'),
    })
    .optional()
    .describe('A commercial licence for weights that vLLM serves, e.g. of Mistral Large 2.'),
});
export type ClosedPrivateSection = z.infer<typeof ClosedPrivateSection>;
