import { readFileSync } from 'node:fs';

/** A fenced block of a page, with the line it starts at. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

export function codeBlocks(file: string): CodeBlock[] {
  const page = readFileSync(file, 'utf8');
  return [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1] ?? '',
    text: match[2] ?? '',
    line: page.slice(0, match.index).split('\n').length,
  }));
}

/** One command of a console block and the output that the page shows for it. */
export interface Shown {
  readonly command: string;
  readonly output: readonly string[];
}

export function commandsOf(block: CodeBlock): Shown[] {
  const shown: { command: string; output: string[] }[] = [];
  for (const line of block.text.trimEnd().split('\n')) {
    if (line.startsWith('$ ')) shown.push({ command: line.slice(2), output: [] });
    else shown.at(-1)?.output.push(line);
  }
  return shown;
}

/**
 * Whether the output is what the page shows. A line `…` stands for any number of lines, `…` at the end of a line or
 * within it for any text: the page may shorten, never invent.
 */
export function matches(shown: readonly string[], output: string): boolean {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = shown
    .map((line) => (line === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(literal).join('.*')}\\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(output.trimEnd() === '' ? '' : `${output.trimEnd()}\n`);
}
