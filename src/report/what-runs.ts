import { BINDING_WORDS, fromTo } from '../plan/calls.js';
import { type Plan, plansOf, type ServerPlan } from '../plan/plan.js';
import { licenceLine } from './licence.js';
import { duration, gib, section, table, whole } from './markdown.js';

/** What will run and what it needs, for people who decide. */
export function whatRuns(plan: Plan): string | null {
  return section(
    'What will run',
    ...plansOf(plan).flatMap((part) => part.servers.map((server) => table(['', ''], facts(part, server)))),
  );
}

/** Names and values of one server, in Markdown. */
export function facts(plan: Plan, server: ServerPlan): string[][] {
  const { model, image, accelerator, replicas, sizing, concurrency, resources, weights, lifecycle } = server;
  const { settings } = sizing;
  const layout =
    accelerator.count === 1
      ? 'one accelerator'
      : `tensor parallel ${settings.tensorParallelSize}${settings.pipelineParallelSize > 1 ? ` × pipeline parallel ${settings.pipelineParallelSize}` : ''}`;
  const total = accelerator.count * replicas.max;
  return [
    [
      'model',
      `${model.name} in ${model.precision}, from \`${model.repository}\`${model.revision === null ? '' : ` at \`${model.revision}\``}`,
    ],
    ['licence', licenceLine(model.licensing)],
    [
      'engine',
      `vLLM ${server.engine.version}, \`${image.repository}:${image.tag}\`${image.digest === null ? '' : ` @ \`${image.digest}\``}`,
    ],
    [
      'accelerators',
      `${accelerator.count} × ${accelerator.name} a replica (${layout}), up to ${total} in all`,
    ],
    [
      'replicas',
      replicas.min === replicas.max
        ? `${replicas.min}`
        : `${replicas.min} to ${replicas.max}${server.scaling ? ', by the queue' : ''}`,
    ],
    ...speedFacts(server),
    ['context', `${whole(settings.maxModelLen)} tokens a request`],
    [
      'concurrency',
      `${concurrency.target} requests a replica at once, ${concurrency.admitted} held, the rest refused with 503`,
    ],
    ['KV cache', `${whole(sizing.kvCacheTokens)} tokens a replica`],
    [
      'pod',
      `${resources.cpus} CPUs, ${Math.ceil(resources.memoryGib + resources.sharedMemoryGib)} GiB of memory${resources.sharedMemoryGib > 0 ? ` (${resources.sharedMemoryGib} GiB of it shared memory)` : ''}`,
    ],
    ['weights', `${gib(sizing.host.filesGib)} GiB on a ${weights.kind} volume of ${weights.volumeGib} GiB`],
    [
      'ready after',
      `about ${duration(sizing.host.startupSeconds)} once the weights are there; the start-up probe waits ${duration(lifecycle.startupBudgetSeconds)}`,
    ],
    ['answers at', server.servedModelNames.map((name) => `\`${name}\``).join(', ')],
    ['namespace', `\`${plan.namespace}\`, Kubernetes ${plan.kubernetes}`],
  ];
}

/** What one full replica gives, and what the calls of a month need. */
function speedFacts({ sizing: { throughput }, calls }: ServerPlan): string[][] {
  const speed =
    throughput === null
      ? []
      : [
          [
            'speed',
            `${whole(throughput.outputTokensPerSecond)} output tokens a second a replica with ${throughput.concurrency} × ${whole(throughput.inputTokens)} → ${whole(throughput.outputTokens)} tokens, first token after ${whole(throughput.ttftMs)} ms, then one every ${throughput.tpotMs} ms (± ${Math.round(throughput.errorBand * 100)} %)`,
          ],
        ];
  if (calls === null) return speed;
  const needed =
    calls.replicas === null
      ? BINDING_WORDS[calls.binding]
      : `${fromTo(calls.replicas)} replicas, ${fromTo(calls.accelerators ?? calls.replicas)} accelerators; ${BINDING_WORDS[calls.binding]}`;
  return [
    ...speed,
    [
      'calls',
      `${whole(calls.callsPerMonth)} a month, ${calls.peakRequestsPerSecond} a second at the peak (${calls.peakFactor} × the mean of ${calls.hoursPerMonth} hours): ${needed}`,
    ],
  ];
}
