import { fieldsAt, listAt, textAt, textMapAt, textsAt } from './field.js';

/** Labels of an object or a pod. */
export type Labels = Readonly<Record<string, string>>;

/** Whether a label selector (`matchLabels`, `matchExpressions`) takes these labels; the empty selector takes all. */
export function selectorMatches(selector: unknown, labels: Labels): boolean {
  const equal = Object.entries(textMapAt(selector, 'matchLabels')).every(
    ([key, value]) => labels[key] === value,
  );
  return equal && listAt(selector, 'matchExpressions').every((term) => expressionMatches(term, labels));
}

/** Whether a plain map of labels, as in a Service, takes these labels. An empty map takes none. */
export function mapMatches(selector: Labels, labels: Labels): boolean {
  const terms = Object.entries(selector);
  return terms.length > 0 && terms.every(([key, value]) => labels[key] === value);
}

export function selectsEverything(selector: unknown): boolean {
  return (
    Object.keys(fieldsAt(selector, 'matchLabels')).length === 0 &&
    listAt(selector, 'matchExpressions').length === 0
  );
}

function expressionMatches(term: unknown, labels: Labels): boolean {
  const value = labels[textAt(term, 'key') ?? ''];
  const values = textsAt(term, 'values');
  switch (textAt(term, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
