"""What the app says about which kind of help fits, and when a person is what is needed. Only words."""

from collections.abc import Iterable

from coaching.forms import FORMS
from coaching.guide.form_selection import form_for
from coaching.language.form import FormId
from handlers.block_kit import blocks, draft_buttons, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id
from handlers.triage import words
from kernel.policy import Contact
from sensing.safety.safety import CONFIDENTIAL, Finding, Tier
from sensing.triage.triage import Advice, Choice, TriageFeature

BEGIN = "coach.begin"
SPRINT = "coach.sprint"
PEER = "peer.begin"
MENTOR = "mentor.begin"
SPONSOR = "sponsor.begin"
REVERSE = "reverse.begin"

_FOR_MONTHS = {Choice.MENTORSHIP: MENTOR, Choice.SPONSOR: SPONSOR, Choice.REVERSE: REVERSE}
_QUOTED = 2
_SHOWN = 2  # ways that have a button
_TALKED = frozenset({Choice.COACH, Choice.SPRINT})


def switched_off(instead: Element) -> list[Block]:
    """The line that there are no guided talks, sprints and plans here, and what there is instead."""
    return [blocks.section(words.OFF), *blocks.actions([instead])]


def advised(
    draft_id: str, text: str, advice: Advice, above: list[Block], taken: Choice | None = None
) -> list[Block]:
    """Which kind of help fits a text, why, and the doors to each; first what was *taken* last time.

    *above* it stand lines of care, and what is asked of its writer first.
    """
    is_last, form = taken is Choice.ASK and advice.choice in _TALKED, form_for(text)
    return [
        *above,
        blocks.section(f"*{_fitting(form, advice)}*"),
        *((not advice.is_private and reasons(advice)) or [blocks.context(words.WAYS)]),
        texts.reminder(text),
        *blocks.actions(_doors(form, advice, draft_id, taken), block_id="doors"),
        *([blocks.context(words.LAST_TIME)] if is_last else []),
        blocks.context(words.ALONE),
    ]


def with_care(draft_id: str, text: str, care: list[Block]) -> list[Block]:
    """Whom to turn to with a burden, or with what colleagues should not get first; no way is urged."""
    think = blocks.button(FORMS["grow"].title, BEGIN, _value("grow", draft_id))
    person = blocks.button(words.ASK_MENTOR, draft_buttons.CHANGE, draft_id)
    return [
        *care,
        texts.reminder(text),
        *blocks.actions([think, person, *_leave(draft_id)], block_id="doors"),
        blocks.context(words.ALONE),
    ]


def instead(draft_id: str, text: str, advice: Advice, care: list[Block]) -> list[Block]:
    """What fits better than the quick ask somebody was about to make, and the way to that anyway."""
    anyway = blocks.button(words.ASK_ANYWAY, draft_buttons.ASK, draft_id)
    form = form_for(text)
    talks = _talks(form, advice, draft_id)[: 1 + (advice.choice is Choice.SPRINT)]
    if advice.choice in (Choice.MENTORSHIP, Choice.SPONSOR):
        talks = [_for_months(advice.choice, draft_id)]
    return [
        blocks.section(words.before_asking(advice.choice, FORMS[form].title)),
        *reasons(advice),
        texts.reminder(text),
        *care,
        *blocks.actions(
            [*_first(talks), anyway, _others(form, draft_id), *_leave(draft_id)], block_id="doors"
        ),
        blocks.context(words.KEPT_UNTIL),
    ]


def _fitting(form: FormId, advice: Advice) -> str:
    """What fits; where the text shows nothing, that is said, and a guided talk comes first."""
    if advice.is_private:
        return words.PRIVATE_LIFE
    if advice.reasons:
        return words.fitting(advice.choice, FORMS[form].title)
    if form == "grow":
        return words.CANT_TELL
    return words.talk_may_fit(FORMS[form].title)


def also(advice: Advice) -> list[str]:
    """A line on what else fits a question that was asked, where that is clear; else nothing."""
    if not advice.is_clear:
        return []
    because = mrkdwn.listed([_because(reason.feature, reason.evidence) for reason in advice.reasons[:2]])
    return [words.also(advice.choice, because)]


def reasons(advice: Advice) -> list[Block]:
    """Why, in words, with the person's own words that show it."""
    said = [_because(reason.feature, reason.evidence) for reason in advice.reasons[:3]]
    return [blocks.context(words.because(mrkdwn.listed(said)))] if said else []


def _because(feature: TriageFeature, evidence: tuple[str, ...]) -> str:
    shown = ", ".join(mrkdwn.quoted(said) for said in evidence[:_QUOTED])
    because = words.BECAUSE[feature]
    return words.shown_by(because, shown) if shown else because


def _doors(form: FormId, advice: Advice, draft_id: str, taken: Choice | None) -> list[Element]:
    """Two ways to go, first the one taken last time or else advised; all others in a menu."""
    person = blocks.button(words.ASK_MENTOR, draft_buttons.CHANGE, draft_id)
    peer = blocks.button(words.PEER, PEER, draft_id)
    talk, other = _talks(form, advice, draft_id)
    best = taken or (advice.choice if advice.reasons and not advice.is_private else Choice.COACH)
    ways = [talk, person, other, peer] if best in _TALKED else [person, talk, other, peer]
    if best is Choice.PEER_COACH:
        ways = [peer, person, talk, other]
    first = [_for_months(best, draft_id)] if best in _FOR_MONTHS else []
    rest = [choice for choice in (Choice.MENTORSHIP, Choice.SPONSOR) if choice is not best]
    ways = [*first, *ways, *(_for_months(choice, draft_id) for choice in rest)]
    more = [*ways[_SHOWN:], *_other_talks(form, draft_id)]
    return [*_first(ways[:_SHOWN]), blocks.folded(more, words.MORE_WAYS), *_leave(draft_id)]


def _for_months(choice: Choice, draft_id: str) -> Element:
    return blocks.button(words.FOR_MONTHS[choice], _FOR_MONTHS[choice], draft_id)


def _talks(form: FormId, advice: Advice, draft_id: str) -> list[Element]:
    """The guided talk that fits best, and a sprint; the sprint first where that fits."""
    talk = blocks.button(FORMS[form].title, BEGIN, _value(form, draft_id))
    sprint = blocks.button(words.SPRINT, SPRINT, draft_id)
    return [sprint, talk] if advice.choice is Choice.SPRINT else [talk, sprint]


def _others(fitting: FormId, draft_id: str) -> Element:
    """A menu of the guided talks that fit less well."""
    return blocks.folded(_other_talks(fitting, draft_id), words.OTHER_TALK)


def _other_talks(fitting: FormId, draft_id: str) -> list[Element]:
    others = {name: form for name, form in FORMS.items() if name != fitting}
    return [blocks.button(form.title, BEGIN, _value(name, draft_id)) for name, form in others.items()]


def _value(form: FormId, draft_id: str) -> str:
    return f"{form} {draft_id}"


def chosen(value: str) -> tuple[FormId, str]:
    """Which guided talk was chosen, and the id of the draft that it is about."""
    return payload.words(tuple[FormId, Id], value)


def _first(ways: list[Element]) -> list[Element]:
    return [{**ways[0], "style": "primary"}, *ways[1:]]


def _leave(draft_id: str) -> list[Element]:
    return [draft_buttons.forget_button(draft_id)]


def stop(contacts: Iterable[Contact], *, is_quoted: bool = False) -> list[Block]:
    """What is said when life may be in danger; short, and nothing else beside it.

    *is_quoted*: somebody else may have written it.
    """
    return [blocks.section(words.STOP_QUOTED if is_quoted else words.STOP), *_contacts(contacts)]


def beside_a_report(finding: Finding, contacts: Iterable[Contact]) -> list[Block]:
    """Whom else to turn to where a report speaks of danger or distress, or nothing."""
    urgent = [blocks.section(words.EMERGENCY)] if finding.tier is Tier.STOP else []
    return [*urgent, *_contacts(contacts)] if finding.tier in (Tier.STOP, Tier.CARE) else []


def care(finding: Finding, contacts: Iterable[Contact]) -> list[Block]:
    """The quiet lines that go with a text of care, or nothing."""
    if finding.category in CONFIDENTIAL:
        return [blocks.context(words.careful(finding.category)), *_contacts(contacts)]
    if finding.tier is Tier.CARE:
        return [
            blocks.context(words.A_LOT),
            *_contacts(contacts),
        ]
    if finding.tier is Tier.PROFESSIONAL:
        return [blocks.context(words.professional(finding.category))]
    return []


def _contacts(contacts: Iterable[Contact]) -> list[Block]:
    lines = [(f"{contact.name}:", contact.how) for contact in contacts]
    return [blocks.lines(lines)] if lines else []
