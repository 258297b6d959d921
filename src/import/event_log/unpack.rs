//! Takes a gzip file apart, without ever holding more than the limit.

use std::borrow::Cow;
use std::io::Read as _;

use flate2::read::MultiGzDecoder;

use super::limits::MOST_BYTES;
use crate::import::ImportError;

/// The beginning of gzip files (RFC 1952).
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Whether some bytes are a gzip file.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// The content of a file: unpacked where it is a gzip file, else as it is.
///
/// # Errors
/// It is broken, or larger than what is read.
pub(super) fn unpacked(bytes: &[u8]) -> Result<Cow<'_, [u8]>, ImportError> {
    if !is_packed(bytes) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut content = Vec::new();
    let mut reader = MultiGzDecoder::new(bytes).take(MOST_BYTES as u64 + 1);
    reader.read_to_end(&mut content).map_err(|error| ImportError::Packed(error.to_string()))?;
    if content.len() > MOST_BYTES {
        return Err(ImportError::TooLarge { what: "bytes once unpacked", limit: MOST_BYTES });
    }
    Ok(Cow::Owned(content))
}

/// The first bytes of the content, as far as they can be had.
pub(super) fn beginning(bytes: &[u8], most: usize) -> Vec<u8> {
    if !is_packed(bytes) {
        return bytes.get(..most).unwrap_or(bytes).to_vec();
    }
    let mut content = vec![0; most];
    let mut reader = MultiGzDecoder::new(bytes);
    let mut filled = 0;
    while let Some(rest) = content.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) | Err(_) => break,
            Ok(count) => filled += count,
        }
    }
    content.truncate(filled);
    content
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn packed(content: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        writer.write_all(content).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn packed_files_are_read_within_the_limit() {
        let text = b"case,activity,time\n1,Ask,2026-01-05\n".repeat(100);
        let bytes = packed(&text);
        assert_eq!(unpacked(&bytes).unwrap().as_ref(), text);
        assert_eq!(beginning(&bytes, 10), text[..10]);
        assert_eq!(beginning(&text, 10), text[..10]);
        assert!(matches!(unpacked(&bytes[..30]), Err(ImportError::Packed(_))));
        let bomb = packed(&vec![0; MOST_BYTES + 1]);
        assert!(bomb.len() < 1024 * 1024);
        assert!(matches!(unpacked(&bomb), Err(ImportError::TooLarge { .. })));
    }
}
