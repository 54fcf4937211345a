//! The client, the resources that its paths lead to, the requests that they offer, and what is given to those that write.

mod call;
mod docs;
mod model;
mod operation;
mod parts;
mod redacted;
mod resource;
mod values;

use super::build::Planner;
use super::docs::{code, line};
use super::files::Imports;
use crate::config::Limit;
use crate::names::Ident;

pub use parts::{
    ClientPlan, CloudPlan, LimitPlan, ModelPlan, OperationPlan, ParameterPlan, RequestFile, RequestItem, RequestKind,
    ResourcePlan, ResultPlan, ServicePlan, SetterPlan, Step, StepPlan,
};

/// Plans the client, where the configuration names a service.
pub(super) fn client_plan(planner: &Planner<'_>) -> Option<ClientPlan> {
    let service = planner.config.service.as_ref()?;
    let nowhere = Ident::default();
    let mut imports = Imports::new(planner.model, planner.names, &nowhere, None, &[]).beside_root();
    for it in ["Builder", "Error", "Service", "TokenSource"] {
        imports.client("odata_runtime::client", it);
    }
    if !service.limits.is_empty() {
        imports.client("odata_runtime::client", "Limit");
        imports.client("std::time", "Duration");
    }
    let clouds = service.clouds.iter().zip(&planner.names.clouds).map(|(cloud, constant)| CloudPlan {
        constant: constant.clone(),
        docs: vec![
            format!("{}: <{}>.", code(cloud.name.get_ref()), line(cloud.root.get_ref())),
            String::new(),
            format!("Tokens come from <{}>.", line(cloud.authority.get_ref())),
        ],
        facts: [cloud.name.get_ref(), cloud.root.get_ref(), cloud.scope.get_ref(), cloud.authority.get_ref()]
            .map(String::clone),
    });
    let mut requests = resource::Requests { planner, nowhere: &nowhere, files: Vec::new() };
    let mut steps = Vec::new();
    for resource in planner.selection.resources.iter().filter(|it| it.is_offered()) {
        let trail = requests.trail(resource, &docs::Trail::default());
        steps.extend(requests.step(resource, None, "super::requests", &mut imports));
        requests.resource(resource, &trail);
    }
    let operations = requests.imports(&mut imports);
    requests.models();
    let mut files = requests.files;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Some(ClientPlan {
        service: ServicePlan {
            root: service.root.get_ref().clone(),
            scope: service.scope.get_ref().clone(),
            delegated: service.delegated.unwrap_or(true),
            secret: redacted::named(planner, |it| &it.secret),
            personal: redacted::named(planner, |it| &it.personal),
            prefer: service.prefer.as_ref().map(|it| it.get_ref().clone()),
            batch: service.batch.as_ref().map(|it| *it.get_ref()),
            limits: service.limits.iter().map(limit).collect(),
        },
        clouds: clouds.collect(),
        docs: vec![
            format!("The service at <{}>.", line(service.root.get_ref())),
            String::new(),
            "Cheap to clone; every clone shares the same transport and tokens.".to_owned(),
        ],
        steps,
        operations,
        imports: imports.finish(),
        files,
    })
}

fn limit(limit: &Limit) -> LimitPlan {
    LimitPlan {
        requests: *limit.requests.get_ref(),
        seconds: u64::from(*limit.seconds.get_ref()),
        path: limit.path.as_ref().map(|it| it.get_ref().clone()),
        pages: limit.pages,
    }
}
