"""Contacts that stand in a text in clear: phones, mail-style accounts, card numbers, addresses."""

import re
from collections.abc import Iterator

from bot.language.codes import EMAIL
from bot.language.entities import Entity

_MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_ID_CARD = re.compile(
    r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_BANK_CARD = re.compile(
    r"(?:卡号|银行卡|账号|账户)[^\d,。]{0,8}(?P<card>\d(?:[ -]?\d){14,18})(?!\d)"
)
_HAN = "\N{CJK UNIFIED IDEOGRAPH-4E00}-\N{CJK UNIFIED IDEOGRAPH-9FA5}"
_ADDRESS = re.compile(
    rf"(?:[{_HAN}]{{2,7}}(?:省|自治区))?(?:[{_HAN}]{{2,7}}[市州])?(?:[{_HAN}]{{1,6}}[区县镇])?"
    rf"[{_HAN}]{{1,12}}(?:路|街|大道|巷|弄|胡同|小区|花园|大厦|广场|苑|村|城|府|园)[{_HAN}A-Za-z]{{0,6}}"
    r"\d{1,5}(?:号楼|号院|号|弄|栋|幢|座|单元|室|楼|-\d+)[\dA-Za-z一-龥-]{0,12}"
)


def contacts(text: str) -> Iterator[Entity]:
    """All contacts in a normalised text; what is masked is none."""
    for match in EMAIL.finditer(text):
        yield Entity("email", match.group(), *match.span())
    for pattern, kind in ((_ID_CARD, "id_card"), (_MOBILE, "phone"), (_ADDRESS, "address")):
        for match in pattern.finditer(text):
            yield Entity(kind, match.group(), *match.span())
    for match in _BANK_CARD.finditer(text):
        yield Entity("bank_card", match["card"], *match.span("card"))
