//! Case conversion and escaping: from any CSDL name to something that Rust takes for an identifier.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization as _;

/// A Rust identifier, escaped where it must be (`r#type`).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// Escapes a word that is an identifier but for being a keyword.
    pub(crate) fn escape(word: &str) -> Self {
        // syn does not know `gen`, a keyword since the edition of 2024. The path keywords cannot be raw and never get here
        // (see Scope).
        let longer_than_any_keyword = word.len() > "continue".len();
        let plain = longer_than_any_keyword || (word != "gen" && syn::parse_str::<syn::Ident>(word).is_ok());
        if plain { Self(word.to_owned()) } else { Self(format!("r#{word}")) }
    }

    /// An identifier as it is written, `r#` where it must be and nowhere else.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let word = text.strip_prefix("r#").unwrap_or(text);
        let mut chars = word.chars();
        let starts = chars.next().is_some_and(|it| it == '_' || unicode_ident::is_xid_start(it));
        let is_word = starts && chars.all(unicode_ident::is_xid_continue);
        // What is no word must not get to syn: `fn main(){}` escaped would be `r#fn main(){}`.
        Some(Self::escape(word)).filter(|it| is_word && it.0 == text)
    }

    /// The identifier as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`.
    #[must_use]
    pub fn unraw(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

/// `OrderLine` of `orderLine`.
pub(super) fn upper_camel(name: &str) -> String {
    tidy(name, ToUpperCamelCase::to_upper_camel_case, "Unnamed")
}

/// `start_date_time` of `startDateTime`.
pub(super) fn snake(name: &str) -> String {
    tidy(name, ToSnakeCase::to_snake_case, "unnamed")
}

/// `START_DATE_TIME` of `startDateTime`.
pub(super) fn constant(name: &str) -> String {
    tidy(name, ToShoutySnakeCase::to_shouty_snake_case, "UNNAMED")
}

/// `sample_sales_orders` of `sample.sales.orders`.
pub(super) fn module(namespace: &str) -> String {
    file(&snake(&namespace.replace('.', "_")))
}

/// The longest name of a file, without `.rs`: some systems have an end at 143 bytes, and numbers may come to it.
pub(super) const FILE_LENGTH: usize = 120;

/// A name for a file from a name in `snake_case`: rustc wants ASCII, and file systems have a longest name.
pub(super) fn file(name: &str) -> String {
    let ascii: String = name.chars().filter(char::is_ascii).take(FILE_LENGTH - 20).collect();
    let word = ascii.trim_matches('_');
    // A letter first: so a file, which is a module, never has the name of a type.
    match word.chars().next() {
        None => "unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{word}"),
        Some(_) => word.to_owned(),
    }
}

/// heck drops what is not alphanumeric; what is left may still begin with a digit or be nothing at all.
fn tidy(name: &str, convert: impl Fn(&str) -> String, unnamed: &str) -> String {
    let converted = convert(name);
    let plain = converted.chars().filter(|it| *it == '_' || unicode_ident::is_xid_continue(*it));
    // rustc takes two names for one that differ in how their letters are composed, so they must for us.
    let mut word: String = if converted.is_ascii() { plain.collect() } else { plain.nfc().collect() };
    match word.chars().next() {
        None => unnamed.clone_into(&mut word),
        Some(first) if !unicode_ident::is_xid_start(first) => word.insert(0, '_'),
        Some(_) => {}
    }
    word
}
