//! Where in a piece of evidence, in words of the screen.

use fupan::{Message, Voice};
use fupan_model::Locator;

/// The place, such as a page; the whole has a word of its own.
pub(crate) fn words(locator: &Locator, voice: &Voice) -> String {
    voice.say(&match locator {
        Locator::Whole => Message::new("place-whole"),
        Locator::Record(id) => Message::new("place-record").text("record", id),
        Locator::Row(row) => Message::new("place-row").text("row", row),
        Locator::SheetRow { sheet, row } => {
            Message::new("place-sheet-row").text("sheet", sheet).text("row", row)
        }
        Locator::Page(page) => Message::new("place-page").text("page", page),
        Locator::Second(second) => Message::new("place-second").text("second", second),
        Locator::Part(part) => Message::new("place-part").text("part", part),
    })
}
