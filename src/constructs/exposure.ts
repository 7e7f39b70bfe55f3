import { Construct } from 'constructs';
import type { Identity } from '../kubernetes/labels.js';
import type { ExposurePlan } from '../plan/plan.js';
import { GatewayExposure, type GatewayExposureProps } from './gateway-exposure.js';
import { IngressExposure } from './ingress-exposure.js';

/** Properties for `Exposure`. */
export interface ExposureProps {
  readonly namespace: string;
  /** Name of the Service, and of what is made for it. */
  readonly name: string;
  /** Identity of the Service's pods. */
  readonly identity: Identity;
  readonly port: number;
  readonly exposure: ExposurePlan;

  /**
   * What the cluster's load balancer wants to be told.
   *
   * @default - nothing
   */
  readonly loadBalancer?: GatewayExposureProps['loadBalancer'];
}

/** The way in from outside the namespace, by Gateway API or Ingress as the plan says. */
export class Exposure extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { namespace, name, identity, port, exposure, loadBalancer }: ExposureProps,
  ) {
    super(scope, id);
    const { host, paths, timeoutSeconds, tls, gateway, ingress, via } = exposure;
    const common = {
      namespace,
      name,
      identity,
      host,
      paths,
      serviceName: name,
      timeoutSeconds,
      tlsSecretName: tls?.secretName ?? null,
      issuer: tls?.issuer ?? null,
    };
    if (gateway !== null)
      new GatewayExposure(this, 'gateway', { ...common, servicePort: port, gateway, loadBalancer });
    else if (ingress !== null)
      new IngressExposure(this, 'ingress', { ...common, className: ingress.className });
    else throw new Error(`exposure by ${via} without a gateway or an ingress class`);
  }
}
