"""How much is left in the ranking's weights, and in who happens to be there?

    python bench/hindsight.py FOLDER... [--limit N] [--json]

Sites, replay and candidates are those of `bench/routing.py`. *past*: with the weights that the app learns.
*hindsight*: with weights fitted to the very requests that judge them, which nobody can know: where they do no
better, no weights of this evidence do. *anyone*: everyone who answered counts as right, not only who answered
best. *told*: only those who did answer are ranked, as if it were known who would.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from command_line import of_sites, show_rows
from routing import LEARN_FROM, LESSONS, REFIT_EVERY, Run, World, ask_of
from routing_data import Request, load

from matching.learning.choice_model import Lesson
from matching.learning.history import Floats
from matching.learning.learned import learn
from matching.topics.latent_fit import learn_lens


@dataclass(frozen=True, slots=True)
class Case:
    """A request of the test: the evidence on its candidates, who of them is right, and who answered."""

    rows: Floats
    scores: Floats
    right: int
    answered: list[int]
    lesson: Lesson


def case(run: Run, request: Request) -> Case | None:
    """What the model sees of a request before it is answered, if the right one can be found at all."""
    view = run.note(request)
    if request.best is None or run.world.counts[request.best] < run.world.enough:
        return None
    lesson = view.lesson(request.best)
    places = {view.pool.index.id_of(row): at for at, row in enumerate(view.pool.rows.tolist())}
    if lesson is None:
        return None
    answered = [places[who] for who in sorted(request.answerers) if who in places]
    scores = view.rows @ run.notes.model.weights
    return Case(view.rows, scores, places[request.best], answered, lesson)


def figures(places: Iterable[int]) -> dict[str, float]:
    """The shares of first and of fifth places or better, and the mean reciprocal rank."""
    found = np.array(list(places), dtype=np.float64)
    return {"hit@1": (found <= 1).mean(), "hit@5": (found <= 5).mean(), "mrr": (1 / found).mean()}


def place(scores: Floats, right: Iterable[int]) -> int:
    """Where the first of the right ones stands."""
    best = max(scores[at] for at in right)
    return 1 + int((scores > best).sum())


@of_sites(show_rows)
@click.option("--limit", type=int, help="Test only this many requests of each site.")
def main(folder: Path, limit: int | None) -> dict[str, dict[str, float]]:
    """Judge with hindsight, as python bench/hindsight.py sites/dba"""
    site = load(folder)
    run, cases = Run(World(site), price=0.0), []
    first = int(max(LEARN_FROM * site.test_from, site.test_from - LESSONS))
    end = len(site.requests) if limit is None else min(len(site.requests), site.test_from + limit)
    for number, request in enumerate(site.requests[:end]):
        for ask_id, helper in run.world.advance(request.day):
            run.notes.helped(ask_id, helper)
        if number in (first, site.test_from):
            run.world.history.look_through(learn_lens(run.world.history.texts))
        if number >= site.test_from and (number - site.test_from) % REFIT_EVERY == 0:
            run.learn()
        if number >= first:
            found = case(run, request)
            cases += [found] if found and number >= site.test_from else []
        run.world.history.asked(ask_of(request))
    weights = learn([each.lesson for each in cases])
    return {
        "past": figures(place(each.scores, [each.right]) for each in cases),
        "hindsight": figures(place(each.rows @ weights, [each.right]) for each in cases),
        "anyone": figures(place(each.scores, each.answered) for each in cases),
        "told": figures(
            place(each.scores[each.answered], [each.answered.index(each.right)]) for each in cases
        ),
    }


if __name__ == "__main__":
    main()
