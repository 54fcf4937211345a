//! The parts of a struct that are one row a property, as text. They are most of what is emitted, and their layout is
//! known: a row is a row wherever the list around it is broken. What is not surely so (a short list, a long row, an odd
//! line of docs) is left to be formatted like everything else; both ways give the same bytes.

use std::fmt::Write as _;

use crate::plan::{StructPlan, TypeExpr};

/// Where prettyplease breaks a line.
const MARGIN: usize = 89;

/// The struct itself; nothing where a part of it needs to be formatted.
pub(super) fn declaration(plan: &StructPlan) -> Option<String> {
    if plan.has_deprecated || plan.deprecated.is_some() {
        return None;
    }
    let mut text = String::new();
    docs(&mut text, "", &plan.docs)?;
    let debug = if plan.has_secrets { "" } else { "Debug, " };
    let _infallible = write!(
        text,
        "#[derive({debug}Clone, Default, PartialEq)]\n#[non_exhaustive]\npub struct {} {{\n",
        plan.name.as_str()
    );
    for field in &plan.fields {
        docs(&mut text, "    ", &field.docs)?;
        let row = format!("    pub {}: Option<{}>,", field.name.as_str(), written(&field.ty));
        push(&mut text, &row)?;
    }
    text.push_str("    /// What the service sent and the metadata does not declare.\n    pub extra: Extra,\n}\n");
    Some(text)
}

/// Reading and writing; nothing where a list may fit on one line.
pub(super) fn value(plan: &StructPlan) -> Option<String> {
    let mut text = String::new();
    if plan.has_deprecated {
        text.push_str("#[allow(deprecated)]\n");
    }
    let head = format!("impl Value for {} {{", plan.name.as_str());
    push(&mut text, &head)?;
    text.push_str(
        "    #[inline]\n    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {\n        \
         let mut it = Self::default();\n        reader\n            .object(\n                &mut [\n",
    );
    list(&mut text, plan, "                ", "&mut [", "&mut it.")?;
    text.push_str(
        "                ],\n                &mut it.extra,\n            )\n            .and(Ok(it))\n    }\n    \
         #[inline]\n    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {\n        \
         sink.object(\n            &[\n",
    );
    list(&mut text, plan, "            ", "&[", "&self.")?;
    text.push_str("            ],\n            &self.extra,\n        )\n    }\n}\n");
    Some(text)
}

/// The rows of a list that opens at an indent.
fn list(text: &mut String, plan: &StructPlan, indent: &str, open: &str, place: &str) -> Option<()> {
    let mut width = indent.len() + open.len() + "],".len();
    for (at, field) in plan.fields.iter().enumerate() {
        let (wire, name) = (literal(&field.wire)?, field.name.as_str());
        let row = format!("({wire}, {place}{name})");
        width += row.len() + ", ".len();
        let inner = indent.len() + 4;
        // The comma behind the last row counts for nothing.
        let comma = usize::from(at + 1 < plan.fields.len());
        if inner + row.len() + comma <= MARGIN {
            let _infallible = writeln!(text, "{indent}    {row},");
        } else {
            let _infallible = write!(text, "{indent}    (\n{indent}        {wire},\n{indent}        {place}{name},\n");
            let _infallible = writeln!(text, "{indent}    ),");
            if inner + 4 + wire.len().max(place.len() + name.len()) >= MARGIN {
                return None;
            }
        }
    }
    // Near the margin the formatter decides.
    (width > MARGIN + 4).then_some(())
}

/// What it is called and what derives from it; nothing where that is more than two lines.
pub(super) fn typed(plan: &StructPlan) -> Option<String> {
    if !plan.derived.is_empty() {
        return None;
    }
    let mut text = String::new();
    push(&mut text, &format!("impl Typed for {} {{", plan.name.as_str()))?;
    let names: Option<Vec<String>> = plan.wire_names.iter().map(|it| literal(it)).collect();
    let names = format!("names: &[{}]", names?.join(", "));
    let line = format!("    const TYPE: TypeInfo = TypeInfo {{ {names}, derived: &[] }};");
    if line.len() <= MARGIN + 4 {
        return None;
    }
    text.push_str("    const TYPE: TypeInfo = TypeInfo {\n");
    push(&mut text, &format!("        {names},"))?;
    text.push_str("        derived: &[],\n    };\n}\n");
    Some(text)
}

/// The bases that a type can be taken for.
pub(super) fn derived_from(plan: &StructPlan) -> Option<String> {
    let mut text = String::new();
    for base in &plan.downcast_from {
        push(&mut text, &format!("impl DerivedFrom<{}> for {} {{}}", written(base), plan.name.as_str()))?;
    }
    Some(text)
}

/// A line that is surely not broken.
fn push(text: &mut String, line: &str) -> Option<()> {
    text.push_str(line);
    text.push('\n');
    (line.len() < MARGIN - 4).then_some(())
}

fn docs(text: &mut String, indent: &str, lines: &[String]) -> Option<()> {
    for line in lines {
        if line.contains(char::is_control) {
            return None;
        }
        let line = line.trim_end();
        let space = if line.is_empty() { "" } else { " " };
        let _infallible = writeln!(text, "{indent}///{space}{line}");
    }
    Some(())
}

/// A string literal in which nothing is escaped.
fn literal(text: &str) -> Option<String> {
    let plain = |it: char| it.is_ascii_graphic() && !matches!(it, '"' | '\\' | '\'');
    text.chars().all(plain).then(|| format!("\"{text}\""))
}

fn written(ty: &TypeExpr) -> String {
    match ty {
        TypeExpr::Path(path) => path.clone(),
        TypeExpr::Generic(outer, inner) => format!("{outer}<{}>", written(inner)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::super::{format, structure};
    use super::{declaration, derived_from, typed, value};
    use crate::names::Ident;
    use crate::plan::{FieldPlan, StructPlan, TypeExpr};

    fn word() -> impl Strategy<Value = String> {
        "[a-z][a-z_]{0,44}[a-z]".prop_filter("no keyword", |it| syn::parse_str::<syn::Ident>(it).is_ok())
    }

    fn ty() -> impl Strategy<Value = TypeExpr> {
        let path =
            prop_oneof![Just("String".to_owned()), "[A-Z][a-z]{3,50}", "super::super::[a-z]{3,30}::[A-Z][a-z]{3,30}"];
        let wrap = prop_oneof![Just(None), Just(Some("Vec")), Just(Some("Box"))];
        (path, wrap).prop_map(|(path, wrap)| match wrap {
            Some(outer) => TypeExpr::Path(path).within(outer),
            None => TypeExpr::Path(path),
        })
    }

    prop_compose! {
        fn field()(name in word(), wire in "[a-zA-Z][a-zA-Z0-9@.-]{0,44}", ty in ty(), docs in docs()) -> FieldPlan {
            FieldPlan { name: Ident::escape(&name), wire, docs, ty, deprecated: None, secret: false }
        }
    }

    fn docs() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec(r"[ -~]{0,120}|/ slash|  two|\*/", 0..4)
    }

    prop_compose! {
        fn plan()(
            name in "[A-Z][a-z]{0,60}",
            fields in prop::collection::vec(field(), 0..9),
            docs in docs(),
            wire_names in prop::collection::vec("[a-z.]{1,40}", 1..3),
            bases in prop::collection::vec(ty(), 0..3),
            has_secrets in any::<bool>(),
        ) -> StructPlan {
            StructPlan {
                name: Ident::escape(&name),
                docs,
                deprecated: None,
                fields,
                wire_names,
                derived: Vec::new(),
                downcast_from: bases,
                is_base: false,
                has_secrets,
                has_deprecated: false,
                queried: Ident::escape(&name),
                constants: Vec::new(),
            }
        }
    }

    proptest! {
        #[test]
        fn rows_are_what_formatting_would_make_of_them(plan in plan()) {
            let parts = [
                (declaration(&plan), structure::declaration(&plan)),
                (value(&plan), structure::value(&plan)),
                (typed(&plan), structure::typed(&plan)),
                (derived_from(&plan), structure::derived_from(&plan)),
            ];
            for (text, tokens) in parts {
                if let Some(text) = text {
                    prop_assert_eq!(text, format(tokens).unwrap());
                }
            }
        }
    }
}
