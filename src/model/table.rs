//! The tables and their fields: what a file can be, and which names it may use.

/// A table of the data dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// Sessions.
    Sessions,
    /// Agenda items, each naming its session.
    Agenda,
    /// Key messages, each naming its session.
    KeyMessages,
    /// Calls.
    Calls,
    /// Deadlines, each naming its call.
    Deadlines,
    /// News.
    News,
    /// People.
    People,
    /// Corrections by hand, each naming its record and field.
    Corrections,
}

/// One field of a table.
#[derive(Debug)]
pub struct Field {
    /// Its name, in kebab-case.
    pub name: &'static str,
    /// What it takes.
    pub form: Form,
    /// What it means, in a few words.
    pub about: &'static str,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A line of text.
    Line,
    /// CommonMark.
    Prose,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// An IANA time zone.
    Zone,
    /// A link.
    Url,
    /// An amount with its currency.
    Money,
    /// Some lines, split at `;` or a line break.
    Lines,
    /// Some people.
    People,
    /// Some prose.
    Proses,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A number.
    Number,
    /// Rows of another table.
    Rows(Table),
    /// Labelled links.
    Links,
}

impl Table {
    /// All tables.
    pub const ALL: [Table; 8] = [
        Table::Sessions,
        Table::Agenda,
        Table::KeyMessages,
        Table::Calls,
        Table::Deadlines,
        Table::News,
        Table::People,
        Table::Corrections,
    ];

    /// Gives its name, which is also its file's.
    pub fn name(self) -> &'static str {
        match self {
            Table::Sessions => "sessions",
            Table::Agenda => "agenda",
            Table::KeyMessages => "key-messages",
            Table::Calls => "calls",
            Table::Deadlines => "deadlines",
            Table::News => "news",
            Table::People => "people",
            Table::Corrections => "corrections",
        }
    }

    /// Finds a table by its folded name.
    pub fn from_name(name: &str) -> Option<Table> {
        let folded = crate::record::fold(name);
        Table::ALL.into_iter().find(|table| table.name() == folded)
    }

    /// Gives its fields.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Table::Sessions => SESSIONS,
            Table::Agenda => AGENDA,
            Table::KeyMessages => KEY_MESSAGES,
            Table::Calls => CALLS,
            Table::Deadlines => DEADLINES,
            Table::News => NEWS,
            Table::People => PEOPLE,
            Table::Corrections => CORRECTIONS,
        }
    }

    /// Finds the name of a field by its folded form.
    pub fn field(self, folded: &str) -> Option<&'static str> {
        self.fields().iter().find(|field| field.name == folded).map(|field| field.name)
    }

    /// Says what a field takes.
    pub fn form(self, name: &str) -> Option<Form> {
        self.fields().iter().find(|field| field.name == name).map(|field| field.form)
    }

    /// Finds the field that a name of nobody's probably means: by another word for it, else the one that is spelt nearly so.
    pub fn near(self, folded: &str) -> Option<&'static str> {
        let other = WORDS.iter().filter(|(_, words)| words.contains(&folded)).find_map(|(field, _)| self.field(field));
        other.or_else(|| near(folded, self.fields().iter().map(|field| field.name)))
    }
}

/// What tables call the fields elsewhere, in English, German and French. They are offered and never taken: who made a
/// column knows best what is in it.
const WORDS: &[(&str, &[&str])] = &[
    ("title", &["name", "headline", "titel", "thema", "veranstaltung", "titre", "intitulé", "nom"]),
    ("name", &["full-name", "person", "vorname", "nachname", "nom", "prénom"]),
    ("date", &["day", "datum", "tag", "termin", "jour"]),
    ("start", &["begin", "begins", "from", "time", "beginn", "anfang", "uhrzeit", "von", "heure", "début"]),
    ("end", &["ends", "until", "to", "ende", "schluss", "bis", "fin"]),
    ("place", &["location", "venue", "city", "town", "ort", "veranstaltungsort", "stadt", "lieu", "ville"]),
    ("room", &["raum", "saal", "salle"]),
    ("country", &["land", "pays"]),
    ("countries", &["länder", "pays"]),
    ("speakers", &["presenter", "presenters", "referent", "referenten", "referentin", "sprecher", "vortragende"]),
    ("speakers", &["intervenant", "intervenants", "orateur", "orateurs"]),
    ("moderators", &["chair", "host", "moderation", "moderator", "modérateur", "animation"]),
    ("organiser", &["organizer", "veranstalter", "organisateur"]),
    ("language", &["sprache", "langue"]),
    ("summary", &["description", "abstract", "text", "beschreibung", "inhalt", "zusammenfassung", "résumé"]),
    ("url", &["link", "website", "webpage", "homepage", "webseite", "adresse", "lien", "site"]),
    ("deadline", &["due", "closes", "closing-date", "frist", "einreichfrist", "bewerbungsschluss", "échéance"]),
    ("deadline", &["date-limite", "clôture"]),
    ("opens", &["opening-date", "start", "öffnet", "ouverture"]),
    ("funder", &["donor", "fördergeber", "geldgeber", "financeur"]),
    ("programme", &["programm"]),
    ("budget", &["amount", "fördersumme", "mittel", "montant"]),
    ("rate", &["förderquote", "taux"]),
    ("eligibility", &["who", "zielgruppe", "wer", "éligibilité", "public"]),
    ("contact", &["kontakt", "ansprechpartner"]),
    ("kind", &["type", "category", "art", "typ", "kategorie", "catégorie"]),
    ("series", &["reihe", "série"]),
    ("tags", &["keywords", "stichworte", "schlagworte", "mots-clés"]),
    ("role", &["position", "job", "rolle", "funktion", "fonction", "poste"]),
    ("organisation", &["company", "affiliation", "firma", "institution", "entreprise"]),
    ("phone", &["telephone", "mobile", "telefon", "téléphone"]),
    ("notes", &["remarks", "bemerkung", "bemerkungen", "notizen", "remarques"]),
];

/// Finds the name that was probably meant: at most a third of its letters differ.
pub fn near<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|name| (strsim::levenshtein(wrong, name), name))
        .filter(|(d, name)| *d * 3 <= name.len())
        .min()
        .map(|(_, name)| name)
}

const fn field(name: &'static str, form: Form, about: &'static str) -> Field {
    Field { name, form, about }
}

use Form::{Date, Line, Lines, Links, Money, Number, People, Prose, Proses, Rows, Time, Url, Word, Zone};

const UPDATED: Field = field("updated", Date, "when the row was last changed; a time may follow; never printed");
const LANG: Field = field("lang", Line, "the row's language, where a record has a row in each: en, de");

const SESSIONS: &[Field] = &[
    field("id", Line, "names it; stable from one edition to the next"),
    field("title", Line, "its title; required"),
    field("series", Line, "the series that it belongs to"),
    field("kind", Line, "talk, webinar, workshop, panel, matchmaking, conference, …"),
    field(
        "status",
        Word(&["planned", "held", "cancelled", "postponed", "draft", "pending", "rejected", "withdrawn"]),
        "what became of it; by its date where empty; the last four are never printed",
    ),
    field("date", Date, "first day"),
    field("start", Time, "start, in its time zone"),
    field("end", Time, "end, in its time zone"),
    field("duration", Line, "how long it lasts, where `end` is empty: 0:50, 50 min"),
    field("end-date", Date, "last day, where it is not the first"),
    field("timezone", Zone, "its time zone; the edition's where empty"),
    field("place", Line, "town or venue"),
    field("room", Line, "room"),
    field("country", Line, "country"),
    field("url", Url, "page about it"),
    field("online-url", Url, "where to join online"),
    field("action", Line, "what the reader can do: Register, Save the date"),
    field("image", Line, "a picture for the mail: an https address, or a PNG or JPEG file of the publication"),
    field("image-alt", Line, "what the picture shows, for those who do not see it"),
    field("image-size", Line, "its size where it is an address: 480x240"),
    field("qr", Word(&["true", "false"]), "whether its address gets a QR code on paper"),
    field("language", Line, "language spoken there"),
    field("organiser", Line, "who organises it"),
    field("moderators", People, "who moderates it"),
    field("speakers", People, "who speaks"),
    field("summary", Prose, "the introduction"),
    field("key-messages", Proses, "what to take home"),
    field("agenda", Rows(Table::Agenda), "what happens in it, in order"),
    field("links", Links, "further addresses, with label and url"),
    field("tags", Lines, "words to find it by"),
    UPDATED,
    LANG,
];

const AGENDA: &[Field] = &[
    field("session", Line, "id of its session; in agenda.csv and agenda.json"),
    field("order", Number, "its place in the agenda; the order of the rows where empty"),
    field("title", Line, "its title; required"),
    field("start", Time, "when it starts"),
    field("speakers", People, "who speaks"),
    field("body", Prose, "what was said"),
    field("kind", Word(&["talk", "news", "calls"]), "news and calls list those of the edition in its section"),
    LANG,
];

const KEY_MESSAGES: &[Field] = &[
    field("session", Line, "id of its session; required"),
    field("order", Number, "its place; the order of the rows where empty"),
    field("text", Prose, "the message; required"),
    LANG,
];

const CALLS: &[Field] = &[
    field("id", Line, "names it; stable from one edition to the next"),
    field("title", Line, "its title; required"),
    field("programme", Line, "the programme that it belongs to"),
    field("funder", Line, "who pays"),
    field("kind", Line, "grant, tender, prize, papers, …"),
    field("opens", Date, "first day on which one can apply"),
    field("deadline", Date, "its deadline, where there is one; a time may follow"),
    field("deadlines", Rows(Table::Deadlines), "its deadlines, with label, date, time, timezone"),
    field("time", Time, "the time of `deadline`"),
    field("timezone", Zone, "the time zone of `deadline`; the edition's where empty"),
    field("budget", Money, "all the money of the call"),
    field("grant-min", Money, "least money for one project"),
    field("grant-max", Money, "most money for one project"),
    field("rate", Line, "share of the cost that is paid"),
    field("eligibility", Prose, "who can apply"),
    field("countries", Lines, "from which countries"),
    field("url", Url, "page about it"),
    field("qr", Word(&["true", "false"]), "whether its address gets a QR code on paper"),
    field("summary", Prose, "what it is about"),
    field("contact", Line, "whom to ask"),
    field("tags", Lines, "words to find it by"),
    field(
        "status",
        Word(&["draft", "pending", "rejected", "withdrawn", "suspended", "closed", "open"]),
        "overrides what the dates say; the first four are never printed",
    ),
    UPDATED,
    LANG,
];

const DEADLINES: &[Field] = &[
    field("call", Line, "id of its call; in deadlines.csv and deadlines.json"),
    field("label", Line, "which one: first cut-off"),
    field("date", Date, "the day; required; a time may follow"),
    field("time", Time, "the time of day; the end of the day where empty"),
    field("timezone", Zone, "its time zone; the edition's where empty"),
];

const NEWS: &[Field] = &[
    field("id", Line, "names it; stable from one edition to the next"),
    field("title", Line, "its title; required"),
    field("date", Date, "the day that it is about"),
    field("end-date", Date, "the last such day, where there are several"),
    field("place", Line, "town or venue"),
    field("action", Line, "what the reader can do: Register for, Save the date for"),
    field("url", Url, "where to read on"),
    field("summary", Prose, "what it says"),
    field("tags", Lines, "words to find it by"),
    field("expires", Date, "last day on which it is news"),
    field(
        "status",
        Word(&["published", "draft", "pending", "rejected", "withdrawn"]),
        "whether it is printed; it is where empty",
    ),
    UPDATED,
    LANG,
];

const PEOPLE: &[Field] = &[
    field("id", Line, "names the person in other tables; made of the name where empty"),
    field("name", Line, "as it is printed; required"),
    field("role", Line, "what they do"),
    field("organisation", Line, "for whom"),
    field("url", Url, "page about them"),
    field("email", Line, "where to write to; printed only where `public` is true"),
    field("phone", Line, "where to call; printed only where `public` is true and there is no email"),
    field("notes", Prose, "what you should know; never printed"),
    field("public", Word(&["true", "false"]), "whether readers may write to or call them"),
    UPDATED,
    LANG,
];

const CORRECTIONS: &[Field] = &[
    field("table", Word(&["sessions", "calls", "news", "people"]), "where the record is; required"),
    field("id", Line, "its id; required"),
    field("field", Line, "which field of it is wrong; required"),
    field("value", Line, "what is right; a single - takes away what is there"),
    field("why", Line, "who said so; for you and `bulletin merge`, never printed"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_field_has_a_neighbour() {
        assert_eq!(Table::Sessions.near("tittle"), Some("title"));
        assert_eq!(Table::Sessions.near("speaker"), Some("speakers"));
        assert_eq!(Table::Sessions.near("bluesky"), None);
    }
}
