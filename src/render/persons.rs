//! Persons as they are printed: those who follow each other and work for the same organisation share it.

use std::borrow::Cow;

use crate::locale::{Labels, Locale};
use crate::model::Person;
use crate::source::Spanned;

/// Some persons of one organisation, or one without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<'a> {
    /// Who, in the order given.
    pub members: Vec<Member<'a>>,
    /// For whom they all work.
    pub organisation: Option<&'a str>,
}

/// One person of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<'a> {
    /// What stands between the member before and this one: `; `, ` & ` before the last, nothing before the first.
    pub before: &'a str,
    /// Name.
    pub name: &'a str,
    /// Role, if any.
    pub role: Option<&'a str>,
    /// Address of a page about them.
    pub url: Option<&'a str>,
}

/// Persons and what they do.
pub struct Role<'a> {
    /// What they do.
    pub label: &'a str,
    /// The label before persons in running text.
    pub colon: String,
    /// Who, in the order given.
    pub persons: Vec<Group<'a>>,
}

impl<'a> Role<'a> {
    /// Takes a label of the language and those whom it is said of.
    pub fn new(label: &'a str, persons: Vec<Group<'a>>, locale: &Locale) -> Self {
        Role { label, colon: locale.say("with-colon", &[("label", label)]), persons }
    }
}

/// Groups persons: `Nóra Szirmai, Communication Manager & Zsolt Keresztúri, Cluster Manager, Innoskart`.
pub fn group<'a>(persons: impl IntoIterator<Item = &'a Spanned<Person>>, labels: &'a Labels) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for person in persons.into_iter().map(|person| &person.value) {
        let organisation = person.organisation.as_ref().map(|text| text.as_str());
        let member = Member {
            before: "",
            name: person.name.as_str(),
            role: person.role.as_ref().map(|text| text.as_str()),
            url: person.url.as_ref().map(|url| url.value.as_str()),
        };
        match groups.last_mut() {
            Some(last) if organisation.is_some() && last.organisation == organisation => last.members.push(member),
            _ => groups.push(Group { members: vec![member], organisation }),
        }
    }
    for group in &mut groups {
        let last = group.members.len() - 1;
        for (at, member) in group.members.iter_mut().enumerate().skip(1) {
            member.before = if at == last { &labels.and } else { &labels.semicolon };
        }
    }
    groups
}

impl Group<'_> {
    /// Says the group in one line.
    pub fn words(&self, locale: &Locale) -> String {
        let mut words = String::with_capacity(96);
        self.pieces(locale).iter().for_each(|(piece, _)| words.push_str(piece));
        words
    }

    /// Gives the pieces of that line, each with the address that it leads to: those of names do.
    pub fn pieces<'p>(&'p self, locale: &'p Locale) -> Vec<(Cow<'p, str>, Option<&'p str>)> {
        let comma = || (Cow::Borrowed(locale.labels.comma.as_str()), None);
        let mut pieces = Vec::new();
        for member in &self.members {
            pieces.extend([(member.before.into(), None), (locale.part(member.name), member.url)]);
            if let Some(role) = member.role {
                pieces.extend([comma(), (locale.part(role), None)]);
            }
        }
        if let Some(organisation) = self.organisation {
            pieces.extend((!self.members.is_empty()).then(comma));
            pieces.push((locale.part(organisation), None));
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use crate::render::fixture::{person, span};

    fn said(persons: &[(&str, &str, &str)]) -> Vec<String> {
        let locale = Locale::new(Lang::English);
        let persons: Vec<_> =
            persons.iter().map(|(name, role, of)| Spanned::new(person(name, role, of), span())).collect();
        group(&persons, &locale.labels).iter().map(|group| group.words(&locale)).collect()
    }

    #[test]
    fn neighbours_of_one_organisation_share_it() {
        let innoskart = [("Nóra", "Editor", "Innoskart"), ("Zsolt", "Manager", "Innoskart")];
        assert_eq!(said(&innoskart), ["Nóra, Editor & Zsolt, Manager, Innoskart"]);
        assert_eq!(said(&[("A", "", "X"), ("B", "r", "X"), ("C", "", "X")]), ["A; B, r & C, X"]);
        assert_eq!(said(&[("A", "", "X"), ("B", "", "Y"), ("C", "", "X")]), ["A, X", "B, Y", "C, X"]);
    }

    #[test]
    fn those_without_organisation_stand_alone() {
        assert_eq!(said(&[("A", "", ""), ("B", "r", "")]), ["A", "B, r"]);
        assert!(said(&[]).is_empty());
    }
}
