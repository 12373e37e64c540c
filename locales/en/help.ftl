# Help texts.
help-about = Fupan carries out the emergency rescue assessment of AQ 9012-2023: it reads the evidence of a case and writes a report in which every sentence leads back to it.
help-usage = Usage:
help-options = Options
help-arguments = Arguments
help-verbs = Commands
help-help = Show this help
help-version = Show the version
help-lang = Language of the screen: zh or en (default: from the locale)
help-json = Answer in JSON
help-verb = COMMAND

help-assess = Assess a case and write its reports
help-assess-case = A case folder, a fupan-case/1 file, a case of a vault (VAULT#CASE), or a bag
help-assess-out = Folder to write to; other files in it stay
help-assess-format = json, html, docx, xlsx, separated by commas (default: the first three)
help-assess-report-lang = Languages of the report: zh, en or zh,en (default: those of the case)

help-import = Read a log by a mapping: try it, or take it into a case folder
help-import-file = The log: CSV, TSV, XLSX, DOCX, JSON, JSONL, plain lines, or any of them in gzip or zip
help-import-mapping = The mapping: how rows become facts
help-import-case = The case folder that takes the log in
help-import-source = Number of the evidence, such as E7
help-import-suggest = Propose a mapping from the head of the log, for a person to edit; nothing is imported
help-import-dry-run = Only read and report; write nothing
help-import-kind = Kind of evidence, a row of the book (default: electronic data)
help-import-title = What the evidence is called
help-import-party = Party whose log it is
help-import-clock = Clock of its times; civil is assumed right and shown as a doubt

help-request = Material to ask for: draft the lists, enter what was asked
help-request-draft = From what check points and indicators lack, draft a request list for each party (DOCX)

help-timeline = Answer and explain questions of time
help-timeline-solve = Answer a fupan-timeline/1 file
help-timeline-file = The file
help-timeline-top = At most so many conflicts and explanations (default: 100)
help-timeline-explain = Why a gap of a case is what it is, step by step, and what would turn the verdict
help-timeline-from = Event the gap starts at
help-timeline-to = Event the gap ends at
help-timeline-limit = Minutes to hold it against (default: the limit of the case's question between the two)

help-book = Check or look up the standard as data
help-book-check = Check an edited copy of the book
help-book-check-folder = Folder of the book
help-book-show = Explain a row of the book
help-book-show-id = Id of the row
help-book-show-folder = Folder of another book (default: the one compiled in)

help-export = Write a case down in another form, or release it as a bag of evidence
help-export-case = A case folder, a fupan-case/1 file, a case of a vault (VAULT#CASE), or a bag
help-export-as = case-json (one file and a folder of originals), folder, or bag (self-verifying, out of a vault)
help-export-out = Folder to write to

help-new = Begin a case folder
help-new-folder = The folder, absent or empty
help-new-id = Id of the case
help-new-title = Its title (default: the id)
help-new-date = Date of the accident, YYYY-MM-DD
help-new-zone = Offset of civil time there (default: +08:00)
help-new-place = Where it happened
help-new-kind = Type of accident, in words

help-add = Take a file into a case folder as evidence
help-handed-sha256 = SHA-256 as given by whoever hands it in (64 hexadecimal digits); other bytes are refused
help-handed-sm3 = SM3 as given by whoever hands it in (64 hexadecimal digits); other bytes are refused
help-handed-size = Size in bytes as given by whoever hands it in; another is refused
help-handed-type = Type as given by whoever hands it in, such as jpg or image/jpeg; bytes of another are refused
help-add-file = The file
help-add-case = The case folder, or a case of a vault (VAULT#CASE)
help-add-id = Number of the evidence, such as E7

help-fact = State a fact by hand
help-fact-case = The case folder, or a case of a vault (VAULT#CASE)
help-fact-id = Id of the fact
help-fact-party = Party that states it
help-fact-event = Event it speaks of
help-fact-kind = What happened, in the case's own word or a fact kind of the book
help-fact-text = What is stated
help-fact-time = Its time, such as 2024-05-12T13:13:00+08:00
help-fact-clock = The clock it was read on (default: that of the evidence)
help-fact-evidence = Evidence it was read in
help-fact-row = Row in it
help-fact-page = Page in it
help-fact-second = Second of a recording

help-interview = Enter an interview that was held
help-interview-id = Its number
help-interview-party = Party the person belongs to
help-interview-role = Their post
help-interview-layer = Layer: decision, execution or affected
help-interview-by = Who asked, separated by commas; at least two
help-interview-topics = Topics, separated by commas, such as D,C
help-interview-started = When it began
help-interview-ended = When it ended
help-interview-evidence = Evidence number of the record
help-interview-signed = The person signed the record

help-clock = State a clock, or put one right that is stated already (with a reason)
help-clock-id = Id of the clock, such as dcs
help-clock-name = What it is the clock of
help-clock-standing = civil (taken for right), checked or unknown
help-clock-from = As checked: local minus true time, at least so many seconds (decimals and negative numbers allowed)
help-clock-to = As checked: local minus true time, at most so many seconds
help-clock-at = When it was checked; without it the check holds throughout
help-clock-rate = By how much it may run wrong (parts in a million); without it its offset stays the same
help-clock-reason = Why a clock that is stated already is put right
help-finding = Enter a finding by hand
help-finding-tone = bad (a problem) or good (a good practice)
help-finding-id = Its number
help-finding-content = Content of assessment, a row of the book such as C3
help-finding-text = What was found
help-finding-by = Who finds so

help-choose = Choose an explanation of a contradiction: which records are set aside, by whom and why
help-choose-retract = Records to set aside, separated by commas
help-choose-by = Who chooses
help-choose-reason = Why
help-choose-at = When

help-request-add = Enter a request that was made
help-request-id = Its number
help-request-to = Party that was asked
help-request-asks = What was asked for
help-request-kinds = Fact kinds the material would show, separated by commas
help-request-asked-at = When it was asked
help-request-due = Until when an answer is due; a date alone: to the end of that day

help-examine = Look at a file that somebody hands in: digest, type, recorded time and place, pages with and without text
help-examine-file = The file
help-examine-text = Also print its text, each piece with its place
