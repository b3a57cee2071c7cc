"""Exploring: a bounded, repeatable share goes to promising people without a record."""

from matching.exploring import explore
from matching.values import Lane, Match, Reason, ReasonKind


def match(helper_id: str, score: float, *kinds: ReasonKind) -> Match:
    return Match(helper_id, Lane.PEER, score, tuple(Reason(kind, score, {}) for kind in kinds))


KNOWN = match("U-known", 3.0, ReasonKind.ANSWERED)
NEW = match("U-new", 2.0, ReasonKind.TOPIC)
FAR = match("U-far", 0.5, ReasonKind.TOPIC)


def firsts(matches: list[Match], **settings: float) -> list[str]:
    return [explore(matches, f"R{n}", **settings)[0].helper_id for n in range(2000)]


def test_a_bounded_share_of_asks_begins_with_a_newcomer():
    share = firsts([KNOWN, NEW, FAR]).count("U-new") / 2000

    assert 0.03 < share < 0.07


def test_nobody_too_far_behind_and_nobody_known_is_moved():
    assert set(firsts([KNOWN, FAR, match("U-other", 2.9, ReasonKind.ACTIVE)], share=1.0)) == {"U-known"}


def test_the_others_keep_their_order_and_the_draw_can_be_replayed():
    moved = explore([KNOWN, FAR, NEW], "R1", share=1.0)

    assert [each.helper_id for each in moved] == ["U-new", "U-known", "U-far"]
    assert explore([KNOWN, FAR, NEW], "R1", share=1.0) == moved
    assert explore([], "R1") == []
