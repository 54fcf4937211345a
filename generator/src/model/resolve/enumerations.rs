//! 10: enumerations and the values of their members.

use super::Resolver;
use super::unique::Unique;
use crate::csdl::{EnumType, Text};
use crate::diagnostic::Diagnostic;
use crate::model::{Enum, ItemType, Member, Primitive};

impl<'m> Resolver<'m, '_> {
    /// An enumeration, with the values that its members leave out.
    pub(super) fn enumeration(&mut self, document: usize, declared: &'m EnumType<'m>) -> Enum<'m> {
        let underlying = declared.underlying.as_ref().map_or(Primitive::Int32, |it| self.integer_type(document, it));
        let mut members: Vec<Member<'m>> = Vec::with_capacity(declared.members.len());
        let mut seen = Unique::default();
        let mut next = Some(0_i64);
        self.check_member_values(declared, underlying);
        for it in &declared.members {
            if let Some(first) = seen.insert(&it.name) {
                self.duplicate("member", &it.name, first);
                continue;
            }
            let value = match &it.value {
                Some(text) => self.member_value(text, underlying),
                None => {
                    let implied = next.filter(|it| range(underlying).is_none_or(|range| range.contains(it)));
                    if implied.is_none() {
                        self.report(
                            Diagnostic::error(
                                "resolve::member-value",
                                format!("member `{}` has no value left", it.name.value),
                            )
                            .at(it.name.span, format!("one more than the largest value of Edm.{}", underlying.name()))
                            .help("give it a value"),
                        );
                    }
                    implied
                }
            };
            let Some(value) = value else { continue };
            next = value.checked_add(1);
            members.push(Member {
                name: &it.name.value,
                span: it.name.span,
                value,
                annotations: self.inline(document, &it.annotations),
            });
        }
        Enum { underlying, is_flags: declared.is_flags, members }
    }

    /// 10.3.2: members of flags have values, and none below zero. Their names stand with commas between them on the wire.
    fn check_member_values(&mut self, declared: &EnumType<'_>, underlying: Primitive) {
        for it in declared.members.iter().filter(|it| declared.is_flags && it.name.value.contains(',')) {
            let message = format!("`{}` cannot be the name of a flag", it.name.value);
            self.report(
                Diagnostic::error("resolve::member-name", message)
                    .at(it.name.span, "a value of flags has commas between its members")
                    .help("give it a name without a comma, or remove `IsFlags`"),
            );
        }
        let without = declared.members.iter().find(|it| it.value.is_none());
        let name = &declared.name.value;
        if let (true, Some(without)) = (declared.is_flags, without) {
            self.report(
                Diagnostic::warning(
                    "resolve::member-value",
                    format!("member `{}` of flags `{name}` has no value", without.name.value),
                )
                .at(without.name.span, "counted on from the member before")
                .help("give each member a value of one bit, or of the bits that it stands for"),
            );
        }
        let values = declared.members.iter().filter_map(|it| Some((it, it.value.as_ref()?)));
        let negative = values.filter(|(_, value)| value.value.trim().starts_with('-')).find(|_| declared.is_flags);
        if let (true, Some((member, value))) = (range(underlying).is_some(), negative) {
            let message = format!("member `{}` of flags `{name}` has a value below zero", member.name.value);
            self.report(Diagnostic::warning("resolve::member-value", message).at(value.span, "no set of bits"));
        }
    }

    /// 10.1: an enumeration's underlying type is an integer type.
    fn integer_type(&mut self, document: usize, text: &'m Text<'m>) -> Primitive {
        match self.type_ref(document, text) {
            Some(ty) if !ty.is_collection => match ty.item {
                ItemType::Primitive(it) if range(it).is_some() => return it,
                _ => {}
            },
            Some(_) => {}
            None => return Primitive::Int32,
        }
        self.report(
            Diagnostic::error("resolve::underlying-type", format!("`{}` is not an integer type", text.value))
                .at(text.span, "underlying type of an enumeration")
                .help("one of Edm.Byte, Edm.SByte, Edm.Int16, Edm.Int32, Edm.Int64"),
        );
        Primitive::Int32
    }

    fn member_value(&mut self, text: &Text<'_>, underlying: Primitive) -> Option<i64> {
        let value = text.value.trim().parse::<i64>().ok();
        let value = value.filter(|it| range(underlying).is_none_or(|range| range.contains(it)));
        if value.is_none() {
            self.report(
                Diagnostic::error(
                    "resolve::member-value",
                    format!("`{}` is not a value of Edm.{}", text.value, underlying.name()),
                )
                .at(text.span, "value of a member"),
            );
        }
        value
    }
}

/// The values of an integer type.
fn range(primitive: Primitive) -> Option<std::ops::RangeInclusive<i64>> {
    match primitive {
        Primitive::Byte => Some(0..=255),
        Primitive::SByte => Some(-128..=127),
        Primitive::Int16 => Some(i64::from(i16::MIN)..=i64::from(i16::MAX)),
        Primitive::Int32 => Some(i64::from(i32::MIN)..=i64::from(i32::MAX)),
        Primitive::Int64 => Some(i64::MIN..=i64::MAX),
        _ => None,
    }
}
