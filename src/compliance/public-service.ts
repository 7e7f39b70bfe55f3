import type { Circumstances } from './circumstances.js';
import type { Destination } from './proposal.js';
import { type Ruling, ruling } from './ruling.js';

/** Duties of a service that generates content for the public in China, and who can fulfil them. */
export const PUBLIC_SERVICE_DUTIES: readonly string[] = [
  'file or register the service with the cyberspace administration before it opens, an open model of your own included (people)',
  'pass its security assessment; file the algorithm (people)',
  'label generated content: visibly, and in the metadata of files (labelling measures and GB 45438-2025, in force 2025-09-01; front end and gateway)',
  'keep network logs for at least 180 days (Cybersecurity Law; platform)',
  'run keyword filters and a channel for complaints, and act on them (people)',
  'state the model and its filing number to users (people)',
];

/**
 * Duties towards the public in China. A service for one's own staff has none of them.
 * @param leaving Targets outside the company.
 */
export function publicService(
  { audience, country }: Circumstances,
  leaving: readonly Destination[],
): Ruling[] {
  if (audience === 'public-cn') {
    const message =
      'a service that generates content for the public in China has duties that no manifest fulfils';
    const foreign = leaving.filter(({ jurisdiction }) => jurisdiction !== 'CN');
    const abroad = foreign.map(
      ({ name }) => `clear with your counsel whether ${name}, which is not in China, can be filed for at all`,
    );
    return [
      ruling(
        'data/public-service',
        'warning',
        'public-service-cn',
        message,
        [...PUBLIC_SERVICE_DUTIES, ...abroad],
        {
          subject: 'usage.audience',
        },
      ),
    ];
  }
  if (audience !== undefined || country !== 'CN') return [];
  const message = 'whether this serves the public in China, which brings duties, is not said';
  return [
    ruling(
      'data/public-service',
      'question',
      'public-service-cn',
      message,
      ['internal, public-cn or public-other'],
      {
        key: 'usage.audience',
      },
    ),
  ];
}
