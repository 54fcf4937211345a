//! The names of functions and actions at their places, and of the clouds.

use super::case::{constant, file, snake, upper_camel};
use super::resources::{Node, Round};
use super::scope::Scope;
use super::wish::{Origin, Wish};
use super::{CallNames, Ident, Namer};
use crate::select::{Call, parameters};

/// The rounds of requests and of the files of imports.
pub(super) struct Calls {
    requests: Round,
    files: Round,
}

impl<'c> Namer<'c, '_> {
    pub(super) fn call_word(&self, call: &'c Call) -> (&'c str, Origin) {
        self.word(None, &call.name)
    }

    /// What was named before.
    pub(super) fn calls(
        &self,
        types: &mut Scope,
        files: &mut Scope,
        nodes: &[Node<'c>],
        imports: &[(&'c Call, Ident)],
    ) -> Calls {
        let wish = |call: &'c Call, what: &str| {
            let (word, origin) = self.call_word(call);
            let word = upper_camel(word);
            let pin = self.pins.call(&call.key, what);
            let fits = what == "file" || pin.as_ref().is_some_and(|it| it.text.contains(&word));
            Wish { word, origin: if fits { Origin::Computed } else { origin.for_all() }, pin }
        };
        let all = nodes.iter().flat_map(|it| &it.calls).chain(imports);
        let requests = Round::new(types, all.map(|(call, _)| wish(call, "request")).collect());
        let files = Round::new(files, imports.iter().map(|(call, _)| wish(call, "file")).collect());
        Calls { requests, files }
    }

    /// Names for the others.
    pub(super) fn finish_calls(
        &mut self,
        rounds: &Calls,
        types: &mut Scope,
        files: &mut Scope,
        nodes: &[Node<'c>],
        stems: &[String],
        imports: &[(&'c Call, Ident)],
    ) {
        let bound =
            nodes.iter().zip(stems).flat_map(|(node, stem)| node.calls.iter().map(move |it| (it, stem.as_str())));
        let all: Vec<_> = bound.chain(imports.iter().map(|it| (it, ""))).collect();
        let first_import = all.len() - imports.len();
        for (at, ((call, method), stem)) in all.into_iter().enumerate() {
            let word = upper_camel(self.call_word(call).0);
            let request = self.settle(
                &rounds.requests,
                at,
                || types.reserve_or(&word, || format!("{stem}{word}")),
                || format!("the request `{}`", call.key),
            );
            let file = at.checked_sub(first_import).map(|at| {
                let wanted = file(&snake(request.unraw()));
                self.settle(&rounds.files, at, || files.reserve(&wanted), || format!("the file of `{}`", call.key))
            });
            let operation = self.model.operation(call.operation);
            let mut scope = Scope::parameters();
            let parameters =
                parameters(operation).iter().map(|it| scope.reserve(&snake(self.word(None, it.name).0))).collect();
            let names = CallNames { method: method.clone(), request, file, parameters };
            self.names.calls.insert(call.key.clone(), names);
        }
    }

    /// Constants; clouds are few, and named by the configuration alone.
    pub(super) fn clouds(&mut self) {
        let mut scope = Scope::clouds();
        let clouds = self.config.value.service.iter().flat_map(|it| &it.clouds);
        self.names.clouds = clouds.map(|it| scope.reserve(&constant(it.name.get_ref()))).collect();
    }
}
