# What answers say on the screen.
step-read = reading …
step-judge = judging …
step-render = writing the report …
step-write = saving …
progress-read = read { $percent } %, { $rate } MB/s, { $left } left

book-sound = The book is sound: { $edition }, { $files } files, { $rows } rows.
book-digest = Digest: { $digest }
book-standing = Standing: { $checked } checked against their text, { $unverified } not verified, { $proposed } proposals of this product.
book-short = Incomplete: { $what } has { $found } rows, the edition expects { $expected }.

row-source = Source
row-standing = Standing
row-force = In force
row-from = from { $from }
row-until = from { $from } until { $until }
row-file = File
status-checked = checked against the text it names
status-unverified = not verified against the official text
status-proposed = a proposal of this product, not the standard's word
mark-V = the text was seen
mark-P = seen in part, or only in a secondary text
mark-S = stated by the project's seed text only
mark-D = our own design
mark-M = from memory

summary-case = { $title }
summary-grade = Grade: { $grade }
summary-grade-outside = Grade: { $grade }, below what the standard itself covers
summary-grade-none = Grade: cannot be computed, the figures are missing
summary-facts = { $evidence } pieces of evidence, { $facts } facts ({ $dated } with a time), { $events } events
summary-conflicts = { $count ->
    [0] No contradictions
    [one] One contradiction
   *[other] { $count } contradictions
  }
summary-conflict = { $records }: cannot all be true, by { $excess }
summary-gaps = Delays: { $over } over the limit, { $within } within, { $undecided } not decided
summary-gap = { $id }: { $from } → { $to }: { $gap } / limit { $limit }
summary-checks = Check points: { $discrepant } discrepant, { $unverifiable } unverifiable, { $consistent } consistent, { $absent } without records
summary-indicators = Indicators: { $computed } computed, { $undecided } undecided, { $missing } not computed; { $over } over a statutory limit
summary-findings = Draft findings: { $bad } problems, { $good } good practices
summary-doubts = { $doubts } doubts, { $left_out } entries left out, each with its reason in the report
summary-more = … and { $count } more in the report
summary-files = Written:
span-hours = { $n } h
span-minutes = { $n } min
span-seconds = { $n } s
span-range = { $low } – { $high }
span-at-least = at least { $low }
span-at-most = at most { $high }
span-open = not bounded

import-rows = { $rows } rows, { $rejected } rejected, { $duplicates } repeated, { $facts } facts
import-span = From { $first } to { $last }
import-column = Column { $name }: { $min } … { $max }
import-column-sum = Column { $name }: { $min } … { $max }, sum { $sum }
import-rejected = Row { $row }, column { $column }: “{ $text }”; expected { $expected ->
    [time] a time
    [number] a number
    [required] something; the cell is empty
    [near-time] a time within 34 years of the accident
    [zone] a time with an offset
    [no-nul] text without NUL bytes
    [no-mark] a text without a byte order mark in its midst
    [pattern] a line that fits the pattern
    [pair] a name and a value
    [value] a value; it is empty
    [object] a JSON object
    [json] whole JSON
    [cached-value] a formula saved with its value
    [shorter-line] a shorter line
    [closing-quote] a quote that closes
   *[other] { $expected }
  }
import-clock-descending = The log runs from the latest row to the earliest.
import-clock = Clock: { $disorder } rows out of order, { $repeated } stamps repeated, { $rolled } midnights passed, { $jumps } jumps
import-clock-roll = From row { $row } on it is the next day: { $from } → { $to }
import-clock-jump = Row { $row }: the clock jumps, { $from } → { $to }
import-already = The case holds these very bytes already, as { $id }. Nothing was added.
export-done = Written:
