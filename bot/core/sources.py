"""Where a rule or a figure comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    doc: str
    at: str
    gist: str = ""
