//! The bank of interview questions.

use crate::body::{Body, Links};
use crate::fields::Fields;

/// Topic of an interview (询问主题).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    /// The word other rows use.
    pub code: String,
}

impl Body for Topic {
    const TABLE: &'static str = "topic";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { code: fields.text("code") }
    }
    fn code(&self) -> Option<&str> {
        Some(&self.code)
    }
}

/// Layer of persons interviewed (询问对象层级).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// The word other rows use.
    pub code: String,
}

impl Body for Layer {
    const TABLE: &'static str = "layer";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { code: fields.text("code") }
    }
    fn code(&self) -> Option<&str> {
        Some(&self.code)
    }
}

/// Question of the bank (询问题目); the question is the row's title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BankQuestion {
    /// Code of a topic.
    pub topic: String,
    /// Code of a layer.
    pub layer: String,
    /// Contents of assessment.
    pub contents: Vec<String>,
    /// Facts it should yield, free words.
    pub asks: Vec<String>,
}

impl Body for BankQuestion {
    const TABLE: &'static str = "question";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            topic: fields.text("topic"),
            layer: fields.text("layer"),
            contents: fields.texts_needed("contents"),
            asks: fields.texts_needed("asks"),
        }
    }
    fn links(&self, links: &mut Links) {
        links.one("topic", &self.topic, &["topic"]);
        links.one("layer", &self.layer, &["layer"]);
        links.all("contents", &self.contents, &["content"]);
    }
}
