"""Run Rasa's own server for the shop: sooner ready, quicker at actions, silent about messages.

Run with the Rasa environment's Python from the checkout. ``rasa run`` with the same files works
too, only slower: what differs is in this file and nowhere else.
"""

import argparse
import logging
import os
import signal
import sys
import threading
import time
import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any

WARM_UP = "你好,网线没收到,订单 250901000001"
LAST_SECONDS = 5
"""How long the server may take to close after its parent has gone."""


def main() -> None:
    options = read_options()
    if options.lifeline:
        threading.Thread(target=end_with_the_parent, daemon=True).start()
    prepare_environment()
    import_quietly()
    silence_logs()
    check_action_results_with_one_validator()
    tell_the_customer_when_the_application_does_not_answer()
    serve(options)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="models/shouhou.tar.gz")
    parser.add_argument("--endpoints", default="endpoints.yml")
    parser.add_argument("--credentials", default="credentials.yml")
    parser.add_argument("--port", type=int, default=5005)
    parser.add_argument(
        "--actions", help="host:port of the application, instead of endpoints.yml's"
    )
    parser.add_argument("--lifeline", action="store_true", help="end when stdin is closed")
    return parser.parse_args()


def end_with_the_parent() -> None:
    """Stop when standard input closes: the parent holds its other end and lets go when it dies.

    Raw reads, because a thread inside ``sys.stdin`` holds its lock while the interpreter ends.
    """
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_SECONDS)
    os._exit(1)  # still loading: nothing here is worth waiting for


def prepare_environment() -> None:
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Our matrices are small. Further threads gain nothing, and after each message they look for
    # more work for a tenth of a second, on the core that the application needs meanwhile.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    os.environ["SANIC_WORKERS"] = "1"  # two workers lose events of one conversation
    sys.path.insert(0, str(Path.cwd()))  # bot.nlu lives in the checkout


def import_quietly() -> None:
    """Import Rasa without what its old libraries say about each other."""
    import sanic.app  # noqa: F401  (turns on the warnings that the next line turns off)

    warnings.simplefilter("ignore", DeprecationWarning)
    import rasa.core.run  # noqa: F401


def silence_logs() -> None:
    """Set both of Rasa's loggers: as it comes, structlog prints what every customer says."""
    import jieba
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    jieba.setLogLevel(logging.WARNING)
    configure_structlog(logging.WARNING)
    configure_logging_and_warnings(logging.WARNING)


def check_action_results_with_one_validator() -> None:
    """Compile the constant schema once; what fails is given to Rasa's own check for its error."""
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction

    original = RemoteAction._validate_action_result

    @lru_cache(maxsize=1)
    def validator() -> Any:
        schema = RemoteAction.action_response_format_spec()
        return validator_for(schema)(schema)

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        return validator().is_valid(result) or original(self, result)

    RemoteAction._validate_action_result = validate


def tell_the_customer_when_the_application_does_not_answer() -> None:
    """Say that the message has arrived: as it comes, Rasa answers nothing, with status 200."""
    from rasa.core.actions.action import ActionBotResponse, ActionExecutionRejection, RemoteAction
    from rasa.shared.core.events import FollowupAction

    original = RemoteAction.run

    async def run(
        self: RemoteAction, output_channel: Any, nlg: Any, tracker: Any, domain: Any
    ) -> Any:
        try:
            return await original(self, output_channel, nlg, tracker, domain)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            logging.getLogger(__name__).error("%s failed: %s", self.name(), type(error).__name__)
            said = ActionBotResponse("utter_out_of_reach")
            events = await said.run(output_channel, nlg, tracker, domain)
            return [*events, FollowupAction("action_listen")]  # once is enough for one message

    RemoteAction.run = run


def serve(options: argparse.Namespace) -> None:
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints

    endpoints = AvailableEndpoints.read_endpoints(options.endpoints)
    if options.actions and endpoints.action:
        endpoints.action.url = at(endpoints.action.url, options.actions)
    serve_application(
        model_path=options.model,
        interface="127.0.0.1",  # never reachable from outside: Rasa asks nobody who they are
        port=options.port,
        credentials=options.credentials,
        endpoints=endpoints,
        server_listeners=[(warm_up, "after_server_start")],
    )


def at(url: str, host_and_port: str) -> str:
    """The same address on another host and port."""
    from urllib.parse import urlsplit

    return urlsplit(url)._replace(netloc=host_and_port).geturl()


async def warm_up(app: Any, _loop: Any) -> None:
    """Read one message before saying ready: the first one loads dictionaries."""
    await app.ctx.agent.parse_message(WARM_UP)


if __name__ == "__main__":
    main()
