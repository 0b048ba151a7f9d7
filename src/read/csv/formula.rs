//! Cells in which a spreadsheet's formula was kept as text, and that say their value all the same.

/// What such a formula comes to.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::read) enum Formula {
    /// `="007"`: text that is not to be taken for a number.
    Text(String),
    /// `=HYPERLINK("https://…","text")`: text that leads somewhere. Its arguments are parted by `,` or `;`.
    Link { url: String, text: String },
}

/// Reads a formula whose value stands in it; nothing for every other one.
pub(in crate::read) fn read(cell: &str) -> Option<Formula> {
    let body = cell.trim().strip_prefix('=')?.trim();
    if body.starts_with('"') {
        let (text, rest) = string(body)?;
        return rest.is_empty().then_some(Formula::Text(text));
    }
    let (name, arguments) = body.split_once('(')?;
    if !name.trim().eq_ignore_ascii_case("hyperlink") {
        return None;
    }
    let (url, rest) = string(arguments.strip_suffix(')')?.trim())?;
    if rest.is_empty() {
        return Some(Formula::Link { text: url.clone(), url });
    }
    let shown = rest.strip_prefix([',', ';'])?.trim();
    let text = match string(shown) {
        Some((text, "")) => text,
        // A number stands without quotes.
        None if shown.parse::<f64>().is_ok() => shown.to_owned(),
        _ => return None,
    };
    Some(Formula::Link { url, text })
}

/// Reads text in quotes, in which a quote stands twice; gives what follows it.
fn string(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('"')?;
    let bytes = inside.as_bytes();
    let mut at = 0;
    loop {
        at += memchr::memchr(b'"', &bytes[at..])?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some((inside[..at].replace("\"\"", "\""), inside[at + 1..].trim_start()));
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_that_hold_their_value_are_read() {
        let link = |url: &str, text: &str| Some(Formula::Link { url: url.into(), text: text.into() });
        for (cell, expected) in [
            (r#"=HYPERLINK("https://example.org","Seed fund")"#, link("https://example.org", "Seed fund")),
            (
                r#"=hyperlink( "https://example.org/?a=(1)" ; "say ""so""" )"#,
                link("https://example.org/?a=(1)", "say \"so\""),
            ),
            (r#"=HYPERLINK("https://example.org")"#, link("https://example.org", "https://example.org")),
            (r#"=HYPERLINK("https://example.org",2024)"#, link("https://example.org", "2024")),
            (r#"="007""#, Some(Formula::Text("007".into()))),
            (r#"=HYPERLINK(A2,"Seed fund")"#, None),
            (r#"=HYPERLINK("https://example.org",B2)"#, None),
            (r#"="a"&"b""#, None),
            ("=SUM(A1:A3)", None),
            ("= 5", None),
        ] {
            assert_eq!(read(cell), expected, "{cell}");
        }
    }
}
