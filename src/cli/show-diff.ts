import type { FieldChange } from '../synth/field-changes.js';
import type { DistDifference, ObjectChange } from '../synth/object-changes.js';
import type { Colours } from './terminal.js';

/** What would change, environment by environment, object by object, field by field. */
export function showDiff({ objects, otherFiles }: DistDifference, colours: Colours): string {
  if (objects.length + otherFiles.length === 0) return 'dist/ would not change';
  const folders = [...new Set([...objects.map(({ folder }) => folder), ...otherFiles.map(folderOf)])].sort();
  return folders
    .map((folder) => {
      const own = objects.filter((object) => object.folder === folder);
      const files = otherFiles.filter((path) => folderOf(path) === folder);
      return [
        colours.bold(folder),
        ...own.flatMap((object) => showObject(object, colours)),
        ...(files.length > 0 ? [colours.dim(`  also ${files.map(baseName).join(', ')}`)] : []),
      ].join('\n');
    })
    .join('\n\n');
}

function showObject({ change, kind, name, fields }: ObjectChange, colours: Colours): string[] {
  const sign = { added: colours.green('+'), changed: colours.yellow('~'), removed: colours.red('-') }[change];
  return [`  ${sign} ${kind}/${name}`, ...fields.flatMap((field) => showField(field, colours))];
}

function showField({ path, before, after }: FieldChange, colours: Colours): string[] {
  const parts = [partsOf(before), partsOf(after)];
  const [old, now] = parts;
  if (old === undefined || now === undefined)
    return [
      `      ${path}: ${before === undefined ? 'nothing' : text(before)} → ${after === undefined ? 'nothing' : text(after)}`,
    ];
  const gone = old.filter((part) => !now.includes(part));
  const come = now.filter((part) => !old.includes(part));
  return [
    `      ${path}:${gone.length + come.length === 0 ? ' in another order' : ''}`,
    ...gone.map((part) => `        ${colours.red(`- ${part}`)}`),
    ...come.map((part) => `        ${colours.green(`+ ${part}`)}`),
  ];
}

/** Lists and texts of several lines are compared by their parts. */
function partsOf(value: unknown): string[] | undefined {
  if (Array.isArray(value)) return value.map(text);
  return typeof value === 'string' && value.includes('\n') ? value.split('\n') : undefined;
}

function text(value: unknown): string {
  return JSON.stringify(value);
}

/** `dist/chat/production` for a file in it and for the plan beside it. */
function folderOf(path: string): string {
  return path.endsWith('.plan.json')
    ? path.slice(0, -'.plan.json'.length)
    : path.split('/').slice(0, 3).join('/');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
