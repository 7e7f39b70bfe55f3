/** Rules of the base set: what a served model needs at least. */
export function rules(series: string): object[] {
  return [
    {
      record: 'namespace_model_name:vllm_time_to_first_token_seconds:p95_5m',
      expr: `histogram_quantile(0.95, sum by (namespace, model_name, le) (rate(vllm:time_to_first_token_seconds_bucket{${series}}[5m])))`,
    },
    {
      alert: 'ServerDown',
      expr: `absent(vllm:num_requests_running{${series}})`,
      for: '5m',
      labels: { severity: 'critical' },
    },
    {
      alert: 'EngineStalled',
      expr: `sum by (pod) (vllm:num_requests_running{${series}}) > 0 and sum by (pod) (rate(vllm:iteration_tokens_total_count{${series}}[5m])) == 0`,
      for: '5m',
      labels: { severity: 'critical' },
    },
    {
      alert: 'AdmissionRejections',
      expr: `sum by (reason) (rate(vllm:admission_rejections_total{${series}}[5m])) > 0`,
      for: '5m',
      labels: { severity: 'warning' },
    },
    {
      alert: 'FirstTokenLate',
      expr: `sum(rate(vllm:time_to_first_token_seconds_bucket{${series},le="2.5"}[5m])) / sum(rate(vllm:time_to_first_token_seconds_count{${series}}[5m])) < 0.95`,
      for: '10m',
      labels: { severity: 'warning' },
    },
  ];
}
