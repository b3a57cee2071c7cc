"""Addresses of machines and files in a text: links with and without a scheme, hosts, paths. Pure.

A host is told from "e.g.", "v1.2", "node.js" and a missing space after a full stop by the top-level domains
that there are, and by what follows it.
"""

import re
from collections.abc import Iterator
from functools import cache
from ipaddress import ip_address

from sensing.text.phrases import word_lists

Place = tuple[int, int]

_LINK = re.compile(
    # A link of Slack or HTML, or anything with a scheme.
    r"<?(?i:(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}://|(?<!\w)www\.)[^\s<>|]+(?:\|[^<>]{0,200}+>)?>?"
    r"|(?<![\w:/])//[^\s<>/][^\s<>]*"
    r"|\]\([^\s()]*\)"
    r"|(?i:(?<![a-z0-9+.-])(?:mailto|tel|sip|sips|skype|facetime|sms|data|javascript|vbscript|file|magnet|urn|jdbc"
    r"|msteams|zoommtg|slack|ssh|ldaps?|postgres(?:ql)?|mysql|mongodb|redis|amqp):(?=[^\s:])[^\s<>]*)"
    # Server shares, drives and folders.
    r"|(?<![\w\\])\\\\?[\w.$-]+\\[^\s<>]*|(?<!\w)[A-Za-z]:[\\/][^\s<>]+|(?<![\w\\.$-])[\w.$-]+\\[\w.$-][^\s<>]*"
    r"|(?<![\w./~-])(?:~|\.{1,2})?(?:/[\w.@%+=$-]+){2,}+/?|(?<![\w./-])(?:~|\.{1,2})/[\w.@%+=$-][^\s<>]*"
)
_DOTTED = re.compile(
    r"(?<![\w-])(?<!\w\.)[\w-]+(?:(?:\.|\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)| \. ?(?=\w))[\w-]+)+",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)| \. ?|\.", re.IGNORECASE)
_AFTER = re.compile(r"(?::\d{1,5})?(?:/[^\s<>]*|[?#][\w=&%][^\s<>]*)?")
_SPOKEN = re.compile(r"(?<![\w-])[\w-]{2,40}(?: dot [\w-]{2,40}){1,5}(?![\w-])", re.IGNORECASE)
_MACHINE = re.compile(
    r"(?<![\w.:@/-])(?:localhost|[A-Za-z][\w-]{0,62}):(?!(?:19|20)\d\d(?!\d))\d{4,5}(?!\d)(?:/[^\s<>]*)?"
)
_FOLDER = re.compile(
    r"(?<![\w./-])(?i:intranet|intra|wiki|sharepoint|confluence|jira|gitlab|fileserver|nas|smb|home|users|mnt|srv"
    r"|portal|shares?|go|drive)/[\w.@%+=$-][^\s<>]*"
)
_FILED = re.compile(r"(?<![\w./@-])[\w.@-]+(?:/[\w.@-]+)++")
_NUMBERS = re.compile(
    r"(?<![\w.:])\[?(?=[0-9A-Fa-f]*+[:.])[0-9A-Fa-f:]*+(?:\.\d{1,3}){0,3}+\]?(?::\d{1,5})?(?:/[^\s<>]*)?(?!\w)"
)
_ADDRESS = re.compile(r"\[?([0-9A-Fa-f:.]+)\]?")


def links(text: str) -> Iterator[Place]:
    """Yield where links, hosts, numbers of machines, folders and paths stand; some may overlap."""
    yield from (found.span() for found in _LINK.finditer(text))
    yield from hosts(text)
    yield from (found.span() for found in _MACHINE.finditer(text))
    yield from (found.span() for found in _FOLDER.finditer(text))
    yield from (found.span() for found in _FILED.finditer(text) if _names_a_file(found[0]))
    yield from (found.span() for found in _NUMBERS.finditer(text) if _is_number(found[0]))


def hosts(text: str) -> Iterator[Place]:
    """Yield where names of hosts stand, each with its port and path."""
    stop = 0
    for found in _DOTTED.finditer(text):
        if found.start() < stop:
            continue
        after = _AFTER.match(text, found.end())
        stop = after.end() if after else found.end()
        if length := _host_in(found[0], has_path=stop > found.end()):
            yield found.start(), stop if length == len(found[0]) else found.start() + length
    for found in _SPOKEN.finditer(text):
        labels = re.split(r" dot ", found[0].casefold())
        if labels[-1] in _domains():
            yield found.span()


def _host_in(dotted: str, *, has_path: bool) -> int:
    """How many characters at the beginning of a dotted run are a host, 0 where none are."""
    labels, ends, start = list[str](), list[int](), 0
    for joint in _JOINT.finditer(dotted):
        labels.append(dotted[start : joint.start()])
        ends.append(joint.start())
        start = joint.end()
    labels, ends = [*labels, dotted[start:]], [*ends, len(dotted)]
    for last in range(len(labels) - 1, 0, -1):
        reaches_end = last == len(labels) - 1
        if _is_host(labels[last - 1], labels[last], last + 1, has_path=has_path and reaches_end):
            return ends[last]
    return 0


def _is_host(before: str, last: str, size: int, *, has_path: bool) -> bool:
    """Whether so many labels name a host; the last two of them are known."""
    ending = last.casefold()
    if len(last) < 2 or (any(letter.isdigit() for letter in ending) and not ending.startswith("xn--")):
        return False
    if size == 2 and f"{before}.{last}".casefold() in _files("software"):
        return False
    if size == 2 and ending in _files("endings"):
        return has_path and ending in _domains()
    # "I asked him.It was fine": a full stop without a space after it.
    is_stop = last[:1].isupper() and last[1:].islower() and before[-1:].islower() and before[:1].islower()
    if is_stop and not has_path and size == 2:
        return False
    return ending in _domains() or (has_path and last.isalpha())


def _names_a_file(path: str) -> bool:
    """Whether the last part of a path is the name of a file."""
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    return bool(stem) and ending.casefold() in _files("endings")


def _is_number(found: str) -> bool:
    """Whether digits and colons, or dots, are the address of a machine."""
    inner = _ADDRESS.match(found)
    number = inner[1] if inner else ""
    if number.count(":") == 1:
        number = number.partition(":")[0]
    try:
        ip_address(number)
    except ValueError:
        return _is_padded(number)
    return any(digit.isalnum() for digit in number)


def _is_padded(number: str) -> bool:
    """Whether it is four numbers with dots, as people write them: with zeros, or out of range."""
    parts = number.split(".")
    return len(parts) == 4 and all(part.isdigit() and len(part) <= 3 for part in parts)


def _files(name: str) -> frozenset[str]:
    return word_lists("hidden/files")[name]


@cache
def _domains() -> frozenset[str]:
    return frozenset[str]().union(*word_lists("hidden/domains").values())
