//! A limit as generated code states it.

use std::time::Duration;

/// How many requests a service takes in a period: of a client, or of those at a path and below it.
///
/// ```
/// use std::time::Duration;
///
/// use odata_runtime::client::{Limit, Service};
///
/// const SHOP: Service = Service::new("https://shop.example/v1", "https://shop.example/.default").limits(&[
///     Limit::new(1_500, Duration::from_secs(20)),
///     Limit::new(10, Duration::from_secs(20)).at("/orders/{id}").first_pages(),
/// ]);
/// assert_eq!(SHOP.limits[1].path, Some("/orders/{id}"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limit {
    /// So many requests.
    pub requests: u32,
    /// In this time.
    pub period: Duration,
    /// Where: at this path below the service root, and further down. With keys as `{placeholders}`, every entity has a
    /// count of its own. `None`: everywhere.
    pub path: Option<&'static str>,
    /// Which of them count.
    pub counted: Counted,
}

/// Which requests count under a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Counted {
    /// All of them.
    All,
    /// All but later pages.
    FirstPages,
    /// Those that follow a link to a later page.
    LaterPages,
}

impl Limit {
    /// So many requests in this period.
    #[must_use]
    pub const fn new(requests: u32, period: Duration) -> Self {
        Self { requests, period, path: None, counted: Counted::All }
    }

    /// Sets [`path`](Self::path).
    #[must_use]
    pub const fn at(mut self, path: &'static str) -> Self {
        self.path = Some(path);
        self
    }

    /// Later pages do not [count](Self::counted).
    #[must_use]
    pub const fn first_pages(mut self) -> Self {
        self.counted = Counted::FirstPages;
        self
    }

    /// Only later pages [count](Self::counted).
    #[must_use]
    pub const fn later_pages(mut self) -> Self {
        self.counted = Counted::LaterPages;
        self
    }
}
