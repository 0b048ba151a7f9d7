//! A page as it goes to the press.

use hayro_write::hayro_syntax::object::Rect;
use hayro_write::hayro_syntax::page::Page;

/// Size of a page and of what is left of it when it is cut, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Original {
    /// Width and height as it lies in the file, bleed and all.
    pub(super) size: (f64, f64),
    /// What is cut away at the left and below.
    pub(super) cut: (f64, f64),
    /// Width and height when it is cut.
    pub(super) trim: (f64, f64),
}

impl Original {
    pub(super) fn of(page: &Page<'_>) -> Original {
        let (width, height) = page.render_dimensions();
        let size = (f64::from(width), f64::from(height));
        let all = page.intersected_crop_box();
        // Pages that are turned have no bleed here: nobody makes such.
        let trim = page.raw().get::<Rect>(b"TrimBox".as_slice()).unwrap_or(all);
        let (wide, high) = (trim.x1 - trim.x0, trim.y1 - trim.y0);
        let inside = trim.x0 >= all.x0 && trim.y0 >= all.y0 && wide <= size.0 && high <= size.1;
        if !inside || wide <= 0.0 || high <= 0.0 {
            return Original { size, cut: (0.0, 0.0), trim: size };
        }
        Original { size, cut: (trim.x0 - all.x0, trim.y0 - all.y0), trim: (wide, high) }
    }
}
