import type { ImagePlan, Plan } from '../../plan/plan.js';

/** An image of a plan that Berth names by tag, with the key of the selection that chooses its version. */
export interface NamedImage {
  readonly image: ImagePlan;
  readonly key: string;
}

/** Images by exact tag: of servers, gateways and translators. What a vendor gives comes with its digest. */
export function namedImages({ servers, gateways }: Pick<Plan, 'servers' | 'gateways'>): NamedImage[] {
  return [
    ...servers.map(({ image }) => ({ image, key: 'engine.version' })),
    ...gateways.flatMap(({ image, translator }) => [
      { image, key: 'gateway.version' },
      ...(translator === null ? [] : [{ image: translator.image, key: 'gateway.translator.version' }]),
    ]),
  ].filter(({ image }) => image.repository !== '');
}
