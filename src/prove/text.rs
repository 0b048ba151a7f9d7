//! What the text part says.

use crate::reading::Reading;

/// Reads it: items begin after an empty line, or as an entry of a list.
pub fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    let mut after_empty = true;
    for line in text.lines() {
        if after_empty || line.starts_with("- ") {
            reading.mark(None);
        }
        after_empty = line.is_empty();
        for word in line.split_whitespace() {
            let address = word.strip_prefix('<').map_or(word, |word| word.split('>').next().unwrap_or(word));
            if address.contains([':', '@']) || address.starts_with('+') {
                reading.link(address);
            }
        }
        reading.add(line);
        reading.part();
    }
    reading
}
