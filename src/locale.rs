//! How a language says things: labels (Fluent), dates, numbers, lists and plurals (ICU4X, CLDR data).
//!
//! PDF and mail get their words from here alone, so that both say the same.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::Pattern;
use icu_calendar::{Date as IcuDate, Gregorian};
use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_datetime::fieldsets::{M, MD, YM, YMD, YMDE, zone::SpecificShort};
use icu_datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};
use icu_plurals::{PluralCategory, PluralRules};

use crate::model::{Money, State};

use phrase::{Grouping, Phrase, Piece};

pub use direction::{Direction, LTR_ISOLATE, POP_ISOLATE, RTL_ISOLATE};
pub use labels::Labels;
pub use lang::Lang;

mod dates;
mod direction;
mod labels;
mod lang;
mod phrase;

const EMBEDDED: &str = "ICU4X data for every language of `Lang` is compiled in";

/// One language, loaded. Costs some hundred microseconds to make, little to use.
pub struct Locale {
    lang: Lang,
    /// The words that take no values.
    pub labels: Labels,
    bundle: FluentBundle<FluentResource>,
    plurals: PluralRules,
    lists: ListFormatter,
    decimals: DecimalFormatter,
    grouping: Grouping,
    /// `None` where it is more than words and values in a row.
    money: Option<Phrase>,
    date_with_time: Option<Phrase>,
    /// What stands before, between and after day and year of a long date, for each month.
    long: Vec<[String; 3]>,
    day_month: FixedCalendarDateTimeFormatter<Gregorian, MD>,
    months: Vec<String>,
    /// Made when it is first asked for: few editions have use for it.
    year_month: OnceLock<FixedCalendarDateTimeFormatter<Gregorian, YM>>,
    weekday: OnceLock<FixedCalendarDateTimeFormatter<Gregorian, YMDE>>,
    collator: OnceLock<CollatorBorrowed<'static>>,
    zones: NoCalendarFormatter<SpecificShort>,
}

impl Locale {
    /// Loads a language.
    pub fn new(lang: Lang) -> Locale {
        let tag = lang.icu();
        let resource = FluentResource::try_new(lang.source().to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{}.ftl is tested to be valid Fluent: {errors:?}", lang.tag()));
        let id = lang.tag().parse().expect("the tags of `Lang` are valid");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        bundle.add_resource(resource).unwrap_or_else(|errors| panic!("a label stands twice: {errors:?}"));
        let wide = ListFormatterOptions::default().with_length(ListLength::Wide);
        let short =
            FixedCalendarDateTimeFormatter::<Gregorian, M>::try_new((&tag).into(), M::medium()).expect(EMBEDDED);
        let long =
            FixedCalendarDateTimeFormatter::<Gregorian, YMD>::try_new((&tag).into(), YMD::long()).expect(EMBEDDED);
        let months = (1..=12)
            .map(|month| short.format(&IcuDate::try_new_gregorian(2024, month, 1).expect("a month")).to_string())
            .collect();
        let decimals = DecimalFormatter::try_new((&tag).into(), Default::default()).expect(EMBEDDED);
        Locale {
            lang,
            grouping: Grouping::new(&decimals),
            money: Phrase::new(pattern(&bundle, "money")),
            date_with_time: Phrase::new(pattern(&bundle, "date-with-time")),
            labels: Labels::load(|key| word(&bundle, key, &[])),
            plurals: PluralRules::try_new((&tag).into(), Default::default()).expect(EMBEDDED),
            lists: ListFormatter::try_new_and((&tag).into(), wide).expect(EMBEDDED),
            decimals,
            long: (1..=12).map(|month| dates::frame(&long, month)).collect(),
            day_month: FixedCalendarDateTimeFormatter::try_new((&tag).into(), MD::long()).expect(EMBEDDED),
            months,
            year_month: OnceLock::new(),
            weekday: OnceLock::new(),
            collator: OnceLock::new(),
            zones: NoCalendarFormatter::try_new((&tag).into(), SpecificShort).expect(EMBEDDED),
            bundle,
        }
    }

    /// Gives the language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Gives the BCP 47 tag, as in `<html lang>`.
    pub fn tag(&self) -> &'static str {
        self.lang.tag()
    }

    /// Gives the direction of writing.
    pub fn direction(&self) -> Direction {
        self.lang.direction()
    }

    /// Gives the direction of writing, as in `<html dir>`.
    pub fn dir(&self) -> &'static str {
        self.direction().name()
    }

    /// Gives a text of the data as it stands in a line beside other words; see [`Direction::isolate`].
    pub fn part<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.direction().isolate(text)
    }

    /// Gives a label that takes values, by its Fluent id. Values that are texts of the data are given as [`part`]s.
    ///
    /// [`part`]: Locale::part
    pub fn say<'a>(&'a self, key: &str, values: &[(&'a str, &'a str)]) -> String {
        word(&self.bundle, key, values)
    }

    /// Gives a label that counts: its Fluent message selects on `$form` (`one`, `other`, …) and prints `$count`.
    pub fn count(&self, key: &str, count: usize) -> String {
        let form = match self.plurals.category_for(count) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        };
        self.say(key, &[("form", form), ("count", &self.number(count as u64))])
    }

    /// Gives a number with its groups: `1,907`.
    pub fn number(&self, number: u64) -> String {
        self.grouping.number(number)
    }

    /// Gives an amount of money, to the cent where it has cents: `EUR 1,500,000`.
    pub fn money(&self, money: &Money) -> String {
        let values = [("currency", money.currency()), ("amount", &self.amount(money.hundredths))];
        let said = self.money.as_ref().and_then(|phrase| phrase.say(&values));
        said.unwrap_or_else(|| self.say("money", &values))
    }

    fn amount(&self, hundredths: u64) -> String {
        if hundredths.is_multiple_of(100) {
            return self.number(hundredths / 100);
        }
        let mut amount = Decimal::from(hundredths);
        amount.multiply_pow10(-2);
        self.decimals.format(&amount).to_string()
    }

    /// Joins words: `A, B and C`.
    pub fn list<S: AsRef<str>>(&self, words: &[S]) -> String {
        self.lists.format(words.iter().map(AsRef::as_ref)).to_string()
    }

    /// Compares two words as a dictionary of the language does (UTS #10), those that it holds for the same by their
    /// letters.
    pub fn order(&self, one: &str, other: &str) -> Ordering {
        let make = || {
            let mut options = CollatorOptions::default();
            options.strength = Some(Strength::Tertiary);
            let mut preferences = CollatorPreferences::from(&self.lang.icu());
            preferences.numeric_ordering = Some(CollationNumericOrdering::True);
            Collator::try_new(preferences, options).expect(EMBEDDED)
        };
        self.collator.get_or_init(make).compare(one, other).then_with(|| one.cmp(other))
    }

    /// Gives the words for a call's state.
    pub fn state(&self, state: State) -> &str {
        match state {
            State::ClosingSoon => &self.labels.state_closing_soon,
            State::Open => &self.labels.state_open,
            State::Forthcoming => &self.labels.state_forthcoming,
            State::Closed => &self.labels.state_closed,
            State::Unpublished(_) => &self.labels.state_withdrawn,
            State::Suspended => &self.labels.state_suspended,
        }
    }
}

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Locale").field("lang", &self.lang).finish_non_exhaustive()
    }
}

fn pattern<'a>(bundle: &'a FluentBundle<FluentResource>, key: &str) -> &'a Pattern<&'a str> {
    let message = bundle.get_message(key).and_then(|message| message.value());
    message.unwrap_or_else(|| panic!("the label `{key}` is tested to be in every language"))
}

fn word<'a>(bundle: &'a FluentBundle<FluentResource>, key: &str, values: &[(&'a str, &'a str)]) -> String {
    let pattern = pattern(bundle, key);
    // Nearly all are words and values in a row, which need neither the resolver nor its books.
    let row = pattern.elements.iter().try_fold(String::with_capacity(64), |mut said, element| {
        said.push_str(Piece::of(element)?.words(values)?);
        Some(said)
    });
    if let Some(said) = row {
        return said;
    }
    let mut args = FluentArgs::with_capacity(values.len());
    for (name, value) in values {
        args.set(*name, *value);
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    debug_assert!(errors.is_empty(), "label `{key}`: {errors:?}");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, Time, Zone};

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn plain(text: String) -> String {
        text.replace(['\u{A0}', '\u{202F}'], "_")
    }

    #[test]
    fn every_language_formats_by_its_own_rules() {
        let brussels = Zone::named("Europe/Brussels").expect("a zone");
        let june = day("2024-06-19");
        let (start, end) = (Time::constant(8, 30, 0, 0), Time::constant(9, 45, 0, 0));
        let said = |lang| {
            let locale = Locale::new(lang);
            let money = Money::parse_for_tests("EUR 1 500 000");
            [
                locale.date(june),
                locale.date_range(day("2024-09-25"), day("2024-09-26")),
                locale.date_range(day("2024-09-30"), day("2024-10-02")),
                locale.date_range(day("2024-12-30"), day("2025-01-02")),
                locale.times(&brussels, june, start, Some(end)),
                locale.times(&brussels, day("2024-01-19"), start, None),
                // The clocks are changed at three.
                locale.times(&brussels, day("2024-10-27"), Time::constant(1, 30, 0, 0), Some(end)),
                locale.times_over_days(&brussels, day("2024-10-26"), start, day("2024-10-27"), end),
                locale.moments(&brussels, day("2024-10-26"), start, day("2024-10-27"), end),
                locale.money(&money),
                locale.list(&["A", "B", "C"]),
                locale.count("count-calls", 1),
                locale.count("count-calls", 1907),
                locale.month_short(day("2024-09-01")).to_owned(),
                locale.month(june),
            ]
            .map(plain)
            .join("\n")
        };
        snapbox::assert_data_eq!(
            said(Lang::English),
            snapbox::str![[r#"
19_June 2024
25–26_September 2024
30_September_– 2_October 2024
30_December 2024_– 2_January 2025
8:30–9:45 CEST
8:30 CET
1:30 CEST_– 9:45 CET
from 8:30 CEST until 27_October, 9:45 CET
26_October, 8:30 CEST_– 27_October 2024, 9:45 CET
EUR_1,500,000
A, B and C
1 funding opportunity
1,907 funding opportunities
Sept
June 2024
"#]]
        );
        snapbox::assert_data_eq!(
            said(Lang::German),
            snapbox::str![[r#"
19._Juni 2024
25.–26._September 2024
30._September_– 2._Oktober 2024
30._Dezember 2024_– 2._Januar 2025
8:30–9:45_Uhr MESZ
8:30_Uhr MEZ
1:30_Uhr MESZ_– 9:45_Uhr MEZ
ab 8:30 MESZ bis 27._Oktober, 9:45_Uhr MEZ
26._Oktober, 8:30_Uhr MESZ_– 27._Oktober 2024, 9:45_Uhr MEZ
1.500.000_EUR
A, B und C
1 Fördermöglichkeit
1.907 Fördermöglichkeiten
Sep
Juni 2024
"#]]
        );
        snapbox::assert_data_eq!(
            said(Lang::French),
            snapbox::str![[r#"
19_juin 2024
25–26_septembre 2024
30_septembre_– 2_octobre 2024
30_décembre 2024_– 2_janvier 2025
8_h_30_– 9_h_45 (UTC+2)
8_h_30 (UTC+1)
1_h_30 (UTC+2)_– 9_h_45 (UTC+1)
de 8_h_30 (UTC+2) jusqu’au 27_octobre, 9_h_45 (UTC+1)
26_octobre, 8_h_30 (UTC+2)_– 27_octobre 2024, 9_h_45 (UTC+1)
1_500_000_EUR
A, B et C
1 possibilité de financement
1_907 possibilités de financement
sept.
juin 2024
"#]]
        );
        snapbox::assert_data_eq!(
            said(Lang::Arabic),
            snapbox::str![[r#"
19_يونيو 2024
25–26_سبتمبر 2024
30_سبتمبر_– 2_أكتوبر 2024
30_ديسمبر 2024_– 2_يناير 2025
8:30–9:45 غرينتش‎+2
8:30 غرينتش‎+1
1:30 غرينتش‎+2_– 9:45 غرينتش‎+1
من 8:30 غرينتش‎+2 حتى 27_أكتوبر، 9:45 غرينتش‎+1
26_أكتوبر، 8:30 غرينتش‎+2_– 27_أكتوبر 2024، 9:45 غرينتش‎+1
1,500,000_EUR
A وB وC
فرصة تمويل واحدة
1,907 فرص تمويل
سبتمبر
يونيو 2024
"#]]
        );
    }
}
