"""Durations as people write them: 90s, 45m, 1h30m."""

import re

SECONDS = {"h": 360, "m": 60, "s": 1}
PARTS = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


def parse(text: str) -> int:
    """The duration in seconds; ValueError for what is none."""
    parts = PARTS.fullmatch(text)
    if not text or not parts:
        raise ValueError(f"not a duration: {text!r}")
    counts = zip(parts.groups(), SECONDS.values())
    return sum(int(count or 0) * seconds for count, seconds in counts)
