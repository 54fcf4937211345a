//! What a subscriber sees, and an app that exports to OpenTelemetry, and what neither may see (E-4, R-13).

use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use odata_runtime::client::{Clock, StaticToken, TransportError};
use odata_runtime::testing::{Exchange, InMemory};
use opentelemetry::trace::{SpanKind, Status, TracerProvider as _};
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::orders::{Client, Order, ROOT, TOKEN, answer};

/// What an app sets up to export its spans, and nothing else.
struct Exported {
    exporter: InMemorySpanExporter,
    _guards: (SdkTracerProvider, DefaultGuard),
}

impl Exported {
    fn new() -> Self {
        let exporter = InMemorySpanExporter::default();
        let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
        let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("app"));
        let guard = tracing_subscriber::registry().with(layer).set_default();
        Self { exporter, _guards: (provider, guard) }
    }

    /// The spans of the client, in the order of their ends.
    fn spans(&self) -> Vec<SpanData> {
        let spans = self.exporter.get_finished_spans().unwrap();
        spans.into_iter().filter(|span| span.attributes.iter().any(|it| it.key.as_str() == "url.template")).collect()
    }
}

/// The fields of a span that OpenTelemetry's conventions are about, and ours.
fn fields(span: &SpanData) -> BTreeMap<String, String> {
    let ours = ["http.", "url.", "server.", "error.", "odata."];
    let all = span.attributes.iter().map(|it| (it.key.to_string(), it.value.to_string()));
    all.filter(|(name, _)| ours.iter().any(|prefix| name.starts_with(prefix))).collect()
}

/// Waits no longer than it is told to.
struct Shortest;

impl Clock for Shortest {
    fn jitter(&self) -> f64 {
        0.0
    }
}

fn client(service: &InMemory) -> Client {
    let builder = Client::builder().tokens(StaticToken::new(TOKEN)).transport(service.clone());
    builder.retries(1).clock(Shortest).build().unwrap()
}

fn expected(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test(start_paused = true)]
async fn opentelemetry_sees_a_span_a_request_and_a_span_a_try() {
    let exported = Exported::new();
    let service = InMemory::new();
    service.expect(answer(503).header("retry-after", "7").header("request-id", "r-1"));
    service.expect(answer(200).header("request-id", "r-2").json(r#"{"id": "1"}"#));
    client(&service).orders().by_id("1").get().send().await.unwrap();

    let id = service.requests()[0].headers()["client-request-id"].to_str().unwrap().to_owned();
    let common = [
        ("http.request.header.client-request-id", id.as_str()),
        ("http.request.method", "GET"),
        ("server.address", "shop.example.com"),
        ("server.port", "443"),
        ("url.template", "/orders/{id}"),
    ];
    let with = |more: &[(&str, &str)]| expected(&[&common, more].concat());
    let spans = exported.spans();
    let [first, second, request] = &spans[..] else { panic!("{spans:#?}") };
    assert_eq!(
        fields(first),
        with(&[
            ("error.type", "503"),
            ("http.response.header.request-id", "r-1"),
            ("http.response.status_code", "503")
        ])
    );
    assert_eq!(
        fields(second),
        with(&[
            ("http.request.resend_count", "1"),
            ("http.response.header.request-id", "r-2"),
            ("http.response.status_code", "200")
        ])
    );
    let mut of_request = fields(request);
    // Tokio's clock goes in milliseconds, and rounds up.
    let waited: f64 = of_request.remove("odata.wait").unwrap().parse().unwrap();
    assert!((7.0..7.01).contains(&waited), "{waited}");
    assert_eq!(of_request, fields(second), "what came in the end");
    for span in &spans {
        assert_eq!(span.name, "GET /orders/{id}");
        let is_try = span.parent_span_id == request.span_context.span_id();
        assert_eq!(span.span_kind, if is_try { SpanKind::Client } else { SpanKind::Internal });
        let is_error = matches!(span.status, Status::Error { .. });
        assert_eq!(is_error, std::ptr::eq(span, first), "{:?}", span.status);
    }
    // The retry is an event of the request.
    let [event] = &request.events[..] else { panic!("{:?}", request.events) };
    assert_eq!(event.name, "the request waits to be tried again");
    let told: Vec<_> = event.attributes.iter().map(|it| format!("{}={}", it.key, it.value)).collect();
    for field in ["http.request.resend_count=1", "odata.wait=7", "error.type=503"] {
        assert!(told.iter().any(|it| it == field), "{told:?}");
    }
}

type Way = (&'static str, fn() -> Exchange, usize);

#[tokio::test(start_paused = true)]
async fn every_way_to_fail_has_its_error_type() {
    let exported = Exported::new();
    // What is told, the answer, and how often it is asked for.
    let ways: [Way; 9] = [
        ("404", || answer(404), 1),
        ("503", || answer(503).body("{").broken_off(TransportError::body("x")), 2),
        ("connect", || answer(200).fails(TransportError::connect("x")), 2),
        ("reset", || answer(200).fails(TransportError::reset("x")), 2),
        ("timeout", || answer(200).fails(TransportError::timeout("x")), 1),
        ("body", || answer(200).json("{").broken_off(TransportError::body("x")), 2),
        ("_OTHER", || answer(200).fails(TransportError::new("x")), 1),
        ("decode", || answer(200).json("{]"), 1),
        ("decode", || answer(200).header("content-type", "text/html").body("<p>"), 1),
    ];
    for (told, way, tries) in ways {
        let service = InMemory::new();
        service.expect(way());
        service.expect(way());
        client(&service).orders().by_id("1").get().send().await.unwrap_err();
        let spans = exported.spans();
        exported.exporter.reset();
        assert_eq!(spans.len(), tries + 1, "{told}");
        let request = spans.last().unwrap();
        assert_eq!(fields(request).get("error.type").map(String::as_str), Some(told));
        assert!(matches!(request.status, Status::Error { .. }), "{told}");
    }
    // What is not sent has no try.
    client(&InMemory::new()).orders().by_id("").get().send().await.unwrap_err();
    let spans = exported.spans();
    let [request] = &spans[..] else { panic!("{spans:#?}") };
    assert_eq!(fields(request).get("error.type").map(String::as_str), Some("refused"));
}

/// All that any layer could see of spans and events: names, fields, values.
#[derive(Clone, Default)]
struct Everything(Arc<Mutex<String>>);

impl Everything {
    fn visitor(&self) -> Written {
        Written(self.0.clone())
    }
}

struct Written(Arc<Mutex<String>>);

impl Visit for Written {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        writeln!(self.0.lock().unwrap(), "{}={value:?}", field.name()).unwrap();
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Everything {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        attributes.record(&mut self.visitor());
    }

    fn on_record(&self, _: &Id, values: &Record<'_>, _: Context<'_, S>) {
        values.record(&mut self.visitor());
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut self.visitor());
    }
}

#[tokio::test(start_paused = true)]
async fn e4_r13_no_span_shows_a_token_a_key_a_query_or_what_is_said() {
    const SECRET: &str = "hu5h";
    let seen = Everything::default();
    let _guard = tracing_subscriber::registry().with(seen.clone()).set_default();
    let service = InMemory::new();
    let client = client(&service);

    // A key that is somebody's name, in an answer that repeats all that it knows.
    let body = format!(r#"{{"error": {{"code": "{SECRET}", "message": "{SECRET} {TOKEN}"}}}}"#);
    for _ in 0..2 {
        let answer = Exchange::get(format!("/v1.0/orders/{SECRET}?$select=total")).status(503);
        let answer = answer.header("retry-after", "1").header("www-authenticate", format!("Bearer {SECRET}"));
        service.expect(answer.header("request-id", format!("Bearer {TOKEN}")).json(body.clone()));
    }
    client.orders().by_id(SECRET).get().select(Order::TOTAL).send().await.unwrap_err();
    // A link with a token of the service, and a transport that tells of it.
    let link = format!("{ROOT}/orders?$skiptoken={SECRET}");
    let page = format!(r#"{{"value": [{{"id": "{SECRET}"}}], "@odata.nextLink": "{link}"}}"#);
    service.expect(Exchange::get(format!("/v1.0/orders?key={SECRET}")).json(page));
    let fault = TransportError::new(format!("for url ({link})"));
    service.expect(Exchange::get(format!("/v1.0/orders?$skiptoken={SECRET}")).fails(fault));
    let mut list = client.orders().list();
    list.raw_query("key", SECRET);
    let mut items = list.stream();
    items.next().await.unwrap().unwrap();
    items.next().await.unwrap().unwrap_err();

    let seen = seen.0.lock().unwrap().clone();
    for secret in [SECRET, TOKEN, "skiptoken", "select", "key="] {
        assert!(!seen.contains(secret), "{secret}: {seen}");
    }
    for told in
        ["url.template=\"/orders/{id}\"", "url.template=\"/orders\"", "error.type=\"503\"", "request-id=\"Bearer ***\""]
    {
        assert!(seen.contains(told), "{told}: {seen}");
    }
}

/// A filter that does not want the client's spans leaves the app's own alone.
#[tokio::test]
async fn an_apps_own_span_is_not_written_into() {
    let seen = Everything::default();
    let of_app = tracing_subscriber::filter::filter_fn(|of| !of.target().starts_with("odata_runtime"));
    let _guard = tracing_subscriber::registry().with(seen.clone().with_filter(of_app)).set_default();
    let service = InMemory::new();
    service.expect(answer(200).json("{}"));
    let own = tracing::info_span!("app", http.response.status_code = tracing::field::Empty);
    let _entered = own.enter();
    client(&service).orders().by_id("1").get().send().await.unwrap();
    assert!(!seen.0.lock().unwrap().contains("status_code"), "{seen:?}", seen = seen.0.lock().unwrap());
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_given_up_ends_the_span() {
    let exported = Exported::new();
    let service = InMemory::new();
    service.expect(answer(429).header("retry-after", "30"));
    let ask = client(&service).orders().by_id("1").get().send();
    assert!(tokio::time::timeout(Duration::from_secs(3), ask).await.is_err());
    assert_eq!(exported.spans().len(), 2, "the try and the request");
}
