//! The kinds of findings, each with the page that `bulletin explain` shows.

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal;)+) => {
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
                match self { $(Code::$variant => include_str!(concat!("pages/", $name, ".txt")),)+ }
            }
        }
    };
}

impl Code {
    /// Says whether `[check]` can set its level. What is an error always cannot be printed.
    pub fn is_adjustable(self) -> bool {
        !matches!(
            self,
            Code::AmbiguousDate
                | Code::BadAmount
                | Code::BadCalendar
                | Code::BadCsv
                | Code::BadDate
                | Code::BadEmail
                | Code::BadJson
                | Code::BadLook
                | Code::BadTheme
                | Code::BadTime
                | Code::BadToml
                | Code::BadUrl
                | Code::BadValue
                | Code::BadWorkbook
                | Code::BadXml
                | Code::EndsBeforeStart
                | Code::MissingGlyph
                | Code::NotUtf8
                | Code::RaggedRow
                | Code::RepeatedField
                | Code::RepeatedId
                | Code::TooDeep
                | Code::TooLarge
                | Code::UnknownKey
                | Code::UnknownReference
                | Code::UnknownZone
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
    AmbiguousDate = "ambiguous-date";
    /// A subject or preheader that mail programs cut or change
    AwkwardHeader = "awkward-header";
    /// An amount of money cannot be read
    BadAmount = "bad-amount";
    /// An iCalendar file is broken
    BadCalendar = "bad-calendar";
    /// A CSV file is broken
    BadCsv = "bad-csv";
    /// A date cannot be read or does not exist
    BadDate = "bad-date";
    /// An email address cannot be read
    BadEmail = "bad-email";
    /// A JSON file is broken
    BadJson = "bad-json";
    /// The publication's own look cannot be used
    BadLook = "bad-look";
    /// A picture that cannot go into a mail
    BadPicture = "bad-picture";
    /// A placeholder of a mailing service that does not work
    BadPlaceholder = "bad-placeholder";
    /// The theme cannot be used
    BadTheme = "bad-theme";
    /// A time of day cannot be read
    BadTime = "bad-time";
    /// A TOML file is broken
    BadToml = "bad-toml";
    /// An address (URL) cannot be used
    BadUrl = "bad-url";
    /// A value is none of those that the field takes
    BadValue = "bad-value";
    /// A workbook cannot be read
    BadWorkbook = "bad-workbook";
    /// An XML file is broken
    BadXml = "bad-xml";
    /// The newsletter is longer than mail programs show
    Clipped = "clipped";
    /// Two files say different things about one record
    ConflictingValues = "conflicting-values";
    /// Deadlines of a call that contradict each other or its opening
    DeadlineOrder = "deadline-order";
    /// One person in two roles
    DifferingRole = "differing-role";
    /// Two sessions in one room, or with one speaker, at the same time
    DoubleBooking = "double-booking";
    /// A word that stands twice in a row
    DoubledWord = "doubled-word";
    /// Characters were left out
    DroppedCharacters = "dropped-characters";
    /// The edition has nothing in it
    EmptyEdition = "empty-edition";
    /// Something ends before it starts
    EndsBeforeStart = "ends-before-start";
    /// The newsletter shows some items as titles only, or not at all
    Folded = "folded";
    /// A cell holds a formula or its error, and no value
    Formula = "formula";
    /// How a table was read that does not say it
    Guessed = "guessed";
    /// A heading that skips a level
    HeadingOrder = "heading-order";
    /// An HTML entity in a line of text
    HtmlEntity = "html-entity";
    /// An allowance that allows nothing any more
    IdleAllowance = "idle-allowance";
    /// A correction that changes nothing
    IdleCorrection = "idle-correction";
    /// A link without TLS
    InsecureLink = "insecure-link";
    /// A character that nobody sees inside a word
    InvisibleCharacter = "invisible-character";
    /// Two people in one name
    JoinedNames = "joined-names";
    /// A session of more than twelve hours
    LongSession = "long-session";
    /// Rows of two files that were taken for one record
    MatchedRows = "matched-rows";
    /// A link that shows one address and leads to another
    MisleadingLink = "misleading-link";
    /// A call that does not say how much money there is
    MissingBudget = "missing-budget";
    /// A call without a deadline
    MissingDeadline = "missing-deadline";
    /// A finished file does not say what it has to
    MissingFact = "missing-fact";
    /// A field that must be there is missing
    MissingField = "missing-field";
    /// A character that the fonts do not have
    MissingGlyph = "missing-glyph";
    /// A held session without key messages
    MissingMessages = "missing-messages";
    /// An agenda item of which the summary says nothing
    MissingSection = "missing-section";
    /// A section without a speaker among sections that have one
    MissingSpeaker = "missing-speaker";
    /// Two kinds of quotation marks or dashes in one text
    MixedMarks = "mixed-marks";
    /// British and American spelling in one text
    MixedSpelling = "mixed-spelling";
    /// Letters of a text that was read in the wrong encoding
    Mojibake = "mojibake";
    /// One person under two names
    NameVariants = "name-variants";
    /// A file is not UTF-8
    NotUtf8 = "not-utf8";
    /// An amount that cannot be right beside the others
    OddAmount = "odd-amount";
    /// A repeated event that was not read to its end
    OpenRepetition = "open-repetition";
    /// A date in the prose that is not that of the data
    OtherDate = "other-date";
    /// A moderator in the prose who is not the one of the table
    OtherModerator = "other-moderator";
    /// Something past that is announced as coming
    PastEvent = "past-event";
    /// Words that were to be replaced
    PlaceholderText = "placeholder-text";
    /// An email address or telephone number of a person is not printed
    PrivateAddress = "private-address";
    /// A row has more or fewer cells than the header
    RaggedRow = "ragged-row";
    /// Prose holds HTML tags
    RawHtml = "raw-html";
    /// The format of a file was recognised
    RecognisedFormat = "recognised-format";
    /// The same call twice
    RepeatedCall = "repeated-call";
    /// A field stands twice in one record
    RepeatedField = "repeated-field";
    /// Two records of one file have the same id
    RepeatedId = "repeated-id";
    /// The same thing said twice
    RepeatedProse = "repeated-prose";
    /// A row says again what another says
    RepeatedRow = "repeated-row";
    /// One address under two titles
    SharedLink = "shared-link";
    /// Two people under one name
    SharedName = "shared-name";
    /// A speaker who does not appear in their section
    SilentSpeaker = "silent-speaker";
    /// A space too many
    StraySpace = "stray-space";
    /// One thing under two names
    TermVariants = "term-variants";
    /// Prose is nested too deep
    TooDeep = "too-deep";
    /// A file or a cell is too large
    TooLarge = "too-large";
    /// A link that carries somebody else’s tracking
    TrackingLink = "tracking-link";
    /// A bracket or quotation mark without its partner
    UnbalancedMarks = "unbalanced-marks";
    /// A field that no table knows
    UnknownField = "unknown-field";
    /// A file that no table is made of
    UnknownFile = "unknown-file";
    /// A key of bulletin.toml that nobody knows
    UnknownKey = "unknown-key";
    /// An id that no record has
    UnknownReference = "unknown-reference";
    /// A time zone that does not exist
    UnknownZone = "unknown-zone";
    /// Rows of two files that may be one record
    UnmatchedRows = "unmatched-rows";
    /// A link that no reader can follow
    UnreachableLink = "unreachable-link";
    /// Findings of one code beyond the first thousand
    UntoldFindings = "untold-findings";
    /// A record that is shown in another language than the edition
    Untranslated = "untranslated";
    /// A link text that says nothing
    VagueLink = "vague-link";
    /// A weekday that is not that of the date
    WrongWeekday = "wrong-weekday";
    /// A zone abbreviation that does not hold on the date
    WrongZone = "wrong-zone";
}
