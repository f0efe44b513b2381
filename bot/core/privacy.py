"""What may be shown of a customer's phone, account and address: enough to recognise, not enough
to use.
"""

import re

_EMAIL = re.compile(r"([A-Za-z0-9_.+-])[A-Za-z0-9_.+-]*(@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+)")
_MOBILE = re.compile(r"(?<!\d)((?:\+?86[- ]?)?1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
_WIDE = {ord("０") + digit: str(digit) for digit in range(10)}
_ID_CARD = re.compile(
    r"(?<!\d)(\d{4})\d{2}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(\d{3}[\dXx])(?!\d)"
)
"""Six digits of a place, a birth date, four more: an order number holds no such date."""


def mask(text: str) -> str:
    """Hide mobile numbers, mail-style accounts and identity numbers inside a text."""
    text = text.translate(_WIDE)
    text = _ID_CARD.sub(r"\1**********\2", text)
    text = _MOBILE.sub(r"\1****\3", text)
    return _EMAIL.sub(r"\1***\2", text)


def mask_phone(phone: str) -> str:
    """``13800001234`` as ``138****1234``; what is too short to be a phone is hidden whole."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "*" * len(phone)


def mask_address(address: str) -> str:
    """The beginning of an address, without street and door."""
    return f"{address[:6]}…" if len(address) > 6 else address


def mask_account(account: str) -> str:
    """A mail-style or mobile account as in a text; any other as a phone is."""
    masked = mask(account)
    return mask_phone(account) if masked == account else masked
