//! Types of files that evidence comes in, and the endings of names that go with each.

/// Media type (媒体类型): what a file is by its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaType {
    mime: &'static str,
    ending: &'static str,
}

/// Types of our own finding with every ending that agrees; the first is the usual one.
const KINDS: &[(MediaType, &[&str])] = &[
    (MediaType::PDF, &["pdf"]),
    (MediaType::DOCX, &["docx", "docm", "dotx"]),
    (MediaType::XLSX, &["xlsx", "xlsm", "xltx"]),
    (MediaType::PPTX, &["pptx", "pptm", "ppsx"]),
    (MediaType::ODF, &["odt", "ods", "odp"]),
    (MediaType::OFD, &["ofd"]),
    (MediaType::ZIP, &["zip", "jar", "apk", "kmz", "epub"]),
    (MediaType::OLE, &["doc", "xls", "ppt", "msg", "wps", "et", "dps"]),
    (MediaType::GZIP, &["gz", "tgz"]),
    (MediaType::JPEG, &["jpg", "jpeg", "jpe", "jfif"]),
    (MediaType::PNG, &["png"]),
    (MediaType::GIF, &["gif"]),
    (MediaType::BMP, &["bmp", "dib"]),
    (MediaType::TIFF, &["tif", "tiff", "dng", "nef", "arw"]),
    (MediaType::WEBP, &["webp"]),
    (MediaType::HEIC, &["heic", "heif", "hif"]),
    (MediaType::AVIF, &["avif"]),
    (MediaType::MP4, &["mp4", "m4v", "m4a", "3gp", "3g2", "f4v"]),
    (MediaType::MOV, &["mov", "qt"]),
    (MediaType::HTML, &["html", "htm", "xhtml", "mht"]),
    (MediaType::SVG, &["svg"]),
    (MediaType::XML, &["xml", "gpx", "kml", "xsd", "rels"]),
    (
        MediaType::TEXT,
        &[
            "txt", "csv", "tsv", "tab", "log", "json", "jsonl", "ndjson", "md", "toml", "yaml",
            "yml", "ini", "srt", "nmea", "html", "htm", "xml",
        ],
    ),
];

impl MediaType {
    /// A page description that keeps its look.
    pub const PDF: Self = Self::of("application/pdf", "pdf");
    /// A word document.
    pub const DOCX: Self =
        Self::of("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx");
    /// A workbook.
    pub const XLSX: Self =
        Self::of("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
    /// Slides.
    pub const PPTX: Self = Self::of(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "pptx",
    );
    /// An OpenDocument file.
    pub const ODF: Self = Self::of("application/vnd.oasis.opendocument", "odt");
    /// A Chinese fixed-layout document (GB/T 33190).
    pub const OFD: Self = Self::of("application/ofd", "ofd");
    /// An archive.
    pub const ZIP: Self = Self::of("application/zip", "zip");
    /// An old Office file, or an Office file with a password.
    pub const OLE: Self = Self::of("application/x-ole-storage", "doc");
    /// One packed file.
    pub const GZIP: Self = Self::of("application/gzip", "gz");
    /// A photo.
    pub const JPEG: Self = Self::of("image/jpeg", "jpg");
    /// A picture.
    pub const PNG: Self = Self::of("image/png", "png");
    /// A picture that may move.
    pub const GIF: Self = Self::of("image/gif", "gif");
    /// A plain picture.
    pub const BMP: Self = Self::of("image/bmp", "bmp");
    /// A scan, or a raw photo.
    pub const TIFF: Self = Self::of("image/tiff", "tif");
    /// A picture of the web.
    pub const WEBP: Self = Self::of("image/webp", "webp");
    /// A photo of a phone.
    pub const HEIC: Self = Self::of("image/heic", "heic");
    /// A picture of the web.
    pub const AVIF: Self = Self::of("image/avif", "avif");
    /// A recording.
    pub const MP4: Self = Self::of("video/mp4", "mp4");
    /// A recording in `QuickTime` form.
    pub const MOV: Self = Self::of("video/quicktime", "mov");
    /// A web page.
    pub const HTML: Self = Self::of("text/html", "html");
    /// A drawing in markup.
    pub const SVG: Self = Self::of("image/svg+xml", "svg");
    /// Other markup.
    pub const XML: Self = Self::of("text/xml", "xml");
    /// Plain text, tables of text among it.
    pub const TEXT: Self = Self::of("text/plain", "txt");
    /// Bytes of no known type.
    pub const UNKNOWN: Self = Self::of("application/octet-stream", "");
    /// No bytes.
    pub const EMPTY: Self = Self::of("application/x-empty", "");

    pub(super) const fn of(mime: &'static str, ending: &'static str) -> Self {
        Self { mime, ending }
    }

    /// Its name in the form that mail and the web use.
    pub fn mime(self) -> &'static str {
        self.mime
    }

    /// The usual ending of its names, without the dot; empty where there is none.
    pub fn ending(self) -> &'static str {
        self.ending
    }

    /// Text that is read line by line.
    pub fn is_text(self) -> bool {
        [Self::TEXT, Self::HTML, Self::XML, Self::SVG].contains(&self)
    }

    /// A picture of pixels.
    pub fn is_picture(self) -> bool {
        self.mime.starts_with("image/") && self != Self::SVG
    }

    /// Markup that a browser would run: it is shown as text or offered as a file, never inline.
    pub fn is_markup(self) -> bool {
        [Self::HTML, Self::XML, Self::SVG].contains(&self)
    }

    /// Whether a file of this type may bear a name with this ending (lower case, without the dot).
    /// `None` where the ending says nothing.
    pub fn goes_with(self, ending: &str) -> Option<bool> {
        let own = KINDS.iter().find(|(kind, _)| *kind == self).map(|(_, endings)| *endings);
        let agrees = ending == self.ending || own.is_some_and(|endings| endings.contains(&ending));
        let known =
            KINDS.iter().any(|(_, endings)| endings.contains(&ending)) || OTHERS.contains(&ending);
        if self == Self::EMPTY || (!agrees && !known) { None } else { Some(agrees) }
    }
}

/// Endings of types that others tell apart.
const OTHERS: &[&str] = &[
    "7z", "aac", "amr", "avi", "bz2", "dll", "elf", "exe", "flac", "flv", "ico", "mid", "mkv",
    "mp3", "mpg", "ogg", "ps", "psd", "rar", "rtf", "sqlite", "tar", "wasm", "wav", "webm", "wmv",
    "xz",
];
