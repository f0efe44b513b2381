"""What looking for wording and keeping phrases work with."""

from typing import TYPE_CHECKING

from bot.wiring.parts import var_folder
from bot.wiring.people import audit

if TYPE_CHECKING:
    from bot.adapters.database import Database
    from bot.services.phrasebook import Phrasebook
    from bot.services.ports.phrases import Pictures
    from bot.services.script_search import ScriptSearch
    from bot.wiring.running import Serving


def phrasebook(database: "Database") -> "Phrasebook":
    """The phrases of this shop."""
    from bot.adapters.phrases_sql import SqlPhrases
    from bot.services.phrasebook import Phrasebook

    return Phrasebook(SqlPhrases(database), audit(database))


def phrase_pictures() -> "Pictures":
    """The pictures that go with phrases."""
    from bot.adapters.picture_files import PictureFiles

    return PictureFiles(var_folder() / "phrases")


def script_search(parts: "Serving") -> "ScriptSearch":
    """Looks through this shop's wording and phrases."""
    from bot.adapters.phrases_sql import SqlPhrases
    from bot.services.script_search import ScriptSearch

    return ScriptSearch(parts.policy.current, parts.desk, parts.reader, SqlPhrases(parts.database))
