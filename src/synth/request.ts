import type { Template } from '../../templates/template.js';
import type { ManifestCheck } from '../checks/manifest/manifest-check.js';
import type { PlanCheck } from '../checks/plan/planned.js';

/** What is to be planned and built. */
export interface SynthRequest {
  /** The project's root. */
  readonly root: string;
  /** Files of selections. @default - every file of selections/ */
  readonly files?: readonly string[];
  /** Only this environment of each. @default - all */
  readonly environment?: string;
  /** Build what is fine although something else is not. @default false */
  readonly keepGoing?: boolean;
  /** Day on which findings are judged, `YYYY-MM-DD`. No file depends on it. */
  readonly asOf: string;
  /** Told what is being worked on. @default - nobody is told */
  readonly onProgress?: (text: string) => void;
  readonly templates: readonly Template[];
  readonly checks: {
    readonly plan: readonly PlanCheck[];
    readonly manifest: readonly ManifestCheck[];
  };
}
