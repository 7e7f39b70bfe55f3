import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1';
import type { Identity } from '../kubernetes/labels.js';
import { labels } from '../kubernetes/labels.js';

/** nginx knows no "off" for its timeouts: a day. */
const NGINX_LONGEST_SECONDS = 86_400;
/** Prompts with images, or of a million tokens; nginx refuses more than 1 MiB unless told otherwise. */
const NGINX_BODY_SIZE = '64m';

/** Properties for `IngressExposure`. */
export interface IngressExposureProps {
  readonly namespace: string;
  readonly name: string;
  readonly identity: Identity;
  readonly host: string;
  /** Exact paths that pass; every other one is refused. */
  readonly paths: readonly string[];
  readonly serviceName: string;
  readonly className: string;
  /** Longest answer; 0 switches the proxy's limit off. Only nginx classes are told: other controllers have own settings. */
  readonly timeoutSeconds: number;
  /** Secret with certificate and key; null for plain HTTP. */
  readonly tlsSecretName: string | null;
  /** Issuer of cert-manager that fills that Secret; null where somebody else does. */
  readonly issuer: { readonly name: string; readonly kind: string } | null;
}

/** Leads a host name to a Service by an Ingress. */
export class IngressExposure extends Construct {
  constructor(scope: Construct, id: string, props: IngressExposureProps) {
    super(scope, id);
    const { name, namespace, host, tlsSecretName, issuer } = props;
    new ApiObject(this, 'ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name,
        namespace,
        labels: labels(props.identity),
        annotations: {
          ...(props.className.includes('nginx') && nginxAnnotations(props.timeoutSeconds)),
          ...(tlsSecretName !== null &&
            issuer !== null && {
              [issuer.kind === 'ClusterIssuer' ? 'cert-manager.io/cluster-issuer' : 'cert-manager.io/issuer']:
                issuer.name,
            }),
        },
      },
      spec: {
        ingressClassName: props.className,
        tls: tlsSecretName === null ? undefined : [{ hosts: [host], secretName: tlsSecretName }],
        rules: [
          {
            host,
            http: {
              paths: props.paths.map((path) => ({
                path,
                pathType: 'Exact' as const,
                backend: { service: { name: props.serviceName, port: { name: 'http' } } },
              })),
            },
          },
        ],
      },
    } satisfies IIngress);
  }
}

function nginxAnnotations(timeoutSeconds: number): Record<string, string> {
  const seconds = `${timeoutSeconds === 0 ? NGINX_LONGEST_SECONDS : timeoutSeconds}`;
  return {
    'nginx.ingress.kubernetes.io/proxy-read-timeout': seconds,
    'nginx.ingress.kubernetes.io/proxy-send-timeout': seconds,
    // A buffered stream arrives in one piece at its end.
    'nginx.ingress.kubernetes.io/proxy-buffering': 'off',
    'nginx.ingress.kubernetes.io/proxy-body-size': NGINX_BODY_SIZE,
  };
}
