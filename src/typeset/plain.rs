//! stub
pub fn has_glyph(_: char) -> bool {
    true
}
pub fn set(_: &[crate::prose::Block], _: &crate::artifact::Manuscript) -> Result<Vec<u8>, crate::error::Error> {
    unreachable!()
}
