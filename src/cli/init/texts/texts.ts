import type { Key } from '../answers.js';

/** Everything that `berth init` says, in one language. */
export interface Texts {
  readonly title: string;
  readonly questions: Readonly<Record<Key, { readonly ask: string; readonly why: string }>>;
  /** What a choice means, by its value. */
  readonly choices: Readonly<Record<string, string>>;
  readonly yes: string;
  readonly no: string;
  readonly other: string;
  readonly none: string;
  readonly wrong: {
    readonly name: string;
    readonly country: string;
    readonly sha256: string;
    readonly number: (least: number) => string;
    readonly noSuch: (what: string, hint: string) => string;
    readonly tooMany: (limit: number) => string;
  };
  /** One line of a model in the list. */
  readonly model: {
    readonly gpus: (count: number, accelerator: string) => string;
    readonly allowed: string;
    readonly obligations: string;
    readonly asks: string;
  };
  readonly closed: {
    readonly summary: string;
    readonly noModel: string;
    readonly noProvider: string;
    readonly neither: string;
  };
  readonly interrupted: string;
  readonly written: string;
  readonly next: string;
  readonly findings: (questions: number, warnings: number) => string;
  /** Comments of the files. */
  readonly comments: {
    readonly made: string;
    readonly scheme: string;
    readonly licence: (id: string, verdict: string) => string;
    readonly profile: string;
    readonly opsEngineers: string;
    readonly callsPerMonth: string;
    readonly modelscope: string;
    readonly token: string;
    readonly utilization: string;
    readonly replicas: string;
    readonly capabilities: string;
    readonly storage: string;
    readonly expose: string;
    readonly cloud: string;
    readonly vendor: string;
    readonly key: string;
    readonly targets: string;
    readonly client: string;
    readonly cdk8s: string;
    readonly ci: string;
  };
}
