import * as z from 'zod';
import { mustBe } from '../../src/catalog/issue-message.js';
import { Secret } from '../../src/selection/secret.js';

const text = z.string().min(1);
const path = z.string().regex(/^\//, mustBe('a path that begins with /'));
const PinnedImage = z
  .string()
  .regex(
    /^[a-z0-9][\w.:/-]*:[\w.-]+@sha256:[0-9a-f]{64}$/,
    mustBe(
      'repository:tag@sha256:<64 hex digits>: there is no official image, so yours is named by its digest',
    ),
  );

/** Keys that the scheme adds to a selection. */
export const ImageTo3dSection = z.strictObject({
  variant: z
    .enum(['research', 'commercial-c'])
    .describe(
      'Checkpoint: `research` (no commercial use) or `commercial-c` (trained on CC-BY and CC0 only).',
    ),
  acknowledged: z
    .strictObject({
      licence: z
        .enum(['stability-nc', 'stability-community'])
        .describe('Licence that was read: stability-nc for research, stability-community for commercial-c.'),
      purpose: z.enum(['non-commercial-research', 'commercial']).describe('What it is used for.'),
      by: text.describe('Who accepted it for the company, on the hub as well.'),
    })
    .describe('The licence, acknowledged.'),
  run: z
    .enum(['service', 'job'])
    .describe('`service`: ComfyUI, for views of a picture; `job`: a batch such as threestudio, for meshes.'),
  program: z
    .strictObject({
      image: PinnedImage.describe('Image of ComfyUI or of the batch, by digest.'),
      command: z
        .array(text)
        .min(1)
        .describe('Command that starts it, e.g. python main.py --listen 0.0.0.0 --port 8188.'),
      checkpointsPath: path.describe(
        'Folder in which it looks for its checkpoint, e.g. /comfyui/models/checkpoints.',
      ),
      user: z
        .strictObject({ uid: z.int().min(1).describe('User id.'), gid: z.int().min(0).describe('Group id.') })
        .describe('User that the image is built to run as; root is refused.'),
    })
    .describe('The program: nobody publishes an official image of it.'),
  gpu: z
    .strictObject({
      resource: text.describe('Extended resource, e.g. nvidia.com/gpu.'),
      memoryGb: z.number().positive().describe('Memory of the card, GB.'),
    })
    .describe('The one card of a pod.'),
  resources: z
    .strictObject({
      cpus: z.number().positive().describe('Processors of a pod.'),
      memoryGib: z.number().positive().describe('Memory of a pod, GiB.'),
      ephemeralStorageGib: z.number().positive().describe('What a pod may write to its node, GiB.'),
    })
    .describe('What a pod takes.'),
  checkpoint: z
    .strictObject({
      token: Secret.describe('Token of an account that accepted the licence: the repository is gated.'),
      downloadImage: PinnedImage.describe(
        'Image with Python and huggingface_hub, e.g. that of vLLM, by digest.',
      ),
      revision: z
        .string()
        .regex(/^[0-9a-f]{40}$/, mustBe('a commit of 40 hex digits'))
        .optional()
        .describe('Commit of the repository. Default: its default branch, once.'),
    })
    .describe('How the checkpoint arrives.'),
  replicas: z
    .int()
    .min(1)
    .optional()
    .describe('Pods of the service; each has a queue of its own. Default: 1.'),
  pictures: z
    .strictObject({
      claimName: text.describe('PersistentVolumeClaim that exists, with the pictures.'),
      mountPath: path.describe('Where the batch sees it.'),
    })
    .optional()
    .describe('Pictures and results of a batch. Pictures have no background (RGBA).'),
  deadlineSeconds: z.int().min(60).optional().describe('Longest time of a batch, s.'),
});
export type ImageTo3dSection = z.infer<typeof ImageTo3dSection>;
