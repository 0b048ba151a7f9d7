//! Prose for one who reads it letter by letter: the words of each block, and where each of them stands in the source.

use std::cell::OnceCell;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use unicode_segmentation::UnicodeSegmentation;

use super::{Prose, is_plain, parser};
use crate::source::Text;

/// What stands in a stretch for something that is no word: code, a picture, a tag.
pub const GAP: char = '\u{FFFC}';

/// The letters of one block: a paragraph, a heading, an item of a list, a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Its letters, without markup.
    pub text: String,
    /// The level, where it is a heading.
    pub heading: Option<u8>,
    /// Its links.
    pub links: Vec<Anchor>,
    /// Where in `text` a piece starts, and where in the source.
    pieces: Vec<(usize, usize)>,
    /// Where its words start and end; found when they are first asked for.
    words: OnceCell<Vec<Range<usize>>>,
}

/// A link in prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// What is shown, in bytes of the stretch.
    pub shown: Range<usize>,
    /// Where it leads, as written.
    pub target: String,
    /// All of it, in bytes of the source.
    pub source: Range<usize>,
}

impl Stretch {
    /// Takes a line of text, which has no markup.
    pub fn line(text: &Text) -> Stretch {
        let text = text.as_str().to_owned();
        Stretch { text, pieces: vec![(0, 0)], ..Stretch::new(None) }
    }

    fn new(heading: Option<u8>) -> Stretch {
        Stretch { text: String::new(), heading, links: Vec::new(), pieces: Vec::new(), words: OnceCell::new() }
    }

    /// Finds its words (Unicode Standard Annex #29), each with its place.
    pub fn words(&self) -> Vec<(usize, &str)> {
        let found = || self.text.unicode_word_indices().map(|(at, word)| at..at + word.len()).collect();
        let places = self.words.get_or_init(found).iter();
        places.map(|place| (place.start, &self.text[place.clone()])).collect()
    }

    fn push(&mut self, text: &str, source: usize) {
        self.pieces.push((self.text.len(), source));
        self.text.push_str(text);
    }

    /// Gives the bytes of the source that say a part of it.
    pub fn source(&self, part: Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let after = self.pieces.partition_point(|(start, _)| *start <= offset);
            let (start, source) = self.pieces.get(after.saturating_sub(1)).copied().unwrap_or_default();
            source + (offset - start)
        };
        let end = part.end.checked_sub(1).map_or(0, |last| at(last) + 1);
        at(part.start)..end.max(at(part.start))
    }
}

impl Prose {
    /// Gives its blocks letter by letter. HTML is no prose, so it is left out.
    pub fn stretches(&self) -> Vec<Stretch> {
        let text = self.source().as_str();
        if is_plain(text) {
            return vec![Stretch::line(self.source())];
        }
        let (mut done, mut open) = (Vec::new(), Stretch::new(None));
        let mut links: Vec<(usize, String, Range<usize>)> = Vec::new();
        let mut in_code = false;
        for (event, range) in parser(text).into_offset_iter() {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => links.push((open.text.len(), dest_url.into(), range)),
                Event::End(TagEnd::Link) => {
                    if let Some((start, target, source)) = links.pop() {
                        open.links.push(Anchor { shown: start..open.text.len(), target, source });
                    }
                }
                Event::Start(Tag::Emphasis | Tag::Strong) | Event::End(TagEnd::Emphasis | TagEnd::Strong) => {}
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Start(tag) => {
                    let heading = match tag {
                        Tag::Heading { level, .. } => Some(level as u8),
                        _ => None,
                    };
                    done.push(std::mem::replace(&mut open, Stretch::new(heading)));
                }
                Event::End(_) | Event::Rule => done.push(std::mem::replace(&mut open, Stretch::new(None))),
                Event::Text(_) if in_code => {}
                Event::Text(letters) => open.push(&letters, range.start),
                Event::SoftBreak | Event::HardBreak => open.push(" ", range.start),
                _ => open.push(GAP.encode_utf8(&mut [0; 4]), range.start),
            }
        }
        done.push(open);
        done.retain(|stretch| !stretch.text.is_empty());
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::source::{Sources, Span};

    #[test]
    fn letters_are_found_again_in_the_source() {
        let markdown = "# One *two*\n\nA [link](https://example.org) and `code` &amp; so\non.\n\n- <b>item</b>\n";
        let mut report = Report::default();
        let id = Sources::default().add("a.csv", markdown.into(), &mut report).expect("UTF-8");
        let text = Text::new(markdown.into(), Span::new(id, 0..markdown.len()));
        let stretches = Prose::decode(text, markdown, &mut report).stretches();
        let texts: Vec<&str> = stretches.iter().map(|stretch| stretch.text.as_str()).collect();
        assert_eq!(texts, ["One two", "A link and \u{FFFC} & so on.", "\u{FFFC}item\u{FFFC}"]);
        assert_eq!(stretches[0].heading, Some(1));
        assert_eq!(stretches[1].links[0].shown, 2..6);
        for (stretch, word) in [(0, "two"), (1, "link"), (1, "so"), (1, "on"), (2, "item")] {
            let at = stretches[stretch].text.find(word).expect("a word");
            assert_eq!(&markdown[stretches[stretch].source(at..at + word.len())], word);
        }
    }
}
