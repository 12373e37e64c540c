//! Names of tiles (C2SP tlog-tiles): `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]`.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::text;

/// Hashes or entries in a full tile.
pub(crate) const FULL: u16 = 256;

/// Tile kind (瓦片种类): hashes of a level, or the entries themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TileKind {
    /// The level, from 0 (leaf hashes) to 63.
    Hashes(u8),
    /// Entry bundle: the bytes below the leaf hashes.
    Entries,
}

/// Tile (瓦片): up to 256 neighbours of one level of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    kind: TileKind,
    index: u64,
    width: u16,
}

/// Why a tile is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TileError {
    /// The path is none of a tile, or not spelt as the specification spells it.
    #[error("not the path of a tile")]
    Path,
    /// A level above 63, or a width that is not 1 to 256.
    #[error("no tile has this level or width")]
    Shape,
    /// Bytes of another length than the tile's.
    #[error("the tile has another length than its name says")]
    Length,
    /// An entry longer than 65,535 bytes.
    #[error("an entry is longer than 65,535 bytes")]
    LongEntry,
    /// The tree would have more leaves than 2^63 - 1.
    #[error("more leaves than a log can have")]
    TooManyLeaves,
    /// The tree has no such node.
    #[error("the tree has no such node")]
    NoNode,
}

impl Tile {
    /// A tile of `width` (1 to 256, 256 being full) at `index` in its level.
    ///
    /// # Errors
    /// A level or width that no tile has.
    pub fn new(kind: TileKind, index: u64, width: u16) -> Result<Self, TileError> {
        let level = match kind {
            TileKind::Hashes(level) => level,
            TileKind::Entries => 0,
        };
        let fits = level <= 63 && (1..=FULL).contains(&width);
        if fits { Ok(Self { kind, index, width }) } else { Err(TileError::Shape) }
    }

    /// What it holds.
    #[must_use]
    pub fn kind(self) -> TileKind {
        self.kind
    }

    /// Its place in the level, from 0.
    #[must_use]
    pub fn index(self) -> u64 {
        self.index
    }

    /// How many hashes or entries it holds: 1 to 256.
    #[must_use]
    pub fn width(self) -> u16 {
        self.width
    }

    /// Whether it is full, and so never changes again.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.width == FULL
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Hashes(level) => write!(f, "tile/{level}/")?,
            TileKind::Entries => write!(f, "tile/entries/")?,
        }
        let mut groups = vec![self.index % 1000];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        for (at, group) in groups.iter().enumerate().rev() {
            if at == 0 { write!(f, "{group:03}")? } else { write!(f, "x{group:03}/")? }
        }
        if self.is_full() { Ok(()) } else { write!(f, ".p/{}", self.width) }
    }
}

impl FromStr for Tile {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        let (kind, rest) = path
            .strip_prefix("tile/")
            .and_then(|rest| rest.split_once('/'))
            .ok_or(TileError::Path)?;
        let kind = match kind {
            "entries" => TileKind::Entries,
            level => {
                let level = text::decimal(level).and_then(|level| u8::try_from(level).ok());
                TileKind::Hashes(level.ok_or(TileError::Path)?)
            }
        };
        let (index, width) = match rest.split_once(".p/") {
            None => (rest, FULL),
            Some((index, width)) => {
                let width = text::decimal(width).and_then(|width| u16::try_from(width).ok());
                (index, width.filter(|width| *width < FULL).ok_or(TileError::Path)?)
            }
        };
        let mut number: u64 = 0;
        for group in index.split('/') {
            let digits = group.strip_prefix('x').unwrap_or(group);
            let three = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
            let value: u64 = digits.parse().ok().filter(|_| three).ok_or(TileError::Path)?;
            number = number
                .checked_mul(1000)
                .and_then(|number| number.checked_add(value))
                .ok_or(TileError::Path)?;
        }
        let tile = Self::new(kind, number, width)?;
        // One spelling: the `x`s and leading groups must be where printing puts them.
        if tile.to_string() == path { Ok(tile) } else { Err(TileError::Path) }
    }
}
