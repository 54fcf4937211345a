//! Case conversion and escaping: from any CSDL name to something that Rust takes for an identifier.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

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

    /// An identifier as it is written, `r#` where it must be and nowhere else. Its letters are composed: rustc takes two
    /// names for one that differ in this alone.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let word = text.strip_prefix("r#").unwrap_or(text);
        let mut chars = word.chars();
        let starts = chars.next().is_some_and(|it| it == '_' || unicode_ident::is_xid_start(it));
        let is_word = starts && chars.all(unicode_ident::is_xid_continue) && is_nfc(word);
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
    let mut word = if name.is_ascii() { convert(name) } else { beyond_ascii(name, convert) };
    match word.chars().next() {
        None => unnamed.clone_into(&mut word),
        Some(first) if !unicode_ident::is_xid_start(first) => word.insert(0, '_'),
        Some(_) => {}
    }
    word
}

/// Letters of other scripts, in the form that rustc wants them in: composed, and compatible ones as the plain ones
/// (NFKC). What is alphanumeric and in no identifier (`⅓`) goes first, or it would be the letter that is cased.
fn beyond_ascii(name: &str, convert: impl Fn(&str) -> String) -> String {
    let fits = |it: &char| !it.is_alphanumeric() || unicode_ident::is_xid_continue(*it);
    let name: String = name.nfkc().filter(fits).collect();
    // heck takes a mark, which is part of a letter, for the end of a word: a letter without case stands in for each.
    let is_mark = |it: char| it != '_' && !it.is_alphanumeric() && unicode_ident::is_xid_continue(it);
    let stand_in = ('\u{4e00}'..'\u{9fff}').find(|it| !name.contains(*it)).unwrap_or('\u{4e00}');
    let mut marks = name.chars().filter(|it| is_mark(*it));
    let cased = convert(&name.replace(is_mark, stand_in.encode_utf8(&mut [0; 4])));
    let restored = cased.chars().map(|it| if it == stand_in { marks.next().unwrap_or(it) } else { it });
    // Another case may bring in what does not fit, and letters that compose.
    restored.filter(|it| *it == '_' || unicode_ident::is_xid_continue(*it)).nfkc().collect()
}

/// The constant that goes with a field: its upper case, composed as rustc has it.
pub(crate) fn constant_of(field: &str) -> String {
    field.to_uppercase().nfkc().collect()
}

/// How the names of a scope look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `OrderLine`.
    Camel,
    /// `order_line`.
    Snake,
    /// `ORDER_LINE`.
    Constant,
    /// `order_line` as a file may be called.
    File,
}

impl Form {
    /// Whether a word has the form. Whatever this module makes has it; letters without case have any.
    pub(super) fn fits(self, word: &str) -> bool {
        match self {
            Self::Camel => {
                let mut letters = word.trim_start_matches('_').chars();
                let starts_high = letters.next().is_none_or(is_upper);
                // A number may stand behind an underscore, since it cannot begin a word otherwise.
                let parts = letters.as_str().split('_').skip(1).filter_map(|it| it.chars().next());
                starts_high && parts.into_iter().all(|it| is_upper(it) && is_lower(it))
            }
            Self::Snake => word.chars().all(is_lower),
            Self::Constant => word.chars().all(is_upper),
            // rustc wants the names of files in ASCII, and file systems may not tell upper from lower case.
            Self::File => {
                word.len() <= FILE_LENGTH
                    && word.starts_with(|it: char| it.is_ascii_lowercase())
                    && word.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
            }
        }
    }

    /// The form as conventions call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Camel => "`UpperCamelCase`",
            Self::Snake => "`snake_case`",
            Self::Constant => "`UPPER_CASE`",
            Self::File => "`snake_case` in ASCII",
        }
    }
}

fn is_upper(it: char) -> bool {
    it.to_uppercase().eq([it])
}

fn is_lower(it: char) -> bool {
    it.to_lowercase().eq([it])
}
