"""Pictures that people send: looked into, made anew without what they carry along."""

from io import BytesIO

from PIL import Image, ImageOps

from bot.services.ports.chat import Picture

LARGEST_MB = 8
LARGEST_PIXELS = 40_000_000
LONGEST_SIDE = 2_000
"""Pixels: more shows nothing more on a screen."""
KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
WANTED = "请发 JPG、PNG 或 WebP 图片。"


class PictureRefused(ValueError):
    """It cannot be taken; says why and what helps."""


def checked(data: bytes) -> Picture:
    """The picture in these bytes, drawn anew: place and time of the photo are gone, and whatever
    was hidden behind it.

    Raises:
        PictureRefused: no picture of a known kind, or too large.
    """
    if len(data) > LARGEST_MB * 1024 * 1024:
        raise PictureRefused(f"图片超过 {LARGEST_MB} MB，请压缩一下或截图再发。")
    try:
        with Image.open(BytesIO(data), formats=tuple(KINDS)) as opened:
            if opened.width * opened.height > LARGEST_PIXELS:
                raise PictureRefused("图片尺寸太大，请截图再发。")
            return _made_anew(ImageOps.exif_transpose(opened), lossless=opened.format == "PNG")
    except PictureRefused:
        raise
    # Whatever a broken or hostile file makes the library say, it is no picture.
    except Exception as error:
        raise PictureRefused(f"这个文件打不开，或者不是图片。{WANTED}") from error


def _made_anew(image: Image.Image, lossless: bool) -> Picture:
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    if lossless:
        image.convert("RGBA" if _see_through(image) else "RGB").save(out, "PNG", optimize=True)
        return Picture("image/png", out.getvalue(), image.width, image.height)
    image.convert("RGB").save(out, "JPEG", quality=85)
    return Picture("image/jpeg", out.getvalue(), image.width, image.height)


def _see_through(image: Image.Image) -> bool:
    return "A" in image.getbands() or "transparency" in image.info
