"""What the app says about which kind of help fits, and when a person is what is needed. Only words."""

from collections.abc import Iterable

from coaching.forms import FORMS
from coaching.guide.form_selection import form_for
from coaching.language.form import FormId
from handlers.block_kit import blocks, draft_buttons, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id
from kernel.policy import Contact
from sensing.safety.safety import CONFIDENTIAL, Category, Finding, Tier
from sensing.triage.triage import Advice, Choice, TriageFeature

BEGIN = "coach.begin"
OTHER = "coach.other"
SPRINT = "coach.sprint"
PEER = "peer.begin"
MENTOR = "mentor.begin"
SPONSOR = "sponsor.begin"
REVERSE = "reverse.begin"

_FITS = {
    Choice.ASK: "a quick question to a colleague seems to fit best",
    Choice.COACH: "thinking it through seems to fit best",
    Choice.SPRINT: "a few weeks of practice seem to fit best",
    Choice.PEER_COACH: "coaching each other with somebody in the same place seems to fit best",
    Choice.MENTORSHIP: "a mentor seems to fit best: somebody who has been there, over a longer time",
    Choice.REVERSE: "somebody earlier in their career seems to fit best: they know this first-hand",
    Choice.SPONSOR: "a sponsor seems to fit best: somebody who speaks for you when you are not in the room",
}
_BECAUSE = {
    TriageFeature.FACT_WANTED: "somebody can simply tell you",
    TriageFeature.BROKEN_THING: "something isn't working",
    TriageFeature.SOMEONE_WHO_KNOWS: "you are looking for somebody who knows",
    TriageFeature.URGENT: "it is urgent",
    TriageFeature.OWN_DECISION: "the decision is your own",
    TriageFeature.STUCK_INSIDE: "something keeps holding you back",
    TriageFeature.HARD_TALK: "a hard conversation lies ahead",
    TriageFeature.WANTS_COACHING: "you ask for coaching",
    TriageFeature.SKILL_TO_BUILD: "you want to build a skill",
    TriageFeature.PRACTICE: "it takes practice",
    TriageFeature.WEEKS: "it takes a few weeks",
    TriageFeature.SAME_GROUND: "you are looking for people in the same place",
    TriageFeature.MUTUAL: "you want to help each other",
    TriageFeature.CAREER: "it is about your career",
    TriageFeature.LONG_HORIZON: "it is about the long run",
    TriageFeature.EXPERIENCE_WANTED: "you want to hear from experience",
    TriageFeature.WANTS_MENTOR: "you ask for a mentor",
    TriageFeature.JUNIORS_KNOW: "people earlier in their careers know it best",
    TriageFeature.NEW_WAYS: "it is about new ways of working",
    TriageFeature.VISIBILITY: "you want to be seen",
    TriageFeature.SPOKEN_FOR: "you want somebody to speak for you",
    TriageFeature.PASSED_OVER: "you were passed over",
    TriageFeature.SENIOR_ASKING: "you are a senior yourself",
    TriageFeature.WORDING: "your words point that way",
}
_FOUND_BY = {
    Choice.MENTORSHIP: "`/coach-me mentor` finds one",
    Choice.SPONSOR: "`/coach-me sponsor` asks one",
    Choice.REVERSE: "`/coach-me reverse` finds one for a few months",
}
# Ways that last for months, in the order in which they are offered.
_FOR_MONTHS = {
    Choice.MENTORSHIP: ("Find a long-term mentor", MENTOR),
    Choice.SPONSOR: ("Ask for a sponsor", SPONSOR),
    Choice.REVERSE: ("Learn from a junior colleague", REVERSE),
}
_QUOTED = 2
_TALKED = frozenset({Choice.COACH, Choice.SPRINT})
_LAST_TIME = "Last time you asked a person instead, so that comes first."
_ALONE = "Only you see this, and you choose. A script read your words; no AI model did, and no person."
_WAYS = (
    "A guided talk asks you one question at a time, for up to ten minutes. A sprint is a few weeks of "
    "practice. To coach each other, you are paired with somebody at your level. A mentor answers questions; "
    "a long-term mentor talks with you for a few months; a sponsor speaks for you where you aren't."
)
_CAREFUL = {
    Category.VIOLENCE: "violence",
    Category.HARASSMENT: "harassment",
    Category.DISCRIMINATION: "discrimination",
}
_PROFESSIONAL = {
    Category.LEGAL: "a legal question",
    Category.MEDICAL: "a medical question",
    Category.IMMIGRATION: "a question of immigration law",
    Category.PAY: "a question of pay",
}
_NOBODY_KNOWS = "This answer is automated. Nobody has been told, and I keep none of"
_EMERGENCY = "If you or somebody else may be in danger, please call your local emergency number now."
_STOP = (
    "*What you wrote sounds serious. Please talk to a person about it now, not to an app.* "
    f"{_NOBODY_KNOWS} what you wrote. {_EMERGENCY}"
)
_STOP_QUOTED = (
    "*What this message says sounds serious. Please talk to a person about it now, not to an app.* "
    f"{_NOBODY_KNOWS} it. If whoever wrote it may be in danger, please call your local emergency number now, "
    "and stay with them if you can."
)


_PRIVATE = (
    "This doesn't sound like a question about work, so a friend may be the better one to ask. You can still "
    "think it through here, for yourself."
)
PRIVATE = (
    "This doesn't sound like a question about work, so colleagues may not be able to help. "
    "`/coach-me` helps you think it through for yourself."
)
_OFF = (
    "*Guided talks are switched off here.* An admin switches them on by naming, under `support:` in "
    "`manifest.yml`, at least one person or service to turn to in need. I can find you a colleague."
)


def switched_off(instead: Element) -> list[Block]:
    """Return that there are no guided talks, sprints and plans here, and what there is instead."""
    return [blocks.section(_OFF), *blocks.actions([instead])]


def advised(
    draft_id: str, text: str, advice: Advice, care: list[Block], taken: Choice | None = None
) -> list[Block]:
    """Return which kind of help fits a text, why, and the doors to each; first what was *taken* last time."""
    is_last, form = taken is Choice.ASK and advice.choice in _TALKED, form_for(text)
    return [
        *care,
        blocks.section(f"*{_fitting(form, advice)}*"),
        *((not advice.is_private and reasons(advice)) or [blocks.context(_WAYS)]),
        texts.reminder(text),
        *blocks.actions(_doors(form, advice, draft_id, taken), block_id="doors"),
        *([blocks.context(_LAST_TIME)] if is_last else []),
        blocks.context(_ALONE),
    ]


def with_care(draft_id: str, text: str, care: list[Block]) -> list[Block]:
    """Return whom to turn to with a burden, or with what colleagues should not get first; no way is urged."""
    think = blocks.button(FORMS["grow"].title, BEGIN, _value("grow", draft_id))
    person = blocks.button("Ask a mentor", draft_buttons.CHANGE, draft_id)
    return [
        *care,
        texts.reminder(text),
        *blocks.actions([think, person, *_leave(draft_id)], block_id="doors"),
        blocks.context(_ALONE),
    ]


def instead(draft_id: str, text: str, advice: Advice, care: list[Block]) -> list[Block]:
    """Return what fits better than the quick ask somebody was about to make, and the way to that anyway."""
    anyway = blocks.button("Ask a mentor anyway", draft_buttons.ASK, draft_id)
    form = form_for(text)
    talks = _talks(form, advice, draft_id)[: 1 + (advice.choice is Choice.SPRINT)]
    if advice.choice in (Choice.MENTORSHIP, Choice.SPONSOR):
        talks = [_for_months(advice.choice, draft_id)]
    return [
        blocks.section(f"*Before I ask anyone: {_FITS[advice.choice]}.*"),
        *reasons(advice),
        texts.reminder(text),
        *care,
        *blocks.actions(
            [*_first(talks), anyway, _others(form, draft_id), *_leave(draft_id)], block_id="doors"
        ),
        blocks.context(
            "Your question is kept until you choose. If you ask anyway, I won't stop you again. "
            "`/coach-me` knows more ways."
        ),
    ]


def _fitting(form: FormId, advice: Advice) -> str:
    """Return what fits; where the text shows nothing, that is said, and a guided talk comes first."""
    if advice.is_private:
        return _PRIVATE
    if advice.reasons:
        return f"{_sentence(_FITS[advice.choice])}."
    if form == "grow":
        return "I can't tell from this what fits best. Which of these feels right?"
    return f"A guided talk may fit best: {FORMS[form].title.lower()}."


def also(advice: Advice) -> list[str]:
    """Return a line on what else fits a question that was asked, where that is clear; else nothing."""
    if not advice.is_clear:
        return []
    because = mrkdwn.listed([_because(reason.feature, reason.evidence) for reason in advice.reasons[:2]])
    way = _FOUND_BY.get(advice.choice, "`/coach-me` shows every way")
    return [f"{_sentence(_FITS[advice.choice])}, because {because}. {way}."]


def reasons(advice: Advice) -> list[Block]:
    """Return why, in words, with the person's own words that show it."""
    said = [_because(reason.feature, reason.evidence) for reason in advice.reasons[:3]]
    return [blocks.context(f"Because {mrkdwn.listed(said)}.")] if said else []


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _because(feature: TriageFeature, evidence: tuple[str, ...]) -> str:
    shown = ", ".join(mrkdwn.quoted(words) for words in evidence[:_QUOTED])
    return f"{_BECAUSE[feature]} ({shown})" if shown else _BECAUSE[feature]


def _doors(form: FormId, advice: Advice, draft_id: str, taken: Choice | None) -> list[Element]:
    """Return the ways to go, the one taken last time or else advised first; other guided talks in a menu."""
    person = blocks.button("Ask a mentor", draft_buttons.CHANGE, draft_id)
    peer = blocks.button("Coach each other", PEER, draft_id)
    talks = _talks(form, advice, draft_id)
    best = taken or (advice.choice if advice.reasons and not advice.is_private else Choice.COACH)
    ways = [*talks, peer, person] if best in _TALKED else [person, *talks, peer]
    if best is Choice.PEER_COACH:
        ways = [peer, person, *talks]
    first = [_for_months(best, draft_id)] if best in _FOR_MONTHS else []
    rest = [choice for choice in (Choice.MENTORSHIP, Choice.SPONSOR) if choice is not best]
    ways = [*first, *ways, *(_for_months(choice, draft_id) for choice in rest)]
    return [*_first(ways), _others(form, draft_id), *_leave(draft_id)]


def _for_months(choice: Choice, draft_id: str) -> Element:
    label, action = _FOR_MONTHS[choice]
    return blocks.button(label, action, draft_id)


def _talks(form: FormId, advice: Advice, draft_id: str) -> list[Element]:
    """Return the guided talk that fits best, and a sprint; the sprint first where that fits."""
    talk = blocks.button(FORMS[form].title, BEGIN, _value(form, draft_id))
    sprint = blocks.button("Plan a skill sprint", SPRINT, draft_id)
    return [sprint, talk] if advice.choice is Choice.SPRINT else [talk, sprint]


def _others(fitting: FormId, draft_id: str) -> Element:
    """Return a menu of the guided talks that fit less well."""
    others = [
        blocks.option(form.title, _value(name, draft_id)) for name, form in FORMS.items() if name != fitting
    ]
    return {**blocks.menu(others, placeholder="Another guided talk"), "action_id": OTHER}


def _value(form: FormId, draft_id: str) -> str:
    return f"{form} {draft_id}"


def chosen(value: str) -> tuple[FormId, str]:
    """Return which guided talk was chosen, and the id of the draft that it is about."""
    return payload.words(tuple[FormId, Id], value)


def _first(ways: list[Element]) -> list[Element]:
    return [{**ways[0], "style": "primary"}, *ways[1:]]


def _leave(draft_id: str) -> list[Element]:
    return [draft_buttons.forget_button(draft_id)]


def stop(contacts: Iterable[Contact], *, is_quoted: bool = False) -> list[Block]:
    """Return what is said when life may be in danger; short, and nothing else beside it.

    *is_quoted*: somebody else may have written it.
    """
    return [blocks.section(_STOP_QUOTED if is_quoted else _STOP), *_contacts(contacts)]


def beside_a_report(finding: Finding, contacts: Iterable[Contact]) -> list[Block]:
    """Return whom else to turn to where a report speaks of danger or distress, or nothing."""
    urgent = [blocks.section(_EMERGENCY)] if finding.tier is Tier.STOP else []
    return [*urgent, *_contacts(contacts)] if finding.tier in (Tier.STOP, Tier.CARE) else []


def care(finding: Finding, contacts: Iterable[Contact]) -> list[Block]:
    """Return the quiet lines that go with a text of care, or nothing."""
    if finding.category in CONFIDENTIAL:
        words = (
            f"This sounds like {_CAREFUL[finding.category]}, and that belongs with people who can act on it "
            "in confidence. I give no advice on it, and no colleague sees it unless you send it to one."
        )
        return [blocks.context(words), *_contacts(contacts)]
    if finding.tier is Tier.CARE:
        return [
            blocks.context("That sounds like a lot. You don't have to carry it alone."),
            *_contacts(contacts),
        ]
    if finding.tier is Tier.PROFESSIONAL:
        subject = _PROFESSIONAL[finding.category]
        words = f"This looks like {subject}, so I give no advice on it. I can help you prepare what to ask."
        return [blocks.context(words)]
    return []


def _contacts(contacts: Iterable[Contact]) -> list[Block]:
    lines = [(f"{contact.name}:", contact.how) for contact in contacts]
    return [blocks.lines(lines)] if lines else []
