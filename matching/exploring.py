"""Now and then, someone promising without a record is asked first, so that newcomers are found."""

from collections.abc import Sequence

from matching.index import key_of
from matching.values import Match, ReasonKind

SHARE = 0.05
CLOSE = 1.5
RECORDS = frozenset(
    {ReasonKind.ANSWERED, ReasonKind.ACTIVE, ReasonKind.PAIR, ReasonKind.STANDING, ReasonKind.RECENT}
)
KEYS = 1 << 64


def explore(matches: Sequence[Match], seed: str, share: float = SHARE, close: float = CLOSE) -> list[Match]:
    """Return the matches with at most one newcomer moved to the front.

    A newcomer has no record among their reasons and a score at most *close* below the best. Each draws a
    number that only *seed* (an ask's id) and the person decide; the first in rank to draw below an equal part
    of *share* is moved. So of many asks *share* at most begin with a newcomer, however many there are.
    """
    promising = [each for each in matches if _is_promising(each, matches[0].score - close)]
    chosen = next((each for each in promising if drawn(seed, each) < share / len(promising)), None)
    if chosen is None:
        return list(matches)
    return [chosen, *(each for each in matches if each is not chosen)]


def drawn(seed: str, match: Match) -> float:
    """Return the number between 0 and 1 that a person draws for an ask."""
    return key_of(f"{seed}\n{match.helper_id}") / KEYS


def _is_promising(match: Match, least: float) -> bool:
    return match.score >= least and RECORDS.isdisjoint(reason.kind for reason in match.reasons)
