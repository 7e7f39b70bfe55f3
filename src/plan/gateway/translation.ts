import type { ProviderProfile } from '../../catalog/provider.js';
import { NATIVE_WIRES, type TranslatorProfile } from '../../catalog/translator.js';
import type { AccountMistake } from './account-mistakes.js';
import type { TranslationPlan } from './translator-plan.js';

/** What a translator must know of an endpoint, or what the account does not say. */
export function translationOf(
  name: string,
  wire: ProviderProfile['endpoints'][number]['wire'],
  parameters: Readonly<Record<string, string>>,
  { authHosts }: Pick<ProviderProfile, 'authHosts'>,
  { id }: Pick<TranslatorProfile, 'id'>,
): TranslationPlan | AccountMistake {
  const native = NATIVE_WIRES.find((one) => one === wire);
  if (native === undefined) throw new Error(`${wire} is translated by nobody`);
  const { region = null, project = null } = parameters;
  if (native !== 'vertex') return { by: id, wire: native, region, project: null, authHosts: [] };
  if (region === 'global')
    return {
      key: ['region'],
      message: 'region global names no place: answers may be made anywhere',
      fix: 'name a region, e.g. europe-west4',
    };
  if (project === null)
    return {
      key: ['parameters'],
      message: 'Vertex AI serves models of a project, and none is named',
      fix: `set providers.${name}.parameters: { project: … }`,
    };
  // A service account's key needs this one; the others serve workload identity, which opens the metadata address.
  return {
    by: id,
    wire: native,
    region,
    project,
    authHosts: authHosts.filter((host) => host.startsWith('oauth2.')),
  };
}
