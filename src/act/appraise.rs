//! Going through the links that nobody has appraised: which they are, and what three keys say.

use super::evidence::Judgement;
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

/// Links with a score missing, of one statement or component where one is named, by statement.
pub fn pending(project: &Project, hypothesis: Option<Id>, component: Option<Id>) -> Vec<Evidence> {
    let of = |link: &Evidence| project.state().get::<Hypothesis>(link.hypothesis);
    let mut links = project.state().all::<Evidence>();
    links.retain(|link| {
        !link.has_scores()
            && hypothesis.is_none_or(|id| link.hypothesis == id)
            && component.is_none_or(|id| of(link).is_some_and(|of| of.component == Some(id)))
    });
    links.sort_by_key(|link| (project.state().label_of(link.hypothesis), link.id));
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
