"""Numbers that name something: orders, parcels, phones, tax and serial numbers, accounts."""

import re
from collections.abc import Iterator

from bot.language.couriers import BY_PREFIX, BY_SPELLING
from bot.language.entities import Entity

LINK = re.compile(
    r"(?:https?:/{1,2}[!-~]+|www\.[!-~]+|[a-z0-9.]+\.(?:com|cn|net)/[!-~]*)(?<![,.!?;:)])",
    re.IGNORECASE,
)
_MOVING = re.compile(r"\.(?:mp4|mov|m4v|avi)(?:[?_!].*)?$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|heic)(?:[?_!].*)?$", re.IGNORECASE)
EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,3}", re.ASCII
)
_TAX = re.compile(
    r"(?<![A-Za-z0-9])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_SERIAL = re.compile(
    r"(?:序列号|(?<![A-Za-z])S/?N码?|串号|机身编?[号码]|设备编?号|IMEI|出厂编号)"
    r"(?:号|码)?[是为: ]{0,3}"
    r"(?P<code>(?=[A-Za-z-]{0,12}\d)[A-Za-z0-9][A-Za-z0-9-]{4,23})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PINDUODUO = re.compile(r"(?<![\dA-Za-z])\d{6}-\d{15}(?!\d)")
_CODE = re.compile(
    r"(?<![A-Za-z0-9@])(?P<letters>[A-Za-z]{1,5}[-: ]?)?(?P<digits>\d+(?:[ -]\d+)*)"
    r"(?P<tail>[A-Za-z]{0,2})(?![A-Za-z0-9@])"
)
_NUMBER_OF = re.compile(r"(?:单号?|编号|包裹号|快递号|交易号|运单)(?:是|为|:|\s){0,3}$")
"""Only right after such words a number like a mobile's is an order's or a parcel's."""
_GROUP = re.compile(r"\d+")
_COUNTRY = re.compile(r"(?<!\d)(?:(?:\+|00)86[ -]?|86[ -]|\+)$")
_OTHER_TAIL = re.compile(r"(?:卡|行的?|身份证|订单|单号|运单|快递)[^,。!?;]{0,6}$")
_DATED = re.compile(r"2\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{6}")
"""The shop's own order numbers begin with their day."""
_TAIL = re.compile(
    r"(?:尾号|后四位|后4位|末四位|末4位)[是为: ]{0,3}(?P<tail>\d{4})(?!\d|的?(?:银行|储蓄|信用)?卡)"
)
_MOBILE = re.compile(r"(?:0?86)?(1[3-9]\d{9})")

_ORDER_WORD = "订单|单子|拍单|交易号|交易单号"
_PARCEL_WORD = "运单|快递|物流|单号|面单|包裹号|" + "|".join(
    sorted(map(re.escape, BY_SPELLING), key=len, reverse=True)
)
_NUMBERED = re.compile(
    r"(?P<id>身份证|银行卡|卡号|开户行?|账号|账户|条形?码|商品编?号|货号|批号|款号|取件码|(?:服务|申请|售后|退款|工)单号|流水号)|(?P<tax>税号|税务|纳税人|信用代码)|(?P<order>订单(?:编号|号)?|单子|拍单|"
    rf"交易单?号)|(?P<either>(?<!快递)(?<!物流)(?<!退货)(?<!运)单号)|(?P<parcel>{_PARCEL_WORD})|(?P<phone>手机|电话|联系方式|号码|尾号)",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"[ ,()]{{0,2}}(?:这?个?是?|的)?(?P<parcel>{_PARCEL_WORD})", re.IGNORECASE)
_ALIPAY_BEFORE = re.compile(r"支付宝[^。!?;]{0,12}$")
_ALIPAY_AFTER = re.compile(r"[ ,()]{0,2}(?:这?个?就?是|的)?我?的?支付宝")
_LOOK_BACK = 16
_LOOK_ON = 12


def links(text: str) -> Iterator[Entity]:
    """Links: only those of pictures mean something, the others are just out of the way."""
    for match in LINK.finditer(text):
        picture, moving = _PICTURE.search(match.group()), _MOVING.search(match.group())
        kind = "photo" if picture or moving else ""
        yield Entity(kind, "video" if moving else "photo", *match.span())


def emails(text: str) -> Iterator[Entity]:
    for match in EMAIL.finditer(text):
        kind = "alipay" if _for_alipay(text, *match.span()) else "email"
        yield Entity(kind, match.group().lower(), *match.span())


def serial_numbers(text: str) -> Iterator[Entity]:
    for match in _SERIAL.finditer(text):
        yield Entity("serial_no", match["code"].upper(), *match.span("code"))


def tax_numbers(text: str) -> Iterator[Entity]:
    for match in _TAX.finditer(text):
        if not match.group().isdigit():
            yield Entity("tax_no", match.group().upper(), *match.span())


def numbers(text: str) -> Iterator[Entity]:
    """Order, tracking and phone numbers, told apart by form and by the words beside them."""
    for match in _PINDUODUO.finditer(text):
        yield Entity("order_no", match.group(), *match.span())
    for match in _TAIL.finditer(text):
        if _OTHER_TAIL.search(text, max(0, match.start() - _LOOK_BACK), match.start()):
            continue
        yield Entity("phone", match["tail"], *match.span("tail"), "tail")
    for match in _CODE.finditer(text):
        if len(match["digits"]) < 8:
            continue
        if match["letters"] or match["tail"]:
            lettered = _lettered(text, match)
            if lettered:
                yield lettered
                continue
        for start, end in _joined(match["digits"], match.start("digits")):
            found = _bare(text, start, end)
            if found:
                yield found


def _lettered(text: str, match: re.Match[str]) -> Entity | None:
    letters = re.sub(r"[-: ]", "", match["letters"] or "").upper()
    digits = re.sub(r"\D", "", match["digits"])
    tail = match["tail"].upper()
    if len(letters) == 2 and tail == "CN" and len(digits) == 9:
        return Entity("tracking_no", letters + digits + tail, *match.span(), "EMS")
    if tail or not 9 <= len(digits) <= 18:
        return None
    if letters not in BY_PREFIX:
        return _of_another_courier(text, match)
    if BY_PREFIX[letters] == "京东" and _word_before(text, match.start()) == "order":
        return Entity("order_no", digits, *match.span("digits"))
    return Entity("tracking_no", letters + digits, *match.span(), BY_PREFIX[letters])


def _of_another_courier(text: str, match: re.Match[str]) -> Entity | None:
    """A parcel's number that begins with letters of no courier we know keeps them: LP00567…."""
    letters, digits = match["letters"].upper(), match["digits"]
    known = letters.isalpha() and digits.isdigit() and letters != "DD"
    if not known or _word_before(text, match.start()) not in ("parcel", "either"):
        return None
    return Entity(
        "tracking_no", letters + digits, *match.span(), _courier_near(text, *match.span())
    )


def _joined(digits: str, offset: int) -> Iterator[tuple[int, int]]:
    """Groups of digits that make one number; a group long enough to be one stands alone."""
    groups = [match.span() for match in _GROUP.finditer(digits)]
    while groups:
        count = _groups_of_one_number(digits, groups)
        yield offset + groups[0][0], offset + groups[count - 1][1]
        groups = groups[count:]


def _groups_of_one_number(digits: str, groups: list[tuple[int, int]]) -> int:
    total = ""
    for count, (start, end) in enumerate(groups, start=1):
        total += digits[start:end]
        if (count > 1 and end - start > 8) or len(total) > 20:
            return count - 1 or 1
        if (count == 1 and len(total) > 8) or _MOBILE.fullmatch(total):
            return count
    return len(groups)


def _bare(text: str, start: int, end: int) -> Entity | None:
    digits = re.sub(r"\D", "", text[start:end])
    word = _word_before(text, start)
    mobile = _MOBILE.fullmatch(digits)
    named = word in ("order", "parcel", "either") and _NUMBER_OF.search(text[:start])
    if mobile and (not named or _for_alipay(text, start, end)):
        kind = "alipay" if _for_alipay(text, start, end) else "phone"
        country = _COUNTRY.search(text, max(0, start - _LOOK_BACK), start)
        return Entity(kind, mobile[1], country.start() if country else start, end)
    if word == "id":
        return None
    if word == "tax":
        return Entity("tax_no", digits, start, end) if len(digits) in (15, 18, 20) else None
    if word == "order" and 8 <= len(digits) <= 20:
        return Entity("order_no", digits, start, end)
    if _is_the_shops(text, start, end, digits, word):
        return Entity("order_no", digits, start, end)
    if _is_parcel(text, end, word) and 9 <= len(digits) <= 18:
        return Entity("tracking_no", digits, start, end, _courier_near(text, start, end))
    if not 12 <= len(digits) <= 20 or digits.startswith("0"):
        return None  # what begins with 0 is a telephone at a desk: 0571-88886666
    return Entity("order_no", digits, start, end)


def _is_the_shops(text: str, start: int, end: int, digits: str, word: str | None) -> bool:
    """Our own number under 单号, or before a courier that is named for itself (…0045,申通)."""
    if not _DATED.fullmatch(digits):
        return False
    if word == "either":
        return _courier_near(text, start, end) is None
    courier = _AFTER.match(text, end)
    directly = courier and courier.start("parcel") - end < 1 and courier["parcel"] in BY_SPELLING
    return word is None and not directly


def _is_parcel(text: str, end: int, word: str | None) -> bool:
    return word in ("parcel", "either") or (word is None and bool(_AFTER.match(text, end)))


def _word_before(text: str, start: int) -> str | None:
    """What the nearest word before a number says it is the number of."""
    last = None
    for match in _NUMBERED.finditer(text, max(0, start - _LOOK_BACK), start):
        last = match.lastgroup
    return last


def _courier_near(text: str, start: int, end: int) -> str | None:
    around = text[max(0, start - _LOOK_BACK) : start], text[end : end + _LOOK_ON]
    for words in around:
        for match in re.finditer(_PARCEL_WORD, words, re.IGNORECASE):
            if match.group().lower() in BY_SPELLING:
                return BY_SPELLING[match.group().lower()]
    return None


def _for_alipay(text: str, start: int, end: int) -> bool:
    before = _ALIPAY_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    return bool(before or _ALIPAY_AFTER.match(text, end))
