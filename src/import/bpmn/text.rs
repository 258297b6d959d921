//! The bytes of an XML file into text, whatever their encoding.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::BpmnError;
use super::limits::LARGEST_FILE;

/// Bytes looked at for the XML declaration.
const DECLARATION: usize = 200;

/// A file as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text<'a> {
    /// Without spaces before it.
    pub text: Cow<'a, str>,
    pub encoding: &'static str,
    /// Whether some bytes were no text in that encoding and were replaced by `�`.
    pub has_replaced_bytes: bool,
}

/// Decodes a file: by the byte order mark, else UTF-16 by its first bytes, else as its declaration says, else UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Result<Text<'_>, BpmnError> {
    if bytes.len() > LARGEST_FILE {
        return Err(BpmnError::TooLarge { what: "bytes", limit: LARGEST_FILE });
    }
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if bytes.starts_with(b"<\0") => UTF_16LE,
        None if bytes.starts_with(b"\0<") => UTF_16BE,
        None => declared(bytes)?,
    };
    let (text, encoding, has_replaced_bytes) = encoding.decode(bytes);
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start()),
        Cow::Owned(text) => Cow::Owned(text.trim_start().to_owned()),
    };
    if text.is_empty() {
        return Err(BpmnError::Empty);
    }
    Ok(Text { text, encoding: encoding.name(), has_replaced_bytes })
}

/// The encoding that the declaration names. One that says UTF-16 in bytes that are not is UTF-8 in truth.
fn declared(bytes: &[u8]) -> Result<&'static Encoding, BpmnError> {
    let start = String::from_utf8_lossy(bytes.get(..DECLARATION).unwrap_or(bytes));
    let declaration = start.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let Some(named) = declaration.and_then(|declaration| declaration.split("encoding").nth(1)) else {
        return Ok(UTF_8);
    };
    let label: String = named.chars().skip_while(|c| " \t\r\n='\"".contains(*c)).take_while(is_of_label).collect();
    let Some(encoding) = Encoding::for_label(label.as_bytes()) else {
        return Err(BpmnError::UnknownEncoding(label));
    };
    let is_ascii_compatible = encoding != UTF_16LE && encoding != UTF_16BE;
    Ok(if is_ascii_compatible { encoding } else { UTF_8 })
}

fn is_of_label(c: &char) -> bool {
    c.is_ascii_alphanumeric() || "-_:.".contains(*c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BAKER: &str = "<a name=\"Bäcker\"/>";

    fn text_of(bytes: &[u8]) -> String {
        decode(bytes).unwrap().text.into_owned()
    }

    #[test]
    fn each_encoding_is_found() {
        let little: Vec<u8> = BAKER.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = BAKER.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text_of(BAKER.as_bytes()), BAKER);
        assert_eq!(text_of(format!("\u{feff}{BAKER}").as_bytes()), BAKER);
        assert_eq!(text_of(&little), BAKER);
        assert_eq!(text_of(&big), BAKER);
        assert_eq!(text_of(&[&[0xff, 0xfe], little.as_slice()].concat()), BAKER);
        assert_eq!(text_of(&[&[0xfe, 0xff], big.as_slice()].concat()), BAKER);
        let latin = b"<?xml version='1.0' encoding = 'ISO-8859-1' ?><a name=\"B\xe4cker\"/>";
        assert!(text_of(latin).ends_with(BAKER));
        let mistaken = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{BAKER}");
        assert!(text_of(mistaken.as_bytes()).ends_with(BAKER));
    }

    #[test]
    fn what_is_no_text_in_its_encoding_is_told() {
        assert!(decode(b"<a name=\"B\xe4cker\"/>").unwrap().has_replaced_bytes);
        assert_eq!(decode(b" \n"), Err(BpmnError::Empty));
        let unknown = b"<?xml version='1.0' encoding='klingon'?><a/>";
        assert_eq!(decode(unknown), Err(BpmnError::UnknownEncoding("klingon".to_owned())));
    }
}
