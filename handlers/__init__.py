"""What Slack sends and shows: one module for each conversation, beside the words and views it needs."""

from handlers import (
    afterwards,
    agent_session,
    ask_mentor,
    coach_me,
    furnishing,
    helping,
    home,
    messages,
    my_drafts,
    my_requests,
    peer_coaching,
    planning,
    profile,
    safety_gate,
    sprinting,
    strays,
    talking,
    topics_menu,
    unopened,
)
from handlers.ports import App

_CONVERSATIONS = (
    ask_mentor,
    coach_me,
    agent_session,
    sprinting,
    planning,
    my_requests,
    my_drafts,
    helping,
    talking,
    peer_coaching,
    afterwards,
    profile,
    home,
    messages,
    topics_menu,
    unopened,
    strays,
)


def register(app: App) -> None:
    """Register every listener; what answers anything unknown comes last."""
    app.middleware(furnishing.furnish)
    safety_gate.register(app)
    for conversation in _CONVERSATIONS:
        conversation.register(app)
