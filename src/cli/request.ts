import { InvalidArgumentError, Option } from 'commander';
import { projectRequest } from '../app.js';
import { resolveSelectionNames } from '../selection/project.js';
import type { SynthRequest } from '../synth/request.js';
import { progress } from './terminal.js';

/** What commands that plan or build have in common. */
export interface RequestOptions {
  readonly environment?: string;
  readonly asOf?: string;
  readonly keepGoing?: boolean;
}

export const environmentOption = () => new Option('-e, --environment <name>', 'only this environment');

export const asOfOption = () =>
  new Option('--as-of <date>', 'judge waivers as on this day, YYYY-MM-DD; no file depends on it')
    .default(undefined, 'today in UTC')
    .argParser(day);

/** The request for the current folder's project. */
export function requestFor(words: readonly string[], options: RequestOptions): SynthRequest {
  const cwd = process.cwd();
  const request = projectRequest(cwd);
  return {
    ...request,
    ...(words.length > 0 && { files: resolveSelectionNames(words, request.root, cwd) }),
    ...(options.environment !== undefined && { environment: options.environment }),
    ...(options.asOf !== undefined && { asOf: options.asOf }),
    keepGoing: options.keepGoing ?? false,
    onProgress: progress,
  };
}

/** A day on the command line. */
export function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(text) ||
    Number.isNaN(date.getTime()) ||
    !date.toISOString().startsWith(text)
  )
    throw new InvalidArgumentError('a day such as 2027-03-31 is needed.');
  return text;
}
