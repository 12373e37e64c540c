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
summary-facts = { $evidence ->
    [one] { $evidence } piece
   *[other] { $evidence } pieces
  } of evidence, { $facts ->
    [one] { $facts } fact
   *[other] { $facts } facts
  } ({ $dated } with a time), { $events ->
    [one] { $events } event
   *[other] { $events } events
  }
summary-conflicts = { $count ->
    [0] No contradictions
    [one] One contradiction
   *[other] { $count } contradictions
  }
summary-conflict = { $records }: cannot all be true, by { $excess }
summary-gaps = Delays: { $over } over the limit, { $within } within, { $undecided } not decided
summary-gap = { $id } { $gap } / limit { $limit }, { $verdict ->
    [over] over
    [within] within
   *[undecided] cannot be decided
  }: { $name }
summary-open = { $id } { $gap }: { $name }
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
import-formulas = { $count } cells hold formulas; the values saved with them were read.
import-rejected = { $file }, row { $row }, column { $column }: “{ $text }”; expected { $expected }
import-rejected-row = { $file }, row { $row }: “{ $text }”; expected { $expected }
import-rejected-more = … and { $count } more rows not read; --json lists the first 1,000.
row-expected = { $code ->
    [time] a time that can be read. Write it like 2024-05-12 13:13:05, or state order, pivot, epoch or date of this column in the mapping.
    [number] a number. Correct the cell, or declare the column as text in the mapping.
    [required] something; the cell is empty. Fill it, or take required out of the mapping.
    [near-time] a time within 34 years of the accident. Check the year, or whether a count is in s or ms.
    [policy] a reading policy that the book has. Correct policy in the mapping.
    [columns] { $n } cells. Remove or quote the delimiter too many, or cut the file where its columns change.
    [no-nul] text without NUL bytes. Have the log exported again.
    [no-mark] text without a byte order mark in its midst. The file was joined of several: import them one by one, or as a zip.
    [pattern] a line that fits the pattern. Add a pattern for such lines under patterns.
    [pair] a name and a value. Correct the cell, or name words that say nothing under nothing.
    [value] a value; it is empty. Correct the cell.
    [object] a JSON object. Correct rows in the mapping, or the file.
    [json] whole JSON. The file is torn here; have it exported again.
    [cached-value] a formula saved with its value. Open and save the workbook in a spreadsheet program.
    [shorter-line] a shorter line. Check the line ends of the file.
    [closing-quote] a quote that closes. Close it, or double it inside a cell.
   *[other] text in { $code } like the rest. Convert the line, or cut the file by encoding.
  }
import-clock-descending = The log runs from the latest row to the earliest.
import-clock = Clock: { $disorder } rows out of order, { $repeated } stamps repeated, { $rolled } midnights passed, { $jumps } jumps
import-clock-roll = Row { $row }: midnight was passed, { $from } → { $to }
import-clock-jump = Row { $row }: the clock jumps, { $from } → { $to }
import-already = The case holds these very bytes already, as { $id }. Nothing was added.
export-done = Written:

examine-digest = SHA-256: { $digest }
examine-size = Size: { $size } bytes
examine-type = Type by its bytes: { $found }
examine-exif = Recorded by the device, exactly as it stands there, nothing corrected:
examine-field = {"  "}{ $tag }: { $value }
examine-field-counted = {"  "}{ $tag }: { $value } (if counted in seconds from 1904, in UTC: { $moment })
examine-text = Text: { $parts } places, { $with } with text
examine-no-text = No text on { $count ->
    [one] 1 place
   *[other] { $count } places
  } (a picture or scan, perhaps; a person may type what it shows): { $places }
examine-unread = { $count } characters are drawn of which the file does not say what they mean; they stand as �.
examine-none = (no text)
examine-between = {", "}
place-whole = the whole
place-record = record { $record }
place-row = line { $row }
place-sheet-row = { $sheet }, row { $row }
place-page = page { $page }
place-second = second { $second }
place-part = { $part }
doubt-type = Doubt: the name says “{ $declared }”, the bytes are { $found }. Ask whoever handed it in how it came about.
doubt-also = Doubt: the bytes are { $found } and { $also } at once. Open it with neither program before it is looked into.
doubt-active = Doubt: it holds something that would run when opened: script, macros or foreign content.
doubt-inline = It is markup, or may pass for it: show it as text or hand it out as a file, never inside a page.
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
