"""Reads a trace of a writer: every file was durable before it got its name, and every receipt came after all.

Two threads write: one brings a batch into the WAL and into entry bundles, the other the batch before into
hash tiles, the kept checkpoint and the head. What must be true when a call begins is asked when it begins;
what a call brings about counts from its end."""
import re
import sys

# What comes behind the vault are folders in it that were left, their names perhaps not durable.
trace, vault, *left = sys.argv[1:]
call = re.compile(r"^(\d+)\s+(\w+)\((.*)$")
resumed = re.compile(r"^(\d+)\s+<\.\.\. (\w+) resumed>(.*)$")

OBJECT, WAL, BUNDLE, TILE, KEPT, HEAD = range(6)
STEPS = ["objects/", "log/wal/", "log/tile/entries/", "log/tile/", "log/checkpoints/", "log/checkpoint"]

pending = {}       # thread -> a call that has begun: its name, its arguments, and the clock at its beginning
clock = 0          # names that were given
known = set()      # objects that have a name
durable = {}       # draft -> its bytes are durable
# (folder, name in it) -> when it was given, and the step that gave it
waiting = {tuple(one.rsplit("/", 1)): (0, OBJECT) for one in left}
objects = {}       # draft of a WAL -> digests of the objects that its leaves name
ahead = []         # batches that no durable head covers; each the steps that gave it a name
most = receipts = batches = held = 0
kept = swapped = published = 0  # sizes: of the checkpoint kept last, of the head named, of the head that is durable


def fail(text, line):
    sys.exit(f"NOT DURABLE: {text}: {line.strip()}")


def step_of(name):
    return next((at for at, start in enumerate(STEPS) if name.startswith(start)), None)


def paths_of(rest):
    """All paths of a call, and those in the vault as they are below it."""
    paths = [p for p in re.findall(r'[<"]([^<>"]*)[>"]', rest)]
    return paths, [p[len(vault) + 1:] for p in paths if p.startswith(vault + "/")]


def must_be_durable(steps, why, line):
    left = sorted("/".join(name) for name, (_, step) in waiting.items() if step in steps)
    if left:
        fail(f"{why} while {left} are not durable", line)


def must_be_kept(digest, why, line):
    """An object is there, and all folders down to it."""
    place = ["objects", "sha256", digest[:2], digest[2:4], digest]
    for at in range(1, len(place)):
        above, name = "/".join(place[:at]), place[at]
        if (above, name) in waiting or (at == len(place) - 1 and f"{above}/{name}" not in known):
            fail(f"{why} while {above}/{name} is not durable", line)


def may_name(draft, target, line):
    """The steps before must be done, of this batch and of the one before it."""
    global held
    step = step_of(target)
    if step == WAL:
        for digest in objects.pop(draft, ()):
            must_be_kept(digest, f"{target} was named", line)
            held += 1
        must_be_durable({WAL, BUNDLE}, f"{target} was named", line)
        if len(ahead) >= 2:
            fail("more than one batch was written ahead of another", line)
        if ahead and BUNDLE not in ahead[-1]:
            fail(f"{target} before the batch before it was in entry bundles", line)
    elif step == BUNDLE:
        if not ahead or ahead[-1] - {WAL, BUNDLE}:
            fail(f"{target} without its batch in the WAL", line)
        must_be_durable({WAL}, f"{target} was named", line)
    elif step == TILE:
        if not ahead or BUNDLE not in ahead[0] or ahead[0] & {KEPT, HEAD}:
            fail(f"{target} out of order", line)
        # Names of bundles may wait for the next batch alone.
        must_be_durable({WAL, BUNDLE} if len(ahead) == 1 else set(), f"{target} was named", line)
        must_be_durable({KEPT, HEAD}, f"{target} was named", line)
    elif step in (KEPT, HEAD):
        if not ahead or step - 1 not in ahead[0] or step in ahead[0]:
            fail(f"{target} out of order", line)
        must_be_durable({TILE, KEPT}, f"{target} was named", line)


def named(target):
    global clock, kept, swapped, most, batches
    step = step_of(target)
    if step is None:
        return
    clock += 1
    waiting[tuple(target.rsplit("/", 1))] = (clock, step)
    if step == OBJECT:
        known.add(target)
        return
    if step == WAL:
        ahead.append(set())
        batches += 1
        most = max(most, len(ahead))
    ahead[-1 if step in (WAL, BUNDLE) else 0].add(step)
    if step == KEPT:
        kept = int(target.rsplit("/", 1)[1])
    if step == HEAD:
        swapped = kept


def receipt(rest, line):
    """A receipt is told: its entry is below a head that is durable. The next batch may be on its way."""
    index = int(re.search(r"RECEIPT (\d+) ", rest)[1])
    if index >= published:
        fail(f"receipt {index} under a durable head of {published}", line)


def begins(name, rest, line):
    paths, inside = paths_of(rest)
    if name == "write" and "RECEIPT " in rest and paths and not paths[0].startswith(vault):
        receipt(rest, line)
    elif name == "write" and inside:
        durable[inside[0]] = False
        if "fupan-wal/1 " in rest:
            objects[inside[0]] = re.findall(r'"obj\\":\\"sha256:([0-9a-f]{64})', rest)
    elif name.startswith(("link", "rename")) and len(inside) >= 2:
        if not durable.get(inside[-2]):
            fail(f"{inside[-1]} was named before its bytes were durable", line)
        may_name(inside[-2], inside[-1], line)


def ends(name, rest, began, line):
    """A call that has returned, with its arguments, and how many names were given when it began."""
    global clock, receipts, published
    paths, inside = paths_of(rest)
    if name == "write" and "RECEIPT " in rest and paths and not paths[0].startswith(vault):
        receipts += 1
    elif name == "fdatasync" and inside:
        durable[inside[0]] = True
    elif name == "fsync" and inside:
        for name, (given, step) in list(waiting.items()):
            if name[0] != inside[0] or given > began:
                continue
            del waiting[name]
            if step == HEAD:
                published = swapped
                ahead.pop(0)
    elif name in ("mkdir", "mkdirat") and "= 0" in rest and inside:
        step = step_of(inside[0] + "/")
        if step is not None and "/" in inside[0]:
            clock += 1
            waiting[tuple(inside[0].rsplit("/", 1))] = (clock, step)
    elif name.startswith(("link", "rename")) and len(inside) >= 2 and "= 0" in rest:
        named(inside[-1])


for line in open(trace, encoding="utf-8", errors="replace"):
    if found := call.match(line):
        thread, name, rest = found.groups()
        begins(name, rest, line)
        if rest.rstrip().endswith("<unfinished ...>"):
            pending[thread] = (name, rest, clock)
        else:
            ends(name, rest, clock, line)
    elif (found := resumed.match(line)) and found[1] in pending:
        name, rest, began = pending.pop(found[1])
        ends(name, rest + found[3], began, line)
if receipts < 20 or batches == 0 or published == 0 or held < receipts:
    sys.exit(f"the trace proves nothing: {receipts} receipts, {batches} batches, {held} objects")
print(f"{receipts} receipts, {held} objects, {clock} names, {batches} batches: each durable before it was told; at most {most} in the WAL.")
