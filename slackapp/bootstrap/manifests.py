"""The manifest that steers the app, opened before anything begins."""

from pathlib import Path

from handlers.conversations import ALL
from kernel.policy import Policy
from slackapp.manifest.file import Adapt, ManifestFile
from slackapp.manifest.manifest import read_file
from slackapp.process.errors import Stop


def open_manifest(
    path: Path, adapt: Adapt = lambda read: read, rules: type[Policy] = ALL.features.policy
) -> ManifestFile:
    """The manifest that steers the app, changed by *adapt*, or raise Stop with what is wrong in it.

    *rules* are those of the features that are served.
    """
    if not path.exists():
        raise Stop(f"There is no {path} here: run this where manifest.yml lies, or set WAYMARK_MANIFEST.")
    reading = read_file(path, rules)
    if reading.manifest is None:
        first, *more = map(str, reading.problems)
        others = f" (and {len(more)} more: `waymark manifest check` lists them)" if more else ""
        raise Stop(f"{first}{others}")
    return ManifestFile(path, reading.manifest, adapt)
