"""A growth plan to take along: as Markdown, as JSON, and as a page that prints well."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from itertools import groupby

from handlers.block_kit import blocks, typed_text
from handlers.block_kit.picture import Picture, knock
from handlers.growth_plan import words, words_of_sharing
from kernel.desk import Desk
from kernel.store import Key
from kernel.values import PersonId
from kernel.working_hours import local_day
from mentoring.model.person import Person
from relationships.growth_plan.goal import Goal, StepToGoal
from relationships.growth_plan.goals import goals_of, lines_since
from relationships.growth_plan.growth_plan import MOST_PARTS, Format, GrowthPlan, part_of, plan_of
from relationships.growth_plan.served import Served
from relationships.growth_plan.shared_version import SharedVersion
from relationships.growth_plan.sharing import shared_by

PER_MESSAGE = 8 * blocks.VERBATIM  # characters of one part of an export that comes as messages
_STYLE = (
    "body{font:11pt/1.45 Georgia,serif;max-width:42em;margin:2em auto;padding:0 1em;color:#111}"
    "h1,h2,h3{font-family:system-ui,sans-serif;line-height:1.2}h2{border-top:1px solid #999;padding-top:.6em}"
    "h2,h3,li{break-inside:avoid}h2,h3{break-after:avoid}.s{color:#555;font-size:10pt}"
    "@page{margin:2cm}@media print{body{margin:0;max-width:none}}"
)


@dataclass(frozen=True, slots=True)
class Whole:
    """All of a plan, as it is exported: days are those of *zone*."""

    plan: GrowthPlan
    goals: Sequence[Goal]
    served: Sequence[Served]
    shared: Sequence[SharedVersion]
    zone: str
    now: datetime

    @property
    def today(self) -> date:
        """Which day it is where the plan's owner is."""
        return local_day(self.now, self.zone)

    def of(self, goal: Goal) -> list[Served]:
        """What served a goal, newest first."""
        return [it for it in self.served if it.goal_id == goal.id]


async def whole(desk: Desk, me: PersonId, now: datetime) -> Whole:
    """All of somebody's plan."""

    async def at_once() -> tuple[GrowthPlan, Person | None]:
        return await desk.store.look(
            lambda read: (plan_of(read, me, now), read.find(Person, me)),
            load=[Key(GrowthPlan, me), Key(Person, me)],
        )

    plan, person = await at_once()
    goals, shared = await goals_of(desk, me), await shared_by(desk, me)
    served = await lines_since(desk, me, datetime.min.replace(tzinfo=now.tzinfo))
    return Whole(plan, goals, served, shared, person.zone if person else "UTC", now)


def file_name(format: Format, today: date) -> str:
    """What a file with an export is called."""
    return f"growth-plan-{today.isoformat()}.{format}"


def rendered(it: Whole, format: Format) -> str:
    """A plan as text of a format."""
    return {"md": markdown, "json": as_json, "html": page}[format](it)


def markdown(it: Whole) -> str:
    """A plan as Markdown; what was typed stands in it as it is, on lines of its own."""
    return "\n".join(_markdown(it)) + "\n"


def _markdown(it: Whole) -> Iterator[str]:
    yield f"# {words_of_sharing.PLAN_TITLE}"
    yield f"\n{_as_of(it)}"
    for goal in it.goals:
        yield f"\n## {_bare(goal.title)}"
        yield f"\n{_facts(goal, it)}"
        yield from (f"\n**{label}** {_bare(text)}" for label, text in _said(goal) if text)
        if goal.steps:
            yield f"\n### {words_of_sharing.STEPS_HEAD}\n"
            yield from (
                f"- [{'x' if step.state == 'done' else ' '}] {_bare(step.text)}" for step in _steps(goal)
            )
        for month, lines in _by_month(it.of(goal), it.zone):
            yield f"\n### {month}\n"
            yield from (f"- {_bare(words.line(line, it.zone, it.today))}" for line in lines)
        if goal.wordings:
            yield f"\n### {words_of_sharing.BEFORE_HEAD}\n"
            yield from (
                words_of_sharing.before_line(words.local(old.until, it.zone, it.today), _bare(old.title))
                for old in goal.wordings
            )


def as_json(it: Whole) -> str:
    """A plan as JSON: all that is stored of it."""
    goals = [
        {**goal.model_dump(mode="json"), "served": [line.model_dump(mode="json") for line in it.of(goal)]}
        for goal in it.goals
    ]
    data = {
        "made_at": it.now.isoformat(),
        "zone": it.zone,
        "goals": goals,
        "shared": [shared.model_dump(mode="json", exclude={"goals"}) for shared in it.shared],
        "exports": [noted.model_dump(mode="json") for noted in it.plan.exports],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def page(it: Whole) -> str:
    """A plan as a page that prints well and loads nothing; nothing that was typed is markup in it."""
    body = "\n".join(_page(it))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{words_of_sharing.PLAN_TITLE}</title><style>{_STYLE}</style></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    )


def _page(it: Whole) -> Iterator[str]:
    yield f"<h1>{words_of_sharing.PLAN_TITLE}</h1>"
    yield f'<p class="s">{_as_of(it)}</p>'
    for goal in it.goals:
        yield f"<h2>{_html(goal.title)}</h2>"
        yield f'<p class="s">{_html(_facts(goal, it))}</p>'
        yield from (f"<p><b>{label}</b> {_html(text)}</p>" for label, text in _said(goal) if text)
        if goal.steps:
            yield f"<h3>{words_of_sharing.STEPS_HEAD}</h3>"
            yield _list(f"{'☑' if step.state == 'done' else '☐'} {step.text}" for step in _steps(goal))
        for month, lines in _by_month(it.of(goal), it.zone):
            yield f"<h3>{month}</h3>"
            yield _list(words.line(line, it.zone, it.today) for line in lines)
        if goal.wordings:
            yield f"<h3>{words_of_sharing.BEFORE_HEAD}</h3>"
            yield _list(
                words_of_sharing.before_item(words.local(old.until, it.zone, it.today), old.title)
                for old in goal.wordings
            )


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{_html(line)}</li>' for line in lines)}</ul>"


def _as_of(it: Whole) -> str:
    return words_of_sharing.as_of(words.day(it.today, it.today), it.today.year)


def _facts(goal: Goal, it: Whole) -> str:
    ended = words.local(goal.ended_at, it.zone, it.today) if goal.ended_at else ""
    state = " ".join(filter(None, [words.ENDED[goal.state], ended]))
    parts = [state, words_of_sharing.set_on(words.local(goal.set_at, it.zone, it.today)), words.steps(goal)]
    by = words_of_sharing.by_day(words.day(goal.by, it.today)) if goal.by else ""
    return " · ".join(filter(None, [*parts, by, words.by_kind(line.what for line in it.of(goal))]))


def _said(goal: Goal) -> list[tuple[str, str]]:
    return [(words_of_sharing.WHY_LABEL, goal.why), (words_of_sharing.KNOW_LABEL, goal.sign)]


def _steps(goal: Goal) -> list[StepToGoal]:
    return [it for it in goal.steps if it.state != "dropped"]


def _by_month(lines: Sequence[Served], zone: str) -> Iterator[tuple[str, list[Served]]]:
    for month, group in groupby(lines, key=lambda it: words.month(it.on, zone)):
        yield month, list(group)


def _bare(text: str) -> str:
    """What was typed on one line, its hidden characters named."""
    return " ".join(typed_text.visible(text).split())


def _html(text: str) -> str:
    return escape(_bare(text))


def parts(text: str) -> list[str]:
    """An export in as many pieces as it needs messages, at most as many as one may have."""
    seen = typed_text.visible(text)
    pieces = [seen[start : start + PER_MESSAGE] for start in range(0, len(seen), PER_MESSAGE)]
    return pieces[: MOST_PARTS - 1]


def message(number: int, it: Whole) -> Picture | None:
    """One message of an export, by the number of its card; the first says that it comes."""
    last, part = it.plan.exported, number % MOST_PARTS
    if number // MOST_PARTS != last or not it.plan.exports:
        return None
    noted = it.plan.exports[-1]
    if part == 0:
        said = blocks.section(words_of_sharing.EXPORT_CARD)
        return knock(f"export:{number}", [said], closing="")
    pieces = parts(rendered(it, readable(noted.format)))
    if part > len(pieces):
        return None
    return knock(f"export:{part_of(last, part)}", blocks.verbatim(pieces[part - 1]), closing="")


def readable(format: Format) -> Format:
    """What is sent as messages where a file was wanted: of a page, its text."""
    return "md" if format == "html" else format
