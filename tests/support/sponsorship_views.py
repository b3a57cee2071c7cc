"""Every card, form and window of sponsorships, with a text wherever one can type."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_args

from make import NOW
from make_sponsorship import PROTEGE, SPONSOR, done, going, wish

from handlers.block_kit.picture import Picture
from handlers.sponsorships import act_form, card, form
from handlers.sponsorships.card import SponsorshipSight
from relationships.sponsorships.act import LADDER, LONGEST
from relationships.sponsorships.course import SILENCE_ENDS
from relationships.sponsorships.sponsorship import LONGEST as LONGEST_WISH
from relationships.sponsorships.sponsorship import LONGEST_LINE, UNANSWERED, End, Sponsorship
from relationships.sponsorships.suggestions import Acquainted

MONTH = timedelta(days=31)
CALLED = "Ada Lovelace"


def typed(text: str, most: int) -> str:
    """A text as long as it may be typed."""
    return text[:most].strip() or "x"


def lived(text: str) -> Sponsorship:
    """One that goes on, with as much in it as can be."""
    what, line = typed(text, LONGEST), " ".join(text.split())[:LONGEST_LINE].strip() or "x"
    it = going(id="S" * 40, wants=typed(text, LONGEST_WISH)).write_line(PROTEGE, line, NOW)
    for deed in [*LADDER] * 4:
        it = it.note(SPONSOR, done(deed, what=what), NOW)
    for number in range(1, 25):
        word = "no" if number % 7 == 0 else "yes"
        it = it.confirm(PROTEGE, number, word, NOW)  # type: ignore[arg-type]
    for number, outcome in ((1, "happened"), (2, "no"), (3, "pending")):
        it = it.come_to(PROTEGE, number, outcome, NOW)  # type: ignore[arg-type]
    return it


def open_ones(text: str) -> Iterator[Sponsorship]:
    """Yield those that are open, in every state, with all that can be asked."""
    said = typed(text, LONGEST_WISH)
    line = " ".join(text.split())[:LONGEST_LINE].strip()
    yield from (wish(by, said, line) for by in (PROTEGE, SPONSOR))
    full = lived(text)
    yield from (going(), going().ask_sponsor(NOW), full)
    yield full.offer_talk(SPONSOR, typed(text, LONGEST), NOW).ask_outcomes(NOW + MONTH)
    silent = full
    for _ in range(UNANSWERED):
        silent = silent.ask_sponsor(NOW)
    yield silent
    yield full.without_words_of_sponsor()


def every(text: str) -> Iterator[Sponsorship]:
    """Yield sponsorships in every state, ended in every way."""
    yield from open_ones(text)
    for by in (PROTEGE, SPONSOR):
        asked = wish(by, typed(text, LONGEST_WISH))
        yield from (asked.decline(asked.asked_id, NOW), asked.withdraw(by, NOW), asked.lapse(NOW))
        yield from (asked.close(end, NOW) for end in ("left", "line"))
    for end in get_args(End):
        yield from (each.close(end, NOW + SILENCE_ENDS) for each in (going(), lived(text)))


def sights() -> Iterator[SponsorshipSight]:
    """Yield how each of the two sees it."""
    for me in (SPONSOR, PROTEGE):
        for has_left in (False, True):
            yield SponsorshipSight(me, NOW, NOW.date() + MONTH * 12, has_left)


def pictures(text: str) -> Iterator[Picture]:
    """Yield every card."""
    for it in every(text):
        yield from (card.card(it, sight) for sight in sights())


def views(text: str) -> Iterator[dict[str, Any]]:
    """Yield every form and window."""
    what, today = typed(text, LONGEST), NOW.date()
    full = lived(text)
    line = full.brief
    yield form.form(form.Filling("c" * 40, "sponsor", SPONSOR, text, line, "d" * 20), "A note.")
    known = [Acquainted(who, times, True) for who, times in ((SPONSOR, 200), (PROTEGE, 1), (SPONSOR, 2))]
    yield form.form(form.Filling("c"), known=known)
    yield from (form.line(each) for each in (going(), full))
    empty = act_form.Filling(full.id, "c" * 40)
    yield act_form.form(empty, CALLED, today, chosen=False)
    filled = act_form.Filling(full.id, "c" * 40, "spoke", "many", today, what, ("advice", "alike"))
    for sure in (False, True):
        yield act_form.form(filled, CALLED, today, act_form.of_advice(filled, CALLED, is_sure=sure))
    yield act_form.form(filled, CALLED, today, act_form.of_alike(full.acts[0], today))
    for it in every(text):
        yield from (act_form.window(it, sight) for sight in sights())
