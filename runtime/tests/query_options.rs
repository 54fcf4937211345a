//! `$select` and `$expand` as they stand in a URL.
#![cfg(feature = "client")]

use odata_runtime::query::{Navigation, Options, Property};
use proptest::prelude::*;

struct Order;
struct Line;
struct Part;

const ID: Property<Order, String> = Property::new("id");
const KIND: Property<Order, i32> = Property::new("type");
const ODD: Property<Order, i32> = Property::new("request-id (new)&$");
const LINES: Navigation<Order, Line> = Navigation::new("lines");
const BUYERS: Navigation<Order, Part> = Navigation::new("buyers");
const PRICE: Property<Line, f64> = Property::new("price");
const PARTS: Navigation<Line, Part> = Navigation::new("parts");
const NAME: Property<Part, String> = Property::new("name");

fn written(fill: impl FnOnce(&mut Options<Order>)) -> String {
    let mut options = Options::new();
    fill(&mut options);
    assert_eq!(options.is_empty(), options.to_string().is_empty());
    options.to_string()
}

#[test]
fn nothing_asked_is_no_query() {
    assert_eq!(written(|_| ()), "");
}

#[test]
fn w32_one_property_or_a_tuple() {
    assert_eq!(written(|it| it.select(ID)), "$select=id");
    assert_eq!(written(|it| it.select((ID,))), "$select=id");
    assert_eq!(written(|it| it.select((ID, KIND))), "$select=id,type");
    let twelve = (ID, ID, ID, ID, ID, ID, ID, ID, ID, ID, ID, KIND);
    assert_eq!(written(|it| it.select(twelve)), "$select=id,type");
}

#[test]
fn w32_options_of_an_expansion_stand_in_parentheses_with_semicolons() {
    assert_eq!(written(|it| it.expand(LINES)), "$expand=lines");
    assert_eq!(written(|it| it.expand((BUYERS, LINES.select(PRICE)))), "$expand=buyers,lines($select=price)");
    assert_eq!(
        written(|it| {
            it.expand(LINES.expand(PARTS.select((NAME,))).select(PRICE));
            it.select((ID, KIND));
        }),
        "$select=id,type&$expand=lines($select=price;$expand=parts($select=name))"
    );
}

#[test]
fn asked_again_adds_and_repeats_nothing() {
    assert_eq!(
        written(|it| {
            it.select(KIND);
            it.select((ID, KIND));
            it.expand(LINES.select(PRICE));
            it.expand((LINES.expand(PARTS), BUYERS));
            it.expand(LINES.expand(PARTS.select(NAME)));
        }),
        "$select=type,id&$expand=lines($select=price;$expand=parts($select=name)),buyers"
    );
}

#[test]
fn w31_names_are_percent_encoded() {
    assert_eq!(written(|it| it.select(ODD)), "$select=request-id%20%28new%29%26%24");
}

#[test]
fn constants_tell_their_names() {
    assert_eq!((ID.name(), LINES.name()), ("id", "lines"));
    assert_eq!(format!("{ID:?} {LINES:?}"), r#"Property("id") Navigation("lines")"#);
}

proptest! {
    /// Whatever is asked, in whatever order and how often: every name once, and the separators of a query alone.
    #[test]
    fn every_name_stands_once(picks in proptest::collection::vec(0_u8..5, 0..20)) {
        let text = written(|it| {
            for pick in &picks {
                match pick {
                    0 => it.select(ID),
                    1 => it.select(KIND),
                    2 => it.expand(BUYERS),
                    3 => it.expand(LINES.select(PRICE)),
                    _ => it.expand(LINES.expand(PARTS)),
                }
            }
        });
        for (name, asked) in [
            ("id", picks.contains(&0)),
            ("type", picks.contains(&1)),
            ("buyers", picks.contains(&2)),
            ("lines", picks.contains(&3) || picks.contains(&4)),
            ("price", picks.contains(&3)),
            ("parts", picks.contains(&4)),
        ] {
            let words = text.split(|c: char| !c.is_ascii_alphanumeric());
            prop_assert_eq!(words.filter(|word| *word == name).count(), usize::from(asked), "{}: {}", name, text);
        }
        prop_assert!(!text.contains("()") && !text.contains(",,") && !text.ends_with('&'), "{}", text);
    }
}
