//! A small assessment by hand: a call that took 47 minutes, a late report, one contradiction.

use fupan_model::*;

pub fn cite(evidence: &str, row: u64) -> Cites {
    let digest = Digest::from(DIGEST);
    Cites::one(Cite { evidence: evidence.into(), digest, locator: Locator::Row(row) })
}

fn part(name: &str) -> Cites {
    let (evidence, digest) = (Cite::CASE.into(), Digest::from(DIGEST));
    Cites::one(Cite { evidence, digest, locator: Locator::Part(name.into()) })
}

const DIGEST: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const MIN: i64 = 60_000;

pub fn moment(clock: &str) -> Moment {
    Moment::parse(&format!("2024-05-12T{clock}+08:00")).unwrap()
}

pub fn args<const N: usize>(list: [(&str, Arg); N]) -> Args {
    list.into_iter().map(|(name, arg)| (name.to_owned(), arg)).collect()
}

fn evidence(id: &str, title: &str, party: &str) -> Evidence {
    Evidence {
        id: id.into(),
        kind: "EV4".into(),
        title: title.into(),
        medium: "U盘".into(),
        party: Some(party.into()),
        clock: Some("pbx".into()),
        source_kind: Some("weight-log".into()),
        sha256: DIGEST.into(),
        size: 9,
        path: format!("evidence/{id}.csv"),
        collected_by: vec!["评估员甲".into(), "评估员乙".into()],
        witnessed_by: vec!["见证人丙".into()],
        collected_at: Some("2024-05-13 09:00".into()),
        fields: Default::default(),
        mapping: None,
    }
}

fn fact(id: &str, party: &str, kind: Option<&str>, text: &str, at: &str, row: u64) -> Fact {
    Fact {
        id: id.into(),
        party: party.into(),
        source: "通话记录".into(),
        event: format!("e-{id}").as_str().into(),
        kind_word: "word".into(),
        kind: kind.map(RowId::from),
        text: text.into(),
        clock: "pbx".into(),
        time: Some(Stated {
            text: at.into(),
            at: moment(at),
            lo_ms: 0,
            hi_ms: 59_999,
            policy: Some("floor-minute".into()),
        }),
        time_end: None,
        after: vec![],
        before: vec![],
        claims: vec![],
        key: None,
        quantities: Default::default(),
        stated_at: None,
        derived: false,
        basis: if id == "r04" { Basis::Memory } else { Basis::Quoted },
        source_kind: None,
        weight: None,
        note: None,
        origin: Origin::Hand,
        cites: cite(if party == "plant" { "E1" } else { "E2" }, row),
    }
}

fn event(id: &str, kind: &str, party: &str, at: &str, row: u64) -> EventResult {
    EventResult {
        id: format!("e-{id}").as_str().into(),
        kinds: if kind.is_empty() { vec![] } else { vec![kind.into()] },
        parties: vec![party.into()],
        window: Window { min: Some(moment(at)), max: Some(moment(at).plus(59_999)) },
        contested: id == "r04",
        facts: vec![id.into()],
        cites: cite(if party == "plant" { "E1" } else { "E2" }, row),
    }
}

fn gap(id: &str, from: &str, to: &str, gap: (i64, i64), limit: Option<i64>) -> GapResult {
    let bounds = Gap { min_ms: Some(gap.0), max_ms: Some(gap.1) };
    GapResult {
        id: id.into(),
        from: from.into(),
        to: to.into(),
        min_ms: bounds.min_ms,
        max_ms: bounds.max_ms,
        limit_ms: limit,
        limit_row: limit.map(|_| "T02".into()),
        verdict: Verdict::of(bounds, limit),
        by_diagnosis: vec![],
        supports: Support::default(),
        robustness: None,
        cites: cite("E1", 2).and(&cite("E2", 5)),
    }
}

fn register() -> Register {
    let party = |id: &str, name: &str, track: &str| Party {
        id: id.into(),
        name: name.into(),
        track: track.into(),
        department: None,
    };
    Register {
        accident: Accident {
            date: "2024-05-12".into(),
            place: "某县化工园区".into(),
            timezone: "+08:00".into(),
            kind: "泄漏".into(),
            deaths: Some(3),
            missing: Some(1),
            direct_loss_cny: Some(Decimal::whole(12_345_678)),
            ..Accident::default()
        },
        team: vec![Team { role: "组长".into(), organisation: "市应急局".into(), name: None }],
        parties: vec![
            party("desk", "县应急局", "government"),
            party("plant", "某化工厂", "enterprise"),
        ],
        evidence: vec![evidence("E1", "总机通话记录", "plant"), evidence("E2", "值班登记", "desk")],
        facts: vec![
            fact("r01", "plant", Some("call-placed"), "总机拨出报警", "13:13:00", 2),
            fact("r02", "desk", Some("call-received"), "值班台接警", "14:00:00", 5),
            fact("r03", "plant", Some("head-informed"), "厂长接到报告", "13:20:00", 3),
            fact("r04", "plant", None, "门卫称14时10分才听到警报；其余不记得", "14:10:00", 4),
        ],
        clock_relations: vec![],
        imports: imports(),
        questions: vec![],
        requests: requests(),
        interviews: interviews(),
        findings: vec![DraftFinding {
            id: "H1".into(),
            tone: "good".into(),
            content: "C1".into(),
            text: "预案齐全。".into(),
            by: "评估员甲".into(),
            cites: cite("E1", 9),
        }],
    }
}

fn checks() -> Vec<CheckResult> {
    let gap = Gap { min_ms: Some(46 * MIN + 1), max_ms: Some(48 * MIN - 1) };
    let pair = |status, reason: &str, args, facts: &[&str]| PairResult {
        key: None,
        status,
        reason: reason.into(),
        args,
        facts: facts.iter().map(|id| FactId::from(*id)).collect(),
    };
    let beyond = pair(
        CheckStatus::Discrepant,
        "time-beyond",
        args([
            ("gap", Arg::Gap(gap)),
            ("allowed_min", Arg::Span(0)),
            ("allowed_max", Arg::Span(MIN)),
        ]),
        &["r01", "r02"],
    );
    let missing = pair(
        CheckStatus::Unverifiable,
        "right-missing",
        args([("kind", Arg::Row("report-received".into()))]),
        &["r03"],
    );
    let part = |compare: &str, status, pairs| PartResult {
        part: 1,
        compare: compare.into(),
        status,
        pairs,
    };
    let check = |id: &str, status, detail| CheckResult {
        id: id.into(),
        status,
        detail,
        cites: cite("E1", 2).and(&cite("E2", 5)),
    };
    let (bad, open) = (CheckStatus::Discrepant, CheckStatus::Unverifiable);
    vec![
        check("CV08", bad, vec![part("time-diff", bad, vec![beyond])]),
        check("CV10", open, vec![part("equal", open, vec![missing])]),
    ]
}

fn indicators() -> Vec<IndicatorResult> {
    let of = |text: &str| Some(Decimal::parse(text).unwrap());
    vec![
        IndicatorResult {
            id: "KE03".into(),
            value: Some(Interval { min: of("70.001"), max: of("71.999") }),
            score: Some(Interval { min: of("48.00"), max: of("50.00") }),
            status: IndicatorStatus::Computed,
            verdict: Some(Verdict::Over),
            reason: None,
            args: Args::new(),
            cites: cite("E1", 3),
        },
        IndicatorResult {
            id: "KG05".into(),
            value: None,
            score: None,
            status: IndicatorStatus::NotComputed,
            verdict: None,
            reason: Some("to-missing".into()),
            args: args([("kind", Arg::Row("call-received".into()))]),
            cites: part("register"),
        },
    ]
}

fn findings() -> Vec<FindingResult> {
    let finding = |id: &str, tone: &str, row: Option<&str>, phrase: Option<&str>| FindingResult {
        id: id.into(),
        tone: tone.into(),
        row: row.map(RowId::from),
        phrase: phrase.map(str::to_owned),
        args: args([("row", Arg::Row(row.unwrap_or_default().into()))]),
        text: None,
        content: Some("C3".into()),
        track: Some("enterprise".into()),
        duties: vec!["U01".into()],
        laws: vec!["AC02".into()],
        cites: cite("E1", 3),
    };
    let mut late = finding("F-KE03", "bad", Some("KE03"), Some("late-report"));
    let bounds = Gap { min_ms: Some(70 * MIN + 1), max_ms: Some(72 * MIN - 1) };
    late.args.extend(args([("gap", Arg::Gap(bounds)), ("limit", Arg::Span(60 * MIN))]));
    let mut by_hand = finding("H1", "good", None, None);
    by_hand.text = Some("预案齐全。".into());
    vec![
        finding("F-CV08", "bad", Some("CV08"), Some("check-discrepant")),
        late,
        finding("F-CV10", "open", Some("CV10"), Some("check-open")),
        by_hand,
    ]
}

fn imports() -> Vec<ImportReport> {
    // By way of its text, so that a new key that may be absent needs no word here.
    let text = format!(
        r#"{{ "evidence": "E1", "mapping": "{DIGEST}", "rows": 400, "rejected_total": 1,
        "rejected": [{{ "row": 17, "column": "时间", "text": "2024-13-40", "expected": "date" }}],
        "duplicates": 1, "first": "2024-05-12T13:00:00+08:00", "last": "2024-05-12T14:30:05+08:00",
        "columns": [], "facts": 2, "series": [{{ "key": "GDS-017", "quantity": "浓度",
        "unit": "%LEL", "points": [["2024-05-12T13:00:00+08:00", 0, 1.5],
        ["2024-05-12T13:03:00+08:00", 20, 27]], "thresholds": [25],
        "crossings": ["2024-05-12T13:03:00+08:00"] }}] }}"#
    );
    vec![serde_json::from_str(&text).unwrap()]
}

fn requests() -> Vec<Request> {
    vec![Request {
        id: "RQ1".into(),
        to: "plant".into(),
        asks: "演练记录".into(),
        kinds: vec![],
        asked_at: Some(moment("09:00:00")),
        due: Some(moment("17:00:00")),
        reply: None,
    }]
}

fn interviews() -> Vec<Interview> {
    vec![Interview {
        id: "I1".into(),
        party: "plant".into(),
        role: "厂长".into(),
        layer: "decision".into(),
        topics: vec![],
        interviewers: vec!["甲".into(), "乙".into()],
        started: Some(moment("16:00:00")),
        ended: None,
        evidence: None,
        signed: true,
    }]
}

fn grade_detail() -> GradeResult {
    GradeResult {
        dimensions: vec![
            GradeDimension {
                dimension: "deaths".into(),
                value: Some(Decimal::whole(3)),
                grade: Some("larger".into()),
            },
            GradeDimension { dimension: "serious_injuries".into(), value: None, grade: None },
        ],
        with_missing: Some("larger".into()),
        missing: Some(1),
        published: Some("较大".into()),
        in_scope: Some(true),
        cites: part("accident"),
    }
}

fn claims() -> Vec<ClaimResult> {
    vec![ClaimResult {
        field: "deaths".into(),
        values: vec![
            ClaimValue {
                value: Some(Value::Number(Decimal::whole(2))),
                as_of: Some(moment("14:00:00")),
                party: "plant".into(),
                fact: "r01".into(),
                cites: cite("E1", 2),
            },
            ClaimValue {
                value: None,
                as_of: None,
                party: "desk".into(),
                fact: "r02".into(),
                cites: cite("E2", 5),
            },
        ],
        differs: true,
    }]
}

fn conflicts() -> Vec<ConflictResult> {
    vec![ConflictResult {
        records: vec!["r01".into(), "r04".into()],
        beside: vec!["X1".into()],
        excess_ms: 17 * MIN + 58_000,
        cites: cite("E1", 2).and(&cite("E1", 4)),
    }]
}

fn diagnoses() -> Vec<DiagnosisResult> {
    vec![DiagnosisResult {
        retract: vec!["r04".into()],
        cost: 847,
        least: true,
        off: vec![RecordAmount {
            record: "r04".into(),
            off_ms: 17 * MIN + 58_000,
            cites: cite("E1", 4),
        }],
        chosen: Some(Choice {
            retract: vec!["r04".into()],
            by: "组长".into(),
            reason: "门卫改口".into(),
            at: Some(moment("18:00:00")),
        }),
    }]
}

fn clocks() -> Vec<ClockResult> {
    vec![ClockResult {
        clock: Clock {
            id: "pbx".into(),
            name: "总机时钟".into(),
            standing: ClockStanding::Checked { lo_ms: 88_000, hi_ms: 92_000 },
            checked_at: Some(moment("18:00:00")),
            rate_ppb: Some(20_500),
            cites: Some(cite("E2", 1)),
        },
        offset: Gap { min_ms: Some(-1_000), max_ms: Some(92_000) },
        drift: Some(DriftResult {
            model: "bounded_rate".into(),
            rate_ppb: 20_500,
            anchors: 3,
            fits: true,
            constant_rate_fits: false,
            rate_changed: true,
            cites: cite("E2", 1),
        }),
    }]
}

fn doubts() -> Vec<Doubt> {
    vec![
        Doubt {
            code: "clock-civil".into(),
            args: args([("clock", Arg::Text("pbx".into())), ("facts", Arg::Count(1))]),
            cites: cite("E1", 2),
        },
        Doubt {
            code: "request-silent".into(),
            args: args([
                ("request", Arg::Text("RQ1".into())),
                ("party", Arg::Party("plant".into())),
                ("due", Arg::Moment(moment("17:00:00"))),
            ]),
            cites: part("requests/RQ1"),
        },
    ]
}

/// A gap without a limit, one that a contradiction touches, one over its limit.
fn gaps() -> Vec<GapResult> {
    let mut asked = gap("Q1", "e-r01", "e-r02", (46 * MIN + 1, 48 * MIN - 1), None);
    asked.limit_row = None;
    let mut over = gap("KE03", "e-r03", "e-r02", (70 * MIN + 1, 72 * MIN - 1), Some(60 * MIN));
    // A question may be called as a row of the book that is no indicator.
    let mut torn = gap("U01", "e-r01", "e-r04", (-2 * MIN, 57 * MIN), Some(10 * MIN));
    torn.limit_row = None;
    torn.by_diagnosis = vec![GapByDiagnosis {
        retract: vec!["r04".into()],
        min_ms: Some(-2 * MIN),
        max_ms: Some(-MIN),
        verdict: Some(Verdict::Within),
    }];
    torn.robustness = Some(Robustness {
        explanations: 2,
        union: Gap { min_ms: Some(-2 * MIN), max_ms: Some(57 * MIN) },
        verdict: None,
        firm: false,
        margin_ms: None,
        turns: vec![],
    });
    over.robustness = Some(Robustness {
        explanations: 0,
        union: over.gap(),
        verdict: Some(Verdict::Over),
        firm: false,
        margin_ms: Some(10 * MIN),
        turns: vec![TurnResult {
            record: "r03".into(),
            off_ms: 10 * MIN + 1,
            without: Gap::default(),
            verdict: Some(Verdict::Unbounded),
            cites: cite("E1", 3),
        }],
    });
    vec![asked, torn, over]
}

/// The whole assessment.
pub fn assessment() -> Assessment {
    Assessment {
        format: "fupan-assessment/1".into(),
        case: CaseRef {
            id: "leak-1".into(),
            title: "某化工厂泄漏事故".into(),
            notice: Some("本案为虚构。Constructed.".into()),
            digest: DIGEST.into(),
            offset_s: 28_800,
        },
        grade: Some("larger".into()),
        grade_detail: grade_detail(),
        book: BookRef { edition: "AQ 9012-2023".into(), digest: DIGEST.into() },
        events: vec![
            event("r01", "call-placed", "plant", "13:13:00", 2),
            event("r03", "head-informed", "plant", "13:20:00", 3),
            event("r02", "call-received", "desk", "14:00:00", 5),
            event("r04", "", "plant", "14:10:00", 4),
        ],
        gaps: gaps(),
        conflicts: conflicts(),
        diagnoses: diagnoses(),
        components: vec![ComponentResult {
            conflicts: vec![0],
            diagnoses: diagnoses(),
            exact: true,
            complete: true,
        }],
        choices: vec![ChoiceResult {
            choice: diagnoses().remove(0).chosen.unwrap(),
            conflicts_left: 0,
        }],
        capped: true,
        clocks: clocks(),
        claims: claims(),
        checks: checks(),
        indicators: indicators(),
        findings: findings(),
        coverage: Coverage {
            facts: 4,
            dated: 4,
            checks: (1, 2),
            indicators: (1, 2),
            parties: vec![PartyCoverage {
                party: "plant".into(),
                facts: 3,
                evidence: [("EV4".into(), 1)].into_iter().collect(),
            }],
        },
        doubts: doubts(),
        needs: needs(),
        left_out: vec![LeftOut {
            what: "E1".into(),
            why: "rejected-rows".into(),
            args: args([("evidence", Arg::Text("E1".into())), ("count", Arg::Count(1))]),
            cites: part("imports/E1"),
        }],
        register: register(),
    }
}

fn needs() -> Vec<Need> {
    let need = |kind: &str, holders: &[&str], parties: &[&str], requests: &[&str]| Need {
        kind: kind.into(),
        holders: holders.iter().map(|id| (*id).into()).collect(),
        parties: parties.iter().map(|id| (*id).into()).collect(),
        rows: vec!["CV08".into()],
        requests: requests.iter().map(|id| (*id).to_owned()).collect(),
        cites: part("register"),
    };
    vec![
        need("call-placed", &["party-enterprise"], &["plant"], &["RQ1"]),
        need("call-received", &["party-government"], &["plant", "desk"], &[]),
        need("head-informed", &["party-government"], &[], &[]),
    ]
}
