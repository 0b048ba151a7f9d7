//! The words that take no values, read once from the language's Fluent file.

macro_rules! labels {
    ($($(#[doc = $doc:literal])? $field:ident = $key:literal,)+) => {
        /// The labels of one language. A missing one is a failing test, not an empty heading.
        #[derive(Debug, Clone)]
        pub struct Labels {
            $(#[doc = concat!("The label `", $key, "`.")] pub $field: String,)+
        }

        impl Labels {
            /// Fluent ids of all labels.
            pub const KEYS: &'static [&'static str] = &[$($key,)+];

            pub(super) fn load(word: impl Fn(&str) -> String) -> Labels {
                Labels { $($field: word($key),)+ }
            }
        }
    };
}

labels! {
    colon = "colon",
    comma = "comma",
    semicolon = "semicolon",
    and = "and",
    summary = "summary",
    introduction = "introduction",
    agenda = "agenda",
    moderation = "moderation",
    key_messages = "key-messages",
    contents = "contents",
    held = "held",
    coming = "coming",
    calls = "calls",
    news = "news",
    deadline = "deadline",
    no_deadline = "no-deadline",
    deadlines_by_month = "deadlines-by-month",
    funder = "funder",
    budget = "budget",
    grant = "grant",
    rate = "rate",
    eligibility = "eligibility",
    countries = "countries",
    contact = "contact",
    links = "links",
    language = "language",
    organiser = "organiser",
    speakers = "speakers",
    online = "online",
    join_online = "join-online",
    add_to_calendar = "add-to-calendar",
    cancelled = "cancelled",
    postponed = "postponed",
    state_closing_soon = "state-closing-soon",
    state_open = "state-open",
    state_forthcoming = "state-forthcoming",
    state_closed = "state-closed",
    state_withdrawn = "state-withdrawn",
    state_suspended = "state-suspended",
    view_in_browser = "view-in-browser",
    unsubscribe = "unsubscribe",
    website = "website",
    handout = "handout",
    programme = "programme",
    table_of_contents = "table-of-contents",
    time_of_day = "time-of-day",
    call = "call",
    status = "status",
    index_of_speakers = "index-of-speakers",
    index_of_rooms = "index-of-rooms",
    notes = "notes",
    undated = "undated",
    other_sessions = "other-sessions",
    speakers_sheets = "speakers-sheets",
    door_signs = "door-signs",
}
