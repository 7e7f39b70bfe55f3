"""real_parser.py CASES RESULTS: gives lists of arguments to the engine's own `vllm serve` parser.

CASES is JSON, {name: [argument, ...]}. RESULTS is written as {name: {"accepted", "says", "values"}}: one import of
the engine, which takes most of the time, serves all cases. The engine is whichever `vllm` comes first on PYTHONPATH.
"""

import contextlib
import importlib
import io
import json
import os
import sys

os.environ.update(VLLM_TARGET_DEVICE="cpu", VLLM_LOGGING_LEVEL="ERROR", VLLM_NO_USAGE_STATS="1", HF_HUB_OFFLINE="1")

from vllm.utils.argparse_utils import FlexibleArgumentParser  # noqa: E402

# Where the arguments were declared: since 0.33, since 0.29, before.
HOMES = ("common", "launchers", "openai")
# Compared with what our own reader finds in the same arguments.
VALUES = ("port", "served_model_name", "max_model_len", "tensor_parallel_size", "pipeline_parallel_size", "max_num_seqs")


def find_declarations():
    for home in HOMES:
        name = "vllm.entrypoints.%s.cli_args" % home
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            # A module that the engine itself misses is a fault of the environment.
            if not name.startswith(str(error.name)):
                raise
    raise SystemExit("this engine declares its arguments elsewhere")


def make_parser(declarations):
    parser = FlexibleArgumentParser(prog="vllm")
    commands = parser.add_subparsers(required=False, dest="subparser")
    declarations.make_arg_parser(commands.add_parser("serve"))
    return parser


def ask(parser, validate, arguments):
    words = io.StringIO()
    try:
        with contextlib.redirect_stderr(words), contextlib.redirect_stdout(words):
            parsed = parser.parse_args(["serve", *arguments])
        validate(parsed)
    except SystemExit:
        # The usage comes first; what the parser objects to starts at the last "error: " and may take several lines.
        objection = words.getvalue().rpartition(": error: ")[2]
        return {"accepted": False, "says": " ".join(objection.split())[:400]}
    except Exception as error:  # the server dies of it, whatever it is
        return {"accepted": False, "says": ("%s: %s" % (type(error).__name__, error))[:400]}
    values = {name: getattr(parsed, name, None) for name in VALUES}
    return {"accepted": True, "says": "", "values": {"model": parsed.model_tag, **values}}


def main():
    cases_file, results_file = sys.argv[1:]
    with open(cases_file) as file:
        cases = json.load(file)
    declarations = find_declarations()
    parser, validate = make_parser(declarations), declarations.validate_parsed_serve_args
    with open(results_file, "w") as file:
        json.dump({name: ask(parser, validate, arguments) for name, arguments in cases.items()}, file)


if __name__ == "__main__":
    main()
