"""What the routes work with: the running shop's parts, given to each request."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request

from bot import wiring
from bot.core.orders import Order
from bot.services.casework import Casework
from bot.services.desk import Desk
from bot.services.duties import Duties
from bot.services.handover import Handovers


@dataclass(frozen=True)
class RunningShop:
    parts: wiring.Serving

    @property
    def desk(self) -> Desk:
        return self.parts.desk

    @property
    def duties(self) -> Duties:
        return wiring.duties(self.parts.database, self.parts.policy)

    @property
    def handovers(self) -> Handovers:
        return wiring.handovers(self.parts.database, self.parts.policy)

    @property
    def casework(self) -> Casework:
        return self.parts.casework

    def order(self, order_no: str) -> Order:
        """The order of this number.

        Raises:
            UnknownOrder: there is none.
        """
        return wiring.known_order(self.parts.database, order_no)

    def health(self) -> dict[str, Any]:
        """Whether everything is there; degraded while messages are understood by key phrases."""
        self.parts.policy.current()  # looks at the files anew
        degraded, fault = self.parts.reader.degraded, self.parts.policy.fault
        return {
            "status": "degraded" if degraded or fault else "ok",
            "understanding": "key phrases" if degraded else "rasa",
            "policy": fault or "ok",
        }


def running_shop(request: Request) -> RunningShop:
    shop: RunningShop = request.app.state.shop
    return shop


Shop = Annotated[RunningShop, Depends(running_shop)]
