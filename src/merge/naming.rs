//! People whom sessions name get what their own record says of them.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Tables;
use super::gathered::Gathered;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::Cells;
use crate::model::person::is_id;
use crate::model::table::Table;
use crate::model::value::{private_parts, slug};
use crate::model::{Person, Session};
use crate::source::{Spanned, Str, Text};

/// Names of people, each with the number of the one who has it; `None` where several have.
#[derive(Debug, Default)]
pub(super) struct Names(FxHashMap<Str, Option<usize>>);

impl Names {
    /// Takes the names as they are now; whoever was known by another one keeps it.
    pub(super) fn note(&mut self, people: &Gathered<Spanned<Person>>) {
        for (at, person) in people.records.iter().enumerate() {
            let known = self.0.entry(person.value.name.value.clone()).or_insert(Some(at));
            if *known != Some(at) {
                *known = None;
            }
        }
    }
}

/// All people, as they are looked up.
struct Known<'p> {
    people: &'p Gathered<Spanned<Person>>,
    names: Names,
    /// Whether all files of them could be read.
    is_whole: bool,
}

impl Tables<'_> {
    /// Fills in whoever is named in a session.
    pub(super) fn name_people(&mut self, names: Names, cells: &mut Cells<'_>) {
        let Tables { sessions, people, broken, .. } = self;
        let known = Known { people, names, is_whole: !broken.contains(&Table::People) };
        for person in sessions.records.iter_mut().flat_map(mentions) {
            known.fill(person, cells);
        }
    }
}

impl Known<'_> {
    /// Gives the one person of a name. `None`: nobody has it; the inner one: several have.
    fn named(&self, name: &str) -> Option<Option<&Person>> {
        self.names.0.get(name).map(|at| at.map(|at| &self.people.records[at].value))
    }

    /// Fills what a person's record says and this mention of them does not.
    fn fill(&self, person: &mut Spanned<Person>, cells: &mut Cells<'_>) {
        let alone = person.value.role.is_none() && person.value.organisation.is_none();
        let id = match &person.value.id {
            Some(id) => Some(id.clone()),
            // An id may stand before a role, or not look like one.
            None if alone || is_id(person.value.name.as_str()) => Some(person.value.name.clone()),
            None => None,
        };
        let by_id = id.as_ref().and_then(|id| self.people.get(&id.value)).map(|known| &known.value);
        // The name as it stands in `people` names the person too, if nobody else has it.
        let by_name = || id.as_ref().filter(|_| alone).and_then(|name| self.named(name.as_str())).flatten();
        let Some(known) = by_id.or_else(by_name) else {
            self.leave(person, cells);
            return;
        };
        person.value.publish_as(known, cells);
        let Person { id: own, name, role, organisation, .. } = &mut person.value;
        if name.value.is_empty() || id.as_ref() == Some(name) || known.id.as_ref() == Some(name) {
            *name = known.name.clone();
        }
        *own = known.id.clone();
        *role = role.take().or_else(|| known.role.clone());
        *organisation = organisation.take().or_else(|| known.organisation.clone());
    }

    /// Leaves a person as named in the session.
    fn leave(&self, person: &mut Spanned<Person>, cells: &mut Cells<'_>) {
        // They may be who has a record under this name: then readers may know no more than that says.
        if let Some(namesake) = self.named(person.value.name.as_str()) {
            person.value.public = namesake.and_then(|known| known.public.clone());
        }
        person.value.publish(cells);
        let Some(id) = person.value.id.clone() else { return };
        let is_private = !private_parts(id.as_str()).is_empty();
        if person.value.name.value.is_empty() {
            person.value.name = id.clone();
            if is_private {
                // It is never printed, because nothing is.
                person.value.name = id.with("?".into());
                let help = "give `name` as well: an email address or telephone number is not printed";
                cells.missing(Table::People, "name", id.span, help);
            }
        }
        if !self.is_whole {
            return;
        }
        if !self.people.records.is_empty() {
            self.people.tell_unknown(&id, cells);
        } else if id.as_str().contains('-') {
            // Where nobody has an id, a word that looks like one is a name; two words hardly are.
            cells.report.add(
                Diagnostic::warning(Code::UnknownReference, "a person is named by what looks like an id")
                    .at(id.span, "there are no `people`; it is printed as it stands")
                    .help("add the table `people`, or write `Name, role, organisation`"),
            );
        }
    }
}

/// Gives everybody whom a session names.
fn mentions(session: &mut Session) -> impl Iterator<Item = &mut Spanned<Person>> {
    let items = session.agenda.iter_mut().flat_map(|item| item.speakers.iter_mut());
    session.moderators.iter_mut().chain(&mut session.speakers).chain(items)
}

/// Gives people whose id is an email address or a telephone number another one: ids go into the data of an edition.
pub(super) fn publish_ids<'s>(sessions: impl Iterator<Item = &'s mut Session>) {
    let mut mentions: Vec<&mut Spanned<Person>> = sessions.flat_map(mentions).collect();
    let ids = mentions.iter().filter_map(|person| person.value.id.as_ref());
    let (private, mut taken): (BTreeSet<Str>, BTreeSet<Str>) =
        ids.map(|id| id.value.clone()).partition(|id| !private_parts(id).is_empty());
    if private.is_empty() {
        return;
    }
    let mut public: FxHashMap<Str, Str> = FxHashMap::default();
    for person in &mut mentions {
        let Spanned { value: Person { id: Some(id), name, .. }, .. } = person else { continue };
        if !private.contains(&id.value) {
            continue;
        }
        let id: &mut Text = id;
        let new = public.entry(id.value.clone()).or_insert_with(|| {
            let base = slug(name.as_str());
            let numbered = (2..).map(|number| format!("{base}-{number}"));
            let mut all = std::iter::once(base.clone()).chain(numbered).map(Str::from);
            let new = all.find(|new| !taken.contains(new)).expect("there is no end of numbers");
            taken.insert(new.clone());
            new
        });
        id.value = new.clone();
    }
}
