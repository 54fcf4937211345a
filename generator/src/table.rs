//! Rows of words for people: columns that line up, or a Markdown table.

use std::fmt::Write as _;

/// Rows under a head. A cell that is a number stands to the right.
#[derive(Debug)]
pub(crate) struct Table {
    head: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(head: &[&'static str]) -> Self {
        Self { head: head.to_vec(), rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Columns two spaces apart, each line indented by two; no space at the end of a line.
    pub(crate) fn text(&self) -> String {
        let widths: Vec<usize> = (0..self.head.len()).map(|at| self.width(at)).collect();
        let head: Vec<String> = self.head.iter().map(|it| (*it).to_owned()).collect();
        let mut text = String::new();
        for row in std::iter::once(&head).chain(&self.rows) {
            let mut line = String::new();
            for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let pad = " ".repeat(width.saturating_sub(cell.chars().count()));
                let (before, after) = if self.is_numeric(at) { (pad.as_str(), "") } else { ("", pad.as_str()) };
                let _infallible = write!(line, "  {before}{cell}{after}");
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// A Markdown table.
    pub(crate) fn markdown(&self) -> String {
        let line = |cells: &mut dyn Iterator<Item = String>| format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "));
        let mut text = line(&mut self.head.iter().map(|it| (*it).to_owned()));
        let rule = |at| if self.is_numeric(at) { "--:" } else { "---" };
        let _infallible = writeln!(text, "|{}|", (0..self.head.len()).map(rule).collect::<Vec<_>>().join("|"));
        for row in &self.rows {
            text.push_str(&line(&mut row.iter().map(|it| cell(it))));
        }
        text
    }

    fn width(&self, at: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(at)).map(String::as_str);
        cells.chain(self.head.get(at).copied()).map(|it| it.chars().count()).max().unwrap_or_default()
    }

    fn is_numeric(&self, at: usize) -> bool {
        let mut cells = self.rows.iter().filter_map(|row| row.get(at)).peekable();
        cells.peek().is_some() && cells.all(|it| !it.is_empty() && it.chars().all(|it| it.is_ascii_digit()))
    }
}

/// What a table takes for its own is written out.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn numbers_stand_to_the_right_and_bars_are_no_borders() {
        let mut table = Table::new(&["name", "count"]);
        table.row(["a|b".to_owned(), "7".to_owned()]);
        table.row(["long name".to_owned(), "12".to_owned()]);
        assert_eq!(table.text(), "  name       count\n  a|b            7\n  long name     12\n");
        assert_eq!(table.markdown(), "| name | count |\n|---|--:|\n| a\\|b | 7 |\n| long name | 12 |\n");
    }
}
