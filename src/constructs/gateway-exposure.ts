import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1';
import type { IGateway, IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Identity } from '../kubernetes/labels.js';
import { labels } from '../kubernetes/labels.js';

/** Most matches that one rule of an HTTPRoute may hold. */
const MATCHES_PER_RULE = 64;

/** Properties for `GatewayExposure`. */
export interface GatewayExposureProps {
  readonly namespace: string;
  /** Name of the HTTPRoute, and of the Gateway where it makes one. */
  readonly name: string;
  readonly identity: Identity;
  readonly host: string;
  /** Exact paths that pass; every other one is refused. */
  readonly paths: readonly string[];
  readonly serviceName: string;
  readonly servicePort: number;
  /** Longest answer; 0 switches the proxy's limit off. */
  readonly timeoutSeconds: number;

  /** A class: its own Gateway is made. Else an existing one, whose owner keeps its listeners and TLS. */
  readonly gateway: { readonly className: string } | { readonly name: string; readonly namespace: string };

  /**
   * Annotations of the Service that an own Gateway gets, e.g. what keeps its load balancer inside.
   *
   * @default - none.
   */
  readonly loadBalancer?: Readonly<Record<string, string>>;

  /** Secret with certificate and key for an own Gateway; null for plain HTTP. */
  readonly tlsSecretName: string | null;
  /** Issuer of cert-manager that fills that Secret; null where somebody else does. */
  readonly issuer: { readonly name: string; readonly kind: string } | null;
}

/** Leads a host name to a Service by Gateway API: HTTPRoute, and for a class its Gateway and Certificate. */
export class GatewayExposure extends Construct {
  constructor(scope: Construct, id: string, props: GatewayExposureProps) {
    super(scope, id);
    const { namespace, name, gateway, tlsSecretName, issuer } = props;
    const metadata = { name, namespace, labels: labels(props.identity) };
    const own = 'className' in gateway;

    if (own) {
      const listener = {
        hostname: props.host,
        allowedRoutes: { namespaces: { from: 'Same' as const } },
        ...(tlsSecretName === null
          ? { name: 'http', port: 80, protocol: 'HTTP' }
          : {
              name: 'https',
              port: 443,
              protocol: 'HTTPS',
              tls: {
                mode: 'Terminate' as const,
                certificateRefs: [{ group: '', kind: 'Secret', name: tlsSecretName }],
              },
            }),
      };
      new ApiObject(this, 'gateway', {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata,
        spec: {
          gatewayClassName: gateway.className,
          ...(Object.keys(props.loadBalancer ?? {}).length > 0 && {
            infrastructure: { annotations: { ...props.loadBalancer } },
          }),
          listeners: [listener],
        },
      } satisfies IGateway);
    }

    if (own && tlsSecretName !== null && issuer !== null) {
      new ApiObject(this, 'certificate', {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: { ...metadata, name: tlsSecretName },
        spec: {
          secretName: tlsSecretName,
          dnsNames: [props.host],
          privateKey: { rotationPolicy: 'Always' },
          issuerRef: { name: issuer.name, kind: issuer.kind, group: 'cert-manager.io' },
        },
      } satisfies ICertificate);
    }

    // Group, kind and weight are defaults that the server fills in: left out, they show as a difference for ever.
    const parent = { group: 'gateway.networking.k8s.io', kind: 'Gateway' };
    const limit = `${props.timeoutSeconds}s`;
    new ApiObject(this, 'route', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata,
      spec: {
        parentRefs: [
          own
            ? { ...parent, name, sectionName: tlsSecretName === null ? 'http' : 'https' }
            : { ...parent, name: gateway.name, namespace: gateway.namespace },
        ],
        hostnames: [props.host],
        rules: chunks(props.paths, MATCHES_PER_RULE).map((paths) => ({
          matches: paths.map((value) => ({ path: { type: 'Exact' as const, value } })),
          timeouts: { request: limit, backendRequest: limit },
          backendRefs: [
            { group: '', kind: 'Service', name: props.serviceName, port: props.servicePort, weight: 1 },
          ],
        })),
      },
    } satisfies IHTTPRoute);
  }
}

function chunks<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) =>
    values.slice(i * size, (i + 1) * size),
  );
}
