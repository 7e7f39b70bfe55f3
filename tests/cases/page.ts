import type { JudgedCase } from './states.js';

/** `right`, or what is missing. */
function standing({ state, waitsFor, outcomes }: JudgedCase): string {
  const good = outcomes.filter((one) => one.state === 'right').length;
  if (state === 'right') return 'right';
  const part = good === 0 ? '' : ` (${good} of ${outcomes.length} right)`;
  return state === 'wrong' ? `wrong${part}` : `waiting for ${waitsFor.join(', ')}${part}`;
}

/** What `npm test` prints: one line a case, and the count. */
export function caseLines(cases: readonly JudgedCase[]): string[] {
  const width = Math.max(...cases.map(({ id }) => id.length));
  const lines = cases.map((one) => `case ${one.id.padEnd(width)}  ${standing(one)}`);
  return [...lines, `cases: ${counts(cases)}`];
}

function counts(cases: readonly JudgedCase[]): string {
  const count = (state: string) => cases.filter((one) => one.state === state).length;
  return `${count('right')} right, ${count('wrong')} wrong, ${count('waiting')} waiting`;
}

/** docs/cases.md. */
export function casesPage(cases: readonly JudgedCase[]): string {
  const rows = cases.map((one) => {
    const source = one.source.urls.map((url, at) => `[${at + 1}](${url})`).join(' ');
    return `| ${one.kind} | ${one.title} | ${one.source.date} ${source} | ${standing(one)} |`;
  });
  const reasons = cases.flatMap(({ title, wrong = {} }) =>
    [...new Set(Object.values(wrong))].map((why) => `- ${title}: ${why}`),
  );
  return `# Field cases

What happened to people who run models on Kubernetes, and whether Berth gives the answer that would have been right. The
cases are data in [tests/cases](../tests/cases): the input, what is expected, and each thing that is looked at. A case is
right only when every one of them is; what waits names the capability that is to come, and the test fails as soon as it is
there. Written by \`tests/cases\`: \`npx vitest run tests/cases -u\` renews it.

${counts(cases)}.

| kind | case | decided | state |
|---|---|---|---|
${rows.join('\n')}
${reasons.length === 0 ? '' : `\nWhat is wrong, and why:\n\n${reasons.join('\n')}\n`}`;
}
