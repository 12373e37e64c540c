# What went wrong, and how to mend it.

bug = This is a bug in Fupan, not a fault of your input: { $detail }. Nothing was written. Please report it with the command you ran.
interrupted = Stopped. Nothing was written.
path-absent = { $path }: there is no such file or folder. Check the spelling, or give the full path.
file-changed = { $path }: the file changed while it was being read. Nothing was written. Wait until it is complete and try again.
cannot-read = { $path }: { $reason ->
    [denied] you may not read it. Ask for the permission, or copy it to where you may.
    [directory] it is a folder; a file was expected.
    [not-directory] part of the path is a file, not a folder.
   *[other] it cannot be read: { $detail }
  }
cannot-write = { $path }: { $reason ->
    [denied] you may not write it, or another program holds it open. Close it there, or name another folder with --out.
    [full] the disk is full. Make room and run the same command again; nothing was changed.
    [directory] it is a folder; a file was to be written.
    [not-directory] part of the path is a file, not a folder.
    [read-only] the disk is read-only. Name a folder elsewhere with --out.
   *[other] it cannot be written: { $detail }
  }
target-is-folder = { $path }: a folder stands where a file is to be written. Move it away, or name another folder with --out.
file-is-folder = { $path }: it is a folder; a file was expected.
not-a-folder = { $path }: it is a file; a folder was expected.
not-utf8 = { $path }, line { $line }: the bytes are not UTF-8. Save the file as UTF-8 and run the command again.
row-absent = { $id }: { $edition } has no such row. Ids look like the first column of the book's files, for example those in standard/*/crosschecks.toml.

# Faults of a book.
fault-syntax = { $at }, line { $line }: this is no TOML: { $detail }
fault-unknown-file = { $at }: the book has no such file. It may hold: { $expected }
fault-missing-file = { $at }: this file of the book is missing.
fault-duplicate-file = { $at }: this file is given twice.
fault-unknown-key = { $at }: unknown key. Expected one of: { $expected }
fault-missing = { $at }: missing. Expected { $expected }
fault-sort = { $at }: found { $found }; expected { $expected }
fault-word = { $at }: “{ $found }” is not allowed. Expected one of: { $expected }
fault-empty = { $at }: is empty. Expected { $expected }
fault-duplicate-id = { $at }: the id already stands in { $other }. Every id is unique over the whole book.
fault-dangling = { $at }: there is no row “{ $found }”. Expected an id of: { $expected }
fault-no-quantity = { $at }: fact kind { $kind } has no quantity “{ $found }”. It has: { $expected }
fault-status = { $at }: status “{ $found }” does not go with mark { $mark }. Expected “{ $expected }”
fault-no-effective-date = { $at }: a row of law needs effective-from, written YYYY-MM-DD.
fault-address = { $at }: a source names a statute, the seed or the team, not the web address “{ $found }”.
fault-disorder = { $at }: { $found } is out of order. Expected { $expected }
fault-clash = { $at }: { $found }. Expected { $expected }

# Faults of a timeline document.
solve-not-json = { $file }, line { $line }, column { $column }: this is no JSON: { $detail }
solve-format = { $file }: this is no fupan-timeline/1 document. Expected: { $expected }
solve-field = { $file }, instance { $instance }, { $place }: { $key } must be { $expected }
solve-kind = { $file }, instance { $instance }, record { $record }: unknown kind “{ $kind }”. Expected obs, order, clock, clockrel, clockstep or allen.
solve-branches = { $file }, instance { $instance }: { $count } branches of alternatives; at most { $most } are tried. Split the instance.
solve-hard = { $file }, instance { $instance }: records that may not be set aside contradict each other by { $excess_ms } ms: { $records }. Correct one of them, or take its “hard” away.
record-twice = { $at }, record { $record }: the id stands more than once.
record-clock = { $at }, record { $record }: clock “{ $clock }” is not declared. Declare it under clocks, or correct its name.
record-name = { $at }, record { $record }: a clock or event has an empty name.
record-span = { $at }, record { $record }: the lower bound { $lo } lies above the upper bound { $hi }.
record-range = { $at }, record { $record }: { $value } ms lies further than 2^40 ms (34 years) from the start of the count.
record-weight = { $at }, record { $record }: weight { $weight } is not within 0 and 2^31.
record-order = { $at }, record { $record }: an order needs min or max.
drift-anchor = { $at }: there is no anchor, so nothing is known of the clock.
drift-rate = { $at }: the rate must be at least 0 and below 1,000,000,000 ppb, not { $rate }.
drift-range = { $at }: { $value } ms lies further than 2^40 ms (34 years) from the start of the count.
drift-span = { $at }: the lower bound { $lo } lies above the upper bound { $hi }.
network-large = { $at }: { $count } clocks and events; at most 2^20 are summed safely.

# A case that cannot be assessed, or not as asked.
event-absent = { $at }: no record speaks of an event “{ $event }”. Events with names like it: { $near }
event-none = { $at }: no record speaks of an event “{ $event }”; the case has no event at all.
explain-limit = --limit: found “{ $found }”; expected a number of minutes, 0 or more, such as 60 or 2.5
case-hard = { $at }: records that may not be set aside contradict each other by { $excess_ms } ms: { $records }. Correct one of them, or the clocks they were read on.
not-a-case-folder = { $path }: the folder holds no case.toml, so it is no case. Name the folder that does, or a fupan-case/1 file.
import-needs-case = Give --case and --source to take the log in, or --dry-run to try the mapping.
import-needs-mapping = Give the mapping with --mapping; to have one proposed, use --suggest.
import-needs-folder = { $path }: logs are taken into case folders only. Write the case as a folder first: fupan export --as folder.
import-id-taken = { $id }: another piece of evidence has this number. Choose another with --source.
import-path-taken = { $path }: this file is in the case already. Rename the log, or remove what is there.
export-not-empty = { $path }: the folder is not empty. Name one that is, or that is not there yet.
original-absent = { $id }: the original { $path } is not there, or is not what its digest says. Put it back beside the case.
fact-id-taken = { $id }: another fact has this id. Choose another with --id.
row-id-taken = { $id }: another entry of this list has this number. Choose another.
format-unknown = { $format }: no such format. Expected: json, html, docx, xlsx.
format-not-built = { $format }: this build cannot write { $format }. Ask for json, html, docx or xlsx.
format-none = No format is named. Expected: json, html, docx, xlsx.
language-unknown = { $language }: reports are written in zh and en only. Correct “languages” in the case, or give --report-lang zh,en.

# Usage.
usage-unknown-argument = { $argument }: no such option here. Run the command with --help to see what there is.
usage-unknown-verb = { $argument }: no such command. Run fupan --help to see what there is.
usage-missing = Something is missing: { $argument }. Run the command with --help to see its form.
usage-bad-value = { $argument }: “{ $value }” is not possible. Expected: { $expected }
usage-not-number = { $argument }: “{ $value }” is no number. Expected: a whole number, in digits.
usage-no-verb = A command is missing. Run fupan --help to see what there is.
usage-conflict = { $argument } cannot be given here together with { $other }, or is given twice.
usage-other = { $detail }

# Faults of a case, a mapping or a log.
intake-file-absent = { $at }: the case refers to this file, and it is not there. Add the file, or take the reference out.
intake-file-unreadable = { $at }: the file is there and cannot be read: { $why }
intake-empty-file = { $at }: the file is empty, or nothing stands where the mapping has its head. Check the file and header_row.
intake-not-utf8 = { $at }: the bytes are not UTF-8. Save the file as UTF-8.
intake-not-json = { $at }: this is no JSON: { $why }
intake-not-toml = { $at }: this is no TOML: { $why }
intake-wrong-format = { $at }: found “{ $found }”; the format { $expected } was expected.
intake-other-format = { $at }: the file is no { $expected }. Correct format in the mapping, or take out what only { $expected } has (such as files, table, sheet, begins, range, header_rows).
intake-missing = { $at }: missing. Something must stand here.
intake-wrong-type = { $at }: found { $found }; expected { $expected ->
    [text] a text
    [number] a number
    [whole-number] a whole number
    [yes-no] true or false
    [ppm] parts per million, more than 0 and less than 1,000,000
    [list] a list
    [table] a table
    [template] a text whose braces are paired, such as "alarm-{ "{" }tag{ "}" }"
    [pattern] a pattern of lines, such as "{ "{" }time{ "}" } [{ "{" }level{ "}" }] { "{" }text{ "}" }"
    [range] an area, such as "B3:H40"
    [row-list] row numbers from small to large, such as [2, 3]
    [row-count] a whole number from 2 to 100,000
    [pivot] a whole number from 0 to 99
   *[other] { $expected }
  }.
intake-one-of = { $at }: found “{ $found }”; expected one of: { $known }
intake-unknown-key = { $at }: “{ $found }” is not known here. Known: { $known }
intake-both-keys = { $at }: only one of { $a } and { $b } may be given.
intake-negative = { $at }: found { $found }; a figure below zero is not possible. Leave it out where it is not known.
intake-bad-date = { $at }: “{ $found }” is no date, or a day the calendar lacks. Write YYYY-MM-DD.
intake-bad-zone = { $at }: “{ $found }” is no offset. Write it like +08:00, between -12:00 and +14:00.
intake-bad-time = { $at }: “{ $found }” is no time that can be read. Write it like 2024-05-12T13:13:00+08:00 or 2024-05-12 13:13.
intake-far-time = { $at }: { $found } lies more than 34 years from the accident. Check the year.
intake-bad-bounds = { $at }: { $found }: the lower bound lies above the upper, or is far too large. Write [earlier, later] in seconds.
intake-unknown-policy = { $at }: the book has no reading policy “{ $found }”. It has: { $known }
intake-duplicate = { $at }: the id “{ $found }” stands more than once. Every id of this kind ({ $what }) is given once.
intake-unknown-id = { $at }: “{ $found }” is unknown ({ $what }). Known: { $known }
intake-no-cite = { $at }: it does not say where it was read. Add cite = { "{" } evidence = "…", row = … { "}" }.
intake-order-cycle = { $at }: “after” and “before” lead in a circle through { $events }, by the records { $records }. Take one of these orders out.
intake-bad-path = { $at }: “{ $found }” is no path inside the case. Write it relative to the case, with “/” and without “..”.
intake-no-clock = { $at }: times of this evidence are used, and it names no clock. Add clock = "civil" (assumed right, shown as a doubt), or declare its clock in case.toml.
intake-digest-differs = { $at }: the file is not the one described: its SHA-256 is { $expected }. Put the original back, or correct sha256 in the descriptor if it was wrong.
intake-no-descriptor = { $at }: this original has no descriptor. Add { $expected }.
intake-no-original = { $at }: the original { $expected } that this describes is not there. Add it, or take the descriptor away.
intake-no-column = { $at }: { $found } has no such column. It has: { $known }. Correct the name, state header_row, or have a mapping proposed with --suggest.
intake-column-twice = { $at }: { $found } has two columns of this name. Rename one, or set header_row = 0 and use numbers.
intake-no-sheet = { $at }: the workbook has no sheet “{ $found }”. It has: { $known }
intake-not-table = { $at }: it cannot be read as a table: { $why }. Check format in the mapping, or have the file exported again.
intake-unknown-encoding = { $at }: the encoding cannot be told from the bytes. Set encoding in the mapping to one of: { $known }
intake-no-zone = { $at }: “{ $found }” ({ $spot }) has no offset, and the mapping names no zone. Add zone = "+08:00".
intake-no-order = { $at }: the order of day and month in “{ $found }” ({ $spot }) cannot be told. State order for this column in the mapping, one of: { $known }
intake-no-pivot = { $at }: the year in “{ $found }” ({ $spot }) has two digits only. State order and pivot for this column in the mapping (from which year on it is 19xx, such as pivot = 70).
intake-bomb = { $at }: unpacked, it grows beyond the limit ({ $what ->
    [ratio] { $limit } times its packed size
    [members] { $limit } files
   *[other] { $limit } bytes
  }) and is refused. If it is a log all the same, unpack it before importing.
intake-no-member = { $at }: the archive has no { $expected }. It has: { $known }
intake-packing = { $at }: { $expected } in the archive is locked, or packed in a way that is not read. Pack it again as a plain zip.
intake-other-columns = { $at }: { $expected } has other columns than the first file: { $known }. Name the files of one log under files.
intake-no-list = { $at }: no list of objects stands at “{ $expected }” in the JSON. State its path in the mapping with rows, such as rows = "data.items".
intake-no-begin = { $at }: no cell of the sheet says “{ $expected }”. Write under begins what stands in the first cell of the head.
intake-no-table-in-document = { $at }: the document has { $count } tables. Give the number of the one meant under table, from 1.
intake-no-pattern = { $at }: this is a text line by line, and the mapping has no pattern. Add one, such as pattern = "{ "{" }time{ "}" } { "{" }text{ "}" }"; fupan import FILE --suggest proposes it.

# What cannot be read inside a file.
layer-unreadable = { $name }: it cannot be read: { $why }
layer-not-read = { $name }: no text is read from files of the type { $found }.
layer-locked = { $name }: it is locked with a password or against copying. Ask whoever handed it in for a copy without, and keep both.
layer-cut-off = { $name }: the end of the document is missing, so it was cut off on its way. Ask for it again.
layer-broken = { $name }: the document does not hold together ({ $why }). Ask for it again, or have it printed to PDF anew; keep both.
layer-encoding = { $name }: no encoding fits the bytes, so the text cannot be read.
layer-too-much = { $name }: the document asks for more than is read of one file ({ $what ->
    [file] { $limit } bytes
    [unpacked] { $limit } bytes, unpacked
    [text] { $limit } bytes of text
    [pages] { $limit } pages or rows
    [parts] { $limit } parts
   *[other] { $limit } steps
  }) and may be made to harm. Split it if it is sound.
exif-unreadable = What the device recorded cannot be read: { $why }
exif-broken = What the device recorded does not hold together: { $why }
exif-too-large = The picture is larger than { $limit } bytes; what the device recorded is not read.
