"""What mentoring programmes bring: what is stored, what is done later, and what of it is whose."""

from collections.abc import Mapping, Sequence
from typing import Any

from kernel.desk import Desk
from kernel.features import Exported, Feature
from kernel.store import EVERY
from kernel.values import PersonId
from relationships.cohorts import answers, leaving
from relationships.cohorts.programme import (
    ANSWERS,
    ANSWERS_HEARD,
    FORGET_PROGRAMME,
    LISTED_PAIRS,
    PROGRAMME_LIST,
    PROGRAMME_WORK,
    AtWork,
    NotPairable,
    OpenProgrammes,
    Programme,
)
from relationships.cohorts.sign_up import SIGN_UPS, SignUp


async def _mine(desk: Desk, me: PersonId) -> Sequence[str]:
    """Find the programmes that a person takes part in."""
    ids = await desk.store.ids(SIGN_UPS.of(me), limit=EVERY)
    signed = await desk.store.look(lambda read: read.all(SignUp, ids))
    return list(dict.fromkeys(it.programme_id for it in signed))


def _own_pairs(programme: Programme, me: PersonId) -> Mapping[str, Any]:
    """The pairs of one person that were proposed to them."""
    mine = [it for it in programme.proposed if me in it.two]
    return {"proposed": [it.model_dump(mode="json", include={"mentee_id", "mentor_id", "at"}) for it in mine]}


FEATURE = Feature(
    name="programmes",
    documents=(Programme, SignUp, OpenProgrammes),
    cards=(ANSWERS, LISTED_PAIRS),
    agenda={FORGET_PROGRAMME: leaving.forget, ANSWERS_HEARD: answers.hear},
    by_program=(PROGRAMME_WORK, PROGRAMME_LIST),
    errors=(AtWork, NotPairable),
    belongings={SIGN_UPS: SignUp},
    partings=(leaving.step_out,),
    exports=(
        Exported(name="programme", document=Programme, found=_mine, only=("id", "name"), also=_own_pairs),
    ),
    left_out={OpenProgrammes: "it names programmes, and no person"},
)
