//! People: one under two names, two under one, roles that differ, moderators of the prose, speakers of whom nothing is
//! said.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Desk;
use super::manuscript::{Page, Passage, Record, people, words};
use super::names::{Likeness, Name, fold};
use super::terms::everywhere;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Person, Session};
use crate::prose::Stretch;
use crate::source::{Spanned, Str};

/// A way of writing a name, as it first stands.
#[derive(Debug)]
struct Spelling<'a> {
    person: &'a Spanned<Person>,
    record: &'a Str,
    name: Name,
    count: usize,
}

/// Everybody whom the edition names.
#[derive(Debug, Default)]
pub struct People<'a> {
    spellings: Vec<Spelling<'a>>,
    /// Ways of writing by the last part of the name, and by the first.
    by_part: FxHashMap<String, Vec<usize>>,
}

impl<'a> People<'a> {
    /// Gathers the people of all sessions.
    pub fn gather(desk: &Desk<'a>) -> People<'a> {
        let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut all = People::default();
        for session in desk.edition.held.iter().chain(&desk.edition.coming) {
            for person in people(session).filter(|person| !person.value.name.value.is_empty()) {
                let id = person.value.id.as_ref().map_or("", |id| id.as_str());
                let at = *known.entry((person.value.name.as_str(), id)).or_insert_with(|| {
                    let name = Name::new(person.value.name.as_str());
                    all.spellings.push(Spelling { person, record: &session.id.value, name, count: 0 });
                    all.spellings.len() - 1
                });
                all.spellings[at].count += 1;
            }
        }
        for (at, spelling) in all.spellings.iter().enumerate() {
            let parts = &spelling.name.parts;
            let mut keys: Vec<&String> = parts.first().into_iter().chain(parts.last()).collect();
            keys.dedup();
            for key in keys {
                all.by_part.entry(key.clone()).or_default().push(at);
            }
        }
        all
    }

    /// Compares names that share their first or last part.
    pub fn check(&self, desk: &mut Desk<'_>) {
        let mut told: FxHashSet<(usize, usize)> = FxHashSet::default();
        let mut blocks: Vec<&Vec<usize>> = self.by_part.values().filter(|block| block.len() > 1).collect();
        blocks.sort();
        for block in blocks {
            // A first name that very many have tells nothing; their last names are looked up too.
            for (at, &one) in block.iter().enumerate().take(64) {
                for &other in block[at + 1..].iter().take(64) {
                    if !told.contains(&(one, other)) && self.pair(one, other, desk) {
                        told.insert((one, other));
                    }
                }
            }
        }
        self.joined(desk);
        self.roles(desk);
    }

    /// Tells two people whom a word joins: they would be one for index, sheets and hours.
    fn joined(&self, desk: &mut Desk<'_>) {
        for spelling in &self.spellings {
            let name = &spelling.person.value.name;
            let Some((first, joint, second)) = joint(name.as_str()) else { continue };
            let found =
                Diagnostic::warning(Code::JoinedNames, format!("`{first}` and `{second}` are perhaps two people"))
                    .at(name.span, "one name")
                    .help(format!("write `{first} & {second}`, or each in a line of their own"))
                    .of(spelling.record);
            let exact = desk.sources.slice(name.span) == name.as_str();
            let place = name.span.part(first.len()..first.len() + joint.len());
            desk.report.add(if exact { found.fix(place, " & ") } else { found });
        }
    }

    fn pair(&self, one: usize, other: usize, desk: &mut Desk<'_>) -> bool {
        let (one, other) = (&self.spellings[one], &self.spellings[other]);
        let both_known = one.person.value.id.is_some() && other.person.value.id.is_some();
        if one.person.value.name == other.person.value.name {
            if both_known && one.person.value.id != other.person.value.id {
                desk.report.add(
                    Diagnostic::warning(Code::SharedName, format!("two people are called `{}`", one.person.value.name))
                        .at(other.person.value.name.span, "")
                        .at(one.person.value.name.span, "the other")
                        .help("if they are one, use one `id`; if they are two, let their roles tell them apart"),
                );
                return true;
            }
            return false;
        }
        let Some(likeness) = one.name.likeness(&other.name) else { return false };
        // Two rows of `people` with a letter or a part between them may well be two people.
        let apart = |person: &Person| person.organisation.as_ref().map(|organisation| fold(organisation.as_str()));
        let (first, second) = (apart(&one.person.value), apart(&other.person.value));
        let elsewhere = first.is_some() && second.is_some() && first != second;
        if likeness != Likeness::Written && (both_known || elsewhere) {
            return false;
        }
        // The one with more accents, else that of `people`, else the more frequent, else the longer is taken for right.
        let accents = |s: &Spelling<'_>| if likeness == Likeness::Written { s.name.accents() } else { 0 };
        let weight = |s: &Spelling<'_>| (accents(s), s.person.value.id.is_some(), s.count, s.name.parts.len());
        let (right, wrong) = if weight(one) >= weight(other) { (one, other) } else { (other, one) };
        let (good, bad) = (&right.person.value.name, &wrong.person.value.name);
        let found = Diagnostic::warning(Code::NameVariants, format!("`{bad}` and `{good}` are perhaps one person"))
            .at(bad.span, why(likeness))
            .at(good.span, "also written so")
            .help(format!("write `{good}` everywhere, or allow it if they are two"))
            .of(wrong.record);
        let found = match likeness {
            Likeness::Written if !both_known => {
                let sessions = desk.edition.held.iter().chain(&desk.edition.coming);
                let named = sessions.flat_map(people).map(|person| &person.value.name);
                everywhere(found, named.filter(|name| name.value == bad.value), good, desk)
            }
            _ => found,
        };
        desk.report.add(found);
        true
    }

    /// Tells one person whose role is written in two ways.
    fn roles(&self, desk: &mut Desk<'_>) {
        let mut roles: BTreeMap<&str, Vec<(&Spanned<Person>, &Str)>> = BTreeMap::new();
        for session in desk.edition.held.iter().chain(&desk.edition.coming) {
            for person in people(session).filter(|person| person.value.role.is_some()) {
                let known = roles.entry(person.value.name.as_str()).or_default();
                if known.iter().all(|(other, _)| other.value.role != person.value.role) {
                    known.push((person, &session.id.value));
                }
            }
        }
        for known in roles.into_values() {
            let [(first, _), (second, record), ..] = known[..] else { continue };
            let (Some(one), Some(other)) = (&first.value.role, &second.value.role) else { continue };
            // Two people of one name are told as such.
            if first.value.id != second.value.id {
                continue;
            }
            let alike = fold(one.as_str()) == fold(other.as_str());
            let start = if alike { Diagnostic::warning } else { Diagnostic::note };
            let name = &second.value.name;
            let found = start(Code::DifferingRole, format!("`{name}` is `{other}` here and `{one}` elsewhere"))
                .at(other.span, "")
                .at(one.span, "elsewhere")
                .help("write both alike, unless the role changed")
                .of(record);
            let exact = alike && desk.sources.slice(other.span) == other.as_str();
            desk.report.add(if exact { found.fix(other.span, one.as_str()) } else { found });
        }
    }
}

/// Takes apart two full names that a word joins: `Ana Ruiz`, ` and `, `Jo van Berg`.
fn joint(text: &str) -> Option<(&str, &str, &str)> {
    const JOINTS: [&str; 4] = [" and ", " und ", " et ", " + "];
    const PARTICLES: [&str; 14] =
        ["al", "bin", "da", "de", "del", "den", "der", "di", "el", "la", "le", "van", "von", "zu"];
    let is_word = |word: &str| PARTICLES.contains(&word) || is_capital(word) && !word.contains(char::is_numeric);
    let is_full = |name: &str| {
        let words = name.split(' ').count();
        (2..=4).contains(&words) && name.split(' ').all(is_word)
    };
    JOINTS.iter().find_map(|joint| {
        let (first, second) = text.split_once(joint)?;
        (is_full(first) && is_full(second)).then_some((first, *joint, second))
    })
}

/// Reads the prose of one page.
pub fn page(page: &Page<'_>, desk: &mut Desk<'_>) {
    let Record::Session(session) = page.record else { return };
    let people: Vec<(&Person, Name)> =
        people(session).map(|person| (&person.value, Name::new(person.value.name.as_str()))).collect();
    for (passage, stretch) in page.stretches().filter(|(passage, _)| passage.is_prose && !people.is_empty()) {
        let words = stretch.words();
        for (at, _) in words.iter().enumerate().filter(|(_, (_, word))| is_capital(word)) {
            name_in_prose(page, &people, passage, stretch, &words, at, desk);
            if LEADS.iter().any(|lead| ends_with(stretch, words[at].0, lead)) {
                moderator(page, session, passage, stretch, &words, at, desk);
            }
        }
    }
    for item in &session.agenda {
        silent(page, session, item, desk);
    }
}

/// Looks whether the capital word at `at` ends a name that is nearly one of the session's.
fn name_in_prose(
    page: &Page<'_>,
    people: &[(&Person, Name)],
    passage: &Passage<'_>,
    stretch: &Stretch,
    words: &[(usize, &str)],
    at: usize,
    desk: &mut Desk<'_>,
) {
    let Some((part, said)) = name_ending(&stretch.text, words, at) else { return };
    let written = &stretch.text[part.clone()];
    if people.iter().any(|(person, _)| person.name.as_str() == written) {
        return;
    }
    let found = people.iter().find_map(|(person, name)| Some((person, name, name.likeness(&said)?)));
    let Some((person, name, likeness)) = found else { return };
    // More words before the name may be a title: `Cluster Manager Zsolt Keresztúri`.
    if name.parts.len() < said.parts.len() {
        return;
    }
    let good = person.name.as_str();
    // Accents are lost on the way, they do not come by themselves: then the table is wrong.
    let is_better = likeness == Likeness::Written && said.accents() > name.accents();
    let help = if is_better {
        format!("correct the table: `{written}`")
    } else {
        format!("write `{good}`, or correct the table")
    };
    let place = passage.place(stretch, part.clone(), desk.sources);
    let found = Diagnostic::warning(Code::NameVariants, format!("`{written}` is perhaps `{good}`"))
        .at(place, why(likeness))
        .at(person.name.span, "so in the table")
        .help(help)
        .of(page.id);
    // With a letter or a part between them they may be two people. In which order the parts belong only the people
    // table knows.
    let is_sure = likeness == Likeness::Written
        && !is_better
        && (person.id.is_some() || name.parts.first() == said.parts.first());
    let found = if is_sure { passage.fix(found, stretch, part, good, desk.sources) } else { found };
    // What was told of this page stands last.
    let mut of_page = desk.report.diagnostics().iter().rev().take_while(|d| d.records == found.records);
    if !of_page.any(|d| d.code == found.code && d.message == found.message) {
        desk.report.add(found);
    }
}

/// What stands before the name of a moderator.
const LEADS: [&str; 7] =
    ["moderator", "moderated by", "moderation", "moderatorin", "moderiert von", "modéré par", "modératrice"];

fn why(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Written => "the same name in another way of writing",
        Likeness::Longer => "one name has a part more",
        Likeness::Misspelt => "one letter differs",
    }
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

/// Gives the run of capital words that ends at `at`, at most four of them, and the name that it is.
fn name_ending(text: &str, words: &[(usize, &str)], at: usize) -> Option<(Range<usize>, Name)> {
    let joined = |one: usize| {
        let (start, word) = words[one];
        &text[start + word.len()..words[one + 1].0] == " "
    };
    // It must end there.
    if words.get(at + 1).is_some_and(|(_, next)| is_capital(next)) && joined(at) {
        return None;
    }
    let mut first = at;
    while first > 0 && at - first < 3 && joined(first - 1) && is_capital(words[first - 1].1) {
        first -= 1;
    }
    // What is joined to something before it is not the whole name.
    if text[..words[first].0].ends_with(['-', '\u{2010}', '\u{2011}', '.', '’', '\'']) {
        return None;
    }
    let part = words[first].0..words[at].0 + words[at].1.len();
    (first < at).then(|| (part.clone(), Name::new(&text[part])))
}

/// Says whether the text before `at` ends with `lead`, with no more than a colon between.
fn ends_with(stretch: &Stretch, at: usize, lead: &str) -> bool {
    let before = stretch.text[..at].trim_end_matches([' ', ':', '\u{A0}']);
    let tail = before.len().checked_sub(lead.len()).and_then(|from| before.get(from..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(lead))
}

/// Tells a moderator of the prose whom the table does not have.
fn moderator(
    page: &Page<'_>,
    session: &Session,
    passage: &Passage<'_>,
    stretch: &Stretch,
    words: &[(usize, &str)],
    first: usize,
    desk: &mut Desk<'_>,
) {
    let mut last = first;
    let joined = |one: usize| stretch.text.get(words[one].0 + words[one].1.len()..words[one + 1].0) == Some(" ");
    while words.get(last + 1).is_some_and(|(_, next)| is_capital(next) && joined(last)) {
        last += 1;
    }
    let part = words[first].0..words[last].0 + words[last].1.len();
    let said = Name::new(&stretch.text[part.clone()]);
    let [table, ..] = &session.moderators[..] else { return };
    let is_known = session.moderators.iter().any(|person| {
        let known = Name::new(person.value.name.as_str());
        known.likeness(&said).is_some() || said.parts.iter().all(|part| known.parts.contains(part))
    });
    if is_known || said.parts.len() < 2 {
        return;
    }
    let name = &stretch.text[part.clone()];
    desk.report.add(
        Diagnostic::warning(Code::OtherModerator, format!("the text calls `{name}` the moderator"))
            .at(passage.place(stretch, part.clone(), desk.sources), "")
            .at(table.span, format!("the table names `{}`", table.value.name))
            .help("see who it was; add them to `moderators` if there were two")
            .of(page.id),
    );
}

/// Tells a speaker whose section does not mention them.
fn silent(page: &Page<'_>, session: &Session, item: &crate::model::AgendaItem, desk: &mut Desk<'_>) {
    let Some(body) = item.body.as_ref().filter(|_| session.is_held(desk.edition.today)) else { return };
    let text = fold(body.source().as_str());
    let said: Vec<&str> = words(&text).into_iter().map(|(_, word)| word).collect();
    // A few words name nobody.
    if said.len() < 30 || item.speakers.len() > 4 {
        return;
    }
    for person in &item.speakers {
        let name = Name::new(person.value.name.as_str());
        if !name.parts.is_empty() && !name.parts.iter().any(|part| said.contains(&part.as_str())) {
            desk.report.add(
                Diagnostic::note(Code::SilentSpeaker, format!("the section does not mention `{}`", person.value.name))
                    .at(person.span, "a speaker of it")
                    .at(item.title.span, "this section")
                    .help("say what they said, or correct the speakers")
                    .of(page.id),
            );
        }
    }
}
