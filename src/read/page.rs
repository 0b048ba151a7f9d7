//! A page of HTML to a tree: the JSON-LD in its scripts (JSON-LD 1.1 §7.2).

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::json;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::record::Value;
use crate::source::{SourceId, Span};

/// Reads all scripts of JSON-LD; several make a list. `None`: there is none, and that has been told.
pub fn read<'s>(id: SourceId, text: &'s str, report: &mut Report) -> Option<Value<'s>> {
    let scripts = scripts(text);
    if scripts.is_empty() {
        report.add(
            Diagnostic::error(Code::BadJson, "the page has no JSON-LD in it")
                .at(Span::new(id, 0..0), "no `<script type=\"application/ld+json\">`")
                .help("ask whoever writes it for a feed or a table; the rest of a page is made for readers"),
        );
        return None;
    }
    let mut values: Vec<Value<'s>> =
        scripts.into_iter().filter_map(|script| json::tree(id, text, script, report)).collect();
    match values.len() {
        0 => None,
        1 => values.pop(),
        _ => Some(Value::List(values, Span::new(id, 0..text.len()))),
    }
}

/// Gives the text of each script of JSON-LD.
fn scripts(text: &str) -> Vec<&str> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let (mut scripts, mut start) = (Vec::new(), None);
    for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Token::StartTag(tag) if tag.name.as_slice() == b"script" => {
                let kind = tag.attributes.get(b"type".as_slice());
                let is_data = kind.is_some_and(|kind| {
                    let kind = String::from_utf8_lossy(kind);
                    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
                });
                start = Some(tag.span.end).filter(|_| is_data);
            }
            Token::EndTag(tag) if tag.name.as_slice() == b"script" => {
                scripts.extend(start.take().and_then(|start: usize| text.get(start..tag.span.start)));
            }
            _ => {}
        }
    }
    scripts
}
