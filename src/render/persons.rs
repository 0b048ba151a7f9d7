//! Persons as they are printed: those who follow each other and work for the same organisation share it.

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
    pub before: &'static str,
    /// Name.
    pub name: &'a str,
    /// Role, if any.
    pub role: Option<&'a str>,
    /// Address of a page about them.
    pub url: Option<&'a str>,
}

/// Groups persons: `Nóra Szirmai, Communication Manager & Zsolt Keresztúri, Cluster Manager, Innoskart`.
pub fn group<'a>(persons: impl IntoIterator<Item = &'a Spanned<Person>>) -> Vec<Group<'a>> {
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
            member.before = if at == last { " & " } else { "; " };
        }
    }
    groups
}

impl std::fmt::Display for Group<'_> {
    /// Writes the group in one line.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for member in &self.members {
            write!(f, "{}{}", member.before, member.name)?;
            if let Some(role) = member.role {
                write!(f, ", {role}")?;
            }
        }
        match self.organisation {
            Some(organisation) => write!(f, ", {organisation}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::{person, span};

    fn said(persons: &[(&str, &str, &str)]) -> Vec<String> {
        let persons: Vec<_> =
            persons.iter().map(|(name, role, of)| Spanned::new(person(name, role, of), span())).collect();
        group(&persons).iter().map(Group::to_string).collect()
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
