//! The value of a cell as the text that a person sees in it.

use std::fmt::Write as _;

use calamine::{Data, DataRef, ExcelDateTime};

use super::format::{Seen, Shown, write_plain};
use crate::read::csv::formula::{self, Formula};
use crate::source::Mark;

/// The seconds of a day.
const DAY: f64 = 86_400.0;

/// Gives a value to look at.
pub(super) fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(value) => DataRef::Int(*value),
        Data::Float(value) => DataRef::Float(*value),
        Data::String(value) => DataRef::SharedString(value),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(value) => DataRef::DateTime(*value),
        Data::DateTimeIso(value) => DataRef::DateTimeIso(value.clone()),
        Data::DurationIso(value) => DataRef::DurationIso(value.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// Writes what a cell says, and says what it is where that does not show. A cell that leads somewhere becomes
/// `=HYPERLINK("…","…")`; a formula whose value nobody computed stays one, so that it can be told.
pub(super) fn write(
    value: &DataRef<'_>,
    shown: &Shown,
    formula: Option<&str>,
    link: Option<&str>,
    text: &mut String,
) -> Option<Mark> {
    let start = text.len();
    let mark = write_value(value, shown, text);
    if formula.is_none() && link.is_none() {
        return mark;
    }
    lead(formula, link, matches!(value, DataRef::Empty), start, text).or(mark)
}

/// Adds to the text from `start` on where it leads, and puts a formula there that nobody computed.
pub(super) fn lead(
    formula: Option<&str>,
    link: Option<&str>,
    is_empty: bool,
    start: usize,
    text: &mut String,
) -> Option<Mark> {
    let formula = formula.map(|formula| {
        let formula = formula.trim();
        formula.strip_prefix("of:").unwrap_or(formula).trim_start_matches('=')
    });
    // What programs keep as the value of such a formula may be a zero.
    let said = match formula.and_then(|formula| formula::read(&format!("={formula}"))) {
        Some(Formula::Text(said)) => {
            text.replace_range(start.., &said);
            return None;
        }
        Some(Formula::Link { url, text: said }) => Some((url, said)),
        None => {
            let url = formula.and_then(address).or_else(|| link.map(str::to_owned));
            url.filter(|_| text.len() > start).map(|url| (url, text[start..].to_owned()))
        }
    };
    match (said, formula) {
        (Some((url, said)), _) => {
            text.truncate(start);
            // One that leads into the workbook leads no reader anywhere.
            if url.starts_with('#') || said.trim() == url {
                text.push_str(&said);
                return None;
            }
            let _ = write!(text, "=HYPERLINK({},{})", quoted(&url), quoted(&said));
            Some(Mark::Link)
        }
        (None, Some(formula)) if is_empty => {
            let _ = write!(text, "={formula}");
            Some(Mark::Formula)
        }
        (None, Some(formula)) => leads(formula).then_some(Mark::Unaddressed),
        (None, None) => None,
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Gives the address of `HYPERLINK("…",…)`.
fn address(formula: &str) -> Option<String> {
    let (name, rest) = formula.split_once('(')?;
    let inside = rest.trim_start().strip_prefix('"').filter(|_| name.trim().eq_ignore_ascii_case("hyperlink"))?;
    let (url, rest) = inside.split_once('"')?;
    rest.trim_start().starts_with([',', ';', ')']).then(|| url.to_owned())
}

/// Says whether a formula makes a link.
pub(super) fn leads(formula: &str) -> bool {
    // What stands in quotes is text; a quote in it stands there twice.
    let mut code = formula.split('"').step_by(2);
    code.any(|code| code.to_ascii_uppercase().contains("HYPERLINK("))
}

fn write_value(value: &DataRef<'_>, shown: &Shown, text: &mut String) -> Option<Mark> {
    match value {
        DataRef::Empty => None,
        DataRef::String(value) => write_lines(value, text),
        DataRef::SharedString(value) => write_lines(value, text),
        DataRef::Bool(value) => {
            text.push_str(if *value { "true" } else { "false" });
            None
        }
        DataRef::Int(value) => write_number(*value as f64, shown, text),
        DataRef::Float(value) => write_number(*value, shown, text),
        DataRef::DateTime(value) => write_moment(*value, shown.seen(), text),
        DataRef::DateTimeIso(value) => {
            text.push_str(day(value));
            None
        }
        DataRef::DurationIso(value) => {
            text.push_str(&clock(value).unwrap_or_else(|| value.clone()));
            None
        }
        DataRef::Error(error) => {
            let _ = write!(text, "{error}");
            Some(Mark::Error)
        }
    }
}

fn write_lines(value: &str, text: &mut String) -> Option<Mark> {
    if value.contains('\r') {
        text.push_str(&value.replace("\r\n", "\n").replace('\r', "\n"));
    } else {
        text.push_str(value);
    }
    None
}

fn write_number(value: f64, shown: &Shown, text: &mut String) -> Option<Mark> {
    shown.write(value, text).then_some(Mark::Number)
}

/// Writes a day, a time or both, to the second: a spreadsheet keeps them as parts of a day, which are never exact. Where
/// only the month or the year is seen, nobody said the day; where only the time is seen, a day or two before it are none.
fn write_moment(moment: ExcelDateTime, seen: Option<Seen>, text: &mut String) -> Option<Mark> {
    /// Where the days end that a spreadsheet knows, whichever year they start in, and where those end that nobody means.
    const LAST: f64 = 2_957_003.0;
    const FIRST: f64 = 366.0;
    let value = moment.as_f64();
    if !(0.0..LAST).contains(&value) {
        return write_plain(value, text).then_some(Mark::Number);
    }
    let seconds = (value * DAY).round();
    if moment.is_duration() {
        write_clock(seconds, text);
        return None;
    }
    let is_time = match seen {
        Some(Seen::Time) => value < FIRST,
        Some(_) => seconds < DAY,
        None => seconds <= DAY,
    };
    if is_time {
        write_clock(seconds % DAY, text);
        return None;
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let whole = jiff::civil::DateTime::new(
        i16::try_from(year).unwrap_or(i16::MAX),
        i8::try_from(month).unwrap_or(1),
        i8::try_from(day).unwrap_or(1),
        i8::try_from(hour).unwrap_or(0),
        i8::try_from(minute).unwrap_or(0),
        i8::try_from(second).unwrap_or(0),
        i32::from(milli) * 1_000_000,
    );
    let rounded = whole.and_then(|whole| whole.round(jiff::Unit::Second));
    let Ok(rounded) = rounded else { return write_plain(value, text).then_some(Mark::Number) };
    // Writing into a text cannot fail.
    let _ = match seen {
        Some(Seen::Year) => write!(text, "{:04}", rounded.year()),
        Some(Seen::Month) => write!(text, "{:04}-{:02}", rounded.year(), rounded.month()),
        _ => write!(text, "{}", rounded.date()),
    };
    if matches!(seen, Some(Seen::Year | Seen::Month)) {
        return None;
    }
    let time = rounded.time();
    let _ = match (time.hour(), time.minute(), time.second()) {
        (0, 0, 0) => Ok(()),
        (hour, minute, 0) => write!(text, " {hour:02}:{minute:02}"),
        (hour, minute, second) => write!(text, " {hour:02}:{minute:02}:{second:02}"),
    };
    None
}

/// Writes seconds as hours and minutes.
fn write_clock(seconds: f64, text: &mut String) {
    let minutes = (seconds / 60.0).floor();
    let _ = write!(text, "{:02}:{:02}", (minutes / 60.0).floor(), minutes % 60.0);
    if seconds % 60.0 != 0.0 {
        let _ = write!(text, ":{:02}", seconds % 60.0);
    }
}

/// Takes midnight off a day (ISO 8601).
pub(super) fn day(moment: &str) -> &str {
    let midnights = ["T00:00:00", "T00:00:00Z", "T00:00"];
    midnights.iter().find_map(|midnight| moment.strip_suffix(midnight)).unwrap_or(moment)
}

/// Reads the time of day that OpenDocument writes as a duration: `PT09H30M00S`.
pub(super) fn clock(duration: &str) -> Option<String> {
    let (hours, rest) = duration.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if ![hours, minutes].into_iter().all(is_number) {
        return None;
    }
    let whole = seconds.trim_end_matches(['0', '.', ',']).is_empty();
    Some(if whole { format!("{hours:0>2}:{minutes:0>2}") } else { format!("{hours:0>2}:{minutes:0>2}:{seconds}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    fn shown(value: DataRef<'_>, format: &str) -> String {
        let mut text = String::new();
        write(&value, &Shown::read(format), None, None, &mut text);
        text
    }

    #[test]
    fn values_are_written_as_they_are_seen() {
        let serial = |value, is_1904| DataRef::DateTime(ExcelDateTime::new(value, DateTime, is_1904));
        for (value, expected) in [
            (DataRef::Float(3.0), "3"),
            (DataRef::Float(0.1 + 0.2), "0.3"),
            (DataRef::Float(22.5), "22.5"),
            (DataRef::Float(123_456_789_012.0), "123456789012"),
            (DataRef::Bool(true), "true"),
            (serial(45463.0, false), "2024-06-20"),
            (serial(45463.375, false), "2024-06-20 09:00"),
            (serial(45_463.374_999_999_9, false), "2024-06-20 09:00"),
            (serial(44001.0, true), "2024-06-20"),
            (serial(0.354_166_666_666_666_7, false), "08:30"),
            (serial(0.999_999_9, false), "00:00"),
            (serial(-5.0, false), "-5"),
            (serial(3e6, false), "3000000"),
            (serial(f64::NAN, false), "NaN"),
            (DataRef::DateTime(ExcelDateTime::new(1.0625, TimeDelta, false)), "25:30"),
            (DataRef::DateTime(ExcelDateTime::new(-0.5, TimeDelta, false)), "-0.5"),
            (DataRef::DateTimeIso("2024-06-20T00:00:00".into()), "2024-06-20"),
            (DataRef::DateTimeIso("2024-06-20T09:00:00".into()), "2024-06-20T09:00:00"),
            (DataRef::DurationIso("PT09H30M00S".into()), "09:30"),
            (DataRef::Error(calamine::CellErrorType::Ref), "#REF!"),
            (DataRef::String("one\r\ntwo".into()), "one\ntwo"),
        ] {
            assert_eq!(shown(value, "General"), expected);
        }
    }

    #[test]
    fn what_is_not_seen_of_a_day_is_not_said() {
        for (value, format, expected) in [
            (46266.0, "mmm yyyy", "2026-09"),
            (46266.0, "mmmm", "2026-09"),
            (46266.0, "yyyy", "2026"),
            (46266.0, "\"Q3\" yyyy", "2026"),
            (46266.0, "dddd", "2026-09-01"),
            (46266.0, "[$-407]d. mmmm yyyy;@", "2026-09-01"),
            (46266.5, "dd/mm/yyyy", "2026-09-01 12:00"),
            (46266.5, "h:mm", "2026-09-01 12:00"),
            (1.0, "h:mm", "00:00"),
            (1.5, "h:mm AM/PM", "12:00"),
            (0.999_999_9, "h:mm", "00:00"),
            (0.375, "dd/mm/yyyy hh:mm", "09:00"),
            (0.375, "hh:mm:ss", "09:00"),
        ] {
            let moment = DataRef::DateTime(ExcelDateTime::new(value, DateTime, false));
            assert_eq!(shown(moment, format), expected, "{value} {format}");
        }
    }

    #[test]
    fn formulas_give_their_value_and_address() {
        let written = |value: DataRef<'_>, formula: Option<&str>, link: Option<&str>| {
            let mut text = String::new();
            let mark = write(&value, &Shown::Plain, formula, link, &mut text);
            (text, mark)
        };
        let text = || DataRef::String("Seed fund".into());
        let plain = ("Seed fund".to_owned(), None);
        assert_eq!(written(text(), Some("A2&\"x\""), None), plain);
        let link = ("=HYPERLINK(\"https://example.org\",\"Seed fund\")".to_owned(), Some(Mark::Link));
        assert_eq!(written(text(), Some("HYPERLINK(\"https://example.org\",B2)"), None), link);
        assert_eq!(written(text(), None, Some("https://example.org")), link);
        assert_eq!(written(DataRef::Empty, Some("HYPERLINK(\"https://example.org\",\"Seed fund\")"), None), link);
        assert_eq!(written(text(), Some("HYPERLINK(\"#Funds!A1\",\"Seed fund\")"), None), plain);
        let lost = ("Seed fund".to_owned(), Some(Mark::Unaddressed));
        assert_eq!(written(text(), Some("HYPERLINK(\"https://example.org/\"&A2,\"Seed fund\")"), None), lost);
        assert_eq!(written(text(), Some("IF(A2=\"\",\"\",hyperlink(A2))"), None), lost);
        assert_eq!(written(text(), Some("\"see HYPERLINK(\"&A2"), None), plain);
        for formula in ["VLOOKUP(A2,B:C,2)", "A2&\" \"&B2", "'My sheet'!A2", "-B2", "Table1[Title]", "HYPERLINK(A2,B2)"]
        {
            assert_eq!(written(DataRef::Empty, Some(formula), None), (format!("={formula}"), Some(Mark::Formula)));
        }
        assert_eq!(written(text(), Some("\"007\""), None), ("007".to_owned(), None));
        assert_eq!(written(DataRef::String("=\"x\"".into()), None, None), ("=\"x\"".to_owned(), None));
    }
}
