//! Workbooks: dates of both systems, exact numbers, formulas, sheets by name.

use super::rows::run;
use crate::ImportOutcome;
use fupan_model::{Locator, Value};

/// A zip of stored files, so that the tests write their workbooks byte by byte.
pub(crate) fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let mut head = Vec::new();
        let size = (text.len() as u32).to_le_bytes();
        head.extend([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
        head.extend(crc(text.as_bytes()).to_le_bytes());
        head.extend(size);
        head.extend(size);
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&head);
        list.extend([0; 10]);
        list.extend((out.len() as u32).to_le_bytes());
        list.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(text.as_bytes());
    }
    let start = (out.len() as u32).to_le_bytes();
    let count = (files.len() as u16).to_le_bytes();
    out.extend(&list);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend((list.len() as u32).to_le_bytes());
    out.extend(start);
    out.extend([0, 0]);
    out
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc: u32, byte| (0..8).fold(crc ^ u32::from(*byte), |c, _| step(c)))
}

/// Two sheets; styles 1 = date to the minute, 2 = to the second, 3 = a day.
pub(crate) fn book(sheet: &str, date1904: bool) -> Vec<u8> {
    let head = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    let main = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#;
    let docs = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let pack = "http://schemas.openxmlformats.org/package/2006";
    let system = if date1904 { r#"<workbookPr date1904="1"/>"# } else { "" };
    let kinds = format!(
        r#"{head}<Types xmlns="{pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#
    );
    let root = format!(
        r#"{head}<Relationships xmlns="{pack}/relationships"><Relationship Id="r1" Type="{docs}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let workbook = format!(
        r#"{head}<workbook {main} xmlns:r="{docs}">{system}<sheets><sheet name="说明" sheetId="1" r:id="r1"/><sheet name="接警" sheetId="2" r:id="r2"/></sheets></workbook>"#
    );
    let links = format!(
        r#"{head}<Relationships xmlns="{pack}/relationships"><Relationship Id="r1" Type="{docs}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{docs}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="r3" Type="{docs}/styles" Target="styles.xml"/></Relationships>"#
    );
    let styles = format!(
        r#"{head}<styleSheet {main}><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy/m/d h:mm"/><numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm:ss"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
    );
    let wrap = |data: &str| match data.split_once("<mergeCells>") {
        Some((rows, merged)) => format!(
            "{head}<worksheet {main}><sheetData>{rows}</sheetData><mergeCells>{merged}</worksheet>"
        ),
        None => format!("{head}<worksheet {main}><sheetData>{data}</sheetData></worksheet>"),
    };
    zip(&[
        ("[Content_Types].xml", &kinds),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &links),
        ("xl/styles.xml", &styles),
        (
            "xl/worksheets/sheet1.xml",
            &wrap(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>"#),
        ),
        ("xl/worksheets/sheet2.xml", &wrap(sheet)),
    ])
}

pub(crate) fn text(cell: &str, text: &str) -> String {
    format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn rows(rows: &[String]) -> String {
    let number = |at: usize| at + 2;
    let heads = ["时间", "来电", "量"].iter().zip(["A2", "B2", "C2"]).map(|(t, c)| text(c, t));
    let mut out = format!(r#"<row r="2">{}</row>"#, heads.collect::<String>());
    for (at, row) in rows.iter().enumerate() {
        out.push_str(&format!(r#"<row r="{}">{row}</row>"#, number(at) + 1));
    }
    out
}

/// A small workbook, for damaging.
pub(crate) fn small() -> Vec<u8> {
    book(&rows(&[format!(r#"<c r="A3" s="2"><v>45424.5</v></c>{}"#, text("B3", "a"))]), false)
}

const MAPPING: &str = r#"
sheet = "接警"
zone = "+08:00"
[[column]]
name = "时间"
type = "time"
[[column]]
name = "量"
type = "number"
[[fact]]
id = "call"
kind = "k"
time = "时间"
key = "{来电}"
quantities = { amount = "量" }
"#;

fn read(sheet: &str, date1904: bool) -> ImportOutcome {
    run(&book(sheet, date1904), MAPPING).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn dates_come_as_precise_as_they_are_shown() {
    let sheet = rows(&[
        format!(
            r#"<c r="A3" s="1"><v>45424.6180555556</v></c>{}<c r="C3"><v>0.1</v></c>"#,
            text("B3", "a")
        ),
        format!(
            r#"<c r="A4" s="2"><v>45424.6180555556</v></c>{}<c r="C4"><f>1+2</f><v>3</v></c>"#,
            text("B4", "b")
        ),
        format!(r#"<c r="A5" s="3"><v>45424</v></c>{}"#, text("B5", "c")),
        format!(
            r#"<c r="A6"><v>45424.61811342593</v></c>{}<c r="C6"><v>12345678.25</v></c>"#,
            text("B6", "d")
        ),
        format!(r#"{}{}"#, text("A7", "2024年5月12日14时50分"), text("B7", "e")),
        format!(r#"<c r="A8"><v>20240512</v></c>{}"#, text("B8", "f")),
        format!(r#"{}<c r="C9" t="e"><v>#N/A</v></c>"#, text("B9", "g")),
    ]);
    let outcome = read(&sheet, false);
    assert_eq!(outcome.sheet.as_deref(), Some("接警"));
    let times: Vec<_> = outcome
        .facts
        .iter()
        .filter_map(|f| f.time.as_ref())
        .map(|t| (t.text.as_str(), t.at.to_string(), t.hi_ms))
        .collect();
    let at = |text: &str| format!("2024-05-12T{text}+08:00");
    assert_eq!(
        times,
        [
            ("2024-05-12 14:50", at("14:50:00"), 59_999),
            ("2024-05-12 14:50:00", at("14:50:00"), 999),
            ("2024-05-12", at("00:00:00"), 86_399_999),
            ("45424.61811342593", at("14:50:05"), 999),
            ("2024年5月12日14时50分", at("14:50:00"), 59_999),
        ]
    );
    let amounts: Vec<String> = outcome
        .facts
        .iter()
        .filter_map(|f| f.quantities.get("amount"))
        .map(|v| if let Value::Number(n) = v { n.to_string() } else { format!("{v:?}") })
        .collect();
    assert_eq!(amounts, ["0.1", "3", "12345678.25"]);
    let rejected: Vec<_> = outcome
        .report
        .rejected
        .iter()
        .map(|r| (r.row, r.column.as_str(), r.expected.as_str()))
        .collect();
    assert_eq!(rejected, [(8, "时间", "time"), (9, "量", "number")]);
    let cite = outcome.facts.first().and_then(|f| f.cites.iter().next().cloned()).expect("cite");
    assert_eq!(cite.locator, Locator::SheetRow { sheet: "接警".into(), row: 3 });
}

#[test]
fn the_other_date_system() {
    let sheet =
        rows(&[format!(r#"<c r="A3" s="2"><v>43962.6180555556</v></c>{}"#, text("B3", "a"))]);
    let outcome = read(&sheet, true);
    let time = outcome.facts.first().and_then(|f| f.time.clone()).expect("time");
    assert_eq!(time.text, "2024-05-12 14:50:00");
}

#[test]
fn a_sheet_that_is_not_there_names_those_that_are() {
    let bytes = book(&rows(&[]), false);
    let errors = run(&bytes, "sheet = \"接 警\"").expect_err("no sheet");
    let error = errors.0.first().expect("error");
    assert_eq!((error.field.as_str(), error.found.as_str()), ("sheet", "接 警"));
    assert_eq!(error.problem.args(), [("known", "说明, 接警".to_owned())]);
}

#[test]
fn cells_beyond_the_heads_are_named() {
    let sheet = rows(&[format!(r#"<c r="A3" s="3"><v>45424</v></c>{}"#, text("E3", "stray"))]);
    let outcome = read(&sheet, false);
    let row = outcome.report.rejected.first().expect("row");
    assert_eq!((row.row, row.text.as_str(), row.expected.as_str()), (3, "stray", "columns=3"));
}
