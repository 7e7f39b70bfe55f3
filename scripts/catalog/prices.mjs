// Takes list prices of a provider's API from a file:
//   provider: deepseek
//   checked: 2026-12-01        # only where the whole entry was looked at, not its prices alone
//   prices: [{ model: deepseek-chat, currency: USD, input: 0.3, output: 0.45, date: 2026-12-01, source: price page }]
import { join } from 'node:path';
import { readEntry, readGiven, settle } from './entry.mjs';
import { load, refuse, root } from './load.mjs';

/** A new price that many times the old one is more likely another unit. */
const SUSPICIOUS_FACTOR = 10;

/** @returns the exit code */
export async function prices([file, ...options], profiles = join(root, 'profiles')) {
  if (file === undefined) {
    console.error('error: which file? It holds provider: and prices:');
    return 1;
  }
  try {
    const given = await readGiven(file);
    const { provider, checked, prices: list } = await parse(given);
    const entry = readEntry(profiles, 'providers', provider);
    await refuseUnknown(entry, provider, given, profiles);
    const before = entry.data;
    await refuseOlder(before, list, given);
    const after = {
      ...before,
      prices: merged(before.prices, given.data.prices),
      ...(checked !== undefined && { checked }),
    };
    for (const line of suspicious(before.prices, list)) console.log(line);
    const { ProviderProfile } = await load('src/catalog/provider.ts');
    const view = (one) => ({
      ...one,
      prices: Object.fromEntries(one.prices.map((price) => [keyOf(price), price])),
    });
    const write = options.includes('--write');
    return await settle({
      file: entry.file,
      text: entry.text,
      before,
      after,
      schema: ProviderProfile,
      view,
      write,
    });
  } catch (error) {
    return refuse(error);
  }
}

async function parse(given) {
  const { PriceList } = await load('src/catalog/price-list.ts');
  const { parseWith } = await load('src/catalog/read-yaml.ts');
  return parseWith(PriceList, given);
}

async function refuseUnknown({ data }, provider, given, profiles) {
  const { UserError } = await load('src/error.ts');
  const { didYouMean } = await load('src/catalog/nearest.ts');
  const { readdirSync } = await import('node:fs');
  if (data === undefined) {
    const ids = readdirSync(join(profiles, 'providers')).map((name) => name.replace(/\.yaml$/, ''));
    const message = `no provider '${provider}', there are: ${ids.join(', ')}`;
    throw new UserError('no such provider', [
      { place: given.placeOf(['provider']), message, fix: didYouMean(provider, ids) },
    ]);
  }
  const known = [...data.models.map(({ id }) => id), ...data.retired.models.map(({ id }) => id)];
  const offered = (model) =>
    known.some((id) => (id.endsWith('*') ? model.startsWith(id.slice(0, -1)) : id === model));
  const problems = given.data.prices.flatMap(({ model }, index) =>
    offered(model)
      ? []
      : [
          {
            place: given.placeOf(['prices', index, 'model']),
            message: `${provider} offers no '${model}'`,
            fix: didYouMean(model, known) ?? `add it to models: of profiles/providers/${provider}.yaml first`,
          },
        ],
  );
  if (problems.length > 0) throw new UserError('prices of unknown models', problems);
}

async function refuseOlder(before, list, given) {
  const { UserError } = await load('src/error.ts');
  const problems = list.flatMap((price, index) => {
    const old = before.prices.find((one) => keyOf(one) === keyOf(price));
    if (!old?.date || price.date >= old.date) return [];
    const message = `${price.model}: this price is of ${price.date}, the one that is there of ${old.date}`;
    return [{ place: given.placeOf(['prices', index, 'date']), message }];
  });
  if (problems.length > 0) throw new UserError('older prices', problems);
}

/** Each in its old place; new ones at the end. */
function merged(old, list) {
  const next = new Map(list.map((price) => [keyOf(price), price]));
  const known = new Set(old.map(keyOf));
  return [
    ...old.map((price) => next.get(keyOf(price)) ?? price),
    ...list.filter((price) => !known.has(keyOf(price))),
  ];
}

function suspicious(old, list) {
  return list.flatMap((price) => {
    const one = old.find((other) => keyOf(other) === keyOf(price) && other.currency === price.currency);
    const factors = ['input', 'output'].map((key) => (one?.[key] > 0 ? price[key] / one[key] : 1));
    const far = factors.some((factor) => factor >= SUSPICIOUS_FACTOR || factor <= 1 / SUSPICIOUS_FACTOR);
    return far
      ? [`warning: ${price.model} changes tenfold or more: is it the price of a million tokens?`]
      : [];
  });
}

/** What a price is of: model, region's list, and the day from which it holds. */
function keyOf({ model, list, from }) {
  return [model, list, from].filter((part) => part !== undefined).join(' ');
}
