"""Rightly signed and yet hostile payloads: refused in words, with no error, and nothing of anybody else's."""

from pathlib import Path

import fuzz_run


async def test_no_signed_payload_makes_the_app_fail_or_reach_what_is_not_the_senders(
    tmp_path: Path, redis_url: str
):
    report = await fuzz_run.fuzzed(tmp_path, redis_url, count=1_200, seed=20_261_129)

    assert report.faults == [], str(report)
    assert report.sent.total() > 1_100
    assert len(report.names) > 100
