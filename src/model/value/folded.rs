//! Letters as one compares them: two ways of writing one word are one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Gives a word without accents and capitals: `Szirmai` and `SZIRMAÍ` are one.
pub fn fold(word: &str) -> String {
    let plain = word.nfd().filter(|c| !is_combining_mark(*c));
    let letters = plain.flat_map(char::to_lowercase).map(|c| match c {
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        'ı' => 'i',
        other => other,
    });
    letters.collect::<String>().replace('ß', "ss").replace('æ', "ae").replace('œ', "oe")
}

/// Gives the words of a text, folded, without marks between them: `Rust, a first look` is `RUST – a first look`.
pub fn fold_words(text: &str) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == ' ';
    let folded = if text.chars().all(plain) { text.to_owned() } else { fold(text) };
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Gives the same of a title, with the signs that tell one from another: `C++` is not `C#`.
pub fn fold_title(text: &str) -> String {
    if !text.contains(SIGNS) {
        return fold_words(text);
    }
    let mut folded = String::with_capacity(text.len());
    for c in fold(text).chars() {
        let is_in_word = folded.ends_with(|last: char| last != ' ');
        if c.is_alphanumeric() || SIGNS.contains(&c) && is_in_word {
            folded.push(c);
        } else if is_in_word {
            folded.push(' ');
        }
    }
    folded.trim_end().to_owned()
}

/// Signs at the end of a name that make it another one.
const SIGNS: [char; 3] = ['+', '#', '♯'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_accents_make_no_difference() {
        assert_eq!(fold_words(" Málaga – Straße, №1"), fold_words("MALAGA: Strasse (№1)"));
        assert_ne!(fold_words("Workshop 1"), fold_words("Workshop 2"));
        assert_eq!(fold_words("会議"), "会議");
    }
    #[test]
    fn a_sign_after_a_word_is_part_of_a_title() {
        assert_eq!(fold_title("Intro to C++"), "intro to c++");
        assert_ne!(fold_title("C++"), fold_title("C#"));
        assert_eq!(fold_title("#News: Rust – a first look"), fold_title("NEWS, Rust a first look"));
        assert_eq!(fold_title("A + B"), fold_title("A B"));
    }
}
