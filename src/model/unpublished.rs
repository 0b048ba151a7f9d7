//! Records that nobody outside may see: their status says so, in the words of event systems and portals.

/// Why a record is not published. It never leaves `merge`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unpublished {
    /// Not finished yet.
    Draft,
    /// Nobody decided yet.
    Pending,
    /// It was turned down.
    Rejected,
    /// Who proposed it took it back.
    Withdrawn,
}

impl Unpublished {
    /// Every word for it, the one that is offered first.
    pub const WORDS: [(&'static str, Unpublished); 17] = [
        ("draft", Unpublished::Draft),
        ("hidden", Unpublished::Draft),
        ("private", Unpublished::Draft),
        ("unpublished", Unpublished::Draft),
        ("pending", Unpublished::Pending),
        ("submitted", Unpublished::Pending),
        ("proposed", Unpublished::Pending),
        ("tentative", Unpublished::Pending),
        ("in review", Unpublished::Pending),
        ("waitlisted", Unpublished::Pending),
        ("waiting list", Unpublished::Pending),
        ("rejected", Unpublished::Rejected),
        ("declined", Unpublished::Rejected),
        ("deleted", Unpublished::Rejected),
        ("withdrawn", Unpublished::Withdrawn),
        ("retracted", Unpublished::Withdrawn),
        ("revoked", Unpublished::Withdrawn),
    ];

    /// Gives the word that is offered for it.
    pub fn word(self) -> &'static str {
        match self {
            Unpublished::Draft => "draft",
            Unpublished::Pending => "pending",
            Unpublished::Rejected => "rejected",
            Unpublished::Withdrawn => "withdrawn",
        }
    }
}
