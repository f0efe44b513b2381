"""Whatever is read on the page has enough contrast (WCAG AA), by day and by night."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "bot/web"
TOKENS = WEB / "static/tokens.css"
HEAT = re.compile(r"\.h\d \{\s*--heat: (\d+)%;\s*(?:color: var\(--([\w-]+)\);)?\s*\}")
DECISIONS = ("collect", "inform", "allow", "refuse", "handover")
READ = [
    *((text, ground) for text in ("ink", "ink-soft") for ground in ("page", "surface", "raised")),
    *(("ink", f"bubble-{who}") for who in ("customer", "agent")),
    *((f"{d}", f"{d}-ground") for d in DECISIONS),
    *(("ink", f"{d}-ground") for d in DECISIONS),
    ("accent", "surface"),
    ("accent", "raised"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("fault", "surface"),
    ("allow", "surface"),
]
SEEN = [
    ("control-line", "surface"),
    ("focus", "surface"),
    ("focus", "raised"),
    ("fault", "surface"),
]


def colours() -> dict[str, dict[str, str]]:
    """The names and their colours, by day and by night."""
    named = re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);",
        TOKENS.read_text(encoding="utf-8"),
    )
    return {
        "day": {name: day for name, day, _ in named},
        "night": {name: night for name, _, night in named},
    }


def luminance(colour: str) -> float:
    parts = [channel / 255 for channel in channels(colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def mixed(colour: str, ground: str, percent: int) -> str:
    """As CSS mixes them ``in srgb``."""
    pairs = zip(channels(colour), channels(ground), strict=True)
    parts = (round((one * percent + other * (100 - percent)) / 100) for one, other in pairs)
    return "#" + "".join(f"{part:02x}" for part in parts)


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(("text", "ground"), READ)
def test_text_can_be_read_on_its_ground(scheme, text, ground):
    named = colours()[scheme]

    assert contrast(named[text], named[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(("edge", "ground"), SEEN)
def test_the_edge_of_a_control_can_be_seen(scheme, edge, ground):
    named = colours()[scheme]

    assert contrast(named[edge], named[ground]) >= 3


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize("hue", ["allow", "refuse"])
def test_a_number_can_be_read_at_every_heat_of_the_confusion_matrix(scheme, hue):
    named = colours()[scheme]
    steps = HEAT.findall((WEB / "pages/evaluation.css").read_text(encoding="utf-8"))

    assert len(steps) == 5
    for heat, text in steps:
        ground = mixed(named[hue], named["surface"], int(heat))
        assert contrast(named[text or "ink"], ground) >= 4.5


def test_every_colour_is_named_in_the_tokens_for_both_schemes():
    bare = re.findall(r"^\s*--[\w-]+: #", TOKENS.read_text(encoding="utf-8"), re.MULTILINE)

    assert colours()["day"]
    assert not bare
