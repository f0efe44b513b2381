"""What a sent text promises, and what only looks like a promise."""

from datetime import datetime
from decimal import Decimal

import pytest

from bot.core.moments import SHANGHAI
from bot.core.promises import Commitment, Kind
from bot.core.working_days import MONDAY_TO_FRIDAY
from bot.services.promising import commitments_in

MONDAY = datetime(2025, 10, 13, 13, 0, tzinfo=SHANGHAI)


def promised(text: str) -> tuple[Commitment, ...]:
    return commitments_in(text, MONDAY, MONDAY_TO_FRIDAY)


def short(commitment: Commitment) -> tuple[str, str | None, str | None]:
    due, amount = commitment.due, commitment.amount
    return (
        commitment.kind.value,
        due.strftime("%m-%d %H:%M") if due else None,
        f"{amount}" if amount else None,
    )


@pytest.mark.parametrize(
    ("text", "kind", "due", "amount"),
    [
        ("明天给您回电", "call_back", "10-14 23:59", None),
        ("明天給您回電", "call_back", "10-14 23:59", None),
        ("明天上午，我给您回电", "call_back", "10-14 12:00", None),
        ("不好意思，我明天下午三点打给您", "call_back", "10-14 15:00", None),
        ("您稍等我晚点电话联系您", "call_back", "10-13 23:59", None),
        ("两三天内打到您支付宝", "payment", "10-16 23:59", None),
        ("您的退款我们明天打给您", "payment", "10-14 23:59", None),
        ("补您2元", "payment", None, "2.00"),
        ("补您2元，两三天内打到您支付宝", "payment", "10-16 23:59", "2.00"),
        ("我给您打款，2到3天内到账", "payment", "10-16 23:59", None),
        ("差价15块三天内转给您", "payment", "10-16 23:59", "15.00"),
        ("今天给您登记补发", "resend", "10-13 23:59", None),
        ("好的，那就给您补发一个电源吧", "resend", None, None),
        ("已经给您登记补发了", "resend", None, None),
        ("我们会在3个工作日内给您补寄", "resend", "10-16 23:59", None),
        ("给您用顺丰补发，明天发", "resend", "10-14 23:59", None),
        ("换的新机明天给您寄出", "ship", "10-14 23:59", None),
        ("周五之前一定给您发货", "ship", "10-17 23:59", None),
        ("我三点前回复您", "reply", "10-13 15:00", None),
        ("核实清楚后明天给您答复", "reply", "10-14 23:59", None),
        ("今天下班前帮您查清楚", "deed", "10-13 18:00", None),
        ("明天给您开发票", "deed", "10-14 23:59", None),
        ("今天帮您催一下快递", "deed", "10-13 23:59", None),
        ("已经联系EMS截件，明天再跟他们确认", "deed", "10-14 23:59", None),
        ("实在抱歉，马上给您补一只", "resend", "10-13 23:59", None),
        ("今天把说明书发给您", "deed", "10-13 23:59", None),
        ("会尽快给您补发的", "resend", None, None),
        ("今天肯定给您退", "payment", "10-13 23:59", None),
        ("下午仓库上班给您寄", "ship", "10-13 18:00", None),
        ("我帮您申请了10元补偿，2天内到您支付宝", "payment", "10-15 23:59", "10.00"),
    ],
)
def test_a_call_an_answer_a_sum_a_resend_or_a_time_is_a_promise(
    text: str, kind: str, due: str | None, amount: str | None
) -> None:
    assert [short(one) for one in promised(text)] == [(kind, due, amount)]


@pytest.mark.parametrize(
    "text",
    [
        # questions and offers that wait for a yes
        "我们补您2元，您看可以吗？",
        "要不要给您补发一根？",
        "明天给您回电可以吗",
        "要么补您10元，要么给您补发",
        "两个办法：补偿10元由您就近购买，或由仓库补寄一件。您选哪一个？",
        "可以给您补偿2元",
        "您什么时候给我们回电",
        # refusals
        "今天没法给您打款",
        "不能给您补发",
        "我们不会给您打电话",
        "当天打款我们做不到",
        "今天打款保证不了",
        # conditions and events
        "如果还找不到，我们给您补发",
        "您需要补发的话，我给您登记",
        "只要您寄回来，我们当天给您退款",
        "收到您退回的包裹后2天内给您打款",
        "等收到货，我们给您退款",
        "有结果马上告诉您",
        "他们一回话我立刻告诉您",
        # rules told in general
        "一般2-3天打到您的账户",
        "正常情况下，2天内发货",
        "补发需要时间的",
        "七天内可以退货",
        "可能明天给您打款",
        "16点前付款的今天发货",
        "审核的时效是一个工作日",
        # what others do
        "快递明天给您打电话",
        "平台会在3天内退款给您",
        "银行3天内退到您卡里",
        "安装师傅明天会给您打电话",
        "您明天打电话给我",
        "麻烦您今天把货寄给我们",
        "请您三天内回复我们",
        # what has been, or was said
        "已经给您打款了",
        "昨天已经给您补发了",
        "退款10月16日已经成功",
        "之前说好给您补2元的",
        "您说今天给您打款",
        # courtesy
        "我马上帮您查一下",
        "今天给您添麻烦了",
        "有问题随时联系我们",
        "我会尽快回复您",
        "请您稍等一下，正在为您核实",
        "我现在就帮您转给人工客服",
        "这笔钱在系统里选「我要退款」，三天内到账",
    ],
)
def test_what_only_looks_like_a_promise_is_none(text: str) -> None:
    assert promised(text) == ()


def test_two_promises_in_one_message_are_two() -> None:
    found = promised("退您10元运费，我明天给您回电")

    assert [short(one) for one in found] == [
        ("payment", None, "10.00"),
        ("call_back", "10-14 23:59", None),
    ]


def test_an_offer_does_not_take_away_what_is_promised_behind_it() -> None:
    found = promised("稍等一下好吗，我三点前回复您")

    assert [one.kind for one in found] == [Kind.REPLY]


def test_sums_that_differ_are_two_promises() -> None:
    amounts = [one.amount for one in promised("给您补2元。运费12元也退给您。")]

    assert amounts == [Decimal("2.00"), Decimal("12.00")]


def test_blanks_part_clauses_as_commas_do() -> None:
    found = promised("您的情况我记下了 明天中午 我给您回电 请您保持电话畅通")

    assert [(one.what, one.kind) for one in found] == [("明天中午,我给您回电", Kind.CALL_BACK)]
