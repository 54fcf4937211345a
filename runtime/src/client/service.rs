//! What generated code says about a service and its operations: plain data.

/// A service as the generator's configuration describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Service {
    /// The service root: an absolute URL, with or without a slash at its end.
    pub root: &'static str,
    /// The scope that a token for this service is asked for.
    pub scope: &'static str,
}

/// What is known of an operation besides its URL, so that an error can say what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// The path below the service root with the keys as `{placeholders}`.
    pub template: &'static str,
    /// The permissions of which one is needed, the least first.
    pub permissions: &'static [&'static str],
    /// Where the service's own documentation of the operation stands.
    pub documentation: Option<&'static str>,
}
