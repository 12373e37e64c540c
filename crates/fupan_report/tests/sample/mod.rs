//! A made-up report of realistic size, for the tests and for looking at. No real accident.

mod events;

use fupan_model::{
    Bar, Block, BookText, Bracket, Cell, Chapter, Cite, Cites, Column, Connective, Curve, Decimal,
    Document, EvidenceId, Figure, Gap, Inline, Lane, Locator, Mark, Picture, Row, Sentence, Table,
    Timeline, Tone,
};

/// 2024-03-05T13:00:00+08:00.
const START: i64 = 1_709_614_800_000;
const MINUTE: i64 = 60_000;

pub(crate) fn cite(evidence: &str, locator: Locator) -> Cite {
    Cite { evidence: EvidenceId::new(evidence), digest: "00".into(), locator }
}

pub(crate) fn cites() -> Cites {
    Cites::one(cite("E3", Locator::Row(7)))
}

fn pick(lang: &str, zh: &str, en: &str) -> String {
    if lang == "zh" { zh.to_owned() } else { en.to_owned() }
}

fn link(lang: &str, zh: &str, en: &str) -> Connective {
    Connective::new(pick(lang, zh, en)).expect("no digit")
}

fn said(text: String, cites: Cites) -> Inline {
    Inline::Sentence(Sentence::new(text, cites))
}

/// A document of one table with two anchored rows.
pub(crate) fn small(lang: &str) -> Document {
    let row = |anchor: &str| Row {
        anchor: Some(anchor.to_owned()),
        cells: vec![cell(said(anchor.to_owned(), cites()), Tone::Plain)],
        ..Row::default()
    };
    let table = Table {
        caption: link(lang, "证据登记表", "Register"),
        columns: vec![Column { title: link(lang, "编号", "Id"), share: 1 }],
        rows: vec![row("E3"), row("E3/record/r07"), row("E9")],
    };
    document(lang, vec![chapter(lang, "register", "证据", "Evidence", vec![Block::Table(table)])])
}

fn document(lang: &str, chapters: Vec<Chapter>) -> Document {
    let mark = |n: u32| Mark {
        evidence: format!("E{n}"),
        text: pick(lang, &format!("证{n}"), &format!("E{n}")),
    };
    Document {
        lang: lang.to_owned(),
        title: link(
            lang,
            "某化工有限公司泄漏事故应急救援评估报告",
            "Emergency Rescue Assessment of a Chemical Leak",
        ),
        cover: vec![
            vec![said(
                pick(lang, "事故发生于2024年3月5日。", "The accident was on 5 March 2024."),
                cites(),
            )],
            vec![Inline::Book(BookText {
                text: pick(
                    lang,
                    "依据 AQ 9012—2023 编制，所引行文未与正式文本核对",
                    "Prepared to AQ 9012-2023; wording not checked against the official text",
                ),
                row: "aq9012".into(),
            })],
        ],
        contents_title: Some(link(lang, "目　录", "Contents")),
        figure_word: link(lang, "图", "Figure"),
        table_word: link(lang, "表", "Table"),
        across: false,
        chapters,
        marks: (1..=12).map(mark).collect(),
    }
}

fn chapter(lang: &str, anchor: &str, zh: &str, en: &str, blocks: Vec<Block>) -> Chapter {
    Chapter { anchor: anchor.to_owned(), title: link(lang, zh, en), blocks }
}

fn cell(inline: Inline, tone: Tone) -> Cell {
    Cell { paragraphs: vec![vec![inline]], tone, ..Cell::default() }
}

/// A timeline of `count` events over five lanes and three tracks.
pub(crate) fn timeline(lang: &str, count: usize) -> Timeline {
    let names = [
        ("事故单位", "Accident unit", "enterprise"),
        ("外包单位", "Contractor", "enterprise"),
        ("县应急管理局", "County emergency bureau", "government"),
        ("市委、市政府", "City government", "government"),
        ("现场救援指挥部", "Rescue command on the site", "rescue"),
    ];
    let mut lanes: Vec<Lane> = names
        .iter()
        .map(|(zh, en, track)| Lane {
            title: Inline::Link(link(lang, zh, en)),
            track: (*track).to_owned(),
            bars: Vec::new(),
        })
        .collect();
    for (n, event) in events::EVENTS.iter().cycle().take(count).enumerate() {
        let again = (n / events::EVENTS.len()) as i64 * 7;
        let at = START + (event.minute + again) * MINUTE;
        let text = pick(lang, event.zh, event.en);
        let row = Cites::one(cite(&format!("E{}", n % 11 + 1), Locator::Row(n as u64 + 2)));
        lanes[event.lane].bars.push(Bar {
            event: format!("e{n}"),
            min_ms: event.lo.map(|lo| at + lo * MINUTE),
            max_ms: event.hi.map(|hi| at + hi * MINUTE),
            label: Sentence::new(text, row),
            tone: event.tone,
        });
    }
    let bracket = |from: &str, to: &str, (min, max): (i64, i64), text: &str, tone| Bracket {
        from: from.to_owned(),
        to: to.to_owned(),
        gap: Gap { min_ms: Some(min * MINUTE), max_ms: Some(max * MINUTE) },
        label: Sentence::new(text, cites()),
        tone,
    };
    let mut brackets = vec![bracket("e0", "e3", (11, 13), "12 min (11–13)", Tone::Plain)];
    if count > 9 {
        brackets.push(bracket("e0", "e6", (46, 48), "47 min (46–48) / limit 60 min", Tone::Good));
        brackets.push(bracket(
            "e6",
            "e8",
            (175, 177),
            "176 min (175–177) / limit 60 min",
            Tone::Bad,
        ));
        brackets.push(bracket("e1", "e9", (30, 90), "30–90 min / limit 60 min", Tone::Doubt));
    }
    Timeline { offset_s: 28_800, lanes, brackets }
}

/// A detector that climbs over both its thresholds within half an hour.
pub(crate) fn curve(lang: &str) -> Curve {
    let of = |n: i64| Decimal::whole(n);
    let said = |text: String| Sentence::new(text, cites());
    Curve {
        offset_s: 28_800,
        label: said(pick(lang, "GDS-017 可燃气体浓度（%LEL）", "GDS-017, gas (%LEL)")),
        points: (0..30)
            .map(|n| (START + n * MINUTE, of((n - 10).max(1)), of((2 * n - 5).max(2))))
            .collect(),
        thresholds: vec![
            (of(25), said(pick(lang, "高报 25 %LEL", "high alarm 25 %LEL"))),
            (of(50), said(pick(lang, "高高报 50 %LEL", "second alarm 50 %LEL"))),
        ],
        crossings: vec![(START + 15 * MINUTE, said("14:01:08".into()))],
    }
}

/// A report of some twenty pages.
pub(crate) fn report(lang: &str) -> Document {
    let basic = (0..4).map(|n| Block::Paragraph(paragraph(lang, n))).collect();
    let mut blocks = vec![Block::Heading(link(lang, "总述", "In brief"))];
    blocks.extend((0..3).map(|n| Block::Paragraph(paragraph(lang, n))));
    blocks.push(Block::Figure(Figure {
        caption: link(lang, "企业与政府双轨时间线", "Dual-track timeline"),
        alt: vec![said(pick(lang, "图示四十个事件", "A picture of the events"), cites())],
        picture: Picture::Timeline(timeline(lang, 38)),
    }));
    blocks.push(Block::Heading(link(lang, "说明", "Notes")));
    blocks.push(Block::List((0..5).map(|n| paragraph(lang, n)).collect()));
    let mut rest = vec![
        chapter(lang, "basic", "基本情况", "Basic facts", basic),
        chapter(
            lang,
            "register",
            "证据登记",
            "Evidence register",
            vec![Block::Table(register(lang))],
        ),
        chapter(lang, "timeline", "双轨时间线", "Timeline", blocks),
        chapter(lang, "checks", "交叉比对", "Cross-checks", vec![Block::Table(checks(lang, 34))]),
    ];
    for (n, (zh, en)) in
        [("问题与经验", "Findings"), ("责任参照", "Accountability"), ("存疑", "Doubts")]
            .into_iter()
            .enumerate()
    {
        let mut blocks = Vec::new();
        for h in 0..3 {
            blocks.push(Block::Heading(link(lang, "信息报告", "Reporting")));
            blocks.extend((0..4).map(|k| Block::Paragraph(paragraph(lang, n + h + k))));
        }
        blocks.push(Block::Table(checks(lang, 9 + n as u64)));
        rest.push(chapter(lang, &format!("part-{n}"), zh, en, blocks));
    }
    document(lang, rest)
}

fn paragraph(lang: &str, n: usize) -> Vec<Inline> {
    let many = Cites::of((0..=n as u64 % 4).flat_map(|k| {
        [
            cite("E3", Locator::Row(7 + 2 * k)),
            cite("E4", Locator::Page(k + 1)),
            cite(Cite::CASE, Locator::Part("register".into())),
        ]
    }))
    .expect("some");
    vec![
        said(
            pick(
                lang,
                "2024年3月5日13时13分许（13:12–13:14），该公司三号储罐区发生物料泄漏，现场值班人员于13时25分电话报告值班长。",
                "On 5 March 2024 at about 13:13 (13:12–13:14) material leaked in tank area 3; the operator on duty phoned the shift leader at 13:25.",
            ),
            cites(),
        ),
        Inline::Link(link(lang, "与此相对，", "Against this,")),
        said(
            pick(
                lang,
                "县应急管理局值班登记簿记载的首次接报时间为14时00分，相差47分钟（46–48），未超过1小时的规定时限；但企业通话记录中没有相应的呼出记录。",
                "the duty register of the county bureau holds a first report at 14:00, 47 min later (46–48), within the limit of 1 h; the unit's call log holds no such call.",
            ),
            many,
        ),
        Inline::Book(BookText {
            text: pick(
                lang,
                "事故单位负责人接到报告后，应当于1小时内向事故发生地县级以上人民政府应急管理部门报告。",
                "The head of the unit reports to the county bureau within 1 h of being told.",
            ),
            row: "D493-9".into(),
        }),
    ]
}

fn register(lang: &str) -> Table {
    let rows = (1..=12u64).map(|n| Row {
        anchor: Some(format!("E{n}")),
        cells: vec![
            cell(said(pick(lang, &format!("证{n}"), &format!("E{n}")), cites()), Tone::Plain),
            cell(
                said(
                    pick(
                        lang,
                        "DCS报警记录导出文件（GB18030编码）alarm_log_2024-03-05.csv",
                        "Export of the alarm log, alarm_log_2024-03-05.csv",
                    ),
                    cites(),
                ),
                Tone::Plain,
            ),
            cell(said(pick(lang, "事故单位", "Accident unit"), cites()), Tone::Plain),
            cell(
                said(
                    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
                    cites(),
                ),
                Tone::Plain,
            ),
            cell(
                said(pick(lang, "已校时，偏差 +3 至 +5 秒", "checked, +3 to +5 s"), cites()),
                if n % 5 == 0 { Tone::Doubt } else { Tone::Plain },
            ),
        ],
        ..Row::default()
    });
    Table {
        caption: link(lang, "证据登记表", "Register of evidence"),
        columns: columns(
            lang,
            &[
                ("编号", "Id", 8),
                ("名称", "Name", 26),
                ("提供者", "From", 13),
                ("摘要", "Digest", 25),
                ("时钟", "Clock", 16),
            ],
        ),
        rows: rows.collect(),
    }
}

fn checks(lang: &str, count: u64) -> Table {
    let tones = [Tone::Good, Tone::Bad, Tone::Doubt, Tone::Faint, Tone::Plain];
    let rows = (0..count).map(|n| Row {
        anchor: None,
        cells: vec![
            cell(
                Inline::Book(BookText { text: format!("CV{:02}", n % 23 + 1), row: "CV".into() }),
                Tone::Plain,
            ),
            cell(
                Inline::Book(BookText {
                    text: pick(
                        lang,
                        "事故发生时间与首次上报时间",
                        "Time of the accident against the first report",
                    ),
                    row: "CV".into(),
                }),
                Tone::Plain,
            ),
            Cell {
                paragraphs: paragraph(lang, n as usize)
                    .into_iter()
                    .take(1 + n as usize % 3)
                    .map(|i| vec![i])
                    .collect(),
                ..Cell::default()
            },
            cell(Inline::Link(link(lang, "比对结果", "outcome")), tones[n as usize % 5]),
        ],
        ..Row::default()
    });
    Table {
        caption: link(lang, "交叉验证结果", "Results of the cross-checks"),
        columns: columns(
            lang,
            &[
                ("编号", "Id", 10),
                ("验证点", "Point", 22),
                ("双方记录", "Records of both sides", 50),
                ("结果", "Outcome", 16),
            ],
        ),
        rows: rows.collect(),
    }
}

fn columns(lang: &str, all: &[(&str, &str, u32)]) -> Vec<Column> {
    all.iter().map(|(zh, en, share)| Column { title: link(lang, zh, en), share: *share }).collect()
}
