import type { Finding } from '../checks/check.js';
import type { DistChange, DistChanges } from '../synth/dist-changes.js';
import { environmentFolder } from '../synth/dist-folder.js';
import type { SynthesizedEnvironment } from '../synth/synthesize.js';
import type { Colours } from './terminal.js';

type Environments = readonly SynthesizedEnvironment[];

/** What was written: one line an environment. */
export function showWritten(environments: Environments, changes: DistChanges, colours: Colours): string {
  return [
    ...environmentLines(environments, changes, colours),
    ...removed(environments, changes, 'removed'),
  ].join('\n');
}

/** What would be written: every file, so that a pipeline's log says what is missing from the commit. */
export function showChecked(environments: Environments, changes: DistChanges, colours: Colours): string {
  const { files, emptyFolders } = changes;
  if (files.length + emptyFolders.length === 0)
    return `dist/ is what the selections say (${count(environments.length, 'environment')})`;
  const sign = { added: colours.green('+'), changed: colours.yellow('~'), removed: colours.red('-') };
  return [
    'dist/ is not what the selections say:',
    ...files.map(({ kind, path }) => `  ${sign[kind]} ${path}`),
    ...emptyFolders.map((path) => `  ${sign.removed} ${path}/`),
    'Run `npx berth synth` and commit what it writes.',
  ].join('\n');
}

/** The same for programs. */
export function synthJson(environments: Environments, changes: DistChanges) {
  return {
    environments: environments
      .filter(({ output }) => output !== undefined)
      .map((one) => ({
        name: one.plan.name,
        environment: one.plan.environment,
        folder: environmentFolder(one.plan.name, one.plan.environment),
        findings: one.findings,
      })),
    changes: changes.files.map(({ kind, path }) => ({ kind, path })),
  };
}

function environmentLines(environments: Environments, changes: DistChanges, colours: Colours): string[] {
  const built = environments.flatMap(({ output, ...one }) => (output ? [{ ...one, output }] : []));
  const width = Math.max(0, ...built.map(({ plan }) => folderOf(plan).length));
  return built.map(({ plan, findings, output }) => {
    const own = changes.files.filter(({ path }) => isIn(path, folderOf(plan)));
    const what = own.length === 0 ? colours.dim('unchanged') : colours.green(summary(own, output.files.size));
    const remarks = counts(findings);
    return `${folderOf(plan).padEnd(width)}  ${what}${remarks === '' ? '' : `  ${colours.yellow(remarks)}`}`;
  });
}

function summary(changes: readonly DistChange[], total: number): string {
  const gone = changes.filter(({ kind }) => kind === 'removed').length;
  const written = changes.length - gone;
  return `wrote ${written} of ${count(total, 'file')}${gone > 0 ? `, removed ${gone}` : ''}`;
}

/** Folders of environments that are no more. */
function removed(environments: Environments, { files }: DistChanges, word: string): string[] {
  const known = environments.map(({ plan }) => folderOf(plan));
  const gone = files.filter(({ path }) => !known.some((folder) => isIn(path, folder)));
  const folders = new Set(
    gone.map(({ path }) =>
      path
        .replace(/\.plan\.json$/, '')
        .split('/')
        .slice(0, 3)
        .join('/'),
    ),
  );
  return [...folders].map((folder) => `${folder}  ${word}: no selection describes it`);
}

/** `1 question, 2 warnings`: `berth plan` shows them. Waived ones are counted apart. */
export function counts(findings: readonly Finding[]): string {
  const open = findings.filter(({ waived }) => waived === undefined);
  const words = (['question', 'warning'] as const).flatMap((severity) => {
    const number = open.filter((finding) => finding.severity === severity).length;
    return number > 0 ? [count(number, severity)] : [];
  });
  const waived = findings.length - open.length;
  return [...words, ...(waived > 0 ? [`${waived} accepted`] : [])].join(', ');
}

function isIn(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`) || path === `${folder}.plan.json`;
}

function folderOf({ name, environment }: SynthesizedEnvironment['plan']): string {
  return environmentFolder(name, environment);
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
