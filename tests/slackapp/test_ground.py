"""What everything stands on: what is said of the place where the app keeps its data."""

from pathlib import Path

from structlog.testing import capture_logs

from handlers.conversations import ALL
from slackapp.bootstrap.foundation import Tempo, stored
from slackapp.process.clock import Clock
from slackapp.process.settings import read


async def test_a_place_where_every_user_may_put_other_data_is_named_at_the_start(tmp_path: Path):
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    settings = read(tokens | {"WAYMARK_DATA_DIR": str(tmp_path)})
    for mode, cures in ((0o700, []), (0o777, [f"chmod o-w {tmp_path}"])):
        tmp_path.chmod(mode)

        with capture_logs() as logged:
            async with stored(settings, Clock(), Tempo(), ALL):
                pass

        assert [line["cure"] for line in logged if line["log_level"] == "warning"] == cures
