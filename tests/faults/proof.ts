import { EXAMPLES_A_FAULT } from './examples.js';
import { liveLayers } from './layers/live-layers.js';
import type { LiveResults } from './live-results.js';
import type { FaultRun } from './run-faults.js';

interface Column {
  readonly name: string;
  readonly asks: string;
  readonly seenWith?: string;
}

const GROUPS = [
  ['trap', 'Traps', 'Known ways to fail; docs/traps.md lists them.'],
  ['gap', 'What a real API server accepts', 'Mistakes that a strict dry run lets pass.'],
  ['correction', 'Corrections', 'Common advice on vLLM that its published wheels contradict.'],
] as const;

/** docs/proof.md. */
export function proofPage(runs: readonly FaultRun[], live: LiveResults): string {
  const columns = columnsOf(live);
  const planted = runs.filter(({ placements }) => placements.length > 0);
  const placements = planted.reduce((sum, run) => sum + run.placements.length, 0);
  return [
    '# Planted faults',
    '',
    'Written by `tests/faults/`; do not edit. `npx vitest run tests/faults -u` writes it anew.',
    '',
    `The list of ${runs.length} faults, \`tests/faults/faults.yaml\`, was fixed before the checks were held against it.`,
    `Each is planted in ${EXAMPLES_A_FAULT} of the examples in \`dist/\`, ${placements} plantings in all, and every layer that it concerns is asked.`,
    'Caught means: the layer says something that it does not say of the same example without the fault.',
    'A cell counts examples: caught of asked. A dash: the fault changes nothing that the layer looks at.',
    '',
    '## Layers',
    '',
    ...table(
      ['layer', 'what is asked', 'seen with', 'faults shown', 'faults caught'],
      columns.map((column) => {
        const shown = planted.filter((run) => asked(run, column.name).length > 0);
        const caught = shown.filter((run) => asked(run, column.name).every((answer) => answer?.caught));
        return [
          column.name,
          column.asks,
          column.seenWith ?? 'every run',
          String(shown.length),
          String(caught.length),
        ];
      }),
    ),
    '',
    ...GROUPS.flatMap(([from, title, what]) =>
      group(
        title,
        what,
        columns,
        planted.filter(({ fault }) => fault.from.startsWith(from)),
      ),
    ),
    ...fewer(planted),
    ...beyond(runs),
  ].join('\n');
}

function columnsOf(live: LiveResults): readonly Column[] {
  return [
    { name: 'plan checks', asks: 'the resolver and the plan checks, for faults of a selection' },
    {
      name: 'manifest checks',
      asks: "our own reader and the manifest checks, the engine's tables among them",
    },
    {
      name: 'schemas',
      asks: 'the strict schemas of the Kubernetes version that the example is for, and of the custom kinds',
    },
    ...liveLayers.map(({ name, asks }) => ({ name, asks, seenWith: live[name]?.with ?? 'not yet' })),
  ];
}

function asked({ placements }: FaultRun, layer: string) {
  return placements.filter(({ answers }) => answers.has(layer)).map(({ answers }) => answers.get(layer));
}

function cell(run: FaultRun, layer: string): string {
  const answers = asked(run, layer);
  if (answers.length === 0) return '–';
  if (answers.includes(undefined)) return '?';
  return `${answers.filter((answer) => answer?.caught).length}/${answers.length}`;
}

/** Checks that spoke in every example. */
export function catchers({ placements }: FaultRun): readonly string[] {
  const spoken = placements.map(({ answers }) => [...answers.values()].flatMap((answer) => answer?.by ?? []));
  return [...new Set(spoken[0])].filter((check) => spoken.every((names) => names.includes(check)));
}

function group(title: string, what: string, columns: readonly Column[], runs: readonly FaultRun[]): string[] {
  const rows = runs.map((run) => [
    `\`${run.fault.id}\``,
    run.fault.title,
    ...columns.map(({ name }) => cell(run, name)),
    catchers(run)
      .map((check) => `\`${check}\``)
      .join(' '),
  ]);
  return [
    `## ${title}`,
    '',
    what,
    '',
    ...table(['fault', 'what it is', ...columns.map(({ name }) => name), 'checks that say so'], rows),
    '',
  ];
}

function fewer(runs: readonly FaultRun[]): string[] {
  const rows = runs
    .filter(({ placements }) => placements.length < EXAMPLES_A_FAULT)
    .map(({ fault, placements, fitting }) => [
      `\`${fault.id}\``,
      String(placements.length),
      `${fitting} of the examples have: ${fault.in.join(', ')}`,
    ]);
  if (rows.length === 0) return [];
  return [
    `## In fewer than ${EXAMPLES_A_FAULT} examples`,
    '',
    ...table(['fault', 'examples', 'why'], rows),
    '',
  ];
}

function beyond(runs: readonly FaultRun[]): string[] {
  const rows = runs
    .filter(({ fault }) => fault.beyond !== undefined)
    .map(({ fault }) => [`\`${fault.id}\``, fault.title, fault.beyond ?? '']);
  return [
    '## Beyond reach',
    '',
    `No layer here can catch ${rows.length} of the faults.`,
    '',
    ...table(['fault', 'what it is', 'why'], rows),
    '',
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
