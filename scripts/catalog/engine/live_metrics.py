"""Metrics as the engine's own stat logger registers them, in the configurations that change what it registers."""

from prometheus_client import REGISTRY

MAX_MODEL_LEN = 1024
# The first is what a server shows without asking; the flag of another is named where only it shows a metric.
CONFIGURATIONS = {
    "default": [],
    "--kv-cache-metrics": ["--kv-cache-metrics"],
    "--enable-lora": ["--enable-lora"],
    "--speculative-config": ["--speculative-config", '{"method": "ngram", "num_speculative_tokens": 2}'],
    "--enable-mfu-metrics": ["--enable-mfu-metrics"],
}
SUFFIXES = {"counter": ["_total"], "gauge": [""], "histogram": ["_bucket", "_sum", "_count"]}
# Labels whose values are the user's, or are settings, not words of the engine.
OPEN_LABELS = {"model_name", "engine"}


def read_live_metrics(model, make_config):
    """make_config(arguments) gives the engine's configuration for `vllm serve` with these arguments."""
    from vllm.v1.metrics.loggers import PrometheusStatLogger

    found = {}
    for shown, extra in CONFIGURATIONS.items():
        config = make_config([model, "--max-model-len", str(MAX_MODEL_LEN), *extra])
        logger = PrometheusStatLogger(config, [0])
        logger.log_engine_initialized()
        for name, metric in registered().items():
            found.setdefault(name, {**read_metric(name, metric), "shown": shown, "source": "runtime"})
    return found


def registered():
    metrics = {}
    for collector in list(REGISTRY._collector_to_names):
        name = getattr(collector, "_name", "")
        if name.startswith("vllm:"):
            metrics[name] = collector
    return metrics


def read_metric(name, metric):
    kind = metric._type
    entry = {
        "type": kind,
        "exported": [name + suffix for suffix in SUFFIXES[kind]],
        "labels": list(metric._labelnames),
    }
    values = label_values(metric)
    if values:
        entry["label_values"] = values
    if kind == "histogram":
        bounds = [float(bound) for bound in metric._kwargs.get("buckets", [])]
        entry["buckets"] = bounds
        if bounds and bounds[-1] <= MAX_MODEL_LEN and bounds[:4] == [1.0, 2.0, 5.0, 10.0] and bounds[-1] == 1000.0:
            entry["buckets_note"] = "1-2-5 series up to max_model_len (here %d)" % MAX_MODEL_LEN
    return entry


def label_values(metric):
    if metric._name.endswith("_info"):
        return {}
    children = list(getattr(metric, "_metrics", {}))
    values = {}
    for index, label in enumerate(metric._labelnames):
        if label not in OPEN_LABELS:
            values[label] = sorted({child[index] for child in children})
    return {label: each for label, each in values.items() if each}
