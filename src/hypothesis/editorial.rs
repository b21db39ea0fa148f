//! The editorial standing of a statement: what the team did with it, and what it may do next.

crate::vocabulary! {
    /// What the team did with a statement. Nothing is deleted.
    pub enum Editorial "editorial standing" {
        Draft "draft",
        Screened "screened",
        Active "active",
        Merged "merged",
        Superseded "superseded",
        Rejected "rejected",
        Parked "parked",
    }
}

impl Editorial {
    /// It still stands: neither merged, superseded, rejected nor parked.
    pub fn is_living(self) -> bool {
        matches!(self, Editorial::Draft | Editorial::Screened | Editorial::Active)
    }

    /// What a person may set next by hand. `merged` and `superseded` also come of an act of their own
    /// (merge, split, refine), which takes any living statement.
    pub fn next(self) -> &'static [Editorial] {
        match self {
            Editorial::Draft => &[Editorial::Screened, Editorial::Rejected],
            Editorial::Screened => &[Editorial::Active, Editorial::Rejected],
            Editorial::Active => &[Editorial::Parked, Editorial::Superseded, Editorial::Rejected],
            Editorial::Parked => &[Editorial::Active],
            Editorial::Merged | Editorial::Superseded | Editorial::Rejected => &[],
        }
    }
}
