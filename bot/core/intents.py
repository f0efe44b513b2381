"""What each intent of a customer is called, and which of them a person may choose from."""

from collections.abc import Iterator, Mapping

from bot.core.policy import Policy

FAMILIES = {
    "少件与配件": {
        "missing_cable": "没收到网线",
        "faulty_cable": "网线坏了",
        "missing_power_adapter": "没有电源",
        "faulty_power_adapter": "电源坏了或灯不亮",
        "noisy_power_adapter": "电源有声音",
        "missing_item": "少发或漏发",
    },
    "商品": {
        "quality_issue": "质量问题",
        "damaged_item": "破损",
        "wrong_item": "发错货",
        "not_as_described": "与描述不符",
        "size_issue": "尺码不合适",
        "fabric_dislike": "不喜欢面料",
        "no_longer_wanted": "收到后不想要了",
        "counterfeit_claim": "怀疑假货",
        "warranty_repeat_fault": "换过或修过又坏了",
        "repair_request": "返修",
        "installation_help": "安装问题",
        "usage_help": "使用问题",
    },
    "退货退款": {
        "return_request": "退货",
        "return_freight": "退货运费谁出",
        "pay_out": "打款",
        "refund_not_received": "退款没收到",
        "refund_rejected": "退款申请被拒",
        "refund_amount": "退款金额不对",
        "cancel_order": "未发货取消订单",
        "withdraw_request": "撤销申请",
        "freight_insurance": "运费险",
        "seven_day_rule": "无理由退货的规则",
        "partial_compensation": "不退货，要补偿",
        "price_drop": "买后降价",
    },
    "换货": {
        "exchange_request": "换货",
        "exchange_price_difference": "换货差价",
        "exchange_freight": "换货运费",
        "extend_receipt": "延长收货",
        "urgent_exchange": "急用，先发新的",
        "after_sales_progress": "退换修进度",
    },
    "物流与订单": {
        "where_is_my_order": "查物流",
        "shipping_delay": "催发货",
        "not_delivered": "显示签收但没收到",
        "intercept_parcel": "在途不想要了，拦截或拒收",
        "change_order": "改订单",
        "courier_fee": "寄回的快递费",
        "delivery_options": "配送方式",
        "out_of_range": "超出配送范围",
        "courier_complaint": "快递态度差或不送货",
        "invoice_request": "发票",
        "order_confirm": "核对订单",
    },
    "投诉与转人工": {
        "complaint": "投诉",
        "bad_review": "差评",
        "platform_dispute": "平台介入、维权",
        "ask_human": "转人工",
    },
    "对话": {
        "greet": "打招呼",
        "thanks": "感谢",
        "goodbye": "结束",
        "affirm": "同意",
        "deny": "否定",
        "provide_info": "提供信息",
        "urge_reply": "催回复",
        "presale_question": "售前咨询",
        "payment_coupon": "付款与优惠",
        "out_of_scope": "与售后无关",
    },
}
"""What each intent is called, by family, in the order in which they are shown; one playbook may
serve several.
"""

INTENTS = {name: title for family in FAMILIES.values() for name, title in family.items()}

OTHERS = "其他"
"""Cases that are in no family: a shop's own, or opened by data alone."""


def intent_title(intent: str, policy: Policy) -> str:
    """Its own title; that of the playbook that serves it while it is too new to have one."""
    playbook = policy.for_intent(intent)
    return INTENTS.get(intent) or (playbook.title if playbook else intent)


def can_be_meant(intent: str, policy: Policy) -> bool:
    """Whether a customer may want this, and there is a playbook for it."""
    playbook = policy.for_intent(intent)
    if playbook is None:
        return False
    # What asks for the order or for clearer words is nobody's want.
    return intent in INTENTS or not (playbook.generic or playbook.yields)


def choosable(policy: Policy) -> Mapping[str, Mapping[str, str]]:
    """All that a customer may want, by family: the titles of the intents."""
    families = {
        family: {name: title for name, title in names.items() if can_be_meant(name, policy)}
        for family, names in FAMILIES.items()
    }
    own = {name: intent_title(name, policy) for name in _beside(policy)}
    return {family: names for family, names in {**families, OTHERS: own}.items() if names}


def _beside(policy: Policy) -> Iterator[str]:
    for playbook in policy.playbooks.values():
        yield from (
            name for name in playbook.intents if name not in INTENTS and can_be_meant(name, policy)
        )
