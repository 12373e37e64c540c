//! Tables of the index, and the statements over them.

use sea_query::{
    Alias, ColumnDef, Expr, Index as Key, IntoIden as _, Query, SqliteQueryBuilder, Table,
};

/// A table: name, columns (name, whether it is a number), columns that are looked up by.
pub(super) struct Plan {
    pub(super) name: &'static str,
    pub(super) columns: &'static [(&'static str, bool)],
    keys: &'static [&'static [&'static str]],
}

/// What the index holds.
pub(super) const TABLES: &[Plan] = &[
    Plan { name: "meta", columns: &[("name", false), ("value", false)], keys: &[] },
    Plan {
        name: "entries",
        columns: &[
            ("idx", true),
            ("kind", false),
            ("case_id", false),
            ("id", false),
            ("ver", true),
            ("at", true),
            ("body", false),
            ("obj", false),
            ("status", false),
            ("author", false),
        ],
        keys: &[&["case_id", "idx"], &["body"]],
    },
    Plan {
        name: "evidence",
        columns: &[
            ("idx", true),
            ("part", true),
            ("case_id", false),
            ("id", false),
            ("sha256", false),
            ("size", true),
            ("kind", false),
            ("title", false),
        ],
        keys: &[&["case_id", "id"], &["sha256"]],
    },
    Plan {
        name: "facts",
        columns: &[
            ("idx", true),
            ("part", true),
            ("case_id", false),
            ("id", false),
            ("party", false),
            ("event", false),
            ("text", false),
        ],
        keys: &[&["case_id", "id"]],
    },
    Plan {
        name: "custody",
        columns: &[
            ("idx", true),
            ("case_id", false),
            ("evidence", false),
            ("deed", false),
            ("at", true),
            ("author", false),
            ("object", false),
        ],
        keys: &[&["case_id", "evidence"]],
    },
    Plan {
        name: "holds",
        columns: &[("idx", true), ("case_id", false), ("object", false), ("standing", true)],
        keys: &[&["case_id"]],
    },
    Plan {
        name: "texts",
        columns: &[
            ("idx", true),
            ("part", true),
            ("case_id", false),
            ("kind", false),
            ("text", false),
        ],
        keys: &[&["idx", "part"]],
    },
    Plan {
        name: "terms",
        columns: &[("term", false), ("idx", true), ("part", true)],
        keys: &[&["term", "idx", "part"]],
    },
];

/// Statements that are run often, made once.
pub(super) struct Statements(Vec<(&'static str, String)>);

impl Statements {
    pub(super) fn new() -> Self {
        Self(TABLES.iter().map(|table| (table.name, insert(table))).collect())
    }

    /// The insertion of one row into a table.
    pub(super) fn insert(&self, table: &str) -> &str {
        self.0.iter().find(|(name, _)| *name == table).map_or("", |(_, sql)| sql)
    }
}

/// The tables, without what is looked up by.
pub(super) fn create() -> Vec<String> {
    let mut all = Vec::new();
    for table in TABLES {
        let mut create = Table::create();
        create.table(Alias::new(table.name)).if_not_exists();
        for (at, (name, number)) in table.columns.iter().enumerate() {
            let mut column = ColumnDef::new(Alias::new(*name));
            if *number {
                column.big_integer()
            } else {
                column.text()
            };
            // `meta` and `entries` have one row a name or index.
            if at == 0 && matches!(table.name, "meta" | "entries") {
                column.primary_key();
            }
            create.col(&mut column);
        }
        all.push(create.build(SqliteQueryBuilder));
    }
    all
}

/// What is looked up by. Made after the rows of a whole log, since that is one sorting and not one search a row.
pub(super) fn create_keys() -> Vec<String> {
    let key = |name: String, table: &Plan, key: &&[&'static str]| {
        let mut index = Key::create();
        index.name(name).table(Alias::new(table.name));
        key.iter().for_each(|column| drop(index.col(Alias::new(*column)).to_owned()));
        index.if_not_exists().build(SqliteQueryBuilder)
    };
    keys().map(|(name, table, columns)| key(name, table, columns)).collect()
}

pub(super) fn drop_keys() -> Vec<String> {
    let gone = |name| Key::drop().name(name).if_exists().build(SqliteQueryBuilder);
    keys().map(|(name, _, _)| gone(name)).collect()
}

fn keys() -> impl Iterator<Item = (String, &'static Plan, &'static &'static [&'static str])> {
    TABLES.iter().flat_map(|table| {
        let named = move |(at, key)| (format!("{}_{at}", table.name), table, key);
        table.keys.iter().enumerate().map(named)
    })
}

pub(super) fn drop_all() -> Vec<String> {
    let gone = |table: &Plan| Table::drop().table(Alias::new(table.name)).if_exists().to_owned();
    TABLES.iter().map(|table| gone(table).build(SqliteQueryBuilder)).collect()
}

pub(super) fn select_all(table: &Plan) -> String {
    let columns = table.columns.iter().map(|(name, _)| Alias::new(*name));
    Query::select()
        .columns(columns)
        .from(Alias::new(table.name))
        .to_owned()
        .build(SqliteQueryBuilder)
        .0
}

fn insert(table: &Plan) -> String {
    let columns = table.columns.iter().map(|(name, _)| Alias::new(*name).into_iden());
    let places = table.columns.iter().map(|_| Expr::value(0));
    let mut query = Query::insert();
    query.into_table(Alias::new(table.name)).columns(columns);
    // As many values as columns, by construction.
    drop(query.values(places).map(|query| query.to_owned()));
    query.build(SqliteQueryBuilder).0
}
