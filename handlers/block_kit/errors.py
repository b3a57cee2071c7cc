"""Why what Slack sent, or was sent, comes to nothing.

Stale        what was sent is nothing that a card, form or menu of today sends
NotOpened    a form may not stand before its reader: Slack is slow, away or in trouble
NotSaid      what answers a press did not reach Slack
DrawnSince   something newer stands in the window already
"""


class Stale(Exception):
    """What was sent is nothing that a card, form or menu of today sends."""


class NotOpened(Exception):
    """Slack is slow, away or in trouble, so that a form may not stand before its reader."""


class NotSaid(Exception):
    """What answers a press did not reach Slack, so that the press may not look as if it were answered."""


class DrawnSince(Exception):
    """Something newer stands in the window already."""
