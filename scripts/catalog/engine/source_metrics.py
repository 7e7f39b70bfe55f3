"""Metrics that the sources declare: those of connectors and features that no run on a processor can switch on."""

import ast
import pathlib
import re

from live_metrics import SUFFIXES

NAME = re.compile(r"^vllm:[a-z][a-z0-9_]+$")
MENTIONED = re.compile("vllm:|Counter|Gauge|Histogram")
# `x.startswith("vllm:spec_decode")` speaks of a family, not of a metric.
OF_FAMILIES = {"startswith", "endswith", "removeprefix", "replace"}


def read_source_metrics(package):
    """Every metric name that stands in the sources as a word of its own, the first place in order of files."""
    found = {}
    kinds = {}
    constants = {}
    for path in sorted(pathlib.Path(package).rglob("*.py")):
        text = path.read_text(encoding="utf-8", errors="replace")
        if not MENTIONED.search(text):
            continue
        reader = Reader(path.relative_to(package).as_posix())
        reader.visit(ast.parse(text))
        constants.update(reader.constants)
        for name, entry in reader.found.items():
            found.setdefault(name, entry)
        for reference, kind in reader.kinds.items():
            kinds.setdefault(reference, kind)
    named = {constants[reference]: kind for reference, kind in kinds.items() if reference in constants}
    return {name: complete(name, entry, named) for name, entry in found.items()}


def complete(name, entry, kinds):
    """The kind and the exported names, where the sources tell the kind."""
    kind = entry.get("type") or kinds.get(name)
    if kind is None:
        return entry
    # prometheus_client appends _total to a counter unless it is there.
    base = name.removesuffix("_total") if kind == "counter" else name
    return {"type": kind, "exported": [base + suffix for suffix in SUFFIXES[kind]], **entry}


class Reader(ast.NodeVisitor):
    """Names in one file; constants that hold one, by `NAME` or `Class.NAME`; kinds of what is declared by such a constant."""

    def __init__(self, file):
        self.file = file
        self.found = {}
        self.constants = {}
        self.kinds = {}
        self.conditions = []
        self.classes = []

    def visit_ClassDef(self, node):
        self.classes.append(node.name)
        self.generic_visit(node)
        self.classes.pop()

    def visit_FunctionDef(self, node):
        outer, self.conditions = self.conditions, []
        self.generic_visit(node)
        self.conditions = outer

    def visit_If(self, node):
        self.visit(node.test)
        self.conditions.append(ast.unparse(node.test))
        for child in node.body:
            self.visit(child)
        self.conditions.pop()
        for child in node.orelse:
            self.visit(child)

    def visit_Assign(self, node):
        if is_name(node.value):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    self.constants[".".join([*self.classes[-1:], target.id])] = node.value.value
        if isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Subscript):
            self.declare(node.targets[0].slice, node.value)
        self.generic_visit(node)

    def visit_Dict(self, node):
        for key, value in zip(node.keys, node.values):
            if isinstance(value, ast.Call) and isinstance(key, (ast.Name, ast.Attribute)):
                self.declare(key, value)
        self.generic_visit(node)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Attribute) and node.func.attr in OF_FAMILIES:
            return
        arguments = {keyword.arg: keyword.value for keyword in node.keywords}
        name = arguments.get("name") or (node.args[0] if node.args else None)
        if is_name(name):
            self.add(name.value, kind_of(node), arguments)
        elif isinstance(name, (ast.Name, ast.Attribute)):
            self.declare(name, node)
        self.generic_visit(node)

    def visit_Constant(self, node):
        if is_name(node):
            self.add(node.value, None, {})

    def declare(self, reference, call):
        kind = kind_of(call)
        if kind:
            self.kinds.setdefault(ast.unparse(reference), kind)

    def add(self, name, kind, arguments):
        entry = {"type": kind} if kind else {}
        entry["source"] = "ast"
        for key, argument in (("labels_expr", "labelnames"), ("buckets_expr", "buckets")):
            if argument in arguments:
                entry[key] = ast.unparse(arguments[argument])
        if self.conditions:
            entry["condition"] = self.conditions[-1]
        # A declaration says more than a constant that came before it.
        if name not in self.found or (kind and "type" not in self.found[name]):
            self.found[name] = {**entry, "file": self.file}


def is_name(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(NAME.match(node.value))


def kind_of(call):
    callee = ast.unparse(call.func).rsplit(".", 1)[-1].lower()
    return next((kind for kind in SUFFIXES if kind in callee), None)
