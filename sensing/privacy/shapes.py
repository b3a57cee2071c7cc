"""What is private by its form alone: addresses, numbers, ids, mentions and channels in a text. Pure."""

import re
from collections.abc import Iterator

from sensing.privacy.hosts import links
from sensing.privacy.secrets import keys, secrets

Found = tuple[int, int, str]

# A placeholder that somebody typed must not be taken for one of ours.
_PLACEHOLDER = re.compile(r"\[(?:name|channel|mention|email|link|phone|secret|id|text) \d+\]")
_CHANNEL = re.compile(r"<#[^<>]{0,200}>|(?<![\w#&])#[^\W\d][\w-]+")
_MENTION = re.compile(r"<[@!][^<>]{0,200}>|(?<![\w@.])@[\w][\w.-]*")
_DOT = (
    r"(?:\.| ?[(\[{] ?(?:\.|dot|punkt|point|punto|ponto) ?[)\]}] ?| (?:dot|punkt|point|punto|ponto) | \. ?)"
)
_LOCAL = r"(?:mailto:)?(?<![\w.+%'-])[\w.+%'-]++"
_EMAIL = re.compile(
    rf"{_LOCAL}@[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,5}}"
    rf"|{_LOCAL} @ [\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}}"
    rf"|{_LOCAL} ?[(\[{{<] ?(?:at|ät|arroba|chiocciola|klammeraffe|snabel-?a|apenstaartje|@) ?[)\]}}>] ?"
    rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,5}}"
    rf"|{_LOCAL} ?[(\[{{<] ?a ?[)\]}}>] ?[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}}"
    rf"|{_LOCAL} (?:at|arroba) [\w-]{{1,63}}(?: (?:dot|punkt|point|punto|ponto) [\w-]{{1,63}}){{1,4}}"
    rf"|{_LOCAL} (?:at|arroba) (?:gmail|googlemail|outlook|hotmail|yahoo|icloud|gmx|proton\w{{0,4}}|aol)\b"
    r"(?:\.\w{2,6}){0,2}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s()/.-]{0,3}\d)*+")
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:19|20)?\d\d|\d\d?[-/.](?:19|20)\d\d"
    r"|(?:19|20)\d\d\s?[-/]\s?(?:19|20)?\d\d)(?!\d)"
)
_EXTENSION = re.compile(
    r"(?i:\b(?:ext|extension|durchwahl|dw|nebenstelle|poste|anexo|interno|ramal|dial)\.?[ :]{1,2})(\d{2,6})\b"
)
_ID = re.compile(
    r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b|\b(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}\b"
    r"|\b(?=[A-Z0-9]*\d)[CDGTUWB][A-Z0-9]{7,40}\b"
)
_TICKET = re.compile(r"\b([A-Z]{2,10})-\d{1,12}\b")
_NUMBERED = re.compile(
    r"(?<![\w-])(?=[A-Za-z-]{0,12}\d)(?=\w*[A-Za-z])[A-Za-z]{0,4}-?\d{5,14}[A-Za-z]{0,3}(?![\w-])"
)
_ACCOUNT = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")
# What has a number behind a hyphen and is no ticket.
_LETTERED = re.compile(
    "AES|COVID|CSS|CW|DIN|EN|ES|FY|GPT|HDMI|HTML|HTTP|IEC|IEEE|IPV|ISO|KW|MD|MP|PEP|RFC|RSA|SHA|SSL|TLS|USB|UTF"
)
_STANDARDS = re.compile(r"(?i:iso|rfc|ieee|iec|din|en|cve|ansi|utf|sha)-?\d+")
MOST_PHONE_DIGITS = 15


def by_shape(text: str) -> Iterator[Found]:
    """Yield what is private, and its kind, the surest first; some may overlap."""
    yield from (_as(found, "text") for found in _PLACEHOLDER.finditer(text))
    yield from (_as(found, "channel") for found in _CHANNEL.finditer(text) if found[0].startswith("<"))
    yield from (_as(found, "mention") for found in _MENTION.finditer(text) if found[0].startswith("<"))
    yield from ((*place, "secret") for place in keys(text))
    yield from ((*place, "id") for place in _accounts(text))
    yield from (_as(found, "id") for found in _ID.finditer(text))
    yield from (_as(found, "email") for found in _EMAIL.finditer(text) if _is_email(found[0]))
    yield from ((*place, "link") for place in links(text))
    yield from ((*place, "secret") for place in secrets(text))
    yield from (_as(found, "channel") for found in _CHANNEL.finditer(text))
    yield from (_as(found, "mention") for found in _MENTION.finditer(text))
    yield from _ids(text)
    yield from _numbers(text)


def _as(found: re.Match[str], kind: str) -> Found:
    return found.start(), found.end(), kind


def _is_email(found: str) -> bool:
    """Whether it is an address, and not a sum or two words with an a between brackets."""
    return any(map(str.isalpha, found)) and any(map(str.isalnum, found.partition("@")[0]))


def _ids(text: str) -> Iterator[Found]:
    yield from (_as(found, "id") for found in _TICKET.finditer(text) if not _LETTERED.fullmatch(found[1]))
    yield from (_as(found, "id") for found in _NUMBERED.finditer(text) if not _STANDARDS.fullmatch(found[0]))
    yield from ((*found.span(1), "phone") for found in _EXTENSION.finditer(text))


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    """Yield numbers of bank accounts: in capitals by their form, else by their check digits."""
    for found in _ACCOUNT.finditer(text):
        for stop in _group_ends(found):
            number = re.sub("[ -]", "", text[found.start() : stop])
            if 15 <= len(number) <= 34 and _is_checked(number.upper()):
                yield found.start(), stop
                break
        else:
            if re.fullmatch(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?", found[0]):
                yield found.span()


def _group_ends(found: re.Match[str]) -> Iterator[int]:
    """Yield where a number may end: at its end, and before each space in it."""
    yield found.end()
    yield from (
        found.start() + place for place in range(len(found[0]) - 1, 14, -1) if found[0][place] in " -"
    )


def _is_checked(number: str) -> bool:
    """Whether the check digits of an account are right (ISO 13616)."""
    return (
        number.isascii()
        and int("".join(str(int(letter, 36)) for letter in number[4:] + number[:4])) % 97 == 1
    )


def _numbers(text: str) -> Iterator[Found]:
    """Yield numbers that are too long for a count or a date."""
    for found in _DIGITS.finditer(text):
        digits = sum(map(str.isdigit, found[0]))
        if digits >= 7 and not _is_date(found[0]) and not _is_round(found[0]) and not _counts(found[0]):
            yield *found.span(), "phone" if digits <= MOST_PHONE_DIGITS else "secret"


def _is_date(number: str) -> bool:
    """Whether a number is dates and little else."""
    return sum(map(str.isdigit, _DATE.sub("", number))) < (7 if _DATE.search(number) else 0)


def _is_round(number: str) -> bool:
    """Whether it is a sum in thousands: 1 500 000."""
    first, *others = re.split("[ .]", number)
    return (
        len(others) > 1
        and first.isdigit()
        and others[-1] == "000"
        and all(len(other) == 3 for other in others)
    )


def _counts(number: str) -> bool:
    """Whether it only counts: 1 2 3 4 5 6 7."""
    said = re.findall(r"\d+", number)
    return (
        said == [str(step) for step in range(int(said[0][:6]), int(said[0][:6]) + len(said))]
        and len(said) > 3
    )
