import type { Finding, Severity } from '../checks/check.js';
import type { AlternativePlan, Plan } from '../plan/plan.js';
import { gib, list, section, table, whole } from './markdown.js';

const ORDER: readonly Severity[] = ['error', 'question', 'warning', 'info'];

/** What the checks say, worst first; waived findings keep their reason. */
export function findings(plan: Plan): string | null {
  const sorted = ORDER.flatMap((severity) =>
    plan.findings.filter((finding) => finding.severity === severity),
  );
  return section('Findings', list(sorted.map(line)));
}

function line({ severity, check, message, remedy, waived, key }: Finding): string {
  const todo = [...(key === undefined ? [] : [`set \`${key}\``]), ...remedy];
  const fixes = todo.map((text) => `\n  → ${text}`).join('');
  const accepted = waived
    ? `\n  accepted by ${waived.by}, valid until ${waived.until}: ${waived.reason}`
    : '';
  return `**${severity}** \`${check}\`: ${message}${fixes}${accepted}`;
}

/** What the cluster cannot hold, and what stands in its place. */
export function leftOut(plan: Plan): string | null {
  return section(
    'Left out',
    list(plan.omitted.map(({ what, because, instead }) => `${what}: ${because}. Instead: ${instead}.`)),
  );
}

/** What a successor of the model would change on the same accelerators. */
export function successors(plan: Plan): string | null {
  const [server] = plan.servers;
  if (server === undefined || plan.alternatives.length === 0) return null;
  const { sizing, model } = server;
  const row = (a: AlternativePlan) => [
    a.name,
    a.precision,
    `\`${a.licence}\``,
    a.verdict,
    gib(a.weightsGibPerGpu),
    whole(a.kvBytesPerTokenPerGpu / 1024),
    whole(a.kvCacheTokens),
  ];
  const self = row({
    model: model.id,
    name: `**${model.name}** (planned)`,
    precision: model.precision,
    licence: model.licence,
    verdict: sizing.verdict,
    weightsGibPerGpu: sizing.perGpu.weightsGib,
    kvCacheTokens: sizing.kvCacheTokens,
    kvBytesPerTokenPerGpu: sizing.kvBytesPerTokenPerGpu,
    context: sizing.settings.maxModelLen,
  });
  return section(
    'What a successor would change',
    `The catalogue names newer models for the same purpose. On the same ${server.accelerator.count} × ${server.accelerator.name}:`,
    table(
      [
        'model',
        'precision',
        'licence',
        'verdict',
        'weights, GiB per accelerator',
        'KV cache, KiB per token and accelerator',
        'tokens of KV cache',
      ],
      [self, ...plan.alternatives.map(row)],
      'llllrrr',
    ),
  );
}
