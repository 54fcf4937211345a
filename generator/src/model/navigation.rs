//! What a navigation property says besides its type.

use super::Annotations;

/// 8.5: a referential constraint.
#[derive(Debug)]
pub struct ReferentialConstraint<'m> {
    /// `Property` of the dependent type.
    pub property: &'m str,
    /// `ReferencedProperty` of the principal type.
    pub referenced: &'m str,
    /// Annotations written inside; no target leads here.
    pub annotations: Annotations<'m>,
}

/// 8.6: what becomes of a dependent when its principal is deleted.
#[derive(Debug)]
pub struct OnDelete<'m> {
    /// `Action`.
    pub action: &'m str,
    /// Annotations written inside; no target leads here.
    pub annotations: Annotations<'m>,
}
