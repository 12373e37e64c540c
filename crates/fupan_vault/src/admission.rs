//! The gate of a vault: versions of cases, ids that were used, and which leaf came before. It runs on
//! the writing thread, so that its answer is the order of the log.

use std::collections::BTreeMap;

use fupan_ledger::{Leaf, LeafField, LeafKind, LeafValue, Sm3Edge, Ulid};

use crate::index::{Index, IndexError};
use crate::journal::{Admitted, Gate, Refused};

/// What the log says so far, as far as new leaves must fit it.
#[derive(Debug, Default)]
pub(crate) struct Admission {
    versions: BTreeMap<Ulid, u64>,
    /// Acts by their id: where, and the body.
    acts: BTreeMap<Ulid, (u64, [u8; 32])>,
    /// Captures by evidence, statement and status.
    captures: BTreeMap<(Ulid, [u8; 32], String), u64>,
    /// Last leaf of a case's acts, or of a piece of evidence.
    last: BTreeMap<Ulid, u64>,
    /// The SM3 tree over all leaves.
    sm3: Sm3Edge,
    /// Leaves that the last root of it in the log covers.
    rooted: u64,
}

/// Leaves after which the root of the SM3 tree is a leaf again.
const ROOTED: u64 = 1024;

impl Admission {
    /// Reads the state from an index that has caught up.
    pub(crate) fn load(index: &Index) -> Result<Self, IndexError> {
        let mut state = Self { sm3: index.sm3_edge()?, ..Self::default() };
        let sql = "SELECT idx, kind, case_id, id, ver, body, status FROM entries ORDER BY idx";
        let mut statement = index.db().prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let at: i64 = row.get(0)?;
            let kind: String = row.get(1)?;
            let id = |column| -> Result<Option<Ulid>, rusqlite::Error> {
                let text: Option<String> = row.get(column)?;
                Ok(text.and_then(|text| text.parse().ok()))
            };
            let version: Option<i64> = row.get(4)?;
            let body: Option<String> = row.get(5)?;
            let status: Option<String> = row.get(6)?;
            let Some(kind) = LeafKind::ALL.iter().find(|known| known.name() == kind) else {
                continue;
            };
            let seen = Seen {
                kind: *kind,
                case: id(2)?,
                id: id(3)?,
                version: version.map(i64::unsigned_abs),
                body: body.and_then(|body| crate::object::from_hex(&body)),
                status: status.unwrap_or_default(),
            };
            state.note(at.unsigned_abs(), seen);
        }
        Ok(state)
    }

    fn note(&mut self, index: u64, seen: Seen) {
        if seen.kind == LeafKind::Sm3Root {
            self.rooted = index;
        }
        if let Some(last) = seen.chain() {
            self.last.insert(last, index);
        }
        if let (Some(case), Some(version)) = (seen.case, seen.version) {
            self.versions.insert(case, version);
        }
        match (seen.id, seen.body) {
            (Some(id), Some(body)) if is_act(seen.kind) => {
                self.acts.insert(id, (index, body));
            }
            (Some(id), Some(body)) => {
                self.captures.insert((id, body, seen.status), index);
            }
            _ => {}
        }
    }
}

/// What is noted of a leaf.
struct Seen {
    kind: LeafKind,
    case: Option<Ulid>,
    id: Option<Ulid>,
    version: Option<u64>,
    body: Option<[u8; 32]>,
    status: String,
}

impl Seen {
    fn of(leaf: &Leaf) -> Self {
        Self {
            kind: leaf.kind(),
            case: leaf.get_ulid(LeafField::Case),
            id: leaf.get_ulid(LeafField::Id),
            version: leaf.get_number(LeafField::Ver).map(i64::unsigned_abs),
            body: leaf.get_digest(LeafField::Stmt).or(leaf.get_digest(LeafField::Body)),
            status: leaf.get_word(LeafField::Status).unwrap_or_default().to_owned(),
        }
    }

    /// The id by which leaves of this kind are chained: acts by their case, captures by evidence.
    fn chain(&self) -> Option<Ulid> {
        match self.kind {
            LeafKind::Capture | LeafKind::Cosign => self.id,
            kind if is_act(kind) => self.case,
            _ => None,
        }
    }
}

/// Kinds whose leaf is one person's act with a body.
pub(crate) fn is_act(kind: LeafKind) -> bool {
    matches!(
        kind,
        LeafKind::Entry
            | LeafKind::Correction
            | LeafKind::Custody
            | LeafKind::LegalHold
            | LeafKind::Erase
    )
}

impl Gate for Admission {
    fn admit(&mut self, index: u64, leaf: &mut Leaf) -> Result<Admitted, Refused> {
        let seen = Seen::of(leaf);
        match (seen.id, seen.body) {
            (Some(id), body) if is_act(seen.kind) => {
                if let Some((index, known)) = self.acts.get(&id) {
                    let same = body == Some(*known);
                    return if same {
                        Ok(Admitted::Known(*index))
                    } else {
                        Err(Refused::IdTaken { id, index: *index })
                    };
                }
            }
            (Some(id), Some(body)) => {
                if let Some(index) = self.captures.get(&(id, body, seen.status.clone())) {
                    return Ok(Admitted::Known(*index));
                }
            }
            _ => {}
        }
        if let (Some(case), true) = (seen.case, is_act(seen.kind)) {
            let current = self.versions.get(&case).copied().unwrap_or(0);
            match seen.version {
                // The leaf comes with the version that it would make.
                Some(next) if next == current + 1 => {}
                Some(next) => {
                    let expected = next.saturating_sub(1);
                    return Err(Refused::Stale { expected, current });
                }
                None if current == 0 => return Err(Refused::NoCase { case }),
                None => {}
            }
        }
        let mut admitted = Admitted::New;
        let chain = seen.chain().and_then(|chain| self.last.get(&chain));
        if let Some(prev) = chain.and_then(|prev| i64::try_from(*prev).ok()) {
            leaf.set(LeafField::Prev, LeafValue::Number(prev));
            admitted = Admitted::Amended;
        }
        self.note(index, seen);
        Ok(admitted)
    }

    fn lead(&self, size: u64) -> Option<Leaf> {
        let due = self.sm3.size() == size && size >= self.rooted + ROOTED;
        let tree = i64::try_from(size).ok().filter(|_| due)?;
        let root = LeafValue::Sm3(self.sm3.root());
        Some(Leaf::new(LeafKind::Sm3Root).with(LeafField::Root, root).number(LeafField::Tree, tree))
    }

    fn appending(&mut self, entries: &[Vec<u8>]) {
        let size = self.sm3.size();
        let lead = self.lead(size).and_then(|leaf| leaf.encode().ok());
        if lead.is_some() && lead.as_ref() == entries.first() {
            self.rooted = size;
        }
        entries.iter().for_each(|entry| self.sm3.push(entry));
    }
}
