// Writes the JSON Schemas for editors into schema/, from the schemas that the program itself uses. Needs a build.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../lib/src/selection/json-schema.js';
import { templates } from '../lib/templates/registry.js';

for (const [file, text] of Object.entries(jsonSchemas(templates))) {
  writeFileSync(join(import.meta.dirname, '..', 'schema', file), text);
  console.log(`schema/${file}`);
}
