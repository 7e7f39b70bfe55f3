import type { IVolume } from 'kubernetes-models/v1';

/** One key, as a file. */
export interface KeyFile {
  readonly file: string;
  readonly secretName: string;
  readonly key: string;
}

/** Keys of several Secrets in one folder, each under the name of its file. */
export function keysVolume(name: string, keys: readonly KeyFile[]) {
  return {
    name,
    projected: {
      defaultMode: 0o440,
      sources: keys.map(({ file, secretName, key }) => ({
        secret: { name: secretName, items: [{ key, path: file }] },
      })),
    },
  } satisfies IVolume;
}
