//! What an edition lists: its sessions, calls and news, under one name.

use crate::model::{Call, News, Person, Session};
use crate::source::Text;

/// One item of an edition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Item<'a> {
    /// A session that was held.
    Held(&'a Session),
    /// A session to come.
    Coming(&'a Session),
    /// A call.
    Call(&'a Call),
    /// A news item.
    News(&'a News),
}

impl<'a> Item<'a> {
    /// Names it among all: `calls/seed-fund`.
    pub fn name(self) -> String {
        match self {
            Item::Held(session) | Item::Coming(session) => format!("sessions/{}", session.id),
            Item::Call(call) => format!("calls/{}", call.id),
            Item::News(news) => format!("news/{}", news.id),
        }
    }

    /// Gives its title.
    pub fn title(self) -> &'a Text {
        match self {
            Item::Held(session) | Item::Coming(session) => &session.title,
            Item::Call(call) => &call.title,
            Item::News(news) => &news.title,
        }
    }
}

impl Session {
    /// Names an item of its agenda, by its place from 0: `sessions/spring-talk/agenda/1`.
    pub fn item_name(&self, at: usize) -> String {
        format!("sessions/{}/agenda/{}", self.id, at + 1)
    }
}

impl Person {
    /// Names a person among those who speak: `people/Ada Moreau/Town Library`.
    pub fn item_name(&self) -> String {
        match &self.organisation {
            Some(organisation) => format!("people/{}/{organisation}", self.name),
            None => format!("people/{}", self.name),
        }
    }
}
