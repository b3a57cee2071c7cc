"""Everything that growth plans can show, in states nobody hopes for, and the values that it is drawn from."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_args

from make import ADA, ASKER, DAY, NOW

from coaching.guide.turn import GUIDE, ActionPlan, PlannedAction
from coaching.plans.two_weeks import Action, TwoWeeks
from handlers.block_kit.picture import Picture
from handlers.growth_plan import export, form, questions_card, share_form, window
from handlers.growth_plan.export import Whole
from handlers.growth_plan.window import PlanWindow, ServedPage, Thing
from relationships.growth_plan.goal import Goal, State, StepToGoal, Wording
from relationships.growth_plan.growth_plan import (
    AnsweredSuggestion,
    GrowthPlan,
    Looked,
    PlanExport,
    SuggestedSource,
    part_of,
)
from relationships.growth_plan.look_back import Looking
from relationships.growth_plan.served import Served, What
from relationships.growth_plan.shared_version import (
    Change,
    SharedVersion,
    changes_since,
    frozen,
)

ZONE = "Europe/Berlin"
ID = "g" * 20
WHATS = get_args(What)


def goal(text: str = "Read query plans", number: int = 0, **changed: Any) -> Goal:
    said = {"title": text[:150] or "…", "why": text[:600], "sign": text[:300]}
    steps = tuple(
        StepToGoal(
            number=index,
            text=text[:300] or "…",
            state=state,
            made_at=NOW,
            done_at=NOW if index == 1 else None,
        )
        for index, state in enumerate(("open", "done", "dropped", "open", "open", "open", "open"))
    )
    wordings = tuple(Wording(**said, by=NOW.date(), until=NOW) for _ in range(20))
    full = {
        "id": f"{ID}{number}",
        "person_id": ASKER,
        **said,
        "by": NOW.date() + 400 * DAY,
        "set_at": NOW - 100 * DAY,
        "touched_at": NOW - 95 * DAY,
        "steps": steps,
        "wordings": wordings,
        "reworded": 23,
    }
    return Goal(**{**full, **changed})


def served(text: str = "How?", goal_id: str = f"{ID}0", number: int = 0, **changed: Any) -> Served:
    what = WHATS[number % len(WHATS)]
    full = {
        "id": f"{goal_id}.{what}-{number}",
        "person_id": ASKER,
        "goal_id": goal_id,
        "what": what,
        "ref": f"{what}-{number}",
        "title": text[:150],
        "on": NOW - number * 9 * DAY,
        "added_at": NOW,
    }
    return Served(**{**full, **changed})


def in_every_state(text: str) -> list[Goal]:
    ended = {"ended_at": NOW}
    states: tuple[State, ...] = ("reached", "let_go")
    over = [goal(text, 3 + number, state=states[number % 2], **ended) for number in range(30)]
    return [goal(text, 0), goal(text, 1, by=None, steps=(), wordings=(), reworded=0), goal(text, 2), *over]


def suggested(text: str) -> tuple[SuggestedSource, ...]:
    return tuple(
        SuggestedSource(
            goal_id=f"{ID}{number % 3}", what=what, ref=f"{what}-{'r' * 40}", title=text[:150], on=NOW
        )
        for number, what in enumerate(WHATS)
    )


def plan(text: str, **changed: Any) -> GrowthPlan:
    exports = tuple(PlanExport(at=NOW, format=format_) for format_ in ("md", "json", "html") * 10)
    looked = Looked(number=1, at=NOW, goals=tuple(f"{ID}{number}" for number in range(3)))
    answered = AnsweredSuggestion(thing=suggested(text)[0], at=NOW, serves=True)
    full = {
        "id": ASKER,
        "begun_at": NOW,
        "open": looked.goals,
        "suggested": suggested(text),
        "answered": answered,
    }
    return GrowthPlan(**{**full, "exports": exports, "exported": 30, "looked": looked, **changed})


def shared_versions(text: str) -> list[SharedVersion]:
    goals = in_every_state(text)[:10]
    lines = [served(text, number=number) for number in range(100)]
    said = {"owner_id": ASKER, "shared_at": NOW, "until": NOW + 30 * DAY}
    full = SharedVersion(
        id="s" * 20,
        reader_id=ADA,
        goals=tuple(frozen(each, lines) for each in goals),
        with_history=True,
        **said,
    )
    return [
        full,
        full.open_at(NOW).open_at(NOW + DAY),
        full.end(NOW),
        full.end(NOW).unnamed(),
        full.model_copy(update={"goals": full.goals[:1], "shared_at": NOW + DAY}),
    ]


def boards(text: str) -> Iterator[PlanWindow]:
    goals, lines = in_every_state(text), dict.fromkeys((f"{ID}{number}" for number in range(3)), WHATS * 9)
    action = Action(behaviour=text[:2000] or "…", cue=text[:2000] or "…", evidence="…", on=NOW.date())
    two_weeks = TwoWeeks(
        id="p" * 20, person_id=ASKER, goal=text[:500], actions=(action,) * 6, state="going", made_at=NOW
    )
    linked = [goals[0].model_copy(update={"plans": (two_weeks.id,)}), *goals[1:]]
    shared = shared_versions(text) * 4
    yield PlanWindow(plan(text), (), NOW, ZONE)
    yield PlanWindow(plan(text, unheeded=2), linked, NOW, ZONE, lines, [two_weeks] * 9, (), shared)
    yield PlanWindow(plan(text, suggested=()), goals[3:], NOW, ZONE)


def looks(text: str) -> Iterator[Looking]:
    goals, lines = tuple(in_every_state(text)[:3]), tuple(served(text, number=number) for number in range(40))
    asked = plan(text)
    for it in (asked, asked.answer(f"{ID}0", NOW), asked.skip(NOW)):
        yield Looking(it, goals, lines)
        yield Looking(it, goals, ())


def pictures(text: str) -> Iterator[Picture]:
    today = NOW.date()
    for it in (*in_every_state(text)[:5], goal(text, by=None)):
        asked = it.model_copy(update={"asked_on": today - 7 * DAY})
        for each in (asked, asked.model_copy(update={"by": asked.asked_on}), it):
            yield from filter(None, [questions_card.day(each, today)])
    yield from (questions_card.look_back(look, ZONE) for look in looks(text))
    for shared in (version for version in shared_versions(text) if version.reader_id):
        for has_left in (True, False):
            yield from filter(None, [share_form.card(shared, ADA, has_left=has_left)])
    for format in ("md", "json", "html"):
        whole = whole_plan(text, exports=(PlanExport(at=NOW, format=format),), exported=1)
        yield from filter(None, (export.message(part_of(1, part), whole) for part in range(4)))


def whole_plan(text: str, **changed: Any) -> Whole:
    goals, lines = in_every_state(text), [served(text, f"{ID}{number % 3}", number) for number in range(60)]
    return Whole(plan(text, **changed), goals, lines, shared_versions(text), ZONE, NOW)


def views(text: str) -> Iterator[dict[str, Any]]:
    for board in boards(text):
        yield window.goals(board)
        yield share_form.form(board, "c" * 20) if board.goals else share_form.exports()
        filled = share_form.Filled("c" * 20, reader=ADA, also=(share_form.WITH_HISTORY,))
        if board.goals:
            yield share_form.preview(board, filled, shared_versions(text)[0].goals)
        yield share_form.seen(board, {ADA: True})
        yield share_form.seen(board, {})
        lines = [served(text, number=each) for each in range(20)]
        for number, has_more in ((0, False), (0, True), (3, True)):
            yield window.history(ServedPage(lines if board.goals else (), number, has_more), board)
        for inside, best in ((frozenset[str](), f"{ID}0"), (frozenset({f"{ID}0"}), "")):
            said = f"your talk {text[:150]}"
            yield window.which(
                Thing(f"talk {'t' * 40}", "talk", f"talk-{'t' * 40}", said, inside, best), board
            )
    for it in in_every_state(text)[:4]:
        yield window.wordings(it, ZONE, NOW.date())
        yield form.change(it, "c" * 20)
        yield form.step(it, "c" * 20)
        yield from (form.change_step(it, step, "c" * 20) for step in it.open_steps[:1])
        yield from (form.step_day(it, step, "c" * 20) for step in it.open_steps[:1])
        yield form.forget(it, "c" * 20)
        action = PlannedAction(
            behaviour=text[:600] or "…", cue=text[:600] or "…", evidence="…", on=NOW.date()
        )
        yield form.two_weeks(it, ActionPlan(actions=(action,) * 6, by=GUIDE), NOW.date(), "c" * 20)
    yield form.new("c" * 20, thing=f"talk {'t' * 40}")
    yield form.new("c" * 20, said=text[:300])
    yield share_form.on_its_way()
    first, *_, last = shared_versions(text)
    later = [*changes_since(first, last), *changes_since(last, first)]
    more = [Change(about="day", title=text[:150], by=day) for day in (NOW.date(), None)]
    for changes in (None, [], [*later, *more]):
        yield share_form.reading(first, changes, NOW + timedelta(hours=1), ZONE)
