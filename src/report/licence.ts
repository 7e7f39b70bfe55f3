import type { Obligation } from '../licence/duties.js';
import type { Licensing } from '../licence/verdict.js';
import { type Plan, plansOf, type ServerPlan } from '../plan/plan.js';
import { list, section } from './markdown.js';

const VERDICTS: Readonly<Record<Licensing['verdict'], string>> = {
  allowed: 'allowed',
  obligations: 'allowed with obligations',
  question: 'not decided: the findings say what is missing',
  refused: 'refused: the findings name the clause',
};

/** The licences by their ids, and the verdict: one line. */
export function licenceLine({ licences, verdict }: Licensing): string {
  const names = licences.map(({ id, of, how }) => (how === null ? `\`${id}\`` : `\`${id}\` through ${of}`));
  return `${names.join(', ')}: ${VERDICTS[verdict]}`;
}

/** Whether the company may use the weights so, on which ground, and what it must do. */
export function licence(plan: Plan): string | null {
  const servers = plansOf(plan)
    .flatMap((one) => one.servers)
    .filter(({ model }) => model.licensing.licences.length > 0);
  if (servers.length === 0) return null;
  return section('Licence', ...servers.flatMap(ofServer));
}

function ofServer({ model }: ServerPlan): (string | null)[] {
  const { verdict, licences, obligations } = model.licensing;
  const now = obligations.filter(({ only }) => only === null);
  const later = obligations.filter(({ only }) => only !== null);
  return [
    `${model.name}: ${VERDICTS[verdict]}.`,
    list(
      licences.map(
        ({ id, name, of, how, source, checked }) =>
          `${name} (\`${id}\`)${how === null ? '' : `, because it was ${how} from ${of}`}; source: ${source}${checked === null ? '' : `, ${checked}`}`,
      ),
    ),
    now.length === 0 ? null : ['To do now:', list(now.map(duty))].join('\n\n'),
    later.length === 0 ? null : ['To do if it comes to that:', list(later.map(duty))].join('\n\n'),
  ];
}

function duty({ text, link, only, licence: id }: Obligation): string {
  return `${only === null ? '' : `${only}: `}${text}${link === null ? '' : ` (${link})`} [\`${id}\`]`;
}
