"""What an advice rests on, as a short code: while it is the same, a reply may go out as shown."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

LENGTH = 16
PARTS = ("case", "step", "decision", "decided_by", "amount", "order_no")


def basis(advice: Mapping[str, Any]) -> str:
    """The code of what the rules said and of the facts they went by.

    What was understood, the wording and the day itself are no part of it.
    """
    verdict = advice["verdict"]
    rests_on = {
        **{name: advice[name] for name in PARTS},
        "facts": sorted((one["fact"], str(one["value"])) for one in verdict["reasons"]),
        "flips_on": verdict["flips_on"],
    }
    text = json.dumps(rests_on, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:LENGTH]
