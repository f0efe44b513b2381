"""The shop's clock: every moment the product shows is Beijing time."""

from datetime import timedelta, timezone

# A fixed offset, not a zone file: China has kept UTC+8 all year since 1992, and a machine without
# zone data must still tell the time.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
