"""What follows from what is already known of a case: evidence, and the day of a replacement."""

from collections.abc import Iterator

from bot.core.facts import Fact, Facts, Origin

_PROVEN_BY = (
    ("photo", (True,)),
    ("fault_cause", ("quality", "transit", "use")),
    ("shop_error", (True,)),
    ("at_the_door", (True,)),
    ("refused_parcel", (True,)),
    # A colleague who has offered the choice has looked at the goods or the photo.
    ("done_offer_choice", (True,)),
)


def following(facts: Facts) -> Iterator[tuple[str, Fact]]:
    """Each fact that others make certain, with the origin of the one it rests on."""
    proof = next(
        (known for name, values in _PROVEN_BY if (known := _one_of(facts, name, values))), None
    )
    if proof:
        yield "evidence", Fact(True, proof.origin, proof.as_of)
    replaced = _one_of(facts, "replacement_received", (True,)) or _one_of(
        facts, "exchange_shipped", (True,)
    )
    # The day on which it was sent stands in while nobody has noted that it arrived.
    if replaced and replaced.as_of:
        yield "replaced_on", Fact(replaced.as_of, Origin.ORDER, replaced.as_of)


def _one_of(facts: Facts, name: str, values: tuple[bool | str, ...]) -> Fact | None:
    known = facts.get(name)
    return known if known and known.value in values else None
