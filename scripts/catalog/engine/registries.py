"""Names that the engine keeps in registries: parsers, methods, formats, architectures."""

import ast
import importlib
import pathlib
import typing

ARCHITECTURES = (
    "text_generation",
    "embedding",
    "late_interaction",
    "reward",
    "token_classification",
    "sequence_classification",
    "multimodal",
    "speculative_decoding",
    "transformers_supported",
    "transformers_backend",
)


def read_registries(package):
    """Keys of an engine table; one that this version keeps elsewhere is left out."""
    readers = {
        "tool_call_parsers": lambda: manager("tool_parsers", "ToolParserManager").list_registered(),
        "reasoning_parsers": lambda: manager("reasoning", "ReasoningParserManager").list_registered(),
        "kv_cache_dtypes": lambda: literal("vllm.config.cache", "CacheDType"),
        "load_formats": lambda: literal("vllm.model_executor.model_loader", "LoadFormats"),
        "speculative_methods": lambda: literal("vllm.config.speculative", "SpeculativeMethod"),
        "quantization": read_quantization,
        "attention_backends": lambda: sorted(
            importlib.import_module("vllm.v1.attention.backends.registry").AttentionBackendEnum.__members__
        ),
        "kv_connectors": lambda: sorted(
            importlib.import_module(
                "vllm.distributed.kv_transfer.kv_connector.factory"
            ).KVConnectorFactory._registry
        ),
        "architectures": read_architectures,
        "api_key_protects_prefixes": lambda: read_guarded_prefixes(package),
    }
    found = {}
    for key, read in readers.items():
        try:
            found[key] = read()
        except (ImportError, AttributeError, LookupError) as error:
            print("%s: not where it was looked for (%s)" % (key, error))
    return found


def manager(module, name):
    try:
        return getattr(importlib.import_module("vllm.%s" % module), name)
    except ModuleNotFoundError:
        return getattr(importlib.import_module("vllm.entrypoints.openai.%s" % module), name)


def literal(module, name):
    values = flatten(getattr(importlib.import_module(module), name))
    return sorted(value for value in values if value is not None)


def flatten(hint):
    values = []
    for each in typing.get_args(hint):
        values.extend(flatten(each) if typing.get_args(each) else [None if each is type(None) else each])
    return list(dict.fromkeys(values))


def read_quantization():
    module = importlib.import_module("vllm.model_executor.layers.quantization")
    return {"methods": sorted(module.QUANTIZATION_METHODS), "deprecated": sorted(module.DEPRECATED_QUANTIZATION_METHODS)}


def read_architectures():
    module = importlib.import_module("vllm.model_executor.models.registry")
    found = {}
    for name in ARCHITECTURES:
        found[name] = sorted(getattr(module, "_%s_MODELS" % name.upper(), {}))
    found["removed"] = dict(getattr(module, "_PREVIOUSLY_SUPPORTED_MODELS"))
    return found


def read_guarded_prefixes(package):
    """What the key's middleware compares a path with: a tuple, or one prefix, in the file that declares it."""
    for path in sorted((pathlib.Path(package) / "entrypoints").rglob("*.py")):
        text = path.read_text(encoding="utf-8", errors="replace")
        if "class AuthenticationMiddleware" in text:
            for node in ast.walk(ast.parse(text)):
                prefixes = prefixes_in(node)
                if prefixes:
                    return prefixes
    raise LookupError("no middleware compares a path with /v1")


def prefixes_in(node):
    value = node.value if isinstance(node, ast.Assign) else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "startswith":
        value = node.args[0]
    if isinstance(value, ast.Constant) and value.value == "/v1":
        return ["/v1"]
    if isinstance(value, ast.Tuple) and all(isinstance(each, ast.Constant) for each in value.elts):
        words = [each.value for each in value.elts]
        return words if "/v1" in words else None
    return None
