//! What the stages found out, for those that look at all of them and that no stage looks at: [`crate::explain`],
//! [`crate::info`], [`crate::tree`], [`crate::search`], [`crate::diagram`].

use crate::config::{Config, Docs, Loaded};
use crate::lock::Lock;
use crate::model::{Model, TypeId};
use crate::names::Names;
use crate::plan::{FilePlan, Plan};
use crate::select::Selection;

/// What the stages found out, as far as they got.
#[derive(Debug, Clone, Copy)]
pub struct Context<'e> {
    /// What the documents mean.
    pub model: &'e Model<'e>,
    /// What is generated, and why.
    pub selection: &'e Selection,
    /// Every identifier.
    pub names: &'e Names,
    /// What each file holds.
    pub plan: &'e Plan,
    /// `codegen.toml`.
    pub config: &'e Loaded<Config>,
    /// `docs.toml`.
    pub docs: Option<&'e Loaded<Docs>>,
    /// `codegen.lock`.
    pub lock: Option<&'e Loaded<Lock>>,
}

impl<'e> Context<'e> {
    /// The Rust path of a type within the generated crate, such as `shop::Order`; none when it is not
    /// generated.
    #[must_use]
    pub fn rust_path(&self, id: TypeId) -> Option<String> {
        let module = self.names.modules.get(&self.model.ty(id).schema)?;
        Some(format!("{}::{}", module.as_str(), self.names.types.get(&id)?.name.as_str()))
    }

    /// What the file of a type holds; none when it is not generated.
    #[must_use]
    pub fn planned(&self, id: TypeId) -> Option<&'e FilePlan> {
        let names = self.names.types.get(&id)?;
        let module = self.names.modules.get(&self.model.ty(id).schema)?;
        let plan = self.plan.modules.iter().find(|it| it.name == *module)?;
        plan.files.iter().find(|it| it.name == names.file)
    }
}
