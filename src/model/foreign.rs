//! What is shown in another language than the edition's, because there is nothing in that.

use std::collections::BTreeSet;

use crate::model::value::Language;
use crate::source::Span;

/// Where values stand that are in another language than the edition, and in which.
#[derive(Debug, Clone, Default)]
pub struct Foreign {
    /// By place, once sorted; each with how far it and all before it in its file reach.
    values: Vec<(Span, Option<Language>, u32)>,
    /// The languages in which something is told, shown or not.
    seen: BTreeSet<Language>,
}

impl Foreign {
    /// Notes a value.
    pub fn note(&mut self, place: Span, language: Language) {
        self.values.push((place, Some(language), place.end));
    }

    /// Notes a value that is in the edition's language, within what is not.
    pub fn note_own(&mut self, place: Span) {
        self.values.push((place, None, place.end));
    }

    /// Notes a language in which something is told.
    pub fn see(&mut self, language: Language) {
        self.seen.insert(language);
    }

    /// Gives the languages in which something is told.
    pub fn seen(&self) -> impl Iterator<Item = Language> {
        self.seen.iter().copied()
    }

    /// Takes all of another one.
    pub fn append(&mut self, mut other: Foreign) {
        self.seen.append(&mut other.seen);
        self.values.append(&mut other.values);
    }

    /// Says that all are noted.
    pub fn settle(&mut self) {
        self.values.sort_unstable();
        for at in 1..self.values.len() {
            let (before, _, reach) = self.values[at - 1];
            let (place, _, own) = &mut self.values[at];
            *own = if before.source == place.source { reach.max(place.end) } else { place.end };
        }
    }

    /// Gives the language of what stands at a place, as the nearest of all that hold it says; `None`: it is that of the
    /// edition, as far as anyone said.
    pub fn at(&self, place: Span) -> Option<Language> {
        let after =
            self.values.partition_point(|(known, ..)| (known.source, known.start) <= (place.source, place.start));
        let before = self.values[..after].iter().rev();
        let mut near = before.take_while(|(known, _, reach)| known.source == place.source && place.end <= *reach);
        near.find(|(known, ..)| place.end <= known.end).and_then(|(_, language, _)| *language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::source::Sources;

    #[test]
    fn a_part_of_a_value_is_in_its_language() {
        let id = Sources::default().add("a.csv", "".into(), &mut Report::default()).expect("UTF-8");
        let german = Language::from_tag("de").expect("a language");
        let mut foreign = Foreign::default();
        foreign.note(Span::new(id, 20..30), german);
        foreign.note(Span::new(id, 5..9), german);
        foreign.settle();
        let at = |start, end| foreign.at(Span::new(id, start..end));
        assert_eq!(at(22, 30), Some(german));
        assert_eq!(at(5, 9), Some(german));
        assert_eq!(at(5, 12), None);
        assert_eq!(at(0, 3), None);
        // A row in which one value is in another language, and one in that of the edition.
        let french = Language::from_tag("fr").expect("a language");
        foreign.note(Span::new(id, 40..90), german);
        foreign.note(Span::new(id, 50..60), french);
        foreign.note_own(Span::new(id, 62..66));
        foreign.settle();
        let at = |start, end| foreign.at(Span::new(id, start..end));
        assert_eq!((at(45, 48), at(51, 60), at(70, 80)), (Some(german), Some(french), Some(german)));
        assert_eq!((at(62, 66), at(80, 95)), (None, None));
    }
}
