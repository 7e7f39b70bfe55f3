import { flagAt } from '../../inspect/field.js';
import { error, type ManifestCheck } from './manifest-check.js';

export const serviceLinkChecks: readonly ManifestCheck[] = [
  {
    id: 'network/service-links',
    title: "the engine's pods get no variables from Services",
    why: 'A Service called vllm puts VLLM_PORT=tcp://… into every pod of the namespace; the engine takes it for a port number and ends.',
    source: 'vllm#34199, vllm#5916, vLLM PR 18209; seen on vLLM 0.32.0',
    inputs: ['servers'],
    traps: [1],
    run: ({ servers }) =>
      servers
        .filter(({ workload }) => flagAt(workload.pod.spec, 'enableServiceLinks') !== false)
        .map(({ workload }) =>
          error(
            workload.subject,
            'Services of the namespace set variables such as VLLM_PORT in the pod',
            'set enableServiceLinks: false',
          ),
        ),
  },
  {
    id: 'network/service-name',
    title: 'no Service is called vllm',
    why: 'Its variables break every engine of the namespace that still has service links, also those of others.',
    source: 'vllm#34199',
    inputs: ['services'],
    traps: [1],
    run: ({ services }) =>
      services
        .filter(({ name }) => name === 'vllm')
        .map(({ subject }) =>
          error(
            subject,
            'a Service of this name sets VLLM_PORT in pods of the namespace',
            'choose another name',
          ),
        ),
  },
];
