import { Construct } from 'constructs';
import { imageReference } from '../kubernetes/image.js';
import type { Identity } from '../kubernetes/labels.js';
import type { GatewayPlan } from '../plan/gateway/gateway-plan.js';
import { gatewayFiles } from './envoy/bootstrap.js';
import { egressFiles } from './envoy/egress-files.js';
import { EnvoyServer } from './envoy-server.js';

/** Properties for `Gateway`. */
export interface GatewayProps {
  readonly namespace: string;

  /** Installation that the gateway belongs to, e.g. the selection's name. */
  readonly instance: string;
  readonly gateway: GatewayPlan;
}

/** The one door to models: clients by the hash of their key, routes by model and class, the way out by host. */
export class Gateway extends Construct {
  constructor(scope: Construct, id: string, { namespace, instance, gateway }: GatewayProps) {
    super(scope, id);
    const { name, egress, image, adminPort, accessLogRetentionDays } = gateway;
    const version = image.tag.replace(/^.*v/, '');
    const imagePullSecret = gateway.platform.imagePullSecret ?? undefined;
    const common = { namespace, version, image: imageReference(image), imagePullSecret, adminPort };
    const credentials = new Map(
      gateway.connectors.flatMap(({ credential, translation }) =>
        credential && translation === null ? [[credential.file, credential] as const] : [],
      ),
    );
    new EnvoyServer(this, 'server', {
      ...common,
      ...gateway.lifecycle,
      name,
      identity: gatewayIdentity(instance, name),
      replicas: gateway.replicas,
      resources: gateway.resources,
      serviceAccountName: name,
      ports: [{ name: 'http', port: gateway.port }],
      files: gatewayFiles(gateway, namespace),
      inMesh: egress.names === 'istio' && egress.via === 'direct',
      keys: [...credentials.values()].map(({ file, secret }) => ({ file, ...secret })),
      why: 'the only door to the models: asks for a key, knows who may use what, and holds the keys of providers',
      annotations: {
        'berth.dev/access-log':
          'client, class, model, route, connector, status, tokens, bytes, milliseconds and path; never content',
        'berth.dev/access-log-retention':
          accessLogRetentionDays === null ? 'not stated' : `${accessLogRetentionDays} days`,
      },
    });
    const { own } = egress;
    if (own === null) return;
    new EnvoyServer(this, 'egress', {
      ...common,
      name: own.name,
      identity: egressIdentity(instance, own.name),
      replicas: own.replicas,
      resources: own.resources,
      serviceAccountName: own.name,
      ports: [{ name: 'tls', port: own.port }],
      files: egressFiles({
        hosts: egress.hosts,
        tunnelled: egress.tunnelled,
        port: own.port,
        adminPort,
      }),
      keys: [],
      inMesh: egress.names === 'istio',
      preStopSeconds: gateway.lifecycle.preStopSeconds,
      terminationGraceSeconds: gateway.lifecycle.terminationGraceSeconds,
      why: 'the only way out: passes TLS on to hosts that it knows, by the name in the handshake, and reads nothing',
      annotations: { 'berth.dev/hosts': egress.hosts.join(', ') },
    });
  }
}

/** Identity of a gateway's pods. */
export function gatewayIdentity(instance: string, name: string): Identity {
  return { name: 'gateway', instance, component: name };
}

/** Identity of the pods of a gateway's own egress proxy. */
export function egressIdentity(instance: string, name: string): Identity {
  return { name: 'egress', instance, component: name };
}
