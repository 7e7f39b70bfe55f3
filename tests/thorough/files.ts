/** Tests that start programs or ask hundreds of selections: half the time of all that need Node only. */
export const thorough = [
  'tests/catalog/commands.test.ts',
  'tests/cli/commands.test.ts',
  'tests/cli/init.test.ts',
  'tests/constructs/download-script.test.ts',
  'tests/docs/readme.test.ts',
  'tests/selection/random.test.ts',
  'tests/templates/conformance.test.ts',
];
