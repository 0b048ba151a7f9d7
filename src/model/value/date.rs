//! Dates and times of day, in the forms that people write into spreadsheets.

use jiff::{Timestamp, civil};

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Spanned;

/// A day of the Gregorian calendar.
pub type Date = civil::Date;

/// A time of day.
pub type Time = civil::Time;

/// A day, perhaps with a time, perhaps with its offset from UTC, where one was written with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The time of day.
    pub time: Option<Time>,
    /// As in `+02:00` or `Z`; told in a zone, that of the zone.
    pub offset: Option<jiff::tz::Offset>,
    /// Once told in another zone: the offset that stands in the file.
    pub written: Option<jiff::tz::Offset>,
}

impl Moment {
    /// Gives the very instant, where an offset was written.
    pub fn instant(&self) -> Option<Timestamp> {
        self.offset?.to_timestamp(self.date.to_datetime(self.time?)).ok()
    }
}

const HELP: &str = "write it as `2024-06-19`, `19.6.2024` or `19 June 2024`";

/// Decodes a day with or without a time (`2024-06-19T08:30+02:00`).
pub fn moment(text: Spanned<&str>, field: &str, report: &mut Report) -> Option<Spanned<Moment>> {
    match parse_moment(text.value) {
        Ok(moment) => Some(text.with(moment)),
        Err(Trouble::Ambiguous(day_first, month_first)) => {
            report.add(
                Diagnostic::error(Code::AmbiguousDate, format!("`{field}` can be read as two dates"))
                    .at(text.span, format!("{day_first} or {month_first}?"))
                    .help(format!("write `{day_first}` or `{month_first}`")),
            );
            None
        }
        Err(Trouble::Bad(why)) => {
            let mut found = Diagnostic::error(Code::BadDate, format!("`{field}` is not a date")).at(text.span, why);
            if !text.value.contains(|c: char| c.is_ascii_digit()) {
                found = found.help("leave it empty where there is no day; words about it belong into `summary`");
            } else if let Some(day) = without_word(text.value).filter(|day| parse_moment(day).is_ok()) {
                found = found.help(format!("write `{day}`, and the zone into `timezone`, as `Europe/Brussels`"));
            } else {
                found = found.help(HELP);
            }
            report.add(found);
            None
        }
    }
}

/// Gives what stands before the last word, which may be the short name of a zone: nobody knows which `CST` is meant.
fn without_word(text: &str) -> Option<&str> {
    let (day, word) = text.trim().rsplit_once(char::is_whitespace)?;
    word.bytes().all(|b| b.is_ascii_uppercase()).then_some(day.trim_end())
}

/// Decodes a time of day.
pub fn time(text: Spanned<&str>, field: &str, report: &mut Report) -> Option<Spanned<Time>> {
    match parse_time(text.value) {
        Ok(time) => Some(text.with(time)),
        Err(why) => {
            report.add(
                Diagnostic::error(Code::BadTime, format!("`{field}` is not a time"))
                    .at(text.span, why)
                    .help("write it as `09:00`"),
            );
            None
        }
    }
}

/// Reads a day in any of the forms that a cell may have; says what is wrong with it.
pub fn day(text: &str) -> Result<Date, String> {
    match parse_moment(text.trim()) {
        Ok(moment) => Ok(moment.date),
        Err(Trouble::Ambiguous(one, other)) => Err(format!("it can be {one} or {other}; {HELP}")),
        Err(Trouble::Bad(why)) => Err(format!("{why}; {HELP}")),
    }
}

enum Trouble {
    Ambiguous(Date, Date),
    Bad(String),
}

impl From<String> for Trouble {
    fn from(why: String) -> Self {
        Trouble::Bad(why)
    }
}

fn parse_moment(text: &str) -> Result<Moment, Trouble> {
    let bytes = text.as_bytes();
    // ISO 8601 joins day and time by `T`, spreadsheets by a space; only a time has a colon.
    let iso = bytes.len() > 10 && bytes[4] == b'-' && bytes[7] == b'-' && text.is_char_boundary(10);
    let (day, clock) = if iso {
        let (day, rest) = text.split_at(10);
        match rest.strip_prefix(['T', 't', ' ']) {
            Some(clock) => (day, clock.trim()),
            None => return Err(Trouble::Bad(format!("`{rest}` follows the day"))),
        }
    } else {
        let (text, zone) = without_zone(text);
        if let Some((offset, (day, clock))) = zone.zip(text.rsplit_once(char::is_whitespace)) {
            let moment = parse_moment(day.trim().trim_end_matches(','))?;
            return in_time(Moment { time: Some(parse_time(clock)?), offset: Some(offset), ..moment });
        }
        // `12 Uhr`, `12.00 Uhr`, `12:00 Uhr`: the time is two words.
        let two = text.rmatch_indices(char::is_whitespace).nth(1).map(|(at, _)| text.split_at(at));
        if let Some((day, clock)) = two.filter(|(_, clock)| clock.to_ascii_lowercase().ends_with(" uhr")) {
            let moment = parse_moment(day.trim().trim_end_matches(','))?;
            return Ok(Moment { time: Some(parse_time(clock.trim())?), ..moment });
        }
        match text.rsplit_once(char::is_whitespace) {
            Some((day, clock)) if clock.contains(':') => (day.trim().trim_end_matches(','), clock),
            // `1.12.2026 12.00`: what stands before it is a whole day, so that it is no part of one.
            Some((day, clock)) if is_dotted(clock) && parse_date(day.trim().trim_end_matches(',')).is_ok() => {
                (day.trim().trim_end_matches(','), clock)
            }
            _ => (text, ""),
        }
    };
    let date = parse_date(day)?;
    if clock.is_empty() {
        return Ok(Moment { date, time: None, offset: None, written: None });
    }
    let end = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
    let (clock, offset) = clock.split_at(end);
    let time = Some(parse_time(clock.trim())?);
    match offset {
        "" => Ok(Moment { date, time, offset: None, written: None }),
        "Z" | "z" => in_time(Moment { date, time, offset: Some(jiff::tz::Offset::UTC), written: None }),
        other => {
            let offset = parse_offset(other).ok_or_else(|| format!("`{other}` is not an offset from UTC"))?;
            in_time(Moment { date, time, offset: Some(offset), written: None })
        }
    }
}

/// Says whether a text is hours and minutes with a point between them: `9.30`.
fn is_dotted(text: &str) -> bool {
    text.split_once('.').is_some_and(|(hour, minute)| {
        matches!(hour.len(), 1 | 2) && minute.len() == 2 && [hour, minute].concat().bytes().all(|b| b.is_ascii_digit())
    })
}

/// Sees to it that an instant is one that can be told in every zone.
fn in_time(moment: Moment) -> Result<Moment, Trouble> {
    moment.instant().map(|_| moment).ok_or_else(|| Trouble::Bad("with an offset it must be before 9999-12-31".into()))
}

/// Takes the zone from the end of a moment as mail and feeds write it (RFC 5322 §3.3): `Tue, 04 May 2026 09:00 +0200`.
fn without_zone(text: &str) -> (&str, Option<jiff::tz::Offset>) {
    let Some((head, zone)) = text.rsplit_once(' ') else { return (text, None) };
    let is_time = head.rsplit(char::is_whitespace).next().is_some_and(|clock| clock.contains(':'));
    let offset = match zone {
        "GMT" | "UT" | "UTC" | "Z" => Some(jiff::tz::Offset::UTC),
        zone => parse_offset(zone),
    };
    if is_time && offset.is_some() { (head.trim_end(), offset) } else { (text, None) }
}

/// Reads `+02:00`, `+0200`, `-12`.
pub(super) fn parse_offset(text: &str) -> Option<jiff::tz::Offset> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-" | "\u{2212}", rest) => (-1, rest),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|&c| c != ':').collect();
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = if digits.len() <= 2 { (&digits[..], "0") } else { digits.split_at(digits.len() - 2) };
    let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
    if minutes > 59 {
        return None;
    }
    let seconds = hours * 3600 + minutes * 60;
    jiff::tz::Offset::from_seconds(sign * seconds).ok()
}

fn parse_date(text: &str) -> Result<Date, Trouble> {
    let mut parts: Vec<&str> = text
        .split(|c: char| {
            matches!(c, '-' | '.' | '/' | ',' | '،' | '\u{2010}' | '\u{2011}' | '\u{2013}') || c.is_whitespace()
        })
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() == 4
        && let Some(stated) = weekday(parts[0])
    {
        let name = parts.remove(0);
        let date = parse_parts(text, &parts)?;
        return if date.weekday() == stated { Ok(date) } else { Err(Trouble::Bad(format!("{date} is not a {name}"))) };
    }
    parse_parts(text, &parts)
}

fn parse_parts(text: &str, parts: &[&str]) -> Result<Date, Trouble> {
    let [a, b, c] = *parts else {
        if let [a, b] = *parts
            && [a, b].iter().all(|part| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
        {
            return Err(Trouble::Bad("the year is missing".into()));
        }
        let is_serial = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit());
        return Err(Trouble::Bad(if is_serial {
            "a spreadsheet's number of a day; format its column as a date".into()
        } else {
            "expected day, month and year".into()
        }));
    };
    if let Some(month) = month_by_name(b) {
        return Ok(build(year(c)?, month, day_number(a)?)?);
    }
    if let Some(month) = month_by_name(a) {
        return Ok(build(year(c)?, month, day_number(b)?)?);
    }
    if a.len() == 4 {
        return Ok(build(year(a)?, number(b, "month")?, number(c, "day")?)?);
    }
    let (first, second, year) = (number(a, "day")?, number(b, "month")?, year(c)?);
    if text.contains('.') {
        return Ok(build(year, second, first)?);
    }
    match (build(year, second, first), build(year, first, second)) {
        (Ok(one), Ok(other)) if one == other => Ok(one),
        (Ok(one), Ok(other)) => Err(Trouble::Ambiguous(one, other)),
        (Ok(one), Err(_)) | (Err(_), Ok(one)) => Ok(one),
        (Err(why), Err(_)) => Err(why.into()),
    }
}

fn number(text: &str, what: &str) -> Result<i8, String> {
    if text.len() > 2 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!("`{text}` is not a {what}"));
    }
    text.parse().map_err(|_| format!("`{text}` is not a {what}"))
}

fn day_number(text: &str) -> Result<i8, String> {
    let bare = ["st", "nd", "rd", "th", "er"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    number(bare, "day")
}

fn year(text: &str) -> Result<i16, String> {
    match text.len() {
        4 if text.bytes().all(|b| b.is_ascii_digit()) => text.parse().map_err(|_| format!("`{text}` is not a year")),
        2 if text.bytes().all(|b| b.is_ascii_digit()) => Err("the year needs four digits".into()),
        _ => Err(format!("`{text}` is not a year")),
    }
}

pub(super) fn build(year: i16, month: i8, day: i8) -> Result<Date, String> {
    if !(1..=12).contains(&month) {
        return Err("month must be 01 to 12".into());
    }
    let Ok(first) = Date::new(year, month, 1) else {
        return Err("the year must be 0001 to 9999".into());
    };
    Date::new(year, month, day).map_err(|_| format!("{year}-{month:02} has {} days", first.days_in_month()))
}

/// English, German, French and Arabic names of the months, whole or shortened.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner", "janvier", "jan", "janv", "يناير"],
    &["february", "februar", "feber", "février", "feb", "févr", "fevrier", "فبراير"],
    &["march", "märz", "mars", "mar", "mär", "mrz", "maerz", "مارس"],
    &["april", "avril", "apr", "avr", "أبريل", "ابريل"],
    &["may", "mai", "مايو"],
    &["june", "juni", "juin", "jun", "يونيو", "يونيه"],
    &["july", "juli", "juillet", "jul", "juil", "يوليو", "يوليه"],
    &["august", "août", "aug", "aout", "أغسطس", "اغسطس"],
    &["september", "septembre", "sep", "sept", "سبتمبر"],
    &["october", "oktober", "octobre", "oct", "okt", "أكتوبر", "اكتوبر"],
    &["november", "novembre", "nov", "نوفمبر"],
    &["december", "dezember", "décembre", "dec", "dez", "déc", "decembre", "ديسمبر"],
];

/// Says whether a word is the name of a month, whole or shortened, in one of the languages of the dates.
pub fn is_month(word: &str) -> bool {
    month_by_name(word).is_some()
}

pub(super) fn month_by_name(text: &str) -> Option<i8> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let name = text.to_lowercase();
    let at = MONTHS.iter().position(|names| names.contains(&name.as_str()))?;
    i8::try_from(at + 1).ok()
}

/// English, German, French and Arabic names of the weekdays, whole or shortened, Monday first.
const WEEKDAYS: [&[&str]; 7] = [
    &["monday", "mon", "montag", "mo", "lundi", "lun", "الاثنين", "الإثنين"],
    &["tuesday", "tue", "tues", "dienstag", "di", "mardi", "mar", "الثلاثاء"],
    &["wednesday", "wed", "mittwoch", "mi", "mercredi", "mer", "الأربعاء"],
    &["thursday", "thu", "thur", "thurs", "donnerstag", "do", "jeudi", "jeu", "الخميس"],
    &["friday", "fri", "freitag", "fr", "vendredi", "ven", "الجمعة"],
    &["saturday", "sat", "samstag", "sonnabend", "sa", "samedi", "sam", "السبت"],
    &["sunday", "sun", "sonntag", "so", "dimanche", "dim", "الأحد"],
];

pub(super) fn weekday(text: &str) -> Option<civil::Weekday> {
    let name = text.to_lowercase();
    let at = WEEKDAYS.iter().position(|names| names.contains(&name.as_str()))?;
    civil::Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

fn parse_time(text: &str) -> Result<Time, String> {
    if text.len() > 3 && text.ends_with(['Z', 'z']) || text.contains('+') {
        return Err("a time has no offset; its zone stands in `timezone`".into());
    }
    let lower = text.to_ascii_lowercase();
    let (clock, half) = if let Some(rest) = lower.strip_suffix("am").or(lower.strip_suffix("a.m.")) {
        (rest.trim_end(), Some(0))
    } else if let Some(rest) = lower.strip_suffix("pm").or(lower.strip_suffix("p.m.")) {
        (rest.trim_end(), Some(12))
    } else {
        (lower.as_str(), None)
    };
    // `17 Uhr` and `9.30 Uhr`, as the program itself would print them in German; `9.30 h` in other languages.
    let (clock, oclock) = match clock.strip_suffix("uhr").or(clock.strip_suffix('h')) {
        Some(rest) => (rest.trim_end(), true),
        None => (clock, false),
    };
    let dotted = matches!(clock.split_once('.'), Some((_, minute)) if minute.len() == 2 && !clock.contains(':'));
    let tidy = if dotted { clock.replace('.', ":") } else { clock.to_owned() };
    if !tidy.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'h' | b' ' | b'.')) {
        return Err("expected hours and minutes".into());
    }
    if tidy.starts_with("0.") && tidy.len() > 4 || tidy == "0.5" {
        return Err("a spreadsheet's fraction of a day; format its column as a time".into());
    }
    let mut parts = tidy.split([':', 'h']).map(str::trim);
    let digits = |part: Option<&str>| -> Result<Option<i8>, String> {
        match part {
            None | Some("") => Ok(None),
            Some(part) if part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()) => {
                Ok(Some(part.parse().map_err(|_| format!("`{part}` is not a number"))?))
            }
            Some(part) => Err(format!("`{part}` is not a number of two digits")),
        }
    };
    let hour = digits(parts.next())?.ok_or("expected hours and minutes")?;
    let minute = digits(parts.next())?;
    // Seconds may have a fraction, as some programs write; it is never printed.
    let second = digits(parts.next().map(|s| s.split('.').next().unwrap_or(s)))?;
    if parts.next().is_some() {
        return Err("expected hours and minutes".into());
    }
    if minute.is_none() && half.is_none() && !oclock && !tidy.contains('h') {
        return Err("expected hours and minutes".into());
    }
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return Err("hour must be 1 to 12 with am and pm".into()),
        Some(half) => hour % 12 + half,
        None => hour,
    };
    let (minute, second) = (minute.unwrap_or(0), second.unwrap_or(0));
    if hour == 24 && minute == 0 {
        return Err("24:00 is `00:00` of the next day, or write `23:59`".into());
    }
    if !(0..24).contains(&hour) {
        return Err("hour must be 00 to 23".into());
    }
    if !(0..60).contains(&minute) {
        return Err("minute must be 00 to 59".into());
    }
    Time::new(hour, minute, second, 0).map_err(|_| "second must be 00 to 59".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        match parse_moment(text) {
            Ok(Moment { date, time: None, .. }) => date.to_string(),
            Ok(Moment { date, time: Some(time), offset: None, .. }) => format!("{date} {time}"),
            Ok(Moment { date, time: Some(time), offset: Some(offset), .. }) => format!("{date} {time} {offset}"),
            Err(Trouble::Ambiguous(one, other)) => format!("{one} or {other}?"),
            Err(Trouble::Bad(why)) => why,
        }
    }

    #[test]
    fn dates_are_read_in_the_forms_that_people_write() {
        for (text, expected) in [
            ("2024-06-19", "2024-06-19"),
            ("2024/06/19", "2024-06-19"),
            ("19.6.2024", "2024-06-19"),
            ("19. 06. 2024", "2024-06-19"),
            ("3.4.2024", "2024-04-03"),
            ("19 June 2024", "2024-06-19"),
            ("19th Jun 2024", "2024-06-19"),
            ("June 19, 2024", "2024-06-19"),
            ("Wednesday, 19 June 2024", "2024-06-19"),
            ("19. Juni 2024", "2024-06-19"),
            ("الأربعاء، 19 يونيو 2024", "2024-06-19"),
            ("1er août 2024", "2024-08-01"),
            ("19/06/2024", "2024-06-19"),
            ("06/19/2024", "2024-06-19"),
            ("05/05/2024", "2024-05-05"),
            ("03/04/2024", "2024-04-03 or 2024-03-04?"),
            ("03-04-2024", "2024-04-03 or 2024-03-04?"),
            ("2024-02-30", "2024-02 has 29 days"),
            ("2024-13-01", "month must be 01 to 12"),
            ("31.6.2024", "2024-06 has 30 days"),
            ("19.6.24", "the year needs four digits"),
            ("soon", "expected day, month and year"),
            ("19 Jnue 2024", "`Jnue` is not a month"),
            ("2024-06-19T08:30", "2024-06-19 08:30:00"),
            ("2024-06-19 08:30:00", "2024-06-19 08:30:00"),
            ("2024-06-19T08:30:00.000Z", "2024-06-19 08:30:00 +00"),
            ("2024-06-19T08:30+02:00", "2024-06-19 08:30:00 +02"),
            ("9999-12-31T08:30+02:00", "with an offset it must be before 9999-12-31"),
            ("2024-06-19T25:30", "hour must be 00 to 23"),
            ("2024-06-19x", "`x` follows the day"),
            ("19.07.2024 08:30", "2024-07-19 08:30:00"),
            ("19 July 2024, 8:30", "2024-07-19 08:30:00"),
            ("15.12.2026 12 Uhr", "2026-12-15 12:00:00"),
            ("15.12.2026, 12:00 Uhr", "2026-12-15 12:00:00"),
            ("Mi, 19. Juni 2024, 9.30 Uhr", "2024-06-19 09:30:00"),
            ("12 Uhr", "expected day, month and year"),
            ("1.12.2026 12.00", "2026-12-01 12:00:00"),
            ("1. Dezember 2026, 9.30", "2026-12-01 09:30:00"),
            ("1.12.2026 12.75", "minute must be 00 to 59"),
            ("19. 6.24", "the year needs four digits"),
            ("Monday, 1 July 2024", "2024-07-01"),
            ("Thursday, 1 July 2024", "2024-07-01 is not a Thursday"),
            ("Mi, 19.6.2024", "2024-06-19"),
            ("soon 1 July 2024", "expected day, month and year"),
            ("45492", "a spreadsheet's number of a day; format its column as a date"),
            ("2024-06-19T08:30+02:75", "`+02:75` is not an offset from UTC"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn times_are_read_in_the_forms_that_people_write() {
        for (text, expected) in [
            ("09:00", Ok("09:00:00")),
            ("9:05", Ok("09:05:00")),
            ("9h30", Ok("09:30:00")),
            ("9 h 30", Ok("09:30:00")),
            ("17h", Ok("17:00:00")),
            ("12:30 am", Ok("00:30:00")),
            ("5 pm", Ok("17:00:00")),
            ("23:59:59", Ok("23:59:59")),
            ("25:00", Err("hour must be 00 to 23")),
            ("9:60", Err("minute must be 00 to 59")),
            ("24:00", Err("24:00 is `00:00` of the next day, or write `23:59`")),
            ("9", Err("expected hours and minutes")),
            ("08:30:99", Err("second must be 00 to 59")),
            ("08:30Z", Err("a time has no offset; its zone stands in `timezone`")),
            ("17 Uhr", Ok("17:00:00")),
            ("17:30 Uhr", Ok("17:30:00")),
            ("9.30", Ok("09:30:00")),
            ("9.30 Uhr", Ok("09:30:00")),
            ("9.30 h", Ok("09:30:00")),
            ("15:30h", Ok("15:30:00")),
            ("0.375", Err("a spreadsheet's fraction of a day; format its column as a time")),
            ("9:30-10:15", Err("expected hours and minutes")),
            ("noon", Err("expected hours and minutes")),
            ("", Err("expected hours and minutes")),
        ] {
            let read = parse_time(text).map(|time| time.to_string());
            assert_eq!(read, expected.map(str::to_owned).map_err(str::to_owned), "{text}");
        }
    }
}
