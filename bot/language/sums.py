"""Sums of money, numbers of pieces or kilometres, and how many days."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.language.entities import Entity
from bot.language.numbers import CHINESE, NUMBER, integer, number

_ASKED_OR_PAID = (
    "[费金](?!额)|退款|退给|打款|转账|汇款?|垫付|付款|补偿|赔偿|赔付|便宜|优惠|差价|运费|邮费|价格|总共|一共|金额|"
    "定金|订金|尾款|押金|货款|红包|拍下|到手|券后|时候|现在|昨天|前天|今天|当时|昨儿|今儿|挂|充|贵|[跟问向管找]我们?要|[你他别人]家|隔壁|"
    "退|赔|补|付|花|给|转|返|差|卖|收(?!到)|减|降了?|涨了?|价|扣|打|少(?!了)"
)
_FEE = "(?:(?![几块期元月天个多年])[一-龥]){1,3}?费(?!劲|心|力|神)"
_GIVEN_BACK = "(?:退|补|赔|返|还|转)(?:给|还|回)?我"
_HOTLINES = r"(?:123[14]5|1230[56]|12318|100(?:86|10|00)|9[56]\d{3}|11[0249])(?!\d)"
"""Who 「打12315」 calls the consumers' hotline and asks for no such sum."""
_NOUN_OF_BLOCK = (
    "电池|屏|[隔木层面挡侧背门底盖桌铁钢]?板|玻璃|面料|布|肥皂|香皂|表|硬盘|地毯|地板|砖|豆腐|肉|糖|巧克力|饼|蛋糕|抹布|毛巾|"
    "手表|石|木|瓷|垫|主板"
)
_HAIRY = "巾|衣|毯|线|呢|绒|裤|料|病|刷|笔|利|发|孩|边|豆|肚|坯|毛"
_YUAN = r"(?:元(?!旦|宵|素)|块钱|圆|人民币|rmb|RMB)"
_ADVERB = "一(?:直|定|下|样|起|共|点|会|半|般|些|旦|边|路|方|切)"
_NO_TENTHS = "天个周年块件根双条套只盒袋瓶斤次张片份对箱位人米"
"""「30块一件」 is thirty, not thirty and a tenth."""
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d{1,8})(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?:[¥$]|(?<![A-Za-z])(?i:RMB|CNY))\s?(?P<sign>{_FIGURE})(?!\d)(?:元|块)?"
    rf"|(?<![\dA-Za-z.,])(?P<signed>{_FIGURE})\s?[¥$](?!\s?\d)"
    rf"|(?<![\dA-Za-z.第{CHINESE}])(?P<yuan>{_FIGURE}[万wW]?|[{CHINESE}]+)\s?(?:多|来)?{_YUAN}"
    rf"(?:(?<!钱)(?!{_ADVERB})(?P<jiao>[\d{CHINESE}])[角毛]?(?![\d{CHINESE}{_NO_TENTHS}]))?"
    rf"|(?<![\dA-Za-z.第{CHINESE}])(?<![裂断碎分切掰摔劈]成)(?P<block>{_FIGURE}[万wWkK]?|[{CHINESE}]+)块(?:钱)?"
    rf"(?:(?P<hundredths>\d\d)(?=$|[,!?;~。、)]|\s|的|了|吧)"
    rf"|零?(?<!钱)(?!{_ADVERB})(?P<tenth>[\d{CHINESE}])(?:毛(?P<cents>[\d一二三四五六七八九])分?|[角毛])?(?![\d{CHINESE}{_NO_TENTHS}]|包(?!邮)|小时|工作日))?(?!(?:的)?(?:{_NOUN_OF_BLOCK}))"
    rf"|(?<![\dA-Za-z.{CHINESE}])(?P<mao>\d|[{CHINESE}])(?:角钱|毛(?:钱|(?P<fen>[\d一二三四五六七八九])(?![\d{CHINESE}]|样)分?"
    rf"|(?<![一1]毛)(?!{_HAIRY}|一样)))"
)
_BARE = re.compile(
    rf"(?<!假一)(?<!退一)(?<!缺一)(?:{_ASKED_OR_PAID})(?:你|您|我|给|了|到|个|是|为|的|回来?|你们|我们|:){{0,2}}\s?"
    rf"(?P<bare>(?!{_HOTLINES})\d{{1,5}}(?:\.\d{{1,2}})?[万wW]?|[{CHINESE}]{{0,4}}[十百千万][{CHINESE}]{{0,3}})"
    r"(?=$|[,.!?;~。、)]|\s|吧|吗|呢|行|可|够|好|左右|算|就|的?差价|的?运费|以内|还|都|啊|呀|了"
    r"|退|补|赔|返|找|给|我|对|太|也|什么|哪|没|不|能|这|谢|只|才|卖|怎|昨天|今天|正常|合理|贵|话费"
    r"|的(?=$|[ ,。])"
    r"|实[退付收际]|现[在价]|券后|折后|优惠后|[一总]共|合计)(?![.:]\d)"
)
_SPENT = re.compile(
    rf"(?:刷|充值|存|交|垫|掏|省|亏|贴|加|抵|报|出|搭|拿|[多要]要|要价)(?:了|到|进去|我|你们?|个){{0,2}}"
    rf"(?P<bare>(?!{_HOTLINES})\d{{2,5}}(?:\.\d{{1,2}})?|[{CHINESE}]{{0,4}}[十百千万][{CHINESE}]{{0,3}})"
    r"(?=$|[,.!?;~。、)]|\s|吧|吗|呢|行|可|够|好|左右|算|就|的?差价|的?运费|还|都|没|不|谢|才)(?![.:]\d)"
)
_DECIMAL = re.compile(
    r"(?<![\dA-Za-z.:/+*×-])(?<!蓝牙|版本|系统|安卓|固件)(?P<bare>\d{1,5}\.\d{1,2})"
    r"(?=$|[,!?;~。、)]|\s|吧|吗|呢|退|补|扣|收|了|没|不|还|就|哪|怎|才|都|啊|呀)"
)
_QUOTED = re.compile(
    r"(?:值|算|写着?|显示|标成?|到账|[涨降调]到|原先|原来|最[低高多]|变成?|[买卖]成?|单[买卖]|应该|说|才|报)(?:了|我|是){0,2}\s?"
    rf"(?P<bare>(?!{_HOTLINES})\d{{2,5}}(?:\.\d{{1,2}})?|[{CHINESE}]{{0,4}}[十百千万][{CHINESE}]{{0,3}})"
    r"(?=$|[,!?;~。、)]|\s|吧|吗|呢|了|没|怎|还|才|都)(?![.:]\d)"
)
"""What a page or a person says, where a message speaks of money."""
_MONEY = re.compile("[退补赔付价降涨钱块元券贵刷扣¥]|便宜|优惠")
_NO_MONEY = re.compile("[码鞋]|版本|固件")
_NO_PRICE = r"(?:20[12]\d|618|818|1111|1212|11\.11|12\.12)(?!\d)"
_GIVEN = re.compile(
    rf"(?<![\dA-Za-z.:号第减\-/{CHINESE}])(?P<bare>\d{{1,5}}(?:\.\d{{1,2}})?|[{CHINESE}]{{0,4}}[十百千万][{CHINESE}]{{0,3}})"
    rf"(?=的?(?:{_FEE}|差价|退款|红包|优惠券|券)|成交|{_GIVEN_BACK})"
    r"|(?<=买的)(?P<paid>\d{3,4}(?:\.\d{1,2})?|\d{2}\.\d{1,2})(?=$|[,。!?; ])"
    rf"|(?<![\dA-Za-z.:号第\-/{CHINESE}])(?P<price>(?!{_NO_PRICE})\d{{2,5}}(?:\.\d{{1,2}})?)(?=[拍买]的)"
)
_HUNDREDS = re.compile(
    rf"(?<![\dA-Za-z.第穿{CHINESE}])(?P<bare>\d+(?:\.\d+)?[百千万]|\d+\.\d+[wW]|[一二两三四五六七八九][百千万][{CHINESE}]{{0,5}})"
    r"(?=$|[ ,.!?;~。)]|吧|吗|呢|行不行|可以|够|左右|以内|买"
    r"|的(?!人|可能|把握|概率|几率|粉丝|像素|销量|库存))"
)

_PAPER = (
    "发票|收据|小票|单据|照片|图片|截图|图(?!书|案)|视频|短信|信息|消息|记录|通知|提示|提醒|评价|好评|差评|链接|"
    "优惠券|券"
)
"""What is counted and is no goods."""
_ABOUT = re.compile("[多来]")
_OFFER = re.compile(rf"满[\d{CHINESE}]+[元块]?立?减$")
_A_NAME = re.compile("包邮(?:的|那|专?区)|专区|店|购(?!买)|多(?!少)")
_MEASURES = (
    r"个(?!问题|说法|月|多月|星期|礼拜|小时|钟|电话|解释|答复|结果|理由|意思|人|多|半|字|工作日|客服|回复|地方|事|地址|工作|情况|忙|亲|省|市|城|县|国|朋友|同事|师傅|快递员|店|商家|平台|群|微信|账号|教训|好评|差评|方案|办法|选择|机会"
    r"|建议|要求|想法|道歉|交代|交待|态度|原因|方法|方面|晚上|早上|上午|下午|招呼|劲|个|价|样|星|字|不愿意|不情愿)"
    r"|件(?!事|套)|根(?!本|据|筋)|条(?!街|龙|路|心|命|件|码|款(?!式)|短信|信息|消息|评价)|双(?!11|十一|倍|方|手(?!套)|眼|脚|儿女)|套(?!餐(?!具)|装|路(?!由)|说|话)|只(?!松鼠|手|脚|眼)(?:(?<=[两二三四五六七八九十百]只)|(?!有|是|能|要|收|发|想|剩|退|换|给|买|到|会|用|好))"
    r"|台(?!湾|阶|风(?!扇)|戏)|部(?!分|门)|盒|箱|包(?!邮|裹|退|赔|装|运|括|含|范围|政策|期|法|服务|换|安装|修|您|你|售后|皮(?!筋)|里(?![面头]))|袋|瓶|罐|本(?!正经|万利|人|来|店|月|周|地|身|次)"
    r"|张(?!嘴|脸|先生|女士|小姐|三)|把(?!块|年纪|火|关)|支(?!付|持|票|的?[棉纱])|枝|片(?!混乱|空白|狼藉|漆黑|好?心)|幅|扇|盆|棵|株|朵|节(?=[57五七]?号?电池)|口(?=锅|缸)|副|对(?!一|不|的|吗|应|比|方|于|我|你)|份(?!儿|心|工作)|单(?!号|子|独|价|品|位|元|一(?!起|块)|身|反)|卷|提(?!交|前|供|示|醒|货|现|高|出|问)"
    r"|桶|碗|杯|颗(?!心|星)|粒|辆|床|盏|束|串|顶|枚|听(?!说|到|见|你|筒|了|着)|块(?=的?(?:"
    + _NOUN_OF_BLOCK
    + r"))|组|板|捆|扎|筒|打(?!开|电话|折|算|款|不|我|了|包|印|钱)"
)
_COUNT = re.compile(
    rf"(?:(?<![A-Za-z\d])|(?=[{CHINESE}]))(?<![.第\-回{CHINESE}])(?P<many>\d{{1,4}}|[{CHINESE}]{{1,4}})\s?(?P<of>{_MEASURES})"
    rf"(?!的?(?:{_PAPER})|装(?:的|版|礼|$|[,.!?;]))"
)
_DISTANCE = re.compile(
    rf"(?<![\dA-Za-z.第\-{CHINESE}])(?P<many>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|[{CHINESE}]{{1,6}})\s?多?(?:公里|千米|[kK][mM](?![a-zA-Z]))"
)
_PAIR = re.compile(r"(?<![咱我你他她们爷娘母父口])[俩仨](?!个?(?:月|星期|礼拜|小时|字|人))")

_AT_ALL_HOURS = "的?(?:客服|在线|人工|热线|服务|营业|自助|不间断|不打烊|制|法)"
_UNIT = (
    r"天(?!半|两头|一个价|到晚|天|比|打鱼|晒网)|日(?![用期常本元])|周(?!半|年|边|[一二三四五六日])|星期(?![一二三四五六日天])"
    r"|礼拜(?![一二三四五六日天])|(?:(?<=[半俩仨])|(?<=个))月(?![\d一二三四五六七八九十份])"
    rf"|小时(?!半|{_AT_ALL_HOURS})"
)
"""A month needs its 个: 3月 is March."""
_PERIOD = re.compile(
    rf"(?<![\dA-Za-z.第\-~至每{CHINESE}])(?<![\d天月{CHINESE}]到)(?P<many>半|俩|仨|{NUMBER})\s?(?P<more>多)?"
    r"(?:个(?P<half>半)月|(?:个|天)?(?P<working>工作[日天]|营业日)|个?自然(?P<natural>日)"
    rf"|个?(?P<unit>{_UNIT}))"
    r"(?!多?[以之]?[前后](?!能|可|要|会))"
)
_VAGUE = re.compile(
    r"(?:[这那前头近几每第隔]|[大小](?=半)|[过后明](?=[一二两12][天周])|个(?=半月))(?=\S)"
)
_NAMED = re.compile("(?:[同另某每哪头上那这任没]|(?<![剩留])下)$")
_ISSUED = re.compile("[开发寄]$")
_PAPERWORK = re.compile("发票|电子|专票|抬头|收据")
_AGED = re.compile("(?:宝宝?|孩子|娃|儿子|女儿|闺女)(?:才|刚|现在|快|有)?$")
_PAIRS = {"俩": "2", "仨": "3"}
_DAYS_IN = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30}
_ROLES = {"日": "天", "星期": "周", "礼拜": "周"}


def amounts(text: str, *, also_vague: bool = False) -> Iterator[Entity]:
    """Sums of money.

    Args:
        also_vague: what is no exact sum or only a name as well, such as 几十块 and 9块9包邮, for
            those who may overlook no figure.
    """
    for match in _AMOUNT.finditer(text):
        value = _yuan(match)
        if value is not None and (also_vague or not _is_vague(match)):
            yield Entity("amount", _money(value), *match.span())
    of_money = _MONEY.search(text) and not _NO_MONEY.search(text)
    for pattern in (_BARE, _SPENT, _GIVEN, _HUNDREDS, *((_DECIMAL, _QUOTED) if of_money else ())):
        for match in pattern.finditer(text):
            name = match.lastgroup or "bare"
            value = number(match[name])
            if value and (also_vague or not _OFFER.search(text[: match.start(name)])):
                yield Entity("amount", _money(value), *match.span(name))


def _is_vague(match: re.Match[str]) -> bool:
    several = match.string[match.start() - 1 : match.start()] in ("几", "数")
    about = bool(_ABOUT.search(match.group()))
    return several or about or bool(_A_NAME.match(match.string, match.end()))


def _yuan(match: re.Match[str]) -> Decimal | None:
    if match["block"] == "一" and not match["tenth"] and not match.group().endswith("钱"):
        return None  # 一块 also means together
    parts = (
        match["sign"] or match["signed"] or match["yuan"] or match["block"] or "0",
        match["mao"] or match["jiao"] or match["tenth"] or "0",
        match["hundredths"] or match["fen"] or match["cents"] or "0",
    )
    yuan, tenths, hundredths = map(number, parts)
    if yuan is None or tenths is None or hundredths is None:
        return None
    return yuan + tenths / 10 + hundredths / 100


def _money(value: Decimal) -> str:
    return f"{value:.2f}"


def counts(text: str) -> Iterator[Entity]:
    for match in _COUNT.finditer(text):
        many = integer(match["many"])
        if many and not _is_a_saying(match):
            yield Entity("count", str(many), *match.span(), match["of"])
    for match in _DISTANCE.finditer(text):
        far = integer(match["many"].replace(",", ""))
        if far:
            yield Entity("count", str(far), *match.span(), "公里")
    for match in _PAIR.finditer(text):
        yield Entity("count", _PAIRS[match.group()], *match.span(), "个")


def _is_a_saying(match: re.Match[str]) -> bool:
    """「另一个」 and 「同一件」 name a thing, 「一片一片」 a manner."""
    text, (start, end) = match.string, match.span()
    if match["of"] in "份张" and _ISSUED.search(text[:start]) and _PAPERWORK.search(text):
        return True
    named = match["many"] == "一" and _NAMED.search(text, max(0, start - 2), start)
    around = text[max(0, 2 * start - end) : start], text[end : 2 * end - start]
    return bool(named) or match.group() in around


def periods(text: str) -> Iterator[Entity]:
    """Lengths of time in days; what is not a whole number of days is left out."""
    for match in _PERIOD.finditer(text):
        before = max(0, match.start() - 1), match.start()
        if _VAGUE.match(text, before[0]) or _AGED.search(text[: before[1]]):
            continue
        unit = "月" if match["half"] else match["unit"] or match["natural"] or "工作日"
        days = _in_days(match["many"], unit, Decimal("0.5") if match["half"] else Decimal(0))
        if days:
            yield Entity("days", str(days), *match.span(), _ROLES.get(unit, unit))


def _in_days(written: str, unit: str, half: Decimal) -> int | None:
    if written == "半":
        return 15 if unit == "月" else None
    many = number(_PAIRS.get(written, written))
    if many is None or many > 1000:
        return None
    many += half
    days = many / 24 if unit == "小时" else many * _DAYS_IN.get(unit, 1)
    return int(days) if days == int(days) else None
