"""Why a register does not take something: each names the field and how to mend it."""

from collections.abc import Sequence


class RecordRefused(ValueError):
    """What was asked of a record is against the rules; nothing has been changed."""

    def __init__(self, message: str, field: str = "record") -> None:
        super().__init__(message)
        self.field = field


class Incomplete(RecordRefused):
    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(f"还缺 {'、'.join(missing)}，先补上 fill in what is missing", missing[0])
        self.missing = tuple(missing)


class NotAllowed(RecordRefused):
    """It is another role's to do."""

    def __init__(self, what: str, who: str) -> None:
        super().__init__(f"{what}：只有{who}可以 not for your role", "role")


class WrongMove(RecordRefused):
    def __init__(self, state: str, to: str) -> None:
        super().__init__(f"{state}的记录不能变为{to} cannot go from {state} to {to}", "state")


class Finished(RecordRefused):
    def __init__(self) -> None:
        super().__init__("已经完成，不再改 finished, no longer changed", "state")


class AwaitsApproval(RecordRefused):
    def __init__(self) -> None:
        super().__init__("要主管先批准 a supervisor has to approve it first", "approval")


class NothingToApprove(RecordRefused):
    def __init__(self) -> None:
        super().__init__("这条记录没有待批准的事 nothing waits for approval", "approval")


class ReasonWanted(RecordRefused):
    def __init__(self, what: str) -> None:
        super().__init__(f"{what}要写明理由 say why", "why")


class Duplicate(RecordRefused):
    def __init__(self, other: int) -> None:
        super().__init__(
            f"记录 {other} 已经登记了同一订单的同一原因 record {other} says the same", "reason"
        )
        self.other = other


class BadValue(RecordRefused):
    """The field cannot hold this."""

    def __init__(self, title: str, why: str) -> None:
        super().__init__(f"{title}：{why}", title)


class UnknownField(RecordRefused):
    def __init__(self, register: str, title: str) -> None:
        super().__init__(f"{register}没有「{title}」这一栏 no such field", title)


class UnknownRegister(RecordRefused):
    def __init__(self, name: str) -> None:
        super().__init__(f"没有「{name}」这个登记表 no such register", "register")


class UnknownRecord(RecordRefused):
    def __init__(self, record_id: int) -> None:
        super().__init__(f"没有记录 {record_id} no such record", "id")


class Stale(RecordRefused):
    """Somebody else was quicker."""

    def __init__(self, record_id: int, by: str) -> None:
        super().__init__(
            f"记录 {record_id} 刚被{by}改过，请重新打开再改 changed meanwhile, open it again",
            "version",
        )
