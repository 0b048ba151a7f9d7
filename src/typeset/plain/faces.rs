//! The fonts of the plain engine, cut down to the letters of a document.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use subsetter::GlyphRemapper;
use ttf_parser::Face;

/// Regular, bold, italic. genpdf reads TrueType outlines alone, and the other fonts of the program have none.
static FACES: LazyLock<[Face<'static>; 3]> = LazyLock::new(|| BYTES.map(|bytes| Face::parse(bytes, 0).expect(TESTED)));

const BYTES: [&[u8]; 3] = [
    include_bytes!("../../../templates/fonts/LiberationSans-Regular.ttf"),
    include_bytes!("../../../templates/fonts/LiberationSans-Bold.ttf"),
    include_bytes!("../../../templates/fonts/LiberationSans-Italic.ttf"),
];

const TESTED: &str = "the fonts that come with the program are tested";

/// Says whether all faces have a glyph for a character, and it is not one that is written from right to left: Liberation
/// has Hebrew letters, and genpdf would set them the other way round.
pub(in crate::typeset) fn has_glyph(c: char) -> bool {
    let turns = matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    !turns && FACES.iter().all(|face| face.glyph_index(c).is_some())
}

/// Gives each face with the glyphs of `letters` alone, and the table that says which is which.
pub(super) fn subsets(letters: &BTreeSet<char>) -> [Vec<u8>; 3] {
    std::array::from_fn(|at| {
        let mut glyphs = GlyphRemapper::new();
        let mut map: Vec<(char, u16)> = Vec::new();
        // In the order of letters: same text, same bytes.
        for &letter in letters {
            map.extend(FACES[at].glyph_index(letter).map(|glyph| (letter, glyphs.remap(glyph.0))));
        }
        let subset = subsetter::subset(BYTES[at], 0, &glyphs).expect(TESTED);
        with_table(&subset, *b"cmap", &character_map(&map))
    })
}

/// Writes a table that maps characters to glyphs (OpenType 1.9, `cmap`, format 12, a group for each).
fn character_map(map: &[(char, u16)]) -> Vec<u8> {
    let count = u32::try_from(map.len()).expect("a face has at most 65 535 glyphs");
    let mut table = Vec::new();
    // Version 0, one subtable: platform 3 (Windows), encoding 10 (all of Unicode), at offset 12.
    for word in [0_u16, 1, 3, 10, 0, 12, 12, 0] {
        table.extend(word.to_be_bytes());
    }
    // Length of the subtable, language, number of groups.
    for word in [16 + 12 * count, 0, count] {
        table.extend(word.to_be_bytes());
    }
    for (letter, glyph) in map {
        for word in [u32::from(*letter), u32::from(*letter), u32::from(*glyph)] {
            table.extend(word.to_be_bytes());
        }
    }
    table
}

/// Adds a table to a font file (OpenType 1.9, table directory). Checksums stay 0, which those who embed fonts accept.
fn with_table(font: &[u8], tag: [u8; 4], table: &[u8]) -> Vec<u8> {
    let number = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().expect("four bytes")) as usize;
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let mut tables: Vec<([u8; 4], &[u8])> = (0..count)
        .map(|n| 12 + 16 * n)
        .map(|at| (font[at..at + 4].try_into().expect("four bytes"), &font[number(at + 8)..][..number(at + 12)]))
        .filter(|(other, _)| *other != tag)
        .collect();
    tables.push((tag, table));
    tables.sort_by_key(|(tag, _)| *tag);
    let count = u16::try_from(tables.len()).expect("some tables");
    let power = 1_u16 << count.ilog2();
    let mut file = font[..4].to_vec();
    for word in [count, power * 16, power.ilog2() as u16, (count - power) * 16] {
        file.extend(word.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    for (tag, bytes) in &tables {
        file.extend(tag);
        for word in [0, offset, bytes.len()] {
            file.extend(u32::try_from(word).expect("a font is smaller than 4 GiB").to_be_bytes());
        }
        offset += bytes.len().next_multiple_of(4);
    }
    for (_, bytes) in &tables {
        file.extend(*bytes);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subset_has_its_letters_and_no_others() {
        let letters: BTreeSet<char> = "Aé Ωж–€ ".chars().collect();
        for subset in subsets(&letters) {
            let face = Face::parse(&subset, 0).expect("a font");
            let glyphs: BTreeSet<_> =
                letters.iter().map(|letter| face.glyph_index(*letter).expect("a glyph")).collect();
            assert_eq!(glyphs.len(), letters.len(), "letters can be told apart when they are copied");
            assert_eq!(face.glyph_index('B'), None);
            let advance = |face: &Face<'_>, c| face.glyph_hor_advance(face.glyph_index(c).expect("a glyph"));
            assert!(FACES.iter().any(|whole| advance(whole, 'A') == advance(&face, 'A')));
        }
    }

    #[test]
    fn each_letter_has_a_glyph_of_its_own_and_is_read_back_as_itself() {
        for face in FACES.iter() {
            let mut glyphs = BTreeSet::new();
            let letters = ('\u{20}'..=char::MAX).filter_map(|letter| face.glyph_index(letter));
            assert!(letters.into_iter().all(|glyph| glyphs.insert(glyph.0)));
            assert!(glyphs.len() > 2000, "{}", glyphs.len());
        }
    }

    #[test]
    fn coverage() {
        assert!("aßŽőąșţΩЖ“„«–—·•€№→\u{A0}".chars().all(has_glyph));
        assert!("中😀عא\u{E000}".chars().filter(|c| has_glyph(*c)).count() <= 1, "of these, Hebrew at most");
    }
}
