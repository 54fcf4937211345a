//! The documentation of requests: the HTTP line, what it does, the permission, the page, an example that compiles.

use super::super::build::Planner;
use super::super::docs::{code, line};
use super::{OperationPlan, RequestKind, ResultPlan};

/// How an app gets to a resource, for examples.
#[derive(Debug, Clone)]
pub(super) struct Trail {
    /// The calls so far.
    pub(super) call: String,
    /// What the example is given: name and type.
    pub(super) given: Vec<(String, String)>,
    /// The path as it stands in a URL, with what varies in braces.
    pub(super) path: String,
}

impl Default for Trail {
    fn default() -> Self {
        Self { call: "client".to_owned(), given: Vec::new(), path: String::new() }
    }
}

/// What is said of an operation besides its request line.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// What it does.
    pub(super) doc: Vec<String>,
    /// Its parameters.
    pub(super) parameters: Vec<String>,
    /// What the example sets of a model: the method, and the value.
    pub(super) setters: Vec<(String, String)>,
}

/// The request line.
pub(super) fn title(plan: &OperationPlan, path: &str) -> String {
    let method = match &plan.kind {
        RequestKind::Get | RequestKind::Function { .. } | RequestKind::Ranged { .. } => "GET",
        RequestKind::Create { .. } | RequestKind::Action { .. } => "POST",
        RequestKind::Update { .. } => "PATCH",
        RequestKind::Delete => "DELETE",
    };
    let values = |plan: &OperationPlan| {
        let values: Vec<String> = plan.parameters.iter().map(|it| format!("{0}={{{0}}}", it.wire)).collect();
        values.join(",")
    };
    code(&match &plan.kind {
        RequestKind::Function { segment } | RequestKind::Ranged { segment, .. } => {
            format!("{method} {path}/{segment}({})", values(plan))
        }
        RequestKind::Action { segment } => format!("{method} {path}/{segment}"),
        _ => format!("{method} {path}"),
    })
}

/// All lines for the method.
pub(super) fn lines(planner: &Planner<'_>, plan: &OperationPlan, words: &Words, trail: &Trail) -> Vec<String> {
    let mut all = vec![title(plan, &trail.path)];
    let mut paragraph = |lines: Vec<String>| {
        if !lines.is_empty() {
            all.push(String::new());
            all.extend(lines);
        }
    };
    paragraph(words.doc.clone());
    paragraph(words.parameters.clone());
    if let RequestKind::Ranged { from, to, days, .. } = &plan.kind
        && let (Some(from), Some(to)) = (plan.parameters.get(*from), plan.parameters.get(*to))
    {
        let (from, to) = (code(from.name.unraw()), code(to.name.unraw()));
        paragraph(vec![format!(
            "From {from} to {to} there may be {days} days at most; more is refused before anything is sent, or asked for in \
             pieces by `split`."
        )]);
    }
    if let RequestKind::Create { required, .. } = &plan.kind
        && !required.is_empty()
    {
        let list: Vec<String> = required.iter().map(|it| code(it)).collect();
        paragraph(vec![format!("Required: {}.", list.join(", "))]);
    }
    if !plan.permissions.is_empty() {
        let list: Vec<String> = plan.permissions.iter().map(|it| code(it)).collect();
        let any = if list.len() == 1 { "" } else { ", any of" };
        paragraph(vec![format!("Permission{any}: {}.", list.join(", "))]);
    }
    if let Some(listed) = &plan.filterable {
        let entry = |it: &String| match it.split_once(' ') {
            Some((path, words)) => {
                let words: Vec<String> = words.split(' ').map(code).collect();
                format!("{} with {}", code(path), words.join(", "))
            }
            None => code(it),
        };
        let list: Vec<String> = listed.iter().map(entry).collect();
        paragraph(vec![format!("A filter may use: {}.", list.join("; "))]);
    }
    if let Some(link) = &plan.documentation {
        paragraph(vec![format!("[Documentation]({})", line(link))]);
    }
    paragraph(example(planner, plan, words, trail));
    all
}

fn example(planner: &Planner<'_>, plan: &OperationPlan, words: &Words, trail: &Trail) -> Vec<String> {
    let Some(krate) = planner.config.output.krate() else { return Vec::new() };
    let given: Vec<String> = trail.given.iter().map(|(name, ty)| format!(", {name}: {ty}")).collect();
    let given = given.concat();
    let mut arguments: Vec<String> = plan
        .parameters
        .iter()
        .map(|it| match (&it.ty, it.is_optional) {
            (_, true) => "None".to_owned(),
            (None, false) => format!("\"{{{}}}\"", it.wire),
            (Some(_), false) => it.name.as_str().to_owned(),
        })
        .collect();
    let (mut hidden, mut before) = (Vec::new(), Vec::new());
    if let RequestKind::Create { model, .. } | RequestKind::Update { model } = &plan.kind {
        let name = model.name();
        hidden.push(format!("# use {krate}::requests::{name};"));
        if words.setters.is_empty() {
            arguments.push(format!("{name}::new()"));
        } else {
            before.push(format!("let new = {name}::new()"));
            before.extend(words.setters.iter().map(|(method, value)| format!("    .{method}({value})")));
            if let Some(last) = before.last_mut() {
                last.push(';');
            }
            arguments.push("new".to_owned());
        }
    }
    let call = format!("{}.{}({})", trail.call, plan.method.as_str(), arguments.join(", "));
    let body = match &plan.result {
        ResultPlan::Nothing => vec![format!("{call}.send().await?;")],
        ResultPlan::Many(_) if !matches!(plan.kind, RequestKind::Action { .. }) => vec![
            format!("let mut items = {call}.stream();"),
            "while let Some(item) = items.next().await {".to_owned(),
            "    println!(\"{:?}\", item?);".to_owned(),
            "}".to_owned(),
        ],
        _ => vec![format!("let answer = {call}.send().await?;")],
    };
    let mut lines = vec!["```no_run".to_owned()];
    lines.extend(hidden);
    lines.push(format!("# async fn example(client: &{krate}::Client{given}) -> Result<(), {krate}::Error> {{"));
    lines.extend(before);
    lines.extend(body);
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}
