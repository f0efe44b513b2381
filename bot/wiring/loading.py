"""A shop's own wording out of its documents, into a pack for review."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.wiring.parts import policy_store

if TYPE_CHECKING:
    from bot.core.placing import Proposals


def import_scripts(path: Path, folder: Path) -> "Proposals":
    """Propose a place for each passage of the document, and write the pack into the folder.

    Raises:
        BrokenDocument: the document cannot be read.
        FileExistsError: the folder holds a pack already.
    """
    from bot.adapters.documents import read_document
    from bot.adapters.pack_writing import write_pack
    from bot.core.moments import SHANGHAI
    from bot.services.script_import import propose

    policy = policy_store().current()
    found = propose(read_document(path), policy, datetime.now(SHANGHAI).date())
    write_pack(folder, path.stem, found, policy)
    return found
