"""An order as a customer may see it in a chat: enough to check it, not enough to misuse it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.facts import FactDef
from bot.core.orders import Order
from bot.core.privacy import mask_address, mask_phone


@dataclass(frozen=True, slots=True)
class OrderCard:
    """Every value is text as it is shown; what is not known is empty."""

    order_no: str
    titles: tuple[str, ...]
    status: str
    recipient: str
    phone: str
    address: str
    courier: str
    tracking_no: str

    def values(self) -> dict[str, str]:
        """What placeholders in the wording stand for; only what is known."""
        named = {
            "order_titles": "、".join(self.titles),
            "order_status": self.status,
            "recipient": self.recipient,
            "phone": self.phone,
            "address": self.address,
        }
        return {name: value for name, value in named.items() if value}


def card_of(order: Order, facts: Mapping[str, FactDef]) -> OrderCard:
    """The card of an order; name, phone and address are masked.

    Args:
        facts: how the order's status is shown.
    """
    return OrderCard(
        order_no=order.order_no,
        titles=tuple(
            f"{line.title}×{line.qty}" if line.qty > 1 else line.title for line in order.lines
        ),
        status=facts["order_status"].shown(order.status.value) if order.status else "",
        recipient=_mask_name(order.recipient or ""),
        phone=mask_phone(order.phone or ""),
        address=mask_address(order.address or ""),
        courier=order.courier or "",
        tracking_no=order.tracking_no or "",
    )


def _mask_name(name: str) -> str:
    """「王小明」 as 「王**」: who knows the name recognises it."""
    return name[:1] + "*" * (len(name) - 1)
