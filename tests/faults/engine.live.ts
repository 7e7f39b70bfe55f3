import { expect, it } from 'vitest';
import { askRealParser, type Verdict } from '../engine/real-parser.js';
import { read } from './examples.js';
import { engineParser } from './layers/live-layers.js';
import type { Planted } from './plant.js';
import { compareWithKept, NO_DIFFERENCE } from './record.js';
import { plantAll } from './run-faults.js';

interface Start {
  readonly version: string;
  readonly args: readonly string[];
}

const all = plantAll().filter(engineParser.concerns);
const starts = all.flatMap(({ sound, faulty }) => [...startsOf(sound), ...startsOf(faulty)]);
const versions = [...new Set(starts.map(({ version }) => version))].sort();

/** What the servers of these objects start, by the version that their images name. */
function startsOf(objects: Planted['sound']): readonly Start[] {
  return read(objects).servers.flatMap(({ engine: { version, args } }) =>
    version === undefined ? [] : [{ version, args }],
  );
}

it('the parser of the version says of each fault what is kept', async () => {
  const verdicts = new Map<string, Verdict>();
  for (const version of versions) {
    const own = starts.filter((start) => start.version === version);
    const cases = Object.fromEntries(own.map(({ args }) => [JSON.stringify(args), args]));
    for (const [args, verdict] of await askRealParser(version, cases))
      verdicts.set(`${version} ${args}`, verdict);
  }
  const refused = (objects: Planted['sound']) =>
    startsOf(objects).flatMap(({ version, args }) => {
      const verdict = verdicts.get(`${version} ${JSON.stringify(args)}`);
      if (!verdict) throw new Error(`${version} was not asked about ${args.join(' ')}`);
      return verdict.accepted ? [] : [`vLLM ${version}: ${verdict.says}`];
    });
  for (const { sound, fault, example } of all)
    expect(refused(sound), `${example.id} without ${fault.id}`).toEqual([]);
  const seen = all.map((planted) => ({ planted, says: refused(planted.faulty) }));
  expect(compareWithKept(engineParser, `vLLM ${versions.join(', ')}`, seen)).toEqual(NO_DIFFERENCE);
}, 900_000);
