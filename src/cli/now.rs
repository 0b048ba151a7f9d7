//! The clock. Nothing but a new publication depends on it, and that only where no day is named.
#![expect(clippy::disallowed_methods, reason = "the one room that sees the clock")]

use bulletin::model::Date;

/// Gives today's date in UTC.
pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}
