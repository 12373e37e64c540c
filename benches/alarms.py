#!/usr/bin/env python3
"""Whole-process time and memory of `fupan import --dry-run --json` on a long alarm log, against
DuckDB parsing and aggregating the UTF-8 twin of the same log.

Run from the root of the project after `cargo build --release -p fupan_cli`; needs duckdb. Both are
timed in one run, alternating, so that a noisy machine slows both alike; DuckDB's time is that of its
query alone, ours that of the whole process. The log has the columns 时间,位号,类型,值,描述, in GB18030
with CRLF; the same log with 1,000 bad rows scattered in is timed as well. Least, greatest and sum of
the columns are printed beside DuckDB's and must be the same, and every bad row must be reported.

Exits 1 if ours takes longer than DuckDB, needs 300 MB or more, or differs. `--ten` reads ten times
the rows once, for the memory only (about 4 GB of disk).
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUPAN = ROOT / "target" / "release" / "fupan"
MAPPING = ROOT / "benches" / "alarms.toml"
HEAD = "时间,位号,类型,值,描述\r\n"
KINDS = ["可燃气体高报", "可燃气体高高报", "液位低报", "压力高报", "恢复正常"]
PLACES = ["一号装置区", "二号装置区", "罐区东侧", "压缩机房", "装卸台"]
WORDS = ["位号", "类型", "描述"]
LIMIT_BYTES = 300_000_000
BAD_ROWS = 1000
# A bad row of each kind, and what is expected there instead.
BAD = [
    (b"2026-05-01 08:00:00.000,GDS-001,1.5", "columns=5"),
    ("2026-13-01 08:00:00.000,GDS-001,恢复正常,1.5,无".encode("gb18030"), "time"),
    ("2026-05-01 08:00:00.000,GDS-001,恢复正常,1.5.2,无".encode("gb18030"), "number"),
    ("2026-05-01 08:00:00.000,,恢复正常,1.52,无".encode("gb18030"), "required"),
    (b"2026-05-01 08:00:00.000,GDS-001,\xff\xff,1.52,x", "gb18030"),
    (b"2026-05-01 08:00:00.000,GDS-001,a\x00b,1.52,x", "no-nul"),
    (b'2026-05-01 08:00:00.000,GDS-001,"a,1.52,x', "closing-quote"),
]


def lines(rows):
    """The rows, in pieces of text of a minute each; every stamp is later than the one before."""
    dice = random.Random(9012)
    tags = [f"GDS-{number:03}" for number in range(1, 41)]
    ends = [
        [f",{tag},{kind}," for tag in tags for kind in KINDS],
        [f",{kind} {place}\r\n" for kind in KINDS for place in PLACES],
    ]
    whole = [f"{number}.{cents:02}" for number in range(100) for cents in range(100)]
    clock = 8 * 3_600_000
    day, done, piece, minute, head = 0, 0, [], -1, ""
    bits, pick = dice.getrandbits, len(ends[0])
    while done < rows:
        clock += 1 + bits(5)
        if clock >= 86_400_000:
            clock -= 86_400_000
            day += 1
        if clock // 60_000 != minute:
            minute = clock // 60_000
            if piece:
                yield "".join(piece)
                piece = []
            stamp = time.gmtime(1_777_593_600 + day * 86_400)
            head = f"{time.strftime('%Y-%m-%d', stamp)} {minute // 60:02}:{minute % 60:02}:"
        at = clock % 60_000
        die = bits(40)
        piece.append(
            f"{head}{at // 1000:02}.{at % 1000:03}{ends[0][die % pick]}"
            f"{whole[(die >> 8) % 10_000]}{ends[1][(die >> 24) % 25]}"
        )
        done += 1
    yield "".join(piece)


def make(folder, rows, twin):
    """Writes the log, the log with bad rows, and the twin; gives the bad rows' numbers."""
    plain = folder / "alarms.csv"
    with plain.open("wb") as gb:
        utf8 = (folder / "twin.csv").open("wb") if twin else None
        gb.write(HEAD.encode("gb18030"))
        if utf8:
            utf8.write(HEAD.encode())
        for piece in lines(rows):
            gb.write(piece.encode("gb18030"))
            if utf8:
                utf8.write(piece.encode())
        if utf8:
            utf8.close()
    return plain


def spoil(plain, spoilt, rows):
    """Copies the log with bad rows scattered in; gives row and expectation of each."""
    every, bad, number = rows // BAD_ROWS, [], 0
    with plain.open("rb") as source, spoilt.open("wb") as target:
        for number, line in enumerate(source):
            target.write(line)
            if number and number % every == 0 and len(bad) < BAD_ROWS:
                text, expected = BAD[len(bad) % len(BAD)]
                target.write(text + b"\r\n")
                bad.append((number + 2 + len(bad), expected))
    return bad


def ours(log):
    """Seconds, peak memory in bytes, and the answer."""
    command = [str(FUPAN), "import", str(log), "--mapping", str(MAPPING), "--dry-run", "--json"]
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    answer = []
    reader = threading.Thread(target=lambda: answer.append(child.stdout.read()))
    reader.start()
    _, status, usage = os.wait4(child.pid, 0)
    taken = time.perf_counter() - begun
    reader.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"fupan import: exit {child.returncode}")
    return taken, usage.ru_maxrss * 1024, json.loads(answer[0])


def query(twin):
    """Prints the seconds of DuckDB's query, and its row."""
    import duckdb

    link = duckdb.connect(config={"threads": os.cpu_count()})
    texts = ", ".join(f'min("{c}"), max("{c}")' for c in WORDS)
    text = f"""SELECT count(*), min("时间")::VARCHAR, max("时间")::VARCHAR,
        min("值")::VARCHAR, max("值")::VARCHAR, sum("值")::VARCHAR, {texts}
        FROM read_csv(?, header = true, delim = ',', quote = '"', auto_detect = false,
        columns = {{'时间': 'TIMESTAMP', '位号': 'VARCHAR', '类型': 'VARCHAR',
                    '值': 'DECIMAL(12, 2)', '描述': 'VARCHAR'}})"""
    begun = time.perf_counter()
    row = link.execute(text, [str(twin)]).fetchone()
    taken = time.perf_counter() - begun
    link.close()
    print(json.dumps([taken, row]))


def duck(twin):
    """Seconds of the query, and its row. In a process of its own, because the peak memory of a child
    counts what its parent held."""
    command = [sys.executable, __file__, "--query", str(twin)]
    taken, row = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return taken, tuple(row)


def figures(answer):
    """Our figures, in DuckDB's words."""
    columns = {column["name"]: column for column in answer["columns"]}
    stamp = lambda text: text.removesuffix("+08:00").replace("T", " ")
    when, value = columns["时间"], columns["值"]
    words = [columns[name][end] for name in WORDS for end in ("min", "max")]
    return (answer["rows"] - answer["rejected_total"], stamp(when["min"]), stamp(when["max"]),
            value["min"], value["max"], value["sum"], *words)


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ask.add_argument("--rows", type=int, default=5_000_000)
    ask.add_argument("--runs", type=int, default=5)
    ask.add_argument("--folder", help="where the logs are made; removed afterwards")
    ask.add_argument("--ten", action="store_true", help="read ten times the rows as well")
    ask.add_argument("--query", type=Path, help=argparse.SUPPRESS)
    asked = ask.parse_args()
    if asked.query:
        query(asked.query)
        return 0
    if not FUPAN.exists():
        sys.exit("build first: cargo build --release -p fupan_cli")
    wrong = []
    with tempfile.TemporaryDirectory(dir=asked.folder) as made:
        folder = Path(made)
        plain = make(folder, asked.rows, twin=True)
        spoilt = folder / "spoilt.csv"
        bad = spoil(plain, spoilt, asked.rows)
        twin = folder / "twin.csv"
        sizes = [path.stat().st_size // 1_000_000 for path in (plain, twin)]
        print(f"{asked.rows:,} rows, {sizes[0]} MB in GB18030, {sizes[1]} MB in UTF-8, "
              f"{os.cpu_count()} cores")
        times = {"duckdb": [], "plain": [], "spoilt": []}
        peak = 0
        for _ in range(asked.runs):
            taken, row = duck(twin)
            times["duckdb"].append(taken)
            for name, log in (("plain", plain), ("spoilt", spoilt)):
                taken, memory, answer = ours(log)
                times[name].append(taken)
                peak = max(peak, memory)
                if figures(answer) != tuple(row):
                    wrong.append(f"{name}: the figures differ")
                listed = [(one["row"], one["expected"]) for one in answer["rejected"]]
                if listed != (bad if name == "spoilt" else []):
                    wrong.append(f"{name}: the bad rows differ")
                if not answer["facts"]:
                    wrong.append(f"{name}: no facts")
        print("          ours | DuckDB")
        ends = [f"{name} {end}" for name in WORDS for end in ("min", "max")]
        names = ["rows", "时间 min", "时间 max", "值 min", "值 max", "值 sum", *ends]
        for what, a, b in zip(names, figures(answer), row):
            print(f"  {what:5} {a} | {b}")
        print(f"  bad rows reported: {answer['rejected_total']} of {len(bad)}; "
              f"facts: {answer['facts']}")
        best = {name: min(list_) for name, list_ in times.items()}
        print(f"DuckDB, query on the twin:  {best['duckdb']:.2f} s (best of {asked.runs})")
        for name in ("plain", "spoilt"):
            ratio = best[name] / best["duckdb"]
            print(f"ours, {name:6}, whole process: {best[name]:.2f} s, ratio {ratio:.2f}")
            if ratio > 1:
                wrong.append(f"{name}: slower than DuckDB")
        print(f"ours, peak memory: {peak / 1e6:.0f} MB")
        if asked.ten:
            for path in (twin, spoilt, plain):
                path.unlink()
            needs = sizes[0] * 10_500_000
            if shutil.disk_usage(folder).free < needs * 2:
                sys.exit("too little disk for ten times the rows")
            taken, memory, answer = ours(make(folder, asked.rows * 10, twin=False))
            print(f"ours, {answer['rows']:,} rows: {taken:.1f} s, peak memory {memory / 1e6:.0f} MB")
            peak = max(peak, memory)
            if memory >= LIMIT_BYTES:
                wrong.append("ten times the rows need too much memory")
        if peak >= LIMIT_BYTES:
            wrong.append(f"peak memory is {peak / 1e6:.0f} MB")
    for one in wrong:
        print(f"broken: {one}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
