//! What a cure changes, as a unified diff.

use bulletin::read::mend::Mended;
use similar::TextDiff;

/// Gives the diff of one file, as `patch` takes it.
pub fn unified(mended: &Mended<'_>) -> String {
    let name = &mended.source.name;
    let diff = TextDiff::from_lines(mended.source.text.as_str(), mended.text.as_str());
    diff.unified_diff().header(name, name).to_string()
}
