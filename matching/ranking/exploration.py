"""Now and then, someone promising without a record is asked first, so that newcomers are found.

Among people with records nobody without one would ever come to the front: so newcomers are measured by
profiles alone.
"""

from collections.abc import Callable, Sequence

from matching.ranking.index import key_of
from matching.values import EXPLORED, Match

CLOSE = 1.0
KEYS = 1 << 64


def promising(by_profile: Sequence[Match], knows: Callable[[str], bool], close: float = CLOSE) -> list[Match]:
    """Those of whom nothing is known, of the best by profiles and at most *close* below the first."""
    least = by_profile[0].score - close if by_profile else 0.0
    return [each for each in by_profile if each.score >= least and not knows(each.helper_id)]


def explore(
    matches: Sequence[Match], newcomers: Sequence[Match], seed: str, share: float = EXPLORED
) -> list[Match]:
    """The matches with at most one newcomer put first.

    Each draws a number that only *seed* (an ask's id) and the person decide; the first to draw below an equal
    part of *share* is put first. So of many asks *share* at most begin with a newcomer, whatever their count.
    """
    drawn_by = (each for each in newcomers if drawn(seed, each) < share / len(newcomers))
    chosen = next(drawn_by, None)
    if chosen is None:
        return list(matches)
    # As ranked, where the newcomer is: with all that was found out since.
    first = next((each for each in matches if each.helper_id == chosen.helper_id), chosen)
    return [first, *(each for each in matches if each is not first)]


def drawn(seed: str, match: Match) -> float:
    """The number between 0 and 1 that a person draws for an ask."""
    return key_of(f"{seed}\n{match.helper_id}") / KEYS
