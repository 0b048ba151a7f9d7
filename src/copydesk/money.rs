//! Amounts in the prose: one that does not say of which money.

use std::ops::Range;

use super::Desk;
use super::manuscript::{Page, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::value::{is_currency, is_scale};

/// Words before an amount of money.
const HEADS: [&str; 14] = [
    "budget",
    "grant",
    "grants",
    "funding",
    "prize",
    "award",
    "fördersumme",
    "förderung",
    "zuschuss",
    "preisgeld",
    "subvention",
    "subventions",
    "aide",
    "dotation",
];

/// Words that may stand between them and the number.
const LINKS: [&str; 25] = [
    "of",
    "is",
    "are",
    "up",
    "to",
    "about",
    "around",
    "over",
    "total",
    "totals",
    "at",
    "most",
    "least",
    "von",
    "bis",
    "zu",
    "rund",
    "über",
    "beträgt",
    "de",
    "d’environ",
    "environ",
    "jusqu’à",
    "à",
    "est",
];

/// Words that may follow the amount: anything else may be what is counted.
const AFTER: [&str; 22] = [
    "per", "for", "is", "in", "will", "each", "from", "and", "which", "pro", "je", "für", "und", "wird", "aus", "im",
    "par", "pour", "et", "sur", "dans", "sera",
];

/// Reads one page.
pub fn page(page: &Page<'_>, desk: &mut Desk<'_>) {
    for (passage, stretch) in page.stretches().filter(|(passage, _)| passage.is_prose) {
        for part in amounts(&stretch.text) {
            let place = passage.place(stretch, part.clone(), desk.sources);
            desk.report.add(
                Diagnostic::warning(Code::OddAmount, format!("`{}` has no currency", &stretch.text[part]))
                    .at(place, "of which money?")
                    .help("name it: `EUR 3 million`")
                    .of(page.id),
            );
        }
    }
}

/// Finds amounts of money that no currency stands with.
fn amounts(text: &str) -> Vec<Range<usize>> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let words = words(text);
    let is = |list: &[&str], word: &str| list.contains(&word.to_lowercase().as_str());
    let mut found = Vec::new();
    for (at, (head, _)) in words.iter().enumerate().filter(|(_, (_, word))| is(&HEADS, word)) {
        let mut next = words[at + 1..].iter().skip_while(|(_, word)| is(&LINKS, word)).peekable();
        let Some(&(start, number)) = next.next().filter(|(_, word)| word.starts_with(|c: char| c.is_ascii_digit()))
        else {
            continue;
        };
        let mut end = start + number.len();
        let mut is_amount = number.len() > 4;
        // Groups of three after a space belong to the number, and so does what it is counted in.
        while let Some(&&(from, word)) = next.peek() {
            let is_group = word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit());
            let is_scale = is_scale(word);
            if !is_group && !is_scale
                || !text[end..from].chars().all(|c| matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '.'))
            {
                break;
            }
            (is_amount, end) = (true, from + word.len());
            next.next();
        }
        let rest = text[end..].trim_start_matches(['.', '\u{A0}', ' ']);
        let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || "%€$£¥/–-".contains(c))
            || next.peek().is_some_and(|(_, word)| is(&AFTER, word));
        let before = text[..*head].char_indices().rev().nth(12).map_or(0, |(at, _)| at);
        let after = text[end..].char_indices().nth(24).map_or(text.len(), |(at, _)| end + at);
        if is_amount && ends && !names_money(&text[before..after]) {
            found.push(start..end);
        }
    }
    found
}

/// Says whether a currency is named.
fn names_money(text: &str) -> bool {
    const NAMES: [&str; 10] =
        ["euro", "dollar", "pound", "pfund", "franc", "franken", "livre", "kron", "krön", "credit"];
    text.contains(['€', '$', '£', '¥'])
        || words(text).iter().any(|(_, word)| {
            let lower = word.to_lowercase();
            is_currency(word) || NAMES.iter().any(|name| lower.starts_with(name))
        })
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_amount_without_a_currency_is_found_and_nothing_else() {
        for (text, expected) in [
            ("The budget is 3 million.", Some("3 million")),
            ("A budget of 1.5 Mio. for two years", Some("1.5 Mio")),
            ("Grants of up to 60,000 per project", Some("60,000")),
            ("Förderung bis zu 60 000 pro Vorhaben", Some("60 000")),
            ("Subvention jusqu’à 60 000 par projet", Some("60 000")),
            ("The budget is 3 million for all", Some("3 million")),
            ("The budget is EUR 3 million.", None),
            ("The budget is 3 million euros.", None),
            ("The budget (in EUR): up to 3 million.", None),
            ("A budget of €3 million", None),
            ("A budget of 3 Mio. € is left", None),
            ("Funding of 50,000 € per team", None),
            ("The budget 2026 is adopted", None),
            ("a grant of 100% for all", None),
            ("funding 12,000 students", None),
            ("The budget of 2025 and 2026", None),
            ("a grant, 5 years old", None),
        ] {
            let found = super::amounts(text);
            assert_eq!(found.first().map(|part| &text[part.clone()]), expected, "{text}");
        }
    }
}
