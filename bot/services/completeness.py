"""Whether each case of the documents is there in all rooms: rules, wording, cases, practice."""

from collections import Counter
from collections.abc import Collection, Mapping

from bot.core.casebook import Held, Rooms, held
from bot.core.policy import Policy


def whole_casebook(
    policy: Policy,
    worked: Mapping[str, int] | None,
    scenarios: Mapping[str, int] | None,
    intents: Collection[str],
) -> tuple[Held, ...]:
    """Each case in the documents' order, with what is held of it and what is missing.

    Args:
        worked: how many worked cases there are by case; ``None`` where a clone has none.
        scenarios: how many worked conversations; ``None`` likewise.
        intents: what Rasa understands.
    """
    wordings: Counter[str] = Counter()
    for name in policy.scripts.names():
        wordings[name.partition(".")[0]] += len(policy.scripts.variants(name))
    practices = Counter(practice.case for practice in policy.practices)
    return tuple(
        held(
            row,
            Rooms(
                playbook=policy.playbooks.get(row.id),
                wordings=wordings[row.id],
                worked=None if worked is None else worked.get(row.id, 0),
                scenarios=None if scenarios is None else scenarios.get(row.id, 0),
                practices=practices[row.id],
                understood=row.id in intents,
            ),
        )
        for row in policy.casebook
    )
