"""The card of an alert; what is said of those that no other feature raises stands in `ALERTS`."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from handlers.admins import words
from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.interactions.conversation import AlertWords, Bonded
from kernel.desk import Desk
from kernel.values import Document, PersonId
from mentoring.model.alert import Alert, Report
from mentoring.model.request import Request

TAKE_ON = "alert.take_on"
HAND_BACK = "alert.hand_back"
CLOSE = "alert.close"
REOPEN = "alert.reopen"
_MOST = 2500

Bonds: TypeAlias = Mapping[str, Bonded]
# A request; or a report with what it is of, as far as that is kept.
Subject: TypeAlias = Request | tuple[Report, Document | None] | None


def card(
    alert: Alert, desk: Desk, about: Subject, me: PersonId, said: AlertWords, *, bonds: Bonds
) -> Picture:
    """An alert as one admin sees it. *about* is the request or report it names, if it still exists.

    *said* is how alerts of its kind are said, *bonds* how what a report is of.
    """
    shown = [
        blocks.section(_title(alert, about, said, bonds)),
        *(_problems(alert.facts) if alert.about == "bad_manifest" else []),
        *_body(alert, desk, about, bonds),
        blocks.context(_standing(alert, said)),
        *blocks.actions(_buttons(alert, me)),
    ]
    if not alert.is_open:
        return quiet("withdrawn" if alert.withdrawn_at else "closed", shown)
    return knock(f"open:{alert.raised_at.isoformat()}", shown, closing=words.CAME_UP_AGAIN)


def row(
    alert: Alert, about: Subject, me: PersonId, limit: int, said: AlertWords, *, bonds: Bonds
) -> list[Block]:
    """An open alert as it stands among what waits for an admin."""
    quote: list[Block] = []
    if isinstance(about, tuple):
        quote = [texts.reminder(about[0].text, limit)]
    elif about:
        quote = [texts.reminder(about.question, limit)]
    buttons = blocks.actions(_buttons(alert, me))
    shown = blocks.section(_title(alert, about, said, bonds))
    return [shown, *quote, blocks.context(_standing(alert, said)), *buttons]


def _title(alert: Alert, about: Subject, said: AlertWords, bonds: Bonds) -> str:
    return _reported_by(about[0], bonds) if isinstance(about, tuple) else said.title(alert.facts)


def _body(alert: Alert, desk: Desk, about: Subject, bonds: Bonds) -> list[Block]:
    if isinstance(about, tuple):
        return _report(*about, bonds)
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


def _reported_by(report: Report, bonds: Bonds) -> str:
    writer, other = mrkdwn.mention(report.reporter_id), mrkdwn.mention(report.about_id)
    bonded = bonds.get(report.of)
    return words.reported(writer, other, bonded.what if bonded else words.A_BOND)


def _report(report: Report, it: Document | None, bonds: Bonds) -> list[Block]:
    writer, other = mrkdwn.mention(report.reporter_id), mrkdwn.mention(report.about_id)
    known = [words.reported_at(mrkdwn.moment(report.made_at))]
    if it:
        known.append(bonds[report.of].told(it))
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
