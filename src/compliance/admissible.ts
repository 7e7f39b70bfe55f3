import { type Circumstances, type DataClass, levelOf } from './circumstances.js';
import { crossBorder } from './cross-border.js';
import type { Destination, Proposal, Route } from './proposal.js';
import { publicService } from './public-service.js';
import { residency } from './residency.js';
import { type Ruling, ruling } from './ruling.js';

/**
 * Which of a scheme's providers, regions and fallbacks the data may use. Pure.
 * @returns What speaks against it and what must be asked, each with its rule; empty where all of it is admissible.
 */
export function admissible(circumstances: Circumstances, proposal: Proposal): Ruling[] {
  const leaving = proposal.routes.flatMap(({ targets }) => targets).filter(({ place }) => place !== 'own');
  return distinct([
    ...(leaving.length > 0 ? [...unsaid(circumstances), ...understated(circumstances)] : []),
    ...proposal.routes.flatMap((route) => ofRoute(circumstances, route)),
    ...publicService(circumstances, leaving),
  ]);
}

function ofRoute(circumstances: Circumstances, route: Route): Ruling[] {
  const classes = classesOf(circumstances, route);
  const personal = route.personalInformation ?? circumstances.personalInformation;
  const facts = { ...circumstances, personalInformation: personal };
  return route.targets.flatMap((target, index) => [
    ...beyondItsClasses(route, target, index, classes),
    ...privateOnly(target, classes),
    ...residency(facts, target),
    ...crossBorder(facts, target, classes),
  ]);
}

function classesOf({ classification }: Circumstances, { dataClasses }: Route): readonly DataClass[] {
  return dataClasses ?? (classification === undefined ? [] : [classification]);
}

function unsaid({ classification, personalInformation }: Circumstances): Ruling[] {
  const ask = (key: string, what: string): Ruling =>
    ruling(
      'data/class',
      'question',
      'private-only',
      `requests leave the company, and ${key} does not say ${what}`,
      [],
      {
        key,
      },
    );
  return [
    ...(classification === undefined ? [ask('data.classification', 'what they carry')] : []),
    ...(personalInformation === undefined && classification !== 'public'
      ? [ask('data.personalInformation', 'whether they hold personal information')]
      : []),
  ];
}

/** Industries whose customers' data the selection rules count as sensitive. */
const SENSITIVE_INDUSTRY = /financ|bank|insur|securit|health|medic|hospital|pharma|government|public sector/i;

/** Personal information of such an industry that is called internal: said by mistake more often than not. */
function understated({ classification, personalInformation, industry = '' }: Circumstances): Ruling[] {
  const low = classification === 'internal' || classification === 'public';
  if (!low || !personalInformation || !SENSITIVE_INDUSTRY.test(industry)) return [];
  const message = `organization.industry is ${industry}, requests hold personal information and leave the company, and data.classification is only ${classification}`;
  const remedy = ['set data.classification: sensitive where accounts, cases or records are in the requests'];
  return [
    ruling('data/class', 'warning', 'sensitive-industry', message, remedy, {
      subject: 'data.classification',
    }),
  ];
}

function privateOnly(target: Destination, classes: readonly DataClass[]): Ruling[] {
  const high = classes.filter((one) => levelOf(one, false) === 'high');
  if (target.place === 'own' || high.length === 0) return [];
  const where = target.place === 'provider' ? 'a provider’s API' : 'a public cloud';
  const message = `${high.join(', ')} data would go to ${target.name}, ${where}`;
  const remedy = [
    'keep this work on machines of your own: scheme open-private or closed-private, or a hybrid’s private route',
    'or take what is sensitive out of the requests, and say so in data.classification',
  ];
  const rule = high.some((one) => one === 'important' || one === 'core') ? 'important-data' : 'private-only';
  return [ruling('data/private-only', 'error', rule, message, remedy, subject(target))];
}

/** The two ways in which a hybrid leaks: a target that must not carry a class, and a fallback that takes it along. */
function beyondItsClasses(
  route: Route,
  target: Destination,
  index: number,
  classes: readonly DataClass[],
): Ruling[] {
  const accepts = target.dataClasses;
  const refused = accepts === undefined ? [] : classes.filter((one) => !accepts.includes(one));
  if (refused.length === 0) return [];
  const what = index === 0 ? 'the target' : 'the fallback';
  const message = `route ${route.name} carries ${refused.join(', ')} data, and ${what} ${target.name} may not`;
  const remedy = [
    `take ${target.name} out of route ${route.name}`,
    `or split the route: one for ${(accepts ?? []).join(', ') || 'what it may carry'}, one for ${refused.join(', ')}`,
  ];
  return [ruling('data/fallback', 'error', 'fallback', message, remedy, subject(target, route.key))];
}

function subject({ key }: Destination, otherwise?: string): Pick<Ruling, 'subject'> {
  const about = key ?? otherwise;
  return about === undefined ? {} : { subject: about };
}

/** One provider in several routes is told of once. */
function distinct(rulings: readonly Ruling[]): Ruling[] {
  return [...new Map(rulings.map((one) => [`${one.check} ${one.message}`, one])).values()];
}
