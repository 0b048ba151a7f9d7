//! Cells that hold a spreadsheet's formula, or the error that it came to, and no value.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Spanned;

/// What a spreadsheet shows where a formula came to an error.
const ERRORS: [&str; 9] = ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"];

/// Says what a cell is that holds no value; nothing where it holds one.
fn instead(cell: &str) -> Option<&'static str> {
    let cell = cell.trim();
    match cell.as_bytes().first() {
        Some(b'#') if ERRORS.contains(&cell) => Some("the error of a formula"),
        Some(b'=') if is_formula(cell) => Some("a formula that was not computed"),
        _ => None,
    }
}

/// Says whether a cell holds a value, be it an empty one.
pub fn is_value(cell: &str) -> bool {
    instead(cell).is_none()
}

/// Tells a cell that holds no value; says whether it holds one.
pub fn check_value(text: Spanned<&str>, field: &str, report: &mut Report) -> bool {
    let Some(instead) = instead(text.value) else { return true };
    report.add(
        Diagnostic::error(Code::Formula, format!("`{field}` is {instead}"))
            .at(text.span, "")
            .help("let a spreadsheet program compute it and save the table, or write the value itself"),
    );
    false
}

/// Knows `=SUM(…)` and `=A2`, and leaves `= the same` alone.
fn is_formula(cell: &str) -> bool {
    let Some(body) = cell.strip_prefix('=') else { return false };
    let end = body.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '_' | '$' | '!' | ':'));
    let (name, rest) = body.split_at(end.unwrap_or(body.len()));
    let is_reference = rest.is_empty() && name.ends_with(|c: char| c.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_uppercase() || c == '$') && (rest.starts_with('(') || is_reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_known() {
        for formula in ["=SUM(A1:A3)", "=A2", "=Funds!A2", "=$B$2", "=VLOOKUP(A2;B:C;2)", "=IF(A2=\"\",\"x\",\"y\")"] {
            assert!(is_formula(formula), "{formula}");
        }
        for text in ["= the same", "=)", "=", "=> Rust", "a=B2", "=x"] {
            assert!(!is_formula(text), "{text}");
        }
    }
}
