import { familyOfModel } from './families.js';
import { fitConstants } from './fit.js';
import { type Graded, grade } from './grade.js';
import type { MeasuredRow } from './rows.js';

/** Grades every row with constants fitted without the rows of its own fold. */
export function gradeByFold(rows: readonly MeasuredRow[], foldOf: (row: MeasuredRow) => string): Graded[] {
  return [...new Set(rows.map(foldOf))].flatMap((fold) => {
    const constants = fitConstants(rows.filter((row) => foldOf(row) !== fold));
    return rows.filter((row) => foldOf(row) === fold).map((row) => grade(row, constants));
  });
}

export function familyOf({ model }: MeasuredRow): string {
  return familyOfModel(model);
}

export function cardOf({ card }: MeasuredRow): string {
  return card.replace(/ \(.*/, '');
}
