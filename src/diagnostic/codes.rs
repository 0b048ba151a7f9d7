//! The kinds of findings, each with the page that `bulletin explain` shows.

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal: $explanation:literal;)+) => {
        /// The kind of a finding. Each has a folder in `tests/diagnostics/`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])+ $variant,)+ }

        impl Code {
            /// All codes, in the order of this list.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// Gives the name by which it is shown and configured.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }

            /// Gives the first line of its page.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$variant => [$($doc,)+][0].trim_ascii(),)+ }
            }

            /// Gives what it means, with a bad and a good example.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => $explanation,)+ }
            }
        }
    };
}

impl Code {
    /// Says whether `[check]` can set its level. What is an error always cannot be printed.
    pub fn is_adjustable(self) -> bool {
        matches!(
            self,
            Code::ConflictingValues
                | Code::AwkwardHeader
                | Code::BadPicture
                | Code::BadPlaceholder
                | Code::DroppedCharacters
                | Code::EmptyEdition
                | Code::Folded
                | Code::MissingField
                | Code::RawHtml
                | Code::RepeatedRow
                | Code::UnknownField
                | Code::UnknownFile
        )
    }

    /// Finds a code by its name.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

codes! {
    /// A date could be read in two ways
    AmbiguousDate = "ambiguous-date": "\
`03/04/2024` is 3 April to some readers and March 4 to others; nothing in the
cell says which, and a wrong guess would be printed.

    bad   03/04/2024
    good  2024-04-03
    good  3 April 2024
    good  3.4.2024
";
    /// A subject or preheader that mail programs cut or change
    AwkwardHeader = "awkward-header": "\
Lists of mail show about 60 letters of a subject, telephones 40, and about 130 of a
preheader. A line break in a subject becomes a space, and not every program has a
picture for an emoji.

    bad   subject = \"All that you have ever wanted to know about ... (600 letters)\"
    good  subject = \"Open data: two calls close in June\"
";
    /// An amount of money cannot be read
    BadAmount = "bad-amount": "\
An amount needs a number and a currency (an ISO 4217 code or €, $, £). Spaces,
commas and points may group the digits; `million`, `Mio.`, `billion`, `k` scale it.

    bad   1 500 000
    good  EUR 1 500 000
    good  €1.5 million
    good  1,5 Mio. EUR
";
    /// A CSV file is broken
    BadCsv = "bad-csv": "\
The file cannot be read as a table (RFC 4180): a quote is opened and never
closed, text follows a closing quote, or there is no header row.

    bad   rust-101,\"Rust, a first look,2026-05-04
    good  rust-101,\"Rust, a first look\",2026-05-04
";
    /// A date cannot be read or does not exist
    BadDate = "bad-date": "\
A date is written year first (ISO 8601), or day first with points, or with the
month in letters. The day must exist.

    bad   2024-02-30
    good  2024-02-29
    good  29.2.2024
    good  29 February 2024
";
    /// An email address cannot be read
    BadEmail = "bad-email": "\
An address is `name@domain` or `Name <name@domain>` (RFC 5322), in ASCII before
the @.

    bad   newsletter(at)example.org
    good  Newsletter <newsletter@example.org>
";
    /// A JSON file is broken
    BadJson = "bad-json": "\
The file is not JSON (RFC 8259), or not a table: a table is an array of objects,
or an object that has the table's name as key.

    bad   [{\"id\": \"a\",}]
    good  [{\"id\": \"a\"}]
";
    /// The publication's own look cannot be used
    BadLook = "bad-look": "\
A `theme.typ` of your own takes the place of the look that comes with the program, and
has to define the same functions. It is Typst code, and is set in a process of its own:
it reads no file, loads no package, and is stopped when a document takes too long or too
much memory. To change some functions only, begin with `#import \"built-in.typ\": *`.

    bad   #let logo = read(\"logo.svg\")
    bad   #let cover() = []
    good  #import \"built-in.typ\": *
          #let topic-break() = align(center)[❧]
";
    /// A picture that cannot go into a mail
    BadPicture = "bad-picture": "\
Mail programs show PNG, JPEG and GIF; they show no SVG and no WebP. A file goes out
with the message, so it has at most 200 KiB. Of a picture on the web the size must
be said, or the mail jumps when it arrives.

    bad   logo = \"logo.svg\"
    good  logo = \"logo.png\"
    good  logo = \"https://example.org/logo.png\" and logo-size = \"240x80\"
";
    /// A placeholder of a mailing service that does not work
    BadPlaceholder = "bad-placeholder": "\
A mailing service puts a word for each recipient in the place of `{{ name }}`,
`*|NAME|*` or `%name%`. One that opens with `{{` or `*|` and is never closed would
be sent as it stands, to everybody. In a message for a mail program nobody fills it in: choose
the service with `target` in `[newsletter]` or `--target`.

    bad   intro = \"Dear {{ contact.FIRSTNAME, this is new\"
    good  intro = \"Dear {{ contact.FIRSTNAME }}, this is new\"
";
    /// The theme cannot be used
    BadTheme = "bad-theme": "\
A theme gives each token a colour as `#rrggbb`, for light and dark. Text must
stand out from its ground by at least 4.5:1, edges by 3:1 (WCAG 2.2, 1.4.3 and
1.4.11), so that everybody can read it.

    bad   muted = \"#aaaaaa\"
    good  muted = \"#5b6472\"
";
    /// A time of day cannot be read
    BadTime = "bad-time": "\
A time is written in 24 hours, `09:00`, with seconds if need be.

    bad   25:00
    bad   9 o'clock
    good  09:00
";
    /// A TOML file is broken
    BadToml = "bad-toml": "\
`bulletin.toml` (or a theme) does not follow TOML 1.0.

    bad   title = EU Clusters News
    good  title = \"EU Clusters News\"
";
    /// An address (URL) cannot be used
    BadUrl = "bad-url": "\
A link is an absolute `https:`, `http:`, `mailto:` or `tel:` address without
spaces (RFC 3986). Anything else, `javascript:` above all, is refused.

    bad   javascript:alert(1)
    bad   https://example.org/my page
    good  https://example.org/my%20page
";
    /// A value is none of those that the field takes
    BadValue = "bad-value": "\
The field takes one of a few words, or a number. The message lists them.

    bad   status = done
    good  status = held
";
    /// Two files say different things about one record
    ConflictingValues = "conflicting-values": "\
The same record stands in two files, and one field differs. The file that
`bulletin.toml` names later wins, or the later name in the alphabet; the message
shows both places.

    bad   sessions.csv: 2026-05-04    sessions.json: 2026-05-05
    good  the date in one of the two, the cell of the other empty
";
    /// Characters were left out
    DroppedCharacters = "dropped-characters": "\
Control characters, byte order marks, noncharacters and stray direction marks
cannot be seen and can turn a line around or break a message. They were left out.

    bad   Tea<NUL>time
    good  Teatime
";
    /// The edition has nothing in it
    EmptyEdition = "empty-edition": "\
After `[select]` no session, call or news item is left for the edition's date.

    bad   date = \"1999-01-01\"
    good  the date on which the newsletter goes out
";
    /// Something ends before it starts
    EndsBeforeStart = "ends-before-start": "\
`end` is before `start` on the same day, or `end-date` before `date`. A session
that ends after midnight needs its `end-date`.

    bad   start 14:00, end 13:00
    good  start 22:00, end 01:00, end-date the next day
";
    /// The newsletter shows some items as titles only, or not at all
    Folded = "folded": "\
Gmail cuts a message whose HTML is longer than 102 KiB. So the newsletter holds at
most 90 KiB, less what your mailing service adds (`[newsletter] overhead`). Where an
edition is larger, the items that matter least are folded to title, day and link, and
those that do not fit even so are counted, with a link to the web version where
`web-url` names one. HTML and text fold alike; the PDF and the calendar have it all.
It is a note; set it to `error` under `[check]` where nothing may be folded.

    bad   1,900 calls in one mail
    good  `[select] calls = [...]`, or another edition for the rest
";
    /// A character that the fonts do not have
    MissingGlyph = "missing-glyph": "\
The PDF would show an empty box. The fonts have Latin, Greek, Cyrillic and
Arabic letters with all accents, and the usual symbols.

    bad   Kickoff 🚀
    good  Kickoff
";
    /// A field that must be there is missing
    MissingField = "missing-field": "\
A session, call or news item needs a `title`; a child row needs the `id` of its
parent; `[edition]` needs `title` and `date`.

    bad   id,title
          kick-off,
    good  id,title
          kick-off,Kick-off meeting
";
    /// A file is not UTF-8
    NotUtf8 = "not-utf8": "\
Text must be saved as UTF-8, or letters like `ü` become other letters.

    bad   Excel: Save as `CSV (Comma delimited)`
    good  Excel: Save as `CSV UTF-8`
";
    /// A row has more or fewer cells than the header
    RaggedRow = "ragged-row": "\
Each row needs as many cells as the header row, or values stand under the wrong
names. Usually a text with a comma lacks its quotes.

    bad   rust-101,Rust, a first look,2026-05-04
    good  rust-101,\"Rust, a first look\",2026-05-04
";
    /// Prose holds HTML tags
    RawHtml = "raw-html": "\
Prose is CommonMark without HTML; tags are printed as they stand, letter by letter.

    bad   <b>now</b>
    good  **now**
";
    /// A field stands twice in one record
    RepeatedField = "repeated-field": "\
The header names a column twice, or an object has a key twice; one of the two
values would be lost. `Online URL` and `online-url` are the same name.

    bad   id,title,Title
    good  id,title,subtitle
";
    /// Two records of one file have the same id
    RepeatedId = "repeated-id": "\
An `id` names one record of its table. In two files of the same table it means
one record told in two parts; in one file it is a mistake.

    bad   rust-101,…      rust-101,…
    good  rust-101,…      rust-102,…
";
    /// A row says again what another says
    RepeatedRow = "repeated-row": "\
Two rows without `id` have the same title and date; they are taken for one.

    bad   Kick-off,2026-05-04    Kick-off,2026-05-04
    good  one row, or an `id` for each
";
    /// Prose is nested too deep
    TooDeep = "too-deep": "\
Lists in lists, quotations in quotations and the like may go ten levels deep (a list counts as two: itself and its item).

    bad   > > > > > > > > > > > > > a quotation of a quotation of …
    good  > a quotation
";
    /// A file or a cell is too large
    TooLarge = "too-large": "\
A cell takes at most 1 MiB of text, a file at most 1 GiB. A cell of that size is
nearly always a quote that was never closed.

    bad   \"a quote that is opened and closed a hundred thousand rows later\"
    good  \"a text\"
";
    /// A field that no table knows
    UnknownField = "unknown-field": "\
The column is not printed. Perhaps it is misspelt; `bulletin schema` lists the
fields of each table. In an `[[input]]`, `map` gives a column another name, and
what is not mapped is left aside without a word.

    bad   tittle
    good  title
";
    /// A file that no table is made of
    UnknownFile = "unknown-file": "\
A `.csv` or `.json` file in the data folder belongs to a table by its name, or is
named by an `[[input]]`. This one is neither, and is not read.

    bad   data/session.csv
    good  data/sessions.csv
";
    /// A key of bulletin.toml that nobody knows
    UnknownKey = "unknown-key": "\
A misspelt key would be ignored in silence, so it is an error.

    bad   [edition] titel = \"News\"
    good  [edition] title = \"News\"
";
    /// An id that no record has
    UnknownReference = "unknown-reference": "\
A person, session or call is named by an `id` that its table does not have.

    bad   speakers = \"n-hopman\"
    good  speakers = \"n-hoppmann\"
    good  speakers = \"Nina Hoppmann, team member\"
";
    /// A time zone that does not exist
    UnknownZone = "unknown-zone": "\
Zones are named as in the IANA time zone database, by place, so that summer time
comes out right; `CET` in June would be an hour off.

    bad   timezone = \"Brussels\"
    good  timezone = \"Europe/Brussels\"
";
}
