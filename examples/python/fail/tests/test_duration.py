import duration
import pytest


def test_seconds():
    assert duration.parse("90s") == 90


def test_minutes():
    assert duration.parse("45m") == 2700


def test_hours_and_minutes():
    assert duration.parse("1h30m") == 5400


@pytest.mark.parametrize("text", ["", "soon", "5 m", "1m1h"])
def test_refuses(text):
    with pytest.raises(ValueError, match="not a duration"):
        duration.parse(text)
