//! HTML that others wrote to prose: what a browser shows of it, as CommonMark. Scripts, styles, comments, forms'
//! controls and attributes never come through, because nothing is taken but letters, links and a few kinds of blocks.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::build::{Builder, Style};
use super::write;
use crate::model::Address;

/// Elements of which a browser shows nothing, or what no text can show.
const HIDDEN: &[&str] = &[
    "script", "style", "title", "template", "iframe", "noembed", "noframes", "object", "applet", "svg", "math",
    "canvas", "audio", "video", "textarea", "select", "button", "datalist",
];

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "html",
    "legend",
    "main",
    "nav",
    "p",
    "search",
    "section",
    "summary",
];

/// Gives the same text as CommonMark, and the addresses of links that lead nowhere. Text without a tag or an entity is
/// taken as it is.
pub fn commonmark(html: &str) -> (String, Vec<String>) {
    if !is_html(html) {
        return (html.to_owned(), Vec::new());
    }
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let mut reader = Reader { builder: Builder::default(), hidden: None, dead: Vec::new() };
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => reader.open(&tag),
            Token::EndTag(tag) => reader.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) if reader.hidden.is_none() => reader.builder.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    (write::commonmark(&reader.builder.finish()), reader.dead)
}

/// Says whether a text has a tag, a comment or an entity in it.
pub fn is_html(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'<', b'&', bytes).any(|at| {
        let rest = &bytes[at + 1..];
        match (bytes[at], rest.first()) {
            (b'<', Some(b'/' | b'!' | b'?')) => true,
            (b'<', Some(first)) => first.is_ascii_alphabetic() && !is_autolink(rest),
            (b'&', Some(b'#')) => true,
            (b'&', Some(first)) if first.is_ascii_alphabetic() => {
                let name = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                rest.get(name) == Some(&b';')
            }
            _ => false,
        }
    })
}

/// Says whether what follows a `<` is an address in angle brackets (CommonMark §6.5).
fn is_autolink(rest: &[u8]) -> bool {
    let word = rest.iter().position(|byte| matches!(byte, b'>' | b' ' | b'\n' | b'<' | b'"')).unwrap_or(0);
    rest.get(word) == Some(&b'>') && rest[..word].iter().any(|byte| matches!(byte, b':' | b'@'))
}

struct Reader {
    builder: Builder,
    /// The hidden element that is open, and how many of its name are.
    hidden: Option<(String, usize)>,
    dead: Vec<String>,
}

impl Reader {
    fn open(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if let Some((hidden, count)) = &mut self.hidden {
            *count += usize::from(*hidden == name && !tag.self_closing);
            return;
        }
        let attribute = |name: &str| {
            tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).trim().to_owned())
        };
        match name.as_str() {
            hidden if HIDDEN.contains(&hidden) => self.hidden = Some((name, 1)).filter(|_| !tag.self_closing),
            "br" => self.builder.line_break(),
            "hr" => self.builder.rule(),
            "img" => attribute("alt").iter().for_each(|alt| self.builder.text(alt)),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.builder.heading(name.as_bytes()[1] - b'0'),
            "ul" | "menu" | "dir" => self.builder.list(None),
            "ol" => self.builder.list(Some(attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1))),
            "li" => self.builder.item(),
            "blockquote" => self.builder.quote(),
            "pre" | "listing" | "xmp" => self.builder.code(),
            "table" => self.builder.table(),
            "tr" => self.builder.row(),
            "td" | "th" => self.builder.cell(name == "th"),
            "a" => {
                let href = attribute("href").unwrap_or_default();
                let address = href.parse::<Address>().ok();
                if address.is_none() && !href.is_empty() && !href.starts_with('#') && !self.dead.contains(&href) {
                    self.dead.push(href);
                }
                self.builder.open(Style::Link(address));
            }
            block if BLOCKS.contains(&block) => self.builder.end_line(),
            other => style(other).into_iter().for_each(|style| self.builder.open(style)),
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((hidden, count)) = &mut self.hidden {
            if hidden == name {
                *count -= 1;
                self.hidden = self.hidden.take().filter(|(_, count)| *count > 0);
            }
            return;
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.builder.end_line(),
            "ul" | "ol" | "menu" | "dir" => self.builder.end_list(),
            "li" => self.builder.end_item(),
            "blockquote" => self.builder.end_quote(),
            "pre" | "listing" | "xmp" => self.builder.end_code(),
            "table" => self.builder.end_table(),
            "tr" | "td" | "th" => self.builder.end_line(),
            "a" => self.builder.close(&Style::Link(None)),
            "br" => self.builder.line_break(),
            block if BLOCKS.contains(&block) => self.builder.end_line(),
            other => style(other).iter().for_each(|style| self.builder.close(style)),
        }
    }
}

fn style(name: &str) -> Option<Style> {
    match name {
        "em" | "i" | "cite" | "dfn" | "var" => Some(Style::Emph),
        "strong" | "b" => Some(Style::Strong),
        "code" | "kbd" | "samp" | "tt" => Some(Style::Code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_without_items_are_no_deeper_than_prose_can_be() {
        for html in ["<ul><ol><ul><ol><ul><blockquote><em><b>x", "<blockquote><ul><ol><li><ul><ol><blockquote><em>x"] {
            let (text, _) = commonmark(html);
            let signs = text.matches(['-', '>']).count() + text.matches("1.").count();
            assert!(text.contains('x') && (2..=4).contains(&signs), "{html}: {text}");
        }
    }

    #[test]
    fn html_becomes_commonmark() {
        for (html, expected) in [
            ("<p>One <em>two</em> <b>three</b> <code>a_b</code></p><p>Four</p>", "One *two* **three** `a_b`\n\nFour"),
            ("One<br>two<br/>three", "One\\\ntwo\\\nthree"),
            ("<ul><li>a<li>b<ol><li>c</ol></ul>", "- a\n- b\n\n  1. c"),
            (
                "<h2>Head</h2>body <a href='https://a.test/x?y&amp;z'>link</a>",
                "## Head\n\nbody [link](https://a.test/x?y&z)",
            ),
            ("a < b &amp; c * d_e _f_ [g] #h &lt;i&gt;", "a < b & c \\* d_e \\_f\\_ \\[g\\] #h \\<i>"),
            ("<p># no heading</p><p>1. no list</p><p>- nor this</p>", "\\# no heading\n\n1\\. no list\n\n\\- nor this"),
            ("<code>--- | ---<code>中<pre>a\n\n    x_", "`--- | ---中`\n\n```\na\n\n    x_\n```"),
            ("<blockquote><p>q</p></blockquote><pre>x\n  y</pre><hr>", "> q\n\n```\nx\n  y\n```\n\n***"),
            ("<table><tr><th>a<th>b<tr><td>1|2<td>3</table>", "| a | b |\n| --- | --- |\n| 1\\|2 | 3 |"),
            ("<table><tr><td><p>one</p><p>two</p></td></tr></table>", "one\\\ntwo"),
            ("x<script>alert('no')</script><style>p{}</style><!-- no -->y", "xy"),
            ("<a href='javascript:alert(1)' onclick='no()'>text</a><button>no</button>", "text"),
            ("a<b>“c”</b>d", "a“c”d"),
            ("<b>bold </b>text", "**bold** text"),
            (
                "plain *CommonMark* stays, so does 1 < 2 and <https://a.test>",
                "plain *CommonMark* stays, so does 1 < 2 and <https://a.test>",
            ),
        ] {
            assert_eq!(commonmark(html).0, expected, "{html}");
        }
    }

    #[test]
    fn links_that_lead_nowhere_are_given() {
        let (_, dead) = commonmark("<a href='/here'>a</a><a href='#there'>b</a><a href='javascript:x'>c</a>");
        assert_eq!(dead, ["/here", "javascript:x"]);
    }
}
