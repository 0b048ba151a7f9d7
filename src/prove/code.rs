//! QR codes (ISO/IEC 18004) as they are drawn: whether the dark modules are those of an address.

use std::collections::BTreeSet;

use qrcodegen::{QrCode, QrCodeEcc};

/// Places of dark modules, from the first row and column that have one.
pub(super) type Modules = BTreeSet<(i32, i32)>;

/// Modules on a side of the largest code, with a quiet zone around it (ISO/IEC 18004 §5.3.1).
const LARGEST: i32 = 177 + 2 * 4;

/// Gives the modules of the code of an address. `None`: it is longer than any code holds.
pub(super) fn modules(address: &str) -> Option<Modules> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium);
    let code = code.or_else(|_| QrCode::encode_text(address, QrCodeEcc::Low)).ok()?;
    let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    Some(all.filter(|(x, y)| code.get_module(*x, *y)).collect())
}

/// Reads the modules of a drawing: runs of them, `M4 4h7v1h-7z`. `None`: it is of another kind.
pub(super) fn read(svg: &str) -> Option<Modules> {
    let (_, path) = svg.split_once(" d='")?;
    let (path, _) = path.split_once('\'')?;
    let mut modules = Modules::new();
    for run in path.split('M').skip(1) {
        let (x, rest) = run.split_once(' ')?;
        let (y, rest) = rest.split_once('h')?;
        let (length, _) = rest.split_once('v')?;
        let (x, y, length): (i32, i32, i32) = (x.parse().ok()?, y.parse().ok()?, length.parse().ok()?);
        // No code has more, and a drawing of a look may have anything.
        let fits = [x, y, length].iter().all(|n| (0..=LARGEST).contains(n));
        modules.extend((x..x + Some(length).filter(|_| fits)?).map(|x| (x, y)));
    }
    // The finders at three corners touch the edges, so the quiet zone ends where the first module is.
    let left = modules.iter().map(|(x, _)| *x).min()?;
    let top = modules.iter().map(|(_, y)| *y).min()?;
    Some(modules.into_iter().map(|(x, y)| (x - left, y - top)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_modules() {
        let drawn = |path: &str| read(&format!("<svg><path fill='#000' d='{path}'/></svg>"));
        assert_eq!(drawn("M4 5h2v1h-2zM5 6h1v1h-1z"), Some(Modules::from([(0, 0), (1, 0), (1, 1)])));
        for other in ["C1 2 3 4", "M1 2h2000000000v1h-2000000000z", "M-1 2h1v1h-1z"] {
            assert_eq!(drawn(other), None, "{other}");
        }
        assert_ne!(modules("https://example.org/a"), modules("https://example.org/b"));
    }
}
