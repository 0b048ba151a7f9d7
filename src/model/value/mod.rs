//! Values inside a cell: dates, times, zones, money, addresses. Each decoder takes the text and its place, and
//! returns `None` when it has told what is wrong.

mod address;
mod clock;
mod date;
mod duration;
mod folded;
mod formula;
mod language;
mod list_id;
mod mailbox;
mod mention;
mod money;
mod phone;
mod placeholder;
mod private;
mod slug;
mod zone;

pub use address::{Address, address, is_tracking};
pub use clock::Clock;
pub use date::{Date, Moment, Time, day, is_month, moment, time};
pub use duration::duration;
pub use folded::{fold, fold_title, fold_words};
pub use formula::{Origin, instead, tell_instead};
pub use language::Language;
pub use list_id::{ListId, list_id};
pub use mailbox::{Mailbox, mailbox};
pub use mention::{Mention, mentions};
pub use money::{Money, is_currency, is_scale, money};
pub use placeholder::{check_placeholders, is_placeholder, placeholders, without_placeholders};
pub use private::private_parts;
pub use slug::{Slugs, slug};
pub use zone::{Zone, zone};
