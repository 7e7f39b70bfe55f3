import type { AcceleratorProfile } from '../../../src/catalog/accelerator.js';
import type { Verdict } from '../../../src/sizing/types.js';
import { COUNTS, MAX_NUM_SEQS, type Row } from './sweep.js';

/** Tables by memory, so that a page's width holds one; the largest class first named by its lower end. */
const CLASSES = [
  { title: 'Up to 24 GB', least: 0 },
  { title: '32 to 64 GB', least: 28 },
  { title: '72 to 80 GB', least: 70 },
  { title: '94 to 128 GB', least: 90 },
  { title: 'From 141 GB', least: 140 },
] as const;

/** docs/fit.md */
export function fitPage(rows: readonly Row[], cards: readonly AcceleratorProfile[], engine: string): string {
  const unsized = rows.filter(({ verdicts }) => verdicts === null);
  return [
    '# What fits on what',
    '',
    'Written by `tests/sizing/fit.test.ts` (`BERTH_WRITE_DOCS=1` writes it anew); do not edit. Every model of the catalogue on one, two,',
    `four and eight of every accelerator, as \`berth size MODEL --on N×ACCELERATOR --max-num-seqs ${MAX_NUM_SEQS}\` calculates it for ${engine}:`,
    'the weights in the format that the entry names first, room for one request of the context that the entry suggests, every other',
    'setting the default of the engine. Another precision, a shorter context or a smaller budget fit on less: `berth size` names them.',
    '',
    '- `2+` fits on two and on every larger number of these; `1–2` on one and two, and not on more',
    '- `~2 8` fits barely on two and on four (at the likely overhead, not at the unfavourable one), and well on eight',
    '- `no` on none of them; memory that nobody has measured on the card is reckoned from its label',
    '',
    summary(rows, cards),
    ...CLASSES.flatMap(({ title, least }, at) => {
      const most = CLASSES[at + 1]?.least ?? Number.POSITIVE_INFINITY;
      const own = cards.filter(({ memory }) => memory.marketedGb >= least && memory.marketedGb < most);
      return ['', `## ${title}`, '', ...table(rows, own)];
    }),
    '',
    '## Not sized',
    '',
    ...unsized.map(({ model, missing }) => `- ${model.id}: ${missing.join('; ')}`),
    '',
  ].join('\n');
}

function summary(rows: readonly Row[], cards: readonly AcceleratorProfile[]): string {
  const all = rows.flatMap(({ verdicts }) => [...(verdicts?.values() ?? [])].flat());
  const number = (word: Verdict) => all.filter((verdict) => verdict === word).length.toLocaleString('en-US');
  const sized = rows.filter(({ verdicts }) => verdicts !== null).length;
  const asked = all.length.toLocaleString('en-US');
  return `${sized} models × ${cards.length} accelerators × 4: of ${asked} pairs ${number('fits')} fit, ${number('barely')} barely, ${number('no')} do not.`;
}

/** Accelerators with the same answers for all models share a column. */
function table(rows: readonly Row[], cards: readonly AcceleratorProfile[]): string[] {
  const sized = rows.filter(({ verdicts }) => verdicts !== null);
  const columns = new Map<string, { ids: string[]; cells: string[]; gb: number }>();
  for (const { id, memory } of cards) {
    const cells = sized.map(({ verdicts }) => cell(verdicts?.get(id) ?? []));
    const column = columns.get(cells.join()) ?? { ids: [], cells, gb: memory.marketedGb };
    column.ids.push(id);
    columns.set(cells.join(), column);
  }
  const ordered = [...columns.values()].sort((a, b) => a.gb - b.gb);
  return [
    `| model | ${ordered.map(({ ids }) => ids.join('<br>')).join(' | ')} |`,
    `|---|${ordered.map(() => '---|').join('')}`,
    ...sized.map(
      ({ model, checkpoint }, row) =>
        `| ${model.id} ${checkpoint.precision} | ${ordered.map(({ cells }) => cells[row]).join(' | ')} |`,
    ),
  ];
}

/** `~1 4+`: barely on one and two, fits from four on. A run of equal verdicts is named by its first number. */
export function cell(verdicts: readonly Verdict[]): string {
  const words = COUNTS.flatMap((count, at) => {
    const verdict = verdicts[at];
    if (verdict === 'no' || verdict === verdicts[at - 1]) return [];
    const length = verdicts.slice(at).findIndex((next) => next !== verdict);
    const last = length === -1 ? COUNTS.length - 1 : at + length - 1;
    const mark = `${verdict === 'barely' ? '~' : ''}${count}`;
    if (length === -1) return [at === last ? mark : `${mark}+`];
    return [verdicts[last + 1] === 'no' && last > at ? `${mark}–${COUNTS[last]}` : mark];
  });
  return words.join(' ') || 'no';
}
