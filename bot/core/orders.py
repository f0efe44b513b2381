"""What the shop's data knows of an order, as the rules see it.

An unknown value is ``None``: a platform's export seldom knows everything, and what is not known
is never guessed. Money is ``Decimal`` yuan; moments carry Asia/Shanghai.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class OrderStatus(StrEnum):
    UNPAID = "unpaid"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CLOSED = "closed"


class PaymentMethod(StrEnum):
    ALIPAY = "alipay"
    NET_BANK = "net_bank"
    CREDIT_CARD = "credit_card"


class RefundStatus(StrEnum):
    APPLIED = "applied"
    APPROVED = "approved"
    WAITING_RETURN = "waiting_return"
    PAID = "paid"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Line:
    sku: str
    title: str
    qty: int = 1
    paid: Decimal | None = None
    """What the customer paid for the whole line."""
    unit_price: Decimal | None = None
    """The back-office price of one piece."""
    bundle: str | None = None
    made_to_order: bool | None = None


@dataclass(frozen=True, slots=True)
class ShipmentEvent:
    at: datetime
    text: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Refund:
    type: str | None = None
    """仅退款, 退货退款, 退差价 or 退运费."""
    status: RefundStatus | None = None
    applied_at: datetime | None = None
    amount: Decimal | None = None
    succeeded_at: datetime | None = None
    slip_approved: bool | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    agreed: bool | None = None
    new_sku: str | None = None
    new_price: Decimal | None = None
    shipped: bool | None = None
    shipped_at: datetime | None = None
    tracking_no: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A line the staff wrote on the order: remarks, shipment news, warehouse news."""

    text: str
    at: datetime | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    order_no: str
    shop: str = ""
    status: OrderStatus | None = None
    nickname: str | None = None
    phone: str | None = None
    recipient: str | None = None
    address: str | None = None
    placed_at: datetime | None = None
    paid_at: datetime | None = None
    promised_ship_by: datetime | None = None
    shipped_at: datetime | None = None
    received_at: datetime | None = None
    signed_by: str | None = None
    courier: str | None = None
    tracking_no: str | None = None
    upgraded_courier_paid: bool | None = None
    """The customer paid extra for 顺丰."""
    payment_method: PaymentMethod | None = None
    quick_pay_bound: bool | None = None
    invoice_issued: bool | None = None
    freight_insurance: bool | None = None
    lines: tuple[Line, ...] = ()
    events: tuple[ShipmentEvent, ...] = ()
    refund: Refund | None = None
    """The latest refund; earlier ones stay in the database."""
    return_tracking_no: str | None = None
    return_signed_at: datetime | None = None
    exchange: Exchange | None = None
    notes: tuple[Note, ...] = field(default=())
    flag: str | None = None

    @property
    def pieces(self) -> int:
        """How many pieces the order holds, over all lines."""
        return sum(line.qty for line in self.lines)
