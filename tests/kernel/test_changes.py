"""Changes put together keep every part, in order."""

import make

from kernel.store import NONE, Changes, Key, Later, Never, Show, together
from mentoring.model.load import Load


def test_every_part_is_kept_in_order():
    one = Changes(put=[make.load("U1")], later=[Never("route", "R1")], show=[Show("request:R1", to="U1")])
    two = Changes(put=[make.load("U2")], drop=[Key(Load, "U3")], later=[Later("route", "R1", make.NOW)])

    both = together(one, NONE, two)

    assert [document.id for document in both.put] == ["U1", "U2"]
    assert both.drop == [Key(Load, "U3")]
    assert both.later == [Never("route", "R1"), Later("route", "R1", make.NOW)]
    assert both.show == [Show("request:R1", to="U1")]


def test_nothing_together_is_nothing():
    assert together() == together(NONE, NONE)
