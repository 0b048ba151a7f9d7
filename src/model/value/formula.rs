//! Cells that hold a spreadsheet's formula, or the error that it came to, and no value.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Mark, Spanned};

/// What spreadsheet programs show where a formula came to an error, in the languages that they speak.
const ERRORS: &str = "#REF! #N/A #NAME? #VALUE! #DIV/0! #NULL! #NUM! #SPILL! #CALC! #FIELD! #DATA! #GETTING_DATA \
    #BLOCKED! #BUSY! #CONNECT! #UNKNOWN! #EXTERNAL! #PYTHON! #ERROR! #BEZUG! #NV #WERT! #ZAHL! #ÜBERLAUF! #KALK! \
    #FELD! #VALEUR! #NOM? #NUL! #NOMBRE! #NOMBRE? #PROPAGATION! #CHAMP! #¡REF! #N/D #¡VALOR! #¿NOMBRE? #¡DIV/0! \
    #¡NULO! #¡NUM! #¡DESBORDAMIENTO! #VALOR! #NOME? #NÚM! #NULO! #RIF! #VALORE! #NULLO! #VERW! #WAARDE! #NAAM? \
    #DEEL/0! #LEEG! #GETAL! #N/B #ADR! #ARG! #NAZWA? #DZIEL/0! #LICZBA! #ZERO! #N/D! #REFERENS! #VÄRDEFEL! #NAMN? \
    #DIVISION/0! #SAKNAS! #OGILTIGT!";

/// What is known of a cell besides its text.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// It is one of a sheet, which says what is a formula.
    Sheet(Option<Mark>),
    /// It is one of a table in text, and a formula if it looks like one.
    Text,
    /// It stands in a format that has no formulas.
    Plain,
}

/// Says what a cell is that holds no value; nothing where it holds one.
pub fn instead(cell: &str, origin: Origin) -> Option<&'static str> {
    const ERROR: &str = "the error of a formula";
    const FORMULA: &str = "a formula that was not computed";
    match origin {
        Origin::Sheet(Some(Mark::Formula)) => return Some(FORMULA),
        Origin::Sheet(Some(Mark::Error)) => return Some(ERROR),
        // A space in front keeps what is text from being computed.
        Origin::Text if cell.starts_with('=') && is_formula(cell) => return Some(FORMULA),
        _ => {}
    }
    let cell = cell.trim();
    match cell.as_bytes() {
        [b'#', ..] if ERRORS.split(' ').any(|error| error == cell) => Some(ERROR),
        [b'#', b'#', rest @ ..] if rest.iter().all(|byte| *byte == b'#') => {
            Some("a number that was wider than its column")
        }
        [b'E', b'r', b'r', b':', number @ ..] if number.len() == 3 && number.iter().all(u8::is_ascii_digit) => {
            Some(ERROR)
        }
        _ => None,
    }
}

/// Tells a cell that holds no value, but what was found instead.
pub fn tell_instead(instead: &str, text: Spanned<&str>, field: &str, report: &mut Report) {
    report.add(
        Diagnostic::error(Code::Formula, format!("`{field}` is {instead}"))
            .at(text.span, "")
            .help("let a spreadsheet program compute it and save the table, or write the value itself"),
    );
}

/// Knows `=SUM(…)`, `=A2`, `='My sheet'!A2`, `=Table1[Title]` and `="no. "&B2`, and leaves `= the same` alone.
fn is_formula(cell: &str) -> bool {
    let Some(body) = cell.strip_prefix('=') else { return false };
    let body = body.trim_start_matches(['+', '-', '@', '(', ' ']);
    match body.chars().next() {
        // A sheet whose name has spaces; one of another file; a column of this table.
        Some('\'') => body.contains("'!"),
        Some('[') => body.starts_with("[@") || body.contains("]") && body.contains('!'),
        Some('"') => body[1..].split_once('"').is_some_and(|(_, rest)| rest.trim_start().starts_with('&')),
        Some(first) if first.is_uppercase() || first == '$' => {
            let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '$' | '!' | ':');
            let (name, rest) = body.split_at(body.find(|c| !is_of_name(c)).unwrap_or(body.len()));
            let goes_on = rest.trim_start().starts_with(['+', '-', '*', '/', '^', '&', '=', '<', '>', ')', ',', ';']);
            let is_reference = name.ends_with(|c: char| c.is_ascii_digit()) && (rest.trim().is_empty() || goes_on);
            is_reference || rest.starts_with(['(', '['])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_known() {
        for formula in [
            "=SUM(A1:A3)",
            "=A2",
            "=Funds!A2",
            "=$B$2",
            "=VLOOKUP(A2;B:C;2)",
            "=IF(A2=\"\",\"x\",\"y\")",
            "=A2&\" \"&B2",
            "='My sheet'!A2",
            "=(A1)",
            "=+A2",
            "=-B2",
            "=Table1[Title]",
            "=[@Title]",
            "=[1]Sheet1!$A$1",
            "=@A2",
            "=\"no. \"&B2",
            "=ZÄHLENWENN(A:A;B2)",
        ] {
            assert!(is_formula(formula), "{formula}");
        }
        for text in
            ["= the same", "=)", "=", "=> Rust", "a=B2", "=x", " =A2", "=1+1", "=cmd|' /C calc'!A0", "= B2 or not"]
        {
            assert!(!is_formula(text), "{text}");
        }
    }

    #[test]
    fn errors_are_known_in_any_language() {
        for error in
            ["#REF!", " #BEZUG! ", "#NV", "#WERT!", "#NOMBRE?", "#GETTING_DATA", "#FIELD!", "########", "Err:502"]
        {
            assert!(instead(error, Origin::Text).is_some(), "{error}");
        }
        for text in ["#", "#hashtag", "# Title", "## Title", "#1!", "Err:5", "#rust!"] {
            assert!(instead(text, Origin::Text).is_none(), "{text}");
        }
        assert!(instead("=A2", Origin::Sheet(None)).is_none());
        assert!(instead("A2", Origin::Sheet(Some(Mark::Formula))).is_some());
    }
}
