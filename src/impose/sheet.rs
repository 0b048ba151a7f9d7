//! A side of a sheet, and where pages stand on it. Lengths are points, from the lower left corner.

use crate::artifact::BLEED;
use crate::locale::Direction;

use super::MM;
use super::original::Original;

/// From the edge of the sheet of a print shop to that of the page, in points: bleed, marks, and air.
const SLUG: f64 = 10.0 * MM;

/// One side.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Side {
    pub(super) size: (f64, f64),
    pub(super) places: Vec<Place>,
    /// Where the page is cut that is to be cut: left, bottom, right, top.
    pub(super) trim: Option<[f64; 4]>,
}

/// One page on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// Which, counted from 0.
    pub(super) page: usize,
    /// Where its lower left corner is.
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) scale: f64,
    /// What is shown of it, in its own measure: left, bottom, width, height.
    pub(super) shown: [f64; 4],
}

impl Place {
    /// Puts what is left of a cut page into the middle of a field, as large as fits.
    pub(super) fn within(page: usize, original: &Original, corner: (f64, f64), field: (f64, f64)) -> Place {
        let Original { cut, trim, .. } = *original;
        let scale = (field.0 / trim.0).min(field.1 / trim.1);
        Place {
            page,
            x: corner.0 + (field.0 - trim.0 * scale) / 2.0 - cut.0 * scale,
            y: corner.1 + (field.1 - trim.1 * scale) / 2.0 - cut.1 * scale,
            scale,
            shown: [cut.0, cut.1, trim.0, trim.1],
        }
    }
}

/// Lays out `count` pages, two or four, on each side of sheets that are as large as a page.
pub(super) fn many_up(pages: &[Original], first: &Original, count: usize, way: Direction) -> Vec<Side> {
    let (short, long) = (first.trim.0.min(first.trim.1), first.trim.0.max(first.trim.1));
    let upright = first.trim.0 <= first.trim.1;
    // Two upright pages lie on a sheet across, two across on one upright.
    let (size, columns, rows) = match (count, upright) {
        (2, true) => ((long, short), 2, 1),
        (2, false) => ((short, long), 1, 2),
        _ => (first.trim, 2, 2),
    };
    let field = (size.0 / columns as f64, size.1 / rows as f64);
    let numbered: Vec<(usize, &Original)> = pages.iter().enumerate().collect();
    let side = |side: &[(usize, &Original)]| {
        let places = side.iter().enumerate().map(|(at, (page, original))| {
            let column = if way == Direction::Rtl { columns - 1 - at % columns } else { at % columns };
            let row = rows - 1 - at / columns;
            Place::within(*page, original, (field.0 * column as f64, field.1 * row as f64), field)
        });
        Side { size, places: places.collect(), trim: None }
    };
    numbered.chunks(columns * rows).map(side).collect()
}

/// Puts one page on a sheet for the print shop.
pub(super) fn single(page: usize, original: &Original) -> Side {
    let Original { cut, trim, size } = *original;
    // As much of what goes over the edge as the shop wants.
    let bleed = [cut.0, cut.1, size.0 - trim.0 - cut.0, size.1 - trim.1 - cut.1].map(|side| side.min(BLEED * MM));
    let shown = [cut.0 - bleed[0], cut.1 - bleed[1], trim.0 + bleed[0] + bleed[2], trim.1 + bleed[1] + bleed[3]];
    Side {
        size: (trim.0 + 2.0 * SLUG, trim.1 + 2.0 * SLUG),
        places: vec![Place { page, x: SLUG - cut.0, y: SLUG - cut.1, scale: 1.0, shown }],
        trim: Some([SLUG, SLUG, SLUG + trim.0, SLUG + trim.1]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Original = Original { size: (400.0, 600.0), cut: (0.0, 0.0), trim: (400.0, 600.0) };

    fn corners(sides: &[Side]) -> Vec<Vec<(usize, i64, i64)>> {
        let corner = |place: &Place| (place.page, place.x.round() as i64, place.y.round() as i64);
        sides.iter().map(|side| side.places.iter().map(corner).collect()).collect()
    }

    #[test]
    fn pages_follow_as_lines_do() {
        let two = many_up(&[PAGE; 3], &PAGE, 2, Direction::Ltr);
        assert_eq!(two[0].size, (600.0, 400.0));
        assert_eq!(corners(&two), [vec![(0, 17, 0), (1, 317, 0)], vec![(2, 17, 0)]]);
        let four = many_up(&[PAGE; 4], &PAGE, 4, Direction::Ltr);
        assert_eq!(corners(&four), [vec![(0, 0, 300), (1, 200, 300), (2, 0, 0), (3, 200, 0)]]);
        let four = many_up(&[PAGE; 4], &PAGE, 4, Direction::Rtl);
        assert_eq!(corners(&four), [vec![(0, 200, 300), (1, 0, 300), (2, 200, 0), (3, 0, 0)]]);
        let across = Original { size: (600.0, 400.0), cut: (0.0, 0.0), trim: (600.0, 400.0) };
        assert_eq!(corners(&many_up(&[across; 2], &across, 2, Direction::Ltr)), [vec![(0, 0, 317), (1, 0, 17)]]);
    }

    #[test]
    fn a_cut_page_keeps_its_place() {
        let bleeding = Original { size: (420.0, 620.0), cut: (10.0, 10.0), trim: (400.0, 600.0) };
        let side = single(0, &bleeding);
        let [left, bottom, right, top] = side.trim.expect("a trim box");
        assert!((right - left - 400.0).abs() < 1e-9 && (top - bottom - 600.0).abs() < 1e-9);
        let [place] = side.places[..] else { panic!("one page") };
        assert!((place.x + 10.0 - left).abs() < 1e-9 && (place.y + 10.0 - bottom).abs() < 1e-9);
        assert!((place.shown[2] - 400.0 - 2.0 * BLEED * MM).abs() < 1e-9, "{place:?}");
        assert_eq!(single(0, &PAGE).places[0].shown, [0.0, 0.0, 400.0, 600.0]);
    }
}
