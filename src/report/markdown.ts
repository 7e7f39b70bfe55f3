import { markdownTable } from 'markdown-table';

/** A table of cells; pipes and line breaks inside cells do not break it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], align?: string): string {
  const clean = (cell: string) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
  return markdownTable([[...head], ...rows.map((row) => row.map(clean))], {
    align: align?.split('') ?? null,
  });
}

/** A heading and what stands below it; nothing where that is empty. */
export function section(title: string, ...parts: readonly (string | null)[]): string | null {
  const body = parts.filter((part): part is string => part !== null && part !== '');
  return body.length === 0 ? null : [`## ${title}`, ...body].join('\n\n');
}

/** A list, one line an item. */
export function list(items: readonly string[]): string | null {
  return items.length === 0 ? null : items.map((item) => `- ${item}`).join('\n');
}

/** A block of shell commands. */
export function shell(...lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n');
}

/** 12345.6 → `12,346`. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** `12.3` GiB. */
export function gib(value: number): string {
  return value.toFixed(1);
}

/** Seconds as people say them: `90 s`, `25 min`, `3 h 20 min`. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
