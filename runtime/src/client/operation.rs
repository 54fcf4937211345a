//! What generated code says about an operation: plain data, so that an error can say what to do.

/// What is known of an operation besides its URL.
///
/// ```
/// use odata_runtime::client::Operation;
///
/// const LIST: Operation = Operation::new("/orders")
///     .permissions(&["Orders.Read"])
///     .filterable(&["placed ge lt"])
///     .help(&[(404, "orders are kept for 30 days")]);
/// assert_eq!(LIST.template, "/orders");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The path below the service root with the keys as `{placeholders}`.
    pub template: &'static str,
    /// The permissions of which one is needed, the least first.
    pub permissions: &'static [&'static str],
    /// Where the service's own documentation of the operation stands.
    pub documentation: Option<&'static str>,
    /// What may be filtered by, where not everything may: a property, and all that is below it, or a path with the
    /// operators and functions that it may stand under: `placed`, `placed ge lt`, `lines/price eq`. A service may
    /// ignore another filter without a word (CR-21), so it is refused.
    pub filterable: Option<&'static [&'static str]>,
    /// The properties that may be sorted by, where not all may.
    pub sortable: Option<&'static [&'static str]>,
    /// The navigation properties that may be expanded, where not all may.
    pub expandable: Option<&'static [&'static str]>,
    /// What to do about an answer with this status.
    pub help: &'static [(u16, &'static str)],
}

impl Operation {
    /// The operation at this path. Nothing else is known of it.
    #[must_use]
    pub const fn new(template: &'static str) -> Self {
        Self {
            template,
            permissions: &[],
            documentation: None,
            filterable: None,
            sortable: None,
            expandable: None,
            help: &[],
        }
    }

    /// Sets [`permissions`](Self::permissions).
    #[must_use]
    pub const fn permissions(mut self, permissions: &'static [&'static str]) -> Self {
        self.permissions = permissions;
        self
    }

    /// Sets [`documentation`](Self::documentation).
    #[must_use]
    pub const fn documentation(mut self, link: &'static str) -> Self {
        self.documentation = Some(link);
        self
    }

    /// Sets [`filterable`](Self::filterable).
    #[must_use]
    pub const fn filterable(mut self, properties: &'static [&'static str]) -> Self {
        self.filterable = Some(properties);
        self
    }

    /// Sets [`sortable`](Self::sortable).
    #[must_use]
    pub const fn sortable(mut self, properties: &'static [&'static str]) -> Self {
        self.sortable = Some(properties);
        self
    }

    /// Sets [`expandable`](Self::expandable).
    #[must_use]
    pub const fn expandable(mut self, navigations: &'static [&'static str]) -> Self {
        self.expandable = Some(navigations);
        self
    }

    /// Sets [`help`](Self::help).
    #[must_use]
    pub const fn help(mut self, help: &'static [(u16, &'static str)]) -> Self {
        self.help = help;
        self
    }
}
