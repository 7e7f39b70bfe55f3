/** What a vendor says in public of every container that it licenses. Values for keys of `container`; never an image. */
export interface Preset {
  readonly vendor: string;
  readonly summary: string;
  readonly port?: number;
  readonly wire?: 'openai-chat' | 'custom';
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly variable?: string;
  readonly probes?: { readonly startup: string; readonly liveness: string; readonly readiness: string };
  readonly metrics?: { readonly port: number; readonly path: string };
  readonly storage?: { readonly mountPath: string; readonly variable: string };
  readonly sharedMemoryGib?: number;
  /** Whether the vendor's own operator can run it. */
  readonly operator?: boolean;
  /** What only the contract tells, for people. */
  readonly fromTheVendor: readonly string[];
  readonly source: string;
  readonly checked: string;
}

export const presets: Readonly<Record<string, Preset>> = {
  nim: {
    vendor: 'NVIDIA',
    summary: 'NVIDIA NIM for language models',
    port: 8000,
    wire: 'openai-chat',
    user: { uid: 1000, gid: 2000 },
    variable: 'NGC_API_KEY',
    probes: { startup: '/v1/health/ready', liveness: '/v1/health/live', readiness: '/v1/health/ready' },
    metrics: { port: 8000, path: '/v1/metrics' },
    storage: { mountPath: '/opt/nim/.cache', variable: 'NIM_CACHE_PATH' },
    sharedMemoryGib: 16,
    operator: true,
    fromTheVendor: [
      'production needs a licence of NVIDIA AI Enterprise',
      'the pull secret of nvcr.io has the user $oauthtoken and the NGC key as its password',
      'profiles are hashes and differ from image to image: NIM_MODEL_PROFILE has no default here (k8s-nim-operator#407)',
      'since NIM LLM 2.0.10 a key is needed for production branches and older images only',
    ],
    source: 'NVIDIA NIM documentation and NVIDIA/k8s-nim-operator v3.1.2 (2026-08-05)',
    checked: '2026-11-25',
  },
  cohere: {
    vendor: 'Cohere',
    summary: 'Cohere, private deployment: registry and pull secret',
    fromTheVendor: [
      'images come from proxy.replicated.com (with proxy-auth.replicated.com); the pull secret holds the licence id as user and as password, and docker login does not work with it',
      'image tag, cards, driver and interconnect are given during the engagement',
    ],
    source: 'Cohere documentation, private deployment (read in 2026-11)',
    checked: '2026-11-25',
  },
};
