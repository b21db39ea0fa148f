//! What the description of an intervention has to say: the twelve items of TIDieR (Hoffmann and others, BMJ
//! 2014;348:g1687; method reference 3.5). The report is `report::checklist::tidier`.

use crate::diagnostic::Result;

crate::vocabulary! {
    /// Items by a short word, in the order of their numbers.
    pub enum Tidier "TIDieR item" {
        Name "name",
        Why "why",
        Materials "materials",
        Procedures "procedures",
        Who "who",
        How "how",
        Where "where",
        When "when",
        Tailoring "tailoring",
        Modifications "modifications",
        Planned "planned",
        Actual "actual",
    }
}

impl Tidier {
    /// From 1, as published.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// The name as published.
    pub const fn title(self) -> &'static str {
        match self {
            Tidier::Name => "Brief name",
            Tidier::Why => "Why",
            Tidier::Materials => "What: materials",
            Tidier::Procedures => "What: procedures",
            Tidier::Who => "Who provided",
            Tidier::How => "How",
            Tidier::Where => "Where",
            Tidier::When => "When and how much",
            Tidier::Tailoring => "Tailoring",
            Tidier::Modifications => "Modifications",
            Tidier::Planned => "How well: planned",
            Tidier::Actual => "How well: actual",
        }
    }

    /// Where a component keeps it.
    pub fn field(self) -> &'static str {
        match self {
            Tidier::Name => "tidier_name",
            Tidier::Why => "tidier_why",
            Tidier::Materials => "tidier_materials",
            Tidier::Procedures => "tidier_procedures",
            Tidier::Who => "tidier_who",
            Tidier::How => "tidier_how",
            Tidier::Where => "tidier_where",
            Tidier::When => "tidier_when",
            Tidier::Tailoring => "tidier_tailoring",
            Tidier::Modifications => "tidier_modifications",
            Tidier::Planned => "tidier_planned",
            Tidier::Actual => "tidier_actual",
        }
    }

    /// By its number or its word. Fault `unknown-word`.
    pub fn read(typed: &str) -> Result<Self> {
        let by_number = |item: &&Tidier| typed.trim().parse() == Ok(item.number());
        Tidier::ALL.iter().find(by_number).map_or_else(|| typed.parse(), |item| Ok(*item))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_known_by_its_number_and_by_its_word() {
        for (at, item) in Tidier::ALL.iter().enumerate() {
            assert_eq!(item.number(), at + 1);
            assert_eq!(item.field(), format!("tidier_{}", item.word()));
            assert_eq!(Tidier::read(&item.number().to_string()).unwrap(), *item);
            assert_eq!(Tidier::read(item.word()).unwrap(), *item);
        }
        assert_eq!(Tidier::read("13").unwrap_err().0.code, "unknown-word");
        assert_eq!(Tidier::read("hwo").unwrap_err().0.code, "unknown-word");
    }
}
