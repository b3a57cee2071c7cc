"""What Slack sends and shows: one module for each conversation, beside the words and views it needs."""

from handlers import ask_mentor, coach_me, fallback, home, messages, my_drafts, safety_gate, unopened
from handlers.guided_talks import stop_button
from handlers.interactions import context as furnishing
from handlers.interactions import topics_menu
from handlers.interactions.ports import App
from handlers.offers import offers as helping
from handlers.peer_coaching import peer_coaching
from handlers.plans import plans as planning
from handlers.profile import profile
from handlers.requests import my_requests
from handlers.sessions import feedback as afterwards
from handlers.sessions import sessions as talking
from handlers.sprints import sprints as sprinting

_CONVERSATIONS = (
    ask_mentor,
    coach_me,
    stop_button,
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
    fallback,
)


def register(app: App) -> None:
    """Register every listener; what answers anything unknown comes last."""
    safety_gate.register(app)
    app.middleware(furnishing.furnish)
    for conversation in _CONVERSATIONS:
        conversation.register(app)
