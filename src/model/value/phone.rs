//! Telephone numbers that stand in a line among other words.

use std::ops::Range;

use super::folded::fold;

/// Words after which digits are a telephone number, as [`fold`] gives them.
const WORDS: [&str; 13] = [
    "tel",
    "telephone",
    "telefon",
    "telefono",
    "phone",
    "mobile",
    "mobil",
    "mob",
    "movil",
    "fax",
    "fon",
    "gsm",
    "handy",
];

/// Words that may stand between such a word and the digits.
const NUMBER: [&str; 6] = ["no", "nr", "num", "number", "nummer", "numero"];

/// How long a number is with all that parts its digits, in bytes; what goes on for longer is read in pieces.
const LONGEST: usize = 64;

/// How long a UUID is.
const UUID: usize = 36;

/// What parts the digits of a number.
const SIGNS: [char; 7] = [' ', '-', '–', '.', '/', '(', ')'];

/// The fewest digits of a number that nothing but its form shows.
const FEWEST: usize = 7;

/// The fewest digits that start with `0` and are a number though nothing parts them: shorter ones number projects and
/// units.
const FEWEST_UNPARTED: usize = 10;

/// Finds the telephone numbers of a line, each with the word before it that says so. Spaces, hyphens and digits of the
/// line are ASCII, dashes are `–`.
pub(super) fn phones(line: &str) -> Vec<Range<usize>> {
    let (mut found, mut at, mut run) = (Vec::new(), 0, Run::default());
    let begins = |c: char| c.is_ascii_digit() || matches!(c, '+' | '(');
    while let Some(start) = line[at..].find(begins).map(|start| at + start) {
        let sign = if line[start..].starts_with("(+") { 2 } else { 1 };
        // The end of a long run is looked for once.
        if start >= run.end || sign == 2 {
            run = Run::at(line, start, sign);
        }
        let end = run.digits.max(start + sign);
        let starts =
            std::iter::once(start).chain(line[start..end].match_indices(' ').map(|(blank, _)| start + blank + 1));
        match starts.filter(|start| *start < end).find_map(|start| phone(line, start..end)) {
            Some(phone) => {
                at = phone.end;
                found.push(phone);
            }
            None => at = end,
        }
    }
    found
}

/// Digits, with what parts them.
#[derive(Debug, Default)]
struct Run {
    /// The end of the last digit.
    digits: usize,
    /// The end of what follows that.
    end: usize,
}

impl Run {
    /// Measures the run that starts at `start` with a sign, or a digit, of some length.
    fn at(line: &str, start: usize, sign: usize) -> Run {
        let goes_on = |c: char| c.is_ascii_digit() || SIGNS.contains(&c);
        let rest = &line[start + sign..];
        let run = &line[start..start + sign + rest.find(|c| !goes_on(c)).unwrap_or(rest.len())];
        let digits = run.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
        Run { digits: start + digits, end: start + run.len() }
    }
}

/// Gives the number that starts where a run of digits or a group in it does.
fn phone(line: &str, run: Range<usize>) -> Option<Range<usize>> {
    // The bracket may go around more than the first digits.
    let near = &line[run.start..line.floor_char_boundary(run.end.min(run.start + LONGEST))];
    let is_around = near.strip_prefix('(').is_some_and(|inside| !inside.contains(')'));
    let start = run.start + usize::from(is_around);
    let text = &line[start..line.floor_char_boundary(run.end.min(start + LONGEST))];
    let text = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let word = word_before(line, run.start);
    let begins = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '('));
    let is_part = is_joined(line, start) || goes_on(line, start + text.len(), text) || is_in_uuid(line, start);
    if !begins || word.is_none() && is_part || is_dates(text) || is_hours(text) {
        return None;
    }
    let digits = count(text);
    let length = match text.trim_start_matches('(').chars().next()? {
        _ if word.is_some() && digits + 1 >= FEWEST => Some(text.len()),
        '+' if digits >= FEWEST => Some(text.len()),
        '0' => national(text),
        _ => after_area(text).or_else(|| american(text)),
    };
    let end = start + length?;
    let closes = is_around && word.is_some() && line[end..].starts_with(')');
    Some(word.unwrap_or(start)..end + usize::from(closes))
}

/// Measures a number that starts with `0`: it is parted, or long.
fn national(text: &str) -> Option<usize> {
    let text = without_dates(text);
    let groups: Vec<&str> = groups(text).collect();
    let is_decimal = groups.len() == 2 && text.starts_with("0.");
    // An ORCID iD names a person in public.
    let is_orcid = groups.iter().map(|group| group.len()).eq([4, 4, 4, 4]);
    let is_day = groups_of_first(text) > 1 && is_dates(text.split(' ').next()?);
    let fewest = if groups.len() > 1 { FEWEST } else { FEWEST_UNPARTED };
    (count(text) >= fewest && !is_decimal && !is_orcid && !is_day).then_some(text.len())
}

/// Measures `(212) 555-0199`: what stands in the brackets is no year, and what follows no dates.
fn after_area(text: &str) -> Option<usize> {
    let (area, rest) = text.strip_prefix('(')?.split_once(')')?;
    let is_area = (2..=5).contains(&area.len()) && count(area) == area.len() && !is_year(area);
    (is_area && count(rest) >= 5 && count(text) >= FEWEST && !is_dates(rest)).then_some(text.len())
}

/// Measures `555-123-4567`, also after the country's `1`.
fn american(text: &str) -> Option<usize> {
    let country = if text.starts_with("1 ") || text.starts_with("1-") || text.starts_with("1.") { 2 } else { 0 };
    let lengths: Vec<usize> = groups(&text[country..]).map(str::len).take(3).collect();
    let length = country + 12;
    let ends = !text[length.min(text.len())..].starts_with(['-', '.', '/', '–']);
    let number = text.get(country..length).filter(|_| lengths == [3, 3, 4] && ends)?;
    let is_rooms = number.contains(' ') && is_year(&number[8..]);
    (count(number) == 10 && !is_rooms).then_some(length)
}

/// Leaves out days and spans of years behind a number.
fn without_dates(text: &str) -> &str {
    let mut rest = text;
    while let Some((before, last)) = rest.rsplit_once(' ')
        && groups(last).count() > 1
        && is_dates(last)
    {
        rest = before.trim_end_matches(|c: char| !c.is_ascii_digit());
    }
    rest
}

fn groups(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty())
}

fn groups_of_first(text: &str) -> usize {
    text.split(' ').next().map_or(0, |first| groups(first).count())
}

fn count(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

fn is_year(group: &str) -> bool {
    group.len() == 4 && matches!(group.as_bytes()[..2], [b'1', b'9'] | [b'2', b'0' | b'1'])
}

/// Says whether digits are days, months and at least one year: `01.02.2024`, `01.2024–12.2026`, `2024-2025`.
fn is_dates(text: &str) -> bool {
    let is_day = |group: &str| group.len() <= 2 && group.parse().is_ok_and(|day: u8| (1..=31).contains(&day));
    groups(text).any(is_year) && groups(text).all(|group| is_year(group) || is_day(group)) && !text.starts_with('+')
}

/// Says whether digits are a stretch of time: `09.00-17.00`.
fn is_hours(text: &str) -> bool {
    let is_time = |time: &str| {
        time.trim().split_once('.').is_some_and(|(hour, minute)| {
            let within = |part: &str, most: u8| part.parse().is_ok_and(|number: u8| number <= most);
            hour.len() <= 2 && within(hour, 24) && minute.len() == 2 && within(minute, 59)
        })
    };
    text.split_once(['-', '–']).is_some_and(|(from, to)| is_time(from) && is_time(to))
}

/// Says whether what starts at a place belongs to what is before it: the id `EU-0123`, the time `09:00`.
fn is_joined(line: &str, start: usize) -> bool {
    let mut before = line[..start].chars().rev();
    match before.next() {
        Some('-' | '.' | '/') => before.next().is_some_and(char::is_alphanumeric),
        Some(':') => before.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric() || matches!(c, '_' | '+'),
        None => false,
    }
}

/// Says whether digits without a blank belong to what is after them: the id `0765-4698-999b`.
fn goes_on(line: &str, end: usize, text: &str) -> bool {
    !text.contains(' ') && line[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Finds the start of the word before a number that says that it is one.
fn word_before(line: &str, start: usize) -> Option<usize> {
    let last_word = |text: &str| {
        let text = text.trim_end_matches([' ', ':', '.', '/', '=', '-', '–', '#', '°']);
        let word = text.len() - text.chars().rev().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
        (word, fold(&text[word..]))
    };
    let near = line.floor_char_boundary(start.saturating_sub(LONGEST));
    let (mut at, mut word) = last_word(&line[near..start]);
    if NUMBER.contains(&word.as_str()) {
        (at, word) = last_word(&line[near..near + at]);
    }
    let at = near + at;
    // `T-Mobile` is a name.
    (WORDS.contains(&word.as_str()) && !is_joined(line, at)).then_some(at)
}

/// Says whether a place lies in a UUID (RFC 9562 §4), by which event systems name people: none of it is a number.
fn is_in_uuid(line: &str, at: usize) -> bool {
    let is_inside = |c: char| c.is_ascii_hexdigit() || c == '-';
    let before = line[..at].chars().rev().take(UUID + 1).take_while(|c| is_inside(*c)).count();
    let length = line[at..].chars().take(UUID + 1).take_while(|c| is_inside(*c)).count();
    line[at - before..at + length].split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_numbers_of_a_long_line_are_found() {
        // What is repeated, and which part of the line the first number takes; a run that never ends is cut.
        let (groups, areas) = ("0123 456 7890 ".repeat(5), "(0) 12 ".repeat(9));
        for (part, count, first) in [
            ("0123 456 7890 ", 2857, &groups[..groups.len() - "7890 ".len() - 1]),
            ("( ", 0, ""),
            ("--1", 0, ""),
            ("1 - ", 0, ""),
            ("(0) 12 ", 3175, areas.trim_end()),
            ("+32 2 555 12 34 / ", 200_000 / 18, "+32 2 555 12 34"),
            ("tel ", 0, ""),
            ("0 - . ", 3030, "0 - . 0 - . 0 - . 0 - . 0 - . 0 - . 0 - . 0 - . 0 - . 0 - . 0"),
            ("a1", 0, ""),
            ("f-", 0, ""),
        ] {
            let line = part.repeat(200_000 / part.len());
            let found = phones(&line);
            assert_eq!(found.len(), count, "{part}");
            assert_eq!(found.first().map_or("", |first| &line[first.clone()]), first, "{part}");
            assert!(found.is_sorted_by(|one, next| one.end <= next.start), "{part}");
        }
    }

    #[test]
    fn numbers_are_found() {
        for (line, expected) in [
            ("Bo Lind, +32 2 555 12 34", "+32 2 555 12 34"),
            ("Bo Lind, (02) 555 12 34, (+49) 30 1234567", "(02) 555 12 34|(+49) 30 1234567"),
            ("Bo Lind (0660 1234567)", "0660 1234567"),
            ("Bo Lind 0660/1234567 X", "0660/1234567"),
            ("Bo Lind 0471234567", "0471234567"),
            ("Tel: 555-123-4567", "Tel: 555-123-4567"),
            ("Dan 555-123-4567, Ed 1 555 123 4567", "555-123-4567|1 555 123 4567"),
            ("Dan (212) 555-0199", "(212) 555-0199"),
            ("Bo (32) 471 23 45 67", "(32) 471 23 45 67"),
            ("Bo tel 49 30 1234567", "tel 49 30 1234567"),
            ("Bob tel 32471234567", "tel 32471234567"),
            ("Bo, Telefon-Nr. 123 456, Fax: 0123456", "Telefon-Nr. 123 456|Fax: 0123456"),
            ("Bo, tél. 0123456", "tél. 0123456"),
            ("Bo, tel.0660 1234567, fax (02) 555 12 34", "tel.0660 1234567|fax (02) 555 12 34"),
            ("Bo, tel (0660 1234567), X", "tel (0660 1234567)"),
            ("Day of 01.02.2024 0660 1234567", "0660 1234567"),
            ("Unit 4 0660 1234567 2024-2025", "0660 1234567"),
            ("Hours 09:00–17:00 0660 1234567", "0660 1234567"),
        ] {
            let found: Vec<&str> = phones(line).into_iter().map(|part| &line[part]).collect();
            assert_eq!(found.join("|"), expected, "{line}");
        }
    }

    #[test]
    fn other_digits_are_left() {
        for line in [
            "Manager 01.2024-12.2026",
            "Manager 01/2024 – 12/2026",
            "Days of 01.02.2024, 01-03.02.2024 and 2024-02-01",
            "Unit 0123456",
            "Unit 012 2024-2025",
            "Interreg project 0100345",
            "Working Group 2024-2025, Unit 4",
            "Working Group (2023) 2024-2025",
            "Mobile 2024-2026",
            "Desk 09.00-17.00",
            "Rooms 101 202 2024",
            "Room 0.12, 0.1234567",
            "EUR 1 500 000, grant 101 135 987",
            "T-Mobile 1234567",
            "C++ 2024 2025",
            "ORCID 0000-0002-1825-0097",
            "3d5a217b-0765-4698-999b-1fd2a749b344",
            "01234567-0765-4698-999b-1fd2a749b344",
            "0765-4698-999b-1fd2a749b344",
            "release v1.0123 4567",
            "HORIZON-0765-4698-999",
            "doi 10.1234/0123456",
        ] {
            assert!(phones(line).is_empty(), "{line}");
        }
    }
}
