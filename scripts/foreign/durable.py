"""Reads a trace of a writer: every name it gave was durable before, and every receipt after all."""
import re
import sys

trace, vault = sys.argv[1], sys.argv[2]
call = re.compile(r"^(\d+)\s+(\w+)\((.*)$")
pending = {}
durable = {}       # draft -> its bytes are durable
waiting = set()    # folders with names that are not durable yet
steps = []         # steps after the WAL of all batches, in order
ahead = []         # batches in the WAL that are not in the tiles; true: durable
batches = most = 0
receipts = named = 0
kept = swapped = published = 0  # sizes: of the checkpoint kept last, of the head named, of the head that is durable
ORDER = ["log/wal/", "log/tile/entries/", "log/tile/", "log/checkpoints/", "log/checkpoint"]


def fail(text, line):
    sys.exit(f"NOT DURABLE: {text}: {line.strip()}")


def step_of(name):
    return next((at for at, start in enumerate(ORDER) if name.startswith(start)), None)


def receipt(rest, line):
    """A receipt is told: its entry is below a head that is durable. The next batch may be on its way."""
    index = int(re.search(r"RECEIPT (\d+) ", rest)[1])
    if index >= published:
        fail(f"receipt {index} under a durable head of {published}", line)


def done(name, rest, line):
    """A call that has returned, with its arguments."""
    global receipts, named, kept, swapped, published, batches, most
    paths = [p for p in re.findall(r'[<"]([^<>"]*)[>"]', rest)]
    inside = [p[len(vault) + 1:] for p in paths if p.startswith(vault + "/")]
    if name == "write":
        if "RECEIPT " in rest and paths and not paths[0].startswith(vault):
            receipts += 1
            receipt(rest, line)
        elif inside:
            durable[inside[0]] = False
    elif name == "fdatasync" and inside:
        durable[inside[0]] = True
    elif name == "fsync" and paths:
        folder = inside[0] if inside else ""
        if folder == "log" and folder in waiting:
            published = swapped
        waiting.discard(folder)
        if folder == "log/wal":
            ahead[:] = [True] * len(ahead)
    elif name.startswith(("link", "rename")) and len(inside) >= 2:
        draft, target = inside[-2], inside[-1]
        if "= 0" not in rest:
            return
        named += 1
        if not durable.get(draft):
            fail(f"{target} was named before its bytes were durable", line)
        at = step_of(target)
        if at is not None:
            if at == 0:
                batches += 1
                ahead.append(False)
                most = max(most, len(ahead))
                if len(ahead) > 2:
                    fail("more than one batch was written ahead of another", line)
                return
            if at == 1 and (not steps or steps[-1] == len(ORDER) - 1):
                if not ahead or not ahead[0]:
                    fail(f"{target} before its batch was durable in the WAL", line)
            elif not steps or at < steps[-1] or at > steps[-1] + 1:
                fail(f"{target} out of order after step {steps[-1:]}", line)
            if steps and at != steps[-1] and any(f.startswith("log") for f in waiting):
                fail(f"{target} named while {waiting} wait", line)
            if at == 3:
                kept = int(target.rsplit("/", 1)[1])
            if at == 4:
                swapped = kept
                ahead.pop(0)
            steps.append(at)
            waiting.add(target.rsplit("/", 1)[0])


for line in open(trace, encoding="utf-8", errors="replace"):
    found = call.match(line)
    if not found:
        resumed = re.match(r"^(\d+)\s+<\.\.\. (\w+) resumed>(.*)$", line)
        if resumed and resumed[1] in pending:
            name, rest = pending.pop(resumed[1])
            done(name, rest + resumed[3], line)
        continue
    thread, name, rest = found.groups()
    if rest.rstrip().endswith("<unfinished ...>"):
        if name == "write" and "RECEIPT " in rest:
            receipt(rest, line)
        pending[thread] = (name, rest)
    else:
        done(name, rest, line)
if receipts < 20 or batches == 0 or steps.count(4) == 0:
    sys.exit(f"the trace proves nothing: {receipts} receipts, {len(steps)} steps")
print(f"{receipts} receipts, {named} names, {batches} batches: each durable before it was told; at most {most} in the WAL.")
