#!/usr/bin/env node
import { main } from '../lib/src/cli/main.js';

// A reader such as `head` may leave early.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));
