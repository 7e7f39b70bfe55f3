import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findEnvironments } from '../cluster/environments.js';
import { judge, type ScannerFinding } from './exemptions.js';
import { goTool } from './install.js';
import { runScanner } from './run-scanner.js';

interface Scored {
  readonly object_meta: { readonly name: string };
  readonly type_meta: { readonly kind: string };
  readonly checks: readonly {
    readonly check: { readonly id: string };
    /** 1 critical, 5 warning, 7 almost ok, 10 ok. */
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly summary: string }[] | null;
  }[];
}

describe('kube-score', () => {
  const findings: ScannerFinding[] = [];

  beforeAll(async () => {
    const program = await goTool('kube-score');
    for (const { id, folder } of findEnvironments()) {
      const files = readdirSync(folder).filter(
        (name) => name.endsWith('.yaml') && name !== 'kustomization.yaml',
      );
      const text = runScanner(program, [
        'score',
        '--output-format',
        'json',
        ...files.map((name) => join(folder, name)),
      ]);
      for (const { object_meta, type_meta, checks } of JSON.parse(text) as Scored[]) {
        for (const { check, grade, skipped, comments } of checks) {
          if (skipped || grade >= 7) continue;
          const message = (comments ?? []).map(({ summary }) => summary).join('; ');
          findings.push({
            check: check.id,
            kind: type_meta.kind,
            object: `${id} ${object_meta.name}`,
            message,
          });
        }
      }
    }
  });

  it('finds nothing that is not exempted with a reason', () => {
    const { open, exempted } = judge('kube-score', findings);
    console.log(`kube-score: ${open.length} open, ${exempted} exempted`);
    expect(open).toEqual([]);
  });

  it('needs every exemption', () => {
    expect(judge('kube-score', findings).unneeded).toEqual([]);
  });
});
