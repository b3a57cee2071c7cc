"""Topics by a sentence model, where WAYMARK_SENTENCE_MODEL names one: made ready beside the loop."""

from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from threading import Thread

from matching.meaning.sentence_model import PUBLISHED, SentenceModel, digest
from matching.topics.semantic import SemanticGuesser
from slackapp.manifest.file import Adapt
from slackapp.manifest.manifest import Manifest
from slackapp.process.errors import Stop

NEEDED = ("model.safetensors", "config.json", "vocab.txt")


def with_sentence_model(folder: Path | None, published: str = PUBLISHED) -> Adapt:
    """Return what has a manifest's topics found by the model in a folder; without one nothing is changed.

    Raises Stop where the folder holds no such model, or weights that nobody knows.
    """
    if folder is None:
        return lambda read: read
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        raise Stop(f"WAYMARK_SENTENCE_MODEL: {folder} has no {missing[0]}.")
    if digest(folder) != published:
        raise Stop(f"WAYMARK_SENTENCE_MODEL: {folder / NEEDED[0]} is not the published all-MiniLM-L6-v2.")
    model = cache(partial(SentenceModel, folder))

    def adapt(read: Manifest) -> Manifest:
        topics = replace(read.topics, guesser=partial(SemanticGuesser, model=model))
        # A thread of no pool: none waits for it when the program stops.
        Thread(target=topics.tagger.prepare, name="sentence model", daemon=True).start()
        return replace(read, topics=topics)

    return adapt
