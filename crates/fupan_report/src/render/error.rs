//! What can go wrong while rendering. None of it depends on what a report says.

/// A renderer could not make its bytes (排版错误).
#[derive(Debug, thiserror::Error)]
pub enum PenError {
    /// The picture is no SVG that the drawing library reads.
    #[error("the figure cannot be read as SVG: {0}")]
    Picture(String),
    /// The picture is empty or too large to hold in memory.
    #[error("the figure of {width} × {height} pixels cannot be drawn")]
    Canvas {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The bytes of the picture could not be packed.
    #[error("the figure cannot be packed as PNG: {0}")]
    Png(String),
    /// A language or a phrase that the book lacks.
    #[error("the words of the annex: {0}")]
    Words(#[from] crate::ComposeError),
    /// The workbook could not be packed.
    #[error("the workbook cannot be packed: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The document could not be packed.
    #[error("the document cannot be packed: {0}")]
    Package(#[from] zip::result::ZipError),
    /// The document could not be written into memory.
    #[error("the document cannot be written: {0}")]
    Write(#[from] std::io::Error),
}
