import { beforeAll, describe, expect, it } from 'vitest';
import { distFolder, findEnvironments } from '../cluster/environments.js';
import { judge, type ScannerFinding } from './exemptions.js';
import { checkov } from './install.js';
import { runScanner } from './run-scanner.js';

interface Report {
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
    }[];
  };
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
}

describe('checkov', () => {
  let findings: ScannerFinding[] = [];
  let passed = 0;

  beforeAll(async () => {
    expect(findEnvironments().length).toBeGreaterThan(0);
    const program = await checkov();
    // Without --skip-download it asks its vendor's service for guidelines.
    const text = runScanner(program, [
      '-d',
      distFolder(),
      '--framework',
      'kubernetes',
      '-o',
      'json',
      '--compact',
      '--quiet',
      '--skip-download',
      '--soft-fail',
    ]);
    const { results, summary } = JSON.parse(text) as Report;
    expect(summary.parsing_errors).toBe(0);
    passed = summary.passed;
    findings = results.failed_checks.map(({ check_id, check_name, resource }) => ({
      check: check_id,
      kind: resource.split('.')[0] ?? '',
      object: resource,
      message: check_name,
    }));
  });

  it('finds nothing that is not exempted with a reason', () => {
    const { open, exempted } = judge('checkov', findings);
    console.log(`checkov: ${passed} passed, ${open.length} open, ${exempted} exempted`);
    expect(passed).toBeGreaterThan(0);
    expect(open).toEqual([]);
  });

  it('needs every exemption', () => {
    expect(judge('checkov', findings).unneeded).toEqual([]);
  });
});
