import type { Partly } from './answers.js';
import { offerOf } from './cloud-questions.js';
import type { Line } from './lines.js';
import type { Context } from './question.js';

/** The lines of a selection that asks a provider, after its name. */
export function cloudLines(answers: Partly, { catalog, texts }: Context): readonly Line[] {
  const { comments } = texts;
  const offer = offerOf(answers.provider ?? '', answers, catalog);
  if (offer === undefined) throw new Error('a provider that the data may not reach was offered');
  const { provider, endpoint } = offer;
  const [usual] = provider.endpoints;
  const place = endpoint === usual ? [] : [`    host: ${endpoint.host}`];
  return [
    ['scheme: closed-cloud', comments.cloud],
    'organization:',
    `  country: ${answers.country}`,
    `  aiEngineers: ${answers.aiEngineers}`,
    ['  # opsEngineers: 1', comments.opsEngineers],
    'data:',
    `  classification: ${answers.classification}`,
    ...(answers.personalInformation === undefined
      ? []
      : [`  personalInformation: ${answers.personalInformation}`]),
    'usage:',
    `  audience: ${answers.audience}`,
    ['  # callsPerMonth: 100000', comments.callsPerMonth],
    ['# vendor: { responseHours: 4, uptime: 99.9, exitClause: true }', comments.vendor],
    'providers:',
    '  first:',
    `    profile: ${provider.id}`,
    ...place,
    [`    key: { secretRef: { name: ${provider.id}, key: api-key } }`, comments.key],
    'routes:',
    '  chat:',
    [`    targets: [{ provider: first, model: ${JSON.stringify(answers.providerModel)} }]`, comments.targets],
    'clients:',
    [`  first-app: { keySha256: [${answers.clientKeySha256}] }`, comments.client],
    'environments:',
    '  production:',
    '    cluster:',
    [`      capabilities: [${(answers.capabilities ?? []).join(', ')}]`, comments.capabilities],
  ];
}
