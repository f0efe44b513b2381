"""A record as the interface gives it: in the shop's words, contacts masked as for the caller."""

from collections.abc import Sequence
from typing import Any

from bot.core.money import exact
from bot.core.records import Change
from bot.services.casework import Batched, Seen
from bot.services.record_import import RecordsImported


def as_json(seen: Seen) -> dict[str, Any]:
    record = seen.record
    return {
        "id": record.id,
        "register": record.register,
        "owner": seen.register.owner.value,
        "order_no": record.order_no or None,
        "reason": record.reason or None,
        "fields": dict(record.fields),
        "missing": list(seen.missing),
        "state": record.state.value,
        "amount": None if record.amount is None else exact(record.amount),
        "approval": record.approval.value,
        "approved_by": record.approved_by or None,
        "conversation_id": record.conversation_id or None,
        "version": record.version,
        "created_at": record.created_at.isoformat(),
        "updated_at": (record.updated_at or record.created_at).isoformat(),
    }


def with_history(seen: Seen) -> dict[str, Any]:
    return {**as_json(seen), "history": [_line(change) for change in seen.history]}


def batch_as_json(done: Sequence[Batched]) -> dict[str, Any]:
    return {
        "changed": [one.id for one in done if one.refused is None],
        "refused": [{"id": one.id, "message": one.refused} for one in done if one.refused],
    }


def import_as_json(report: RecordsImported) -> dict[str, Any]:
    return {
        "rows": report.rows,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "refused": [
            {
                "sheet": one.sheet,
                "row": one.row,
                "column": one.column or None,
                "reason": one.reason,
            }
            for one in report.refused
        ],
    }


def _line(change: Change) -> dict[str, Any]:
    return {
        "act": change.act.value,
        "by": change.by.name,
        "role": change.by.role.value,
        "at": change.at.isoformat(),
        "before": dict(change.before),
        "after": dict(change.after),
        "why": change.why or None,
        "source": change.source or None,
        "unused": dict(change.unused),
    }
