//! What is known of a published source beside its citation: country, setting, design, population, and what kind it is.

use crate::source::Source;
use crate::strand::SourceKind;
use crate::synthesis::Synthesis;

/// What a source is. A study read from the table of a review is a study, whatever the file it came in.
pub fn kind(one: &Source) -> String {
    match one.kind {
        SourceKind::SystematicReview | SourceKind::NarrativeReview if one.study.is_some() => {
            format!("study (from a {})", one.kind.title())
        }
        kind => kind.title(),
    }
}

/// The same under a quotation: of a study from a review its own design, where that is known.
pub fn kind_or_design(synthesis: &Synthesis, one: &Source) -> String {
    let is_read_from_review = kind(one) != one.kind.title();
    said(synthesis, one, DESIGN).filter(|_| is_read_from_review).unwrap_or_else(|| kind(one))
}

/// One thing said of a source, and the headings of a table that say it.
pub type What = (fn(&Source) -> Option<&String>, &'static [&'static str]);
pub const COUNTRY: What = (|one| one.described.country.as_ref(), &["country"]);
pub const SETTING: What = (|one| one.described.setting.as_ref(), &["setting"]);
pub const DESIGN: What = (|one| one.described.design.as_ref(), &["design", "study design", "methods"]);
pub const POPULATION: What = (|one| one.described.population.as_ref(), &["population", "participants", "sample"]);

/// As the team says, else as a column of the table says that the study was read from.
pub fn said(synthesis: &Synthesis, one: &Source, (typed, headings): What) -> Option<String> {
    let in_table = || {
        let more = &synthesis.study_of(one)?.more;
        let fits = |heading: &str| headings.iter().any(|wanted| heading.trim().eq_ignore_ascii_case(wanted));
        more.iter().find(|(heading, _)| fits(heading)).map(|(_, says)| says.trim().to_owned())
    };
    typed(one).cloned().or_else(in_table).filter(|says| !says.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Kind;
    use crate::report::sample::{self, id};
    use crate::source::StudyRef;

    #[test]
    fn a_study_from_a_review_is_no_review() {
        let mut all = sample::synthesis();
        let source = id(Kind::Source, 1);
        let held = all.sources.get_mut(&source).unwrap();
        (held.kind, held.study) = (SourceKind::SystematicReview, None);
        assert_eq!(kind(held), "systematic review");
        held.study = Some(StudyRef { document: id(Kind::Document, 1), index: 0 });
        held.described.design = None;
        assert_eq!(kind(held), "study (from a systematic review)");
        held.described.design = Some("cohort study".to_owned());
        assert_eq!(kind_or_design(&all, &all.sources[&source]), "cohort study");
    }
}
