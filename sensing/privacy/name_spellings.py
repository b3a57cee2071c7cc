"""Other spellings of a name: letter by letter, drawn out, with digits or look-alikes, in Latin letters. Pure.

"P r i y a", "priyaaa", "Pr1ya" and "Рriya" with a Cyrillic letter all say Priya; Дмитрий is typed Dmitry.
"""

import re
from collections.abc import Iterator

_SPACING = r"[ \t.\-_*·•|~]"
_APART = re.compile(rf"(?<![^\W_])[^\W\d_](?:{_SPACING}{{1,3}}[^\W\d_](?![^\W_])){{1,}}")
_TOKEN = re.compile(r"[^\W\d_][\w@$!*]*")
_SIGNS = "0134578@$!*"
_LIKE_I = str.maketrans("0134578@$!", "oieastbasi")
_LIKE_L = str.maketrans("0134578@$!", "oleastbasl")
_ANY = "aeiouy"
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһӏкмтвнαορυνικτ", "aeopcyxijsdhlkmtbhaopuvikt")
_LATIN = re.compile("[a-z]")
_THREE = re.compile(r"(.)\1{2,}")
_LETTERS = (
    "а=a б=b в=v г=g ґ=g д=d е=e ё=e є=e ж=zh з=z и=i і=i ї=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u "
    "ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya "
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o "
    "ά=a έ=e ή=i ί=i ό=o ύ=y ώ=o"
)
_ROMAN: dict[str, str] = dict(pair.split("=", 1) for pair in _LETTERS.split(" "))
_ROMANS = (
    str.maketrans(_ROMAN),
    str.maketrans(_ROMAN | {"х": "h", "й": "i", "ю": "iu", "я": "ia", "ё": "yo", "φ": "ph", "χ": "h"}),
)
LONGEST = 12  # letters of a name that is spelled out; a longer one is found part by part


def undrawn(word: str) -> Iterator[str]:
    """Yield a folded word without the letters by which it is drawn out, if it is."""
    if _THREE.search(word):
        yield from (_THREE.sub(r"\1", word), _THREE.sub(r"\1\1", word))
    if word[-1:] == word[-2:-1]:
        yield word.rstrip(word[-1:]) + word[-1:]


def romanised(word: str) -> Iterator[str]:
    """Yield a casefolded Cyrillic or Greek word as it is typed in Latin letters."""
    if _LATIN.search(word) or not any(letter in _ROMAN for letter in word):
        return
    for table in _ROMANS:
        roman = word.translate(table)
        yield from (roman, roman.replace("ks", "x"))
        if roman.endswith(("iy", "ii", "yy", "yi")):
            yield from (roman[:-2] + "y", roman[:-2] + "i")


def spelled_out(text: str) -> Iterator[tuple[str, list[int]]]:
    """Yield runs of letters that stand apart, casefolded, with the place of each."""
    for run in _APART.finditer(text):
        places = [place for place in range(run.start(), run.end()) if text[place].isalpha()]
        yield "".join(text[place].casefold()[:1] for place in places), places


def veiled(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each word that digits, signs or look-alikes stand in: where it is, and what it may say."""
    for token in _TOKEN.finditer(text):
        typed = token[0].rstrip("!*@$")
        word = typed.casefold()
        for said in {*_without_signs(word), *_of_one_script(word)} - {word}:
            yield token.start(), token.start() + len(typed), said


def _without_signs(word: str) -> Iterator[str]:
    if not any(sign in word for sign in _SIGNS) and not word[-1:].isdigit():
        return
    yield word.rstrip("0123456789_")
    for table in (_LIKE_I, _LIKE_L):
        said = word.translate(table)
        yield from (said.replace("*", vowel) for vowel in (_ANY if "*" in said else "*"))


def _of_one_script(word: str) -> Iterator[str]:
    if not word.isascii() and _LATIN.search(word):
        yield word.translate(_LOOKALIKES)
