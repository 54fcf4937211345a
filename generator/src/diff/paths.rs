//! Types as an app sees them: paths from the crate's root, whatever a file imports.

use std::collections::BTreeMap;

use crate::names::Ident;
use crate::plan::{ImportPlan, Item, ModulePlan, Plan, TypeExpr};

/// What type definitions stand for: another name for a type is that type to an app.
pub(super) type Aliases = BTreeMap<String, String>;

/// Where a file stands, and what it calls things.
pub(super) struct Scope<'p> {
    /// The modules from the root to the file.
    path: Vec<&'p str>,
    own: Vec<&'p str>,
    imports: BTreeMap<&'p str, &'p str>,
    aliases: &'p Aliases,
}

impl<'p> Scope<'p> {
    pub(super) fn new(
        path: Vec<&'p str>,
        own: &'p [Ident],
        imports: &'p [ImportPlan],
        aliases: &'p Aliases,
    ) -> Scope<'p> {
        let imports = imports.iter().flat_map(|it| it.names.iter().map(|name| (name.as_str(), it.path.as_str())));
        Self { path, own: own.iter().map(Ident::as_str).collect(), imports: imports.collect(), aliases }
    }

    /// A type in full; an alias as what it stands for.
    pub(super) fn absolute(&self, ty: &TypeExpr) -> String {
        match ty {
            TypeExpr::Path(path) => {
                let path = self.path(path);
                self.aliases.get(&path).cloned().unwrap_or(path)
            }
            TypeExpr::Generic(outer, inner) => format!("{outer}<{}>", self.absolute(inner)),
        }
    }

    fn path(&self, written: &str) -> String {
        match written.rsplit_once("::") {
            Some((path, name)) => self.from(path, name),
            None => match self.imports.get(written) {
                Some(path) => self.from(path, written),
                None if self.own.contains(&written) => self.from("super", written),
                None => written.to_owned(),
            },
        }
    }

    fn from(&self, path: &str, name: &str) -> String {
        let mut modules: Vec<&str> = Vec::new();
        let mut steps = path.split("::").peekable();
        if steps.peek() == Some(&"super") {
            modules.clone_from(&self.path);
        }
        for step in steps {
            if step == "super" {
                modules.pop();
            } else {
                modules.push(step);
            }
        }
        modules.push(name);
        modules.join("::")
    }
}

/// Every alias of a plan. One stands for a type of the prelude or of the runtime, never for another alias.
pub(super) fn aliases(plan: &Plan) -> Aliases {
    let none = Aliases::new();
    let of = |module: &ModulePlan| -> Vec<(String, String)> {
        let aliases = module.files.iter().flat_map(|file| file.items.iter().map(move |item| (file, item)));
        let aliases = aliases.filter_map(|(file, item)| {
            let Item::Alias(alias) = item else { return None };
            let scope = Scope::new(vec![module.name.as_str(), file.name.as_str()], &file.exports, &file.imports, &none);
            Some((format!("{}::{}", module.name.as_str(), alias.name.as_str()), scope.absolute(&alias.ty)))
        });
        aliases.collect()
    };
    plan.modules.iter().flat_map(of).collect()
}
