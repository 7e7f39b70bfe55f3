import { columns } from '../table.js';
import type { Colours } from '../terminal.js';
import type { Added } from './add.js';

/** What was written, what it holds and what it cannot know. */
export function showAdded({ file, model, parametersFromDimensions }: Added, colours: Colours): string {
  const { architecture, parameters, checkpoints, context } = model;
  const [checkpoint] = checkpoints;
  const billions = (count: number | null) => (count === null ? '?' : `${(count / 1e9).toFixed(2)} B`);
  const rows = [
    ['architecture', `${architecture.class}, ${architecture.layers} layers, ${layers(model)}`],
    ['parameters', `${billions(parameters.total ?? parametersFromDimensions)}${agreement()}`],
    [
      'weights',
      `${checkpoint?.precision}${checkpoint?.loadedGib ? `, ${checkpoint.loadedGib.value} GiB` : ''}`,
    ],
    ['context', `${context.max} tokens, ${context.suggested} where nobody asks for a number`],
    ['licence', model.licence],
  ];
  return [
    `${colours.green('written')}: ${colours.bold(file)}`,
    columns({ rows, indent: 2 }),
    colours.yellow('not known'),
    ...model.notVerified.map((line) => `  ${line}`),
    ...(model.notes.length > 0 ? ['notes', ...model.notes.map((line) => `  ${line}`)] : []),
    `next: npx berth size ${model.id} --on 1xh100-sxm`,
  ].join('\n');

  function agreement(): string {
    if (parametersFromDimensions === null) return ', layers of several shapes';
    if (parameters.total === null) return ' by its dimensions';
    const apart = Math.abs(parametersFromDimensions / parameters.total - 1) * 100;
    return ` in the files, ${billions(parametersFromDimensions)} by its dimensions (${apart.toFixed(2)} % apart)`;
  }
}

/** How its layers cache, in a few words. */
function layers({ architecture }: Added['model']): string {
  const kind = architecture.mla ? 'latent attention' : `${architecture.kvHeads} key/value heads`;
  const groups = architecture.layerGroups?.map(({ cache, layers: count }) => `${count} ${cache}`).join(' + ');
  const experts = architecture.moe ? `, ${architecture.moe.experts} experts` : '';
  return `${kind}${groups === undefined ? '' : ` (${groups})`}${experts}`;
}
