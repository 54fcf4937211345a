//! What generated code says about a service and its operations: plain data.

use super::limits::Limit;

/// A service as the generator's configuration describes it.
///
/// ```
/// use odata_runtime::client::{Cloud, Service};
///
/// const SHOP: Service = Service::new("https://shop.example/v1", "https://shop.example/.default")
///     .clouds(&[Cloud::new("eu", "https://shop-eu.example/v1", "https://shop-eu.example/.default", "https://login.example")])
///     .secret(&["pin"])
///     .personal(&["buyer/id", "mail"]);
/// assert_eq!(SHOP.clouds[0].name, "eu");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Service {
    /// The service root: an absolute URL, with or without a slash at its end.
    pub root: &'static str,
    /// The scope that a token for this service is asked for.
    pub scope: &'static str,
    /// Where else the service is offered (CR-28).
    pub clouds: &'static [Cloud],
    /// Whether tokens of signed-in users are taken, not only those of an app itself (CR-10).
    pub delegated: bool,
    /// Properties that nobody may see, such as keys and passwords: names, or ends of paths such as `card/number`. In a
    /// path, `*` is any one name.
    pub secret: &'static [&'static str],
    /// Properties that tell who somebody is: names, or ends of paths such as `buyer/id`. In a path, `*` is any one name.
    pub personal: &'static [&'static str],
    /// The preferences that every request states in its header `Prefer` (W-11).
    pub prefer: Option<&'static str>,
    /// How many requests a batch may hold (W-29).
    pub batch: usize,
    /// How many requests it takes (CR-19). A client keeps to it by itself.
    pub limits: &'static [Limit],
}

impl Service {
    /// A service with this root and scope. It is in one cloud, takes tokens of users too, and has neither secrets
    /// nor personal data nor preferences nor limits, until it is said otherwise.
    #[must_use]
    pub const fn new(root: &'static str, scope: &'static str) -> Self {
        Self {
            root,
            scope,
            clouds: &[],
            delegated: true,
            secret: &[],
            personal: &[],
            prefer: None,
            batch: usize::MAX,
            limits: &[],
        }
    }

    /// Sets [`clouds`](Self::clouds).
    #[must_use]
    pub const fn clouds(mut self, clouds: &'static [Cloud]) -> Self {
        self.clouds = clouds;
        self
    }

    /// Sets [`delegated`](Self::delegated).
    #[must_use]
    pub const fn delegated(mut self, delegated: bool) -> Self {
        self.delegated = delegated;
        self
    }

    /// Sets [`secret`](Self::secret).
    #[must_use]
    pub const fn secret(mut self, properties: &'static [&'static str]) -> Self {
        self.secret = properties;
        self
    }

    /// Sets [`personal`](Self::personal).
    #[must_use]
    pub const fn personal(mut self, properties: &'static [&'static str]) -> Self {
        self.personal = properties;
        self
    }

    /// Sets [`prefer`](Self::prefer).
    #[must_use]
    pub const fn prefer(mut self, preferences: &'static str) -> Self {
        self.prefer = Some(preferences);
        self
    }

    /// Sets [`batch`](Self::batch).
    #[must_use]
    pub const fn batch(mut self, requests: usize) -> Self {
        self.batch = requests;
        self
    }

    /// Sets [`limits`](Self::limits).
    #[must_use]
    pub const fn limits(mut self, limits: &'static [Limit]) -> Self {
        self.limits = limits;
        self
    }
}

/// One of the places where a service is offered. Tokens for one are refused by the others (CR-28).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cloud {
    /// What it is called.
    pub name: &'static str,
    /// The service root there: an absolute URL, with or without a slash at its end.
    pub root: &'static str,
    /// The scope that a token is asked for.
    pub scope: &'static str,
    /// Who gives the tokens: an absolute URL.
    pub authority: &'static str,
}

impl Cloud {
    /// A cloud with all that is known of one.
    #[must_use]
    pub const fn new(name: &'static str, root: &'static str, scope: &'static str, authority: &'static str) -> Self {
        Self { name, root, scope, authority }
    }
}
