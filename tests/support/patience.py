"""Limits by real seconds: those of a test, and those of the program, which no busy machine is to meet.

The program gives up after a second or two what somebody waits for. On a machine that has other work all may
take that long; then another sentence would be true than the one that a test looks for.
"""

import pytest

from handlers.interactions import button_click, opening
from slackapp.background import loops
from slackapp.delivery import agent_status
from slackapp.transport import http, middleware, socket_mode
from slackapp.workspaces import presence, slack_calls

PATIENCE = 300.0  # s: not what anything needs, but what a busy machine may; it only ends what hangs
PATIENCE_MS = 1000 * PATIENCE
LIMITS = (
    *((module, "WITHIN") for module in (button_click, opening, agent_status, middleware, presence)),
    *((module, "LAST_SECONDS") for module in (loops, http, socket_mode)),
    (slack_calls, "TIMEOUT"),
)


def widen(patch: pytest.MonkeyPatch) -> None:
    """Make every limit of the program so wide; a test of a limit sets its own again."""
    for module, name in LIMITS:
        patch.setattr(module, name, PATIENCE)
