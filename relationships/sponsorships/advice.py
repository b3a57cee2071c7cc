"""Whether the words on an act tell of advice: good, and no act. Pure."""

from functools import cache

from coaching.data import read
from coaching.patterns import Language, Pattern


class _Advice(Language):
    given: Pattern


@cache
def _advice() -> _Advice:
    return read("relationships.sponsorships", "advice", _Advice)


def tells_of_advice(what: str) -> bool:
    """Whether somebody says that they advised, coached or gave feedback, and nothing besides."""
    return _advice().given.search(what) is not None
