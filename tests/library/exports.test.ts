import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Construct } from 'constructs';
import { expect, test } from 'vitest';
import * as library from '../../src/index.js';

const constructs = join(import.meta.dirname, '..', '..', 'src', 'constructs');

test.each(readdirSync(constructs).filter((name) => name.endsWith('.ts')))(
  'the constructs of %s can be had from the package',
  async (file) => {
    const module: Record<string, unknown> = await import(join(constructs, file));
    const classes = Object.entries(module).filter(
      ([, value]) => typeof value === 'function' && value.prototype instanceof Construct,
    );
    for (const [name, value] of classes) expect((library as Record<string, unknown>)[name], name).toBe(value);
  },
);
