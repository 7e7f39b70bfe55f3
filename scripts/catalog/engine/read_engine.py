"""read_engine.py MODEL RESULT: what the engine that comes first on PYTHONPATH accepts and exports, as JSON.

MODEL is a folder with a small model, which the stat logger's configuration is made for. Nothing is served.
"""

import email
import json
import os
import pathlib
import re
import sys

os.environ.update(VLLM_TARGET_DEVICE="cpu", VLLM_LOGGING_LEVEL="ERROR", VLLM_NO_USAGE_STATS="1", HF_HUB_OFFLINE="1")
MODEL, RESULT = sys.argv[1:]
# The parser leaves its help texts out, deprecations with them, unless they are asked for.
sys.argv = ["vllm", "--help"]

import vllm  # noqa: E402
from vllm.engine.arg_utils import AsyncEngineArgs  # noqa: E402
from vllm.utils.argparse_utils import FlexibleArgumentParser  # noqa: E402

from environment import read_environment  # noqa: E402
from flags import declarations, read_flags  # noqa: E402
from live_metrics import read_live_metrics  # noqa: E402
from registries import read_registries  # noqa: E402
from source_metrics import read_source_metrics  # noqa: E402


def make_config(arguments):
    parser = FlexibleArgumentParser(prog="vllm serve")
    parsed = declarations().make_arg_parser(parser).parse_args(arguments)
    parsed.model = parsed.model_tag
    return AsyncEngineArgs.from_cli_args(parsed).create_engine_config()


def read_package(package):
    """What the wheel's metadata says; the folder's wheel.txt names the wheel itself."""
    (folder,) = package.parent.glob("vllm-*.dist-info")
    with open(folder / "METADATA", encoding="utf-8") as file:
        fields = email.message_from_file(file)
    needs = [line for line in fields.get_all("Requires-Dist", []) if "extra ==" not in line]
    named = {re.match(r"[\w.-]+", line).group(0): line for line in needs}
    wheel, size = (package.parent / "wheel.txt").read_text().split()
    torch = re.search(r"==([\d.]+)", named.get("torch", ""))
    return {
        "requires_python": fields["Requires-Python"],
        "requires": named,
        "extras": sorted(fields.get_all("Provides-Extra", [])),
        "wheel": {"file": wheel, "bytes": int(size)},
        "torch": torch.group(1) if torch else None,
    }


def main():
    package = pathlib.Path(vllm.__file__).parent
    flags, objects = read_flags()
    live = read_live_metrics(MODEL, make_config)
    shown = {name for entry in live.values() for name in entry["exported"]}
    declared = {
        name: entry
        for name, entry in read_source_metrics(package).items()
        if name not in live and not (entry.get("exported") and shown.issuperset(entry["exported"]))
    }
    result = {
        "flags": flags,
        "json_objects": objects,
        "metrics": {**live, **declared},
        **read_registries(package),
        **read_environment(package),
        "package": read_package(package),
    }
    pathlib.Path(RESULT).write_text(json.dumps(result))


if __name__ == "__main__":
    main()
