import type { GatewayPlan, RoutePlan } from '../../plan/gateway/gateway-plan.js';
import { modelIs } from './http-manager.js';
import { answer, type Config, errorBody, exact, oneOf, seconds } from './typed.js';

/** Answers after which another target is asked with the same request: 529 is Anthropic's overload. 400 and 404 are the client's. */
const RETRIED_STATUS = [401, 403, 429, 500, 529];
const RETRIED =
  'connect-failure,refused-stream,reset,reset-before-request,gateway-error,retriable-status-codes';

/** Routes of the clients: exact path and method, a client that may, the model, and the class where one must be proved. */
export function publicRoutes(gateway: GatewayPlan): Config[] {
  const paths = [...new Set(gateway.routes.flatMap((route) => route.paths))];
  return [
    ...gateway.routes.flatMap((route) => route.paths.flatMap((path) => modelRoute(gateway, route, path))),
    ...gateway.clients.map(({ name, routes }) => modelList(name, routes)),
    ...paths.map((path) => ({
      name: 'denied',
      match: { path },
      ...answer(
        403,
        errorBody('model is not allowed for this API key', 'invalid_request_error', 'model_not_allowed'),
      ),
    })),
    {
      name: 'none',
      match: { prefix: '/' },
      ...answer(404, errorBody('no such endpoint', 'invalid_request_error', 'not_found')),
    },
  ];
}

/** Cluster of a route: its connectors in turn. */
export function clusterOf({ name, connectors }: RoutePlan, index: number): string {
  return connectors.length === 1 ? `p_${connectors[0]}` : `f_${name}_${index}`;
}

function modelRoute({ clients, routes, limits }: GatewayPlan, route: RoutePlan, path: string): Config[] {
  const allowed = clients.filter((client) => client.routes.includes(route.name)).map(({ name }) => name);
  if (allowed.length === 0) return [];
  const { name, dataClasses, provesClass, connectors } = route;
  return [
    {
      name,
      match: {
        path,
        headers: [
          { name: 'x-berth-client', string_match: oneOf(allowed) },
          ...(!provesClass ? [] : [{ name: 'x-data-class', string_match: oneOf(dataClasses) }]),
          { name: ':method', string_match: exact('POST') },
        ],
        dynamic_metadata: [modelIs('berth', name)],
      },
      route: {
        cluster: clusterOf(route, routes.indexOf(route)),
        // A limit on the whole answer would cut long streams; silence is limited instead.
        timeout: '0s',
        idle_timeout: seconds(limits.idleSeconds),
        ...(connectors.length > 1 && {
          retry_policy: retries(connectors.length - 1, limits.perTryIdleSeconds),
        }),
      },
    },
  ];
}

function retries(number: number, perTryIdleSeconds: number): Config {
  return {
    retry_on: RETRIED,
    retriable_status_codes: RETRIED_STATUS,
    num_retries: number,
    per_try_idle_timeout: seconds(perTryIdleSeconds),
    retry_back_off: { base_interval: '0.05s', max_interval: '0.2s' },
    retry_priority: {
      name: 'envoy.retry_priorities.previous_priorities',
      typed_config: {
        '@type':
          'type.googleapis.com/envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig',
        update_frequency: 1,
      },
    },
  };
}

/** `/v1/models` of one client: its own, answered by the gateway. */
function modelList(client: string, routes: readonly string[]): Config {
  const data = [...new Set(routes)].map((id) => ({ id, object: 'model', owned_by: 'berth' }));
  return {
    name: 'models',
    match: {
      path: '/v1/models',
      headers: [
        { name: 'x-berth-client', string_match: exact(client) },
        { name: ':method', string_match: exact('GET') },
      ],
    },
    ...answer(200, JSON.stringify({ object: 'list', data })),
  };
}
