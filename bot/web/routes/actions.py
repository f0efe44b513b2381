"""Where Rasa calls the custom actions: rasa-sdk's executor, mounted here, for this machine only."""

from functools import lru_cache
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

LOOPBACK = {"127.0.0.1", "::1", "testclient"}

router = APIRouter(include_in_schema=False)


@lru_cache(maxsize=1)
def executor() -> ActionExecutor:
    made = ActionExecutor()
    made.register_package("actions")
    return made


@router.post("/webhook")
async def run_action(request: Request) -> dict[str, Any]:
    """Run the action that Rasa names and answer with its events and replies."""
    if request.client is None or request.client.host not in LOOPBACK:
        raise HTTPException(403, "actions are for this machine only")
    call = await request.json()
    call.setdefault("domain", {})  # our actions need none, and Rasa is told not to send it
    try:
        result = await executor().run(call)
    except ActionExecutionRejection as rejection:
        raise HTTPException(400, str(rejection)) from None
    return result.model_dump() if hasattr(result, "model_dump") else (result or {})
