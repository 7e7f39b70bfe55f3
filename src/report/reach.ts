import type { Plan, ServerPlan } from '../plan/plan.js';
import { section, shell } from './markdown.js';

/** The address, and a first request that can be pasted. */
export function reach(plan: Plan): string | null {
  const [server] = plan.servers;
  if (server === undefined) return null;
  const inside = `Pods of \`${plan.namespace}\` reach it at \`http://${server.name}.${plan.namespace}.svc:${server.port}/v1\`.`;
  const { exposure } = plan;
  if (exposure === null) {
    return section(
      'How to reach it',
      inside,
      'From a laptop:',
      shell(
        `kubectl -n ${plan.namespace} port-forward service/${server.name} ${server.port}`,
        request(`http://127.0.0.1:${server.port}`, server),
      ),
    );
  }
  const scheme = exposure.tls ? 'https' : 'http';
  return section(
    'How to reach it',
    inside,
    `Clients reach it at \`${scheme}://${exposure.host}/v1\` (${exposure.mode}); only ${exposure.paths.map((path) => `\`${path}\``).join(', ')} pass.`,
    shell(request(`${scheme}://${exposure.host}`, server)),
  );
}

function request(base: string, { servedModelNames, apiKey }: ServerPlan): string {
  const key = apiKey === null ? '' : ' -H "Authorization: Bearer $CLIENT_KEY"';
  const body = JSON.stringify({
    model: servedModelNames[0],
    messages: [{ role: 'user', content: 'Say hello.' }],
  });
  return `curl ${base}/v1/chat/completions -H 'Content-Type: application/json'${key} -d '${body}'`;
}
