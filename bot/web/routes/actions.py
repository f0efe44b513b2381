"""Where Rasa calls the custom actions: rasa-sdk's executor, mounted here, for this machine only."""

from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from bot.web.errors import problem
from bot.web.hosts import bound_hosts, on_this_machine
from bot.web.texts import all_clean

router = APIRouter(include_in_schema=False)


@lru_cache(maxsize=1)
def executor() -> ActionExecutor:
    made = ActionExecutor()
    made.register_package("actions")
    return made


async def from_rasa(request: Request) -> dict[str, Any]:
    """The call of the Rasa on this machine; a web page cannot send this type unasked."""
    if request.client is None or not on_this_machine(request.client.host, bound_hosts()):
        raise HTTPException(403, "动作只供本机 actions are for this machine only")
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise HTTPException(415, "请发 application/json send application/json")
    try:
        call = await request.json()
    except (ValueError, RecursionError):
        raise HTTPException(400, "不是 JSON is not JSON") from None
    if not isinstance(call, dict) or not isinstance(call.get("tracker"), dict):
        raise HTTPException(
            400, "不是 Rasa 的动作请求 needs next_action and tracker, as Rasa sends"
        )
    cleaned: dict[str, Any] = all_clean(call)
    return cleaned


@router.post("/webhook", response_model=None)
async def run_action(call: Annotated[dict[str, Any], Depends(from_rasa)]) -> Any | Response:
    """Run the action that Rasa names and answer with its events and replies."""
    call.setdefault("domain", {})  # our actions need none, and Rasa is told not to send it
    try:
        result = await executor().run(call)
    except ActionNotFoundException as unknown:
        return problem(404, "next_action", str(unknown))
    except ActionExecutionRejection as rejection:
        # These two names are Rasa's own: it reads them to choose another action.
        refused = {"error": str(rejection), "action_name": rejection.action_name}
        return JSONResponse(refused, 400)
    return result.model_dump() if hasattr(result, "model_dump") else (result or {})
