"""What can be found in a message: a span, what it is, and its normal form.

=============  =====================================================  ==========================
entity         value                                                  role
=============  =====================================================  ==========================
order_no       digits; 拼多多's keeps its dash: 250904-…               –
tracking_no    letters and digits, in capitals                        the courier, when known
courier        its one name: 顺丰, 中通, EMS, 邮政 …                  –
phone          11 digits; the last four for 尾号1234                  tail for the last four
alipay         an e-mail or a phone number                            –
email          in small letters                                       –
tax_no         in capitals                                            –
serial_no      in capitals                                            –
amount         yuan with two places: 12.50                            –
count          a whole number                                         the measure word: 根
days           a whole number of days                                 天 周 月 小时 工作日
date           a symbol, see ``dates``                                –
time           15:00, 24 hours                                        –
height         centimetres: 175                                       –
weight         kilograms: 62.5                                        –
size           S M L XL 2XL …; 38, 42.5; +1 or -1 (one size up, down) letters shoe step one_size
product        the catalogue's own words                              –
photo          photo or video                                         –
=============  =====================================================  ==========================
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entity:
    """``start`` and ``end`` count the characters of the text it was found in."""

    entity: str
    value: str
    start: int
    end: int
    role: str | None = None
