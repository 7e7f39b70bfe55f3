import type { TranslatorProfile } from '../../catalog/translator.js';
import type { Problem } from '../../error.js';
import { MESSAGES_PATH } from '../../selection/gateway-settings.js';
import type { ResolvedSelection } from '../../selection/resolved.js';
import type { ProviderSection } from './provider-connectors.js';

/** Routes whose paths are of another format than what stands behind them. */
export function wrongPaths(
  { placeOf, translators }: Pick<ResolvedSelection, 'placeOf' | 'translators'>,
  { providers, routes }: ProviderSection,
): Problem[] {
  return Object.entries(routes).flatMap(([route, { targets, paths }]) => {
    const place = placeOf(['routes', route, 'paths']) ?? placeOf(['routes', route]);
    return [...new Set(targets.map(({ provider }) => provider))].flatMap((name): Problem[] => {
      const account = providers[name];
      if (account === undefined) return [];
      const translator = account.translator === undefined ? undefined : translators[account.translator];
      if (translator?.refused !== undefined) return [];
      const found =
        translator !== undefined
          ? notTranslated(translator, paths)
          : otherFormat(name, account.wire ?? 'openai', paths);
      return found === undefined ? [] : [{ place, ...found, message: `route ${route} ${found.message}` }];
    });
  });
}

type Mistake = Pick<Problem, 'message' | 'fix'>;

function otherFormat(
  name: string,
  wire: 'openai' | 'anthropic',
  paths: readonly string[],
): Mistake | undefined {
  const strange = paths.filter((path) => (path === MESSAGES_PATH) !== (wire === 'anthropic'));
  if (strange.length === 0) return undefined;
  return wire === 'anthropic'
    ? {
        message: `takes ${strange.join(', ')}, and providers.${name} speaks the Anthropic format`,
        fix: `set its paths: [${MESSAGES_PATH}], or leave providers.${name}.wire out`,
      }
    : {
        message: `takes ${MESSAGES_PATH}, and providers.${name} speaks the OpenAI format`,
        fix: `set providers.${name}.wire: anthropic, where the provider offers it, or take ${MESSAGES_PATH} out of its paths`,
      };
}

function notTranslated(
  { name, paths: known }: TranslatorProfile,
  paths: readonly string[],
): Mistake | undefined {
  const strange = paths.filter((path) => !known.includes(path));
  return strange.length === 0
    ? undefined
    : {
        message: `takes ${strange.join(', ')}, and ${name} translates ${known.join(', ')} only`,
        fix: `set its paths: [${known.join(', ')}]`,
      };
}
