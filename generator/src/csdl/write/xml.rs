//! Tags, attributes and indentation.

use crate::csdl::element::Text;

/// A document while it is written.
pub(super) struct Writer<'d> {
    out: String,
    open: Vec<&'d str>,
    /// The last start tag still lacks its `>`.
    in_tag: bool,
}

impl<'d> Writer<'d> {
    pub(super) fn new() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(), open: Vec::new(), in_tag: false }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Begins an element; its attributes follow.
    pub(super) fn start(&mut self, name: &'d str) -> &mut Self {
        self.close_tag(true);
        self.indent();
        self.out.push('<');
        self.out.push_str(name);
        self.open.push(name);
        self.in_tag = true;
        self
    }

    /// An attribute of the element just begun.
    pub(super) fn attribute(&mut self, name: &str, value: &str) -> &mut Self {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.escape(value, true);
        self.out.push('"');
        self
    }

    pub(super) fn text(&mut self, name: &str, value: &Text<'_>) -> &mut Self {
        self.attribute(name, &value.value)
    }

    pub(super) fn maybe(&mut self, name: &str, value: Option<&Text<'_>>) -> &mut Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    pub(super) fn flag(&mut self, name: &str, value: Option<bool>) -> &mut Self {
        match value {
            Some(value) => self.attribute(name, if value { "true" } else { "false" }),
            None => self,
        }
    }

    /// A flag that is written only when it differs from its default.
    pub(super) fn unless(&mut self, name: &str, value: bool, default: bool) -> &mut Self {
        self.flag(name, (value != default).then_some(value))
    }

    /// An element that holds text and nothing else.
    pub(super) fn leaf(&mut self, name: &'d str, text: &str) {
        self.start(name);
        self.close_tag(false);
        self.escape(text, false);
        self.open.pop();
        self.end_tag(name);
    }

    /// Ends the innermost element.
    pub(super) fn end(&mut self) {
        let Some(name) = self.open.pop() else { return };
        if self.in_tag {
            self.in_tag = false;
            self.out.push_str(" />\n");
        } else {
            self.indent();
            self.end_tag(name);
        }
    }

    fn end_tag(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    fn close_tag(&mut self, with_line_end: bool) {
        if std::mem::take(&mut self.in_tag) {
            self.out.push_str(if with_line_end { ">\n" } else { ">" });
        }
    }

    fn indent(&mut self) {
        for _ in &self.open {
            self.out.push_str("  ");
        }
    }

    /// White space other than the space would be normalised away in an attribute, and a carriage return everywhere.
    fn escape(&mut self, value: &str, in_attribute: bool) {
        for character in value.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' if in_attribute => self.out.push_str("&quot;"),
                '\t' if in_attribute => self.out.push_str("&#x9;"),
                '\n' if in_attribute => self.out.push_str("&#xA;"),
                '\r' => self.out.push_str("&#xD;"),
                other => self.out.push(other),
            }
        }
    }
}
