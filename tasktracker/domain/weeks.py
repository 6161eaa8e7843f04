"""The day that weeks begin on, where people live."""

_SUNDAY = (
    "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH "
    "PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW"
)
_SATURDAY = "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY"


def first_weekday(locale: str) -> int:
    """The first day of the week by a language tag (BCP 47) with a territory, such as `en-US`: 0 is Monday, 6 Sunday.

    It is Monday (ISO 8601) where the tag names no territory, or one where that is so. Source: CLDR's weekData.
    """
    territories = {part.upper() for part in locale.replace("_", "-").split("-")[1:]}
    if territories.intersection(_SUNDAY.split()):
        return 6
    return 5 if territories.intersection(_SATURDAY.split()) else 0
