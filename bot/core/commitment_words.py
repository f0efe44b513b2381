"""The words by which a text commits the shop, and those that take a commitment away."""

import re
from dataclasses import dataclass
from re import Match, Pattern

from bot.core.promises import Kind

_COURIERS = "顺丰|圆通|中通|申通|韵达|极兔|邮政|EMS|京东|德邦|菜鸟|驿站"
_SHOP = "我们?|咱们?|这边|这里|本店|小店|店里|店长|主管|客服|专员|售后|财务|仓库|同事|技术"
_YOU = "您|你|亲"


@dataclass(frozen=True, slots=True)
class Act:
    kind: Kind
    pattern: Pattern[str]


ACTS = tuple(
    Act(kind, re.compile(pattern))
    for kind, pattern in (
        (
            Kind.CALL_BACK,
            rf"回(?:{_YOU})?个?电(?:话)?|[打拨]个?电话|[去致]电|来电|回拨"
            r"|电话(?:联系|回访|通知|沟通)(?![一下了]*(?:站点|快递|仓库|商家|厂家|他们))",
        ),
        (
            Kind.RESEND,
            r"(?:补|重新?)(?:发|寄)(?!的[^哦哈呢~。!]|件|是|也|需|要|单|记录|地址|时间|申请|那|不)"
            r"|补(?=[一两\d][个只根条件盒瓶双把套份台张])"
            r"|再(?:发|寄)(?=一|个|给|过|新)|另(?:外)?(?:发|寄)",
        ),
        (
            Kind.PAYMENT,
            r"(?<![减撤申请客户])(?:打款|打(?:到|给|入|进)(?!电话)|汇(?:款|到|给)"
            r"|转账|转(?:到|给)(?=您|你|亲|\d|支付宝)"
            r"|(?<=给[您你])退(?=[哦哈呢吧~。!]|$)"
            rf"|退(?:款|还|回|给|到|{_YOU}|运费|差价|钱|\d)"
            r"|补(?:偿(?!只|是|到|为|就|的|最多|标准|金额|不|在)"
            rf"|给|贴|{_YOU}|\d|差价|运费|款)"
            rf"|赔(?:偿|付|给|{_YOU}|\d)|返(?:现|还|给|{_YOU}))"
            r"(?!申请|的|通知|失败|进度|流程|单|件|包裹|成功|银行|完成|状态|审核|原因|方式|金额|时效)",
        ),
        (
            Kind.SHIP,
            r"发(?:货|出|走)|寄(?:出|过去|走|给)|出库|换(?:发|寄)|(?:用|走|改)发|(?<=给[您你])[发寄](?=[哦哈呢吧~。!]|$)",
        ),
        (
            Kind.REPLY,
            rf"(?:回|答)复|(?:回|告诉|告知|通知|联系)(?:{_YOU})|反馈给(?:{_YOU})"
            rf"|给(?:{_YOU})?(?:一个|个)?(?:准信|结果|说法|消息|方案|回音|答案|交代|信儿)",
        ),
        (
            Kind.DEED,
            r"安排|处理|办理|办好|登记|提交|申请|核实|查(?:清|实|一下|下|看|明白)|催|跟进|盯"
            r"|联系|通知|上报|解决|拦截|撤件|取件|审核|修改|改(?:好|地址)|开(?:好|具)?(?:发)?票"
            rf"|延长|确认|问(?:清|一下|下)|发(?:给|到|至)?(?:{_YOU})",
        ),
    )
)
COMPLETES = re.compile(
    r"到账|(?<!不)收到|查收|送到|能到|到(?:[您你账卡]|支付宝)|(?:发|寄|到|内|前)[的哦哈呢~ ]*$"
)
"""What only tells by when that which is promised before it will be done."""
_MONEY = re.compile("款|钱|费|差价|元|块|支付宝|账|余额")

_CONSENT = re.compile(
    r"(?:可以|行|好|接受|同意|愿意|方便|成|[oO][kK]|合适|需要)(?:吗|么|嘛|不(?![能会])|吧?\?)"
    r"|好不好|行不行|可不可以|可否|能否|是否|要不要|怎么样|您看.{0,10}(?:吗|么|呢|如何|\?)"
    r"|哪(?:种|个|一)|如果您?(?:同意|接受|愿意|可以|觉得)"
)
_CHOICE = re.compile("两个办法|两种|任选|二选一|或(?!许)|要么|还是(?=.*[?呢])")
_CONDITION = re.compile(r"如果|要是|若(?!干)|假如|万一|一旦|除非|只要|的话|倘|否则|不然|即使|就算")
_AFTER_EVENT = re.compile(
    rf"(?:收到|到仓|到货|到了|签收|退回|寄回|寄出|申请|提交|确认|同意|审核|核实|检查|验货?|查实|通过|提供|发来|修改|成功|完成|(?:{_YOU}).{{0,8}})"
    r"[^,。]{0,8}?(?:后(?!天)|之后|以后|了(?=再|就|我)|再(?=给|安排|补|退))|^等|[,，]等(?!下|会|一)|等(?:您|你|仓库|快递|退|货|收)"
    r"|拦(?:到|下|住)(?:来|了)?|(?:好|完|齐)了?(?:我们?)?(?:就|再)|有(?:结果|消息|进展|回复|答复|回音)"
    r"|到了[会就再我]|(?:退|寄)回来|一(?:有|到|出|回|收|查)[^,]{0,4}(?:我|就|立|马)"
)
_NAMED_DAY = re.compile(r"[今明后][天日早晚]|\d[号日]|月\d|(?:周|星期|礼拜)[一二三四五六日天]")
_GENERAL = re.compile(
    "一般|通常|正常|平时|往往|规定|规则|原则上|按流程|流程是|都会|都是|每[天个次]|凡是|政策|时效|周期|储蓄卡|信用卡|原路"
    "|(?:前|后|现在)(?:付款|拍|下单|提交)"
)
_UNSURE = re.compile("可能|也许|或许|不一定|说不定|保证不|不敢保证|未必|难说|看情况|不保")
_EARLIER = re.compile(
    rf"(?<![天日号点周月一二三四五六末底班分内])之前|上次|当时|昨[天日晚]|前[天日]|原来|本来|本应|说好|(?:{_YOU})(?:说|问|想|希望|要求|提|的意思|要的)|以为"
)
_DONE = re.compile(r"(?:已|刚(?:才|刚)?(?!好))[^,]{0,10}$")
_HARMLESS = re.compile(
    "不好意思|不用担心|不要担心|别担心|不用?要?着急|别着急|别急|不急|没问题|没关系|不超过|不晚于|不出|不客气"
    "|不耽误|请?放心|请?(?:您|你)?(?:稍|耐心)?等(?:待)?(?:一)?下?|请(?:您|你)?(?:放心|相信|谅解|见谅|留意)"
)
_NOT = re.compile(r"(?:正在|不|没|无法|别|未|难以|勿|禁止|拒绝)[^,]{0,7}$")
_CANNOT = re.compile(r"^.{0,3}不(?:了|出|到|上)|^[^,]{0,8}(?:之前|以前|时候|成功|已经|已退|退出)")
"""Behind the act: it cannot be done, is only named as a time, or told as done."""
_REQUEST = re.compile("(?<!申)请|麻烦|劳烦|辛苦|需要您|得您|让您")
_OTHERS = re.compile(
    rf"(?<![用走发换寄改让系知催按跟找问和])(?:快递(?!费|单|款)|物流(?!费)|{_COURIERS}|平台|银行|系统|保险|支付宝会|淘宝|天猫|买家|对方|厂家|商家"
    r"|师傅|配送员?|站点|小哥|他们?)"
)
_THEM = re.compile(
    rf"(?<![给为帮跟和向替与让把将补退赔打转到入回系诉知])(?:{_YOU})(?!的|好|们|放心|稍|看|别|不用|,)"
)
_SHOP_NAMED = re.compile(_SHOP)
_TO_YOU = re.compile(
    rf"(?:给|为|帮|跟|向|替|与|和|补|退|赔|打|转|到|入|回|返|还|通知|联系|告诉|告知|[答回]复)(?:{_YOU})"
)
_WITH_OTHERS = re.compile("(?:跟|找|和)(?:他们|对方|快递|仓库|财务)|去$")
"""Whom only the shop would speak to."""
_MAY = re.compile("可以|能够?(?!在)|可(?=退|补|给)|最多|上限")
_QUESTION = re.compile(r"(?:\?|吗|呢|么|嘛)$|什么时候|几点|哪天|多久|为什么|怎么")
_FINISHED = re.compile(r"了[哦呢哈啦呀的~ ]*$")
_PUT_DOWN = re.compile("登记|安排")


def without_offers(sentence: str) -> str:
    """What stands behind the last offer that waits for the customer's yes; all where none does."""
    if _CHOICE.search(sentence):
        return ""
    ends = [consent.end() for consent in _CONSENT.finditer(sentence)]
    return sentence[max(ends, default=0) :]


def acts(clause: str) -> list[tuple[Kind, Match[str]]]:
    """What is to be done, the most telling first; what lies inside another is not counted again."""
    found: list[tuple[Kind, Match[str]]] = []
    for act in ACTS:
        match = act.pattern.search(clause)
        if match and not (act.kind is Kind.DEED and found) and _apart(match, found):
            by_phone = match.group() == "打给" and not _MONEY.search(clause)
            found.append((Kind.CALL_BACK if by_phone else act.kind, match))
    return found


def _apart(match: Match[str], found: list[tuple[Kind, Match[str]]]) -> bool:
    return all(match.end() <= other.start() or other.end() <= match.start() for _, other in found)


def promises_nothing(before: str, clause: str, act: Match[str]) -> bool:
    """Whether the words around the act take the commitment away.

    Args:
        before: the clauses of the sentence before this one.
    """
    head, tail = _HARMLESS.sub("", clause[: act.start()]), clause[act.end() :]
    told = f"{before}{head}"
    return bool(
        _QUESTION.search(clause)
        or _CONDITION.search(told)
        or _CONDITION.search(tail)
        or (_AFTER_EVENT.search(told) and not _NAMED_DAY.search(clause))
        or _GENERAL.search(told)
        or _UNSURE.search(clause)
        or _EARLIER.search(head)
        or _NOT.search(head)
        or _CANNOT.search(tail)
    )


def is_done(clause: str, act: Match[str], ahead: bool) -> bool:
    """Whether it has been done already; a resend that was put down is still to come.

    Args:
        ahead: the clause names a later day.
    """
    head = clause[: act.start()]
    if _PUT_DOWN.search(head):
        return False
    return bool(_DONE.search(head)) or (not ahead and bool(_FINISHED.search(clause)))


def is_ours(clause: str, act: Match[str]) -> bool:
    """Whether the shop does it, not the customer, the courier or the platform."""
    head = _HARMLESS.sub("", clause[: act.start()])
    others = [*_THEM.finditer(head), *_OTHERS.finditer(head), *_REQUEST.finditer(head)]
    since = max((other.end() for other in others), default=None)
    return since is None or bool(_SHOP_NAMED.search(head, since))


def is_told_to_you(clause: str, act: Match[str]) -> bool:
    """Whether it says who does it, or that it is for the customer."""
    head = clause[: act.start()]
    return bool(_TO_YOU.search(clause) or _SHOP_NAMED.search(head) or _WITH_OTHERS.search(head))


def is_offered(clause: str, act: Match[str]) -> bool:
    """「可以补您2元」: within what the shop may do, not yet what it does."""
    return bool(_MAY.search(clause[: act.start()]))
