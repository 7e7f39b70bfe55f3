import { textMapAt } from '../../inspect/field.js';
import { error, type ManifestCheck } from './manifest-check.js';
import { namesSecret } from './secret-name.js';

export const configMapSecretChecks: readonly ManifestCheck[] = [
  {
    id: 'secrets/config-map',
    title: 'no secret value stands in a ConfigMap',
    why: 'A ConfigMap is not encrypted at rest where Secrets are, and whoever may list objects reads it.',
    source: 'Kubernetes docs, good practices for Secrets',
    inputs: ['objects'],
    guards: true,
    run: ({ objects }) =>
      objects
        .filter(({ kind }) => kind === 'ConfigMap')
        .flatMap((object) =>
          Object.entries(textMapAt(object, 'data'))
            .filter(([name, value]) => namesSecret({ name: name.replaceAll(/[.-]/g, '_'), value }))
            .map(([name]) =>
              error(
                `ConfigMap/${object.metadata.name}`,
                `${name} holds a value in plain text`,
                'keep it in a Secret',
              ),
            ),
        ),
  },
];
