/** What must differ between a GPU pod and a test process, and why; everything else stays as it was generated. */
const DROPPED: Readonly<Record<string, string>> = {
  '--tensor-parallel-size': 'one processor',
  '--pipeline-parallel-size': 'one processor',
  '--enable-expert-parallel': 'the tiny model has no experts',
  '--disable-custom-all-reduce': 'one processor',
  '--kv-cache-dtype': 'needs kernels of a GPU',
  '--quantization': 'the tiny model is not quantized',
  '--speculative-config': 'the tiny model has no draft',
  '--enable-lora': 'the tiny model has no adapters',
  '--max-loras': 'the tiny model has no adapters',
  '--max-lora-rank': 'the tiny model has no adapters',
  '--lora-modules': 'the tiny model has no adapters',
};
const ADDED: readonly (readonly string[])[] = [['--host', '127.0.0.1'], ['--enforce-eager']];
const ADDED_ENV: Readonly<Record<string, string>> = {
  HF_HUB_OFFLINE: '1',
  VLLM_NO_USAGE_STATS: '1',
  VLLM_CPU_KVCACHE_SPACE: '1',
};

/** What a test process has in place of what a pod has. */
export interface Place {
  readonly modelFolder: string;
  readonly port: number;
  /** Every absolute path of an environment variable moves below it. */
  readonly folder: string;
  /** In place of what Secrets hold. */
  readonly secretValue: string;
}

export interface Deployed {
  /** The model first, then flags. */
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value?: string; readonly secret?: object }[];
}

export interface Swapped {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** One line for each thing that differs from what was generated. */
  readonly differences: readonly string[];
}

/** Turns what a generated pod starts into what can run on a processor, and says what it changed. Changes nothing in silence. */
export function swapForProcessor({ args, env }: Deployed, place: Place): Swapped {
  const differences: string[] = [];
  const note = (difference: string, value: string) => {
    differences.push(difference);
    return value;
  };
  const swap = (was: string, is: string) => note(`${was} → ${is}`, is);
  const [[model = ''] = [], ...flags] = chunks(args);
  const path = swap(model, place.modelFolder);
  const kept = flags.flatMap(([flag = '', ...values]) => {
    if (flag === '--port') return [[flag, swap(`--port ${values[0]}`, `${place.port}`)]];
    const reason = DROPPED[flag];
    if (reason === undefined || (/parallel-size$/.test(flag) && values[0] === '1'))
      return [[flag, ...values]];
    differences.push(`${[flag, ...values].join(' ')} dropped: ${reason}`);
    return [];
  });
  const added = ADDED.filter(([flag]) => !kept.some(([other]) => other === flag));
  differences.push(...added.map((words) => `${words.join(' ')} added`));

  const variables = env.flatMap(({ name, value, secret }) => {
    if (secret) return [[name, note(`${name} from a Secret → the test key`, place.secretValue)] as const];
    if (value === undefined) return [];
    return [
      [name, value.startsWith('/') ? swap(`${name}=${value}`, `${place.folder}${value}`) : value] as const,
    ];
  });
  const addedEnv = Object.entries(ADDED_ENV).filter(([name]) => !env.some((each) => each.name === name));
  differences.push(...addedEnv.map(([name, value]) => `${name}=${value} added`));
  return {
    args: [path, ...kept.flat(), ...added.flat()],
    env: Object.fromEntries([...variables, ...addedEnv]),
    differences,
  };
}

/** `[[model], [flag, value…], …]` */
function chunks(args: readonly string[]): readonly (readonly string[])[] {
  const found: string[][] = [];
  for (const arg of args) {
    if (found.length === 0 || arg.startsWith('--')) found.push([arg]);
    else found.at(-1)?.push(arg);
  }
  return found;
}
