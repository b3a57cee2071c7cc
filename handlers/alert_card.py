"""What admins are told: a request nobody took, a report, a broken edit, a message that can't be delivered."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers import blocks, mrkdwn, texts
from handlers.blocks import Block
from handlers.picture import Picture, knock, quiet
from mentoring.alerts import Alert
from mentoring.desk import Desk
from mentoring.reports import Report
from mentoring.request import Request
from mentoring.session import Session

CLOSE = "alert.close"
_MOST = 2500


def card(alert: Alert, desk: Desk, about: Request | tuple[Report, Session | None] | None) -> Picture:
    """Return an alert as an admin sees it. *about* is the request or report it names, if it still exists."""
    body = _report(*about) if isinstance(about, tuple) else _request(about, desk) if about else []
    title = [blocks.section(_TITLES.get(alert.about, _unknown)(alert.facts))]
    if alert.about == "bad_manifest":
        title += _problems(alert.facts)
    if alert.closed_at:
        by = f" by {mrkdwn.mention(alert.closed_by)}" if alert.closed_by else ""
        return quiet(
            "closed",
            [*title, blocks.context(f"Seen to{by}, {mrkdwn.moment(alert.closed_at)}.")],
        )
    done = blocks.actions([blocks.button("I have seen to it", CLOSE, alert.id)])
    state = f"open:{alert.raised_at.isoformat()}"
    return knock(state, [*title, *body, *done], closing="This came up again; see below.")


def _request(request: Request, desk: Desk) -> list[Block]:
    who = "Someone, without their name," if request.anonymous else mrkdwn.mention(request.asker_id)
    return [
        blocks.section(f"{who} asks about {texts.topics(request.topics, desk.topics)}:"),
        texts.reminder(request.question),
        blocks.context(
            texts.wishes(request, desk),
            f"Who fits and why, in figures: `waymark explain {request.id}` where the app runs.",
        ),
    ]


def _report(report: Report, session: Session | None) -> list[Block]:
    talk = ""
    if session:
        asker, helper = mrkdwn.mention(session.asker_id), mrkdwn.mention(session.helper_id)
        talk = f"{asker} asked, {helper} helped."
    return [blocks.context(talk)] * bool(talk) + texts.whole(report.text)


def _unanswered(facts: Mapping[str, Any]) -> str:
    return (
        "*Nobody could take this question.* The asker wishes that you find someone. "
        "As soon as a person has its topic in their profile, I can ask them."
    )


def _reported(facts: Mapping[str, Any]) -> str:
    return (
        "*Someone reports that something is wrong in a talk.* Only admins see this. Please talk to them soon."
    )


def _manifest(facts: Mapping[str, Any]) -> str:
    return "*The last edit of manifest.yml can't be used*, so the one before it stays in force."


def _problems(facts: Mapping[str, Any]) -> list[Block]:
    """Return what is wrong with an edit: the first problem as it was found, and how many more there are."""
    why, more = str(facts.get("problem", "")), int(facts.get("problems", 1)) - 1
    shown = [texts.reminder(why, _MOST)] if why.strip() else []
    return [*shown, *([blocks.context(f"and {more} more")] if more > 0 else [])]


def _undeliverable(facts: Mapping[str, Any]) -> str:
    code = mrkdwn.inert(str(facts.get("code", "")))
    to = str(facts.get("person_id", ""))
    whom = mrkdwn.mention(to) if to[:1] in ("U", "W") else "a conversation"
    return f"*Messages to {whom} can't be delivered.* Slack says `{code}`. `waymark doctor` tells more."


def _unknown(facts: Mapping[str, Any]) -> str:
    return "*Something needs an admin's eye.* `waymark doctor` tells more."


_TITLES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "unanswered": _unanswered,
    "report": _reported,
    "bad_manifest": _manifest,
    "undeliverable": _undeliverable,
}
