import { UserError } from '../../src/error.js';
import { emptyPlan } from '../../src/plan/bare-plan.js';
import { exposurePlan } from '../../src/plan/exposure.js';
import { OPERATOR_KEY } from '../../src/plan/licensed-plan.js';
import { omissions } from '../../src/plan/omitted.js';
import type { Plan, SecretPlan } from '../../src/plan/plan.js';
import { secretOf } from '../../src/plan/secrets.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import { planOpenPrivate } from '../open-private/plan.js';
import { byOperator, containerPlan } from './container-plan.js';
import { presets } from './presets.js';
import type { ClosedPrivateSection, Container } from './section.js';

/** A model that its vendor licenses, on the company's own machines: as a container, or as weights that vLLM serves. */
export function planClosedPrivate(resolved: ResolvedSelection): Plan {
  const { container, agreement } = resolved.section as ClosedPrivateSection;
  if (container !== undefined && agreement === undefined) return planContainer(resolved, container);
  if (agreement !== undefined && container === undefined) {
    const plan = planOpenPrivate(resolved);
    const { vendor, reference, signedBy } = agreement;
    return {
      ...plan,
      assumptions: [
        ...plan.assumptions,
        `the weights are used under the agreement ${reference} with ${vendor}, signed by ${signedBy}: its terms were not read here`,
      ],
    };
  }
  const place = resolved.placeOf(['environments', resolved.environment]);
  throw new UserError('nothing says what is licensed', [
    {
      place,
      message: `closed-private needs exactly one of ${resolved.keyPrefix}container and ${resolved.keyPrefix}agreement`,
      fix: 'container: what the vendor delivers as an image; agreement: licensed weights that vLLM serves',
    },
  ]);
}

function planContainer(resolved: ResolvedSelection, container: Container): Plan {
  const exposure = exposurePlan(resolved);
  const licence = licenceSecret(resolved, container);
  const client = resolved.expose.clientKeys;
  const licensed = containerPlan(resolved, container, licence, exposure);
  const preset = container.preset === undefined ? undefined : presets[container.preset];
  return {
    ...emptyPlan(resolved),
    licensed: [licensed],
    exposure,
    secrets: licence === null ? [] : [licence],
    assumptions: [
      `image, accelerators and sizes are what ${licensed.vendor} states: nothing here was computed`,
      ...(client === undefined
        ? []
        : [
            'expose.clientKeys is not handed to the container: whether it checks keys is the vendor’s to say',
          ]),
      ...(preset === undefined
        ? []
        : [...preset.fromTheVendor, `preset ${container.preset}: ${preset.source}`]),
    ],
    // Dashboards of the engine are none of the vendor's; without documented metrics there is nothing to scrape.
    omitted: omissions(resolved)
      .filter(({ what }) => !what.startsWith('dashboard'))
      .map((one) =>
        one.what.startsWith('monitoring') && licensed.metrics === null
          ? { ...one, what: 'alerts (PrometheusRule)', instead: 'no alert is installed' }
          : one,
      ),
  };
}

function licenceSecret(resolved: ResolvedSelection, container: Container): SecretPlan | null {
  const { licence } = container;
  if (licence.kind !== 'env-key' && licence.kind !== 'file') return null;
  const what = licence.kind === 'file' ? 'licence file' : 'licence key';
  const key = byOperator(resolved, container) ? OPERATOR_KEY : 'licence';
  return secretOf(resolved, licence.secretRef, 'licence', key, `${what} of the container`);
}
