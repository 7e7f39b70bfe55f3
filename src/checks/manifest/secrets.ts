import { parseGoDuration } from '../../inspect/quantity.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';
import { namesSecret } from './secret-name.js';

export const secretChecks: readonly ManifestCheck[] = [
  {
    id: 'secrets/literal',
    title: 'no secret value stands in a pod',
    why: 'Whoever reads the manifest, the repository or the pod reads the secret, and it stays in the history.',
    source: 'Kubernetes docs, good practices for Secrets',
    inputs: ['workloads'],
    guards: true,
    run: ({ workloads }) =>
      workloads.flatMap(({ subject, pod }) =>
        [...pod.initContainers, ...pod.containers].flatMap(({ name, env }) =>
          env
            .filter((variable) => namesSecret(variable))
            .map((variable) =>
              error(
                subject,
                `container ${name}: ${variable.name} holds a value in plain text`,
                'take it from a Secret with secretKeyRef, or as a file',
              ),
            ),
        ),
      ),
  },
  {
    id: 'secrets/unexpanded',
    title: 'references to variables are ones that Kubernetes expands',
    why: 'Only $(NAME) is replaced, and only where NAME is a variable of the container: $NAME reaches the program as these very letters.',
    source: 'Kubernetes docs, dependent environment variables; lws docs/examples/vllm/GPU/lws.yaml',
    inputs: ['workloads'],
    traps: [51],
    run: ({ workloads }) =>
      workloads.flatMap(({ subject, pod }) =>
        [...pod.initContainers, ...pod.containers].flatMap(({ name, env, command, args }) => {
          const literals = env
            .filter(({ value }) => /^\$\{?[A-Za-z_]\w*\}?$/.test(value ?? ''))
            .map((variable) =>
              error(
                subject,
                `container ${name}: ${variable.name} is the text '${variable.value}', not the variable's value`,
                'use valueFrom.secretKeyRef',
              ),
            );
          const defined = new Set(env.map((variable) => variable.name));
          const used = [...command, ...args].join(' ').matchAll(/(?<!\$)\$\((\w+)\)/g);
          const missing = [...new Set([...used].map(([, each]) => each ?? ''))].filter(
            (each) => !defined.has(each),
          );
          const inShell = /sh$/.test(command[0] ?? '');
          return [
            ...literals,
            ...(inShell ? [] : missing).map((each) =>
              error(
                subject,
                `container ${name}: $(${each}) is no variable of the container and stays as it is`,
                `add ${each} to env`,
              ),
            ),
          ];
        }),
      ),
  },
  {
    id: 'secrets/command-line',
    title: 'no key stands on the command line',
    why: 'Arguments are in the pod, in its events and in the process list.',
    source: 'vLLM docs, security; VLLM_API_KEY does the same from the environment',
    inputs: ['workloads'],
    guards: true,
    run: ({ workloads }) =>
      workloads.flatMap(({ subject, pod }) =>
        [...pod.initContainers, ...pod.containers]
          .filter(({ command, args }) =>
            [...command, ...args].some((word) =>
              /(^|\s)--(api[-_]key|hf[-_]token|token)([=\s]|$)/.test(word),
            ),
          )
          .map(({ name }) =>
            error(
              subject,
              `container ${name} takes a key as an argument`,
              'set VLLM_API_KEY or HF_TOKEN from a Secret with secretKeyRef',
            ),
          ),
      ),
  },
  {
    id: 'secrets/in-manifest',
    title: 'no Secret with its data is among the manifests',
    why: 'base64 is no encryption: a Secret in Git is a published secret.',
    source: 'Kubernetes docs, good practices for Secrets',
    inputs: ['objects'],
    guards: true,
    run: ({ objects }) =>
      objects
        .filter(
          ({ kind, data, stringData }) =>
            kind === 'Secret' && (data !== undefined || stringData !== undefined),
        )
        .map(({ metadata }) =>
          error(
            `Secret/${metadata.name}`,
            'a Secret with its data is among the manifests',
            'make it on the cluster, or name it in an ExternalSecret',
          ),
        ),
  },
  {
    id: 'secrets/whole-secret',
    title: 'containers take the keys that they need, not whole Secrets',
    why: "envFrom puts every key of the Secret into the environment, today's and those added later.",
    source: 'Kubernetes docs, good practices for Secrets',
    inputs: ['secretReferences'],
    run: ({ secretReferences }) =>
      secretReferences
        .filter(({ how }) => how === 'envFrom')
        .map(({ subject, name }) =>
          warning(subject, `envFrom takes every key of Secret ${name}`, 'name the key with secretKeyRef'),
        ),
  },
  {
    id: 'secrets/key-exists',
    title: 'the keys that pods take are ones that the Secret will have',
    why: 'The pod stays in CreateContainerConfigError.',
    source: 'External Secrets API, v1',
    inputs: ['secretReferences', 'managedSecrets'],
    run: ({ secretReferences, managedSecrets }) =>
      secretReferences.flatMap(({ subject, namespace, name, key }) => {
        const managed = managedSecrets.find((each) => each.name === name && each.namespace === namespace);
        if (!managed?.keys || key === undefined || managed.keys.includes(key)) return [];
        return [
          error(
            subject,
            `key ${key} of Secret ${name} is not among what ${managed.subject} writes: ${managed.keys.join(', ')}`,
            `add ${key} to ${managed.subject}`,
          ),
        ];
      }),
  },
  {
    id: 'secrets/refresh-interval',
    title: 'the refresh interval of an ExternalSecret is a duration',
    why: 'The API server takes any text; the operator refuses the object.',
    source: 'External Secrets API, v1; tried against kube-apiserver 1.36.3',
    inputs: ['managedSecrets'],
    run: ({ managedSecrets }) =>
      managedSecrets
        .filter(
          ({ refreshInterval }) =>
            refreshInterval !== undefined && parseGoDuration(refreshInterval) === undefined,
        )
        .map(({ subject, refreshInterval }) =>
          error(subject, `refreshInterval '${refreshInterval}' is no duration`, 'write it like 1h or 30m'),
        ),
  },
];
