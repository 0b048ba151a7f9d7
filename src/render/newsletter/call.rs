//! Calls as the mail shows them.

use std::borrow::Cow;

use super::session::join;
use super::when::{Desk, When};
use crate::locale::Locale;
use crate::model::{Call, Deadline, Money, State};
use crate::prose::{Block, Inline, Prose, plain_inlines};
use crate::render::line::Line;
use crate::render::tongue::{Tongue, tongues};
use crate::source::Text;

/// One call.
#[derive(Debug, Clone)]
pub struct CallView<'a> {
    /// Its title.
    pub title: &'a str,
    /// Where the title leads.
    pub url: Option<Cow<'a, str>>,
    /// The deadline that counts now.
    pub when: Option<When<'a>>,
    /// Where it stands.
    pub stands: State,
    /// The same in words.
    pub state: &'a str,
    /// Whether that needs a signal.
    pub urgent: bool,
    /// `opens 1 October 2024`, where it is not open yet.
    pub opens: Option<String>,
    /// All deadlines in words, where there is more than one or they have names.
    pub deadlines: Vec<Line<'a>>,
    /// `I3 Instrument · EUR 15,000,000 · SMEs and clusters`.
    pub meta: Line<'a>,
    /// Label and words: grant, rate, countries, contact.
    pub facts: Vec<(&'a str, Line<'a>)>,
    /// Who can apply, where that is more than a few words.
    pub eligibility: Vec<Block>,
    /// What it is about.
    pub summary: Vec<Block>,
    /// Languages of title and summary.
    pub tongues: (Tongue, Tongue),
}

/// Who can apply stands in the one line of facts up to so many letters.
const SHORT: usize = 60;

impl<'a> CallView<'a> {
    /// Makes the view of a call.
    pub fn new(call: &'a Call, standing: (State, Option<&'a Deadline>), desk: &mut Desk<'_, 'a>) -> Self {
        let Desk { locale, campaign, .. } = *desk;
        let labels = &locale.labels;
        let (state, deadline) = standing;
        let text = |text: &'a Option<Text>| text.as_ref().map(|text| locale.part(text.as_str()));
        let (short, eligibility) = match &call.eligibility {
            Some(prose) => eligibility(prose, locale),
            None => (None, Vec::new()),
        };
        let said = |money: &Money| [&labels.budget, labels.colon.as_str(), &locale.money(money)].concat();
        let budget = call.budget.as_ref().map(|budget| said(&budget.value));
        let funder = text(&call.funder).filter(|funder| text(&call.programme).as_ref() != Some(funder));
        let short = short.map(|short| locale.part(&short).into_owned().into());
        let meta = [text(&call.programme), funder, text(&call.kind), budget.map(Cow::Owned), short];
        let countries: Vec<_> = call.countries.iter().map(|country| locale.part(country.as_str())).collect();
        let facts = [
            (&labels.grant, grant(call, locale).map(Cow::Owned)),
            (&labels.rate, text(&call.rate)),
            (&labels.countries, (!countries.is_empty()).then(|| locale.list(&countries).into())),
            (&labels.contact, text(&call.contact)),
        ];
        CallView {
            title: call.title.as_str(),
            url: call.url.as_ref().map(|url| campaign.href(url.value.as_str())),
            when: deadline.map(|deadline| When::deadline(deadline, desk)),
            stands: state,
            state: locale.state(state),
            urgent: matches!(state, State::ClosingSoon | State::Closed | State::Suspended),
            opens: (call.opens.as_ref().filter(|_| state == State::Forthcoming))
                .map(|opens| locale.say("opens-on", &[("date", &locale.date(opens.value))])),
            deadlines: deadlines(call, desk),
            meta: join(meta, " · ").into(),
            facts: facts.into_iter().filter_map(|(label, fact)| Some((label.as_str(), Line(fact?)))).collect(),
            eligibility,
            summary: call.summary.as_ref().map(|prose| prose.blocks()).unwrap_or_default(),
            tongues: tongues(&call.title, call.summary.as_ref(), desk.edition),
        }
    }
}

impl CallView<'_> {
    /// Gives what stands beside its state: `opens 1 October 2024 · I3 Instrument`.
    pub fn line(&self) -> Line<'_> {
        match &self.opens {
            Some(opens) => join([Some(opens.as_str()), Some(self.meta.as_str())], " · ").into(),
            None => Line(self.meta.as_str().into()),
        }
    }
}

/// Gives who can apply as a few words, or as blocks that begin with their label.
fn eligibility(prose: &Prose, locale: &Locale) -> (Option<String>, Vec<Block>) {
    let labels = &locale.labels;
    let mut blocks = prose.blocks();
    if let [Block::Paragraph(inlines)] = blocks.as_slice()
        && let [Inline::Text(words)] = inlines.as_slice()
        && words.len() <= SHORT
    {
        return (Some(words.trim_end_matches('.').to_owned()), Vec::new());
    }
    let label = format!("{}{}", labels.eligibility, labels.colon);
    // A label does not stand in a line of text that is written the other way.
    let across = |inlines: &[Inline]| {
        let mut text = String::new();
        plain_inlines(inlines, &mut text);
        locale.direction().against(&text).is_some()
    };
    match blocks.first_mut() {
        Some(Block::Paragraph(inlines)) if !across(inlines) => inlines.insert(0, Inline::Text(label.into())),
        Some(_) => blocks.insert(0, Block::Paragraph(vec![Inline::Text(label.trim_end().into())])),
        None => {}
    }
    (None, blocks)
}

fn grant(call: &Call, locale: &Locale) -> Option<String> {
    let said = |money: &Money| locale.money(money);
    match (call.grant_min.as_ref().map(|m| &m.value), call.grant_max.as_ref().map(|m| &m.value)) {
        (Some(from), Some(to)) if from == to => Some(said(from)),
        (Some(from), Some(to)) => Some(locale.say("money-range", &[("from", &said(from)), ("to", &said(to))])),
        (Some(from), None) => Some(locale.say("money-from", &[("from", &said(from))])),
        (None, Some(to)) => Some(locale.say("money-up-to", &[("to", &said(to))])),
        (None, None) => None,
    }
}

fn deadlines<'a>(call: &'a Call, desk: &mut Desk<'_, 'a>) -> Vec<Line<'a>> {
    match call.deadlines.as_slice() {
        [] => Vec::new(),
        [only] if only.label.is_none() => Vec::new(),
        all => (all.iter())
            .map(|deadline| {
                let when = When::deadline(deadline, desk);
                match &deadline.label {
                    Some(label) => {
                        [&desk.locale.part(label.as_str()), desk.locale.labels.colon.as_str(), when.words()].concat()
                    }
                    None => when.words().to_owned(),
                }
                .into()
            })
            .collect(),
    }
}
