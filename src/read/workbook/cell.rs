//! The value of a cell as the text that a person sees in it.

use std::fmt::Write as _;

use calamine::{Data, DataRef, ExcelDateTime, Style};

use crate::read::csv::formula;

/// How a style shows a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// As it is.
    Plain,
    /// As hundredths.
    Percent,
    /// As an amount of a currency: its code or sign.
    Currency(String),
}

impl Shown {
    /// Reads the first part of a number format (ECMA-376 part 1, §18.8.31).
    pub fn of(style: &Style) -> Shown {
        let Some(format) = &style.number_format else { return Shown::Plain };
        let code = format.format_code.split(';').next().unwrap_or("");
        if code.contains('%') {
            return Shown::Percent;
        }
        // `[$EUR-407]` and `[$€-2]`, or the sign itself.
        let stated = code.split("[$").nth(1).and_then(|rest| rest.split(['-', ']']).next());
        let quoted = code.split('"').nth(1);
        let sign = ["US$", "€", "£", "¥", "$"].into_iter().find(|sign| code.replace("[$-", "").contains(sign));
        let is_currency = |name: &&str| {
            let is_code = name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase());
            is_code || ["€", "£", "¥", "$", "US$"].contains(name)
        };
        let named = [stated, quoted, sign].into_iter().flatten().map(str::trim).find(is_currency);
        named.map_or(Shown::Plain, |name| Shown::Currency(name.to_owned()))
    }
}

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

/// Writes what a cell says. A formula whose value nobody computed stays a formula, so that it can be told; a cell that
/// leads somewhere becomes `=HYPERLINK("…","…")`.
pub(super) fn write(value: &DataRef<'_>, shown: &Shown, formula: Option<&str>, link: Option<&str>, text: &mut String) {
    let start = text.len();
    write_value(value, shown, text);
    if formula.is_none() && link.is_none() {
        return;
    }
    let formula = formula.map(|formula| {
        let formula = formula.trim();
        formula.strip_prefix("of:").unwrap_or(formula).trim_start_matches('=')
    });
    // What programs keep as its value may be a zero.
    if let Some(formula) = formula.map(|formula| format!("={formula}")).filter(|it| formula::read(it).is_some()) {
        text.replace_range(start.., &formula);
        return;
    }
    let url = formula.and_then(address).or_else(|| link.map(str::to_owned));
    match (url, formula) {
        (Some(url), _) if text.len() > start => {
            let said = text.split_off(start);
            if said.trim() == url {
                text.push_str(&said);
            } else {
                let _ = write!(text, "=HYPERLINK({},{})", quoted(&url), quoted(&said));
            }
        }
        (_, Some(formula)) if matches!(value, DataRef::Empty) => {
            let _ = write!(text, "={formula}");
        }
        _ => {}
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

fn write_value(value: &DataRef<'_>, shown: &Shown, text: &mut String) {
    // Writing into a text cannot fail.
    let _ = match value {
        DataRef::Empty => Ok(()),
        DataRef::String(value) => write_lines(value, text),
        DataRef::SharedString(value) => write_lines(value, text),
        DataRef::Bool(value) => write!(text, "{value}"),
        DataRef::Int(value) => write_number(*value as f64, shown, text),
        DataRef::Float(value) => write_number(*value, shown, text),
        DataRef::DateTime(value) => write_moment(*value, text),
        DataRef::DateTimeIso(value) => {
            let day = ["T00:00:00", "T00:00:00Z", "T00:00"].iter().find_map(|midnight| value.strip_suffix(midnight));
            text.push_str(day.unwrap_or(value));
            Ok(())
        }
        DataRef::DurationIso(value) => {
            text.push_str(&clock(value).unwrap_or_else(|| value.clone()));
            Ok(())
        }
        DataRef::Error(error) => write!(text, "{error}"),
    };
}

fn write_lines(value: &str, text: &mut String) -> std::fmt::Result {
    if value.contains('\r') {
        text.push_str(&value.replace("\r\n", "\n").replace('\r', "\n"));
    } else {
        text.push_str(value);
    }
    Ok(())
}

/// Writes a number with the fifteen digits that a spreadsheet has, and an amount with two decimals.
fn write_number(value: f64, shown: &Shown, text: &mut String) -> std::fmt::Result {
    let exact = |value: f64| format!("{value:.14e}").parse::<f64>().unwrap_or(value);
    match shown {
        Shown::Plain if value.fract() == 0.0 => write!(text, "{value}"),
        Shown::Plain => write!(text, "{}", exact(value)),
        Shown::Percent => write!(text, "{}%", exact(value * 100.0)),
        Shown::Currency(currency) if value.fract() == 0.0 => write!(text, "{currency} {value}"),
        Shown::Currency(currency) => write!(text, "{currency} {:.2}", (value * 100.0).round() / 100.0),
    }
}

/// Writes a day, a time or both, to the second: a spreadsheet keeps them as parts of a day, which are never exact.
fn write_moment(moment: ExcelDateTime, text: &mut String) -> std::fmt::Result {
    const DAY: f64 = 86_400.0;
    let value = moment.as_f64();
    let seconds = (value * DAY).round();
    if moment.is_duration() || (0.0..DAY).contains(&seconds) {
        let minutes = (seconds / 60.0).floor();
        write!(text, "{:02}:{:02}", (minutes / 60.0).floor(), minutes % 60.0)?;
        return if seconds % 60.0 == 0.0 { Ok(()) } else { write!(text, ":{:02}", seconds % 60.0) };
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
    let Ok(rounded) = rounded else { return write!(text, "{value}") };
    write!(text, "{}", rounded.date())?;
    let time = rounded.time();
    match (time.hour(), time.minute(), time.second()) {
        (0, 0, 0) => Ok(()),
        (hour, minute, 0) => write!(text, " {hour:02}:{minute:02}"),
        (hour, minute, second) => write!(text, " {hour:02}:{minute:02}:{second:02}"),
    }
}

/// Reads the time of day that OpenDocument writes as a duration: `PT09H30M00S`.
fn clock(duration: &str) -> Option<String> {
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

    fn shown(value: DataRef<'_>, shown: &Shown) -> String {
        let mut text = String::new();
        write(&value, shown, None, None, &mut text);
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
            (DataRef::DateTime(ExcelDateTime::new(1.0625, TimeDelta, false)), "25:30"),
            (DataRef::DateTimeIso("2024-06-20T00:00:00".into()), "2024-06-20"),
            (DataRef::DateTimeIso("2024-06-20T09:00:00".into()), "2024-06-20T09:00:00"),
            (DataRef::DurationIso("PT09H30M00S".into()), "09:30"),
            (DataRef::Error(calamine::CellErrorType::Ref), "#REF!"),
            (DataRef::String("one\r\ntwo".into()), "one\ntwo"),
        ] {
            assert_eq!(shown(value, &Shown::Plain), expected);
        }
        assert_eq!(shown(DataRef::Float(0.7), &Shown::Percent), "70%");
        assert_eq!(shown(DataRef::Float(1_500_000.0), &Shown::Currency("EUR".into())), "EUR 1500000");
        assert_eq!(shown(DataRef::Float(1.125), &Shown::Currency("€".into())), "€ 1.13");
    }

    #[test]
    fn formulas_give_their_value_and_address() {
        let written = |value: DataRef<'_>, formula: Option<&str>, link: Option<&str>| {
            let mut text = String::new();
            write(&value, &Shown::Plain, formula, link, &mut text);
            text
        };
        let text = || DataRef::String("Seed fund".into());
        assert_eq!(written(text(), Some("A2&\"x\""), None), "Seed fund");
        let link = "=HYPERLINK(\"https://example.org\",\"Seed fund\")";
        assert_eq!(written(text(), Some("HYPERLINK(\"https://example.org\",B2)"), None), link);
        assert_eq!(written(text(), None, Some("https://example.org")), link);
        assert_eq!(written(DataRef::Empty, Some("HYPERLINK(\"https://example.org\",\"Seed fund\")"), None), link);
        assert_eq!(written(DataRef::Empty, Some("VLOOKUP(A2,B:C,2)"), None), "=VLOOKUP(A2,B:C,2)");
    }
}
