"""The table of phrases that people keep."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.adapters.columns import Id
from bot.adapters.schema import Base


class PhraseRow(Base):
    """Something that is said often: one person's own, or everybody's where no owner is named."""

    __tablename__ = "phrases"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner: Mapped[str] = mapped_column(String(40), index=True)
    folder: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(40))
    text: Mapped[str]
    picture: Mapped[str] = mapped_column(String(64), server_default="")
    """The file that goes with it; empty where none does."""
