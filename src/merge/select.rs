//! What belongs to the edition, on its date, and in which order.

use std::cmp::Reverse;

use jiff::{Timestamp, ToSpan};

use super::Tables;
use super::fill::Fields;
use super::gathered::Gathered;
use super::judge::is_words;
use super::naming::publish_ids;
use super::part::Part;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::locale::Lang;
use crate::model::call::Present;
use crate::model::cell::Cells;
use crate::model::session::Status;
use crate::model::value::{Language, slug};
use crate::model::{Call, Date, Edition, News, Session, State};
use crate::source::{Span, Str, Text};

/// How many days before its deadline a call is closing soon, where `[select]` does not say.
const CLOSING_SOON: i32 = 14;

/// Chooses and orders; `today` and `lang` override what `bulletin.toml` says.
pub fn select(
    config: Config,
    tables: Tables<'_>,
    today: Option<Date>,
    lang: Option<Lang>,
    cells: &mut Cells<'_>,
) -> Edition {
    let Config { edition: head, publisher, select, mailing, print, .. } = config;
    let today = today.unwrap_or(head.date.value);
    let since = select.since.map_or_else(|| head.date.value.saturating_sub(1.month()), |since| since.value);
    let until = select.until.map(|until| until.value);
    let id = match &head.id {
        Some(id) => slug(id.as_str()),
        None => format!("{}-{}", slug(head.title.as_str()), head.date.value),
    };
    let mut edition = Edition {
        id,
        title: head.title,
        subtitle: head.subtitle,
        number: head.number,
        date: head.date.value,
        dated: head.date.span,
        today,
        lang: lang.unwrap_or(head.lang),
        timezone: head.timezone,
        closing_soon: select.closing_soon.unwrap_or(CLOSING_SOON),
        publisher,
        mailing,
        print,
        held: Vec::new(),
        coming: Vec::new(),
        calls: Vec::new(),
        news: Vec::new(),
        foreign: tables.foreign,
    };

    let named = Named::new(select.sessions, &tables.sessions, cells);
    for session in tables.sessions.records {
        if matches!(session.status.as_ref().map(|s| s.value), Some(Status::Unpublished(_))) {
            continue;
        }
        let explicit = named.says(&session.id);
        if explicit == Some(false) {
            continue;
        }
        let last = session.last_day();
        tell_held_too_early(&session, today, cells);
        if session.is_held(today) {
            if explicit.is_some() || last.is_none_or(|day| day >= since) {
                edition.held.push(session);
            }
        } else if explicit.is_some()
            || last.is_none_or(|day| day >= today)
                && session.date.is_none_or(|day| until.is_none_or(|u| day.value <= u))
        {
            edition.coming.push(session);
        }
    }

    let named = Named::new(select.calls, &tables.calls, cells);
    let zone = edition.timezone.clone();
    let present = Present::new(edition.now(), &zone, edition.closing_soon);
    let mut calls = Vec::with_capacity(tables.calls.records.len());
    for call in tables.calls.records {
        let (state, next) = call.standing(&present);
        if matches!(state, State::Unpublished(_)) {
            continue;
        }
        let shown = || matches!(state, State::Open | State::ClosingSoon | State::Forthcoming);
        if named.says(&call.id).unwrap_or_else(shown) {
            let deadline = next.map(|deadline| deadline.instant(&zone));
            calls.push(((state, deadline.is_none(), deadline), call));
        }
    }
    edition.calls = by_urgency(calls);

    let named = Named::new(select.news, &tables.news, cells);
    for news in tables.news.records {
        if news.status.is_some_and(|status| status.value.is_some()) {
            continue;
        }
        if named.says(&news.id).unwrap_or_else(|| is_current(&news, since, today)) {
            edition.news.push(news);
        }
    }

    publish_ids(edition.held.iter_mut().chain(&mut edition.coming));
    order(&mut edition);
    tell_untranslated(&edition, cells);
    edition
}

/// Tells a session that is over by its status and to come by its day: it would stand among those of which the edition
/// tells what came out.
fn tell_held_too_early(session: &Session, today: Date, cells: &mut Cells<'_>) {
    let (Some(status), Some(date)) = (&session.status, &session.date) else { return };
    if status.value == Status::Held && date.value > today {
        cells.report.add(
            Diagnostic::warning(Code::ConflictingValues, "a session is `held` on a day that is yet to come")
                .at(status.span, "it is shown as one that was held")
                .at(date.span, format!("after {today}, the edition’s date"))
                .help("correct one of the two")
                .of(&session.id.value),
        );
    }
}

/// Tells each record that is shown in another language, at least in part, once.
fn tell_untranslated(edition: &Edition, cells: &mut Cells<'_>) {
    let sessions = edition.held.iter().chain(&edition.coming).map(|one| {
        let mut stated = one.stated();
        let bodies = one.agenda.iter().filter_map(|item| Some(item.body.as_ref()?.source().span));
        let agenda = stated.iter_mut().find(|(name, _)| *name == "agenda");
        agenda.into_iter().for_each(|(_, places)| places.extend(bodies.clone()));
        (&one.id, stated)
    });
    let calls = edition.calls.iter().map(|one| (&one.id, one.stated()));
    let news = edition.news.iter().map(|one| (&one.id, one.stated()));
    for (id, stated) in sessions.chain(calls).chain(news) {
        // A page in another language is better than none.
        let is_told = |name: &str| is_words(name) && name != "url" && name != "online-url";
        let shown = stated.iter().filter(|(name, _)| is_told(name)).filter_map(|(name, places)| {
            places.iter().find_map(|place| Some((*name, *place, edition.foreign.at(*place)?)))
        });
        let shown: Vec<(&str, Span, Language)> = shown.collect();
        let Some((_, place, language)) = shown.first().copied() else { continue };
        let names: Vec<String> = shown.iter().map(|(name, ..)| format!("`{name}`")).collect();
        let (verb, lang) = (if names.len() == 1 { "is" } else { "are" }, edition.lang.tag());
        cells.report.add(
            Diagnostic::warning(Code::Untranslated, format!("{} {verb} not translated to `{lang}`", names.join(", ")))
                .at(place, format!("shown in `{language}`"))
                .help(match shown[0].0 {
                    "agenda" => {
                        let row = format!("in a row of the same `order` whose `lang` is `{lang}`");
                        format!("write it in a column such as `title.{lang}`, or {row}")
                    }
                    name => format!("write it in a column such as `{name}.{lang}`"),
                })
                .of(&id.value),
        );
    }
}

/// News is current until it expires; without that, while its day is not before `since`.
fn is_current(news: &News, since: Date, today: Date) -> bool {
    match news.expires {
        Some(expires) => expires.value >= today,
        None => news.end_date.or(news.date).is_none_or(|last| last.value >= since),
    }
}

fn order(edition: &mut Edition) {
    type Key = (Option<Date>, Option<jiff::civil::Time>, Str, Str);
    let session_key = |session: &Session| -> Key {
        let start = session.start.map(|time| time.value);
        (session.date.map(|date| date.value), start, session.title.value.clone(), session.id.value.clone())
    };
    edition.held.sort_by_cached_key(|session| {
        let (date, start, title, id) = session_key(session);
        (Reverse(date), Reverse(start), title, id)
    });
    edition.coming.sort_by_cached_key(|session| {
        let key = session_key(session);
        // What has no date yet comes last.
        (key.0.is_none(), key)
    });
}

/// What calls are put in order by: state, whether there is no deadline, the deadline.
type Urgency = (State, bool, Option<Timestamp>);

/// Puts calls in order: by state, by deadline (those without one last), by title.
#[expect(clippy::vec_box, reason = "a hundred thousand calls are moved while they are sorted")]
fn by_urgency(mut calls: Vec<(Urgency, Box<Call>)>) -> Vec<Box<Call>> {
    calls.sort_unstable_by_key(|(urgency, _)| *urgency);
    // Titles are compared among calls of one deadline alone: far fewer, and near each other.
    for same in calls.chunk_by_mut(|(one, _), (next, _)| one == next) {
        same.sort_unstable_by(|(_, one), (_, next)| {
            (&one.title.value, &one.id.value).cmp(&(&next.title.value, &next.id.value))
        });
    }
    calls.into_iter().map(|(_, call)| call).collect()
}

/// A list of ids in `[select]`.
struct Named(Option<rustc_hash::FxHashSet<Str>>);

impl Named {
    fn new<T: Part>(ids: Option<Vec<Text>>, records: &Gathered<T>, cells: &mut Cells<'_>) -> Named {
        Named(ids.map(|ids| {
            let known = ids.iter().filter_map(|id| {
                let known = records.get(&id.value);
                if known.is_none() {
                    records.tell_unknown(id, cells);
                }
                // A record may be told under another id too.
                Some(known?.id()?.value.clone())
            });
            known.collect()
        }))
    }

    /// Says whether an id is listed; `None` where there is no list.
    fn says(&self, id: &Text) -> Option<bool> {
        self.0.as_ref().map(|ids| ids.contains(&id.value))
    }
}
