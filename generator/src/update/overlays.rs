//! What the configuration adds and the document has by now.

use crate::csdl::{self, Limits};
use crate::input::Input;
use crate::model::resolve;

/// The type and property of each addition that the documents have caught up with.
pub(super) fn caught_up(input: &Input) -> Vec<(String, String)> {
    // What is wrong with them is told when they are read with the additions.
    let mut told = Vec::new();
    let limits = Limits::default();
    let documents: Vec<_> =
        (input.documents.iter()).map(|id| csdl::read(*id, input.sources.text(*id), &limits, &mut told)).collect();
    let model = resolve(&documents, &[], &mut told);
    let declares = |ty: &str, property: &str| {
        let id = model.find_type(ty);
        id.is_some_and(|id| model.all_properties(id).iter().any(|(_, it)| it.name == property))
    };
    let overlays = input.config.overlays().into_iter();
    overlays.filter(|it| declares(&it.type_name, &it.property)).map(|it| (it.type_name, it.property)).collect()
}

/// Where an addition stands in `codegen.toml`.
pub(super) fn path((ty, property): &(String, String)) -> Vec<String> {
    ["type", ty.as_str(), "add", property.as_str()].map(str::to_owned).to_vec()
}
