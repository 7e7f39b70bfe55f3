/** Parts that are read by a person, not by a program. */
const BY_HAND = ['defaults', 'routes', 'routes_in_source', 'metrics_note'];
/** Metrics of the HTTP server, which the engine's stat logger does not hold. */
const OF_HTTP_SERVER = /^http_/;
const METHODS = {
  package: 'wheel METADATA',
  serve: 'parser',
  json_objects: 'parser (dataclasses behind JSON flags)',
  env: "ast (values of the reader's machine left out)",
  metrics: 'runtime (real stat logger, five configurations) + ast for the rest, see source per entry',
  tool_call_parsers: 'runtime registry',
  reasoning_parsers: 'runtime registry',
  quantization: 'runtime registry',
  attention_backends: 'runtime registry',
  architectures: 'runtime registry',
  kv_connectors: 'runtime registry',
  load_formats: 'runtime type',
  kv_cache_dtypes: 'runtime type',
  api_key_protects_prefixes: 'ast',
  platform: 'read on the CPU platform; platform-dependent defaults are null here',
};

/**
 * Puts what was read of one version over a table that was there: its own, or that of the nearest older version. What was
 * not read is kept, and says from where.
 */
export function mergeTable(version, read, base) {
  const { flags, metrics, ...rest } = read;
  const kept = Object.keys(base).filter((key) => BY_HAND.includes(key));
  const other = base.version !== version;
  const carried = (key) => (other ? `not read: carried over from ${base.version}` : base.obtained[key]);
  const http = Object.entries(base.metrics).filter(([name]) => OF_HTTP_SERVER.test(name));
  const utilization = flags.find(({ name }) => name === '--gpu-memory-utilization')?.default;
  return {
    engine: 'vllm',
    version,
    obtained: {
      ...METHODS,
      ...Object.fromEntries(kept.map((key) => [key, carried(key)]).filter(([, how]) => how)),
    },
    package: rest.package,
    serve: { ...base.serve, flags },
    json_objects: rest.json_objects,
    env: rest.env,
    env_read_outside_envs_py: rest.env_read_outside_envs_py,
    metrics: { ...metrics, ...Object.fromEntries(http) },
    ...rest,
    ...Object.fromEntries(kept.map((key) => [key, base[key]])),
    defaults: {
      ...base.defaults,
      ...(typeof utilization === 'number' ? { gpu_memory_utilization: utilization } : {}),
    },
  };
}
