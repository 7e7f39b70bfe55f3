import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { ClusterKindProfile } from '../../src/catalog/cluster-kind.js';
import { ProviderProfile } from '../../src/catalog/provider.js';
import { parseWith, readYaml } from '../../src/catalog/read-yaml.js';

const root = join(import.meta.dirname, '..', '..');
const kinds: readonly (readonly [string, z.ZodType<{ id: string; checked: string }>])[] = [
  ['clusters', ClusterKindProfile],
  ['providers', ProviderProfile],
];

const entries = kinds.flatMap(([kind, schema]) =>
  readdirSync(join(root, 'profiles', kind)).map((file) => ({ kind, file, schema })),
);

describe('kinds of cluster and providers of APIs', () => {
  it.each(entries)(
    '$kind/$file parses, is named after its id and says when it was looked at',
    ({ kind, file, schema }) => {
      const entry = parseWith(schema, readYaml(join(root, 'profiles', kind, file), root));
      expect(`${entry.id}.yaml`).toBe(file);
      expect(entry.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    },
  );
});
