"""Draws the packages, their rooms and what they import of each other: `make picture`.

All of it comes from the imports themselves, and goes to docs/packages.svg, or to the file that is named. A
package stands one row above the highest of those that it imports; an arrow that others imply is left out. A
room whose name several packages have is set off.
"""

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

import grimp

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "packages.svg"
Graph = Mapping[str, Sequence[str]]

COLUMN, BETWEEN, GAP, EDGE = 420, 32, 48, 24  # all in pixels
PADDING, TITLE, LINE = 14, 22, 18
ROOMS_IN_A_LINE = 51  # letters
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #57606a }
.package { font-size: 15px; font-weight: 600; fill: #1f2328 }
.shared { font-weight: 600; fill: #0550ae }
.box { fill: #f6f8fa; stroke: #d0d7de }
.arrow { fill: none; stroke: #6e7781; stroke-width: 1.5; stroke-linejoin: round; marker-end: url(#head) }
.head { fill: #6e7781 }
@media (prefers-color-scheme: dark) {
  text { fill: #9198a1 }
  .package { fill: #f0f6fc }
  .shared { fill: #79c0ff }
  .box { fill: #151b23; stroke: #3d444d }
  .arrow { stroke: #8b949e }
  .head { fill: #8b949e }
}
"""
HEAD = (
    '<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path class="head" d="M0 0 8 4 0 8z"/></marker>'
)
ABOUT = (
    "Each box is a package with its folders. An arrow leads from a package to one that it imports; "
    "what follows from other arrows is left out. A name in bold is a folder of several packages."
)


def imported(packages: Sequence[str]) -> dict[str, set[str]]:
    """Which others each package imports."""
    graph = grimp.build_graph(*packages, cache_dir=None)
    found: dict[str, set[str]] = {package: set() for package in packages}
    for module in graph.modules:
        near = graph.find_modules_directly_imported_by(module)
        found[module.partition(".")[0]] |= {name.partition(".")[0] for name in near}
    return {package: others - {package} for package, others in found.items()}


def direct(all_of: Mapping[str, set[str]]) -> Graph:
    """Of what each package imports that which none of the others that it imports imports, too."""
    return {
        package: sorted(others.difference(*(all_of[other] for other in others)))
        for package, others in all_of.items()
    }


def rows(graph: Graph) -> list[list[str]]:
    """The packages row by row, from the highest; in a row each as far left as its importers."""

    def height(package: str) -> int:
        return max((1 + height(other) for other in graph[package]), default=0)

    placed: list[list[str]] = []
    for level in range(max(map(height, graph)), -1, -1):
        columns = {package: at for row in placed for at, package in enumerate(row)}

        def from_left(package: str, columns: Mapping[str, int] = columns) -> float:
            above = [at for other, at in columns.items() if package in graph[other]]
            return sum(above) / len(above) if above else len(graph)

        placed.append(sorted((name for name in sorted(graph) if height(name) == level), key=from_left))
    return placed


def rooms(package: str) -> list[str]:
    """The folders of a package that hold modules."""
    return sorted(path.parent.name for path in (ROOT / package).glob("*/__init__.py"))


@dataclass(frozen=True)
class Box:
    """A package at its place."""

    package: str
    row: int
    x: float
    y: float
    lines: Sequence[str]

    @property
    def height(self) -> float:
        """How high the box is with its lines."""
        return 2 * PADDING + TITLE + LINE * len(self.lines) - 8

    def drawn(self, shared: set[str]) -> Iterator[str]:
        """Yield its parts; the rooms that are *shared* by several packages stand out."""
        x, y = self.x + PADDING, self.y + PADDING + TITLE - 8
        size = f'width="{COLUMN}" height="{self.height:g}" rx="6"'
        yield f'<rect class="box" x="{self.x:g}" y="{self.y:g}" {size}/>'
        yield f'<text class="package" x="{x:g}" y="{y:g}">{self.package}</text>'
        for at, line in enumerate(self.lines, 1):
            words = (
                f'<tspan class="shared">{word}</tspan>' if word in shared else word for word in line.split()
            )
            yield f'<text x="{x:g}" y="{y + 3 + at * LINE:g}">{" · ".join(words)}</text>'


def boxes(graph: Graph) -> dict[str, Box]:
    """Every package's box."""
    found: dict[str, Box] = {}
    y: float = EDGE
    for number, row in enumerate(rows(graph)):
        for at, package in enumerate(row):
            lines = wrap(" ".join(rooms(package)), ROOMS_IN_A_LINE)
            found[package] = Box(package, number, EDGE + at * (COLUMN + BETWEEN), y, lines)
        y += max(found[package].height for package in row) + GAP
    return found


def port(box: Box, others: Sequence[Box], other: Box) -> float:
    """Where on an edge of *box* the arrow from or to one of *others* ends: side by side, in order."""
    ordered = sorted(others, key=lambda it: (it.x, it.row))
    return box.x + COLUMN * (ordered.index(other) + 1) / (len(ordered) + 1)


def arrows(graph: Graph, placed: Mapping[str, Box]) -> Iterator[str]:
    """Yield the arrows; one that passes a row by goes down beside all boxes."""
    tops = {box.row: box.y for box in placed.values()}
    lane = right(placed) + EDGE
    for package, others in graph.items():
        box, below = placed[package], [placed[other] for other in others]
        for other in below:
            above = [placed[name] for name in graph if other.package in graph[name]]
            x, to_x, to_y = port(box, below, other), port(other, above, box), other.y - 1
            turn, end = tops[box.row + 1] - GAP / 2, to_y - GAP / 2
            if other.row == box.row + 1:
                way = f"C{x:g} {turn:g} {to_x:g} {end:g} {to_x:g} {to_y:g}"
            else:
                way = f"V{turn:g}H{lane:g}V{end:g}H{to_x:g}V{to_y:g}"
            yield f'<path class="arrow" d="M{x:g} {box.y + box.height:g}{way}"/>'


def right(placed: Mapping[str, Box]) -> float:
    """Where the boxes end."""
    return max(box.x for box in placed.values()) + COLUMN


def picture() -> str:
    """The drawing as SVG."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    graph = direct(imported(project["tool"]["importlinter"]["root_packages"]))
    placed = boxes(graph)
    shared = {
        room for room, count in Counter(room for each in graph for room in rooms(each)).items() if count > 1
    }
    width, height = right(placed) + 2 * EDGE, max(box.y + box.height for box in placed.values()) + EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        'aria-labelledby="title about">',
        '<title id="title">The packages of Waymark</title>',
        f'<desc id="about">{ABOUT}</desc>',
        f"<style>{STYLE}</style>",
        f"<defs>{HEAD}</defs>",
        *arrows(graph, placed),
        *(part for box in placed.values() for part in box.drawn(shared)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    target.write_text(picture(), "utf-8")
