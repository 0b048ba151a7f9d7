//! Looking for bytes.

/// So many are looked at together.
const TOGETHER: usize = 16;

/// Says whether some of the bytes are such. It never ends early and looks at many at once: most texts are short, and
/// most have none. Those at the end are looked at together with some before them, some of them for the second time.
pub(crate) fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let some = |part: &[u8]| part.iter().fold(false, |found, &byte| found | is(byte));
    let Some(last) = bytes.last_chunk::<TOGETHER>() else { return some(bytes) };
    bytes.as_chunks::<TOGETHER>().0.iter().fold(some(last), |found, part| found | some(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        for len in 0..70 {
            let mut bytes = vec![b'a'; len];
            assert!(!any(&bytes, |byte| byte == b'b'));
            for at in 0..len {
                bytes[at] = b'b';
                assert!(any(&bytes, |byte| byte == b'b'), "{at} of {len}");
                bytes[at] = b'a';
            }
        }
    }
}
