//! What an edition is made of. Each type stands with its decoder (record to type) and its tests.

pub mod call;
pub mod catalogue;
pub mod cell;
pub mod edition;
pub mod foreign;
pub mod identity;
pub mod item;
pub mod listing;
pub mod news;
pub mod person;
pub mod picture;
pub mod print;
pub mod room;
pub mod row;
pub mod session;
pub mod slot;
pub mod table;
pub mod translated;
pub mod unpublished;
pub mod value;
pub mod version;

pub use call::{Call, Deadline, State};
pub use catalogue::{Catalogue, Counts};
pub use edition::{Edition, Href, Layout, Layouts, Mailing, Publisher, Target};
pub use foreign::Foreign;
pub use identity::{Identities, Identity};
pub use item::Item;
pub use news::News;
pub use person::Person;
pub use picture::Picture;
pub use print::Print;
pub use room::{Room, Rooms};
pub use session::{AgendaItem, AgendaKind, Link, Session, Status};
pub use unpublished::Unpublished;
pub use value::{Address, Clock, Date, Mailbox, Money, Time, Zone};
pub use version::Version;
