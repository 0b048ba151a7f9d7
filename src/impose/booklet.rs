//! Saddle stitch: sheets that lie in each other, folded in the middle and stapled there.

use crate::locale::Direction;

use super::MM;
use super::original::Original;
use super::sheet::{Place, Side};

/// A side of a sheet: the pages at its left and right, counted from 0; `None` is blank.
type Pair = [Option<usize>; 2];

/// Gives the sheets from the outermost, each as front and back, for pages that are read from left to right.
fn order(pages: usize) -> Vec<[Pair; 2]> {
    let all = pages.next_multiple_of(4);
    let page = |at: usize| (at < pages).then_some(at);
    let sheet = |n: usize| {
        let (first, last) = (2 * n, all - 1 - 2 * n);
        [[page(last), page(first)], [page(first + 1), page(last - 1)]]
    };
    (0..all / 4).map(sheet).collect()
}

/// Lays out a booklet. `creep`: by so many points the pages of each sheet stand nearer to the fold than those of the
/// sheet around it.
pub(super) fn sides(pages: &[Original], first: &Original, on_a4: bool, creep: f64, way: Direction) -> Vec<Side> {
    let (width, height) = first.trim;
    let size = if on_a4 { (297.0 * MM, 210.0 * MM) } else { (2.0 * width, height) };
    let half = (size.0 / 2.0, size.1);
    let mut sides = Vec::new();
    for (inside, sheet) in order(pages.len()).into_iter().enumerate() {
        let creep = creep * inside as f64;
        for mut pair in sheet {
            if way == Direction::Rtl {
                pair.reverse();
            }
            let places = pair.into_iter().enumerate().filter_map(|(at, page)| {
                let page = page?;
                let mut place = Place::within(page, &pages[page], (half.0 * at as f64, 0.0), half);
                place.x += if at == 0 { creep } else { -creep };
                Some(place)
            });
            sides.push(Side { size, places: places.collect(), trim: None });
        }
    }
    sides
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_a_folded_booklet() {
        let numbers = |pair: Pair| pair.map(|page| page.map_or(0, |page| page + 1));
        let sheets: Vec<_> = order(8).into_iter().map(|sheet| sheet.map(numbers)).collect();
        assert_eq!(sheets, [[[8, 1], [2, 7]], [[6, 3], [4, 5]]]);
        assert_eq!(order(1), [[[None, Some(0)], [None, None]]]);
        assert!(order(0).is_empty());
    }

    /// Puts the sheets into each other, folds them and turns the pages.
    fn read(sheets: &[[Pair; 2]]) -> Vec<Option<usize>> {
        let before = sheets.iter().flat_map(|[front, back]| [front[1], back[0]]);
        let after = sheets.iter().rev().flat_map(|[front, back]| [back[1], front[0]]);
        before.chain(after).collect()
    }

    #[test]
    fn whoever_turns_the_pages_reads_them_in_order() {
        for pages in 1..=17 {
            let sheets = order(pages);
            assert_eq!(sheets.len(), pages.div_ceil(4), "{pages}");
            let read = read(&sheets);
            assert_eq!(read.iter().flatten().copied().collect::<Vec<_>>(), (0..pages).collect::<Vec<_>>());
            assert!(read[pages..].iter().all(Option::is_none), "blank pages are the last: {pages}");
            // On both sides of the fold the pages' numbers give the same sum, and front and back show the same leaf.
            for [[left, right], [inner_left, _]] in &sheets {
                if let (Some(left), Some(right)) = (left, right) {
                    assert_eq!(left + right, sheets.len() * 4 - 1);
                }
                assert_eq!(right.map(|page| page + 1).filter(|page| *page < pages), *inner_left);
            }
        }
    }

    #[test]
    fn inner_sheets_creep_to_the_fold() {
        let page = Original { size: (400.0, 600.0), cut: (0.0, 0.0), trim: (400.0, 600.0) };
        for way in [Direction::Ltr, Direction::Rtl] {
            let sides = sides(&[page; 17], &page, false, 0.3, way);
            assert_eq!(sides.len(), 10);
            for (at, side) in sides.iter().enumerate() {
                let moved = 0.3 * (at / 2) as f64;
                assert_eq!(side.size, (800.0, 600.0));
                for place in &side.places {
                    let home = if place.x < 300.0 { moved } else { 400.0 - moved };
                    assert!((place.x - home).abs() < 1e-9, "{at}: {place:?}");
                }
            }
        }
        let first = |way| sides(&[page; 4], &page, false, 0.0, way)[0].places.iter().find(|p| p.page == 0).map(|p| p.x);
        assert_eq!((first(Direction::Ltr), first(Direction::Rtl)), (Some(400.0), Some(0.0)));
    }

    #[test]
    fn pages_are_made_smaller_for_a4() {
        let a4 = (210.0 * MM, 297.0 * MM);
        let page = Original { size: a4, cut: (0.0, 0.0), trim: a4 };
        let side = &sides(&[page; 4], &page, true, 0.0, Direction::Ltr)[0];
        assert!((side.places[0].scale - 0.707).abs() < 0.001, "{side:?}");
        assert!((side.size.0 / MM - 297.0).abs() < 0.001);
    }
}
