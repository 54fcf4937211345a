//! What the runtime is told of notifications and of what they are about: impls of its traits, in a file of their own.

use super::build::Planner;
use super::{Gate, TypeExpr};
use crate::config::{IdForm, NotificationSubscription, ResourceOptions};
use crate::model::{ItemType, Primitive, TypeId};
use crate::names::{Ident, Verb};
use crate::select::{Resource, Segment, key};

/// The impls.
#[derive(Debug)]
pub struct NotificationsPlan {
    /// The types that notifications come in.
    pub delivery: Option<DeliveryPlan>,
    /// What subscriptions are.
    pub subscription: Option<SubscriptionPlan>,
    /// The types that they are about.
    pub resources: Vec<SubscribedPlan>,
}

/// The types that notifications come in.
#[derive(Debug)]
pub struct DeliveryPlan {
    /// The type of a whole delivery.
    pub collection: (Gate, TypeExpr),
    /// Its notifications: on the wire, and the field.
    pub items: (String, Ident),
    /// The field of its tokens.
    pub validation_tokens: Ident,
    /// The type of a notification.
    pub item: (Gate, TypeExpr),
    /// Its fields: subscription, tenant.
    pub guids: [Ident; 2],
    /// Its fields: state, path.
    pub texts: [Ident; 2],
    /// Its field that says what happened to the subscription, and whether it is an enumeration.
    pub event: (Ident, bool),
    /// Its field that holds id and type of what changed.
    pub data: Ident,
    /// Its field that holds encrypted content, and whether it is boxed.
    pub content: (Ident, bool),
    /// The type of encrypted content.
    pub encrypted: (Gate, TypeExpr),
    /// Its fields: data, key, signature, certificate.
    pub parts: [Ident; 4],
}

/// What subscriptions are.
#[derive(Debug)]
pub struct SubscriptionPlan {
    /// Their type.
    pub ty: (Gate, TypeExpr),
    /// The segments of the path of all.
    pub segments: Vec<String>,
    /// The field of the key.
    pub key: Ident,
    /// The runtime's words for the texts that are read and written, with their names on the wire and their fields:
    /// resource, URL, lifecycle URL, changes.
    pub texts: Vec<(&'static str, String, Ident)>,
    /// The secret, on the wire. It is written and never read.
    pub state: String,
    /// When it ends: on the wire, and the field.
    pub expires: (String, Ident),
    /// The requests that list, create, update and delete.
    pub requests: [TypeExpr; 4],
    /// The action that reauthorizes: the segment and the request.
    pub reauthorize: (String, TypeExpr),
}

/// A type that notifications are about.
#[derive(Debug)]
pub struct SubscribedPlan {
    /// The type.
    pub ty: (Gate, TypeExpr),
    /// What stands for the path of one.
    pub at: TypeExpr,
    /// The segments of the path of all.
    pub segments: Vec<String>,
    /// What a subscription names.
    pub subscription: String,
    /// The longest life of a subscription, in minutes.
    pub longest_minutes: u32,
    /// How long one is kept, in days.
    pub retention_days: Option<u32>,
    /// Whether ids are Guids.
    pub is_guid: bool,
    /// The field of the key, and whether it is text.
    pub key: (Ident, bool),
    /// The field of the version, and whether it is shorter than 64 bits.
    pub version: Option<(Ident, bool)>,
    /// The field that lists are filtered by, its constant, and the request of the list.
    pub since: Option<(Ident, Ident, TypeExpr)>,
}

/// Plans the impls that the configuration asks for. `config::check` has seen that names stand for something fitting.
pub(super) fn notifications(planner: &Planner<'_>) -> Option<NotificationsPlan> {
    let delivery = delivery(planner);
    let resources = planner.config.resources.iter();
    let resources: Vec<_> = resources.filter_map(|(name, it)| subscribed(planner, name.get_ref(), it)).collect();
    let options = planner.config.notifications.as_ref().and_then(|it| it.subscription.as_ref());
    let subscription = options.and_then(|it| subscription(planner, it));
    let is_any = delivery.is_some() || !resources.is_empty();
    is_any.then_some(NotificationsPlan { delivery, subscription, resources })
}

fn subscription(planner: &Planner<'_>, options: &NotificationSubscription) -> Option<SubscriptionPlan> {
    let template = format!("/{}", options.path.get_ref());
    let of_one = format!("{template}/{{id}}");
    let all = planner.names.resources.get(&template)?;
    let one = planner.names.resources.get(&of_one)?;
    let place = place(&planner.selection.resources, &of_one)?;
    let id = place.entity_type;
    let [part] = key(planner.model, id)?.try_into().ok()?;
    let of = |name: &toml::Spanned<String>| Some((name.get_ref().clone(), field(planner, id, name.get_ref())?.0));
    let text = |word, name| of(name).map(|(wire, field)| (word, wire, field));
    let call =
        place.calls.iter().find(|it| it.is_plain_action(planner.model) && it.name == *options.reauthorize.get_ref())?;
    Some(SubscriptionPlan {
        ty: path(planner, id)?,
        segments: segments(&planner.selection.resources, &template)?,
        key: field(planner, id, part.name)?.0,
        texts: vec![
            text("resource", &options.resource)?,
            text("url", &options.url)?,
            text("lifecycle_url", &options.lifecycle_url)?,
            text("changes", &options.changes)?,
        ],
        state: options.state.get_ref().clone(),
        expires: of(&options.expires)?,
        requests: [
            request(all.requests.get(&Verb::List)?),
            request(all.requests.get(&Verb::Create)?),
            request(one.requests.get(&Verb::Update)?),
            request(one.requests.get(&Verb::Delete)?),
        ],
        reauthorize: (call.segment.clone(), request(&planner.names.calls.get(&call.key)?.request)),
    })
}

/// What is at this template.
fn place<'r>(forest: &'r [Resource], template: &str) -> Option<&'r Resource> {
    forest.iter().find_map(|it| if it.template == template { Some(it) } else { place(&it.children, template) })
}

fn request(ident: &Ident) -> TypeExpr {
    TypeExpr::Path(format!("super::requests::{}", ident.as_str()))
}

fn delivery(planner: &Planner<'_>) -> Option<DeliveryPlan> {
    let options = planner.config.notifications.as_ref()?;
    let collection = planner.model.find_type(options.collection.get_ref())?;
    let (items, leads_to) = field(planner, collection, options.items.get_ref())?;
    let item = declared(leads_to)?;
    let of_item = |name: &toml::Spanned<String>| field(planner, item, name.get_ref());
    let names = &options.item;
    let (event, event_type) = of_item(&names.event)?;
    let (content, content_type) = of_item(&names.content)?;
    let encrypted = declared(content_type)?;
    let of_encrypted = |name: &toml::Spanned<String>| Some(field(planner, encrypted, name.get_ref())?.0);
    let parts = &options.content;
    Some(DeliveryPlan {
        collection: path(planner, collection)?,
        items: (options.items.get_ref().clone(), items),
        validation_tokens: field(planner, collection, options.validation_tokens.get_ref())?.0,
        item: path(planner, item)?,
        guids: [of_item(&names.subscription)?.0, of_item(&names.tenant)?.0],
        texts: [of_item(&names.state)?.0, of_item(&names.path)?.0],
        event: (event, declared(event_type).is_some()),
        data: of_item(&names.data)?.0,
        content: (content, planner.needs_box(item, encrypted)),
        encrypted: path(planner, encrypted)?,
        parts: [
            of_encrypted(&parts.data)?,
            of_encrypted(&parts.key)?,
            of_encrypted(&parts.signature)?,
            of_encrypted(&parts.certificate)?,
        ],
    })
}

/// Whether a property proves who sent a notification, or holds what is encrypted: `Debug` shows none of these, whether
/// or not the configuration keeps them secret.
pub(super) fn is_secret(planner: &Planner<'_>, id: TypeId, property: &str) -> bool {
    secrets(planner).is_some_and(|secrets| {
        let mut owners = planner.model.ancestry(id);
        owners.any(|owner| secrets.iter().any(|(it, name)| *it == owner && *name == property))
    })
}

fn secrets<'p>(planner: &Planner<'p>) -> Option<[(TypeId, &'p str); 5]> {
    let options = planner.config.notifications.as_ref()?;
    let collection = planner.model.find_type(options.collection.get_ref())?;
    let item = declared(field(planner, collection, options.items.get_ref())?.1)?;
    let encrypted = declared(field(planner, item, options.item.content.get_ref())?.1)?;
    Some([
        (collection, options.validation_tokens.get_ref()),
        (item, options.item.state.get_ref()),
        (encrypted, options.content.data.get_ref()),
        (encrypted, options.content.key.get_ref()),
        (encrypted, options.content.signature.get_ref()),
    ])
}

fn subscribed(planner: &Planner<'_>, name: &str, options: &ResourceOptions) -> Option<SubscribedPlan> {
    let id = planner.model.find_type(name)?;
    let template = format!("/{}", options.subscription.get_ref());
    let all = planner.names.resources.get(&template)?;
    let one = planner.names.resources.get(&format!("{template}/{{id}}"))?;
    let [part] = key(planner.model, id)?.try_into().ok()?;
    let (key, _) = field(planner, id, part.name)?;
    let version = options.version.as_ref().and_then(|it| field(planner, id, it.get_ref()));
    let since = options.since.as_ref().and_then(|it| {
        let constant = planner.names.types.get(&id)?.constants.get(it.get_ref())?;
        let (field, _) = field(planner, id, it.get_ref())?;
        Some((field, constant.clone(), request(all.requests.get(&Verb::List)?)))
    });
    Some(SubscribedPlan {
        ty: path(planner, id)?,
        at: request(&one.name),
        segments: segments(&planner.selection.resources, &template)?,
        subscription: options.subscription.get_ref().clone(),
        longest_minutes: *options.longest_minutes.get_ref(),
        retention_days: options.retention_days.as_ref().map(|it| *it.get_ref()),
        is_guid: options.id == IdForm::Guid,
        key: (key, part.ty.item == ItemType::Primitive(Primitive::String)),
        version: version.map(|(field, ty)| (field, ty != ItemType::Primitive(Primitive::Int64))),
        since,
    })
}

/// The steps from the root to the resource of this template; nothing if one of them is no plain name.
fn segments(forest: &[Resource], template: &str) -> Option<Vec<String>> {
    let is_on_the_way = |it: &&Resource| {
        template.strip_prefix(it.template.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let here = forest.iter().find(is_on_the_way)?;
    let (Segment::Container(name) | Segment::Navigation(name)) = &here.segment else { return None };
    let mut segments = vec![name.clone()];
    if here.template != template {
        segments.extend(self::segments(&here.children, template)?);
    }
    Some(segments)
}

fn declared(item: ItemType) -> Option<TypeId> {
    match item {
        ItemType::Declared(id) => Some(id),
        ItemType::Primitive(_) => None,
    }
}

/// The field of a property, and what it holds.
fn field(planner: &Planner<'_>, owner: TypeId, name: &str) -> Option<(Ident, ItemType)> {
    let all = planner.model.all_properties(owner);
    let (_, property) = all.iter().find(|(_, it)| it.name == name)?;
    Some((planner.names.types.get(&owner)?.fields.get(name)?.clone(), property.ty.item))
}

/// A type by its whole path: nothing is imported, since the runtime's names are those of many schemas too.
fn path(planner: &Planner<'_>, id: TypeId) -> Option<(Gate, TypeExpr)> {
    let module = planner.names.modules.get(&planner.model.ty(id).schema)?;
    let name = &planner.names.types.get(&id)?.name;
    let path = TypeExpr::Path(format!("super::{}::{}", module.as_str(), name.as_str()));
    Some((planner.gates.of(id), path))
}
