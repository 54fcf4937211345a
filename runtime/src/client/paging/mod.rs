//! Page after page, item after item.
//!
//! ```text
//!  walk     the way from link to link, one exchange each: the same whatever the items are
//!  link     .. where a link leads, and that the token may go there
//!  loops    .. links that lead back
//!  pages    a walk whose answers are read as pages
//!  items    .. and the pages taken apart
//!  seam     .. without what a page has again from the piece of a range before it
//!  cursor   where to go on
//! ```

mod cursor;
mod items;
mod link;
mod loops;
mod pages;
mod seam;
mod walk;

pub use cursor::Cursor;
pub use items::Items;
pub use pages::Pages;
pub(super) use seam::{Key, Seam};
pub(super) use walk::Start;
