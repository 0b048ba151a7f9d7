//! XML 1.0 to a tree: an element is an object of its attributes (`@name`) and its elements; one that holds text alone is
//! that text, and one with attributes and text has it as `#text`. Elements of one name make a list.
//!
//! A document type is refused, and with it every entity of its own: none can grow or lead to another file.

use std::borrow::Cow;
use std::ops::Range;

use roxmltree::{Document, Error, Node, ParsingOptions, StringStorage};
use rustc_hash::FxHashMap;

use super::LONGEST_CELL;
use super::tree::DEEPEST;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::record::{CONTENT, Record, Value};
use crate::source::{Quote, SourceId, Span, Str, Text};

/// Elements, texts and comments of one file, at most.
const MOST_NODES: u32 = 20_000_000;

/// The names of HTML (RFC 4287 §3.1.1.3 has it inside of texts).
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// What marks off text that is taken as it is.
const CDATA: (&str, &str) = ("<![CDATA[", "]]>");

/// Reads a file: an object that has the name of its outermost element as key. `None`: it is no XML, and that has been
/// told.
pub fn read<'s>(id: SourceId, text: &'s str, report: &mut Report) -> Option<Value<'s>> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    // The parser takes no byte order mark before the declaration.
    let body = text.trim_start_matches('\u{FEFF}');
    let mut reader = Xml { id, text, base: text.len() - body.len(), report };
    match Document::parse_with_options(body, options) {
        Ok(document) => {
            let root = document.root_element();
            let value = reader.element(root, 1)?;
            let name = reader.name(root);
            let span = reader.span(root.range());
            Some(Value::Record(Box::new(Record { span, names: [name].into(), values: vec![value] })))
        }
        Err(error) => {
            reader.tell(&error);
            None
        }
    }
}

struct Xml<'a, 'r> {
    id: SourceId,
    text: &'a str,
    base: usize,
    report: &'r mut Report,
}

impl<'a> Xml<'a, '_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.id, self.base + range.start..self.base + range.end)
    }

    /// Gives the name of an element as written, with its prefix.
    fn name(&self, node: Node<'_, 'a>) -> Text {
        let start = self.base + node.range().start + 1;
        let rest = &self.text[start..];
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
        Text::new(rest[..end].into(), Span::new(self.id, start..start + end))
    }

    fn element(&mut self, node: Node<'_, 'a>, depth: usize) -> Option<Value<'a>> {
        let span = self.span(node.range());
        if depth > DEEPEST {
            self.report.add(
                Diagnostic::error(Code::BadXml, "elements are nested too deep")
                    .at(span.part(0..1), format!("more than {DEEPEST} levels"))
                    .help("take some levels away; no row of a table needs so many"),
            );
            return None;
        }
        let is_text = |node: &Node<'_, '_>| node.is_text() && node.text().is_some_and(|text| !text.trim().is_empty());
        let is_html = |node: Node<'_, '_>| node.tag_name().namespace() == Some(XHTML);
        let holds_html = !is_html(node) && node.children().any(is_html);
        let (has_text, has_elements) =
            (node.children().any(|node| is_text(&node)), node.children().any(|node| node.is_element()));
        let (mut names, mut values) = (Vec::<Text>::new(), Vec::new());
        for attribute in node.attributes() {
            let name = &body_of(self.text, self.base)[attribute.range_qname()];
            names.push(Text::new(format!("@{name}").into(), self.span(attribute.range_qname())));
            let text = owned_or_not(attribute.value_storage());
            values.push(self.cell(text, self.span(attribute.range_value())));
        }
        let content = match (has_text, has_elements) {
            // Markup among text is text with markup: HTML, most likely.
            _ if holds_html => Some(self.inside(node)),
            (true, true) => Some(self.inside(node)),
            (true, false) => Some(self.texts(node)),
            _ => None,
        };
        if let Some(content) = content {
            if names.is_empty() {
                return Some(content);
            }
            names.push(Text::new(CONTENT.into(), content.span()));
            values.push(content);
        } else {
            let mut known = FxHashMap::<Str, usize>::default();
            for child in node.children().filter(Node::is_element) {
                let (name, value) = (self.name(child), self.element(child, depth + 1)?);
                match known.get(&name.value) {
                    Some(at) => join(&mut values[*at], value),
                    None => {
                        known.insert(name.value.clone(), names.len());
                        names.push(name);
                        values.push(value);
                    }
                }
            }
        }
        if names.is_empty() {
            return Some(Value::Empty(span));
        }
        Some(Value::Record(Box::new(Record { span, names: names.into(), values })))
    }

    /// Gives the text of an element that has no others in it.
    fn texts(&mut self, node: Node<'_, 'a>) -> Value<'a> {
        let texts: Vec<Node<'_, 'a>> = node.children().filter(Node::is_text).collect();
        let place = texts.iter().map(|text| self.span(text.range())).reduce(Span::to);
        let mut place = place.unwrap_or_else(|| self.span(node.range()));
        let raw = &self.text[place.range()];
        let inner = raw.strip_prefix(CDATA.0).and_then(|rest| rest.strip_suffix(CDATA.1));
        if inner.is_some_and(|inner| !inner.contains(CDATA.0)) {
            place = place.part(CDATA.0.len()..raw.len() - CDATA.1.len());
        }
        let text = match texts.as_slice() {
            [text] => text.text_storage().map(owned_or_not).unwrap_or_default(),
            // A comment may stand between two.
            texts => Cow::Owned(texts.iter().filter_map(Node::text).collect()),
        };
        self.cell(text, place)
    }

    /// Gives what stands in an element, as written.
    fn inside(&mut self, node: Node<'_, 'a>) -> Value<'a> {
        let spans = node.children().map(|child| self.span(child.range())).reduce(Span::to);
        let place = spans.unwrap_or_else(|| self.span(node.range()));
        self.cell(Cow::Borrowed(&self.text[place.range()]), place)
    }

    fn cell(&mut self, text: Cow<'a, str>, span: Span) -> Value<'a> {
        if text.len() > LONGEST_CELL {
            self.report.add(
                Diagnostic::error(Code::TooLarge, "a text has more than 1 MiB").at(span.part(0..1), "it starts here"),
            );
            return Value::Empty(span);
        }
        if text.is_empty() { Value::Empty(span) } else { Value::Text(Quote::new(text, span)) }
    }

    fn tell(&mut self, error: &Error) {
        let (row, column) = (error.pos().row as usize, error.pos().col as usize);
        let body = body_of(self.text, self.base);
        let line = body.split_inclusive('\n').take(row.saturating_sub(1)).map(str::len).sum::<usize>();
        let letters = body[line..].chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
        let mut start = self.base + (line + letters).min(body.len());
        if matches!(error, Error::DtdDetected) {
            start = self.base + memchr::memmem::find(body.as_bytes(), b"<!DOCTYPE").unwrap_or(0);
        }
        let end = start + self.text[start..].chars().next().map_or(0, char::len_utf8);
        let at = Span::new(self.id, start..end);
        // The parser appends the place, which is shown anyway.
        let said = error.to_string();
        let why = said.split(" at ").next().unwrap_or(&said).to_owned();
        self.report.add(match error {
            Error::DtdDetected => Diagnostic::error(Code::BadXml, "the file has a document type, which is not read")
                .at(at, "entities of its own could lead anywhere")
                .help("delete `<!DOCTYPE …>`, and write out what its entities stand for"),
            Error::NodesLimitReached => {
                Diagnostic::error(Code::TooLarge, format!("more than {MOST_NODES} elements and texts"))
                    .at(Span::new(self.id, 0..0), "")
                    .help("split it into several files; they are merged by `id`")
            }
            _ => Diagnostic::error(Code::BadXml, "the file is not XML")
                .at(at, why)
                .help("each element that is opened is closed, `&` is written `&amp;` and `<` in text `&lt;`"),
        });
    }
}

/// Gives the text without its byte order mark.
fn body_of(text: &str, base: usize) -> &str {
    &text[base..]
}

fn owned_or_not<'a>(text: &StringStorage<'a>) -> Cow<'a, str> {
    match text {
        StringStorage::Borrowed(text) => Cow::Borrowed(text),
        StringStorage::Owned(text) => Cow::Owned(text.to_string()),
    }
}

/// Puts a value beside others of its name.
fn join<'a>(known: &mut Value<'a>, value: Value<'a>) {
    let span = known.span().to(value.span());
    if let Value::List(values, place) = known {
        *place = span;
        return values.push(value);
    }
    let first = std::mem::replace(known, Value::Empty(span));
    *known = Value::List(vec![first, value], span);
}
