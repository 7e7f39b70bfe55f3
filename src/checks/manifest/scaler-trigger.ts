import { closest } from 'fastest-levenshtein';
import type { Scaler, Trigger } from '../../inspect/scaler.js';
import { TRIGGER_METADATA, TRIGGER_TYPES } from './keda-metadata.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

function problemsOf({ subject }: Scaler, { type, metadata }: Trigger) {
  if (!TRIGGER_TYPES.includes(type))
    return [
      error(subject, `KEDA has no trigger '${type}'`, `did you mean ${closest(type, [...TRIGGER_TYPES])}?`),
    ];
  const known = TRIGGER_METADATA[type];
  if (!known) return [];
  const names = [...known.required, ...known.optional];
  const unknown = Object.keys(metadata).filter((key) => !names.includes(key) && !key.endsWith('FromEnv'));
  const missing = known.required.filter(
    (key) => metadata[key] === undefined && metadata[`${key}FromEnv`] === undefined,
  );
  const notNumbers = known.numbers.filter(
    (key) =>
      metadata[key] !== undefined &&
      !(String(metadata[key]).trim() !== '' && Number.isFinite(Number(metadata[key]))),
  );
  const noAddresses = known.addresses.filter(
    (key) => metadata[key] !== undefined && !/^https?:\/\/[^\s/]+/.test(String(metadata[key])),
  );
  return [
    ...unknown.map((key) =>
      error(
        subject,
        `trigger ${type} has no key '${key}': KEDA ignores it`,
        `did you mean ${closest(key, names)}?`,
      ),
    ),
    ...missing.map((key) => error(subject, `trigger ${type} lacks ${key}`, `set ${key}`)),
    ...notNumbers.map((key) =>
      error(subject, `${key} '${metadata[key]}' is no number`, 'write a number in quotes'),
    ),
    ...noAddresses.map((key) =>
      error(
        subject,
        `${key} '${metadata[key]}' is no address`,
        'write it with its scheme, e.g. http://prometheus.monitoring:9090',
      ),
    ),
  ];
}

export const scalerTriggerChecks: readonly ManifestCheck[] = [
  {
    id: 'scaling/trigger',
    title: 'triggers are ones that KEDA understands',
    why: "Neither the API server nor KEDA's webhook reads a trigger's metadata: mistakes show in the status of the ScaledObject, or nowhere.",
    source: 'KEDA 2.21 docs, scalers; tried against KEDA 2.21.0',
    inputs: ['scalers'],
    run: ({ scalers }) =>
      scalers
        .filter(({ kind }) => kind === 'ScaledObject')
        .flatMap((scaler) => scaler.triggers.flatMap((trigger) => problemsOf(scaler, trigger))),
  },
  {
    id: 'scaling/trigger-certificate',
    title: 'a CA for Prometheus is really used',
    why: 'Reports differ on whether KEDA reads a CA without authModes; unsafeSsl reads none at all.',
    source: 'KEDA 2.21 docs, Prometheus scaler; llm-d guide on KEDA',
    inputs: ['scalers'],
    traps: [52],
    run: ({ scalers }) =>
      scalers.flatMap(({ subject, triggers }) =>
        triggers
          .filter(({ type }) => type === 'prometheus')
          .flatMap(({ metadata, authenticationRef }) => {
            if (String(metadata.unsafeSsl) === 'true')
              return [
                warning(
                  subject,
                  'unsafeSsl accepts any certificate',
                  'name the CA in a TriggerAuthentication',
                ),
              ];
            return authenticationRef !== undefined && metadata.authModes === undefined
              ? [
                  warning(
                    subject,
                    `${authenticationRef} is read only in part without authModes, a CA perhaps not at all`,
                    'set authModes, e.g. "tls", "bearer" or "basic"',
                  ),
                ]
              : [];
          }),
      ),
  },
];
