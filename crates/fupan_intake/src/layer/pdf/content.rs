//! What a page draws: the operators that show text, and those that move it. All else is passed over.

use super::font::{Collections, Font};
use super::lexer::{Dict, Lexer, Object, Token};
use super::matrix::Matrix;
use super::objects::{Objects, name};
use super::pen::Pen;
use crate::layer::LayerError;
use crate::layer::budget::Budget;
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Forms inside forms.
const DEEPEST: u32 = 8;
/// Graphics states that are kept, and marked contents that are open.
const MOST_STATES: usize = 256;
/// Fonts that are kept from page to page.
const MOST_FONTS: usize = 64;
/// Steps that looking up a resource costs.
const LOOKUP: u64 = 100;
/// Operands of one operator.
const MOST_OPERANDS: usize = 64;

/// What all pages of a file share (公共读取状态).
pub(super) struct Shared<'f> {
    pub(super) file: &'f Objects,
    pub(super) budget: &'f mut Budget,
    pub(super) fonts: BTreeMap<u32, Rc<Font>>,
    pub(super) collections: Collections,
}

/// What `q` keeps and `Q` brings back.
#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    leading: f64,
    spacing: f64,
    words: f64,
    stretch: f64,
    rise: f64,
}

/// A page being read (页面读取).
pub(super) struct Page<'s, 'f> {
    shared: &'s mut Shared<'f>,
    pen: Pen,
    state: State,
    kept: Vec<State>,
    text: Matrix,
    line: Matrix,
    /// Marked contents that are open; the words that stand for what is drawn inside.
    marked: Vec<Option<String>>,
}

impl<'s, 'f> Page<'s, 'f> {
    pub(super) fn new(shared: &'s mut Shared<'f>) -> Self {
        let state = State {
            ctm: Matrix::ONE,
            font: None,
            size: 0.0,
            leading: 0.0,
            spacing: 0.0,
            words: 0.0,
            stretch: 1.0,
            rise: 0.0,
        };
        let (kept, marked) = (Vec::new(), Vec::new());
        let (text, line) = (Matrix::ONE, Matrix::ONE);
        Self { shared, pen: Pen::default(), state, kept, text, line, marked }
    }

    pub(super) fn finish(self) -> (Option<String>, u64) {
        self.pen.finish()
    }

    /// Draws the data of a page or form.
    ///
    /// # Errors
    /// [`LayerError::TooMuch`].
    pub(super) fn draw(
        &mut self,
        data: &[u8],
        resources: &Dict,
        depth: u32,
    ) -> Result<(), LayerError> {
        let mut lexer = Lexer::new(data, 0);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(token) = lexer.token(false) {
            self.shared.budget.step()?;
            match token {
                Token::Object(object) if operands.len() < MOST_OPERANDS => operands.push(object),
                Token::Object(_) => {}
                Token::Keyword(b"ID") => {
                    lexer.skip_image();
                    operands.clear();
                }
                Token::Keyword(word) => {
                    self.operator(word, &operands, resources, depth)?;
                    operands.clear();
                }
            }
        }
        self.shared.file.check()
    }

    fn operator(
        &mut self,
        word: &[u8],
        operands: &[Object],
        resources: &Dict,
        depth: u32,
    ) -> Result<(), LayerError> {
        let numbers: Vec<f64> = operands.iter().filter_map(number).collect();
        let one = || numbers.last().copied().unwrap_or(0.0);
        match word {
            b"q" if self.kept.len() < MOST_STATES => self.kept.push(self.state.clone()),
            b"Q" => self.state = self.kept.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => {
                let moved = Matrix::of(&numbers).unwrap_or(Matrix::ONE);
                self.state.ctm = moved.then(&self.state.ctm);
            }
            b"BT" => (self.text, self.line) = (Matrix::ONE, Matrix::ONE),
            b"Tf" => {
                self.shared.budget.steps(LOOKUP)?;
                self.state.size = one();
                if let Some(Object::Name(name)) = operands.first() {
                    self.state.font = self.font(name, resources)?;
                }
            }
            b"TL" => self.state.leading = one(),
            b"Tc" => self.state.spacing = one(),
            b"Tw" => self.state.words = one(),
            b"Tz" => self.state.stretch = one() / 100.0,
            b"Ts" => self.state.rise = one(),
            b"Tm" => {
                self.line = Matrix::of(&numbers).unwrap_or(Matrix::ONE);
                self.text = self.line;
            }
            b"Td" => self.next_line(&numbers),
            b"TD" => {
                self.state.leading = -one();
                self.next_line(&numbers);
            }
            b"T*" => self.next_line(&[0.0, -self.state.leading]),
            b"Tj" => self.show_all(operands)?,
            b"TJ" => {
                if let Some(Object::Array(list)) = operands.first() {
                    self.show_all(list)?;
                }
            }
            b"'" => {
                self.next_line(&[0.0, -self.state.leading]);
                self.show_all(operands)?;
            }
            b"\"" => {
                if let [words, spacing, ..] = numbers.as_slice() {
                    (self.state.words, self.state.spacing) = (*words, *spacing);
                }
                self.next_line(&[0.0, -self.state.leading]);
                self.show_all(operands.get(2..).unwrap_or_default())?;
            }
            b"BMC" | b"BDC" if self.marked.len() < MOST_STATES => {
                let words = operands.get(1).and_then(|one| self.actual(one, resources));
                self.marked.push(words);
            }
            b"EMC" => {
                self.marked.pop();
            }
            b"Do" => {
                self.shared.budget.steps(LOOKUP)?;
                if let Some(Object::Name(name)) = operands.first() {
                    self.form(name, resources, depth)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn next_line(&mut self, numbers: &[f64]) {
        if let [x, y] = numbers {
            self.line = Matrix::shift(*x, *y).then(&self.line);
            self.text = self.line;
        }
    }

    fn font(&mut self, key: &[u8], resources: &Dict) -> Result<Option<Rc<Font>>, LayerError> {
        let shared = &mut *self.shared;
        let fonts = shared.file.get_dict(resources, b"Font").unwrap_or_default();
        let Some(entry) = fonts.get(key) else { return Ok(None) };
        let number = match entry {
            Object::Ref(number) => Some(*number),
            _ => None,
        };
        if let Some(font) = number.and_then(|number| shared.fonts.get(&number)) {
            return Ok(Some(Rc::clone(font)));
        }
        let Some(dict) = shared.file.dict(entry) else { return Ok(None) };
        let font = Font::read(shared.file, &dict, &mut shared.collections, shared.budget)?;
        let font = Rc::new(font);
        if shared.fonts.len() >= MOST_FONTS {
            shared.fonts.clear();
        }
        if let Some(number) = number {
            shared.fonts.insert(number, Rc::clone(&font));
        }
        Ok(Some(font))
    }

    /// Shows strings; numbers between them move the pen back.
    fn show_all(&mut self, items: &[Object]) -> Result<(), LayerError> {
        for item in items {
            match item {
                Object::Text(bytes) => self.show(bytes)?,
                Object::Number(back) => {
                    let vertical = self.state.font.as_ref().is_some_and(|font| font.vertical);
                    self.advance(-back / 1000.0 * self.state.size, vertical);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn advance(&mut self, by: f64, vertical: bool) {
        let by = if vertical {
            Matrix::shift(0.0, -by)
        } else {
            Matrix::shift(by * self.state.stretch, 0.0)
        };
        self.text = by.then(&self.text);
    }

    /// Where the next character stands.
    fn place(&self) -> Matrix {
        let size = self.state.size;
        let glyph = Matrix::scale(size * self.state.stretch, size);
        let glyph = glyph.then(&Matrix::shift(0.0, self.state.rise));
        glyph.then(&self.text).then(&self.state.ctm)
    }

    fn show(&mut self, bytes: &[u8]) -> Result<(), LayerError> {
        let Some(font) = self.state.font.clone() else { return Ok(()) };
        let glyphs = font.glyphs(bytes);
        // Words that stand for what is drawn are written once, where the first of it is drawn.
        let stands = self.marked.iter().position(Option::is_some);
        let words = stands.and_then(|at| self.marked.get_mut(at)?.as_mut()).map(std::mem::take);
        if words.as_ref().is_none_or(|words| !words.is_empty()) {
            self.pen.go(&self.place(), font.vertical);
        }
        if let Some(words) = &words {
            let size = self.pen.write(Some(words));
            self.shared.budget.text(size)?;
        }
        for glyph in glyphs {
            self.shared.budget.step()?;
            if words.is_none() {
                let size = self.pen.write(glyph.text.as_deref());
                self.shared.budget.text(size)?;
            }
            let spaces = if glyph.space { self.state.words } else { 0.0 };
            let width = if font.vertical { 1.0 } else { glyph.width };
            self.advance(width * self.state.size + self.state.spacing + spaces, font.vertical);
        }
        self.pen.came(&self.place());
        Ok(())
    }

    fn form(&mut self, key: &[u8], resources: &Dict, depth: u32) -> Result<(), LayerError> {
        let file = self.shared.file;
        let forms = file.get_dict(resources, b"XObject").unwrap_or_default();
        let Some(stream) = forms.get(key).and_then(|one| file.stream(one)) else { return Ok(()) };
        if depth >= DEEPEST || name(&stream.dict, b"Subtype") != Some(b"Form") {
            return Ok(());
        }
        let Some(data) = file.data(&stream, self.shared.budget)? else { return Ok(()) };
        let (state, kept) = (self.state.clone(), std::mem::take(&mut self.kept));
        let matrix = file.get_array(&stream.dict, b"Matrix").unwrap_or_default();
        let matrix: Vec<f64> = matrix.iter().filter_map(number).collect();
        if let Some(matrix) = Matrix::of(&matrix) {
            self.state.ctm = matrix.then(&self.state.ctm);
        }
        let own = file.get_dict(&stream.dict, b"Resources");
        self.draw(&data, own.as_ref().unwrap_or(resources), depth + 1)?;
        (self.state, self.kept) = (state, kept);
        Ok(())
    }

    /// The words that a marked content says stand for what it draws.
    fn actual(&self, properties: &Object, resources: &Dict) -> Option<String> {
        let file = self.shared.file;
        let dict = match properties {
            Object::Dict(dict) => dict.clone(),
            Object::Name(name) => {
                let all = file.get_dict(resources, b"Properties")?;
                file.dict(all.get(name)?)?
            }
            _ => return None,
        };
        match file.get(&dict, b"ActualText")? {
            Object::Text(bytes) => Some(text_string(&bytes)),
            _ => None,
        }
    }
}

fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Number(number) => Some(*number),
        _ => None,
    }
}

/// A text string: UTF-16 or UTF-8 by its mark, or else one byte a character.
fn text_string(bytes: &[u8]) -> String {
    let charset = match bytes {
        [0xfe, 0xff, ..] => UTF_16BE,
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xef, 0xbb, 0xbf, ..] => UTF_8,
        _ => WINDOWS_1252,
    };
    charset.decode_with_bom_removal(bytes).0.into_owned()
}
