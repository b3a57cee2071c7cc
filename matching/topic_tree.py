"""How topics stand to one another: whoever knows a parent or a child of a topic knows a share of it."""

from collections.abc import Iterator, Mapping

UP = 0.4
DOWN = 0.6


class TopicTree:
    """Kin of each topic from a mapping of topic to parent; built once for a set of topics."""

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        self._parents = {topic: parent for topic, parent in parents.items() if parent is not None}
        self._children: dict[str, list[str]] = {}
        for topic, parent in self._parents.items():
            self._children.setdefault(parent, []).append(topic)
        self._kin: dict[str, Mapping[str, float]] = {}

    def kin(self, topic: str) -> Mapping[str, float]:
        """How much knowing each related topic counts for *topic*: itself 1, a child .6, a parent .4.

        Shares multiply with distance; a cycle of parents is cut where it closes.
        """
        if topic not in self._kin:
            self._kin[topic] = {**dict(self._below(topic)), **dict(self._above(topic)), topic: 1.0}
        return self._kin[topic]

    def _above(self, topic: str) -> Iterator[tuple[str, float]]:
        seen, share = {topic}, UP
        while (parent := self._parents.get(topic)) is not None and parent not in seen:
            yield parent, share
            seen.add(parent)
            topic, share = parent, share * UP

    def _below(self, topic: str) -> Iterator[tuple[str, float]]:
        seen, layer, share = {topic}, [topic], DOWN
        while layer:
            layer = [child for above in layer for child in self._children.get(above, ()) if child not in seen]
            seen.update(layer)
            yield from ((child, share) for child in layer)
            share *= DOWN
