//! What the runtime is told of notifications: impls of its traits, one line a function.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::tokens::{cfg, inner_docs};
use crate::names::Ident;
use crate::plan::{DeliveryPlan, NotificationsPlan, SubscribedPlan, SubscriptionPlan};

pub(super) fn notifications(plan: &NotificationsPlan) -> TokenStream {
    let lines = inner_docs(&["What change notifications come in, and what they are about.".to_owned()]);
    let delivery = plan.delivery.as_ref().map(delivery);
    let resources = plan.resources.iter().map(subscribed);
    let kept = plan.subscription.as_ref().map(kept);
    let of_client = (!plan.resources.is_empty()).then(|| of_client(plan));
    quote!(#lines #delivery #kept #(#resources)* #of_client)
}

fn of_client(plan: &NotificationsPlan) -> TokenStream {
    let keeper = plan.subscription.as_ref().map(|it| {
        let (gate, ty) = (cfg(&it.ty.0), &it.ty.1);
        quote! {
            /// What keeps a subscription to an `R` alive: its notifications go to this address and repeat this secret.
            #gate
            #[inline]
            pub fn keeper<R: odata_runtime::notifications::Resource>(
                &self,
                url: impl Into<String>,
                client_state: impl Into<String>,
            ) -> odata_runtime::notifications::Keeper<#ty> {
                odata_runtime::notifications::Keeper::of::<R>(self.as_ref(), url, client_state)
            }
        }
    });
    let backfill = plan.resources.iter().any(|it| it.since.is_some()).then(|| {
        quote! {
            /// Every `R` from this time on, in its newest version: what no notification told of.
            #[inline]
            pub fn backfill<R: odata_runtime::notifications::Listed>(
                &self,
                since: odata_runtime::Timestamp,
            ) -> odata_runtime::notifications::Backfill<R> {
                odata_runtime::notifications::Backfill::new(self.as_ref(), since)
            }
        }
    });
    quote! {
        impl super::client::Client {
            #keeper
            #backfill
            /// What a notification is about, by its id: `notification.resource_as()` checks it.
            #[inline]
            #[must_use]
            pub fn by_resource<R: odata_runtime::notifications::Resource>(
                &self,
                id: &odata_runtime::notifications::ResourceId<R>,
            ) -> R::At {
                R::at(self.as_ref(), id)
            }
        }
    }
}

fn kept(plan: &SubscriptionPlan) -> TokenStream {
    let ((gate, ty), segments, key) = (&plan.ty, &plan.segments, text(&plan.key));
    let gate = cfg(gate);
    let path = quote!(client.path()#(.segment(#segments))*);
    let words = plan.texts.iter().map(|(word, ..)| quote::format_ident!("{word}"));
    let wires = plan.texts.iter().map(|(_, wire, _)| wire);
    let readers = plan.texts.iter().map(|(word, _, field)| {
        let (word, field) = (quote::format_ident!("{word}"), text(field));
        quote! {
            #[inline]
            fn #word(&self) -> Option<&str> { #field }
        }
    });
    let (state, (expires, expires_field)) = (&plan.state, &plan.expires);
    let [list, create, update, delete] = &plan.requests;
    let (action, reauthorize) = &plan.reauthorize;
    let (client, send) = (quote!(odata_runtime::client::Client), quote!(odata_runtime::client::Send));
    quote! {
        #gate
        impl odata_runtime::notifications::KeptSubscription for #ty {
            const NAMES: odata_runtime::notifications::SubscriptionNames =
                odata_runtime::notifications::SubscriptionNames {
                    #(#words: #wires,)*
                    state: #state,
                    expires: #expires,
                };
            #[inline]
            fn id(&self) -> Option<&str> { #key }
            #(#readers)*
            #[inline]
            fn expires(&self) -> Option<odata_runtime::Timestamp> { self.#expires_field }
            #[inline]
            fn list(client: &#client) -> odata_runtime::client::List<Self> {
                #path.list(&#list::OPERATION)
            }
            #[inline]
            fn create(client: &#client, new: &odata_runtime::Changes) -> #send<Self> {
                #path.post(&#create::OPERATION).changes(new, &[])
            }
            #[inline]
            fn update(client: &#client, id: &str, changes: &odata_runtime::Changes) -> #send<Option<Self>> {
                #path.key(id).patch(&#update::OPERATION).changes(changes, &[])
            }
            #[inline]
            fn delete(client: &#client, id: &str) -> #send<()> {
                #path.key(id).delete(&#delete::OPERATION)
            }
            #[inline]
            fn reauthorize(client: &#client, id: &str) -> #send<()> {
                #path.key(id).action(#action).post(&#reauthorize::OPERATION)
            }
        }
    }
}

fn delivery(plan: &DeliveryPlan) -> TokenStream {
    let (collection, item, encrypted) = (&plan.collection.1, &plan.item.1, &plan.encrypted.1);
    let [of_collection, of_item, of_encrypted] = [&plan.collection.0, &plan.item.0, &plan.encrypted.0].map(cfg);
    let ((wire, items), tokens) = (&plan.items, &plan.validation_tokens);
    let [subscription, tenant] = plan.guids.each_ref().map(|it| quote!(self.#it));
    let [state, path] = plan.texts.each_ref().map(text);
    let (event, is_enumeration) = &plan.event;
    let event = if *is_enumeration {
        quote!(self.#event.as_ref().map(odata_runtime::Enumeration::as_str))
    } else {
        text(event)
    };
    let (data, (content, is_boxed)) = (&plan.data, &plan.content);
    let content = if *is_boxed { quote!(self.#content.as_deref()) } else { quote!(self.#content.as_ref()) };
    let [bytes, key, signature, certificate] = plan.parts.each_ref().map(text);
    quote! {
        #of_collection
        impl odata_runtime::notifications::Collection for #collection {
            type Item = #item;
            const ITEMS: &'static str = #wire;
            #[inline]
            fn items(&self) -> &[Self::Item] {
                self.#items.as_deref().unwrap_or_default()
            }
            #[inline]
            fn items_mut(&mut self) -> &mut Vec<Self::Item> {
                self.#items.get_or_insert_default()
            }
            #[inline]
            fn validation_tokens(&self) -> &[String] {
                self.#tokens.as_deref().unwrap_or_default()
            }
        }
        #of_item
        impl odata_runtime::notifications::Notification for #item {
            type Content = #encrypted;
            #[inline]
            fn subscription(&self) -> Option<odata_runtime::Uuid> { #subscription }
            #[inline]
            fn tenant(&self) -> Option<odata_runtime::Uuid> { #tenant }
            #[inline]
            fn state(&self) -> Option<&str> { #state }
            #[inline]
            fn event(&self) -> Option<&str> { #event }
            #[inline]
            fn path(&self) -> Option<&str> { #path }
            #[inline]
            fn data(&self) -> Option<&odata_runtime::Extra> { self.#data.as_ref().map(|it| &it.extra) }
            #[inline]
            fn content(&self) -> Option<&Self::Content> { #content }
        }
        #of_encrypted
        impl odata_runtime::notifications::EncryptedContent for #encrypted {
            #[inline]
            fn data(&self) -> Option<&str> { #bytes }
            #[inline]
            fn key(&self) -> Option<&str> { #key }
            #[inline]
            fn signature(&self) -> Option<&str> { #signature }
            #[inline]
            fn certificate(&self) -> Option<&str> { #certificate }
        }
    }
}

fn text(field: &Ident) -> TokenStream {
    quote!(self.#field.as_deref())
}

fn subscribed(plan: &SubscribedPlan) -> TokenStream {
    let ((gate, ty), at, subscription) = (&plan.ty, &plan.at, &plan.subscription);
    let gate = cfg(gate);
    let minutes = Literal::u32_unsuffixed(plan.longest_minutes);
    let life = quote!(std::time::Duration::from_secs(#minutes * 60));
    let retention = plan.retention_days.map_or_else(
        || quote!(None),
        |days| {
            let days = Literal::u32_unsuffixed(days);
            quote!(Some(std::time::Duration::from_secs(#days * 24 * 60 * 60)))
        },
    );
    let form = if plan.is_guid { quote!(Guid) } else { quote!(Text) };
    let key = match &plan.key {
        (field, true) => quote!(self.#field.as_deref().map(std::borrow::Cow::Borrowed)),
        (field, false) => quote!(self.#field.as_ref().map(|key| std::borrow::Cow::Owned(key.to_string()))),
    };
    let version = match &plan.version {
        None => quote!(None),
        Some((field, false)) => quote!(self.#field),
        Some((field, true)) => quote!(self.#field.map(i64::from)),
    };
    let segments = &plan.segments;
    let all = quote!(client.path()#(.segment(#segments))*);
    let listed = plan.since.as_ref().map(|(field, constant, request)| {
        quote! {
            #gate
            impl odata_runtime::notifications::Listed for #ty {
                const SINCE: odata_runtime::query::Property<Self, odata_runtime::Timestamp> = Self::#constant;
                #[inline]
                fn since(&self) -> Option<odata_runtime::Timestamp> { self.#field }
                #[inline]
                fn list(client: &odata_runtime::client::Client) -> odata_runtime::client::List<Self> {
                    #all.list(&#request::OPERATION)
                }
            }
        }
    });
    quote! {
        #gate
        impl odata_runtime::notifications::Resource for #ty {
            type At = #at;
            const SUBSCRIPTION: &'static str = #subscription;
            const LONGEST_LIFE: std::time::Duration = #life;
            const RETENTION: Option<std::time::Duration> = #retention;
            const ID: odata_runtime::notifications::IdForm = odata_runtime::notifications::IdForm::#form;
            #[inline]
            fn id(&self) -> Option<std::borrow::Cow<'_, str>> { #key }
            #[inline]
            fn version(&self) -> Option<i64> { #version }
            #[inline]
            fn at(
                client: &odata_runtime::client::Client,
                id: &odata_runtime::notifications::ResourceId<Self>,
            ) -> Self::At {
                #at { path: #all.key(id) }
            }
        }
        #listed
    }
}
