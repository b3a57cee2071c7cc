"""What an answer by a model must not hold, whoever made it write that: lures, commands, others' voices. Pure.

Words that ask somebody to sign in, to give a secret away, to run, open or install a thing, or to quit; and
marks that only links, commands and speakers have.
"""

import re
from functools import cache

from sensing.text.finder import Finder
from sensing.text.phrases import phrases
from sensing.text.wording import CUT, END, Word, normal, words

_MARKS = re.compile(
    r"<[^<>\s][^<>]{0,200}>|\[[^\[\]]{1,200}\]\(|&lt;|\$\(|`|~~~"
    # Commands of a shell: by their names with what follows, by their options and pipes.
    r"|(?<![\w-])(?:sudo|rm -\w+|chmod|chown|curl|wget|powershell|pwsh|cmd\.exe|bash -|sh -c|ssh|scp|nc -"
    r"|ncat|netcat|eval|exec|iex|invoke-\w+|certutil|mshta|regsvr32|rundll32|reg add|net user|crontab"
    r"|mkfs|dd if="
    r"|base64 -)(?=[\s(]|$)"
    r"|(?<![\w-])(?:pip3?|npm|npx|yarn|brew|apt|apt-get|yum|dnf|gem|cargo|docker|kubectl|git)"
    r" (?:install|i|add|run|exec|push|clone|apply|delete|pull|reset|checkout)\b"
    r"|\b(?:drop|truncate) table\b|\bdelete from \w{1,40} where\b|\bselect \* from\b"
    r"|(?<!\S)--[a-z][\w-]+|\|\s{0,3}(?:sh|bash|zsh|python3?)\b|&&|(?<!\S)[$#>] (?=[a-z]+ )"
    r"|(?<!\S)/[a-z]+-[a-z]+\b"
    # Somebody else's voice.
    r"|\*[^*\n]{1,40}:\s?\*|\*[^*\n]{1,40}\*\s?:"
    r"|(?:^|\n)\W{0,5}(?:system|admin|administrator|it|it support|hr|security|support|slack|help ?desk"
    r"|user|assistant|human|developer|manager|boss)\W{0,3}:",
    re.IGNORECASE,
)


def is_lure(text: str) -> bool:
    """Whether a text holds what only somebody who means ill, or knows no better, would have it say."""
    plain = normal(text)
    said = [Word(END, 0, 0), *words(plain), Word(END, len(plain), len(plain))]
    harmless = {place for hit in _harmless().hits(said) for place in range(hit.start, hit.stop)}
    meant = [word._replace(text=CUT) if place in harmless else word for place, word in enumerate(said)]
    return _MARKS.search(plain) is not None or bool(_finder().named(meant))


@cache
def _finder() -> Finder:
    return Finder({"lures": phrases("hidden/lures")})


@cache
def _harmless() -> Finder:
    return Finder({"harmless": phrases("hidden/lures_harmless")})
