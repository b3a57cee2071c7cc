"""Bolt finds names of arguments with less ado: tests start a thousand apps of four hundred listeners each."""

import inspect
from collections.abc import Callable
from types import CodeType
from typing import Any

from slack_bolt.listener import async_listener
from slack_bolt.listener_matcher import builtins
from slack_bolt.util import utils


def names_of(function: Callable[..., Any]) -> list[str]:
    """The names that Bolt finds; of a plain function they stand in its code."""
    plain = inspect.unwrap(function)
    code = getattr(plain, "__code__", None)
    if isinstance(code, CodeType) and not hasattr(plain, "__signature__"):
        return list(code.co_varnames[: code.co_argcount])
    return utils.get_arg_names_of_callable(function)


def quicken() -> None:
    """Let Bolt find names so, wherever it asks for those of each listener."""
    for module in (async_listener, builtins):
        module.get_arg_names_of_callable = names_of
