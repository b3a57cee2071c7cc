"""The words in which block_kit.py says what a field holds."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple


class Rule(NamedTuple):
    """What a field holds. *least* and *most* bound a text's length, a list's length or a number."""

    kind: str
    most: int | None = None
    least: int = 0
    of: Any = None
    required: bool = False


Shape = Mapping[str, Rule]


def string(most: int | None = None, least: int = 0) -> Rule:
    """A JSON string."""
    return Rule("string", most, least)


def pattern(expression: str) -> Rule:
    """A string of a certain form."""
    return Rule("pattern", of=re.compile(expression))


def plain(most: int) -> Rule:
    """A plain_text object; Slack wants at least one character."""
    return Rule("text", most, 1, of=("plain_text",))


def mrkdwn(most: int) -> Rule:
    """A mrkdwn object."""
    return Rule("text", most, 1, of=("mrkdwn",))


def text(most: int) -> Rule:
    """A plain_text or mrkdwn object."""
    return Rule("text", most, 1, of=("plain_text", "mrkdwn"))


def number(least: int, most: int | None = None) -> Rule:
    """An integer."""
    return Rule("number", most, least)


def choice(*words: str) -> Rule:
    """One of these words."""
    return Rule("choice", of=words)


def many(rule: Rule, most: int | None = None, least: int = 1) -> Rule:
    """A list of things of one kind."""
    return Rule("list", most, least, of=rule)


def one_of(*types: str) -> Rule:
    """An element or block of one of these types."""
    return Rule("typed", of=types)


def shape(fields: Shape) -> Rule:
    """An object with these fields and no others."""
    return Rule("shape", of=fields)


def need(rule: Rule) -> Rule:
    """The same rule for a field that must be there."""
    return rule._replace(required=True)
