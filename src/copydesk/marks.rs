//! Signs between the words and inside them: what nobody sees, quotes, brackets, dashes, spaces.

use std::ops::Range;

use super::Desk;
use super::manuscript::{Page, Passage};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::value::is_month;
use crate::prose::{GAP, Stretch};

/// Reads one page.
pub fn check(page: &Page<'_>, desk: &mut Desk<'_>) {
    for passage in &page.passages {
        for stretch in &passage.stretches {
            let mut eye = Eye { page, passage, stretch, desk };
            if !stretch.text.is_ascii() {
                eye.invisible();
            }
            eye.entities();
            if passage.is_prose {
                eye.spaces();
            }
        }
        balance(page, passage, desk);
        separators(page, passage, desk);
        headings(page, passage, desk);
    }
    quotes(page, desk);
    dashes(page, desk);
}

struct Eye<'e, 'a, 'd> {
    page: &'e Page<'a>,
    passage: &'e Passage<'a>,
    stretch: &'e Stretch,
    desk: &'e mut Desk<'d>,
}

impl Eye<'_, '_, '_> {
    /// Tells a part that is to be replaced by `new`.
    fn replace(&mut self, found: Diagnostic, part: Range<usize>, why: &str, new: &str) {
        let place = self.passage.place(self.stretch, part.clone(), self.desk.sources);
        let found = found.at(place, why).of(self.page.id);
        self.desk.report.add(self.passage.fix(found, self.stretch, part, new, self.desk.sources));
    }

    fn invisible(&mut self) {
        let found: Vec<(usize, char)> = self.stretch.text.char_indices().filter(|(_, c)| is_invisible(*c)).collect();
        for (at, c) in found {
            let around = |c: Option<char>| c.is_some_and(joins);
            let (before, after) = (&self.stretch.text[..at], &self.stretch.text[at + c.len_utf8()..]);
            // Scripts without spaces, and those whose letters join, need some of them.
            if around(before.chars().next_back()) || around(after.chars().next()) {
                continue;
            }
            // A soft hyphen inside a word says where it may be parted.
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
            if c == '\u{AD}' && is_letter(before.chars().next_back()) && is_letter(after.chars().next()) {
                continue;
            }
            let message = format!("an invisible character U+{:04X}", u32::from(c));
            let found = Diagnostic::warning(Code::InvisibleCharacter, message).help("delete it");
            self.replace(found, at..at + c.len_utf8(), "nobody sees it, and no search finds this word", "");
        }
    }

    fn entities(&mut self) {
        let mut from = 0;
        while let Some(at) = self.stretch.text[from..].find('&').map(|at| from + at) {
            from = at + 1;
            let Some((name, _)) = self.stretch.text[from..].split_once(';').filter(|(name, _)| name.len() < 9) else {
                continue;
            };
            let Some(meant) = entity(name) else { continue };
            let part = at..from + name.len() + 1;
            let message = format!("`{}` is HTML", &self.stretch.text[part.clone()]);
            let found = Diagnostic::warning(Code::HtmlEntity, message).help(format!("write `{meant}`"));
            self.replace(found, part, "it would be printed letter by letter", &meant.to_string());
        }
    }

    fn spaces(&mut self) {
        let text = &self.stretch.text;
        let mut found: Vec<(Range<usize>, &str)> = Vec::new();
        for (at, _) in text.match_indices(' ') {
            let before = text[..at].chars().next_back();
            let rest = &text[at + 1..];
            let next = rest.chars().nth(1);
            if matches!(rest.chars().next(), Some(',' | '.'))
                && before.is_some_and(char::is_alphanumeric)
                && next.is_none_or(|c| c == ' ')
            {
                found.push((at..at + 1, "a space before a comma or full stop"));
            } else if rest.starts_with(' ')
                && before.is_some_and(|c| c.is_alphanumeric() || c == ',')
                && rest.trim_start_matches(' ').starts_with(char::is_alphanumeric)
            {
                let more = rest.len() - rest.trim_start_matches(' ').len();
                found.push((at..at + more, "two spaces"));
            }
        }
        for (part, what) in found {
            let found = Diagnostic::note(Code::StraySpace, what).help("delete the space");
            self.replace(found, part, "", "");
        }
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{180E}')
}

/// Says whether a letter is of a script that needs invisible characters, or a picture that may be joined.
fn joins(c: char) -> bool {
    matches!(u32::from(c), 0x0600..=0x08FF | 0x0900..=0x109F | 0x1780..=0x17FF | 0xFE0F | 0x2600..=0x27BF | 0x1F000..=0x1FAFF)
}

/// Gives what an entity of HTML stands for, of those that tables are spoilt with.
fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    const NAMES: &[(&str, char)] = &[
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{A0}'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("euro", '€'),
        ("auml", 'ä'),
        ("ouml", 'ö'),
        ("uuml", 'ü'),
        ("Auml", 'Ä'),
        ("Ouml", 'Ö'),
        ("Uuml", 'Ü'),
        ("szlig", 'ß'),
        ("eacute", 'é'),
        ("egrave", 'è'),
        ("agrave", 'à'),
        ("ccedil", 'ç'),
        ("aring", 'å'),
        ("aacute", 'á'),
        ("oacute", 'ó'),
        ("iacute", 'í'),
        ("uacute", 'ú'),
    ];
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

/// Tells the first bracket or curly quotation mark of a text that has no partner.
fn balance(page: &Page<'_>, passage: &Passage<'_>, desk: &mut Desk<'_>) {
    // In formulas `[0, 1)` is an interval.
    if passage.stretches.iter().any(|stretch| stretch.text.contains(['$', '\\'])) {
        return;
    }
    let mut open: Vec<(char, &Stretch, usize)> = Vec::new();
    let german = passage.stretches.iter().any(|stretch| stretch.text.contains('„'));
    let mut lone = None;
    for stretch in &passage.stretches {
        let text = &stretch.text;
        for (at, c) in text.char_indices() {
            let closes = match c {
                '(' | '[' if !is_smiley(text, at) => {
                    open.push((c, stretch, at));
                    continue;
                }
                '“' if !german => {
                    open.push((c, stretch, at));
                    continue;
                }
                // `a)` and `:)` close nothing where nothing is open.
                ')' if !open.iter().any(|(c, ..)| *c == '(') && (is_smiley(text, at) || is_number(text, at)) => {
                    continue;
                }
                ')' => '(',
                ']' => '[',
                '”' if !german => '“',
                _ => continue,
            };
            match open.iter().rposition(|(known, ..)| *known == closes) {
                // One inside that was never closed is told too.
                Some(partner) if partner + 1 == open.len() => drop(open.pop()),
                Some(partner) => {
                    lone.get_or_insert(open[partner + 1]);
                    open.truncate(partner);
                }
                None => drop(lone.get_or_insert((c, stretch, at))),
            }
        }
    }
    let Some((c, stretch, at)) = lone.or(open.first().copied()) else { return };
    let place = passage.place(stretch, at..at + c.len_utf8(), desk.sources);
    desk.report.add(
        Diagnostic::warning(Code::UnbalancedMarks, format!("`{c}` has no partner"))
            .at(place, "")
            .help("write both, or neither")
            .of(page.id),
    );
}

/// `:)` and its kin.
fn is_smiley(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(['-', '\'', '^', ')', '(', 'p', 'P', 'D']);
    before.ends_with([':', ';'])
}

/// `a)`, `12)`: an item of a list inside a line.
fn is_number(text: &str, at: usize) -> bool {
    let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let before = text[..at - word.len()].chars().next_back();
    (1..=3).contains(&word.len()) && before.is_none_or(|c| c.is_whitespace() || c == GAP)
}

/// Tells straight quotation marks among curly ones.
fn quotes(page: &Page<'_>, desk: &mut Desk<'_>) {
    let find = |signs: &[char]| {
        let found = page.stretches().filter(|(passage, _)| passage.is_prose);
        let places = found.flat_map(|(passage, stretch)| {
            let quotes = stretch.text.match_indices(signs);
            // After a digit it means inches.
            let quotes = quotes
                .filter(|(at, sign)| *sign != "\"" || !stretch.text[..*at].ends_with(|c: char| c.is_ascii_digit()));
            quotes.map(move |(at, sign)| (passage, stretch, at..at + sign.len()))
        });
        places.collect::<Vec<_>>()
    };
    let (straight, curly) = (find(&['"']), find(&['“', '”', '„']));
    let ([_, _, ..], [_, _, ..]) = (&straight[..], &curly[..]) else { return };
    let (few, many) = if straight.len() < curly.len() { (straight, curly) } else { (curly, straight) };
    let place = |(passage, stretch, part): &(&Passage<'_>, &Stretch, Range<usize>)| {
        passage.place(stretch, part.clone(), desk.sources)
    };
    desk.report.add(
        Diagnostic::note(Code::MixedMarks, "two kinds of quotation marks in one text")
            .at(place(&few[0]), "one kind")
            .at(place(&many[0]), "the other")
            .help("use one kind")
            .of(page.id),
    );
}

/// Tells a semicolon before a word that has a colon before it in the lines around: `…; deadline` among `…: deadline`.
fn separators(page: &Page<'_>, passage: &Passage<'_>, desk: &mut Desk<'_>) {
    if passage.stretches.len() < 3 {
        return;
    }
    let find = |sign: &'static str| {
        passage.stretches.iter().flat_map(move |stretch| {
            stretch.text.match_indices(sign).map(move |(at, _)| {
                let after = &stretch.text[at + sign.len()..];
                let word = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
                (stretch, at, word)
            })
        })
    };
    for (stretch, at, word) in find("; ") {
        let colons: Vec<_> = find(": ").filter(|(_, _, other)| !word.is_empty() && *other == word).collect();
        let [(first, place, _), _, ..] = colons[..] else { continue };
        let found = Diagnostic::note(Code::MixedMarks, format!("`; {word}` stands among `: {word}`"))
            .at(passage.place(stretch, at..at + 1, desk.sources), "")
            .at(passage.place(first, place..place + 1, desk.sources), "with a colon")
            .help("use one sign in all lines")
            .of(page.id);
        desk.report.add(passage.fix(found, stretch, at..at + 1, ":", desk.sources));
    }
}

/// Tells ranges with a hyphen among ranges with a dash.
fn dashes(page: &Page<'_>, desk: &mut Desk<'_>) {
    let find = |sign: char| {
        let mut found = Vec::new();
        for (passage, stretch) in page.stretches() {
            for (at, _) in stretch.text.match_indices(sign) {
                let (before, after) = (&stretch.text[..at], &stretch.text[at + sign.len_utf8()..]);
                let (mut left, mut right) = (before.rsplit(char::is_whitespace), after.split(char::is_whitespace));
                let mut next = || (left.next().unwrap_or(""), right.next().unwrap_or(""));
                let ((from, to), around) = (next(), next());
                let bounds = [from.trim_start_matches('('), to.trim_end_matches([',', '.', ';', ')', '%'])];
                if bounds.into_iter().all(is_bound) && is_range(bounds, around.into()) {
                    found.push((passage, stretch, at..at + sign.len_utf8()));
                }
            }
        }
        found
    };
    let (hyphens, dashes) = (find('-'), find('–'));
    let (Some(_), Some((passage, stretch, part))) = (hyphens.first(), dashes.first()) else { return };
    let other = passage.place(stretch, part.clone(), desk.sources);
    for (passage, stretch, part) in &hyphens {
        let place = passage.place(stretch, part.clone(), desk.sources);
        let found = Diagnostic::note(Code::MixedMarks, "a range with a hyphen stands beside one with a dash")
            .at(place, "")
            .at(other, "the other")
            .help("write `–` in both")
            .of(page.id);
        desk.report.add(passage.fix(found, stretch, part.clone(), "–", desk.sources));
    }
}

/// A day, a year or a time of day, as they stand at an end of a range.
fn is_bound(word: &str) -> bool {
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    digits(word) || word.split_once(':').is_some_and(|(hour, minute)| digits(hour) && digits(minute))
}

/// Says whether two bounds are surely those of a range, by a time or a month beside them; `3-2` may be a score.
fn is_range(bounds: [&str; 2], around: [&str; 2]) -> bool {
    let is_month = |word: &str| is_month(word.trim_matches(|c: char| !c.is_alphanumeric()));
    bounds.iter().any(|bound| bound.contains(':')) || around.into_iter().any(is_month)
}

/// Tells headings that go down by more than one level.
fn headings(page: &Page<'_>, passage: &Passage<'_>, desk: &mut Desk<'_>) {
    let mut last: Option<u8> = None;
    for stretch in &passage.stretches {
        let Some(level) = stretch.heading else { continue };
        if let Some(last) = last.filter(|last| level > last + 1) {
            let place = passage.place(stretch, 0..stretch.text.len(), desk.sources);
            desk.report.add(
                Diagnostic::note(Code::HeadingOrder, format!("a heading of level {level} under one of level {last}"))
                    .at(place, "")
                    .help(format!("write it with `{}`", "#".repeat(usize::from(last) + 1)))
                    .of(page.id),
            );
        }
        last = Some(level);
    }
}
