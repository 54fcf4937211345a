//! A client and its requests, as plain data.

use crate::config::LimitedPages;
use crate::names::Ident;
use crate::plan::{ImportPlan, TypeExpr};

/// The client of a service.
#[derive(Debug)]
pub struct ClientPlan {
    /// What the runtime is told of the service.
    pub service: ServicePlan,
    /// The same service elsewhere.
    pub clouds: Vec<CloudPlan>,
    /// Doc lines.
    pub docs: Vec<String>,
    /// Entity sets and singletons.
    pub steps: Vec<StepPlan>,
    /// Functions and actions that the container imports.
    pub operations: Vec<OperationPlan>,
    /// What the client's file imports.
    pub imports: Vec<ImportPlan>,
    /// One file a path, one an import, one a model, in the order of their names.
    pub files: Vec<RequestFile>,
}

/// What the runtime is told of a service.
#[derive(Debug)]
pub struct ServicePlan {
    /// The service root.
    pub root: String,
    /// The scope of its tokens.
    pub scope: String,
    /// Whether it takes the tokens of signed-in users.
    pub delegated: bool,
    /// Properties that recordings leave out: names, or ends of paths.
    pub secret: Vec<String>,
    /// Properties that recordings replace.
    pub personal: Vec<String>,
    /// The preference that every request sends.
    pub prefer: Option<String>,
    /// How many requests a batch may hold; nothing where there are no batches.
    pub batch: Option<u32>,
    /// How many requests it takes.
    pub limits: Vec<LimitPlan>,
}

/// How many requests a service takes in a period.
#[derive(Debug)]
pub struct LimitPlan {
    /// So many requests.
    pub requests: u32,
    /// In so many seconds.
    pub seconds: u64,
    /// At this path template and below it.
    pub path: Option<String>,
    /// Which pages of lists count.
    pub pages: Option<LimitedPages>,
}

/// The same service under another address.
#[derive(Debug)]
pub struct CloudPlan {
    /// The constant.
    pub constant: Ident,
    /// Doc lines.
    pub docs: Vec<String>,
    /// Name, service root, scope, authority.
    pub facts: [String; 4],
}

/// A file of the requests.
#[derive(Debug)]
pub struct RequestFile {
    /// The file without `.rs`.
    pub name: Ident,
    /// What the module re-exports from the file.
    pub exports: Vec<Ident>,
    /// What it imports.
    pub imports: Vec<ImportPlan>,
    /// What it holds.
    pub item: RequestItem,
}

/// What a file of the requests holds.
#[derive(Debug)]
pub enum RequestItem {
    /// What stands for one path.
    Resource(ResourcePlan),
    /// The request of an import.
    Import(Box<OperationPlan>),
    /// What new or changed values are given in.
    Model(ModelPlan),
}

/// A method that goes one step along a path.
#[derive(Debug)]
pub struct StepPlan {
    /// The method.
    pub method: Ident,
    /// The resource that it leads to.
    pub resource: TypeExpr,
    /// Doc lines.
    pub docs: Vec<String>,
    /// Text of `#[deprecated(note)]`.
    pub deprecated: Option<String>,
    /// How the path goes on.
    pub step: Step,
}

/// How a path goes on.
#[derive(Debug)]
pub enum Step {
    /// By a name.
    Segment(String),
    /// By a key as a segment of its own.
    Key(Ident),
    /// By the one part of a key, in parentheses.
    Keyed(ParameterPlan),
    /// By the parts of a key, in parentheses.
    Keys(Vec<ParameterPlan>),
    /// By the qualified name of a derived type.
    Cast(String),
}

/// A value that a caller gives.
#[derive(Debug, Clone)]
pub struct ParameterPlan {
    /// The parameter.
    pub name: Ident,
    /// The name on the wire.
    pub wire: String,
    /// The type of the value; nothing for text.
    pub ty: Option<TypeExpr>,
    /// Whether it may be left out.
    pub is_optional: bool,
    /// Whether it has no literal, and stands in a URL as JSON.
    pub is_json: bool,
}

/// What stands for one path.
#[derive(Debug)]
pub struct ResourcePlan {
    /// The struct.
    pub name: Ident,
    /// Doc lines.
    pub docs: Vec<String>,
    /// Steps to what is below.
    pub steps: Vec<StepPlan>,
    /// The requests.
    pub operations: Vec<OperationPlan>,
}

/// A request.
#[derive(Debug, Clone)]
pub struct OperationPlan {
    /// The method that makes it.
    pub method: Ident,
    /// Its struct.
    pub name: Ident,
    /// How the client's file names the struct of an import.
    pub path: Option<TypeExpr>,
    /// Doc lines of the struct.
    pub docs: Vec<String>,
    /// Doc lines of the method.
    pub method_docs: Vec<String>,
    /// Text of `#[deprecated(note)]` of the method.
    pub deprecated: Option<String>,
    /// Whether it can stand in a batch.
    pub is_batchable: bool,
    /// The path, keys as `{id}`.
    pub template: String,
    /// Permissions, least privileged first.
    pub permissions: Vec<String>,
    /// The page that documents it.
    pub documentation: Option<String>,
    /// What to do about an answer, by its status.
    pub help: Vec<(u16, String)>,
    /// All that a filter may use.
    pub filterable: Option<Vec<String>>,
    /// The only properties that may be sorted by.
    pub sortable: Option<Vec<String>>,
    /// The only navigation properties that may be expanded.
    pub expandable: Option<Vec<String>>,
    /// The words of the query options that it takes.
    pub options: Vec<&'static str>,
    /// What the caller gives.
    pub parameters: Vec<ParameterPlan>,
    /// What is sent.
    pub kind: RequestKind,
    /// What comes back.
    pub result: ResultPlan,
}

/// What a request sends.
#[derive(Debug, Clone)]
pub enum RequestKind {
    /// `GET`.
    Get,
    /// `POST` of a model to a collection.
    Create {
        /// The struct of the model.
        model: TypeExpr,
        /// Properties that must be there.
        required: Vec<String>,
    },
    /// `PATCH` of a model.
    Update {
        /// The struct of the model.
        model: TypeExpr,
    },
    /// `DELETE`.
    Delete,
    /// `GET` of a function.
    Function {
        /// Its segment.
        segment: String,
    },
    /// `GET` of a function that answers for a span of limited length.
    Ranged {
        /// Its segment.
        segment: String,
        /// The place of the parameter that the span begins with.
        from: usize,
        /// The place of the one that it ends with.
        to: usize,
        /// How many days lie between the two at most.
        days: u32,
        /// The field that tells rows apart, and whether it is text.
        key: (Ident, bool),
    },
    /// `POST` to an action.
    Action {
        /// Its segment.
        segment: String,
    },
}

/// What comes back from a request.
#[derive(Debug, Clone)]
pub enum ResultPlan {
    /// Nothing.
    Nothing,
    /// One value.
    One(TypeExpr),
    /// One value, or nothing where the service says no more than that it is done.
    Maybe(TypeExpr),
    /// One value that is no object, in an envelope.
    Wrapped(TypeExpr),
    /// A page of values.
    Many(TypeExpr),
}

impl ResultPlan {
    /// The type of the value, or of the values.
    #[must_use]
    pub fn item(&self) -> Option<&TypeExpr> {
        match self {
            Self::Nothing => None,
            Self::One(it) | Self::Maybe(it) | Self::Wrapped(it) | Self::Many(it) => Some(it),
        }
    }
}

/// What new or changed values of an entity type are given in.
#[derive(Debug)]
pub struct ModelPlan {
    /// The struct.
    pub name: Ident,
    /// Doc lines.
    pub docs: Vec<String>,
    /// The properties.
    pub setters: Vec<SetterPlan>,
}

/// A property of a model.
#[derive(Debug)]
pub struct SetterPlan {
    /// The method that sets it.
    pub with: Ident,
    /// The method that sets it to null, where that is offered.
    pub clear: Option<Ident>,
    /// The name on the wire.
    pub wire: String,
    /// The type of the value; nothing for text.
    pub ty: Option<TypeExpr>,
    /// Doc lines of both.
    pub docs: Vec<String>,
    /// Text of `#[deprecated(note)]`.
    pub deprecated: Option<String>,
}
