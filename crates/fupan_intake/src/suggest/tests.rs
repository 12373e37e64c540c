//! Drafts of real-looking heads; each reads the log it was made from.

use super::*;
use crate::tests::{rows::run, workbooks};

fn draft(bytes: &[u8]) -> String {
    suggest("a log.csv", bytes).unwrap_or_else(|e| panic!("{e}")).text("en")
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} not in\n{text}");
    }
}

/// The draft reads its own log once the zone is stated.
fn reads(text: &str, bytes: &[u8]) -> fupan_model::ImportReport {
    let text = text
        .replace("# zone", "zone")
        .replace("# order", "order")
        .replace("# pivot", "pivot")
        .replace("# date", "date");
    run(bytes, &text).unwrap_or_else(|e| panic!("{e}\n{text}")).report
}

#[test]
fn delimited_text() {
    let log = "报警记录导出\r\n\r\n时间;位号;值;单号\r\n2024-05-12 13:13:05;GDS-017;25.5;007\r\n2024-05-12 13:13:06;GDS-018;-3;008\r\n";
    let gb = encoding_rs::GB18030.encode(log).0.into_owned();
    let text = draft(&gb);
    has(
        &text,
        &[
            "format = \"csv\"",
            "delimiter = \";\"",
            "encoding = \"gb18030\"",
            "header_row = 3",
            "# zone = \"+08:00\"",
            "name = \"时间\"\ntype = \"time\"  # precision: second",
            "name = \"值\"\ntype = \"number\"",
            "name = \"单号\"\ntype = \"text\"",
            "# [[fact]]",
        ],
    );
    let report = reads(&text, &gb);
    assert_eq!((report.rows, report.rejected_total), (2, 0));
    assert_eq!(text, draft(&gb));
    assert!(suggest("x", &gb).expect("draft").text("zh").contains("逐项核对"));
    let none = "2024-05-12 13:13:05,1\n2024-05-12 13:13:06,2\n";
    has(&draft(none.as_bytes()), &["header_row = 0", "name = \"1\"\ntype = \"time\""]);
}

#[test]
fn what_cannot_be_told_is_a_choice() {
    let open = "t,v\n01/02/2021 10:00:00 AM,1\n03/04/2021 11:00:00 AM,2\n";
    has(&draft(open.as_bytes()), &["# order = \"mdy\""]);
    let told = "t,v\n01/13/2021 10:00:00 AM,1\n03/04/2021 11:00:00 AM,2\n";
    let text = draft(told.as_bytes());
    has(&text, &["\norder = \"mdy\"\n"]);
    assert_eq!(reads(&text, told.as_bytes()).rejected_total, 0);
    let short = "t,v\n1/13/10 12:00 AM,1\n";
    has(&draft(short.as_bytes()), &["order = \"mdy\"", "# pivot = 70"]);
    assert_eq!(reads(&draft(short.as_bytes()), short.as_bytes()).rejected_total, 0);
    let clock = "t,v\n13:13,1\n13:14,2\n";
    has(&draft(clock.as_bytes()), &["# date = \"2000-01-01\""]);
    let count = "t,v\n1610255580,1\n";
    has(&draft(count.as_bytes()), &["epoch = \"s\""]);
    assert!(!draft(count.as_bytes()).contains("zone"));
}

#[test]
fn other_forms() {
    let log = "[2024-05-12 13:13:05] [WARN] disk full\n  at x\n[2024-05-12 13:13:06] [INFO] ok\n";
    let text = draft(log.as_bytes());
    has(
        &text,
        &["format = \"text\"", "pattern = \"[{time:time}] [{level}] {text}\"", "record = \"time\""],
    );
    assert_eq!(
        (reads(&text, log.as_bytes()).rows, reads(&text, log.as_bytes()).rejected_total),
        (2, 0)
    );
    let json = "{\"ok\":true,\"data\":{\"rows\":[{\"t\":\"2024-05-12T13:13:05Z\",\"v\":1}]}}";
    let text = draft(json.as_bytes());
    has(&text, &["format = \"json\"", "rows = \"data.rows\""]);
    assert_eq!(reads(&text, json.as_bytes()).rows, 1);
    let lines = "{\"t\":\"2024-05-12T13:13:05Z\"}\n{\"t\":\"2024-05-12T13:13:06Z\"}\n";
    has(&draft(lines.as_bytes()), &["format = \"jsonl\""]);
    let header = "fupan.example/chunk/v1\ncase x\nseq 0\n\n— gw c2ln\n\n";
    let text = draft(format!("{header}{{\"seq\":0,\"at\":1716009180000}}\n").as_bytes());
    has(&text, &["format = \"jsonl\"", "name = \"at\""]);
    let book = workbooks::small();
    has(&draft(&book), &["format = \"xlsx\"", "sheet = \"接警\"", "header_row = 2"]);
    let zip = workbooks::zip(&[
        ("b.csv", "t,v\n2024-05-12 13:13,1\n"),
        ("a.csv", "t,v\n2024-05-12 13:14,1\n"),
    ]);
    let text = draft(&zip);
    has(&text, &["files = [\"b.csv\", \"a.csv\"]", "precision: minute"]);
    assert_eq!(reads(&text, &zip).rows, 2);
    assert_eq!(suggest("x", b""), Err(Problem::EmptyFile));
}

#[test]
fn chats_broken_lines_and_tables_further_on() {
    let chat = "张三 2024-05-12 13:13\n一号罐漏了 13:10 发现的\n李四 2024-05-12 下午1:20\n马上到\n";
    let text = draft(chat.as_bytes());
    has(&text, &["format = \"text\"", "pattern = \"{who} {time:time}\\n{text}\""]);
    let report = reads(&text, chat.as_bytes());
    assert_eq!((report.rows, report.rejected_total), (2, 0));
    let lines = "{\"t\":1}\n{\"t\":2}\n{\"t\":3}\n{\"t\":4}\nbroken\n";
    has(&draft(lines.as_bytes()), &["format = \"jsonl\""]);
    let cell = |words: &str| format!("<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>");
    let row = |words: [&str; 2]| format!("<w:tr>{}{}</w:tr>", cell(words[0]), cell(words[1]));
    let title = format!("<w:tbl>{}</w:tbl>", row(["编号", "001"]));
    let table = format!("<w:tbl>{}{}</w:tbl>", row(["时间", "内容"]), row(["13时13分许", "报警"]));
    let document = crate::tests::grids::document(&format!("{title}{table}"));
    has(&draft(&document), &["table = 2", "header_row = 1", "name = \"时间\"\ntype = \"time\""]);
}
