"""What a record must hold, and what of it is known already."""

from decimal import Decimal

from bot.core.people import Role
from bot.core.register_values import Holds
from bot.core.registers import Field, Register

RESEND = Register(
    "补发记录",
    Role.WAREHOUSE,
    (
        Field("订单号", "order_no"),
        Field("补发内容"),
        Field("数量", "missing_count", required=False),
        Field("收件人", "recipient"),
        Field("原因", "reason"),
    ),
)
KNOWN = {"order_no": "250904220031", "recipient": "林晚", "missing_count": "2"}


def test_an_entry_is_filled_from_the_facts_and_by_the_step() -> None:
    entry = RESEND.entry(KNOWN, {"补发内容": "网线", "原因": "未收到网线"})

    assert entry.name == "补发记录"
    assert entry.missing == ()
    assert entry.fields == {
        "订单号": "250904220031",
        "补发内容": "网线",
        "数量": "2",
        "收件人": "林晚",
        "原因": "未收到网线",
    }


def test_what_a_step_fixes_goes_before_what_a_fact_says() -> None:
    entry = RESEND.entry({**KNOWN, "reason": "少发"}, {"原因": "未收到网线"})

    assert entry.fields["原因"] == "未收到网线"


def test_what_is_missing_is_named_and_not_filled_with_blanks() -> None:
    entry = RESEND.entry({"order_no": "250904220031", "recipient": ""}, {})

    assert entry.missing == ("补发内容", "收件人", "原因")
    assert entry.fields == {"订单号": "250904220031"}


def test_what_is_not_required_is_not_missed() -> None:
    entry = RESEND.entry({}, {})

    assert "数量" not in entry.missing


def test_a_fact_without_a_field_does_not_enter_the_record() -> None:
    entry = RESEND.entry({**KNOWN, "alipay": "a@example.com"}, {"备注": "急"})

    assert "a@example.com" not in entry.fields.values()
    assert "备注" not in entry.fields


def test_a_field_is_filled_by_its_second_fact_where_the_first_is_not_known() -> None:
    exchange = Register("换货登记", "warehouse", (Field("换成", "size", or_fact="style"),))

    assert exchange.entry({"style": "黑色"}, {}).fields == {"换成": "黑色"}
    assert exchange.entry({"size": "XL", "style": "黑色"}, {}).fields == {"换成": "XL"}
    assert exchange.entry({}, {}).missing == ("换成",)


def test_what_nobody_could_work_with_counts_as_missing() -> None:
    starred = Register("补发记录", Role.WAREHOUSE, (Field("电话", "phone", holds=Holds.PHONE),))

    entry = starred.entry({"phone": "138****5678"}, {})

    assert (entry.fields, entry.missing) == ({}, ("电话",))


def test_contacts_are_masked_field_by_field_and_numbers_stand_whole() -> None:
    register = Register(
        "补发记录",
        Role.WAREHOUSE,
        (
            Field("订单号", holds=Holds.ORDER_NO),
            Field("电话", holds=Holds.PHONE),
            Field("地址", holds=Holds.ADDRESS),
            Field("支付宝账号", holds=Holds.ACCOUNT),
            Field("退回单号", holds=Holds.NUMBER),
            Field("备注"),
        ),
    )

    masked = register.masked(
        {
            "订单号": "13812345678",
            "电话": "13812345678",
            "地址": "示例省示例市示例路一号楼",
            "支付宝账号": "linwan_2020",
            "退回单号": "13812345678",
            "备注": "打 13812345678",
            "旧栏": "13812345678",
        }
    )

    assert list(masked.values()) == [
        "13812345678",
        "138****5678",
        "示例省示例市…",
        "lin****2020",
        "13812345678",
        "打 138****5678",
        "138****5678",
    ]


def test_only_what_compensates_counts_against_the_limit() -> None:
    register = Register(
        "退运费登记",
        Role.FINANCE,
        (Field("类型"), Field("金额", holds=Holds.MONEY)),
        amount="金额",
        compensates={"类型": "补偿"},
    )

    assert register.compensation_of({"类型": "补偿", "金额": "3.00"}) == Decimal(3)
    assert register.compensation_of({"类型": "退运费", "金额": "3.00"}) == 0
    assert register.compensation_of({"类型": "补偿"}) == 0
    assert RESEND.compensation_of({"类型": "补偿", "金额": "3.00"}) == 0
