import { availabilityAlerts } from './availability-alerts.js';
import { burnRateGroups } from './burn-rate.js';
import { queueAlerts } from './queue-alerts.js';
import { recordingRules } from './recording-rules.js';
import type { RuleGroup, RuleInput } from './rule.js';

/** All rules of one server, as data: what Prometheus reads under `groups`. */
export function ruleGroups(input: RuleInput): RuleGroup[] {
  return [
    { name: 'vllm.recording', rules: recordingRules(input) },
    { name: 'vllm.availability', rules: availabilityAlerts(input) },
    { name: 'vllm.queue', rules: queueAlerts(input) },
    ...burnRateGroups(input),
  ].filter(({ rules }) => rules.length > 0);
}
