//! Pictures in the mail: a logo, a session's. Hosted somewhere, or a file of the publication.

use std::hash::Hasher;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::Address;
use crate::source::Text;

/// A picture and its size in pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Where it is.
    pub place: Place,
    /// How wide it is.
    pub width: u32,
    /// How high it is.
    pub height: u32,
}

/// Where a picture is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On the web.
    Hosted(Address),
    /// In a file, which goes out with the mail.
    File(Arc<File>),
}

/// A file that holds a picture.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    /// Its name beside the newsletter.
    pub name: String,
    /// Its type: `image/png`.
    pub kind: &'static str,
    /// All of it.
    pub bytes: Vec<u8>,
}

impl Picture {
    /// Gives what stands in `src`.
    pub fn src(&self) -> &str {
        match &self.place {
            Place::Hosted(address) => address.as_str(),
            Place::File(file) => &file.name,
        }
    }

    /// Gives width and height in at most `most` pixels, the shape kept.
    pub fn within(&self, most_wide: u32, most_high: u32) -> (u32, u32) {
        let (width, height) = (u64::from(self.width.max(1)), u64::from(self.height.max(1)));
        let most = (most_wide, most_high);
        let (most_wide, most_high) = (u64::from(most_wide), u64::from(most_high));
        let fits = |number: u64| u32::try_from(number.max(1)).unwrap_or(u32::MAX);
        if width <= most_wide && height <= most_high {
            (fits(width), fits(height))
        } else if width * most_high > height * most_wide {
            (most.0, fits(height * most_wide / width))
        } else {
            (fits(width * most_high / height), most.1)
        }
    }

    /// Takes a picture on the web; `size` says how large it is (`240x80`).
    pub fn hosted(address: Address, at: &Text, size: Option<&Text>, report: &mut Report) -> Option<Picture> {
        let Some(size) = size else {
            report.add(
                Diagnostic::warning(Code::BadPicture, "nobody says how large this picture is")
                    .at(at.span, "it is shown 120 x 40 pixels large")
                    .help("give its size beside it: `logo-size = \"240x80\"`, `image-size` for a session"),
            );
            return Some(Picture { place: Place::Hosted(address), width: 120, height: 40 });
        };
        let numbers = size.as_str().split_once(['x', 'X', '×']);
        let numbers = numbers.map(|(width, height)| (width.trim().parse(), height.trim().parse()));
        let Some((Ok(width @ 1..=10_000), Ok(height @ 1..=10_000))) = numbers else {
            report.add(
                Diagnostic::error(Code::BadPicture, "this is not the size of a picture")
                    .at(size.span, "")
                    .help("write width and height in pixels: `240x80`"),
            );
            return None;
        };
        Some(Picture { place: Place::Hosted(address), width, height })
    }

    /// Takes a file that lies at the path `at`; `end` says whether it is `png` or `jpg`.
    pub fn file(at: &Text, bytes: Vec<u8>, end: &str, width: u32, height: u32) -> Picture {
        let path = at.as_str();
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        // Two files may be called alike; what is in them tells them apart.
        let mut hash = rustc_hash::FxHasher::default();
        hash.write(&bytes);
        let hash = hash.finish() & 0xFFFF_FFFF;
        let name = format!("picture-{}-{hash:08x}.{end}", crate::model::value::slug(stem));
        let kind = if end == "png" { "image/png" } else { "image/jpeg" };
        Picture { place: Place::File(Arc::new(File { name, kind, bytes })), width, height }
    }
}

/// Gives the files of some pictures, each once.
pub fn files<'a>(pictures: impl Iterator<Item = &'a Picture>) -> Vec<Arc<File>> {
    let mut files: Vec<Arc<File>> = Vec::new();
    for picture in pictures {
        if let Place::File(file) = &picture.place
            && !files.iter().any(|known| known.name == file.name)
        {
            files.push(Arc::clone(file));
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_shape() {
        let address: Address = "https://example.org/a.png".parse().expect("an address");
        let picture = |width, height| Picture { place: Place::Hosted(address.clone()), width, height };
        assert_eq!(picture(480, 160).within(240, 40), (120, 40));
        assert_eq!(picture(4000, 100).within(240, 40), (240, 6));
        assert_eq!(picture(20, 10).within(240, 40), (20, 10));
        assert_eq!(picture(0, u32::MAX).within(240, 40), (1, 40));
    }
}
