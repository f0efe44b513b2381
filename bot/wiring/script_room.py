"""What looking for wording and keeping phrases work with."""

from typing import TYPE_CHECKING

from bot.wiring.people import audit

if TYPE_CHECKING:
    from bot.adapters.database import Database
    from bot.services.phrasebook import Phrasebook
    from bot.services.script_search import ScriptSearch
    from bot.wiring.running import Serving


def phrasebook(database: "Database") -> "Phrasebook":
    """The phrases of this shop."""
    from bot.adapters.phrases_sql import SqlPhrases
    from bot.services.phrasebook import Phrasebook

    return Phrasebook(SqlPhrases(database), audit(database))


def script_search(parts: "Serving") -> "ScriptSearch":
    """Looks through this shop's wording and phrases."""
    from bot.adapters.phrases_sql import SqlPhrases
    from bot.services.script_search import ScriptSearch

    return ScriptSearch(parts.policy.current, parts.desk, parts.reader, SqlPhrases(parts.database))
