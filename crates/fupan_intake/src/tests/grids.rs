//! Heads of several rows, merged cells, areas, several tables in a sheet, tables of documents.

use super::rows::run;
use super::workbooks::{book, text, zip};
use crate::ImportOutcome;
use fupan_model::Locator;

const TIMED: &str = "zone = \"+08:00\"\n[[fact]]\nid = \"x\"\nkind = \"k\"\n";

fn rows(rows: &[(u32, &[(&str, &str)])]) -> String {
    let row = |(number, cells): &(u32, &[(&str, &str)])| {
        let cells: String =
            cells.iter().map(|(at, words)| text(&format!("{at}{number}"), words)).collect();
        format!(r#"<row r="{number}">{cells}</row>"#)
    };
    rows.iter().map(row).collect()
}

fn merged(areas: &[&str]) -> String {
    let list: String = areas.iter().map(|area| format!(r#"<mergeCell ref="{area}"/>"#)).collect();
    format!("<mergeCells>{list}</mergeCells>")
}

fn texts(outcome: &ImportOutcome) -> Vec<&str> {
    outcome.facts.iter().map(|fact| fact.text.as_str()).collect()
}

#[test]
fn a_head_of_two_rows_with_merged_cells() {
    let sheet = rows(&[
        (1, &[("A", "应急处置记录表")]),
        (2, &[("A", "时间"), ("C", "值班")]),
        (3, &[("A", "日期"), ("B", "时刻"), ("C", "值班")]),
        (4, &[("A", "2024-05-12"), ("B", "13:13"), ("C", "甲")]),
        (5, &[("B", "14:20"), ("C", "乙")]),
    ]) + &merged(&["A1:C1", "A2:B2", "C2:C3", "A4:A5"]);
    let mapping = format!(
        "sheet = \"接警\"\nheader_rows = [2, 3]\n{TIMED}time = \"at\"\ntext = \"{{值班}}\"\n[[column]]\nname = \"at\"\ntype = \"time\"\ndate = \"时间/日期\"\ntime = \"时间/时刻\"\n"
    );
    let outcome = run(&book(&sheet, false), &mapping).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(texts(&outcome), ["甲", "乙"]);
    let times: Vec<_> =
        outcome.facts.iter().filter_map(|f| f.time.as_ref()).map(|t| t.at.to_string()).collect();
    assert_eq!(times, ["2024-05-12T13:13:00+08:00", "2024-05-12T14:20:00+08:00"]);
}

#[test]
fn one_of_several_tables_in_a_sheet() {
    let sheet = rows(&[
        (1, &[("A", "人员"), ("B", "数")]),
        (2, &[("A", "班组"), ("B", "9")]),
        (4, &[("B", "车辆"), ("C", "到达"), ("E", "旁注")]),
        (5, &[("B", "消1"), ("C", "13:20"), ("E", "n")]),
        (6, &[("B", "消2"), ("C", "13:31")]),
        (8, &[("B", "合计"), ("C", "2")]),
    ]);
    let bytes = book(&sheet, false);
    let by = |place: &str| {
        let mapping = format!("sheet = \"接警\"\n{place}\n{TIMED}text = \"{{车辆}}@{{到达}}\"\n");
        run(&bytes, &mapping).unwrap_or_else(|e| panic!("{e}"))
    };
    for place in ["range = \"B4:C6\"", "begins = \"车辆\""] {
        let outcome = by(place);
        assert_eq!(texts(&outcome), ["消1@13:20", "消2@13:31"], "{place}");
        let first =
            outcome.facts.first().and_then(|f| f.cites.iter().next().cloned()).expect("cite");
        assert_eq!(first.locator, Locator::SheetRow { sheet: "接警".into(), row: 5 });
    }
    let errors =
        run(&bytes, &format!("sheet = \"接警\"\nbegins = \"飞机\"\n{TIMED}")).expect_err("none");
    assert_eq!(super::brief(&errors), [(String::new(), "begins".into(), "no-begin")]);
    let errors = run(b"a,b\n1,2\n", "range = \"A1:B2\"").expect_err("no sheet");
    assert_eq!(super::brief(&errors), [(String::new(), "format".into(), "other-format")]);
}

#[test]
fn a_formula_without_its_value_costs_the_row() {
    let sheet = format!(
        r#"<row r="1">{}{}</row><row r="2">{}<c r="B2"><f>SUM(1,2)</f></c></row><row r="3">{}<c r="B3"><f>SUM(1,2)</f><v>3</v></c></row>"#,
        text("A1", "t"),
        text("B1", "v"),
        text("A2", "a"),
        text("A3", "b")
    );
    let outcome = run(
        &book(&sheet, false),
        "sheet = \"接警\"\n[[column]]\nname = \"v\"\ntype = \"number\"\n",
    )
    .expect("sheet");
    let bad: Vec<_> = outcome
        .report
        .rejected
        .iter()
        .map(|b| (b.row, b.column.as_str(), b.expected.as_str()))
        .collect();
    assert_eq!((outcome.report.rows, bad), (2, vec![(2, "v", "cached-value")]));
    // One that has its value is read by it, and counted.
    assert_eq!(outcome.report.formulas, 1);
}

/// A head in the last column a sheet has, above many rows; and many formulas without a value.
#[test]
fn wide_heads_and_many_formulas_end_soon() {
    let many: String =
        (2..300).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>{n}</v></c></row>")).collect();
    let wide = format!("<row r=\"1\">{}{}</row>{many}", text("A1", "t"), text("XFD1", "z"));
    let outcome = run(&book(&wide, false), "sheet = \"接警\"\n").expect("sheet");
    assert_eq!(outcome.report.rows, 298);
    let bare: String =
        (2..20_000).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><f>B1</f></c></row>")).collect();
    let sheet = format!("<row r=\"1\">{}</row>{bare}", text("A1", "t"));
    let outcome = run(&book(&sheet, false), "sheet = \"接警\"\n").expect("sheet");
    assert_eq!(outcome.report.rejected_total, 19_998);
    let commas = format!("{}\n1\n", "a,".repeat(20_000));
    let errors = run(commas.as_bytes(), "").expect_err("too wide");
    assert_eq!(super::brief(&errors)[0].2, "not-table");
}

/// Found by `scripts/soak`: the reader of workbooks does arithmetic with such references.
#[test]
fn references_that_lead_astray_are_no_crash() {
    // Beyond the last column: read as it stands, its head alone would fill the memory.
    // Nor a row beyond all numbers, which would be another row.
    for at in ["JJJJJJJJJJJJJJC1", "A4294967298"] {
        let far = format!("<row r=\"1\"><c r=\"{at}\"><v>1</v></c></row>");
        let errors = run(&book(&far, false), "sheet = \"接警\"\n").expect_err("far");
        assert_eq!(super::brief(&errors)[0].2, "not-table");
    }
    for (cells, merged) in [
        (rows(&[(1, &[("A", "t")]), (2, &[("A", "x")])]), "I9:B2"),
        (
            String::from(
                "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"C9:A1\" si=\"0\">B1</f><v>1</v></c></row>",
            ),
            "A1:A1",
        ),
    ] {
        let sheet = format!("{cells}{}", self::merged(&[merged]));
        match run(&book(&sheet, false), "sheet = \"接警\"\n") {
            Ok(outcome) => assert!(outcome.report.rows <= 1),
            Err(errors) => assert_eq!(super::brief(&errors)[0].2, "not-table"),
        }
    }
}

/// A document of paragraphs and tables.
pub(crate) fn document(body: &str) -> Vec<u8> {
    let xml = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#
    );
    zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &xml)])
}

fn cell(words: &str, more: &str) -> String {
    format!("<w:tc><w:tcPr>{more}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>")
}

#[test]
fn a_table_of_a_document() {
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let plain = |words: &[&str]| row(&words.iter().map(|w| cell(w, "")).collect::<Vec<_>>());
    let span = r#"<w:gridSpan w:val="2"/>"#;
    let (down, on) = (r#"<w:vMerge w:val="restart"/>"#, "<w:vMerge/>");
    let second = [
        row(&[cell("记录", &(span.to_owned() + down)), cell("备注 &amp; &#x8bf4;明", down)]),
        row(&[cell("时间", ""), cell("内容", ""), cell("", on)]),
        row(&[cell("2024年5月12日13时13分许", ""), cell("<w:br/>报警", ""), cell("甲", down)]),
        row(&[cell("2024年5月12日下午2点", ""), cell("到场<w:tab/>处置", ""), cell("", on)]),
    ];
    let body = format!(
        "<w:tbl>{}</w:tbl><w:p><w:r><w:t>x</w:t></w:r></w:p><w:tbl>{}</w:tbl>",
        plain(&["a", "b"]),
        second.concat()
    );
    let bytes = document(&body);
    let mapping = format!(
        "format = \"docx\"\ntable = 2\nheader_rows = [1, 2]\n{TIMED}time = \"记录/时间\"\ntext = \"{{记录/内容}} {{备注 & 说明}}\"\n"
    );
    let outcome = run(&bytes, &mapping).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(texts(&outcome), ["报警 甲", "到场\t处置 甲"]);
    let times: Vec<_> = outcome
        .facts
        .iter()
        .filter_map(|f| f.time.as_ref())
        .map(|t| (t.at.to_string(), t.policy.clone().map(|p| p.to_string())))
        .collect();
    assert_eq!(
        times,
        [
            ("2024-05-12T13:13:00+08:00".to_owned(), Some("told-to-the-minute".to_owned())),
            ("2024-05-12T14:00:00+08:00".to_owned(), Some("floor-hour".to_owned())),
        ]
    );
    let cite = outcome.facts.first().and_then(|f| f.cites.iter().next().cloned()).expect("cite");
    assert_eq!(cite.locator, Locator::SheetRow { sheet: "#2".into(), row: 3 });
    let errors = run(&bytes, "table = 3\n").expect_err("two");
    assert_eq!(super::brief(&errors), [(String::new(), "table".into(), "no-table-in-document")]);
}
