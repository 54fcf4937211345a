//! Bytes to text: UTF-8 only, and everything else is called by its name (T-4).

use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};

const CODE: &str = "csdl::encoding";
const CURE: &str = "save the document as UTF-8";

/// The text of a document given as bytes, without the byte order mark of UTF-8.
///
/// # Errors
///
/// UTF-16, UTF-32, EBCDIC and bytes that are not UTF-8 are refused and nothing is transcoded. The diagnostic has no place of its
/// own, since there is no text to point into; its message gives line and column.
#[allow(clippy::result_large_err)] // Once a document, and every caller wants the diagnostic itself.
pub fn decode(bytes: &[u8]) -> Result<&str, Diagnostic> {
    if let Some(encoding) = wide_encoding(bytes) {
        return Err(Diagnostic::error(CODE, format!("the document is {encoding}, not UTF-8")).help(CURE));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let declared = declared_encoding(bytes).filter(|name| !name.eq_ignore_ascii_case("utf-8"));
        let (before, rest) = bytes.split_at_checked(error.valid_up_to()).unwrap_or((bytes, &[]));
        let before = String::from_utf8_lossy(before);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let byte = rest.first().copied().unwrap_or_default();
        let place = format!("byte 0x{byte:02X} at line {line}, column {column} is not UTF-8");
        Diagnostic::error(CODE, declared.map_or(place.clone(), |name| format!("the document is {name}: {place}")))
            .help(CURE)
    })
}

/// The encoding that bytes which are not UTF-8 declare: everything up to that name is ASCII.
fn declared_encoding(bytes: &[u8]) -> Option<&str> {
    let declaration = bytes.strip_prefix(b"<?xml")?.utf8_chunks().next()?.valid().split("?>").next()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    value.get(1..)?.split(quote).next()
}

/// What is wrong with a declared encoding, given the text that was read as UTF-8. Of pure ASCII every superset of ASCII
/// makes the same text, so a document of that kind reads, with a warning.
pub(super) fn judge_encoding(name: &str, declaration: Span, text: &str) -> Option<Diagnostic> {
    if name.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    if !is_ascii_superset(name) {
        let fault = Diagnostic::error(CODE, format!("encoding `{name}` is not supported"));
        return Some(fault.at(declaration, "declared here").help("save the document as UTF-8 and declare it so"));
    }
    let Some((start, found)) = text.char_indices().find(|(_, found)| !found.is_ascii()) else {
        let fault = Diagnostic::warning(CODE, format!("encoding `{name}` is declared; the document is read as UTF-8"));
        return Some(fault.at(declaration, "all of it is ASCII, where the two are the same").help("declare UTF-8"));
    };
    let place = Span::new(declaration.source, start..start + found.len_utf8());
    let message = format!("encoding `{name}` is declared and the document is not all ASCII");
    let fault = Diagnostic::error(CODE, message).at(place, "the first character that is not ASCII");
    Some(fault.also(declaration, "declared here").help("save the document as UTF-8 and declare it so"))
}

fn is_ascii_superset(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let families = ["iso-8859-", "iso8859-", "iso_8859-", "windows-125", "cp125", "koi8-", "euc-"];
    let names = ["us-ascii", "ascii", "latin1", "windows-874", "gb2312", "gbk", "gb18030", "big5"];
    families.iter().any(|it| name.starts_with(it)) || names.contains(&&*name)
}

/// UTF-16 and UTF-32 by their byte order marks or by the zeros around the `<` that a document begins with, EBCDIC by its
/// `<?xm` (XML 1.0 appendix F).
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [b'<', 0, 0, 0, ..] => Some("UTF-32LE"),
        [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, b'<', ..] => Some("UTF-32BE"),
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => Some("UTF-16LE"),
        [0xFE, 0xFF, ..] | [0, b'<', ..] => Some("UTF-16BE"),
        [0x4C, 0x6F, 0xA7, 0x94, ..] => Some("EBCDIC"),
        _ => None,
    }
}

/// The first character that XML 1.0 section 2.2 does not allow anywhere in a document, NUL above all.
pub(super) fn forbidden_character(source: SourceId, text: &str) -> Option<Diagnostic> {
    let suspect = |byte: u8| (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0xEF;
    // One pass over the bytes that the compiler can vectorise; characters are looked at only when it finds something.
    if !text.bytes().fold(false, |found, byte| found | suspect(byte)) {
        return None;
    }
    let (start, found) = text.char_indices().find(|(_, found)| !is_xml_character(*found))?;
    let message = format!("character U+{:04X} is not allowed in XML", u32::from(found));
    let span = Span::new(source, start..start + found.len_utf8());
    Some(Diagnostic::error("csdl::control-character", message).at(span, "stands here").help("remove it"))
}

/// XML 1.0 section 2.2, production `Char`; surrogates are no `char` to begin with.
pub(super) fn is_xml_character(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}
