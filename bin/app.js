#!/usr/bin/env node
// The cdk8s CLI swallows standard output: everything is said on standard error.
import { synthApp } from '../lib/src/app.js';
import { reportError } from '../lib/src/cli/report-error.js';

try {
  synthApp(process.cwd(), process.env.CDK8S_OUTDIR, (line) => process.stderr.write(`${line}\n`));
} catch (error) {
  process.exitCode = reportError(error, false);
}
