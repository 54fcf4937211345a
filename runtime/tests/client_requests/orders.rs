//! The client of a small shop, written as the generator writes one.

use std::borrow::Cow;

use odata_runtime::client::{
    Batchable, Builder, Error, Get, KeySegment, List, Operation, Path, Prepared, Ranged, Send, Service, StaticToken,
    TokenSource,
};
use odata_runtime::query::{Expand, Many, Navigation, Property, Select};
use odata_runtime::testing::{Exchange, InMemory};
use odata_runtime::{Changes, DecodeError, EncodeError, Expanded, Extra, Reader, Sink, Value};

pub(crate) const TOKEN: &str = "op4que-bearer-of-the-tests";
pub(crate) const ROOT: &str = "https://shop.example.com/v1.0";
pub(crate) const SERVICE: Service =
    Service::new(ROOT, "https://shop.example.com/.default").prefer("include-unknown-enum-members").batch(20); // W-2

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Order {
    pub(crate) id: Option<String>,
    pub(crate) total: Option<i32>,
    pub(crate) lines: Option<Expanded<Line>>,
    pub(crate) extra: Extra,
}

impl Order {
    pub(crate) const ID: Property<Self, String> = Property::new("id");
    pub(crate) const TOTAL: Property<Self, i32> = Property::new("total");
    pub(crate) const LINES: Navigation<Self, Line, Many> = Navigation::new("lines");
}

impl Value for Order {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        reader.object(&mut [("id", &mut it.id), ("total", &mut it.total), ("lines", &mut it.lines)], &mut it.extra)?;
        Ok(it)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.object(&[("id", &self.id), ("total", &self.total), ("lines", &self.lines)], &self.extra)
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Line {
    pub(crate) price: Option<i32>,
    pub(crate) extra: Extra,
}

impl Line {
    pub(crate) const PRICE: Property<Self, i32> = Property::new("price");
    pub(crate) const PARTS: Navigation<Self, Self, Many> = Navigation::new("parts");
}

impl Value for Line {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        reader.object(&mut [("price", &mut it.price)], &mut it.extra)?;
        Ok(it)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.object(&[("price", &self.price)], &self.extra)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Client {
    client: odata_runtime::client::Client,
}

impl Client {
    pub(crate) fn builder() -> Builder<Self> {
        Builder::new(&SERVICE)
    }

    pub(crate) fn new(tokens: impl TokenSource) -> Result<Self, Error> {
        Self::builder().tokens(tokens).build()
    }

    pub(crate) fn orders(&self) -> OrdersResource {
        OrdersResource { path: self.client.path().segment("orders") }
    }
}

impl AsRef<odata_runtime::client::Client> for Client {
    fn as_ref(&self) -> &odata_runtime::client::Client {
        &self.client
    }
}

impl From<odata_runtime::client::Client> for Client {
    fn from(client: odata_runtime::client::Client) -> Self {
        Self { client }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct OrdersResource {
    path: Path,
}

impl OrdersResource {
    pub(crate) fn by_id(&self, id: impl KeySegment) -> OrderResource {
        OrderResource { path: self.path.key(id) }
    }

    pub(crate) fn list(&self) -> List<Order> {
        self.path.list(&LIST)
    }

    pub(crate) fn create(&self, changes: &Changes) -> Send<Order> {
        self.path.post(&CREATE).changes(changes, &["total"])
    }

    pub(crate) fn between(&self, from: &str, to: &str) -> Ranged<Order> {
        let (from, to) = (("from", from.parse().unwrap()), ("to", to.parse().unwrap()));
        self.path.ranged(&BETWEEN, "shop.between", from, to, &[], 30, |order| order.id.as_deref().map(Cow::Borrowed))
    }
}

#[derive(Debug, Clone)]
pub(crate) struct OrderResource {
    path: Path,
}

impl OrderResource {
    pub(crate) fn get(&self) -> GetOrder {
        GetOrder { request: self.path.get(&OPERATION) }
    }

    pub(crate) fn update(&self, changes: &Changes) -> Send<Option<Order>> {
        self.path.patch(&UPDATE).changes(changes, &[])
    }

    pub(crate) fn delete(&self) -> Send<()> {
        self.path.delete(&DELETE)
    }

    pub(crate) fn renew(&self) -> Send<()> {
        self.path.action("shop.renew").post(&RENEW)
    }
}

const OPERATION: Operation = Operation::new("/orders/{id}")
    .permissions(&["Orders.Read", "Orders.ReadWrite"])
    .documentation("https://shop.example.com/docs/order-get");

const LIST: Operation = Operation::new("/orders")
    .permissions(&["Orders.Read"])
    .filterable(&["total"])
    .sortable(&["id"])
    .help(&[(404, "orders are kept for 30 days"), (400, "ask for less")]);
const CREATE: Operation = Operation::new("/orders");
const UPDATE: Operation = Operation::new("/orders/{id}");
const DELETE: Operation = Operation::new("/orders/{id}");
const RENEW: Operation = Operation::new("/orders/{id}/shop.renew");
const BETWEEN: Operation = Operation::new("/orders/shop.between");

#[derive(Debug, Clone)]
#[must_use = "a request does nothing until it is sent"]
pub(crate) struct GetOrder {
    request: Get<Order>,
}

impl GetOrder {
    pub(crate) fn select(mut self, properties: impl Select<Order>) -> Self {
        self.request.select(properties);
        self
    }

    pub(crate) fn expand(mut self, navigation: impl Expand<Order>) -> Self {
        self.request.expand(navigation);
        self
    }

    pub(crate) async fn send(self) -> Result<Order, Error> {
        self.request.send().await
    }
}

impl Batchable for GetOrder {
    type Answer = Order;

    fn prepare(self) -> Prepared<Order> {
        self.request.prepare()
    }
}

/// A client of a scripted service.
pub(crate) fn scripted(exchange: Exchange) -> (Client, InMemory) {
    let service = InMemory::new();
    service.expect(exchange);
    let client =
        Client::builder().tokens(StaticToken::new(TOKEN)).transport(service.clone()).retries(0).build().unwrap();
    (client, service)
}

/// Asks for order 1 and gets this.
pub(crate) async fn get(answer: Exchange) -> Result<Order, Error> {
    let (client, service) = scripted(answer);
    let got = client.orders().by_id("1").get().send().await;
    service.verify().unwrap();
    got
}

/// The answer to a request for order 1.
pub(crate) fn answer(status: u16) -> Exchange {
    Exchange::get("/v1.0/orders/1").status(status)
}
