//! 14.4: constants.

use super::{Needed, is_anything};
use crate::csdl::{ConstantKind, Text};
use crate::diagnostic::Diagnostic;
use crate::model::resolve::Resolver;
use crate::model::resolve::say::Say;
use crate::model::{ItemType, Primitive, TypeId, TypeKind};

impl Resolver<'_, '_> {
    pub(super) fn check_constant(
        &mut self,
        document: usize,
        kind: ConstantKind,
        text: &Text<'_>,
        needed: Option<Needed<'_>>,
    ) {
        let stated = if kind == ConstantKind::EnumMember { self.check_members(document, text) } else { None };
        let Some(needed) = needed else { return };
        let item = self.underlying(needed.ty.item);
        let fits = match (kind, item) {
            (ConstantKind::EnumMember, ItemType::Declared(id)) => {
                stated.map_or_else(|| matches!(self.model.ty(id).kind, TypeKind::Enum(_)), |stated| stated == id)
            }
            (_, ItemType::Declared(_)) => false,
            (_, ItemType::Primitive(it)) => fits(kind, it),
        };
        if needed.ty.is_collection && !is_anything(item) {
            return self.mismatch(needed, "a single constant", text.span);
        }
        if !fits {
            return self.mismatch(needed, &format!("a constant {}", kind.name()), text.span);
        }
        let length = match kind {
            ConstantKind::String => text.value.chars().count(),
            // Four characters stand for three bytes; white space and padding for none.
            ConstantKind::Binary => text.value.trim().trim_end_matches('=').len() * 3 / 4,
            _ => return,
        };
        if let Some(most) = needed.max_length.filter(|most| length > *most) {
            let unit = if kind == ConstantKind::String { "characters" } else { "bytes" };
            let message = format!("the value of `{}` has {length} {unit}, and may have {most}", needed.of);
            self.report(Diagnostic::warning("resolve::annotation-value", message).at(text.span, "too long"));
        }
    }

    /// 14.4.7: members by type and name, with spaces between them. The type, if there is one.
    fn check_members(&mut self, document: usize, text: &Text<'_>) -> Option<TypeId> {
        let mut ty = None;
        for one in text.value.split_ascii_whitespace() {
            let (name, member) = one.rsplit_once('/')?;
            let id = self.find_type(document, name)?;
            ty = ty.or(Some(id));
            let declared = self.model.ty(id);
            let TypeKind::Enum(it) = &declared.kind else {
                let message = format!("`{name}` is no enumeration");
                let fault = Diagnostic::warning("resolve::annotation-value", message);
                self.report(fault.at(text.span, "has no members").also(declared.span, "declared here"));
                continue;
            };
            if it.members.iter().any(|it| it.name == member) || member.parse::<i64>().is_ok() {
                continue;
            }
            let near = self.near(member, it.members.iter().map(|it| it.name));
            let message = format!("enumeration `{name}` has no member `{member}`");
            let fault = Diagnostic::warning("resolve::annotation-value", message).at(text.span, "this value");
            self.report(fault.also(declared.span, "declared here").help_if(near));
        }
        ty
    }
}

/// Whether a constant is a value of a primitive type. Numbers stand for each other, as the OASIS vocabularies have them,
/// and strings for what has no constant of its own.
fn fits(kind: ConstantKind, ty: Primitive) -> bool {
    use Primitive as P;
    if matches!(ty, P::Untyped | P::PrimitiveType) {
        return true;
    }
    match kind {
        ConstantKind::Binary => ty == P::Binary,
        ConstantKind::Bool => ty == P::Boolean,
        ConstantKind::Date => ty == P::Date,
        ConstantKind::DateTimeOffset => ty == P::DateTimeOffset,
        ConstantKind::Duration => ty == P::Duration,
        ConstantKind::Guid => ty == P::Guid,
        ConstantKind::TimeOfDay => ty == P::TimeOfDay,
        ConstantKind::EnumMember => false,
        ConstantKind::Int => ty.is_integer() || matches!(ty, P::Decimal | P::Double | P::Single),
        ConstantKind::Decimal | ConstantKind::Float => matches!(ty, P::Decimal | P::Double | P::Single),
        ConstantKind::String => ty == P::String || ty == P::Stream || ty.is_spatial(),
    }
}
