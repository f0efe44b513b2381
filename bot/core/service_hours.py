"""When people serve customers, and by when a message that comes outside those hours is answered."""

from datetime import datetime, timedelta

from bot.core.parameters import Figures

FROM, UNTIL, ANSWERED_BY = "service_from", "service_until", "night_answer_by"
"""The parameters of the shop. The same time for the first two: somebody is always there."""
_NOON = 12


def somebody_is_there(figures: Figures, at: datetime) -> bool:
    """Whether people serve at this moment."""
    begins, ends = figures.clock(FROM, at.date()), figures.clock(UNTIL, at.date())
    clock = at.time()
    if begins < ends:
        return begins <= clock < ends
    # Until after midnight, or round the clock.
    return clock >= begins or clock < ends or begins == ends


def opens(figures: Figures, at: datetime) -> datetime:
    """When people next begin to serve after this moment at which nobody does."""
    begins = datetime.combine(at.date(), figures.clock(FROM, at.date()), at.tzinfo)
    return begins if begins > at else begins + timedelta(days=1)


def answered_by(figures: Figures, at: datetime) -> datetime:
    """By when a message that was left at this moment is answered: the next such time."""
    clock = figures.clock(ANSWERED_BY, at.date())
    due = datetime.combine(at.date(), clock, at.tzinfo)
    return due if due > at else due + timedelta(days=1)


def in_words(due: datetime, at: datetime) -> str:
    """「明天上午10点」, as one says it at this moment."""
    day = "今天" if due.date() == at.date() else "明天"
    part = "上午" if due.hour < _NOON else "下午"
    hour = due.hour - _NOON if due.hour > _NOON else due.hour
    minute = f"{due.minute}分" if due.minute else ""
    return f"{day}{part}{hour}点{minute}"
