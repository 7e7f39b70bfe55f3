import type { Catalog } from '../../catalog/catalog.js';
import type { EngineTable } from '../../catalog/engine.js';
import { UserError } from '../../error.js';
import { engineForSizing } from '../engine-for-sizing.js';
import type { EngineName, ServingEngine } from '../throughput/engine-range.js';

export interface FoundEngine {
  readonly engine: EngineTable;
  readonly serving: ServingEngine;
  readonly assumptions: readonly string[];
}

/** What people call the engines. */
const NAMES: Readonly<Record<string, EngineName>> = {
  vllm: 'vllm',
  sglang: 'sglang',
  'tensorrt-llm': 'tensorrt-llm',
  tensorrt: 'tensorrt-llm',
  'trt-llm': 'tensorrt-llm',
  trtllm: 'tensorrt-llm',
  trt: 'tensorrt-llm',
  nim: 'tensorrt-llm',
  atom: 'atom',
};

/** Version whose constants of memory stand in for engines other than vLLM: the one with the most measured starts. */
const STAND_IN_VERSION = '0.19.1';
/** Versions of the other engines that were measured last. */
const USUAL_VERSION: Readonly<Record<EngineName, string>> = {
  vllm: '',
  sglang: '0.5.13',
  'tensorrt-llm': '1.3.0',
  atom: '0.1.1',
};

/**
 * Reads an engine: `vllm@0.19.0`, `sglang@0.5.6`, `tensorrt-llm`, or a bare version of vLLM. A size needs only the
 * version's defaults and constants, so a version without a table takes those of the nearest one, and says so.
 * @throws UserError for an engine that is not known.
 */
export function findEngine(text: string | undefined, catalog: Catalog): FoundEngine {
  const asked = (text ?? 'vllm').trim().toLowerCase();
  const bare = /^v?\d/.test(asked);
  const [word = 'vllm', ...rest] = bare
    ? ['vllm', asked]
    : asked.replace(/^amd[ -]atom/, 'atom').split(/[@=: ]+/);
  const name = NAMES[word.replaceAll('_', '-')];
  if (name === undefined) {
    throw new UserError('nothing was sized', [
      {
        message: `engine '${word}' is not known; there are: vllm, sglang, tensorrt-llm, atom`,
        fix: 'write for instance vllm@0.32.0',
      },
    ]);
  }
  const stated = rest.join('@');
  const version = readableVersion(stated);
  const usual = name === 'vllm' ? catalog.engineFamily.defaultVersion : USUAL_VERSION[name];
  const taken = version ?? usual;
  const notes = [
    ...(text === undefined ? [`engine vllm@${taken}: the default`] : []),
    ...(text !== undefined && version === undefined
      ? [`engine ${name}@${taken}: ${stated === '' ? 'no version is given' : `'${stated}' names no version`}`]
      : []),
  ];
  if (name !== 'vllm') {
    const table = nearestTable(STAND_IN_VERSION, catalog);
    return {
      engine: engineForSizing(STAND_IN_VERSION, table),
      serving: { name, version: taken },
      assumptions: [
        ...notes,
        `memory and defaults of ${name} are sized with those of vLLM ${STAND_IN_VERSION}`,
      ],
    };
  }
  const table = catalog.engine(taken)?.table ?? nearestTable(taken, catalog);
  const borrowed =
    table.version === taken ? [] : [`defaults of vllm ${taken} are read from the table of ${table.version}`];
  return {
    engine: engineForSizing(taken, table),
    serving: { name, version: taken },
    assumptions: [...notes, ...borrowed],
  };
}

/** `v0.13.0`, `0.19`, `0.19.1rc1.dev339+g12` → three numbers. */
function readableVersion(text: string): string | undefined {
  const [, major, minor, patch = '0'] = /(?:^|[^\d.])v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return major === undefined || minor === undefined ? undefined : `${major}.${minor}.${patch}`;
}

/** The oldest table for what is older, else the newest that is not newer. */
function nearestTable(version: string, catalog: Catalog): EngineTable {
  const minorOf = (text: string) => Number(text.split('.')[1] ?? 0);
  const versions = catalog.engineVersions();
  const found = versions.findLast((one) => minorOf(one) <= minorOf(version)) ?? versions[0];
  const table = found === undefined ? undefined : catalog.engine(found)?.table;
  if (table === undefined) throw new Error('the package has lost its engine tables');
  return table;
}
