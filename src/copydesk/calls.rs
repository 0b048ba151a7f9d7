//! Calls: deadlines, amounts, the same call twice. A table may have a hundred thousand of them, so a row costs little.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Desk;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::value::is_currency;
use crate::model::{Call, Money, State};

/// Amounts of one currency that there must be before one of them can be odd among them.
const ENOUGH: usize = 5;

/// Reads all calls.
pub fn check(desk: &mut Desk<'_>) {
    let edition = desk.edition;
    let mut without: Vec<&Call> = Vec::new();
    for call in &edition.calls {
        match &call.deadlines[..] {
            [] => without.push(call),
            deadlines => order(call, deadlines.len(), desk),
        }
        if call.grant_min.is_some() || call.grant_max.is_some() {
            grants(call, desk);
        }
    }
    // They are in the order of deadline and title, so that two of a kind are neighbours.
    for pair in edition.calls.windows(2) {
        if pair[0].title.value == pair[1].title.value && pair[0].deadlines == pair[1].deadlines {
            twice(&pair[0], &pair[1], desk);
        }
    }
    disagreeing(desk);
    missing(&without, desk);
    neighbours(desk);
    budgets(desk);
}

fn order(call: &Call, count: usize, desk: &mut Desk<'_>) {
    let (first, last) = (&call.deadlines[0], &call.deadlines[count - 1]);
    let is_odd = call.opens.is_some_and(|opens| opens.value > last.date.value);
    if !is_odd && last.date.value <= desk.edition.today && desk.edition.state(call) == State::Closed {
        desk.report.add(
            Diagnostic::warning(Code::DeadlineOrder, "the deadline is over")
                .at(last.date.span, format!("before {}, the edition’s date", desk.edition.today))
                .help("take the call out of `[select]`")
                .of(&call.id.value),
        );
    }
    if count < 2 {
        return;
    }
    // They are in the order of their dates, so their numbers must be too.
    let numbered = call.deadlines.iter().filter_map(|deadline| {
        let label = deadline.label.as_ref()?;
        Some((ordinal(label.as_str())?, label))
    });
    let numbered: Vec<_> = numbered.collect();
    if let Some(pair) = numbered.windows(2).find(|pair| pair[0].0 > pair[1].0) {
        desk.report.add(
            Diagnostic::warning(Code::DeadlineOrder, format!("`{}` is before `{}`", pair[0].1, pair[1].1))
                .at(pair[0].1.span, format!("{}", first.date.value))
                .at(pair[1].1.span, "")
                .help("correct a label or a date")
                .of(&call.id.value),
        );
    }
}

/// Gives the number in a label: `first cut-off`, `Stage 2`.
fn ordinal(label: &str) -> Option<u32> {
    const WORDS: [&[&str]; 5] = [
        &["first", "erste", "erster", "première", "premier"],
        &["second", "zweite", "zweiter", "deuxième"],
        &["third", "dritte", "dritter", "troisième"],
        &["fourth", "vierte", "vierter", "quatrième"],
        &["fifth", "fünfte", "fünfter", "cinquième"],
    ];
    let lower = label.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.find_map(|word| {
        let named = WORDS.iter().position(|names| names.contains(&word)).and_then(|at| u32::try_from(at + 1).ok());
        named.or_else(|| word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse().ok().filter(|n| *n < 10))
    })
}

fn grants(call: &Call, desk: &mut Desk<'_>) {
    let amounts = [call.grant_min.as_deref(), call.grant_max.as_deref(), call.budget.as_ref()];
    let names = ["grant-min", "grant-max", "budget"];
    for (small, large) in [(0, 1), (1, 2), (0, 2)] {
        let (Some(less), Some(more)) = (amounts[small], amounts[large]) else { continue };
        if less.value.currency() == more.value.currency() && less.value.hundredths > more.value.hundredths {
            desk.report.add(
                Diagnostic::warning(Code::OddAmount, format!("`{}` is more than `{}`", names[small], names[large]))
                    .at(less.span, "")
                    .at(more.span, "this is less")
                    .help("correct one of the two")
                    .of(&call.id.value),
            );
            return;
        }
    }
}

fn twice(first: &Call, call: &Call, desk: &mut Desk<'_>) {
    // The same hash of another title is no news; nor is a topic that two programmes have.
    let same =
        first.title.value == call.title.value && first.programme == call.programme && first.funder == call.funder;
    // Each may be for other applicants.
    let differs = first.url.is_some() && call.url.is_some() && first.url != call.url
        || first.summary.is_some() && call.summary.is_some() && first.summary != call.summary
        || first.kind != call.kind;
    if !same || differs || call.deadlines.is_empty() {
        return;
    }
    desk.report.add(
        Diagnostic::warning(Code::RepeatedCall, format!("the call `{}` stands twice", call.title))
            .at(call.title.span, "again here")
            .at(first.title.span, "first here")
            .help("delete one of the two, or say in the titles what sets them apart")
            .of(&call.id.value)
            .of(&first.id.value),
    );
}

/// Calls whose deadlines are more than so many days apart, nine months, are those of two years.
const YEAR: i32 = 274;

/// Tells two calls of one title and address that have different deadlines: one of them is an old one.
fn disagreeing(desk: &mut Desk<'_>) {
    let edition = desk.edition;
    let mut known: FxHashMap<(&str, &str), &Call> = FxHashMap::default();
    for call in &edition.calls {
        let (Some(url), Some(deadline)) = (&call.url, call.deadlines.first()) else { continue };
        let first = *known.entry((call.title.as_str(), url.value.as_str())).or_insert(call);
        let Some(other) = first.deadlines.first().filter(|other| other.date.value != deadline.date.value) else {
            continue;
        };
        // So much later it is another year’s call.
        if deadline.date.value.since((jiff::Unit::Day, other.date.value)).is_ok_and(|gap| gap.get_days().abs() > YEAR) {
            continue;
        }
        // Stages of one call are told apart by what they are called.
        if deadline.label != other.label || first.summary != call.summary && call.summary.is_some() {
            continue;
        }
        desk.report.add(
            Diagnostic::warning(
                Code::RepeatedCall,
                format!("the call `{}` stands twice, with two deadlines", call.title),
            )
            .at(deadline.date.span, "this deadline")
            .at(other.date.span, "or this one")
            .help("delete the one that no longer holds; two cut-offs of one call belong into `deadlines`")
            .of(&call.id.value)
            .of(&first.id.value),
        );
    }
}

/// How many calls without a deadline are told one by one.
const SINGLE: usize = 10;

fn missing(without: &[&Call], desk: &mut Desk<'_>) {
    let silent: Vec<&&Call> = without.iter().filter(|call| !says_when(call)).collect();
    let help = "give the `deadline`, or say in `summary` that it is always open; if the row is no call, delete it";
    if silent.len() <= SINGLE {
        for call in silent {
            desk.report.add(
                Diagnostic::warning(Code::MissingDeadline, "a call has no deadline")
                    .at(call.title.span, "")
                    .help(help)
                    .of(&call.id.value),
            );
        }
        return;
    }
    let message = format!("{} calls have no deadline", silent.len());
    let found = Diagnostic::warning(Code::MissingDeadline, message).at(silent[0].title.span, "the first of them");
    desk.report.add(found.help(help));
}

/// Tells calls that do not say how much money there is among calls that do.
fn budgets(desk: &mut Desk<'_>) {
    let calls = &desk.edition.calls;
    let silent = |call: &&Call| {
        let words = [Some(&call.title), call.summary.as_ref().map(|summary| summary.source())];
        let amounts = [call.budget.is_some(), call.grant_min.is_some(), call.grant_max.is_some()];
        !amounts.contains(&true) && !words.into_iter().flatten().any(|text| names_amount(text.as_str()))
    };
    let told = calls.iter().filter(|call| call.budget.is_some() || call.grant_max.is_some()).count();
    if told < ENOUGH {
        return;
    }
    let silent: Vec<&Call> = calls.iter().map(AsRef::as_ref).filter(silent).collect();
    if silent.len() * 3 > told {
        return;
    }
    if silent.len() <= SINGLE {
        for call in silent {
            desk.report.add(
                Diagnostic::note(Code::MissingBudget, "a call does not say how much money there is")
                    .at(call.title.span, "other calls have a `budget`")
                    .help("give the `budget` or `grant-max`")
                    .of(&call.id.value),
            );
        }
        return;
    }
    let message = format!("{} calls do not say how much money there is", silent.len());
    let found = Diagnostic::note(Code::MissingBudget, message).at(silent[0].title.span, "the first of them");
    desk.report.add(found.help("give the `budget` or `grant-max`"));
}

/// Says whether words name an amount of money, as well as that can be seen from far away.
fn names_amount(text: &str) -> bool {
    text.contains(['€', '$', '£', '¥']) || text.split(|c: char| !c.is_alphabetic()).any(is_currency)
}

/// Says whether the words of a call without a deadline say why it has none.
fn says_when(call: &Call) -> bool {
    let words = [
        "deadline",
        "continuous",
        "rolling",
        "any time",
        "anytime",
        "always open",
        "permanent",
        "throughout the year",
        "cut-off",
        "frist",
        "laufend",
        "jederzeit",
        "ganzjährig",
        "en continu",
        "toute l’année",
        "date limite",
        "löpande",
        "when you want",
        "no fixed",
        "year-round",
        "not yet",
    ];
    let texts = [Some(&call.title), call.summary.as_ref().map(|summary| summary.source())];
    texts.into_iter().flatten().any(|text| {
        let lower = text.as_str().to_lowercase();
        words.iter().any(|word| lower.contains(word))
    })
}

/// Tells a budget that is a thousand times as large or small as is usual in the edition.
fn neighbours(desk: &mut Desk<'_>) {
    let edition = desk.edition;
    let mut by_currency: BTreeMap<[u8; 3], Vec<u64>> = BTreeMap::new();
    let key = |money: &Money| <[u8; 3]>::try_from(money.currency().as_bytes()).unwrap_or_default();
    for budget in edition.calls.iter().filter_map(|call| call.budget.as_ref()) {
        by_currency.entry(key(&budget.value)).or_default().push(budget.value.hundredths);
    }
    let usual: BTreeMap<[u8; 3], u64> = by_currency
        .into_iter()
        .filter(|(_, amounts)| amounts.len() >= ENOUGH)
        .map(|(currency, mut amounts)| {
            let middle = amounts.len() / 2;
            (currency, *amounts.select_nth_unstable(middle).1)
        })
        .collect();
    for call in &edition.calls {
        let Some(budget) = &call.budget else { continue };
        let Some(&usual) = usual.get(&key(&budget.value)) else { continue };
        let amount = budget.value.hundredths;
        let (how, factor) = match () {
            () if amount >= usual.saturating_mul(1000) => ("large", amount / usual.max(1)),
            () if amount.saturating_mul(1000) <= usual => ("small", usual / amount.max(1)),
            () => continue,
        };
        desk.report.add(
            Diagnostic::warning(Code::OddAmount, format!("the budget is {factor} times as {how} as is usual here"))
                .at(budget.span, "")
                .help("see whether zeros or `million` are missing, or stand twice")
                .of(&call.id.value),
        );
    }
}
