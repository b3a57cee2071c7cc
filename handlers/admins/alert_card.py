"""The card of an alert; what is said of those that no other feature raises stands in `ALERTS`."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from handlers.admins import words
from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.interactions.conversation import AlertWords
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


def card(alert: Alert, desk: Desk, about: Subject, me: PersonId, said: AlertWords) -> Picture:
    """An alert as one admin sees it. *about* is the request or report it names, if it still exists.

    *said* is how alerts of its kind are said.
    """
    shown = [
        blocks.section(_title(alert, about, said)),
        *(_problems(alert.facts) if alert.about == "bad_manifest" else []),
        *_body(alert, desk, about),
        blocks.context(_standing(alert, said)),
        *blocks.actions(_buttons(alert, me)),
    ]
    if not alert.is_open:
        return quiet("withdrawn" if alert.withdrawn_at else "closed", shown)
    return knock(f"open:{alert.raised_at.isoformat()}", shown, closing=words.CAME_UP_AGAIN)


def row(alert: Alert, about: Subject, me: PersonId, limit: int, said: AlertWords) -> list[Block]:
    """An open alert as it stands among what waits for an admin."""
    quote: list[Block] = []
    if isinstance(about, tuple):
        quote = [texts.reminder(about[0].text, limit)]
    elif about:
        quote = [texts.reminder(about.question, limit)]
    buttons = blocks.actions(_buttons(alert, me))
    shown = blocks.section(_title(alert, about, said))
    return [shown, *quote, blocks.context(_standing(alert, said)), *buttons]


def _title(alert: Alert, about: Subject, said: AlertWords) -> str:
    return _reported_by(about[0]) if isinstance(about, tuple) else said.title(alert.facts)


def _body(alert: Alert, desk: Desk, about: Subject) -> list[Block]:
    if isinstance(about, tuple):
        return _report(*about)
    return _request(about, desk) if about and not alert.withdrawn_at else []


def _standing(alert: Alert, said: AlertWords) -> str:
    """Who is on it, or how it ended."""
    if alert.withdrawn_at:
        return f"{said.gone or words.SETTLED_BY_ITSELF}, {mrkdwn.moment(alert.withdrawn_at)}."
    if alert.closed_at:
        by = words.by(mrkdwn.mention(alert.closed_by)) if alert.closed_by else ""
        return words.closed(by, mrkdwn.moment(alert.closed_at))
    if alert.taken_by and alert.taken_at:
        return words.taken_on(mrkdwn.mention(alert.taken_by), mrkdwn.moment(alert.taken_at))
    return words.nobody_yet(_told(alert))


def _told(alert: Alert) -> str:
    others = len(alert.told) - 1
    if others <= 0:
        return words.ONLY_YOU
    return words.you_and_others(others)


def _buttons(alert: Alert, me: PersonId) -> list[Element]:
    if alert.withdrawn_at:
        return []
    if alert.closed_at:
        return [blocks.button(words.OPEN_AGAIN, REOPEN, alert.id)]
    sure = blocks.confirmation(
        words.CLOSE_SURE,
        words.CLOSE_MEANS,
        words.CLOSE,
        words.NOT_YET,
    )
    close = blocks.button(words.CLOSE, CLOSE, alert.id, confirm=sure)
    if alert.taken_by == me:
        return [blocks.button(words.HAND_BACK, HAND_BACK, alert.id), close]
    label = words.TAKE_OVER if alert.taken_by else words.ON_IT
    return [blocks.button(label, TAKE_ON, alert.id, style="" if alert.taken_by else "primary"), close]


def _request(request: Request, desk: Desk) -> list[Block]:
    who = words.SOMEONE_UNNAMED if request.anonymous else mrkdwn.mention(request.asker_id)
    return [
        blocks.section(words.asks_about(who, texts.topics(request.topics, desk.topics))),
        texts.reminder(request.question),
        blocks.context(
            texts.wishes(request, desk),
            words.explained(request.id),
        ),
    ]


def _reported_by(report: Report) -> str:
    writer, other = mrkdwn.mention(report.reporter_id), mrkdwn.mention(report.about_id)
    return words.reported(writer, other)


def _report(report: Report, session: Session | None) -> list[Block]:
    writer, other = mrkdwn.mention(report.reporter_id), mrkdwn.mention(report.about_id)
    known = [words.reported_at(mrkdwn.moment(report.made_at))]
    if session:
        asker, helper = mrkdwn.mention(session.asker_id), mrkdwn.mention(session.helper_id)
        known.append(words.who_was_who(asker, helper, words.LASTS[session.is_open]))
    if report.unmasked:
        known.append(words.TALKED_WITHOUT_NAMES)
    if report.apart:
        known.append(words.never_matched(writer, other))
    promised = words.was_told(writer, other)
    return [*texts.whole(report.text), blocks.context(" ".join(known), promised)]


def _problems(facts: Mapping[str, Any]) -> list[Block]:
    """What is wrong with an edit: the first problem as it was found, and how many more there are."""
    why, more = str(facts.get("problem", "")), int(facts.get("problems", 1)) - 1
    shown = [texts.reminder(why, _MOST)] if why.strip() else []
    return [*shown, *([blocks.context(words.and_more(more))] if more > 0 else [])]


def _undeliverable(facts: Mapping[str, Any]) -> str:
    code = mrkdwn.inert(str(facts.get("code", "")))
    to = str(facts.get("person_id", ""))
    whom = mrkdwn.mention(to) if to[:1] in ("U", "W") else words.A_CONVERSATION
    return words.undeliverable(whom, code)


def _channel(facts: Mapping[str, Any]) -> str:
    code = str(facts.get("code", ""))
    cure = words.CURES.get(code, words.RUN_DOCTOR)
    return words.cant_post(facts.get("channel", ""), mrkdwn.inert(code), cure)


def _topic_gone(facts: Mapping[str, Any]) -> str:
    label, id = (mrkdwn.inert(str(facts.get(name, ""))) for name in ("label", "topic"))
    helpers, asks = int(facts.get("helpers", 0)), int(facts.get("asks", 0))
    people = words.people_help(helpers)
    waiting = words.questions_are_about(asks)
    return words.topic_gone(label, id, people, waiting)


ALERTS: Mapping[str, AlertWords] = {
    "unanswered": AlertWords(lambda _: words.NOBODY_TOOK_IT, words.GONE["unanswered"]),
    "report": AlertWords(lambda _: words.SOMEONE_REPORTED),
    "bad_manifest": AlertWords(lambda _: words.BAD_MANIFEST, words.GONE["bad_manifest"]),
    "undeliverable": AlertWords(_undeliverable, words.GONE["undeliverable"]),
    "channel": AlertWords(_channel, words.GONE["channel"]),
    "topic_gone": AlertWords(_topic_gone, words.GONE["topic_gone"]),
}
OF_NEWER_RELEASE = AlertWords(lambda _: words.UNKNOWN)
