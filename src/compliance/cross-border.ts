import { liesIn, territoryOf } from '../catalog/territory.js';
import type { Circumstances, DataClass } from './circumstances.js';
import { exportRoute, WEIGHT } from './export-route.js';
import type { Destination } from './proposal.js';
import { type Ruling, ruling } from './ruling.js';

/** What the law of the company's own country says of a target abroad. */
export function crossBorder(
  circumstances: Circumstances,
  target: Destination,
  classes: readonly DataClass[],
): Ruling[] {
  const { country } = circumstances;
  if (target.place === 'own') return [];
  if (country === undefined) {
    const harmless = circumstances.personalInformation === false && graveOf(classes).length === 0;
    return harmless ? [] : [askCountry(target)];
  }
  const home = territoryOf(country);
  if (staysAt(home, target)) return [];
  const about = target.key === undefined ? {} : { subject: target.key };
  const place = placeOf(target);
  return [
    ...(home === 'CN' ? fromChina(circumstances, target, classes, place, about) : []),
    ...(home === 'EU' ? fromTheUnion(circumstances, target, place, about) : []),
    ...(home === 'CN' && target.place === 'provider' ? [domestic(target, place, about)] : []),
  ];
}

function fromChina(
  { personalInformation, exportBasis, ...volume }: Circumstances,
  { name }: Destination,
  classes: readonly DataClass[],
  place: string,
  about: Pick<Ruling, 'subject'>,
): Ruling[] {
  const grave = graveOf(classes);
  if (grave.length > 0) {
    const rule = grave.includes('sensitive') && grave.length === 1 ? 'pipl-export' : 'important-data';
    const message = `${grave.join(', ')} data would leave China for ${name}, ${place}`;
    return [ruling('data/cross-border', 'error', rule, message, ['take a target in China'], about)];
  }
  if (!personalInformation) return [];
  const route = exportRoute(volume.exportedPersons, volume.exportedSensitivePersons);
  if (exportBasis === undefined) {
    const message = `personal information would leave China for ${name}, ${place}, and data.exportBasis names no legal ground`;
    const remedy = [
      'take a provider that answers in China',
      `or set data.exportBasis to what your counsel has confirmed: ${route ?? 'it depends on data.exportedPersons'}`,
    ];
    return [ruling('data/cross-border', 'error', 'pipl-export', message, remedy, about)];
  }
  if (route === undefined || (WEIGHT[exportBasis] ?? 0) >= (WEIGHT[route] ?? 0)) return [];
  const message = `data.exportBasis is ${exportBasis}; the numbers of persons that you state ask for ${route}`;
  return [
    ruling('data/cross-border', 'warning', 'export-thresholds', message, ['confirm it with your counsel'], {
      subject: 'data.exportBasis',
    }),
  ];
}

function fromTheUnion(
  { personalInformation, exportBasis }: Circumstances,
  { name }: Destination,
  place: string,
  about: Pick<Ruling, 'subject'>,
): Ruling[] {
  if (!personalInformation || exportBasis !== undefined) return [];
  const message = `personal data would leave the EU for ${name}, ${place}, and data.exportBasis names no legal ground`;
  const remedy = [
    'take a host in the EU',
    'or name the ground: adequacy, standard-contract or binding-rules',
  ];
  return [
    ruling('data/cross-border', 'question', 'gdpr-transfer', message, remedy, {
      ...about,
      key: 'data.exportBasis',
    }),
  ];
}

function graveOf(classes: readonly DataClass[]): DataClass[] {
  return classes.filter((one) => one !== 'public' && one !== 'internal');
}

function domestic({ name }: Destination, place: string, about: Pick<Ruling, 'subject'>): Ruling {
  const message = `${name} answers from ${place}, the company is in China`;
  return ruling(
    'data/domestic-provider',
    'warning',
    'domestic',
    message,
    ['look at a provider in China'],
    about,
  );
}

function askCountry({ name }: Destination): Ruling {
  const message = `whether requests to ${name} cross a border cannot be told: organization.country is not set`;
  return ruling('data/cross-border', 'question', 'pipl-export', message, [], { key: 'organization.country' });
}

function staysAt(home: string, { jurisdiction }: Destination): boolean {
  return jurisdiction !== undefined && jurisdiction !== null && liesIn(jurisdiction, home);
}

function placeOf({ jurisdiction }: Destination): string {
  if (jurisdiction === undefined || jurisdiction === null) return 'a place that is not known';
  if (jurisdiction === 'by-region') return 'a region that is not named';
  return jurisdiction === 'global' ? 'anywhere' : jurisdiction;
}
