//! Kinds of leaves and their fields: which a kind must have, which it may have, what each may hold.

use super::LeafValue;

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident $name:literal $shape:expr;)*) => {
        /// Leaf field (叶字段).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum LeafField {
            $($(#[$doc])* $variant,)*
        }

        impl LeafField {
            /// Every field.
            pub(super) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in the leaf.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            pub(super) fn shape(self) -> Shape {
                match self { $(Self::$variant => $shape,)* }
            }
        }
    };
}

/// What a field may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A number that may be negative.
    Signed,
    /// A number from 0.
    Natural,
    /// A SHA-256 digest.
    Sha256,
    /// An SM3 digest.
    Sm3,
    /// An id.
    Ulid,
    /// A list of keys.
    Keys,
    /// A word out of these.
    Word(&'static [&'static str]),
}

fields! {
    /// When it was handed to the vault, in milliseconds since 1970.
    At "at" Shape::Signed;
    /// Keys of those who signed.
    Att "att" Shape::Keys;
    /// SHA-256 of the object that holds the words of the act.
    Body "body" Shape::Sha256;
    /// SM3 of the same object.
    BodySm3 "body_sm3" Shape::Sm3;
    /// When it was captured, by the device's clock.
    Captured "captured" Shape::Signed;
    /// The case.
    Case "case" Shape::Ulid;
    /// SHA-256 of the list of chunks.
    Chunks "chunks" Shape::Sha256;
    /// How far the device's clock is to be trusted.
    Clock "clock" Shape::Word(&["synced", "stale", "untrusted"]);
    /// When the last byte had arrived.
    Complete "complete" Shape::Signed;
    /// How many readings or missing numbers.
    Count "count" Shape::Natural;
    /// What was done with the evidence.
    Deed "deed" Shape::Word(&[
        "received", "viewed", "moved", "handed-over", "exported", "verified", "refused", "alarm",
    ]);
    /// First device time of a chunk, or the last sign of life before a silence.
    First "first" Shape::Signed;
    /// When the first byte had arrived.
    FirstByte "first_byte" Shape::Signed;
    /// The id of this act or evidence.
    Id "id" Shape::Ulid;
    /// SHA-256 of a key's string.
    Key "key" Shape::Sha256;
    /// Last device time of a chunk, or until when there was silence.
    Last "last" Shape::Signed;
    /// Error of the latency, in milliseconds.
    LatErr "lat_err_ms" Shape::Natural;
    /// Milliseconds from capture to the last byte.
    Lat "lat_ms" Shape::Signed;
    /// SHA-256 of the evidence or chunk itself.
    Obj "obj" Shape::Sha256;
    /// SM3 of the same bytes.
    ObjSm3 "obj_sm3" Shape::Sm3;
    /// Index of the leaf that this one speaks of.
    Of "of" Shape::Natural;
    /// SHA-256 of the policy.
    Policy "policy" Shape::Sha256;
    /// Index of the last leaf before about the same evidence or act.
    Prev "prev" Shape::Natural;
    /// SM3 tree head over the leaves of `tree`.
    Root "root" Shape::Sm3;
    /// First number of a chunk or gap in its stream.
    Seq "seq" Shape::Natural;
    /// From which index on a key no longer counts.
    Since "since" Shape::Natural;
    /// Bytes of `obj`.
    Size "size" Shape::Natural;
    /// How a capture is attested.
    Status "status" Shape::Word(&["witnessed", "late", "single", "unwitnessed", "pending"]);
    /// SHA-256 of the signed statement.
    Stmt "stmt" Shape::Sha256;
    /// SM3 of the signed statement.
    StmtSm3 "stmt_sm3" Shape::Sm3;
    /// The stream.
    Stream "stream" Shape::Ulid;
    /// Size of the tree spoken of.
    Tree "tree" Shape::Natural;
    /// Version of the case after the act.
    Ver "ver" Shape::Natural;
}

impl LeafField {
    /// Whether a value is of the field's shape.
    pub(super) fn holds(self, value: &LeafValue) -> bool {
        match (self.shape(), value) {
            (Shape::Signed, LeafValue::Number(_))
            | (Shape::Sha256, LeafValue::Sha256(_))
            | (Shape::Sm3, LeafValue::Sm3(_))
            | (Shape::Ulid, LeafValue::Ulid(_))
            | (Shape::Keys, LeafValue::Keys(_)) => true,
            (Shape::Natural, LeafValue::Number(number)) => *number >= 0,
            (Shape::Word(words), LeafValue::Word(word)) => words.contains(word),
            _ => false,
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident $name:literal [$($must:ident)*] [$($may:ident)*];)*) => {
        /// Leaf kind (叶种类).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum LeafKind {
            $($(#[$doc])* $variant,)*
        }

        impl LeafKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in the leaf.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Fields it must have, fields it may have.
            #[must_use]
            pub fn fields(self) -> (&'static [LeafField], &'static [LeafField]) {
                match self {
                    $(Self::$variant => (
                        &[$(LeafField::$must,)*],
                        &[$(LeafField::$may,)*],
                    ),)*
                }
            }
        }
    };
}

kinds! {
    /// A capture with its signed statement. While the bytes are on their way it is `pending`.
    Capture "capture"
        [Att Captured Case Clock Id Obj ObjSm3 Policy Size Status Stmt StmtSm3]
        [Chunks Complete FirstByte Lat LatErr Prev];
    /// A signature of an attestor that came after the capture.
    Cosign "cosign" [At Att Case Id Stmt StmtSm3] [Of Prev];
    /// An act upon evidence: received, viewed, moved, handed over, exported, verified.
    Custody "custody" [At Body BodySm3 Case Deed Id] [Obj Of Prev];
    /// What people state in a case.
    Entry "entry" [At Body BodySm3 Case Id Ver] [Prev];
    /// An entry put right by a new one.
    Correction "correction" [At Body BodySm3 Case Id Of Ver] [Prev];
    /// An object, or a whole case, that must be kept; or the end of that.
    LegalHold "legal-hold" [At Body BodySm3 Case Id] [Obj Prev];
    /// An object that was taken away.
    Erase "erase" [At Body BodySm3 Case Id Obj] [Prev];
    /// Readings of a stream, sealed together.
    Chunk "chunk" [At Case Count First Last Obj ObjSm3 Seq Size Stream] [Key Prev];
    /// Numbers missing in a stream.
    Gap "gap" [At Case Count Seq Stream] [];
    /// A stream from which nothing came.
    Silence "silence" [At Case First Last Stream] [];
    /// A key that counts from here on.
    KeyAdd "key-add" [At Key] [Body BodySm3 Id];
    /// A key that counts no longer.
    KeyRevoke "key-revoke" [At Key Since] [Body BodySm3 Id];
    /// A policy that holds from here on; its text is an object.
    Policy "policy" [At Policy] [Prev];
    /// Head of the tree over the same leaves, hashed with SM3.
    Sm3Root "sm3-root" [Root Tree] [];
    /// A time stamp or other outside proof over a head; the token is an object.
    Anchor "anchor" [At Obj ObjSm3 Tree] [];
}
