import { CommanderError } from 'commander';
import { UserError } from '../error.js';
import { showProblems } from './show-problems.js';
import { coloursFor, printJson, progress, say } from './terminal.js';

/** Thrown where a command has said everything itself and only the exit code is left: a check that failed. */
export class Failed extends Error {
  override readonly name = 'Failed';
}

/**
 * Tells the user what went wrong.
 * @param json Also as JSON on standard output.
 * @returns The exit code: 1 for the user's mistake or a failed check, 2 for a bug of ours.
 */
export function reportError(error: unknown, json: boolean): number {
  progress('');
  if (error instanceof Failed) return 1;
  // Commander has printed its own message; asking for help ends with 0.
  if (error instanceof CommanderError) {
    if (json && error.exitCode !== 0) printJson({ error: { summary: plainMessage(error), problems: [] } });
    return error.exitCode === 0 ? 0 : 1;
  }
  if (error instanceof UserError) {
    const { summary, problems } = error;
    if (json) printJson({ error: { summary, problems } });
    const colours = coloursFor(process.stderr);
    say(`${colours.red('error')}: ${summary}`);
    if (problems.length > 0) say(showProblems({ heading: summary, problems }, colours));
    return 1;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (json) printJson({ error: { summary: 'bug in Berth', problems: [{ message: String(error) }] } });
  say(stack);
  say('This is a bug in Berth, not your mistake. Please report it with the lines above and the selection.');
  return 2;
}

function plainMessage({ message }: Error): string {
  return message.replace(/^error: /, '');
}
