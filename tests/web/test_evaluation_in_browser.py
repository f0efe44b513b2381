"""The page of an evaluation in a real browser, on a desk and on a phone."""

from pathlib import Path
from typing import Any

import pytest

from bot.core.intents import INTENTS
from tests.web.test_evaluation_page import measured
from tests.web.test_evaluation_page import page as written


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A page on which every intent is taken for its opposite."""
    rows = [
        (name, name, other, 0.5) for name, other in zip(INTENTS, reversed(INTENTS), strict=True)
    ]
    path = tmp_path / "page.html"
    path.write_text(written(measured(*rows)), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_page_is_as_wide_as_the_screen(page: Any, file: str, width: int, height: int):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": width, "height": height})

    page.goto(file)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert said == []


def test_the_headings_of_the_matrix_stay_while_it_is_scrolled(page: Any, file: str):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(file)
    table = page.locator(".tall")
    corner = table.locator(".corner")
    was = corner.bounding_box(), table.bounding_box()

    table.evaluate("element => element.scrollTo(300, 300)")

    assert table.evaluate("element => [element.scrollLeft, element.scrollTop]") == [300, 300]
    assert (corner.bounding_box(), table.bounding_box()) == was
