"""The guided talks that people can choose, each a file beside this module: steps, wordings, branches."""

from collections.abc import Iterator, Mapping
from typing import get_args

from coaching.data import BadData, Data, Sentence, Table, read
from coaching.language.form import END, LAST, Form, FormId, Step


class _Steps(Data):
    steps: tuple[Step, ...]


class FormFile(_Steps):
    """A form's file; *ends_with* names the steps of `ending.toml` that follow its own."""

    title: Sentence
    for_what: Sentence
    minutes: int
    ends_with: tuple[str, ...] = ()


def _forms() -> Mapping[FormId, Form]:
    endings = {step.id: step for step in read("coaching.forms", "ending", _Steps).steps}
    return {id: form_of(id, read("coaching.forms", id, FormFile), endings) for id in get_args(FormId)}


def form_of(id: FormId, written: FormFile, endings: Mapping[str, Step]) -> Form:
    """A form with the steps that it ends with; raise BadData where it names one that there is not."""
    steps = (*written.steps, *(endings[name] for name in written.ends_with if name in endings))
    form = Form(id, written.title, written.for_what, written.minutes, steps, endings.get(LAST))
    if missing := {*written.ends_with, *_named(steps)} - {*form.by_id, END}:
        raise BadData(f"coaching/forms/{id}.toml: {', '.join(sorted(missing))}: no step of that name")
    return form


def _named(steps: tuple[Step, ...]) -> Iterator[str]:
    """Yield the steps that others lead to or quote."""
    for step in steps:
        yield from (branch.to for branch in step.branches)
        yield from filter(None, [step.quotes])


FORMS: Mapping[FormId, Form] = Table(_forms)
