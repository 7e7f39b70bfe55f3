import pc from 'picocolors';

type Stream = NodeJS.WriteStream;
export type Colours = ReturnType<typeof pc.createColors>;

/** Colours for one stream: never with NO_COLOR, always with FORCE_COLOR, else on a terminal only. */
export function coloursFor(stream: Pick<Stream, 'isTTY'>, env = process.env): Colours {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return pc.createColors(false);
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return pc.createColors(true);
  return pc.createColors(Boolean(stream.isTTY) && TERM !== 'dumb' && FORCE_COLOR !== '0');
}

/** Writes a result: standard output. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes a result for programs. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Writes a remark for people: standard error. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Shows what is being worked on, on a terminal only; the empty text takes it away. */
export function progress(text: string): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r\x1b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
}
