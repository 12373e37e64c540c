#!/usr/bin/env python3
"""Whole-process time of `fupan assess` on the hushan case, against python-docx writing the same
document.

Run from the root of the project after `cargo build --release`; needs python-docx. Both are timed
in one run, alternating, so that a noisy machine slows both alike. Prints medians and their ratio;
exits 1 if the median of `fupan assess` (json, html and docx) is not under 0.5 s.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUPAN = ROOT / "target" / "release" / "fupan"
CASE = ROOT / "cases" / "public" / "hushan_gold_mine_2021.case.json"
RUNS = 11
LIMIT_S = 0.5

COPY = """
import sys
from docx import Document
source, target = sys.argv[1:]
read = Document(source)
made = Document()
for block in read.iter_inner_content():
    if hasattr(block, "rows"):
        rows = block.rows
        table = made.add_table(rows=len(rows), cols=len(block.columns))
        for i, row in enumerate(rows):
            cells = table.rows[i].cells
            for j, cell in enumerate(row.cells):
                cells[j].text = cell.text
    else:
        made.add_paragraph(block.text)
made.save(target)
"""


def timed(command):
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main():
    if not FUPAN.exists():
        sys.exit("build first: cargo build --release")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        ours = [str(FUPAN), "assess", str(CASE), "--out", str(out)]
        timed(ours)
        script = Path(folder) / "again.py"
        script.write_text(COPY)
        copy = [sys.executable, str(script), str(out / "report.zh.docx"), str(out / "copy.docx")]
        bare = [sys.executable, "-c", "import docx"]
        times = {"fupan": [], "copy": [], "bare": []}
        for _ in range(RUNS):
            times["fupan"].append(timed(ours))
            times["copy"].append(timed(copy))
            times["bare"].append(timed(bare))
    ours_s, copy_s, bare_s = (statistics.median(times[k]) for k in ("fupan", "copy", "bare"))
    print(f"fupan assess, json + html + docx, whole process: {ours_s:.3f} s (median of {RUNS})")
    print(f"python-docx, reading and writing the document:   {copy_s:.3f} s")
    print(f"python-docx, only starting up:                   {bare_s:.3f} s")
    print(f"ratio: python-docx takes {copy_s / ours_s:.1f} times as long")
    return 0 if ours_s < LIMIT_S else 1


if __name__ == "__main__":
    sys.exit(main())
