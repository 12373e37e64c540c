//! Where a bag is written to and read from. Paths are relative, with `/` between folders.

use std::io;

/// Bag sink (包写入端): takes the files of a bag, one after another.
pub trait BagSink {
    /// Begins the file at `path`, which nobody has written yet.
    ///
    /// # Errors
    /// What the place of storage says.
    fn create(&mut self, path: &str) -> io::Result<()>;

    /// Adds bytes to it.
    ///
    /// # Errors
    /// What the place of storage says.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Ends it. A sink that makes files durable does so here.
    ///
    /// # Errors
    /// What the place of storage says.
    fn finish(&mut self) -> io::Result<()>;
}

/// Bag source (包读取端): the files of a bag as they are found. Nothing is followed out of the bag.
pub trait BagSource: Sync {
    /// Everything that is there but folders, in any order.
    ///
    /// # Errors
    /// What the place of storage says.
    fn list(&self) -> io::Result<Vec<Found>>;

    /// Opens a file that [`BagSource::list`] named.
    ///
    /// # Errors
    /// What the place of storage says.
    fn open(&self, path: &str) -> io::Result<Box<dyn io::Read + Send + '_>>;
}

/// Found (包内所见): a thing in a bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its path; bytes that are no UTF-8 are shown as such.
    pub path: String,
    /// What it is.
    pub kind: FoundKind,
}

/// Found kind (所见种类): what a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundKind {
    /// A file of so many bytes.
    File(u64),
    /// A symbolic link, wherever it leads.
    Link,
    /// Neither file nor folder.
    Special,
    /// Something whose name is no UTF-8.
    Unnamed,
}
