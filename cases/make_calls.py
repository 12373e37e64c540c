#!/usr/bin/env python3
"""Makes `logs/county_calls.csv`: a generated look-alike of a county's run sheet, for trials of the import.

Nothing in it is real. It has the shape that dispatch systems export: a date without a year's century or a
time ("1/31/10 12:00 AM"), NULL for what is not known, blanks at the ends, and cells that hold the times of
many units without a day ("ENG1=23:58:10, MED2=00:03:00"). Planted in it: units that arrive after midnight,
and clocks that show an arrival before its dispatch. Same bytes on every run.

    python3 cases/make_calls.py            writes the log
    python3 cases/make_calls.py --check    writes nothing, fails if a committed byte differs
"""

import datetime as dt
import pathlib
import sys

from make_leak import Dice

LOG = pathlib.Path(__file__).resolve().parent / "logs" / "county_calls.csv"
CALLS = 1200
UNITS = ["ENG1", "ENG2", "LAD1", "MED1", "MED2", "MED12", "CHIEF1", "WAVE7"]
KINDS = ["MEDLE     ", "33C2      ", "10D4      ", "FIRE-STR  ", "17B1      ", "ALARM     "]
HEAD = [
    "fdid",
    "incident_num",
    "incident_date",
    "response_level",
    "call_type",
    "Unit_Dispatch_Times",
    "Unit_Arrive_Times",
    "Unit_Clear_Times",
    "disposition_remarks",
]
# Every so many calls one comes minutes before midnight; every so many a clock is behind.
LATE, FAULTY = 40, 150


def clock(second: int) -> str:
    second %= 86400
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def cell(times: list[tuple[str, int]]) -> str:
    if not times:
        return "NULL"
    text = ", ".join(f"{unit}={clock(second)}" for unit, second in times)
    return f'"{text}"' if len(times) > 1 else text


def row(number: int, dice: Dice) -> str:
    day = dt.date(2010, 1, 1) + dt.timedelta(days=number * 3 // 10)
    at = 86280 if number % LATE == LATE - 1 else 300 + dice.below(81701)
    pick = dice.below(len(UNITS))
    units = [UNITS[(pick + i) % len(UNITS)] for i in range(1 + dice.below(4))]
    sent = [(unit, at + dice.below(61)) for unit in units]
    behind = 900 if number % FAULTY == FAULTY - 1 else 0
    there = [(unit, second + 180 + dice.below(421) - behind) for unit, second in sent]
    clear = [(unit, second + behind + 600 + dice.below(1801)) for unit, second in there]
    if number % 11 == 10:  # nobody arrived
        there = []
    cells = [
        "99001",
        f"10{number:06}",
        f"{day.month}/{day.day}/{day.year % 100:02} 12:00 AM",
        "MA" if len(units) < 3 else "MC",
        dice.pick(KINDS),
        cell(sent),
        cell(there),
        cell(clear),
        " " * 30,
    ]
    return ",".join(cells)


def made() -> bytes:
    dice = Dice(1200)
    lines = [",".join(HEAD)] + [row(number, dice) for number in range(CALLS)]
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def main() -> int:
    if "--check" in sys.argv[1:]:
        if LOG.read_bytes() != made():
            print(f"{LOG.name}: the committed bytes differ from what this script makes", file=sys.stderr)
            return 1
        return 0
    LOG.write_bytes(made())
    return 0


if __name__ == "__main__":
    sys.exit(main())
