import { entryNamespace } from '../../plan/network.js';
import { exposureMissing } from '../../plan/omitted.js';
import { key, type PlanCheck, type PlanFinding } from './planned.js';

export const exposeComplete: PlanCheck = {
  id: 'expose/incomplete',
  title: 'a wished exposure can be emitted',
  why: 'an address that nobody answers is worse than none: what is missing is left out and named',
  source: 'expose, cluster.capabilities, cluster.gateway, cluster.ingress',
  inputs: ['expose', 'cluster'],
  run: (planned): PlanFinding[] => {
    const { expose } = planned.resolved;
    const missing = exposureMissing(planned.resolved);
    if ((expose.mode ?? 'none') === 'none' || missing === '') return [];
    return [
      {
        severity: expose.host === undefined ? 'error' : 'warning',
        message: `expose.mode is ${expose.mode}, but ${missing}: nothing is exposed`,
        remedy: [`set ${missing.split(' ')[0]}`, 'or leave expose out: PLAN.md prints the port-forward'],
        subject: key(planned, 'expose'),
      },
    ];
  },
};

export const exposeTls: PlanCheck = {
  id: 'expose/tls',
  title: 'what is public is encrypted',
  why: 'prompts, answers and bearer keys would cross the network readable',
  source: 'design: exposure',
  inputs: ['expose.mode', 'expose.tls'],
  guards: true,
  run: (planned): PlanFinding[] => {
    const { expose, cluster } = planned.resolved;
    const ownersGateway = planned.plan.exposure?.gateway && 'name' in planned.plan.exposure.gateway;
    if ((expose.mode ?? 'none') === 'none' || expose.tls !== undefined) return [];
    if (expose.mode === 'internal') {
      return ownersGateway
        ? []
        : [
            {
              severity: 'warning',
              message: 'expose.mode is internal without TLS: prompts and keys cross the network readable',
              remedy: ['set expose.tls: { issuer } or { secretName }'],
              subject: key(planned, 'expose.tls'),
            },
          ];
    }
    return [
      {
        severity: 'error',
        message: `expose.mode is public without TLS${ownersGateway ? ` (the owner of gateway ${cluster.gateway?.name} may have it: say so)` : ''}`,
        remedy: ['set expose.tls: { issuer: … } (cert-manager) or { secretName: … }'],
        subject: key(planned, 'expose.tls'),
      },
    ];
  },
};

export const exposeAuthentication: PlanCheck = {
  id: 'expose/authentication',
  title: 'what is public asks for a key',
  why: 'an open endpoint is found within hours and serves strangers on your accelerators',
  source: 'design: exposure',
  inputs: ['expose.mode', 'expose.clientKeys'],
  guards: true,
  run: (planned): PlanFinding[] => {
    const { expose } = planned.resolved;
    // A gateway asks for keys or tokens itself; see gateway/clients.
    if (planned.plan.gateways.length > 0) return [];
    if ((expose.mode ?? 'none') === 'none' || expose.clientKeys !== undefined) return [];
    return [
      {
        severity: expose.mode === 'public' ? 'error' : 'warning',
        message: `expose.mode is ${expose.mode} without client keys: whoever reaches ${expose.host ?? 'the host'} may use the model`,
        remedy: ['set expose.clientKeys: { secretRef: { name, key } }'],
        subject: key(planned, 'expose.clientKeys'),
      },
    ];
  },
};

export const exposeEntry: PlanCheck = {
  id: 'expose/entry-namespace',
  title: 'the forwarding pods may reach the server',
  why: 'the default-deny policy also stops the gateway: without its namespace no rule lets it in',
  source: 'NetworkPolicy: namespaceSelector',
  inputs: ['exposure', 'cluster.gateway.namespace', 'cluster.ingress.namespace'],
  run: (planned): PlanFinding[] => {
    const { exposure } = planned.plan;
    if (exposure === null || entryNamespace(planned.resolved, exposure) !== null) return [];
    const name = exposure.via === 'ingress' ? 'cluster.ingress.namespace' : 'cluster.gateway.namespace';
    return [
      {
        severity: 'error',
        message: `${name} is not set: the default-deny policy would refuse what ${exposure.via} forwards for ${exposure.host}`,
        remedy: [`set ${name} to the namespace of the pods that forward requests`],
        subject: key(planned, name),
      },
    ];
  },
};
