"""The countries of ISO 3166-1 by their two letters, and how names of places stand in sentences. Plain data."""

from __future__ import annotations

from typing import Final

COUNTRIES: Final[frozenset[str]] = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
    CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
    GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
    KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
    MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
    SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
    UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()
)

WITH_ARTICLE: Final[frozenset[str]] = frozenset(
    "Bahamas|British Isles|British Virgin Islands|Cayman Islands|Channel Islands|Czech Republic|Dominican Republic|"
    "European Economic Area|European Union|Falkland Islands|Faroe Islands|Gambia|Isle of Man|Maldives|Marshall Islands|"
    "Netherlands|Philippines|Republic of Ireland|Seychelles|Solomon Islands|United Arab Emirates|United Kingdom|"
    "United States|United States of America|EU|UAE|UK|US|USA".split("|")
)
"""Names of places that English sentences put "the" before."""


def name_in_sentence(place: str) -> str:
    """The name of a place as it stands inside an English sentence: ``the United Kingdom``, ``the UK`` for ``uk``."""
    name = write_place(place)
    return f"the {name}" if name in WITH_ARTICLE else name


def write_place(place: str) -> str:
    """The name of a place as written, a short code such as ``uk`` in capitals."""
    return place.upper() if len(place) < 4 else place
