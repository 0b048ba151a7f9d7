//! Who is who: one person can be named in many records, and two can have one name.

use std::collections::{BTreeMap, BTreeSet};

use super::Person;
use crate::source::Text;

/// Tells one person from another. Order is by what they are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identity<'a> {
    /// By the `id` of a record.
    Id(&'a str),
    /// By name and organisation; the latter is empty where nobody said.
    Named(&'a str, &'a str),
}

impl Identity<'_> {
    /// Names a person among all items: `people/#moreau`, `people/Ada Moreau/Town Library`.
    pub fn item_name(self) -> String {
        match self {
            Identity::Id(id) => format!("people/#{id}"),
            Identity::Named(name, organisation) => format!("people/{name}/{organisation}"),
        }
    }
}

/// Chooses of the mentions of one person the one that is printed where they are listed: the first that says an
/// organisation, else the first.
pub fn best<'a>(mentions: &[&'a Person]) -> Option<&'a Person> {
    mentions.iter().copied().min_by_key(|person| (person.organisation.is_none(), person.name.span))
}

/// All people of an edition.
#[derive(Debug, Default)]
pub struct Identities<'a> {
    /// Those of each name, with an organisation that they are named with.
    by_name: BTreeMap<&'a str, BTreeSet<(Identity<'a>, &'a str)>>,
}

impl<'a> Identities<'a> {
    /// Gathers the people of some mentions.
    pub fn of(people: impl Iterator<Item = &'a Person> + Clone) -> Identities<'a> {
        let mut all = Identities::default();
        // Records first: what is named without an id may be one of them.
        for person in people.clone().filter(|person| person.id.is_some()) {
            all.note(person);
        }
        for person in people.filter(|person| person.id.is_none() && person.organisation.is_some()) {
            all.note(person);
        }
        all
    }

    fn note(&mut self, person: &'a Person) {
        let who = self.who(person);
        self.by_name.entry(person.name.as_str()).or_default().insert((who, organisation(person)));
    }

    /// Says who is meant: whose id it is, else the one person of that name and organisation. A name without an
    /// organisation means the one person of that name; where there are several, it means none of them.
    pub fn who(&self, person: &'a Person) -> Identity<'a> {
        if let Some(id) = &person.id {
            return Identity::Id(id.as_str());
        }
        let (name, organisation) = (person.name.as_str(), organisation(person));
        let namesakes = self.by_name.get(name).into_iter().flatten();
        let meant: BTreeSet<Identity<'_>> = namesakes
            .filter(|(_, theirs)| organisation.is_empty() || *theirs == organisation)
            .map(|(who, _)| *who)
            .collect();
        match meant.first() {
            Some(who) if meant.len() == 1 => *who,
            _ => Identity::Named(name, organisation),
        }
    }
}

fn organisation(person: &Person) -> &str {
    person.organisation.as_ref().map_or("", Text::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::{person, text};

    /// Gives for each mention (id, name, organisation) the place of the first that means the same person.
    fn same(mentions: &[(&str, &str, &str)]) -> Vec<usize> {
        let people: Vec<Person> = mentions
            .iter()
            .map(|(id, name, organisation)| Person {
                id: (!id.is_empty()).then(|| text(id)),
                ..person(name, "", organisation)
            })
            .collect();
        let all = Identities::of(people.iter());
        let who: Vec<Identity<'_>> = people.iter().map(|person| all.who(person)).collect();
        who.iter().map(|one| who.iter().position(|other| other == one).expect("itself")).collect()
    }

    #[test]
    fn a_person_is_told_by_id_then_by_name_and_organisation() {
        // Two records of one name and organisation are two people.
        assert_eq!(same(&[("a", "Anna", "Org"), ("b", "Anna", "Org"), ("a", "Anna", "Org")]), [0, 1, 0]);
        // A bare name is the one person of that name, whichever comes first.
        assert_eq!(same(&[("", "Anna", ""), ("", "Anna", "Org")]), [0, 0]);
        assert_eq!(same(&[("a", "Anna", "Org"), ("", "Anna", ""), ("", "Anna", "Org")]), [0, 0, 0]);
        // Of two people it can be neither.
        assert_eq!(same(&[("", "Anna", "Org"), ("", "Anna", "Other"), ("", "Anna", "")]), [0, 1, 2]);
        assert_eq!(same(&[("a", "Anna", "Org"), ("", "Anna", "Other"), ("", "Anna", "Other")]), [0, 1, 1]);
        assert_eq!(same(&[("", "Anna", ""), ("", "Anna", ""), ("", "Ann", "")]), [0, 0, 2]);
    }
}
