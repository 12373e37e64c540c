# What answers say on the screen.
step-read = reading …
step-judge = judging …
step-render = writing the report …
step-write = saving …

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

# Why a gap is what it is.
verdict-none = no limit
verdict-over = over the limit
verdict-within = within the limit
verdict-unbounded = not bounded above
verdict-undecided = not decided
explain-title = From { $from } to { $to }: { $gap }
explain-limit-asked = Limit { $limit } (question { $question } of the case): { $verdict }
explain-limit-given = Limit { $limit }: { $verdict }
explain-choice = Set aside beforehand by { $by }: { $records }, because: { $reason }
explain-capped = There are more contradictions or explanations than were looked at.
explain-union = Over all { $count } explanations: { $gap }
explain-same = The verdict is the same under each of them: { $verdict }
explain-differs = The verdict is not the same under each of them.
explain-firm = The verdict is the same whichever single record is wrong.
explain-conflicts = Records that bear on it contradict each other:
explain-under-least = Explanation { $n } (cost { $cost }, none costs less), without { $records }: { $gap }, { $verdict }
explain-under = Explanation { $n } (cost { $cost }), without { $records }: { $gap }, { $verdict }
explain-itself = An event comes no time after itself.
explain-least = At least { $gap }, for
explain-most = At most { $gap }, for
explain-no-least = No record bounds it from below.
explain-no-most = No record bounds it from above.
explain-read-earliest = [{ $record }] { $event } happened when the clock “{ $clock }” showed { $time } at the earliest
explain-read-latest = [{ $record }] { $event } happened when the clock “{ $clock }” showed { $time } at the latest
explain-order-least = [{ $record }] { $to } came at least { $length } after { $from }
explain-order-most = [{ $record }] { $to } came at most { $length } after { $from }
explain-clock-least = [{ $record }] the clock “{ $from }” was at least { $length } ahead of “{ $to }”
explain-clock-most = [{ $record }] the clock “{ $from }” was at most { $length } ahead of “{ $to }”
explain-sum = together { $sum } = { $steps }
explain-turns = What would turn the verdict:
explain-turns-none = Whichever single record is wrong, the verdict stays.
explain-turn = [{ $record }] if it is off by at least { $off } more than its stated error; without it: { $gap }, { $verdict }
explain-records = Records:
explain-record = [{ $record }] { $words } (weight { $weight }; { $cites })
place-record = record { $n }
place-row = row { $n }
place-page = page { $n }
place-second = second { $n }
place-part = { $n }
