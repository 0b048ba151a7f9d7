//! How a number format shows a number (ECMA-376 part 1, §18.8.30 and §18.8.31).

use std::fmt::Write as _;

use calamine::Style;

use token::Token;

mod currency;
mod token;

/// How a style shows a number.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shown {
    /// As it is.
    Plain,
    /// As one of these says: the first that fits the number.
    By(Vec<Section>),
}

/// What is seen of a day and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// The day.
    Day,
    /// The month, and no day in it.
    Month,
    /// The year alone.
    Year,
    /// The time of day alone.
    Time,
}

/// One part of a format, between `;`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section {
    /// For which numbers it stands, where that is said.
    condition: Option<(String, f64)>,
    before: String,
    after: String,
    /// The digits before the point and what stands between them: a digit that may be left out is `#`.
    digits: Vec<Digit>,
    /// Whether the number is seen at all, and not only the words around it.
    is_number: bool,
    /// Whether it is text that is shown so, and no number.
    is_text: bool,
    is_percent: bool,
    /// Whether it is an amount of a currency, and of nothing larger.
    is_amount: bool,
    /// How many times it is divided by a thousand.
    thousands: i32,
    seen: Seen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Digit {
    /// A digit, zero where there is none.
    Zero,
    /// A digit, or nothing.
    Any,
    /// Something that stands between digits.
    Sign(char),
}

impl Shown {
    /// Reads the format of a style.
    pub fn of(style: &Style) -> Shown {
        let Some(format) = &style.number_format else { return Shown::Plain };
        // What no file says is shown in the currency of whoever looks at it.
        match format.format_id {
            Some(42 | 44) if format.format_code.starts_with("_($") => Shown::read(&format.format_code.replace('$', "")),
            _ => Shown::read(&format.format_code),
        }
    }

    /// Reads the code of a format.
    pub fn read(code: &str) -> Shown {
        if code.is_empty() {
            return Shown::Plain;
        }
        let sections: Vec<Section> = token::sections(code).iter().map(|tokens| Section::new(tokens)).collect();
        let is_plain = |section: &Section| section.is_plain();
        if sections.iter().all(is_plain) { Shown::Plain } else { Shown::By(sections) }
    }

    /// Says what is seen of a day and time; nothing where that is not known.
    pub fn seen(&self) -> Option<Seen> {
        match self {
            Shown::Plain => None,
            Shown::By(sections) => sections.first().map(|section| section.seen),
        }
    }

    /// Writes a number; says whether it has a decimal point that the program itself put there.
    pub fn write(&self, value: f64, text: &mut String) -> bool {
        let section = match self {
            Shown::Plain => None,
            Shown::By(sections) => pick(sections, value),
        };
        match section {
            None => write_plain(value, text),
            Some(section) => section.write(value, text),
        }
    }
}

/// Chooses the part of a format that shows a number.
fn pick(sections: &[Section], value: f64) -> Option<&Section> {
    let numbers = || sections.iter().filter(|section| !section.is_text);
    if numbers().any(|section| section.condition.is_some()) {
        return numbers().find(|section| section.holds(value)).or(numbers().next());
    }
    // Words that stand for a number; one that is shown in another colour or with another sign is the same number.
    let instead = |at: usize| numbers().nth(at).filter(|section| !section.is_number);
    let words = |section: &&Section| {
        let is_said = section.before.contains(char::is_alphanumeric);
        is_said || section.before.is_empty()
    };
    let instead = match value {
        value if value < 0.0 => instead(1).filter(words),
        0.0 => instead(2).filter(words),
        _ => None,
    };
    instead.or(numbers().next())
}

impl Section {
    fn new(tokens: &[Token]) -> Section {
        let mut section = Section {
            condition: None,
            before: String::new(),
            after: String::new(),
            digits: Vec::new(),
            is_number: false,
            is_text: false,
            is_percent: false,
            is_amount: false,
            thousands: 0,
            seen: seen(tokens),
        };
        let (mut is_whole, mut commas, mut is_fraction) = (true, 0, false);
        // What follows a digit stands between two of them if another one follows.
        let mut pending = String::new();
        for token in tokens {
            match token {
                Token::Condition(sign, bound) => section.condition = Some((sign.clone(), *bound)),
                Token::Literal(literal) => pending.push_str(literal),
                Token::Bare(c) => {
                    is_fraction |= *c == '/' && section.is_number;
                    pending.push(*c);
                }
                Token::Sign(sign) => {
                    section.is_amount = true;
                    pending.push_str(&sign.said());
                }
                Token::Percent => {
                    section.is_percent = true;
                    pending.push('%');
                }
                Token::Comma => commas += 1,
                Token::Point => {
                    section.thousands += std::mem::take(&mut commas);
                    is_whole = false;
                }
                Token::Digit(digit) => {
                    // Between digits a comma only groups them.
                    commas = 0;
                    section.between(&std::mem::take(&mut pending));
                    if is_whole {
                        section.digits.push(if *digit == '0' { Digit::Zero } else { Digit::Any });
                    }
                    section.is_number = true;
                }
                Token::General => {
                    section.between(&std::mem::take(&mut pending));
                    section.is_number = true;
                    is_fraction = true;
                }
                Token::Exponent => is_fraction = true,
                Token::Text => section.is_text = true,
                Token::Date(_) => section.is_number = true,
                // Letters of a word that nobody put in quotes, beside digits.
                Token::Era(letters) => pending.push_str(letters),
            }
        }
        section.thousands += commas;
        if section.is_number {
            section.after = pending
        } else {
            section.before = pending
        }
        if !is_whole || is_fraction || section.is_percent || section.thousands > 0 {
            section.digits.clear();
        }
        section.tidy();
        if tokens.iter().any(|token| matches!(token, Token::Date(_))) {
            // What stands between the parts of a day is no part of a number.
            return Section { before: String::new(), after: String::new(), digits: Vec::new(), ..section };
        }
        section
    }

    /// Takes what stands before a digit.
    fn between(&mut self, literal: &str) {
        if !self.is_number {
            self.before.push_str(literal);
        } else {
            // What groups digits says nothing.
            let is_sign = |c: &char| !c.is_whitespace() && !matches!(c, '\'' | '’');
            self.digits.extend(literal.chars().filter(is_sign).map(Digit::Sign));
        }
    }

    /// Leaves out signs that only say whether a number is less than zero.
    fn tidy(&mut self) {
        let is_sign = |c: char| matches!(c, '-' | '(' | ')' | '−') || c.is_whitespace();
        if self.is_number {
            for side in [&mut self.before, &mut self.after] {
                if side.chars().all(is_sign) {
                    side.clear();
                }
            }
        }
        let is_code = |name: &str| name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_currency = |side: &String| {
            let name = side.trim_matches(is_sign);
            is_code(name) || ["€", "£", "¥", "$", "US$"].contains(&name)
        };
        self.is_amount |= is_currency(&self.before) || is_currency(&self.after);
        self.is_amount &= self.thousands == 0;
    }

    /// Says whether a number, or a day, looks the same without it.
    fn is_plain(&self) -> bool {
        let zeros = self.digits.iter().filter(|digit| **digit == Digit::Zero).count();
        let has_signs = self.digits.iter().any(|digit| matches!(digit, Digit::Sign(_)));
        let has_words = !self.before.is_empty() || !self.after.is_empty();
        let is_plain = !has_words && !self.is_percent && self.thousands == 0 && zeros < 2 && !has_signs;
        self.is_text || is_plain && self.is_number && self.condition.is_none() && self.seen == Seen::Day
    }

    fn holds(&self, value: f64) -> bool {
        let Some((sign, bound)) = &self.condition else { return true };
        match sign.as_str() {
            "<" => value < *bound,
            "<=" => value <= *bound,
            ">" => value > *bound,
            ">=" => value >= *bound,
            "<>" => value != *bound,
            _ => value == *bound,
        }
    }

    fn write(&self, value: f64, text: &mut String) -> bool {
        text.push_str(&self.before);
        let has_point = if !self.is_number {
            false
        } else if let Some(filled) = self.fill(value) {
            text.push_str(&filled);
            false
        } else if self.is_amount && value.fract() != 0.0 {
            let _ = write!(text, "{:.2}", (value * 100.0).round() / 100.0);
            true
        } else {
            let hundredfold = if self.is_percent { 100.0 } else { 1.0 };
            write_plain(exact(value) * hundredfold / 1000f64.powi(self.thousands), text)
        };
        text.push_str(&self.after);
        has_point
    }

    /// Puts the digits of a whole number where the format has a place for them.
    fn fill(&self, value: f64) -> Option<String> {
        const MOST: f64 = 1e15;
        let zeros = self.digits.iter().filter(|digit| **digit == Digit::Zero).count();
        let has_signs = self.digits.iter().any(|digit| matches!(digit, Digit::Sign(_)));
        if zeros < 2 && !has_signs || value.fract() != 0.0 || !(0.0..MOST).contains(&value) {
            return None;
        }
        let said = format!("{value}");
        let mut rest: Vec<char> = if value == 0.0 { Vec::new() } else { said.chars().collect() };
        let mut filled: Vec<char> = Vec::new();
        for digit in self.digits.iter().rev() {
            match digit {
                Digit::Sign(sign) => filled.push(*sign),
                Digit::Zero => filled.push(rest.pop().unwrap_or('0')),
                Digit::Any => filled.extend(rest.pop()),
            }
        }
        Some(rest.into_iter().chain(filled.into_iter().rev()).collect())
    }
}

/// Says what is seen of a day. An `m` beside hours or seconds is minutes.
fn seen(tokens: &[Token]) -> Seen {
    let letter = |token: &Token| match token {
        Token::Date(letter) => Some(*letter),
        Token::Era(letters) => Some(if letters.starts_with(['a', 'A']) { 'd' } else { 'y' }),
        _ => None,
    };
    let letters: Vec<char> = tokens.iter().filter_map(letter).collect();
    let (mut year, mut month, mut day, mut time) = (false, false, false, false);
    for (at, letter) in letters.iter().enumerate() {
        match letter {
            'y' => year = true,
            'd' => day = true,
            'm' => {
                let is_after = at > 0 && letters[at - 1] == 'h';
                let is_before = letters.get(at + 1) == Some(&'s');
                if is_after || is_before { time = true } else { month = true }
            }
            _ => time = true,
        }
    }
    match (year, month, day, time) {
        (_, _, true, _) => Seen::Day,
        (_, true, ..) => Seen::Month,
        (true, ..) => Seen::Year,
        (.., true) => Seen::Time,
        _ => Seen::Day,
    }
}

/// Takes away what is no more than a computer's way to keep a number: a spreadsheet has fifteen digits.
fn exact(value: f64) -> f64 {
    format!("{value:.14e}").parse::<f64>().unwrap_or(value)
}

/// Writes a number as it is; says whether it has a decimal point.
pub(super) fn write_plain(value: f64, text: &mut String) -> bool {
    let is_whole = value.fract() == 0.0;
    // Writing into a text cannot fail.
    let _ = write!(text, "{}", if is_whole { value } else { exact(value) });
    !is_whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_their_format_says() {
        for (format, value, expected) in [
            ("General", 0.7, "0.7"),
            ("0.00", 1.5, "1.5"),
            ("#,##0", 1_500_000.0, "1500000"),
            ("0%", 0.7, "70%"),
            ("0.0 %", 0.455, "45.5 %"),
            ("0\"%\"", 70.0, "70%"),
            ("0\\%", 70.0, "70%"),
            ("_-* #,##0.00\\ [$€-407]_-;\\-* #,##0.00\\ [$€-407]_-", 1500.5, "1500.50 €"),
            ("[$€-2]\\ #,##0.00", 1.125, "€ 1.13"),
            ("[$EUR] #,##0", 1_500_000.0, "EUR 1500000"),
            ("\"$\"#,##0_);[Red](\"$\"#,##0)", 250.0, "$250"),
            ("[$$-409]#,##0", 250.0, "USD250"),
            ("[$$-en-AU]#,##0", 250.0, "AUD250"),
            ("[$$-C09]#,##0", 250.0, "AUD250"),
            ("[$$-2409]#,##0", 250.0, "[$$-2409]250"),
            ("#,##0.00 [$kr-41D]", 1_500_000.0, "1500000 SEK"),
            ("#,##0.00 [$kr]", 1_500_000.0, "1500000 kr"),
            ("#,##0 [$zł-415]", 1500.0, "1500 PLN"),
            ("#,##0 \"zł\"", 1500.0, "1500 zł"),
            ("#,##0 \"Kč\"", 1500.0, "1500 Kč"),
            ("#,##0 [$Ft]", 1500.0, "1500 Ft"),
            ("[$R$-416] #,##0", 1500.0, "BRL 1500"),
            ("\"R$\" #,##0", 1500.0, "R$ 1500"),
            ("\"A$\"#,##0", 1500.0, "A$1500"),
            ("[$HK$-C04]#,##0", 1500.0, "HK$1500"),
            ("[$₹-4009] #,##0", 1500.0, "INR 1500"),
            ("#,##0 EUR", 1500.0, "1500 EUR"),
            ("0.0 \"M€\"", 1.5, "1.5 M€"),
            ("0.0,, \"M€\"", 1_500_000.0, "1.5 M€"),
            ("#,##0.0 \"Mio. €\"", 1.234_567, "1.234567 Mio. €"),
            ("#,##0\"k€\"", 300.0, "300k€"),
            ("[>=1000000]0.0,,\"M\";[>=1000]0,\"k\";0", 1_500_000.0, "1.5M"),
            ("[>=1000000]0.0,,\"M\";[>=1000]0,\"k\";0", 2000.0, "2k"),
            ("[>=1000000]0.0,,\"M\";[>=1000]0,\"k\";0", 12.0, "12"),
            ("\"Room \"0", 101.0, "Room 101"),
            ("000", 7.0, "007"),
            ("000", 7.5, "7.5"),
            ("00\":\"00", 930.0, "09:30"),
            ("0000\\-0000", 12_345_678.0, "1234-5678"),
            ("# ##0", 1_500_000.0, "1500000"),
            ("# ?/?", 0.5, "0.5"),
            ("0.00E+00", 1500.0, "1500"),
            ("#,##0;(#,##0)", -5.0, "-5"),
            ("#,##0.00 \"€\";[Red]-#,##0.00 \"€\"", -5.0, "-5 €"),
            ("\"yes\";;\"no\"", 1.0, "yes"),
            ("\"yes\";;\"no\"", 0.0, "no"),
            ("0;-0;;@", 0.0, ""),
            (";;;", 5.0, ""),
            ("0;-0;\"-\"", 0.0, "0"),
            ("@", 5.0, "5"),
            ("\"no. \"@", 5.0, "5"),
            ("[Red]0", 5.0, "5"),
            ("\"open", 5.0, "open"),
            ("[", 5.0, ""),
            ("\\", 5.0, ""),
        ] {
            let mut text = String::new();
            Shown::read(format).write(value, &mut text);
            assert_eq!(text, expected, "{value} as {format}");
        }
    }

    #[test]
    fn a_currency_that_no_file_says_is_none() {
        let plain =
            ["General", "0", "0.00", "#,##0.00", "@", "yyyy-mm-dd", "d/m/yyyy h:mm", "_(* #,##0.00_);_(* (#,##0.00)"];
        for format in plain {
            assert_eq!(Shown::read(format), Shown::Plain, "{format}");
        }
    }

    proptest::proptest! {
        /// Whatever a file says of its numbers, they are written.
        #[test]
        fn any_format_ends(format in "[0#?.,%;@\\\\\"\\[\\]$€_*a-hmsyE+ -]{0,24}", value in proptest::num::f64::ANY) {
            let mut text = String::new();
            Shown::read(&format).write(value, &mut text);
        }
    }
}
