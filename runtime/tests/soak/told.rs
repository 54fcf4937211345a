//! Counts what the client tells of its retries, as an app's subscriber would.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};

/// How many retries there were after each kind of fault.
#[derive(Clone, Default)]
pub(crate) struct Told(Arc<Mutex<BTreeMap<String, u64>>>);

impl Told {
    /// Listens to all of this process.
    pub(crate) fn listen() -> Self {
        let told = Self::default();
        let ours = tracing_subscriber::filter::filter_fn(|of| of.target().starts_with("odata_runtime"));
        let subscriber = tracing_subscriber::registry().with(told.clone().with_filter(ours));
        tracing::subscriber::set_global_default(subscriber).unwrap();
        told
    }

    pub(crate) fn counts(&self) -> BTreeMap<String, u64> {
        self.0.lock().unwrap().clone()
    }
}

impl<S: Subscriber> Layer<S> for Told {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut kind = Kind(None);
        event.record(&mut kind);
        if let Some(kind) = kind.0 {
            *self.0.lock().unwrap().entry(kind).or_insert(0) += 1;
        }
    }
}

struct Kind(Option<String>);

impl Visit for Kind {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "error.type" {
            self.0 = Some(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
