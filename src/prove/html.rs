//! What a page of HTML says.

use html5gum::{StartTag, Token, Tokenizer};

use crate::reading::Reading;

/// Reads a page: its letters, its links, and where items may begin: at an article of the web copy, at a row of the mail
/// that holds a heading of the third level, at an entry of a list outside of these.
pub fn read(html: &str) -> Reading {
    let mut reading = Reading::default();
    let mut page = Page { rows: Vec::new(), silent: None };
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => page.open(&tag, &mut reading),
            Token::EndTag(tag) => page.close(&tag.name, &mut reading),
            Token::String(text) if page.silent.is_none() => reading.add(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    reading.sort();
    reading
}

/// Where a reader of a page is.
struct Page {
    /// Where the rows and articles that are open begin, and whether each is an item.
    rows: Vec<(usize, bool)>,
    /// The element whose text nobody sees.
    silent: Option<Vec<u8>>,
}

impl Page {
    fn open(&mut self, tag: &StartTag<()>, reading: &mut Reading) {
        reading.part();
        let attribute = |name: &str| tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value));
        match tag.name.as_slice() {
            _ if self.silent.is_some() => {}
            name @ (b"head" | b"style" | b"script") => self.silent = Some(name.to_vec()),
            b"a" => attribute("href").iter().for_each(|href| reading.link(href)),
            b"tr" => self.rows.push((reading.whole().end, false)),
            b"article" => {
                reading.mark(None);
                self.rows.push((reading.whole().end, true));
            }
            b"h3" => {
                if let Some((at, is_item @ false)) = self.rows.last_mut() {
                    *is_item = true;
                    reading.mark_at(*at);
                }
            }
            b"li" if !self.rows.iter().any(|(_, is_item)| *is_item) => reading.mark(None),
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8], reading: &mut Reading) {
        reading.part();
        match &self.silent {
            Some(silent) if silent.as_slice() == name => self.silent = None,
            Some(_) => {}
            None if matches!(name, b"tr" | b"article") => drop(self.rows.pop()),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_shows_is_read_and_items_begin_with_their_row() {
        let reading = read(
            "<!doctype html><head><title>No</title><style>p{no:no}</style></head><p>Be&#38;fore</p><ul><li>One</ul>\
             <table><tr><td><table><tr><td>19</td><td><h3><a href='https://a.test/?b&amp;c'>Two</a></h3><ul><li>no item\
             </ul></td></tr></table></td></tr></table>",
        );
        let at = |text: &str| reading.find(text, reading.whole());
        assert_eq!((at("No"), at("Be&fore")), (None, Some(0)));
        assert_eq!(reading.marks().iter().map(|mark| Some(mark.at)).collect::<Vec<_>>(), [at("One"), at("19")]);
        assert_eq!(reading.links(reading.whole()).collect::<Vec<_>>(), ["https://a.test/?b&c"]);
    }
}
