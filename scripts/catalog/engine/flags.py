"""Flags of `vllm serve` and the keys of its JSON flags, from the engine's own parser."""

import argparse
import dataclasses
import enum
import importlib
import json
import re

from vllm.utils.argparse_utils import FlexibleArgumentParser

# Where the arguments were declared: since 0.33, since 0.29, before.
HOMES = ("common", "launchers", "openai")
CONVERTERS = {
    "int": "int",
    "float": "float",
    "str": "str",
    "parse_reasoning_parser": "str",
    "loads": "json",
    "union_dict_and_str": "json_or_str",
    "human_readable_int": "human_int",
    "human_readable_int_or_auto": "human_int_or_auto",
}
HELP_NOTE = "--help, --help=all, --help=<group>"
# Of a key of a JSON flag: enough to read, not the whole of a long list of choices.
TYPE_LENGTH = 160


def read_flags():
    """Flags but --model, which the command itself moves to the front; keys of the JSON flags by class."""
    parser = FlexibleArgumentParser(prog="vllm serve")
    declarations().make_arg_parser(parser)
    groups = {id(action): group.title for group in parser._action_groups for action in group._group_actions}
    objects = {}
    flags = []
    for action in parser._actions:
        # More than the action's own list: the parser adds the inverse of every switch.
        spellings = [name for name, other in parser._option_string_actions.items() if other is action]
        if spellings and action.dest != "model":
            flags.append(read_flag(action, spellings, groups.get(id(action), "options"), objects))
    return sorted(flags, key=lambda flag: flag["name"]), objects


def declarations():
    for home in HOMES:
        name = "vllm.entrypoints.%s.cli_args" % home
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            if not name.startswith(str(error.name)):
                raise
    raise SystemExit("this engine declares its arguments elsewhere")


def read_flag(action, spellings, group, objects):
    long = [name for name in spellings if name.startswith("--")]
    negative = [name for name in long if is_negative(action, name)]
    positive = [name for name in long if name not in negative]
    name, *aliases = positive or long
    flag = {"name": name, "dest": action.dest}
    for key, value in (("aliases", aliases), ("short", [name for name in spellings if not name.startswith("--")]), ("negative", sorted(negative))):
        if value:
            flag[key] = value
    flag.update(read_type(action, objects))
    if isinstance(action, argparse._AppendAction):
        flag["repeat"] = True
    elif action.nargs not in (None, 0):
        flag["nargs"] = action.nargs
    if isinstance(action, argparse._StoreAction):
        if action.const is not None:
            flag["const"] = action.const
        if action.choices is not None:
            flag["choices"] = [plain(choice) for choice in action.choices]
        elif isinstance(action.metavar, (list, tuple)) and action.metavar:
            # Suggestions: the parser takes any text.
            flag["choices_open"] = sorted(str(choice) for choice in action.metavar)
    flag["default"] = None if action.default is argparse.SUPPRESS else plain(action.default)
    flag["group"] = "options" if group in (None, "optional arguments") else group
    deprecated = read_deprecation(action)
    if deprecated:
        flag["deprecated"] = deprecated
    return flag


def is_negative(action, name):
    """The spelling that sets the opposite of what the flag is called."""
    if not isinstance(action, argparse.BooleanOptionalAction):
        return False
    own = "--" + action.dest.replace("_", "-")
    return name != own and (name.startswith("--no-") or opposite(name) == own)


def opposite(name):
    swapped = re.sub("^--enable-", "--disable-", name)
    return swapped if swapped != name else re.sub("^--disable-", "--enable-", name)


def read_type(action, objects):
    if isinstance(action, argparse._HelpAction) or action.dest == "help":
        return {"type": "help", "note": HELP_NOTE}
    if isinstance(action, argparse.BooleanOptionalAction):
        return {"type": "bool"}
    if isinstance(action, (argparse._StoreTrueAction, argparse._StoreFalseAction)):
        return {"type": "switch"}
    optional, converter = unwrap(action.type or str)
    name = getattr(converter, "__name__", str(converter))
    if name == "parse_dataclass":
        cls = converter.__defaults__[0]
        collect(cls, objects)
        kind = {"type": "json:" + cls.__name__, "object": cls.__name__}
    elif name in CONVERTERS:
        kind = {"type": CONVERTERS[name]}
    else:
        kind = {"type": "str", "note": "custom converter"}
    return {**kind, "optional": True} if optional else kind


def unwrap(converter):
    """The converter under those that take "None" as well, or turn its errors into words."""
    optional = False
    while converter.__name__ in ("_optional_type", "_parse_type"):
        optional = optional or converter.__name__ == "_optional_type"
        (cell,) = converter.__closure__
        converter = cell.cell_contents
    return optional, converter


def collect(cls, objects):
    keys = {}
    for field in dataclasses.fields(cls):
        # Only what the constructor takes may be written.
        if field.init:
            keys[field.name] = {"type": type_name(field.type)[:TYPE_LENGTH], "default": default_of(field)}
    objects[cls.__name__] = keys


def type_name(hint):
    text = hint.__name__ if isinstance(hint, type) and not hasattr(hint, "__args__") else str(hint)
    # Classes of the engine's own configuration go by their bare name.
    return re.sub(r"\b(typing|vllm\.config(\.\w+)*)\.(?=[A-Z])", "", text)


def default_of(field):
    default = field.default
    if default is dataclasses.MISSING:
        default = field.default_factory() if field.default_factory is not dataclasses.MISSING else None
    if type(default).__name__ == "FieldInfo":
        default = default.get_default(call_default_factory=True) if not default.is_required() else None
    return plain(default)


def plain(value):
    """JSON as it is, or the name of what it is."""
    if isinstance(value, enum.Enum):
        return value.value if isinstance(value, int) else value.name
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in (sorted(value, key=str) if isinstance(value, (set, frozenset)) else value)]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    try:
        json.dumps(value)
    except TypeError:
        return "<%s()>" % type(value).__name__
    return value


def read_deprecation(action):
    """What the help text says of the flag itself; flags that only speak of deprecated things are not meant."""
    words = " ".join((action.help or "").split())
    if not re.search(r"\b(is|are|will be) deprecated\b|\bDeprecated:", words):
        return None
    removal = re.search(r"removed in v?(\d+\.\d+(?:\.\d+)?)", words)
    marked = {"marked": True} if type(action).__name__.startswith("Deprecated") else {}
    return {**marked, "help_says": "deprecated", **({"removal": removal.group(1)} if removal else {})}
