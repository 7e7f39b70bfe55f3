import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EngineTable } from '../../src/catalog/engine.js';
import { checkEngineArgs, parseEngineArgs } from '../../src/inspect/engine-args.js';
import { engines } from '../checks/manifest/engines.js';

interface Case {
  readonly args: readonly string[];
  readonly ok?: true;
  readonly refuses?: string;
  readonly version?: string;
}

const cases = parse(
  readFileSync(join(import.meta.dirname, 'engine-args.cases.yaml'), 'utf8'),
) as readonly Case[];

function tableOf(version: string): EngineTable {
  const table = engines(version);
  if (!table) throw new Error(`no table of ${version}`);
  return table;
}

describe('engine arguments', () => {
  it.each(cases.map((each) => [each.version ?? '0.32.0', each.args.join(' '), each] as const))(
    '%s: %s',
    (version, _, each) => {
      const refused = checkEngineArgs(tableOf(version), each.args).map(({ flag }) => flag);
      expect(refused).toEqual(each.refuses === undefined ? [] : [each.refuses]);
    },
  );

  it('are read as the engine would read them', () => {
    const { positionals, flags } = parseEngineArgs(tableOf('0.32.0'), [
      'm',
      '-tp',
      '4',
      '--served-model-name',
      'a',
      'b',
      '--no-enable-prefix-caching',
    ]);
    expect(positionals).toEqual(['m']);
    expect(flags).toEqual({
      '--tensor-parallel-size': { values: ['4'], off: false },
      '--served-model-name': { values: ['a', 'b'], off: false },
      '--enable-prefix-caching': { values: [], off: true },
    });
  });

  it('name no value of a flag that holds a secret', () => {
    const problems = checkEngineArgs(tableOf('0.32.0'), [
      'm',
      '--api-key',
      'not-a-real-key',
      '--api-keys',
      'not-a-real-key',
    ]);
    expect(problems).not.toEqual([]);
    expect(JSON.stringify(problems)).not.toContain('not-a-real-key');
  });
});
