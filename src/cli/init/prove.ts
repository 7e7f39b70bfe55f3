import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRequest } from '../../app.js';
import { synthesize } from '../../synth/synthesize.js';
import type { Files } from './project-files.js';

/** What the new selection would synthesise to. */
export interface Proof {
  readonly questions: number;
  readonly warnings: number;
}

/**
 * Synthesises the files in a folder of their own before anything is written where the user is.
 * @param root The project that they are for, whose own profiles and clusters count.
 * @throws UserError where the selection would not pass.
 */
export function prove(root: string, files: Files): Proof {
  const scratch = mkdtempSync(join(tmpdir(), 'berth-init-'));
  try {
    for (const folder of ['profiles', 'clusters'])
      if (existsSync(join(root, folder)))
        cpSync(join(root, folder), join(scratch, folder), { recursive: true });
    for (const [path, text] of files) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), text);
    }
    if (!files.has('cdk8s.yaml')) writeFileSync(join(scratch, 'cdk8s.yaml'), '');
    const { environments, error } = synthesize(projectRequest(scratch));
    if (error !== undefined) throw error;
    const findings = environments.flatMap((one) => one.findings);
    const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
    return { questions: count('question'), warnings: count('warning') };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
