import Table from 'cli-table3';

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

export interface ColumnsProps {
  /** @default - no heading */
  readonly head?: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** `r` for each column that is flush right. @default - all flush left */
  readonly align?: string;
  /** @default 0 */
  readonly indent?: number;
}

/** Columns without lines: readable, and easy to cut in a shell. */
export function columns({ head = [], rows, align = '', indent = 0 }: ColumnsProps): string {
  const table = new Table({
    chars: NO_LINES,
    head: [...head],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    colAligns: [...align].map((letter) => (letter === 'r' ? 'right' : 'left')),
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => `${' '.repeat(indent)}${line.trimEnd()}`)
    .join('\n');
}
