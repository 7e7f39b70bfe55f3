// What the layers counted beside tests, for people: each leaves JSON files and pages of text in its results folder.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';

/** Prints what the layers left in `<results>/<layer>`. */
export function printResults(results, names) {
  const clusters = [];
  for (const name of names) {
    const folder = join(results, name);
    const files = existsSync(folder) ? readdirSync(folder) : [];
    for (const file of files.filter((each) => each.endsWith('.json'))) {
      const counts = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      if (file === 'cluster.json') clusters.push(counts);
      else console.log(`${name}: ${JSON.stringify(counts, null, 2)}`);
    }
    for (const page of files.filter((each) => each.endsWith('.txt')))
      console.log(readFileSync(join(folder, page), 'utf8').trim());
  }
  if (clusters.length > 0) printClusters(clusters);
}

function printClusters(clusters) {
  const table = new Table({
    head: [
      'Kubernetes',
      'environments',
      'objects',
      'refused',
      'fields dropped',
      'diffs at second apply',
      'pods Ready or done',
      'of them by simulated controller',
    ],
    style: { head: [], border: [] },
  });
  for (const each of clusters) {
    const kinds = [...new Set(each.simulatedKinds ?? [])].join(', ');
    table.push([
      each.kubernetes,
      each.environments ?? 0,
      each.objects ?? 0,
      each.refused ?? 0,
      each.droppedFields ?? 0,
      each.secondApplyDiffs ?? 0,
      each.podsReady ?? 0,
      kinds ? `${each.simulated} (${kinds})` : '0',
    ]);
  }
  console.log(`${table}`);
  // A version more says the same sentences again.
  for (const note of new Set(clusters.flatMap(({ notes }) => notes ?? []))) console.log(`  ${note}`);
}
