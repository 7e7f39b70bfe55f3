import { beforeAll, describe, expect, it } from 'vitest';
import { checkEngineArgs } from '../../src/inspect/engine-args.js';
import { brokenArguments } from './argument-cases.js';
import { deployedServers, nearestTable, tableVersions } from './deployed.js';
import { hasSources, PARSED_VERSIONS } from './install.js';
import { askRealParser, type Verdict } from './real-parser.js';
import { recordResults } from './results.js';

const servers = deployedServers();
const fixed = [...PARSED_VERSIONS, ...servers.map(({ version }) => version)];
const others = tableVersions.filter((version) => process.env.BERTH_ENGINE_ALL === '1' || hasSources(version));
const versions = [...new Set([...fixed, ...others])];
const deployedCases = new Map(servers.map(({ args }) => [JSON.stringify(args), args]));
const figures: Record<string, unknown> = {};

describe.each(versions)('the parser of vLLM %s', (version) => {
  let verdicts: ReadonlyMap<string, Verdict>;
  const verdict = (name: string) => verdicts.get(name) ?? { accepted: false, says: 'was not asked' };
  const table = nearestTable(version);

  beforeAll(async () => {
    const start = Date.now();
    const broken = brokenArguments.map(({ name, args }) => [name, args] as const);
    const cases = Object.fromEntries([...deployedCases, ...broken]);
    verdicts = await askRealParser(version, cases, (PARSED_VERSIONS as readonly string[]).includes(version));
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(`engine ${version}: ${verdicts.size} lists of arguments given to the parser in ${seconds} s`);
    figures[version] = { deployed: deployedCases.size, broken: broken.length };
    recordResults({ parsers: figures });
  }, 240_000);

  const own = servers.filter((server) => server.version === version);
  if (own.length > 0)
    it(`takes the arguments of its ${own.length} emitted servers`, () => {
      for (const { id, args } of own) {
        const { accepted, says } = verdict(JSON.stringify(args));
        expect(accepted, `${id}: ${says}`).toBe(true);
      }
    });

  if (own.length > 0)
    it('reads the values that our own reader finds in them', () => {
      for (const { id, args, server } of own) {
        const { engine } = server;
        expect(verdict(JSON.stringify(args)).values, id).toMatchObject({
          model: engine.model,
          port: engine.port,
          served_model_name: engine.servedModelNames,
          tensor_parallel_size: engine.tensorParallelSize,
          pipeline_parallel_size: engine.pipelineParallelSize,
        });
        expect(server.container.ports.map(({ number }) => number)).toContain(engine.port);
      }
    });

  it(`agrees with the table on all ${deployedCases.size} emitted lists of arguments, whatever version they are for`, () => {
    for (const [name, args] of deployedCases) {
      const problems = checkEngineArgs(table, args);
      expect({ args, accepted: problems.length === 0, problems }).toEqual({
        args,
        accepted: verdict(name).accepted,
        problems: verdict(name).accepted ? [] : problems,
      });
    }
  });

  const written = (PARSED_VERSIONS as readonly string[]).includes(version);
  if (written)
    it.each(brokenArguments)('on a mistake: $name', ({ name, refusedBy, says }) => {
      const { accepted, says: said } = verdict(name);
      expect(accepted, said).toBe(!refusedBy.includes(version));
      if (!accepted) expect(said).toContain(says);
    });

  it.each(brokenArguments)(
    'and the table agree, but for named differences: $name',
    ({ name, args, difference }) => {
      const refused = checkEngineArgs(table, args).length > 0;
      expect(refused).toBe(!verdict(name).accepted || difference !== undefined);
    },
  );
});
