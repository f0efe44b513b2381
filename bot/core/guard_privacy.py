"""Contacts in clear in an outgoing text: they are shown masked, but not the shop's own."""

from collections.abc import Iterator

from bot.core.guard_context import Context, Finding, finding
from bot.core.guard_rules import Rule, Severity
from bot.core.guard_text import Contact, Tone
from bot.core.privacy import mask, mask_address

LOOK_BACK = 60


def contacts(tone: Tone, context: Context) -> Iterator[Finding]:
    """Phones, accounts and addresses that are not the shop's own."""
    for contact in tone.said.contacts:
        if not _the_shops(tone, contact, context):
            masked = mask(contact.value)
            better = masked if masked != contact.value else mask_address(contact.value)
            yield finding(
                tone.said,
                (contact.start, contact.end),
                Rule.PRIVACY,
                Severity.BLOCK,
                context.rules.voice("privacy"),
                {"masked": better},
            )


def _the_shops(tone: Tone, contact: Contact, context: Context) -> bool:
    """Where goods are sent back to, or whom of the courier to ask; never what the customer gave."""
    digits = contact.value.replace(" ", "")
    if any(digits in words.replace(" ", "") for words in context.customer):
        return False
    # An address is found from its first character on, which may be that of 「寄到」.
    before = tone.said.text[max(0, contact.start - LOOK_BACK) : contact.start + len("退货寄到")]
    if any(pattern.search(before) for pattern in context.rules.group("their_contacts")):
        return False
    return any(pattern.search(before) for pattern in context.rules.group("own_contacts"))
