"""Environment variables that the engine reads: from its own list, and elsewhere in its sources."""

import ast
import importlib
import inspect
import pathlib
import re

CALLS = re.compile(r"(^|\.)(getenv|environ\.(get|pop|setdefault))$")


def read_environment(package):
    """Keys `env` and `env_read_outside_envs_py` of an engine table. Values of this machine are left out."""
    module = importlib.import_module("vllm.envs")
    tree = ast.parse(inspect.getsource(module))
    annotated = {}
    readers = {}
    choices = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            annotated.setdefault(node.target.id, node)
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values):
                if isinstance(key, ast.Constant) and isinstance(value, ast.Lambda):
                    readers[key.value] = sorted(names_read(value) - {key.value})
                if isinstance(key, ast.Constant) and isinstance(value, ast.Call):
                    choices[key.value] = checked_choices(value)
    known = {
        name: read_variable(annotated.get(name), choices.get(name), readers.get(name, []))
        for name in module.environment_variables
    }
    outside = set()
    for path in pathlib.Path(package).rglob("*.py"):
        text = path.read_text(encoding="utf-8", errors="replace")
        if path.name != "envs.py" and re.search("getenv|environ", text):
            outside |= names_read(ast.parse(text))
    return {"env": known, "env_read_outside_envs_py": sorted(outside - set(known))}


def names_read(tree):
    """Constants that os.getenv, os.environ and its methods are asked for, or told."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and CALLS.search(ast.unparse(node.func)):
            names |= constant(node.args[0] if node.args else None)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            names |= constant(node.slice)
        if isinstance(node, ast.Compare) and ast.unparse(node.comparators[-1]) == "os.environ":
            names |= constant(node.left)
    return names


def constant(node):
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def checked_choices(call):
    """The list of values outside which the engine refuses to start: env_with_choices(name, default, [value, ...])."""
    if not ast.unparse(call.func).endswith("with_choices"):
        return None
    lists = [each for each in call.args[2:] if isinstance(each, ast.List)]
    return ast.literal_eval(lists[0]) if lists else None


def read_variable(node, choices, also_reads):
    entry = {}
    if node is not None:
        kind = ast.unparse(node.annotation)
        entry["type"] = kind
        if node.value is not None:
            entry["default"] = ast.unparse(node.value)
    if choices:
        entry["choices"] = choices
    if also_reads:
        entry["also_reads"] = also_reads
    return entry
