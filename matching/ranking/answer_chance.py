"""How likely someone answers an offer within its time, from what became of those put to them before."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# A newcomer counts like someone who answers three of four. A fixed mean, since one taken from everybody
# would let an unrelated person change an order.
USUAL, WORTH = 0.75, 4.0
MOST = -float(np.log(USUAL))
ENOUGH, OFTEN = 5, 0.8


def chance(ended: Floats, answered: Floats) -> Floats:
    """The chance that an offer is answered in time, from those that *ended* by an answer or by time.

    A yes counts one, a no a half: it is no help, but costs no wait. So an answer never hurts. The mean of a
    beta distribution that begins as four offers, three of them answered.
    """
    return (answered + WORTH * USUAL) / (ended + WORTH)


def favour(ended: Floats, answered: Floats) -> Floats:
    """The log of that chance against the usual one: zero without a record, at most `MOST`."""
    logs: Floats = np.log(chance(ended, answered) / USUAL)
    return logs


def is_usual(ended: int, answered: float) -> bool:
    """Whether it can be said of someone that they usually answer in time."""
    return ended >= ENOUGH and answered >= OFTEN * ended
