"""Which of the sprints that admins suggest fit a person, by their function and what they learn. Pure."""

from collections.abc import Sequence

from kernel.sprint_templates import SprintTemplate
from mentoring.model.person import Person


def fitting(templates: Sequence[SprintTemplate], person: Person | None) -> list[SprintTemplate]:
    """The suggestions for a person, best first: for their function, about what they learn, as listed.

    What is for other functions is left out where the person's is known.
    """
    function = _plain(person.function) if person and person.function else ""
    learns = set(person.learns) if person else set()
    fit = [it for it in templates if not function or not it.functions or _is_for(it, function)]
    return sorted(fit, key=lambda it: (not (function and _is_for(it, function)), it.topic not in learns))


def _is_for(template: SprintTemplate, function: str) -> bool:
    return function in map(_plain, template.functions)


def _plain(function: str) -> str:
    return " ".join(function.casefold().split())
