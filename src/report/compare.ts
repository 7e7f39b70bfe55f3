import type { Finding } from '../plan/finding.js';
import type { Plan, ServerPlan } from '../plan/plan.js';
import { duration, gib, whole } from './markdown.js';

/** One thing that is not the same everywhere; a value per environment, null where an environment has none. */
export interface Difference {
  readonly key: string;
  readonly values: readonly (string | null)[];
}

/** What differs between the environments of one selection. Plain JSON. */
export interface Comparison {
  readonly selection: string;
  readonly environments: readonly string[];
  /** Values of the selection, by key. */
  readonly settings: readonly Difference[];
  /** What follows from them: memory, capacity, hardware. */
  readonly numbers: readonly Difference[];
  /** What the checks say, by check. */
  readonly findings: readonly Difference[];
  /** How many settings, numbers and findings are the same in all of them. */
  readonly same: number;
}

/** One environment's plan with what the checks say of it. */
export interface ComparedEnvironment {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
}

/** Holds environments of one selection against each other, in the order given. */
export function comparePlans(compared: readonly ComparedEnvironment[]): Comparison {
  const settings = rows(compared.map(({ plan }) => settingsOf(plan)));
  const numbers = rows(compared.map(({ plan }) => numbersOf(plan)));
  const findings = rows(compared.map((one) => findingsOf(one.findings)));
  const all = [...settings, ...numbers, ...findings];
  return {
    selection: compared[0]?.plan.name ?? '',
    environments: compared.map(({ plan }) => plan.environment),
    settings: settings.filter(differs),
    numbers: numbers.filter(differs),
    findings: findings.filter(differs),
    same: all.filter((row) => !differs(row)).length,
  };
}

type Values = ReadonlyMap<string, string>;

/** One row for each key that somebody has, in the order in which they first appear. */
function rows(columns: readonly Values[]): Difference[] {
  const keys = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  return keys.map((key) => ({ key, values: columns.map((column) => column.get(key) ?? null) }));
}

function differs({ values }: Difference): boolean {
  return new Set(values).size > 1;
}

function settingsOf({ settings }: Plan): Values {
  return new Map(
    settings.map(({ key, value }) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

function numbersOf({ servers }: Plan): Values {
  const several = servers.length > 1;
  return new Map(
    servers.flatMap((server) =>
      serverNumbers(server).map(([key, value]) => [several ? `${server.name}: ${key}` : key, value]),
    ),
  );
}

function serverNumbers(server: ServerPlan): [string, string][] {
  const { sizing, accelerator, replicas, concurrency, resources, weights, lifecycle, model, image } = server;
  const { perGpu, settings, throughput } = sizing;
  const memoryGib = resources.memoryGib + resources.sharedMemoryGib;
  return [
    ['weights', `${model.id} in ${model.precision}`],
    ['image', `${image.repository}:${image.tag}`],
    ['accelerators of a replica', `${accelerator.count} × ${accelerator.id}`],
    ['accelerators in all, at most', String(accelerator.count * replicas.max)],
    ['replicas', replicas.min === replicas.max ? `${replicas.min}` : `${replicas.min} to ${replicas.max}`],
    ['verdict', sizing.verdict],
    ['weights, GiB an accelerator', gib(perGpu.weightsGib)],
    ['KV cache, GiB an accelerator', gib(perGpu.kvCacheGib)],
    ['KV cache, tokens a replica', whole(sizing.kvCacheTokens)],
    ['longest request, tokens', whole(settings.maxModelLen)],
    ['requests of full length at once', String(sizing.maxConcurrency)],
    ['requests at once, meant', String(concurrency.target)],
    ['requests held', String(concurrency.admitted)],
    ...(throughput === null
      ? []
      : ([
          ['output tokens a second', String(throughput.outputTokensPerSecond)],
          ['TTFT, ms', String(throughput.ttftMs)],
          ['TPOT, ms', String(throughput.tpotMs)],
        ] satisfies [string, string][])),
    ['pod', `${resources.cpus} CPUs, ${Math.ceil(memoryGib)} GiB of memory`],
    ['volume', `${weights.volumeGib} GiB, ${weights.kind}`],
    ['start-up probe waits', duration(lifecycle.startupBudgetSeconds)],
  ];
}

/** Findings of one check in one text, worst word first as the checks order them. */
function findingsOf(findings: readonly Finding[]): Values {
  const texts = new Map<string, string>();
  for (const { check, severity, message, waived } of findings) {
    const text = `${waived ? 'accepted' : severity}: ${message}`;
    const before = texts.get(check);
    texts.set(check, before === undefined ? text : `${before}\n${text}`);
  }
  return texts;
}
