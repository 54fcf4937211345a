//! Items that differ from type to type in the name of the type only. They are a third of what is emitted, so they are
//! formatted once, and the name is put in as text.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::{Gates, enumeration, format, shim, structure};

/// Stands for the name of the type.
const NAME: &str = "NameOfTheType";

/// A line with the name in it that is no longer than this is broken for no name; prettyplease breaks at 89.
const WIDTH: usize = 85;

/// Which items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixed {
    /// serde for a type.
    Shim,
    /// The methods of a base.
    Downcasts,
    /// Reading and writing an enumeration, and serde for it.
    Enumeration,
}

impl Fixed {
    fn tokens(self, name: &impl ToTokens, gates: Gates) -> TokenStream {
        let shim = || shim::shim(name, gates);
        match self {
            Self::Shim => shim(),
            Self::Downcasts => structure::downcasts(name),
            Self::Enumeration => {
                let (value, shim) = (enumeration::value(name), shim());
                quote!(#value #shim)
            }
        }
    }
}

/// The text of each, without the name.
pub(super) struct Templates {
    gates: Gates,
    shim: Template,
    downcasts: Template,
    enumeration: Template,
}

struct Template {
    text: String,
    /// The longest name with which no line is longer than [`WIDTH`].
    longest: usize,
}

impl Template {
    fn new(text: String) -> Self {
        let lines = text.lines().filter(|it| it.contains(NAME)).map(|it| it.len() - NAME.len());
        Self { longest: WIDTH.saturating_sub(lines.max().unwrap_or_default()), text }
    }
}

impl Templates {
    pub(super) fn new(gates: Gates) -> Result<Self, syn::Error> {
        let name = format_ident!("{NAME}");
        let text = |fixed: Fixed| format(fixed.tokens(&name, gates)).map(Template::new);
        Ok(Self {
            gates,
            shim: text(Fixed::Shim)?,
            downcasts: text(Fixed::Downcasts)?,
            enumeration: text(Fixed::Enumeration)?,
        })
    }

    /// The items of a type, as they would be formatted for it.
    pub(super) fn text(&self, fixed: Fixed, name: &impl ToTokens) -> Result<String, syn::Error> {
        let template = match fixed {
            Fixed::Shim => &self.shim,
            Fixed::Downcasts => &self.downcasts,
            Fixed::Enumeration => &self.enumeration,
        };
        let written = name.to_token_stream().to_string();
        if written.len() > template.longest {
            return format(fixed.tokens(name, self.gates));
        }
        Ok(template.text.replace(NAME, &written))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Fixed, Gates, Templates, format, format_ident};

    #[test]
    fn the_text_is_what_formatting_it_for_the_name_gives() {
        for features in [false, true] {
            let gates = Gates { features };
            let templates = Templates::new(gates).unwrap();
            for length in 1..150 {
                let ident = format_ident!("N{}", "a".repeat(length - 1));
                for fixed in [Fixed::Shim, Fixed::Downcasts, Fixed::Enumeration] {
                    let wanted = format(fixed.tokens(&ident, gates)).unwrap();
                    assert_eq!(templates.text(fixed, &ident).unwrap(), wanted, "{fixed:?}");
                }
            }
        }
    }
}
