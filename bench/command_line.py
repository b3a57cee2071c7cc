"""What the command lines of several benches share: a table a site, or a figure beside a stock app's."""

import argparse
import asyncio
import json
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

Table = TypeVar("Table")


def of_sites(show: Callable[[dict[str, Table]], None]) -> Callable[[Callable[..., Table]], click.Command]:
    """Make a command of what measures one site's folder: *show* prints the tables, or JSON does."""

    def command(measure: Callable[..., Table]) -> click.Command:
        @click.command()
        @click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
        @click.option("--json", "as_json", is_flag=True, help="Print JSON.")
        @wraps(measure)
        def main(folders: tuple[Path, ...], as_json: bool, **given: Any) -> None:
            tables = {folder.name: measure(folder, **given) for folder in folders}
            if as_json:
                print(json.dumps(tables))
            else:
                show(tables)

        return main

    return command


def show_rows(tables: dict[str, dict[str, dict[str, float]]], width: int = 5) -> None:
    """Print a row for each way of each site."""
    for site, table in tables.items():
        for way, row in table.items():
            print(
                f"{site:14} {way:{width}}",
                *(f"{name} {value:.3f}" for name, value in row.items()),
                flush=True,
            )


def print_figures(
    about: str | None, measure: Callable[..., Coroutine[Any, Any, Any]], **numbers: tuple[float, str]
) -> None:
    """Print what *measure* finds as JSON. Each *number* is an option with its default and its help, and is
    passed to it in this order."""
    options = argparse.ArgumentParser(description=(about or "").splitlines()[0])
    for name, (default, what) in numbers.items():
        options.add_argument(f"--{name}", type=type(default), default=default, help=what)
    given = vars(options.parse_args())
    print(json.dumps(asyncio.run(measure(*(given[name] for name in numbers))), indent=2))


def beside_stock(
    about: str,
    measure: Callable[[int], Coroutine[Any, Any, Any]],
    serve_stock: Callable[[], None],
    times: int,
    what: str,
) -> None:
    """Print the figures of so many *times* of *what* as JSON, or be the stock app that they stand beside."""
    options = argparse.ArgumentParser(description=about.splitlines()[0])
    options.add_argument("--times", type=int, default=times, help=f"how many {what} are measured")
    options.add_argument("--stock", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.stock:
        serve_stock()
    else:
        print(json.dumps(asyncio.run(measure(given.times)), indent=2))
