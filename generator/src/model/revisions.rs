//! `Org.OData.Core.V1.Revisions`: what is said of deprecation.

use super::Annotations;
use crate::csdl::{Expression, Record, Text};

/// A revision of kind `Deprecated`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Deprecation<'m> {
    /// `Date`: since when.
    pub date: Option<&'m Text<'m>>,
    /// `RemovalDate`: until when. Not of the vocabulary itself; Microsoft's services say it.
    pub removal: Option<&'m Text<'m>>,
    /// `Version`: in which one.
    pub version: Option<&'m Text<'m>>,
}

impl<'m> Annotations<'m> {
    /// The first revision of kind `Deprecated`.
    #[must_use]
    pub fn deprecation(&self) -> Option<Deprecation<'m>> {
        let revisions = self.get("Org.OData.Core.V1.Revisions")?;
        let Some(Expression::Collection(items, _)) = &revisions.value else { return None };
        items.iter().find_map(|it| match it {
            Expression::Record(record) => as_deprecation(record),
            _ => None,
        })
    }
}

fn as_deprecation<'m>(record: &'m Record<'m>) -> Option<Deprecation<'m>> {
    let text = |name: &str| -> Option<&'m Text<'m>> {
        let value = record.properties.iter().find(|it| it.property.value == name)?;
        match value.value.as_ref()? {
            Expression::Constant(_, text) => Some(text),
            _ => None,
        }
    };
    let is_deprecated = text("Kind")?.value.rsplit('/').next() == Some("Deprecated");
    is_deprecated.then(|| Deprecation { date: text("Date"), removal: text("RemovalDate"), version: text("Version") })
}
