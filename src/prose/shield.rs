//! Placeholders of mailing services while a text is parsed: their stars are no emphasis, and their spaces end no link.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, Tag};

use crate::model::value::placeholders;

/// What stands for the first placeholder: a sign for private use, of which no font has any. It takes four bytes, as
/// many as the shortest placeholder, `{{}}`.
const FIRST: u32 = 0xF_0000;

/// A text in which letters stand for the placeholders, each as long as the placeholder itself.
pub(super) struct Shield<'a> {
    text: Cow<'a, str>,
    /// The placeholders, in order.
    marks: Vec<&'a str>,
}

impl<'a> Shield<'a> {
    /// Shields the placeholders of a text.
    pub(super) fn over(text: &'a str) -> Shield<'a> {
        let has_some = text.contains("*|") || text.contains("{{");
        let found = if has_some { placeholders(text).unwrap_or_default() } else { Vec::new() };
        let (mut letters, mut at) = (String::with_capacity(if found.is_empty() { 0 } else { text.len() }), 0);
        let mut marks = Vec::with_capacity(found.len());
        for (range, sign) in found.into_iter().zip((FIRST..).map_while(char::from_u32)) {
            let mark = &text[range.clone()];
            letters.push_str(&text[at..range.start]);
            letters.push(sign);
            letters.extend(std::iter::repeat_n('x', mark.len() - sign.len_utf8()));
            at = range.end;
            marks.push(mark);
        }
        if marks.is_empty() {
            return Shield { text: text.into(), marks };
        }
        letters.push_str(&text[at..]);
        Shield { text: letters.into(), marks }
    }

    /// Gives the text to parse; each place in it is the same place of the text itself.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Puts the placeholders back into what was parsed.
    pub(super) fn lift<'e>(&self, event: Event<'e>) -> Event<'e> {
        match event {
            Event::Text(text) => Event::Text(self.whole(text)),
            Event::Code(text) => Event::Code(self.whole(text)),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Link { link_type, dest_url: self.whole(dest_url), title, id })
            }
            other => other,
        }
    }

    fn whole<'e>(&self, text: CowStr<'e>) -> CowStr<'e> {
        if self.marks.is_empty() {
            return text;
        }
        let mark = |c: char| u32::from(c).checked_sub(FIRST).and_then(|at| self.marks.get(usize::try_from(at).ok()?));
        let mut whole = String::with_capacity(text.len());
        let mut letters = text.chars();
        while let Some(c) = letters.next() {
            match mark(c) {
                Some(mark) => {
                    whole.push_str(mark);
                    letters.by_ref().take(mark.len() - c.len_utf8()).for_each(drop);
                }
                None => whole.push(c),
            }
        }
        whole.into()
    }
}
