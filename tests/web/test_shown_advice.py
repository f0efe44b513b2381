"""An advice in the shop's words: every code has one, and what has none is still shown."""

from datetime import date
from decimal import Decimal

import pytest
from ruamel.yaml import YAML

from bot import wiring
from bot.core.days import Unit
from bot.core.facts import FactDef, Kind, Origin
from bot.core.intents import INTENTS, intent_title
from bot.core.parameters import Figures, Parameter
from bot.core.playbook import Decision, Playbook, Role, Step
from bot.core.policy import Policy
from bot.core.registers import Register
from bot.core.scripts import Scripts
from bot.web.code_words import APPROVALS, DECIDERS, ORIGINS, PEOPLE
from bot.web.shown_advice import day_of, find_step, show

CABLE = Playbook(
    "cable",
    "没收到网线",
    ("cable",),
    False,
    (
        Step("offer", Decision.ALLOW, title="提出补偿", approval="after_sales"),
        Step("pass_on", Decision.HANDOVER, title="转主管"),
    ),
)
FIND = Playbook("find_order", "找订单", (), True, (Step("ask", Decision.COLLECT, title="问单号"),))
NEW = Playbook("new", "新问题", ("too_new", "newer"), False, ())
POLICY = Policy(
    figures=Figures(
        {"fee": Parameter("fee", "补偿上限", Unit.CNY, {date(2024, 1, 1): Decimal("4.00")})}
    ),
    facts={
        "received_on": FactDef("received_on", "什么时候收到的", Kind.DATE),
        "old_price": FactDef("old_price", "原价", Kind.MONEY),
        "alipay": FactDef("alipay", "支付宝账号", Kind.TEXT, entity="alipay"),
    },
    playbooks={p.id: p for p in (CABLE, FIND, NEW)},
    scripts=Scripts({}),
    registers={"补发记录": Register("补发记录", "warehouse", ())},
    documents={"S4": "客服手册"},
)


def advice(**other):
    body = {
        "message_id": "m-1",
        "as_of": "2025-09-12",
        "ranking": [{"name": "cable", "confidence": 0.934}],
        "case": "cable",
        "step": "offer",
        "decided_by": "agent",
        "decision": "allow",
        "amount": "4.00",
        "verdict": {
            "text": "可以:提出补偿",
            "reasons": [],
            "parameters": [],
            "sources": [],
            "flips_on": None,
            "becomes": None,
        },
        "replies": [],
        "ask": [],
        "register": None,
        "follow_up": None,
        "warnings": [],
        "handover": None,
    }
    verdict = body["verdict"] | other.pop("verdict", {})
    return {**body, **other, "verdict": verdict}


def reason(**other):
    told = {"fact": "received_on", "value": "2025-09-08", "from": "order", "as_of": "2025-09-08"}
    return {"reasons": [told | other]}


def test_a_verdict_is_told_by_the_steps_name_its_word_its_amount_and_who_decides():
    shown = show(advice(), POLICY)

    assert (shown.title, shown.word, shown.amount) == ("提出补偿", "可以", "4.00")
    assert (shown.decider, shown.approval) == ("客服可以决定", "售后审核")
    assert (shown.case, shown.guesses[0].percent) == ("没收到网线", "93%")


def test_a_step_that_the_rules_no_longer_have_is_told_as_it_was_written_then():
    assert show(advice(step="gone"), POLICY).title == "可以:提出补偿"


def test_a_handover_says_who_takes_over_and_what_they_get():
    packet = {"case": "cable", "facts": {"什么时候收到的": "9月8日"}, "said": ["没有网线"]}
    handed = {"to": "supervisor", "why": "转主管", "packet": packet}

    shown = show(
        advice(step="pass_on", decision="handover", decided_by="supervisor", handover=handed),
        POLICY,
    )

    assert shown.decider == "由主管接手"
    assert shown.handover == {"什么时候收到的": "9月8日"}


def test_a_reason_names_the_fact_its_value_its_origin_and_its_day():
    shown = show(advice(verdict=reason()), POLICY)

    (told,) = shown.reasons
    assert (told.title, told.value) == ("什么时候收到的", "9月8日")
    assert (told.origin, told.day) == ("订单", "9月8日")


def test_money_among_the_reasons_has_its_unit():
    shown = show(advice(verdict=reason(fact="old_price", value="169.00")), POLICY)

    assert shown.reasons[0].value == "169.00 元"


@pytest.mark.parametrize(
    ("account", "told"),
    [
        ("13812345678", "138****5678"),
        ("xiaoyu@qq.com", "x***@qq.com"),
        ("xiaoyu1990", "xia****1990"),
        ("xiaoyu", "******"),
    ],
)
def test_an_account_among_the_reasons_is_masked_whatever_it_looks_like(account, told):
    shown = show(advice(verdict=reason(fact="alipay", value=account)), POLICY)

    assert shown.reasons[0].value == told


def test_a_value_that_was_kept_when_the_fact_was_another_kind_is_shown_as_it_is():
    shown = show(advice(verdict=reason(value="收到了")), POLICY)

    assert shown.reasons[0].value == "收到了"


def test_a_figure_of_a_day_before_the_first_rule_says_so():
    shown = show(advice(as_of="2001-01-01", verdict={"parameters": ["fee"]}), POLICY)

    assert shown.figures == ("补偿上限：那一天还没有规定",)


def test_a_step_that_was_carried_out_is_a_reason_by_its_name():
    done = {"fact": "done_offer", "value": True, "from": "agent"}

    shown = show(advice(verdict=reason(**done)), POLICY)

    assert (shown.reasons[0].title, shown.reasons[0].value) == ("已经做过", "提出补偿")


def test_a_fact_without_a_title_is_shown_by_its_name():
    shown = show(advice(verdict=reason(fact="odd", value="13812345678", as_of=None)), POLICY)

    told = shown.reasons[0]
    assert (told.title, told.value, told.day) == ("odd", "138****5678", "")


def test_figures_are_told_with_value_and_unit_and_sources_with_their_titles():
    verdict = {"parameters": ["fee", "gone"], "sources": [{"doc": "S4", "at": "二.3"}]}

    shown = show(advice(verdict=verdict), POLICY)

    assert shown.figures == ("补偿上限：4 元", "gone")
    assert shown.sources == ("《客服手册》，二.3",)


def test_the_day_of_change_says_what_it_changes_to():
    shown = show(advice(verdict={"flips_on": "2025-09-16", "becomes": "refuse"}), POLICY)

    assert shown.flip == "9月16日起变为「不可以」"


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (None, ""),
        ({"on": "2025-09-15", "what": "看签收"}, "9月15日：看签收"),
        ({"on": None, "what": "等退回件"}, "等退回件"),
    ],
)
def test_a_follow_up_is_told_with_its_day_where_it_has_one(due, told):
    assert show(advice(follow_up=due), POLICY).follow_up == told


def test_a_register_names_its_keeper_and_what_is_missing():
    entry = {"name": "补发记录", "fields": {"原因": "漏发"}, "missing": ["地址"]}

    shown = show(advice(register=entry), POLICY).register

    assert shown is not None
    assert (shown.keeper, shown.missing) == ("仓库", ("地址",))


def test_a_suggestion_knows_whether_it_was_sent():
    replies = [
        {"id": f"cable.offer.{number}", "text": text, "script": "cable.offer"}
        for number, text in enumerate(("补您四元", "好"), start=1)
    ]

    first, second = show(advice(replies=replies), POLICY, ["m-1:cable.offer.1"]).replies

    assert (first.sent, second.sent) == (True, False)
    assert first.script == "cable.offer"


@pytest.mark.parametrize(
    ("confidence", "percent"), [(1.0, "100%"), (0.9996, "99%"), (0.934, "93%"), (0.004, "0%")]
)
def test_what_is_not_certain_never_reads_as_certain(confidence, percent):
    ranking = [{"name": "cable", "confidence": confidence}]

    assert show(advice(ranking=ranking), POLICY).guesses[0].percent == percent


@pytest.mark.parametrize(("confidence", "shown"), [(0.01, 2), (0.0099, 1)])
def test_a_runner_up_that_nobody_would_bet_on_is_left_out(confidence, shown):
    ranking = [
        {"name": "cable", "confidence": 0.9},
        {"name": "quality", "confidence": confidence},
    ]

    assert len(show(advice(ranking=ranking), POLICY).guesses) == shown


def test_only_the_best_and_two_others_are_shown_of_what_was_understood():
    ranking = [
        {"name": name, "confidence": 0.2}
        for name in ("cable", "quality_issue", "refund_rejected", "x")
    ]

    shown = show(advice(ranking=ranking), POLICY)

    assert [guess.title for guess in shown.guesses] == [
        "没收到网线",
        "质量问题",
        "退款申请被拒",
    ]


def test_an_advice_from_before_there_were_choices_is_shown_without_any():
    shown = show(advice(), POLICY)

    assert (shown.choices, shown.chosen_by) == ((), "")


def test_the_case_that_is_worked_on_is_told_among_the_choices():
    choices = [
        {"case": "new", "title": "新问题", "confidence": 0.3},
        {"case": "cable", "title": "没收到网线", "confidence": 0.29},
        {"case": "thanks", "title": "感谢", "confidence": 0.1},
    ]

    shown = show(advice(choices=choices, chosen_by=None), POLICY)

    assert [(one.title, one.percent, one.current) for one in shown.choices] == [
        ("新问题", "30%", False),
        ("没收到网线", "29%", True),
        ("只是感谢", "10%", False),
    ]


@pytest.mark.parametrize(
    ("intent", "title"),
    [
        ("damaged_item", "破损"),
        ("withdraw_request", "撤销申请"),
        ("too_new", "新问题"),
        ("unheard_of", "unheard_of"),
    ],
)
def test_an_intent_has_its_own_title_and_a_new_one_that_of_its_playbook(intent, title):
    assert intent_title(intent, POLICY) == title


def test_a_step_is_looked_up_in_the_case_and_then_where_the_order_is_found():
    assert find_step("cable", "ask", POLICY) == FIND.steps[0]
    assert find_step(None, "offer", POLICY) is None
    assert find_step("cable", None, POLICY) is None


def test_a_day_is_told_as_people_say_it():
    assert day_of("2025-09-08") == "9月8日"
    assert day_of(None) == ""


def test_every_code_of_the_shops_own_policy_has_a_word(policy):
    current = policy.current()
    steps = [step for playbook in current.playbooks.values() for step in playbook.steps]

    assert {step.by for step in steps if step.by} | {Role.BOT, Role.AGENT} <= DECIDERS.keys()
    assert {register.owner for register in current.registers.values()} <= PEOPLE.keys()
    assert {step.approval for step in steps if step.approval} <= APPROVALS.keys()


def test_every_origin_of_a_fact_has_a_word():
    assert ORIGINS.keys() >= {origin.value for origin in Origin}


@pytest.mark.parametrize("who", ["after_sales", "supervisor", "finance"])
def test_everybody_who_may_have_to_approve_has_a_word(who):
    assert who in APPROVALS


def test_every_intent_of_the_domain_has_a_title_of_its_own():
    domain = YAML(typ="safe").load((wiring.CHECKOUT / "domain.yml").read_text("utf-8"))

    assert INTENTS.keys() == {*domain["intents"]}
    assert len({*INTENTS.values()}) == len(INTENTS)
