//! Names of people, taken apart: what two ways of writing one name have in common.

use crate::model::person::is_id;
pub use crate::model::value::fold;

/// A name in parts, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// In the order in which they stand.
    pub parts: Vec<String>,
    /// The same as they are written.
    written: Vec<String>,
}

/// How two names differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// Accents, capitals or the order of the parts.
    Written,
    /// A part more in one of them.
    Longer,
    /// A letter or two.
    Misspelt,
}

impl Name {
    /// Takes a name apart; titles, initials and what stands in brackets are left out. A person with their house in one
    /// name, `Ana Ruiz / Harbour Network Lab`, has none that could be compared, nor has an id that stands for a name.
    pub fn new(name: &str) -> Name {
        const TITLES: [&str; 13] =
            ["dr", "prof", "mr", "mrs", "ms", "phd", "dipl", "ing", "univ", "mag", "dott", "ssa", "habil"];
        let name = name.split('(').next().unwrap_or(name);
        let is_id = name.contains('-') && is_id(name);
        let name = if name.contains(['/', '|']) || is_id { "" } else { name };
        let parts = name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
        let parts = parts.filter(|part| part.chars().count() > 1).map(|part| (fold(part), part.to_owned()));
        let (parts, written) = parts.filter(|(part, _)| !TITLES.contains(&part.as_str())).unzip();
        Name { parts, written }
    }

    /// Gives the parts in order of the alphabet: alike for `Nóra Szirmai` and `Szirmai Nora`.
    pub fn key(&self) -> String {
        let mut parts = self.parts.clone();
        parts.sort();
        parts.join(" ")
    }

    /// Counts the letters that are easily lost on the way: those with an accent. The name that has more is the right one.
    pub fn accents(&self) -> usize {
        self.written.iter().flat_map(|part| part.chars()).filter(|c| !c.is_ascii()).count()
    }

    /// Says how another name is surely like this one; `None`: it is another person's.
    pub fn likeness(&self, other: &Name) -> Option<Likeness> {
        let (one, two) = (&self.parts, &other.parts);
        // Whoever leaves out a title or an initial means nobody else.
        if one.len() < 2 || two.len() < 2 || self.written == other.written {
            return None;
        }
        if self.key() == other.key() {
            return Some(Likeness::Written);
        }
        let (short, long) = if one.len() < two.len() { (one, two) } else { (two, one) };
        if short.len() < long.len() {
            let has_all = short.iter().all(|part| part.len() > 1 && long.contains(part));
            return (has_all && short.last() == long.last()).then_some(Likeness::Longer);
        }
        // One letter of a long part; the others are the same.
        let mut differ = short.iter().zip(long).filter(|(a, b)| a != b);
        let (a, b) = differ.next()?;
        if is_other_form(a, b) {
            return None;
        }
        let long_enough = a.chars().count() > 5 && b.chars().count() > 5 && a.chars().next() == b.chars().next();
        (differ.next().is_none() && long_enough && strsim::osa_distance(a, b) == 1).then_some(Likeness::Misspelt)
    }
}

/// Says whether two words differ at their end alone, as the names of a man and a woman do: `Martin` and `Martina`,
/// `Simone` and `Simona`, `Novák` and `Nováka`.
fn is_other_form(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let stem = |word: &str| word.trim_end_matches(['a', 'e', 'o', 's']).to_owned();
    long.starts_with(short) && long[short.len()..].chars().all(|c| "aeos".contains(c)) || stem(short) == stem(long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared() {
        for (one, other, expected) in [
            ("Nóra Szirmai", "Szirmai Nora", Some(Likeness::Written)),
            ("NÓRA SZIRMAI", "Nóra Szirmai", Some(Likeness::Written)),
            ("Miguel Manuel Seuffert", "Manuel Seuffert", Some(Likeness::Longer)),
            ("Dr. Georg C. F. Sauer", "Georg Sauer", None),
            ("Johan Wasberg", "Johan Wassberg", Some(Likeness::Misspelt)),
            ("Anna Meier", "Anna Meyer", None),
            ("Anna Lindqvist", "Hanna Lindqvist", None),
            ("Maria Garcia", "Maria Garcia Lopez", None),
            ("Wasberg", "Johan Wasberg", None),
            ("Martin Weber", "Martina Weber", None),
            ("Simone Weber", "Simona Weber", None),
            ("Christian Weber", "Christiane Weber", None),
            ("Andreas Weber", "Andrea Weber", None),
            ("Anna Hofmann", "Anna Hoffmann", Some(Likeness::Misspelt)),
            ("Harbour Network Lab", "Ana Ruiz / Harbour Network Lab", None),
            ("Anna Hofmann (she/her)", "Anna Hoffmann", Some(Likeness::Misspelt)),
        ] {
            assert_eq!(Name::new(one).likeness(&Name::new(other)), expected, "{one} / {other}");
        }
    }
}
