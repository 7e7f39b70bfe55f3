import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { mustBe } from '../catalog/issue-message.js';
import { readStrict } from './read-strict.js';
import type { Lock } from './resolved.js';

export const LOCK_FILE = 'berth.lock.yaml';

const Image = z
  .string()
  .regex(
    /^[^\s@]+:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
    mustBe('an image with its tag such as vllm/vllm-openai:v0.32.0'),
  );
const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, mustBe('sha256: and 64 hex digits'));
const Model = z
  .string()
  .regex(
    /^(huggingface|modelscope):[^\s/:]+\/[^\s/:]+$/,
    mustBe('a repository such as huggingface:Qwen/Qwen3-8B'),
  );
const Commit = z.string().regex(/^[0-9a-f]{40}$/, mustBe('a commit of 40 hex digits'));

/** The file berth.lock.yaml. */
export const LockFile = z.strictObject({
  version: z.literal(1).describe('Version of this format: 1.'),
  images: z.record(Image, Digest).default({}).describe('Image and tag → digest.'),
  models: z.record(Model, Commit).default({}).describe('Source and repository → commit.'),
});

/**
 * What the project's lock file says; nothing where there is none.
 * @throws UserError with every mistake of the file.
 */
export function loadLock(root: string): Lock {
  const file = join(root, LOCK_FILE);
  if (!existsSync(file)) return { images: {}, models: {} };
  const { images, models } = readStrict(LockFile, file, root).data;
  return { images, models };
}
