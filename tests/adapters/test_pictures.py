"""Pictures that people send: taken as what they are, without what they carry along."""

from io import BytesIO

import pytest
from PIL import Image

from bot.adapters.pictures import LARGEST_MB, LONGEST_SIDE, PictureRefused, checked


def drawn(kind: str, size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "kept_as"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/jpeg")]
)
def test_a_photo_is_kept_as_a_kind_every_browser_shows(kind, kept_as):
    picture = checked(drawn(kind))

    assert (picture.kind, picture.width, picture.height) == (kept_as, 40, 30)
    assert Image.open(BytesIO(picture.data)).size == (40, 30)


def test_where_and_when_a_photo_was_taken_does_not_go_along():
    exif = Image.Exif()
    exif[0x0132] = "2026:11:26 12:00:00"
    exif[0x010F] = "somebody's phone"

    picture = checked(drawn("JPEG", exif=exif))

    assert dict(Image.open(BytesIO(picture.data)).getexif()) == {}
    assert b"somebody" not in picture.data


def test_what_is_hidden_behind_a_picture_does_not_go_along():
    assert b"<script>" not in checked(drawn("PNG") + b"<script>alert(1)</script>").data


def test_a_photo_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    picture = checked(drawn("JPEG", exif=exif))

    assert (picture.width, picture.height) == (30, 40)


def test_a_large_photo_is_made_as_small_as_a_screen_needs():
    picture = checked(drawn("JPEG", (LONGEST_SIDE * 2, LONGEST_SIDE)))

    assert (picture.width, picture.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", drawn("GIF"), drawn("PNG")[:40]],
)
def test_what_is_no_photo_is_refused_and_told_what_is_wanted(data):
    with pytest.raises(PictureRefused, match="JPG、PNG 或 WebP"):
        checked(data)


def test_too_many_bytes_and_too_many_pixels_are_refused_before_they_are_read():
    with pytest.raises(PictureRefused, match="8 MB"):
        checked(b"x" * (LARGEST_MB * 1024 * 1024 + 1))
    with pytest.raises(PictureRefused, match="尺寸太大"):
        checked(drawn("PNG", (8_000, 6_000)))
