"""Whether a short answer means yes or no."""

import re

_NO = re.compile(
    r"^(?:嗯|呃|额|那|哦|噢|亲|啊|[,。.!~ ])*(?:"
    r"不(?!好意思|知|客气|急|着急|过|用谢|错)|没(?!问题|关系|事|错)|别(?!急)|否|算了|拒绝|无(?:$|[,。!])|no\b|才不|并?未|"
    r"(?:真的?|还是|都|也|就是|好像|确实|全|肯定|仍然|依然|好吧|其实|可是|但是?)+(?:没(?!问题)|不(?!错))"
    r")",
    re.IGNORECASE,
)
_YES = re.compile(
    r"^(?:嗯|呃|额|那|哦|噢|亲|啊|[,。.!~ ])*(?:"
    r"好|可以|行|是|对|要(?!是)|同意|没问题|没关系|没错|确认|确定|ok|okay|yes|成(?:$|[,。!吧])|得(?:$|[,。!嘞])|"
    r"嗯|恩|中(?:$|[,。!])|接受|有(?!没有)|愿意|就这(?:样|么)|也行|都行|能|会|知道了|收到(?:$|[,。!])|当然|必须|肯定(?!不|没)|"
    r"不错|本人|麻烦(?:了|您|你)|谢谢"
    r")|^嗯+$",
    re.IGNORECASE,
)
_NO_AFTER_ALL = re.compile(
    r"^(?:好像|可以.{0,2}不|好什么|行什么|是不是|可不可以|能不能|行不行|好不好)"
)


def polarity(text: str) -> bool | None:
    """True for yes, False for no, ``None`` when the words are neither."""
    text = text.strip()
    if _NO.match(text):
        return False
    if _NO_AFTER_ALL.match(text):
        return None
    return True if _YES.match(text) else None
