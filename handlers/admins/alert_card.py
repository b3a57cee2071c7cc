"""What admins are told: a request nobody took, a report, a broken edit, what can't be delivered or posted."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.picture import Picture, knock, quiet
from kernel.desk import Desk
from kernel.values import PersonId
from mentoring.model.alert import Alert, Report
from mentoring.model.request import Request
from mentoring.model.session import Session

TAKE_ON = "alert.take_on"
HAND_BACK = "alert.hand_back"
CLOSE = "alert.close"
REOPEN = "alert.reopen"
_MOST = 2500

Subject: TypeAlias = Request | tuple[Report, Session | None] | None


def card(alert: Alert, desk: Desk, about: Subject, me: PersonId) -> Picture:
    """Return an alert as one admin sees it. *about* is the request or report it names, if it still exists."""
    shown = [
        blocks.section(_title(alert, about)),
        *(_problems(alert.facts) if alert.about == "bad_manifest" else []),
        *_body(alert, desk, about),
        blocks.context(_standing(alert)),
        *blocks.actions(_buttons(alert, me)),
    ]
    if not alert.is_open:
        return quiet("withdrawn" if alert.withdrawn_at else "closed", shown)
    return knock(f"open:{alert.raised_at.isoformat()}", shown, closing="This came up again; see below.")


def row(alert: Alert, about: Subject, me: PersonId, limit: int) -> list[Block]:
    """Return an open alert as it stands among what waits for an admin."""
    quote: list[Block] = []
    if isinstance(about, tuple):
        quote = [texts.reminder(about[0].text, limit)]
    elif about:
        quote = [texts.reminder(about.question, limit)]
    buttons = blocks.actions(_buttons(alert, me))
    return [blocks.section(_title(alert, about)), *quote, blocks.context(_standing(alert)), *buttons]


def _title(alert: Alert, about: Subject) -> str:
    if isinstance(about, tuple):
        return _reported_by(about[0])
    return _TITLES.get(alert.about, _unknown)(alert.facts)


def _body(alert: Alert, desk: Desk, about: Subject) -> list[Block]:
    if isinstance(about, tuple):
        return _report(*about)
    return _request(about, desk) if about and not alert.withdrawn_at else []


def _standing(alert: Alert) -> str:
    """Return who is on it, or how it ended."""
    if alert.withdrawn_at:
        return f"{_GONE.get(alert.about, 'Settled by itself')}, {mrkdwn.moment(alert.withdrawn_at)}."
    if alert.closed_at:
        by = f" by {mrkdwn.mention(alert.closed_by)}" if alert.closed_by else ""
        return f"Closed{by}, {mrkdwn.moment(alert.closed_at)}."
    if alert.taken_by and alert.taken_at:
        return f"Taken on by {mrkdwn.mention(alert.taken_by)}, {mrkdwn.moment(alert.taken_at)}."
    return f"Nobody is on it yet. {_told(alert)}"


def _told(alert: Alert) -> str:
    others = len(alert.told) - 1
    if others <= 0:
        return "Only you were told."
    return f"You and {others} other{'' if others == 1 else 's'} were told."


def _buttons(alert: Alert, me: PersonId) -> list[Element]:
    if alert.withdrawn_at:
        return []
    if alert.closed_at:
        return [blocks.button("Open it again", REOPEN, alert.id)]
    sure = blocks.confirmation(
        "Close it for every admin?",
        "It stays readable, and any admin can open it again.",
        "Close it",
        "Not yet",
    )
    close = blocks.button("Close it", CLOSE, alert.id, confirm=sure)
    if alert.taken_by == me:
        return [blocks.button("Hand it back", HAND_BACK, alert.id), close]
    label = "Take it over" if alert.taken_by else "I'm on it"
    return [blocks.button(label, TAKE_ON, alert.id, style="" if alert.taken_by else "primary"), close]


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


def _reported_by(report: Report) -> str:
    writer, other = mrkdwn.mention(report.reporter_id), mrkdwn.mention(report.about_id)
    return f"*{writer} reports something about a talk with {other}.* Write to {writer}. {other} doesn't know."


def _report(report: Report, session: Session | None) -> list[Block]:
    writer, other = mrkdwn.mention(report.reporter_id), mrkdwn.mention(report.about_id)
    known = [f"Reported {mrkdwn.moment(report.made_at)}."]
    if session:
        asker, helper = mrkdwn.mention(session.asker_id), mrkdwn.mention(session.helper_id)
        known.append(f"{asker} asked, {helper} helped. The talk {_LASTS[session.is_open]}.")
    if report.unmasked:
        known.append("They talked without names, so only admins know who the other is.")
    if report.apart:
        known.append(f"{writer} is never matched with {other} again.")
    promised = f"{writer} was told that admins have this and can write to them, and that {other} isn't told."
    return [*texts.whole(report.text), blocks.context(" ".join(known), promised)]


def _unanswered(facts: Mapping[str, Any]) -> str:
    return (
        "*Nobody could take this question.* The person who asked would like you to find someone. "
        "As soon as a person has its topic in their profile, I can ask them."
    )


def _reported(facts: Mapping[str, Any]) -> str:
    return "*Someone reported that something is wrong in a talk.* What they wrote is no longer kept."


def _manifest(facts: Mapping[str, Any]) -> str:
    return "*The last edit of manifest.yml can't be used*, so I'm still using the one before it."


def _problems(facts: Mapping[str, Any]) -> list[Block]:
    """Return what is wrong with an edit: the first problem as it was found, and how many more there are."""
    why, more = str(facts.get("problem", "")), int(facts.get("problems", 1)) - 1
    shown = [texts.reminder(why, _MOST)] if why.strip() else []
    return [*shown, *([blocks.context(f"and {more} more")] if more > 0 else [])]


def _undeliverable(facts: Mapping[str, Any]) -> str:
    code = mrkdwn.inert(str(facts.get("code", "")))
    to = str(facts.get("person_id", ""))
    whom = mrkdwn.mention(to) if to[:1] in ("U", "W") else "a conversation"
    return f"*Messages to {whom} can't be delivered.* Slack says `{code}`. Run `waymark doctor` for details."


def _channel(facts: Mapping[str, Any]) -> str:
    code = str(facts.get("code", ""))
    cure = _CURES.get(code, "Run `waymark doctor` for details.")
    return f"*I can't post in <#{facts.get('channel', '')}>.* Slack says `{mrkdwn.inert(code)}`. {cure}"


def _topic_gone(facts: Mapping[str, Any]) -> str:
    label, id = (mrkdwn.inert(str(facts.get(name, ""))) for name in ("label", "topic"))
    helpers, asks = int(facts.get("helpers", 0)), int(facts.get("asks", 0))
    people = f"{helpers} {'person helps' if helpers == 1 else 'people help'} with it"
    waiting = f"{asks} open {'question is' if asks == 1 else 'questions are'} about it"
    return (
        f"*The topic {label} (`{id}`) is no longer in manifest.yml*: {people}, and {waiting}. "
        "To give a topic another name, change its label and keep its id."
    )


def _unknown(facts: Mapping[str, Any]) -> str:
    return "*Something needs an admin's eye.* Run `waymark doctor` for details."


_CURES: Mapping[str, str] = {
    "not_in_channel": "Please add me to that channel.",
    "is_archived": "It's archived: please name another channel in `manifest.yml`.",
    "channel_not_found": "It's private without me, or gone: add me, or name another in `manifest.yml`.",
    "restricted_action": "Only some may post there: please let me, or name another in `manifest.yml`.",
    "missing_scope": "A scope is missing: please install the app again.",
}
_LASTS = {True: "goes on", False: "is over"}
_TITLES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "unanswered": _unanswered,
    "report": _reported,
    "bad_manifest": _manifest,
    "undeliverable": _undeliverable,
    "channel": _channel,
    "topic_gone": _topic_gone,
}
_GONE: Mapping[str, str] = {
    "unanswered": "Not needed any more: somebody took the question, or it has ended",
    "bad_manifest": "Fixed: I'm using the file again as it is",
    "undeliverable": "Settled: nothing for them is left undelivered",
    "channel": "Fixed: I can post there again",
    "topic_gone": "Fixed: the topic is back",
}
