//! One cell of OpenDocument: the value that it has, and what it shows of it.

use quick_xml::events::BytesStart;

use super::attribute;
use crate::model::value::is_scale;
use crate::read::workbook::Unreadable;
use crate::read::workbook::cell::{clock, day, lead};
use crate::read::workbook::format::{Shown, write_plain};
use crate::source::Mark;

/// A cell (§9.1.4), while it is read.
#[derive(Debug)]
pub struct Cell {
    /// How many columns say the same.
    pub times: u32,
    /// Over how many rows it reaches.
    pub rows: u32,
    /// Whether another cell lies over it.
    pub is_covered: bool,
    /// What it shows.
    pub said: String,
    /// The type of its value; empty where it has none.
    kind: String,
    value: Option<String>,
    currency: Option<String>,
    formula: Option<String>,
    is_error: bool,
    link: Option<String>,
    has_paragraph: bool,
    is_in_paragraph: bool,
}

impl Cell {
    /// Starts a cell.
    pub fn new(element: &BytesStart<'_>) -> Result<Cell, Unreadable> {
        let get = |name: &str| attribute(element, name);
        let kind = get("office:value-type").unwrap_or_default();
        let value = match kind.as_str() {
            "date" => get("office:date-value"),
            "time" => get("office:time-value"),
            "boolean" => get("office:boolean-value"),
            "string" => get("office:string-value"),
            _ => get("office:value"),
        };
        // The prefix says which language of formulas it is.
        let formula = get("table:formula").map(|formula| match formula.split_once(":=") {
            Some((prefix, body)) if prefix.bytes().all(|byte| byte.is_ascii_alphanumeric()) => format!("={body}"),
            _ => formula,
        });
        Ok(Cell {
            times: super::number(element, "table:number-columns-repeated"),
            rows: super::number(element, "table:number-rows-spanned"),
            is_covered: element.name().as_ref() == "table:covered-table-cell",
            said: String::new(),
            value,
            currency: get("office:currency").filter(|currency| !currency.is_empty()),
            formula,
            is_error: get("calcext:value-type").as_deref() == Some("error"),
            link: None,
            has_paragraph: false,
            is_in_paragraph: false,
            kind,
        })
    }

    /// Takes the start of an element inside it.
    pub fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "text:p" | "text:h" => {
                if std::mem::replace(&mut self.has_paragraph, true) {
                    self.said.push('\n');
                }
                self.is_in_paragraph = true;
            }
            // What is longer than a cell may be was refused before.
            "text:s" => {
                let count = super::number(element, "text:c") as usize;
                self.said.extend(std::iter::repeat_n(' ', count.min(crate::read::LONGEST_CELL + 1)));
            }
            "text:tab" => self.said.push('\t'),
            "text:line-break" => self.said.push('\n'),
            "text:a" if self.link.is_none() => {
                let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
                self.link = attribute(element, "xlink:href").filter(is_web);
            }
            _ => {}
        }
    }

    /// Takes the end of an element inside it.
    pub fn end(&mut self, name: &str) {
        self.is_in_paragraph &= !matches!(name, "text:p" | "text:h");
    }

    /// Takes text inside it; what stands between its paragraphs is none.
    pub fn push(&mut self, text: &str) {
        if self.is_in_paragraph {
            self.said.push_str(text);
        }
    }

    /// Writes what it says; says what it is where that does not show.
    pub fn write(&self, text: &mut String) -> Result<Option<Mark>, Unreadable> {
        let start = text.len();
        let mark = self.write_value(text)?;
        let is_empty = self.kind.is_empty() && self.said.is_empty();
        Ok(lead(self.formula.as_deref(), self.link.as_deref(), is_empty, start, text).or(mark))
    }

    fn write_value(&self, text: &mut String) -> Result<Option<Mark>, Unreadable> {
        if self.is_error {
            text.push_str(self.said.trim());
            return Ok(Some(Mark::Error));
        }
        let Some(value) = &self.value else {
            text.push_str(&self.said);
            return Ok(None);
        };
        let said = self.said.trim();
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => {
                let value: f64 = value.trim().parse().map_err(Unreadable::damaged)?;
                return Ok(self.write_number(value, said, text).then_some(Mark::Number));
            }
            "date" => text.push_str(seen_of_day(day(value), said)),
            "time" => {
                // A time of day that is a whole day, or less than a second before it, shows as what it is.
                let is_usual = |clock: &String| clock.as_str() < "24" && !clock.contains(['.', ',']);
                let clock = clock(value).filter(|clock| is_usual(clock) || said.is_empty());
                text.push_str(clock.as_deref().unwrap_or(if said.is_empty() { value } else { said }));
            }
            _ => text.push_str(value),
        }
        Ok(None)
    }

    /// Writes a number; says whether it has a decimal point that the program itself put there.
    fn write_number(&self, value: f64, said: &str, text: &mut String) -> bool {
        if self.kind == "percentage" {
            return Shown::read("0%").write(value, text);
        }
        // Thousands and millions are no currency.
        let words = said.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let is_scaled = words.into_iter().any(is_scale);
        match &self.currency {
            Some(currency) if !is_scaled => Shown::read(&format!("[${currency}] 0.00")).write(value, text),
            _ if has_words(said) || is_padded(said, value) => {
                text.push_str(said);
                false
            }
            _ => write_plain(value, text),
        }
    }
}

/// Says whether more than a number is shown.
fn has_words(said: &str) -> bool {
    let is_of_number = |c: char| c.is_numeric() || c.is_whitespace() || ".,'’-−+()".contains(c);
    said.parse::<f64>().is_err() && said.chars().any(|c| !is_of_number(c))
}

/// Says whether a number is shown with zeros in front: `007`.
fn is_padded(said: &str, value: f64) -> bool {
    let is_digits = said.len() > 1 && said.starts_with('0') && said.bytes().all(|byte| byte.is_ascii_digit());
    is_digits && said.parse::<f64>().is_ok_and(|said| said == value)
}

/// Gives as much of a day (ISO 8601) as is seen of it: of one that shows as `Sep 2026` nobody said the day.
fn seen_of_day<'d>(date: &'d str, said: &str) -> &'d str {
    let mut parts = date.get(..10).unwrap_or("").split('-');
    let (Some(year), Some(_), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return date;
    };
    let numbers: Vec<&str> = said.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let is_day = |number: &&str| number.trim_start_matches('0') == day.trim_start_matches('0');
    if numbers.is_empty() || numbers.iter().any(is_day) {
        return date;
    }
    if numbers == [year] && !said.contains(char::is_alphabetic) { &date[..4] } else { &date[..7] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_of_a_day_is_read_as_is_seen() {
        for (date, said, expected) in [
            ("2026-09-01", "01.09.2026", "2026-09-01"),
            ("2026-09-01", "1. September 2026", "2026-09-01"),
            ("2026-09-01", "Tuesday", "2026-09-01"),
            ("2026-09-01", "", "2026-09-01"),
            ("2026-09-01", "Sep 2026", "2026-09"),
            ("2026-09-01", "09/26", "2026-09"),
            ("2026-09-01", "2026", "2026"),
            ("2026-09-01T09:00:00", "01.09.2026 09:00", "2026-09-01T09:00:00"),
            ("soon", "soon 5", "soon"),
        ] {
            assert_eq!(seen_of_day(date, said), expected, "{date} as {said}");
        }
    }
}
