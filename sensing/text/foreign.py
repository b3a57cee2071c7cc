"""Whether a text is written in another language than English, by its script and its small words. Pure."""

import re
import unicodedata

_SMALL_ENGLISH = """
the a an to of and is are am was i my me you it that this in on for with not but have has do what how we they
he she be at from so if can would no as an like just up out said when who there all
"""
_SMALL_OTHERS = """
ich nicht und ist das der die ein eine mit mein meine meinen meinem meiner dass weil auf für von zu wie was
mir mich er sie wir es habe bin kann will muss möchte sehr schon
je ne pas le la les un une des et est que qui mon ma mes pour avec dans sur mais suis ai il elle nous c'est ce
du yo el los una y es que mi mis con para por pero no se lo quiero tengo estoy en
ik niet het een van dat mijn maar hij zij wij heb
io non il che di per sono ho mio mia
eu não um uma meu minha com mas os as
"""
_ENGLISH, _OTHERS = frozenset(_SMALL_ENGLISH.split()), frozenset(_SMALL_OTHERS.split())
_BOTH = _ENGLISH & _OTHERS
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
LEAST = 4  # words; of fewer the small words say nothing


def is_foreign(text: str) -> bool:
    """Return whether a text is not in English; scraps and names are not told apart."""
    words = [word.lower() for word in _WORDS.findall(text.replace("’", "'"))]
    if any(_is_of_another_script(word) for word in words):
        return sum(map(_is_of_another_script, words)) * 2 >= len(words)
    other = sum(word in _OTHERS - _BOTH for word in words)
    return len(words) >= LEAST and other >= 2 and other > sum(word in _ENGLISH - _BOTH for word in words)


def _is_of_another_script(word: str) -> bool:
    return not unicodedata.name(word[0], "LATIN").startswith("LATIN")
