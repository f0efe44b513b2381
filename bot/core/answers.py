"""Whether a short answer means yes or no."""

import re

_HESITATION = r"^(?:嗯|呃|额|那|哦|噢|亲|啊|[,。.!~ ])*"
_NO = re.compile(
    _HESITATION + r"(?:"
    r"不(?!好意思|知|客气|急|着急|过|用谢|错|清楚|在家|确定)|"
    r"没(?!问题|关系|事|错|找过|仔细|注意|试|来得及)|别(?!急)|否|算了|拒绝|无(?:$|[,。!])|"
    r"no\b|才不|并?未|并没|"
    r"(?:真的?|还是|都|也|就是|好像|确实|全|肯定|仍然|依然|好吧|其实|可是|但是?)+(?:没(?!问题)|不(?!错))"
    r")",
    re.IGNORECASE,
)
_YES = re.compile(
    _HESITATION + r"(?:"
    r"好(?!少|慢|贵|久|烦|多|像|几)|可以|行|是(?!坏|吗|不是)|对(?!不起|了|方)|要(?!是|多久)|同意|"
    r"没问题|没关系|没错|确认|确定|ok|okay|yes|成(?:$|[,。!吧])|得(?:$|[,。!嘞])|"
    r"嗯|恩|中(?:$|[,。!])|接受|有(?!没有|问题)|愿意|就这(?:样|么)|也行|都行|能|会(?!不会)|知道了|"
    r"收到(?:$|[,。!])|当然|必须|肯定(?!不|没)|不错|本人|麻烦(?:了|您|你)|谢谢"
    r")|^嗯+$",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^(?:好像|可以.{0,2}不|好什么|行什么|是不是|可不可以|能不能|行不行|好不好)|"
    r"^[^,。!]{0,8}(?:吗|么|\?|？)|^(?:要|得|等)?(?:多久|几天|多少|什么|哪)"
)


_CONFIRMING = re.compile(
    _HESITATION + r"(?:对(?!不起|了|方)|是的?(?!坏|吗|不是)|都|没错|有(?!没有|问题))"
)


def confirms(text: str) -> bool:
    """Whether the words say that something is so; 「好的」 only agrees."""
    return bool(_CONFIRMING.match(text.strip()))


def polarity(text: str) -> bool | None:
    """True for yes, False for no, ``None`` when the words are neither."""
    text = text.strip()
    if _QUESTION.match(text):
        return None
    if _NO.match(text):
        return False
    return True if _YES.match(text) else None
