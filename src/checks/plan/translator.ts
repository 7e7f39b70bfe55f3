import { createRequire } from 'node:module';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { lt } from 'semver';
import { translatorSchema } from '../../catalog/translator.js';
import type { GatewayPlan } from '../../plan/gateway/gateway-plan.js';
import type { TranslatorPlan } from '../../plan/gateway/translator-plan.js';
import { key, type PlanCheck, type PlanFinding, type Planned } from './planned.js';

function onTranslators(test: (translator: TranslatorPlan, planned: Planned) => readonly PlanFinding[]) {
  return (planned: Planned) =>
    planned.plan.gateways.flatMap(({ translator }: GatewayPlan) =>
      translator === null ? [] : test(translator, planned),
    );
}

export const translatorProof: PlanCheck = {
  id: 'gateway/translator',
  title: 'what is emitted for a translator has been run, or says that it has not',
  why: 'a configuration that fits its schema may still not do what it says; only a request shows it',
  source: 'profiles/translators/, each entry with its own sources and day',
  inputs: ['gateways[].translator', 'translators[]'],
  run: onTranslators(({ id, version, proof }, planned): PlanFinding[] => {
    const profile = planned.resolved.translators[id];
    const subject = key(planned, 'gateway.translator');
    if (profile?.oldest !== undefined && lt(version, profile.oldest))
      return [
        {
          severity: 'error',
          message: `${profile.name} ${version} is older than ${profile.oldest}, the oldest that is known to work`,
          remedy: [`leave gateway.translator.version out: ${profile.version}`],
          subject,
        },
      ];
    const other = profile?.version === version ? '' : `, which is that of ${profile?.version}`;
    return [
      {
        severity: 'warning',
        message: `${id} ${version} is ${proof}: its configuration is held against its own schema${other}`,
        remedy: ['send one request through each route before clients do', `see: berth explain ${id}`],
        subject,
      },
    ];
  }),
};

export const translatorConfig: PlanCheck = {
  id: 'gateway/translator-config',
  title: "a translator's configuration fits its own schema",
  why: 'the program refuses to start with a key that it does not know, and nobody notices before the rollout',
  source: 'the JSON Schema that the program publishes, in profiles/translators/',
  inputs: ['gateways[].translator.config'],
  run: onTranslators(({ id, config, schema }, planned): PlanFinding[] => {
    const validate = validatorOf(schema);
    if (validate(config)) return [];
    return strongest(validate.errors ?? []).map((error) => ({
      severity: 'error',
      message: `${id} does not know its own configuration at ${error.instancePath || '/'}: ${wording(error)}`,
      remedy: [
        'this is a mistake of the generator, not of the selection: leave the translator out until it is mended',
      ],
      subject: key(planned, 'gateway.translator'),
    }));
  }),
};

const validators = new Map<string, ValidateFunction>();

/** Read when a plan has a translator: compiling it takes longer than most plans do. */
function validatorOf(file: string): ValidateFunction {
  const known = validators.get(file);
  if (known !== undefined) return known;
  const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  // Formats such as uint16 are names for ranges that the schema gives too.
  const made = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(
    translatorSchema(file),
  );
  validators.set(file, made);
  return made;
}

/** The complaint that lies deepest: those around it only say that no alternative fitted. */
function strongest(errors: readonly ErrorObject[]): ErrorObject[] {
  const unknown = errors.filter(({ keyword }) => keyword === 'additionalProperties');
  return unknown.length > 0
    ? unknown
    : [...errors].sort((a, b) => b.instancePath.length - a.instancePath.length).slice(0, 1);
}

function wording({ message, params }: ErrorObject): string {
  const { additionalProperty } = params as { additionalProperty?: string };
  return additionalProperty === undefined ? String(message) : `unknown key '${additionalProperty}'`;
}
