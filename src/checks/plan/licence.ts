import { useOf } from '../../licence/use.js';
import { licensing, type Objection } from '../../licence/verdict.js';
import { nearestFree } from './licence-alternative.js';
import { key, onServers, type PlanCheck, type PlanFinding, type Planned } from './planned.js';

type About = Objection['about'];

const CHECKS: Readonly<Record<About, { readonly id: string; readonly title: string; readonly why: string }>> =
  {
    unknown: {
      id: 'licence/unknown',
      title: 'somebody has read the licence of the weights',
      why: 'a licence that nobody has read may forbid exactly this use; it is never taken for allowed',
    },
    'commercial-use': {
      id: 'licence/commercial-use',
      title: 'the licence allows commercial use',
      why: 'research licences forbid use in a company, internal use included; the code may be free all the same',
    },
    'monthly-users': {
      id: 'licence/monthly-users',
      title: 'the company is within the licence’s limit of users',
      why: 'some licences give large companies no rights, or only after a request',
    },
    revenue: {
      id: 'licence/revenue',
      title: 'the company is within the licence’s limit of revenue',
      why: 'some licences are free for small companies only',
    },
    territory: {
      id: 'licence/territory',
      title: 'the licence gives rights where the company is',
      why: 'some licences exclude whole territories, now and then outside the licence’s own text',
    },
    product: {
      id: 'licence/product',
      title: 'the licence allows the kind of product',
      why: 'some licences exclude selling access to the model, or whole kinds of assistants',
    },
    outputs: {
      id: 'licence/outputs',
      title: 'answers are used as the licence allows',
      why: 'several licences forbid to train other models with the answers',
    },
  };

/** One check for each thing that licences make a condition. */
export const licenceChecks: readonly PlanCheck[] = (Object.keys(CHECKS) as About[]).map((about) => ({
  ...CHECKS[about],
  source: 'profiles/licences/, each with its source and date; `berth explain <licence>`',
  inputs: ['servers[].model.licensing'],
  guards: true,
  run: (planned) => [
    ...onServers(({ model }, _, serving) =>
      model.licensing.objections
        .filter((one) => one.about === about)
        .map((objection) =>
          finding(objection, planned, serving.model.name, nearestFree(serving, useOf(planned.resolved))),
        ),
    )(planned),
    ...ofHosted(planned, about),
  ],
}));

/** An open model behind a provider's API stands under its licence all the same. */
function ofHosted(planned: Planned, about: About): PlanFinding[] {
  const { model, hostedUnder } = planned.resolved;
  if (model === null || hostedUnder.length === 0) return [];
  return licensing(hostedUnder, useOf(planned.resolved), false)
    .objections.filter((one) => one.about === about)
    .map((objection) =>
      finding(objection, planned, model.name, 'take another open model that the provider serves'),
    );
}

function finding(objection: Objection, planned: Planned, modelName: string, nearest: string): PlanFinding {
  const { state, about, licence, of, clause, fact, otherwise, checked, source, key: asked } = objection;
  const own = of === modelName;
  const under = `${licence} (${own ? of : `of ${of}, which ${modelName} comes from`})`;
  const read = checked === null ? '' : ` [${source}; ${checked}]`;
  if (state === 'question') {
    const message = `${under}: ${clause}${asked === null ? '' : `; ${asked} is not set`}${read}`;
    if (asked === null)
      return {
        severity: 'question',
        message,
        remedy: [`read it, and record what it says in profiles/licences/${licence}.yaml of your project`],
        subject: key(planned, 'model'),
      };
    return {
      severity: 'question',
      message,
      remedy: [],
      key: asked.startsWith('weights.') ? key(planned, asked) : asked,
    };
  }
  return {
    severity: 'error',
    message: `${fact === null ? '' : `${fact}; `}${under}: ${clause}${read}`,
    remedy: [
      nearest,
      ...(otherwise === null ? [] : [`otherwise: ${otherwise}`]),
      `with a permission in hand, waive licence/${about} and name it`,
    ],
    subject: key(planned, 'model'),
  };
}
