"""Changes put together from parts, so that each part of a decision can be a small function."""

from itertools import chain

from kernel.store import Changes

NONE = Changes()


def together(*parts: Changes) -> Changes:
    """Return the changes of all parts, in their order."""
    return Changes(
        put=list(chain.from_iterable(part.put for part in parts)),
        drop=list(chain.from_iterable(part.drop for part in parts)),
        later=list(chain.from_iterable(part.later for part in parts)),
        show=list(chain.from_iterable(part.show for part in parts)),
    )
