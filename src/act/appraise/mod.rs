//! Appraising links one after another: which are open, and what three keys say. What several people make of one link
//! is kept side by side in [`double`] and settled in [`settle`].

pub mod double;
pub mod settle;
#[cfg(test)]
mod several;

use super::evidence::Judgement;
use crate::appraisal::Appraisal;
use crate::diagnostic::{Result, fault};
use crate::evidence::Evidence;
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::project::Project;

/// What was answered about a link.
#[derive(Debug, Clone)]
pub enum Said {
    Judged(Judgement),
    Skip,
    Quit,
}

/// Which links are gone through.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    pub hypothesis: Option<Id>,
    pub component: Option<Id>,
    /// Those that somebody else appraised and this coder has not, their scores unseen.
    pub second: bool,
}

/// Links that wait for this coder, by statement: those that nobody has appraised; in an open blind pass those that
/// they themselves have not; for a second opinion what others have.
pub fn pending(project: &Project, coder: &str, asked: &Asked) -> Vec<Evidence> {
    let state = project.state();
    let of = |link: &Evidence| state.get::<Hypothesis>(link.hypothesis);
    let waits = |link: &Evidence| {
        let appraisals = state.about::<Appraisal>(link.id);
        let is_own = appraisals.iter().any(|one| one.coder == coder);
        if double::is_blind(project, link.anchor.document) {
            return !is_own;
        }
        let is_scored = link.has_scores() || !appraisals.is_empty();
        if !asked.second {
            return !is_scored;
        }
        is_scored && !is_own && (link.settled.is_some() || !link.has_scores() || link.scorer() != coder)
    };
    let mut links = state.all::<Evidence>();
    links.retain(|link| {
        asked.hypothesis.is_none_or(|id| link.hypothesis == id)
            && asked.component.is_none_or(|id| of(link).is_some_and(|of| of.component == Some(id)))
            && waits(link)
    });
    links.sort_by_key(|link| (state.label_of(link.hypothesis), state.label_of(link.id), link.id));
    links
}

/// Reads `212` or `2 1 2` (relevance, richness, rigour), a reason after it if there is one; `s`; `q`.
pub fn read(line: &str) -> Result<Said> {
    let line = line.trim();
    match line.to_lowercase().as_str() {
        "s" | "skip" => return Ok(Said::Skip),
        "q" | "quit" => return Ok(Said::Quit),
        _ => {}
    }
    let mut scores = [0; 3];
    let mut rest = line;
    for score in &mut scores {
        rest = rest.trim_start_matches([' ', ',', '/']);
        let key = rest.chars().next().filter(|key| ('0'..='3').contains(key)).ok_or_else(unread)?;
        *score = u8::try_from(u32::from(key) - u32::from('0')).unwrap_or_default();
        rest = &rest[1..];
    }
    if rest.starts_with(|next: char| next.is_alphanumeric()) {
        return Err(unread());
    }
    let reason = rest.trim_start_matches([' ', ',', ';', ':']).trim();
    let [relevance, richness, rigour] = scores.map(Some);
    let reason = (!reason.is_empty()).then(|| reason.to_owned());
    Ok(Said::Judged(Judgement { relevance, richness, rigour, reason, ..Judgement::default() }))
}

fn unread() -> crate::diagnostic::Fault {
    fault("bad-score", "three keys from 0 to 3 are wanted: relevance, richness, rigour")
        .hint("such as 212; a reason may follow; s skips, q quits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_keys_and_a_reason_are_read() {
        for line in ["312 says it outright", "3 1 2: says it outright", " 3,1,2  says it outright "] {
            let Said::Judged(judged) = read(line).unwrap() else { panic!("{line}") };
            assert_eq!((judged.relevance, judged.richness, judged.rigour), (Some(3), Some(1), Some(2)));
            assert_eq!(judged.reason.as_deref(), Some("says it outright"));
        }
        assert!(matches!(read("S").unwrap(), Said::Skip));
        assert!(matches!(read("q").unwrap(), Said::Quit));
        for line in ["", "31", "314", "2122", "abc", "3 é"] {
            assert_eq!(read(line).unwrap_err().0.code, "bad-score", "{line}");
        }
    }
}
