"""Learning anew: what is written down of a study, what is not, and when it is done again."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime

from kernel.desk import Desk
from kernel.store import NONE, Changes, Due, Key, Later, Snapshot, together
from matching.learning.memory import pack
from mentoring.learning.training_result import FEWEST_ASKS, FEWEST_OUTCOMES, Study
from mentoring.model.learned import LEARNING, RELEARN, Came, Learning, Piece, later, next_night

PIECE = 400_000


def packed(study: Study) -> list[str]:
    """The memory of a study as texts of a bearable length; none where nothing was learned."""
    if not (study.ranks or study.guesses):
        return []
    text = b64encode(pack(study.memory)).decode()
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


async def keep(
    desk: Desk, study: Study, texts: Sequence[str], now: datetime, due: Due | None = None
) -> Learning:
    """Write down what was learned up to *now*, in the place of what was; newer learning is left as it is."""
    night = await _next_night(desk, now)

    def decide(read: Snapshot) -> tuple[Learning, Changes]:
        before = read.find(Learning, LEARNING) or Learning()
        if before.until is not None and before.until > now:
            return before, NONE
        learning = _learned(before, study, len(texts), now).model_copy(update={"next_at": night})
        pieces = [Piece(id=key.id, text=text) for key, text in zip(learning.keys, texts, strict=True)]
        return learning, together(_instead(read, before, learning), Changes(put=pieces))

    return await desk.store.commit(decide, load=[Key(Learning, LEARNING)], due=due)


async def skip(desk: Desk, why: Came, now: datetime, due: Due | None = None) -> Learning:
    """Learn nothing this time, and say why; what was learned before is forgotten."""
    night = await _next_night(desk, now)

    def decide(read: Snapshot) -> tuple[Learning, Changes]:
        before = read.find(Learning, LEARNING) or Learning()
        learning = Learning(version=before.version + 1, came=why, tried_at=now, next_at=night)
        return learning, _instead(read, before, learning)

    return await desk.store.commit(decide, load=[Key(Learning, LEARNING)], due=due)


async def put_off(desk: Desk, until: datetime, due: Due | None = None) -> None:
    """Learn a little later."""
    await desk.store.commit(lambda _: (None, Changes(later=[Later(RELEARN, LEARNING, until)])), due=due)


async def is_worth_it(desk: Desk) -> bool:
    """Whether there can be enough to learn from, at a glance."""
    talks, asks = await desk.store.count("talks-ended"), await desk.store.count("requests")
    return talks >= FEWEST_OUTCOMES or asks >= FEWEST_ASKS


def _learned(before: Learning, study: Study, pieces: int, now: datetime) -> Learning:
    fitted = study.refit
    return Learning(
        version=before.version + 1,
        pieces=pieces,
        came="learned" if pieces else "too_few",
        tried_at=now,
        until=now,
        asks=study.asks,
        outcomes=study.outcomes,
        ranks=study.ranks,
        guesses=study.guesses,
        is_refitted=fitted is not None and fitted.is_new,
        before=fitted.before if fitted else None,
        after=fitted.after if fitted else None,
    )


async def _next_night(desk: Desk, now: datetime) -> datetime | None:
    """When to learn again; None where no request is left to learn from."""
    return next_night(now, desk.store.workspace) if await desk.store.count("requests") else None


def _instead(read: Snapshot, before: Learning, learning: Learning) -> Changes:
    """What goes with a document in the place of another, whose memory goes."""
    gone = [key for key in before.keys if read.find(key.type, key.id) is not None]
    return Changes(put=[learning], drop=gone, later=[later(learning)])
