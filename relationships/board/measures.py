"""How many different voices some people amount to. Pure."""

from collections.abc import Iterable
from math import exp, log


def effective_number(counts: Iterable[int]) -> float:
    """How many kinds, all as common as each other, would be as diverse; 0 where nothing is counted.

    exp of Shannon's entropy, the Hill number of order 1 (Hill 1973, Ecology 54:427–432; Jost 2006, Oikos
    113:363–375).
    """
    there = [count for count in counts if count > 0]
    total = sum(there)
    return exp(-sum(it / total * log(it / total) for it in there)) if there else 0.0


def effective_size(people: int, pairs: int) -> float:
    """How many of *people* tell one anything new, where so many *pairs* of them know each other.

    n − 2t/n, Burt's effective size as Borgatti has it for ties that are there or not (Burt 1992, Structural
    Holes; Borgatti 1997, Structural Holes: Unpacking Burt's Redundancy Measures, Connections 20(1):35–38).
    """
    return people - 2 * pairs / people if people else 0.0
