//! The floor under reading CSDL: quick-xml's events alone, and a parse by hand that keeps every element and every
//! attribute in a tree, checks nothing, resolves nothing and borrows what it can.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::escape::unescape;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;
use quick_xml::reader::Reader;

/// Goes through the events; how many there are.
pub fn events(text: &str) -> usize {
    let mut reader = Reader::from_str(text);
    let mut count = 0;
    while !matches!(reader.read_event().expect("XML"), Event::Eof) {
        count += 1;
    }
    count
}

/// Every element of a document, in document order.
#[derive(Debug, Default)]
pub struct Tree<'x> {
    pub elements: Vec<Element<'x>>,
    /// Of all elements, one after the other.
    pub attributes: Vec<(&'x str, Cow<'x, str>)>,
}

#[derive(Debug)]
#[allow(dead_code)] // What is kept is the point, though nobody asks for it.
pub struct Element<'x> {
    /// The local name.
    pub name: &'x str,
    /// Index of the element around it.
    pub parent: Option<usize>,
    /// Its part of [`Tree::attributes`].
    pub attributes: Range<usize>,
    pub text: Option<Cow<'x, str>>,
}

/// Parses a document.
pub fn parse(text: &str) -> Tree<'_> {
    let mut tree = Tree::default();
    let mut open = Vec::new();
    let mut reader = Reader::from_str(text);
    loop {
        let before = position(&reader);
        match reader.read_event().expect("XML") {
            Event::Start(tag) => {
                let content = before + 1..before + 1 + tag.len();
                let element = tree.element(&text[content], tag.name().0.len(), open.last().copied());
                open.push(element);
            }
            Event::Empty(tag) => {
                let content = before + 1..before + 1 + tag.len();
                tree.element(&text[content], tag.name().0.len(), open.last().copied());
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(content) => {
                let content = &text[before..before + content.len()];
                if let (Some(at), false) = (open.last(), content.trim_ascii().is_empty()) {
                    tree.elements[*at].text = Some(unescape(content).expect("text"));
                }
            }
            Event::Eof => return tree,
            _ => {}
        }
    }
}

impl<'x> Tree<'x> {
    /// Adds an element from what stands between its angle brackets.
    fn element(&mut self, content: &'x str, name: usize, parent: Option<usize>) -> usize {
        let first = self.attributes.len();
        for attribute in Attributes::new(content, name).with_checks(false) {
            let attribute = attribute.expect("attribute");
            let value = match attribute.value {
                Cow::Borrowed(value) => unescape(value).expect("value"),
                Cow::Owned(value) => Cow::Owned(unescape(&value).expect("value").into_owned()),
            };
            self.attributes.push((attribute.key.0, value));
        }
        let name = &content[..name];
        let name = name.split_once(':').map_or(name, |(_, local)| local);
        self.elements.push(Element { name, parent, attributes: first..self.attributes.len(), text: None });
        self.elements.len() - 1
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).expect("a position in memory")
}
