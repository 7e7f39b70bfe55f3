import type { LicenceProfile } from './licence.js';
import type { ModelProfile } from './model.js';

/** One licence that weights are held under: their own, or that of a model which they were made from. */
export interface HeldUnder {
  readonly id: string;
  /** Undefined where the catalogue has no such licence. */
  readonly profile: LicenceProfile | undefined;
  /** The model that carries it. */
  readonly of: string;
  /** How the weights came from that model; null for their own licence. */
  readonly how: 'distilled' | 'fine-tuned' | 'merged' | 'pruned' | null;
}

/** Where the chain is looked up. */
interface Sources {
  licence(id: string): LicenceProfile | undefined;
  model(id: string): ModelProfile | undefined;
}

/** Every licence of a model: its own, then those of the models that it came from, and of theirs. */
export function heldUnder(model: ModelProfile, sources: Sources): HeldUnder[] {
  return chain(model, null, sources, new Set());
}

function chain(model: ModelProfile, how: HeldUnder['how'], sources: Sources, seen: Set<string>): HeldUnder[] {
  if (seen.has(model.id)) return [];
  seen.add(model.id);
  const own = held(model.licence, model.name, how, sources);
  const bases = model.derivedFrom.flatMap((origin) => {
    if (!('model' in origin)) return [held(origin.licence, origin.name, origin.how, sources)];
    const base = sources.model(origin.model);
    // A base that the catalogue has lost is a licence that nobody knows.
    return base === undefined
      ? [held('unknown', origin.model, origin.how, sources)]
      : chain(base, origin.how, sources, seen);
  });
  return [own, ...bases];
}

function held(id: string, of: string, how: HeldUnder['how'], { licence }: Sources): HeldUnder {
  return { id, profile: licence(id), of, how };
}
