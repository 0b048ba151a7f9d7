//! Pictures to the same pictures with nothing but their pixels: no place where they were taken, no camera, no name.
//!
//! A picture is decoded and written anew, so that what a mail carries is sound, and the same wherever it is made. The way
//! up that a camera notes is carried out. What moves stands still: nobody could stop it in a mail (WCAG 2.2.2).

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::metadata::Orientation;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, ImageEncoder, ImageResult};
use imagesize::ImageType;

/// The largest file, in bytes (200 KiB): a mail that carries more is slow to open, and often refused.
pub const LARGEST: usize = 200 * 1024;

/// The most pixels (16 million): a small file may unfold into a very large picture.
pub const MOST_PIXELS: usize = 16_000_000;

/// A picture, written anew.
#[derive(Debug, PartialEq, Eq)]
pub struct Clean {
    /// All of it.
    pub bytes: Vec<u8>,
    /// Its form, by the end of its name: `png` or `jpg`.
    pub end: &'static str,
    /// How wide it is, in pixels.
    pub width: u32,
    /// How high it is, in pixels.
    pub height: u32,
    /// Whether it moved.
    pub moved: bool,
}

/// What is wrong with a picture, and the cure.
pub type Trouble = (String, &'static str);

const FORMS: &str = "save it as PNG or JPEG";
const SMALLER: &str = "make it smaller: twice as wide as it is shown is enough";

/// Decodes a PNG, JPEG or GIF and writes it anew; a GIF becomes a PNG.
///
/// # Errors
/// It is another kind of file, damaged, or too large; says so in a few words.
pub fn clean(bytes: &[u8]) -> Result<Clean, Trouble> {
    let form = imagesize::image_type(bytes).ok();
    if !matches!(form, Some(ImageType::Png | ImageType::Jpeg | ImageType::Gif)) {
        if bytes.len() > LARGEST {
            return Err((large(bytes), "save it as PNG or JPEG, twice as wide as it is shown"));
        }
        return Err(("it is no PNG, JPEG or GIF; mail programs show no other kind".to_owned(), FORMS));
    }
    if bytes.len() > LARGEST {
        return Err((large(bytes), SMALLER));
    }
    let damaged = || ("it is damaged".to_owned(), FORMS);
    let size = imagesize::blob_size(bytes).map_err(|_| damaged())?;
    if size.width.saturating_mul(size.height) > MOST_PIXELS {
        let has = size.width.saturating_mul(size.height) / 1_000_000;
        return Err((format!("it has {has} million pixels, a mail takes {}", MOST_PIXELS / 1_000_000), SMALLER));
    }
    let cleaned = match form {
        Some(ImageType::Jpeg) => jpeg(bytes),
        Some(ImageType::Gif) => gif(bytes),
        _ => png(bytes),
    };
    let cleaned = cleaned.ok().filter(|cleaned| cleaned.width > 0 && cleaned.height > 0).ok_or_else(damaged)?;
    // Written anew it may have grown.
    if cleaned.bytes.len() > LARGEST { Err((large(&cleaned.bytes), SMALLER)) } else { Ok(cleaned) }
}

fn large(bytes: &[u8]) -> String {
    let (has, most) = (bytes.len() / 1024, LARGEST / 1024);
    format!("it has more than {} KiB, a mail takes {most}", has.min(most))
}

/// Writes a JPEG anew in the quality that it has: more would only make it larger.
fn jpeg(bytes: &[u8]) -> ImageResult<Clean> {
    let mut decoder = JpegDecoder::new(Cursor::new(bytes))?;
    let (profile, orientation) = (decoder.icc_profile()?, decoder.orientation()?);
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    let image =
        if image.color().has_color() { image.into_rgb8().into() } else { DynamicImage::from(image.into_luma8()) };
    let best = quality(bytes).unwrap_or(85).clamp(60, 92);
    let mut written = Vec::new();
    for quality in [best, 80, 70, 60].into_iter().filter(|quality| *quality <= best) {
        written.clear();
        let mut encoder = JpegEncoder::new_with_quality(&mut written, quality);
        if let Some(profile) = &profile {
            // A form of the file that has no room for it shows it in the usual colours.
            let _ = encoder.set_icc_profile(profile.clone());
        }
        encoder.encode_image(&image)?;
        if written.len() <= LARGEST {
            break;
        }
    }
    Ok(Clean { bytes: written, end: "jpg", width: image.width(), height: image.height(), moved: false })
}

/// Estimates the quality that a JPEG was written in, from its first table of quantisation: the usual one (ITU-T T.81
/// annex K.1) is 50, and the scale of libjpeg leads from there to 100.
fn quality(bytes: &[u8]) -> Option<u8> {
    /// The sum of the usual table for brightness.
    const USUAL: u32 = 3688;
    // From segment to segment: a thumbnail inside one of them has tables of its own.
    let mut at = 2;
    let table = loop {
        let [0xFF, marker, high, low] = *bytes.get(at..at + 4)? else { return None };
        let segment = bytes.get(at + 4..at + 2 + usize::from(u16::from_be_bytes([high, low])))?;
        if marker == 0xDB {
            // One byte says how large a number is, and which table it is.
            break segment.get(1..65).filter(|_| segment[0] >> 4 == 0)?;
        }
        at += 4 + segment.len();
    };
    let scale = table.iter().map(|&step| u32::from(step)).sum::<u32>() * 100 / USUAL;
    let quality = if scale <= 100 { (200 - scale) / 2 } else { 5000 / scale };
    u8::try_from(quality).ok()
}

fn gif(bytes: &[u8]) -> ImageResult<Clean> {
    let mut frames = GifDecoder::new(Cursor::new(bytes))?.into_frames();
    let first = frames.next().transpose()?.map(|frame| frame.into_buffer()).unwrap_or_default();
    let moved = frames.next().is_some();
    Ok(Clean { moved, ..painted(&first.into())? })
}

/// Writes a PNG anew as it is: palette, depth and the meaning of its colours are kept.
fn png(bytes: &[u8]) -> ImageResult<Clean> {
    let mut decoder = PngDecoder::new(Cursor::new(bytes))?;
    let orientation = decoder.orientation()?;
    if orientation != Orientation::NoTransforms {
        let mut image = DynamicImage::from_decoder(decoder)?;
        image.apply_orientation(orientation);
        return painted(&image);
    }
    let fail = |error: png::DecodingError| image::ImageError::IoError(std::io::Error::other(error));
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::IDENTITY);
    let mut reader = decoder.read_info().map_err(fail)?;
    let mut pixels = vec![0; reader.output_buffer_size().unwrap_or(0)];
    let frame = reader.next_frame(&mut pixels).map_err(fail)?;
    pixels.truncate(frame.buffer_size());
    let known = reader.info();
    let (moved, width, height) = (known.animation_control.is_some(), known.width, known.height);
    let mut info = png::Info::with_size(width, height);
    info.color_type = known.color_type;
    info.bit_depth = known.bit_depth;
    info.palette = known.palette.clone();
    info.trns = known.trns.clone();
    info.source_gamma = known.source_gamma;
    info.source_chromaticities = known.source_chromaticities;
    info.srgb = known.srgb;
    info.icc_profile = known.icc_profile.clone();
    let mut written = Vec::new();
    let fail = |error: png::EncodingError| image::ImageError::IoError(std::io::Error::other(error));
    let mut encoder = png::Encoder::with_info(&mut written, info).map_err(fail)?;
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().map_err(fail)?;
    writer.write_image_data(&pixels).map_err(fail)?;
    writer.finish().map_err(fail)?;
    Ok(Clean { bytes: written, end: "png", width, height, moved })
}

/// Writes pixels as a PNG.
fn painted(image: &DynamicImage) -> ImageResult<Clean> {
    let image = if image.color().has_alpha() { image.to_rgba8().into() } else { DynamicImage::from(image.to_rgb8()) };
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(
        &mut bytes,
        image::codecs::png::CompressionType::Best,
        image::codecs::png::FilterType::Adaptive,
    );
    image.write_with_encoder(encoder)?;
    Ok(Clean { bytes, end: "png", width: image.width(), height: image.height(), moved: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    /// Two pixels wide, one high for each step: red above, blue below.
    fn flag(height: u32) -> DynamicImage {
        let color = |y| if y < height / 2 { Rgb([200, 20, 20]) } else { Rgb([20, 20, 200]) };
        RgbImage::from_fn(64, height, |_, y| color(y)).into()
    }

    /// A JPEG with a block of Exif: which way is up, and a secret.
    fn photo(orientation: u8, quality: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        flag(32).write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)).expect("memory");
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        exif.extend(b"GPS 60.39 N");
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        let segment = [&[0xFF, 0xE1][..], &length, &exif].concat();
        [&bytes[..2], &segment, &bytes[2..]].concat()
    }

    #[test]
    fn a_photo_keeps_nothing_but_its_pixels() {
        let bytes = photo(1, 85);
        assert!(memchr::memmem::find(&bytes, b"GPS 60.39 N").is_some());
        let cleaned = clean(&bytes).expect("a picture");
        assert!(memchr::memmem::find(&cleaned.bytes, b"GPS").is_none());
        assert!(memchr::memmem::find(&cleaned.bytes, b"Exif").is_none());
        assert_eq!((cleaned.end, cleaned.width, cleaned.height), ("jpg", 64, 32));
        assert_eq!(cleaned, clean(&bytes).expect("a picture"), "same input, same bytes");
    }

    #[test]
    fn a_photo_is_turned_the_right_way_up() {
        let pixel = |cleaned: &Clean, x, y| image::load_from_memory(&cleaned.bytes).expect("sound").to_rgb8()[(x, y)];
        let upright = clean(&photo(1, 90)).expect("a picture");
        assert!(pixel(&upright, 5, 2).0[0] > 150, "red above");
        let turned = clean(&photo(3, 90)).expect("a picture");
        assert!(pixel(&turned, 5, 2).0[2] > 150, "blue above");
        let aside = clean(&photo(6, 90)).expect("a picture");
        assert_eq!((aside.width, aside.height), (32, 64));
        assert!(pixel(&aside, 30, 5).0[0] > 150, "red at the right");
    }

    #[test]
    fn a_photo_keeps_its_quality() {
        for stated in [60, 75, 85, 92] {
            let found = quality(&photo(1, stated)).expect("a table");
            assert!(found.abs_diff(stated) <= 1, "{found} for {stated}");
        }
    }

    #[test]
    fn a_drawing_keeps_its_palette_and_loses_its_texts() {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 16, 16);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::One);
        encoder.set_palette(vec![255, 0, 0, 0, 0, 255]);
        encoder.add_text_chunk("Author".to_owned(), "A secret".to_owned()).expect("a text");
        let mut writer = encoder.write_header().expect("memory");
        writer.write_image_data(&[0b1010_0101; 32]).expect("memory");
        writer.finish().expect("memory");
        let cleaned = clean(&bytes).expect("a picture");
        assert!(memchr::memmem::find(&bytes, b"A secret").is_some());
        assert!(memchr::memmem::find(&cleaned.bytes, b"A secret").is_none());
        let [before, after] = [&bytes, &cleaned.bytes].map(|bytes| image::load_from_memory(bytes).expect("sound"));
        assert_eq!(before, after);
        assert!(cleaned.bytes.len() < bytes.len());
    }

    #[test]
    fn what_moves_stands_still() {
        let mut bytes = Vec::new();
        let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
        let frame = |height| image::Frame::new(flag(height).resize_exact(8, 8, image::imageops::Nearest).into_rgba8());
        encoder.encode_frames([frame(32), frame(2)]).expect("memory");
        drop(encoder);
        let cleaned = clean(&bytes).expect("a picture");
        assert_eq!((cleaned.end, cleaned.width, cleaned.height, cleaned.moved), ("png", 8, 8, true));
    }

    #[test]
    fn a_small_file_may_not_unfold_without_bounds() {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 30_000, 30_000);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        encoder.set_compression(png::Compression::Fast);
        let _ = encoder.write_header().expect("memory");
        let (why, _) = clean(&bytes).expect_err("refused");
        assert_eq!(why, "it has 900 million pixels, a mail takes 16");
    }

    #[test]
    fn what_is_damaged_is_told() {
        let photo = photo(1, 85);
        for length in (0..photo.len()).step_by(7) {
            // Some decoders show what there is of a torn file; none may panic.
            let _ = clean(&photo[..length]);
        }
        let (why, _) = clean(&photo[..200]).expect_err("refused");
        assert_eq!(why, "it is damaged");
        assert!(clean(b"<svg/>").expect_err("refused").0.starts_with("it is no PNG"));
    }
}
