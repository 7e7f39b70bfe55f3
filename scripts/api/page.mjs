import { ApiItemKind } from '@microsoft/api-extractor-model';
import { commentOf } from './comment.mjs';

/** What belongs together, by the folder that it stands in; a later row takes what no earlier one took. */
const CHAPTERS = [
  {
    title: 'Plans and charts',
    folders: [
      'library/create-plan',
      'library/build-plan',
      'library/plan-options',
      'library/load-selection',
      'constructs/server-props',
    ],
  },
  {
    title: 'Checks and what they read',
    folders: ['library/check-manifests', 'inspect', 'checks', 'plan/finding', 'error'],
  },
  { title: 'Sizes', folders: ['sizing', 'library/size-request'] },
  { title: 'Constructs', folders: ['constructs', 'kubernetes', 'monitoring'] },
  { title: 'What a plan holds', folders: ['plan'] },
  { title: 'The catalogue and selections', folders: ['catalog', 'selection'] },
];
const RANK = [ApiItemKind.Function, ApiItemKind.Class, ApiItemKind.Variable];

/** The page of everything that is exported. */
export function apiPage(members) {
  const items = members.filter((item) => item.kind !== ApiItemKind.Variable || !hasType(item, members));
  const left = new Set(items);
  const chapters = CHAPTERS.map(({ title, folders }) => {
    const own = [...left].filter(({ fileUrlPath }) =>
      folders.some((one) => fileUrlPath.startsWith(`lib/src/${one}`)),
    );
    for (const item of own) left.delete(item);
    own.sort((a, b) => rank(a) - rank(b) || (a.displayName < b.displayName ? -1 : 1));
    return [`## ${title}`, ...own.map((item) => entry(item, members))].join('\n\n');
  });
  if (left.size > 0)
    throw new Error(`no chapter for ${[...left].map(({ displayName }) => displayName).join(', ')}`);
  return `${[HEAD, ...chapters].join('\n\n')}\n`;
}

const HEAD = `# The library

Everything that \`import { … } from 'cdk8s-berth'\` gives. Made from the code by \`npm run api\`; a test fails where it is out of date.
The [README](../README.md#in-your-own-chart) has a chart to begin with. Mistakes of a caller are a \`UserError\` with all of them.`;

function hasType({ displayName }, members) {
  return members.some((other) => other.kind === ApiItemKind.TypeAlias && other.displayName === displayName);
}

function rank({ kind }) {
  const at = RANK.indexOf(kind);
  return at === -1 ? RANK.length : at;
}

function entry(item, members) {
  const comment = commentOf(item);
  // A schema and its type have one name, and the comment stands at the schema.
  const schema = members.find(
    (one) => one.kind === ApiItemKind.Variable && one.displayName === item.displayName,
  );
  const summary = comment.summary || commentOf(schema).summary;
  const parts = [`### ${item.displayName}`, summary];
  if (item.kind === ApiItemKind.Function)
    parts.push(code(item.excerpt.text), parameters(item), ends(comment));
  else if (item.kind === ApiItemKind.Class) parts.push(classOf(item));
  else if (item.kind === ApiItemKind.Interface) parts.push(extending(item), table(item.members));
  else if (!/z\.infer/.test(item.excerpt.text)) parts.push(code(item.excerpt.text));
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A default in the comment of a function is that of its last described parameter. */
function parameters(item) {
  const { params, defaults } = commentOf(item);
  const rows = [...params].map(([name, about]) => `- \`${name}\`: ${about}`);
  return `${rows.join('\n')}${rows.length > 0 && defaults ? ` Default: ${defaults.replace(/^- /, '')}.` : ''}`;
}

function ends({ returns, throws }) {
  return [...(returns ? [`Returns ${returns}`] : []), ...throws.map((one) => `Throws ${one}`)].join('\n\n');
}

function classOf(item) {
  const make = item.members.find(({ kind }) => kind === ApiItemKind.Constructor);
  const call = make?.parameters.map(
    ({ name, parameterTypeExcerpt }) => `${name}: ${oneLine(parameterTypeExcerpt.text)}`,
  );
  const fields = item.members.filter(({ kind, isStatic }) => kind === ApiItemKind.Property && !isStatic);
  return [
    call ? code(`new ${item.displayName}(${call.join(', ')})`) : '',
    parameters(make ?? item),
    table(fields),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function extending({ extendsTypes }) {
  return extendsTypes.length === 0
    ? ''
    : `Also has what ${extendsTypes.map(({ excerpt }) => `\`${oneLine(excerpt.text)}\``).join(' and ')} has.`;
}

function table(members) {
  const rows = members.map((member) => {
    const { summary, defaults } = commentOf(member);
    const type = member.propertyTypeExcerpt ?? member.excerpt;
    const otherwise = defaults && `Default: ${defaults.replace(/^- /, '')}.`;
    const about = [summary, otherwise].filter(Boolean).join(' ').replace(/\s+/g, ' ');
    const name = `\`${member.displayName}${member.isOptional ? '?' : ''}\``;
    return `| ${name} | \`${oneLine(type.text).replaceAll('|', '\\|')}\` | ${about.replaceAll('|', '\\|')} |`;
  });
  return rows.length === 0 ? '' : ['| | type | |', '|---|---|---|', ...rows].join('\n');
}

function code(text) {
  return `\`\`\`text\n${oneLine(text.replace(/^export (declare )?/, ''))}\n\`\`\``;
}

/** Comments inside a type are said of its parts, and have no place in a table. */
function oneLine(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/readonly /g, '')
    .trim();
}
