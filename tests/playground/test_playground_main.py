"""`python -m playground`: what it refuses to start with, in one sentence."""

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from playground.__main__ import main


def test_a_taken_port_is_said_in_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = CliRunner().invoke(main, ["--port", str(taken.getsockname()[1])])

    assert answer.exit_code == 1
    assert answer.output.startswith("Error: The playground cannot start: ")


@pytest.mark.parametrize("content", ["{", '["a list"]', json.dumps({"features": {"slash_commands": [{}]}})])
def test_a_broken_manifest_is_said_in_one_sentence(tmp_path: Path, content: str):
    file = tmp_path / "manifest.json"
    file.write_text(content)

    answer = CliRunner().invoke(main, ["--port", "0", "--manifest", str(file)])

    assert answer.exit_code == 1
    assert f"{file} is no app manifest in JSON" in answer.output


def test_the_help_shows_an_example():
    answer = CliRunner().invoke(main, ["--help"])

    assert "Example: python -m playground" in answer.output
