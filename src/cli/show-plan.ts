import { type Plan, plansOf, type ServerPlan } from '../plan/plan.js';
import { gatewayFacts } from '../report/gateways.js';
import { viewsFacts } from '../report/image-to-3d.js';
import { licensedFacts } from '../report/licensed.js';
import { budgetRows, sentence } from '../report/memory.js';
import { facts } from '../report/what-runs.js';
import type { SynthesizedEnvironment } from '../synth/synthesize.js';
import { showFindings } from './show-findings.js';
import { columns } from './table.js';
import type { Colours } from './terminal.js';

/** One environment's plan for a person at a terminal: what runs, why it fits, what the checks say, what it rests on. */
export function showPlan({ plan, findings, resolved }: SynthesizedEnvironment, colours: Colours): string {
  const parts = [
    colours.bold(`${plan.name}: ${plan.environment}`),
    ...plansOf(plan).flatMap((one) => [
      ...one.servers.map((server) => showServer(one, server, colours)),
      ...(one.licensed ?? []).map((each) => showFacts(each.name, licensedFacts(one, each), colours)),
      ...(one.imageTo3d ? [showFacts('views', viewsFacts(one, one.imageTo3d), colours)] : []),
      ...one.gateways.map((gateway) =>
        showFacts(gateway.name, gatewayFacts(one.namespace, gateway), colours),
      ),
    ]),
    part('findings', showFindings(findings, resolved, colours), colours),
    part(
      'left out',
      plan.omitted.map(({ what, because, instead }) => `  ${what}: ${because}; instead: ${instead}`),
      colours,
    ),
    part('where the values come from', settingLines(plan), colours),
    part(
      'assumptions',
      [...plan.assumptions, ...plan.notices].map((line) => `  ${line}`),
      colours,
    ),
  ];
  return parts.filter((text) => text !== '').join('\n\n');
}

function showServer(plan: Plan, server: ServerPlan, colours: Colours): string {
  const { name, args, sizing } = server;
  const { throughput } = sizing;
  const speed = throughput
    ? `  ${throughput.outputTokensPerSecond} tokens/s, TTFT ${throughput.ttftMs} ms, TPOT ${throughput.tpotMs} ms (± ${Math.round(throughput.errorBand * 100)} %)`
    : '';
  return [
    showFacts(name, facts(plan, server), colours),
    part(
      'memory',
      [`  ${plain(sentence(server))}`, columns({ rows: budgetRows(server), align: 'lr', indent: 2 })],
      colours,
    ),
    part('licence', duties(server), colours),
    part('speed', speed === '' ? [] : [speed], colours),
    part(
      'engine arguments',
      argumentLines(args).map((line) => `  ${line}`),
      colours,
    ),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function showFacts(title: string, rows: readonly string[][], colours: Colours): string {
  return part(title, [columns({ rows: rows.map((row) => row.map(plain)), indent: 2 })], colours);
}

/** What the licence asks for now; PLAN.md has the rest. */
function duties({ model }: ServerPlan): string[] {
  return model.licensing.obligations
    .filter(({ only }) => only === null)
    .map(({ text, link }) => `  ${text}${link === null ? '' : `: ${link}`}`);
}

/** One flag a line, with its values. */
function argumentLines(args: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of args) {
    if (word.startsWith('--') || lines.length === 0) lines.push(word);
    else lines[lines.length - 1] += ` ${word}`;
  }
  return lines;
}

function settingLines({ settings }: Plan): string[] {
  const rows = settings.map(({ key, value, from, detail }) => [
    key,
    detail === undefined ? from : `${from} (${detail})`,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return rows.length === 0 ? [] : [columns({ rows, indent: 2 })];
}

function part(title: string, lines: readonly string[], colours: Colours): string {
  return lines.length === 0 ? '' : [colours.bold(title), ...lines].join('\n');
}

/** Markdown's marks are for PLAN.md. */
function plain(text: string): string {
  return text.replaceAll('`', '').replaceAll('**', '');
}
