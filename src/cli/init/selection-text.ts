import type { Partly } from './answers.js';
import { cloudLines } from './cloud-selection.js';
import { type Line, set, yamlText } from './lines.js';
import { useFrom } from './open-questions.js';
import type { Context } from './question.js';
import { schemeFor } from './scheme-for.js';
import { profileFor, suggestionOf, utilizationFor } from './suggest.js';

/**
 * The selection, commented in the user's language. Keys that would help and that nobody was asked for stand in comments.
 * @param schema Path of the schema as seen from selections/.
 */
export function selectionText(answers: Partly, context: Context, schema: string): string {
  const { comments } = context.texts;
  return yamlText([
    `# yaml-language-server: $schema=${schema}`,
    `# ${comments.made}`,
    'version: 1',
    `name: ${answers.name}`,
    ...(schemeFor(answers) === 'closed-cloud' ? cloudLines(answers, context) : openLines(answers, context)),
  ]);
}

/** The lines of a selection that serves an open model, after its name. */
function openLines(answers: Partly, { catalog, texts }: Context): readonly Line[] {
  const { comments } = texts;
  const use = useFrom(answers);
  const chosen = suggestionOf(answers.model ?? '', answers, use, catalog);
  const accelerator = catalog.accelerator(answers.accelerator ?? '');
  if (chosen === undefined || accelerator === undefined)
    throw new Error('a model that does not fit was offered');
  const { model, checkpoint, gpus, licensing } = chosen;
  const verdict = licensing.verdict === 'allowed' ? texts.model.allowed : texts.model.obligations;
  const utilization = utilizationFor(accelerator);
  const fromModelScope = answers.country === 'CN' && checkpoint.modelScope !== null;
  return [
    ['scheme: open-private', comments.scheme],
    [`model: ${model.id}`, comments.licence(model.licence, verdict)],
    `precision: ${checkpoint.precision}`,
    [`profile: ${profileFor(answers.concurrentUsers ?? 1)}`, comments.profile],
    'organization:',
    `  country: ${answers.country}`,
    `  aiEngineers: ${answers.aiEngineers}`,
    ...set('  monthlyActiveUsers', answers.monthlyActiveUsers),
    ...set('  annualRevenueUsd', answers.annualRevenueUsd),
    ['  # opsEngineers: 1', comments.opsEngineers],
    'data:',
    `  classification: ${answers.classification}`,
    'usage:',
    `  audience: ${answers.audience}`,
    `  need: ${answers.need}`,
    ...set('  product', answers.product),
    `  concurrentUsers: ${answers.concurrentUsers}`,
    ['  # callsPerMonth: 100000', comments.callsPerMonth],
    ...(utilization === undefined
      ? []
      : [[`engine: { gpuMemoryUtilization: ${utilization} }`, comments.utilization] as const]),
    ...weights(fromModelScope, checkpoint.gated === true, comments),
    'environments:',
    '  production:',
    '    sizing:',
    `      gpusPerReplica: ${gpus}`,
    ['      replicas: { min: 1, max: 1 }', comments.replicas],
    '    cluster:',
    `      accelerator: ${accelerator.id}`,
    `      gpusPerNode: ${answers.gpusPerNode}`,
    `      nodes: ${answers.nodes}`,
    ...set('      site', answers.site),
    [`      capabilities: [${(answers.capabilities ?? []).join(', ')}]`, comments.capabilities],
    ...(answers.encrypted === undefined
      ? [['      # storageClass: { nodeBound: local-path }', comments.storage] as const]
      : [`      storageClass: { encrypted: ${answers.encrypted} }`]),
    ['    # expose: { mode: internal, host: llm.example.internal, via: gateway-api }', comments.expose],
  ];
}

function weights(
  fromModelScope: boolean,
  gated: boolean,
  comments: Context['texts']['comments'],
): readonly Line[] {
  if (fromModelScope) return [['weights: { source: modelscope }', comments.modelscope]];
  if (!gated) return [];
  return [['weights: { token: { secretRef: { name: huggingface, key: token } } }', comments.token]];
}
