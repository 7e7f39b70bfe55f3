// Writes docs/api.md from the declarations of the last build; with --check it only says whether the page is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readApi } from './api/model.mjs';
import { apiPage } from './api/page.mjs';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs/api.md');
const { members, messages } = readApi(root);
for (const message of messages) console.error(`error: ${message}`);
const page = apiPage(members);
const isCheck = process.argv.includes('--check');
const isStale = isCheck && readFileSync(file, 'utf8') !== page;
if (isStale) console.error('error: docs/api.md is not what the code says: npm run build && npm run api');
if (!isCheck) writeFileSync(file, page);
process.exit(isStale || messages.length > 0 ? 1 : 0);
