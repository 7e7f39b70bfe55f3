import type { HeldUnder } from '../catalog/held-under.js';
import type { Term } from '../catalog/licence-terms.js';
import { type Obligation, obligations } from './duties.js';
import { standing } from './terms.js';
import type { Use } from './use.js';

/** Why weights may not simply be used. */
export interface Objection {
  /** What it is about; `unknown` where nobody has read the licence or nobody has named one. */
  readonly about: Term['about'] | 'unknown';
  /** `question`: the selection does not say what decides, or nobody has said which licence it is. */
  readonly state: 'refused' | 'question';
  readonly licence: string;
  /** The model that brings the licence in. */
  readonly of: string;
  /** The clause in our words; for an unknown licence, what is not known. */
  readonly clause: string;
  /** What of this company and this use breaks it. */
  readonly fact: string | null;
  /** How the right may be had all the same. */
  readonly otherwise: string | null;
  /** For a question: the key to set. */
  readonly key: string | null;
  readonly source: string;
  /** Day on which the entry was compared with its source. */
  readonly checked: string | null;
}

/** May this company use these weights in this way? Plain JSON. */
export interface Licensing {
  readonly verdict: 'allowed' | 'obligations' | 'question' | 'refused';
  /** The model's own licence first, then those of the models that it came from. */
  readonly licences: readonly {
    readonly id: string;
    readonly name: string;
    readonly of: string;
    readonly how: HeldUnder['how'];
    readonly source: string;
    readonly checked: string | null;
  }[];
  readonly objections: readonly Objection[];
  readonly obligations: readonly Obligation[];
}

/** Judges every licence that the weights are held under: the strictest verdict counts. */
export function licensing(held: readonly HeldUnder[], use: Use, gated: boolean): Licensing {
  const objections = held.flatMap((one) => [...unknown(one), ...broken(one, use)]);
  const duties = [...held.flatMap((one) => obligations(one, use)), ...gate(held, gated)];
  return {
    verdict: verdict(objections, duties),
    licences: held.map(({ id, of, how, profile }) => ({
      id,
      name: profile?.name ?? id,
      of,
      how,
      source: profile?.source ?? 'none',
      checked: profile?.checked ?? null,
    })),
    objections,
    obligations: distinct(duties),
  };
}

function verdict(objections: readonly Objection[], duties: readonly Obligation[]): Licensing['verdict'] {
  if (objections.some(({ state }) => state === 'refused')) return 'refused';
  if (objections.length > 0) return 'question';
  return duties.some(({ only }) => only === null) ? 'obligations' : 'allowed';
}

function broken({ id, of, profile }: HeldUnder, use: Use): Objection[] {
  return (profile?.terms ?? []).flatMap((term) => {
    const found = standing(term, use);
    if (found.state === 'holds') return [];
    const counted = term.about === 'monthly-users' ? ` (counted: ${term.counted})` : '';
    return [
      {
        about: term.about,
        state: found.state === 'fails' ? ('refused' as const) : ('question' as const),
        licence: id,
        of,
        clause: `${term.clause}${counted}`,
        fact: found.state === 'fails' ? found.fact : null,
        otherwise: term.otherwise ?? null,
        key: found.state === 'unsaid' ? found.key : null,
        source: profile?.source ?? 'none',
        checked: profile?.checked ?? null,
      },
    ];
  });
}

/** A licence that somebody has named and nobody knows is refused; where none was named, it is asked for. */
function unknown({ id, of, profile }: HeldUnder): Objection[] {
  const known = profile !== undefined && profile.commercialUse !== 'unknown' && profile.unread === undefined;
  if (known) return [];
  const base = {
    about: 'unknown' as const,
    licence: id,
    of,
    fact: null,
    source: profile?.source ?? 'none',
    checked: profile?.checked ?? null,
  };
  if (profile === undefined) {
    const clause = `no licence '${id}' is known: read it, and record what it says in profiles/licences/${id}.yaml of the project`;
    return [{ ...base, state: 'refused', clause, otherwise: null, key: null }];
  }
  if (id === 'unknown')
    return [
      {
        ...base,
        state: 'question',
        clause: 'nobody has said which licence it is',
        otherwise: null,
        key: 'weights.licence',
      },
    ];
  const named = profile.commercialUse === 'unknown';
  const clause = `not read: ${profile.unread ?? 'the text'}`;
  return [{ ...base, state: named ? 'refused' : 'question', clause, otherwise: null, key: null }];
}

function gate(held: readonly HeldUnder[], gated: boolean): Obligation[] {
  const [own] = held;
  if (own === undefined || !gated) return [];
  const text = 'accept the terms on the model hub with the account whose token downloads the weights';
  return [{ licence: own.id, of: own.of, duty: 'gate', text, link: null, only: null }];
}

function distinct(duties: readonly Obligation[]): Obligation[] {
  return [...new Map(duties.map((one) => [`${one.duty} ${one.text} ${one.only}`, one])).values()];
}
