//! How long something lasts.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Spanned;

/// The longest duration, in minutes: a week. What lasts longer has an `end-date`.
const LONGEST: i64 = 7 * 24 * 60;

/// Decodes a duration in minutes: `0:50`, `50`, `50 min`, `2 h`, `PT1H30M` (ISO 8601 §5.5.2).
pub fn duration(text: Spanned<&str>, field: &str, report: &mut Report) -> Option<Spanned<i64>> {
    let minutes = parse(text.value).filter(|minutes| (1..=LONGEST).contains(minutes));
    if minutes.is_none() {
        report.add(
            Diagnostic::error(Code::BadTime, format!("`{field}` is not a duration"))
                .at(text.span, "from a minute to a week")
                .help("write it as `0:50`, `50 min` or `2 h`"),
        );
    }
    minutes.map(|minutes| text.with(minutes))
}

fn parse(text: &str) -> Option<i64> {
    let number = |digits: &str| -> Option<i64> {
        let plain = !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse().ok())?
    };
    let text = text.trim().to_ascii_lowercase();
    if let Some((hours, rest)) = text.split_once(':') {
        // Seconds are dropped: no programme has them.
        let minutes = rest.split_once(':').map_or(rest, |(minutes, _)| minutes);
        return Some(number(hours)? * 60 + number(minutes).filter(|minutes| *minutes < 60)?);
    }
    let iso = text.strip_prefix("pt").unwrap_or(&text);
    let (hours, rest) = match iso.split_once('h') {
        Some((hours, rest)) => {
            (number(hours.trim())?, rest.trim_start_matches("ours").trim_start_matches("our").trim())
        }
        None => (0, iso),
    };
    let minutes = rest.trim_end_matches("utes").trim_end_matches("ute").trim_end_matches("in").trim_end_matches('m');
    match minutes.trim() {
        "" if hours > 0 => Some(hours * 60),
        minutes => Some(hours * 60 + number(minutes)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_minutes() {
        for (text, expected) in [
            ("00:20", Some(20)),
            ("1:30:00", Some(90)),
            ("50", Some(50)),
            ("50 min", Some(50)),
            ("45 minutes", Some(45)),
            ("2 h", Some(120)),
            ("2 hours", Some(120)),
            ("1h30", Some(90)),
            ("PT1H30M", Some(90)),
            ("1:75", None),
            ("", None),
            ("soon", None),
            ("-5", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
