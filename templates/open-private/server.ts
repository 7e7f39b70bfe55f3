import type { Construct } from 'constructs';
import { ModelWeights } from '../../src/constructs/model-weights.js';
import { modelWeightsProps, vllmServerProps } from '../../src/constructs/server-props.js';
import { VllmServer } from '../../src/constructs/vllm-server.js';
import type { Plan, ServerPlan } from '../../src/plan/plan.js';

/** The server, its volume, and the Job that fills it. */
export function buildServer(chart: Construct, plan: Plan, server: ServerPlan): void {
  new ModelWeights(chart, server.weights.volumeName, modelWeightsProps(plan, server));
  new VllmServer(chart, server.name, vllmServerProps(plan, server));
}
