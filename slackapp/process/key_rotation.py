"""`waymark secret --rotate`: stored tokens under the first of the secret keys, and what the keys open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kernel.values import WorkspaceId
from storage import Installations, Seal


@dataclass(frozen=True, slots=True)
class Rotation:
    """How many tokens were encrypted anew, how many had no need, and whose no key opens."""

    resealed: int
    current: int
    locked: tuple[WorkspaceId, ...]


async def rotate(
    installations: Installations, workspaces: Sequence[WorkspaceId], told: Callable[[int], object]
) -> Rotation:
    """Encrypt the tokens of these workspaces under the first key; *told* hears of each."""
    seals: dict[WorkspaceId, Seal] = {}
    for workspace in workspaces:
        if seal := await installations.reseal(workspace):
            seals[workspace] = seal
        told(1)
    found = list(seals.values())
    locked = tuple(workspace for workspace, seal in seals.items() if seal is Seal.NONE)
    return Rotation(found.count(Seal.OLDER), found.count(Seal.FIRST), locked)


def sentence(done: Rotation) -> str:
    """How it went."""
    return (
        f"Encrypted anew under the first key: {done.resealed}. "
        f"Were under it already: {done.current}. No key opens: {len(done.locked)}."
    )


def locked_out(workspaces: Sequence[str]) -> str:
    """What to do about tokens that no key opens."""
    return (
        f"No key in WAYMARK_SECRET_KEY opens the tokens of {', '.join(workspaces)}: put back the key that "
        "they were stored under, or install the app there again."
    )
