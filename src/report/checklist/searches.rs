//! What a project holds of searches and screening that a checklist may ask for.

use super::holdings::Holdings;
use super::{Answer, held, partly, to_write};
use crate::report::block::count_of;
use crate::report::searches::told;
use crate::screening::{Screening, is_purposive, searches};
use crate::searching::{Search, Stage};

impl Holdings<'_> {
    fn searches(&self) -> Vec<&Search> {
        searches(self.synthesis)
    }

    pub fn scoping(&self) -> Answer {
        let all: Vec<&Search> = self.searches().into_iter().filter(|one| one.scoping).collect();
        if all.is_empty() {
            return to_write("how the field was scoped");
        }
        let searches = count_of(all.len(), "search");
        partly(
            format!("{searches} at the outset{} (report searches)", told::span(&all)),
            "what was learnt from scoping, and how it set the focus",
        )
    }

    /// Where, when and why; all of it where every search says so.
    pub fn searching(&self) -> Answer {
        let all = self.searches();
        let Some(short) = told::in_short(self.synthesis) else {
            return to_write("where was searched, for what, when, and why each search was made");
        };
        let lacks = |is_said: fn(&Search) -> bool| all.iter().any(|one| !is_said(one));
        let held_text = format!("{} (report searches)", short.trim_end_matches('.'));
        match (lacks(|one| one.date.is_some()), lacks(is_explained)) {
            (false, false) => held(held_text),
            (true, false) => partly(held_text, "when some of the searches were made"),
            (false, true) => partly(held_text, "why some of the searches were made"),
            (true, true) => partly(held_text, "when and why some of the searches were made"),
        }
    }

    /// Whether it went on as theory grew.
    pub fn approach(&self) -> Answer {
        let all = self.searches();
        if all.is_empty() {
            return to_write("whether the search was planned whole or went on as theory grew");
        }
        let later = all.iter().filter(|one| is_purposive(one)).count();
        partly(
            format!(
                "{} of {} made later, for the theory as it stood (report searches)",
                later,
                count_of(all.len(), "search")
            ),
            "why the search went that way",
        )
    }

    pub fn criteria(&self) -> Answer {
        let mut said = Vec::new();
        let mut limits: Vec<&str> = self.searches().into_iter().filter_map(|one| one.limits.as_deref()).collect();
        limits.sort_unstable();
        limits.dedup();
        if !limits.is_empty() {
            said.push(format!("limits of searches: {}", limits.join("; ")));
        }
        let reasons = told::reasons(self.synthesis);
        if !reasons.is_empty() {
            said.push(format!("left out as: {}", reasons.join("; ")));
        }
        if said.is_empty() {
            to_write("what was to be included")
        } else {
            partly(said.join(". "), "what was to be included")
        }
    }

    pub fn strategies(&self) -> Answer {
        let all = self.searches();
        let in_full = all.iter().filter(|one| one.strategy.is_some()).count();
        match (in_full, all.len()) {
            (0, _) => to_write("the strategies"),
            (some, all) if some < all => partly(
                format!("{some} of {} in full (report searches)", count_of(all, "search")),
                "the other strategies",
            ),
            (all, _) => held(format!("{} in full (report searches)", count_of(all, "strategy"))),
        }
    }

    /// Strategies and dates, for a consensus that rests on a search.
    pub fn systematic_search(&self) -> Answer {
        let all = self.searches();
        if all.is_empty() {
            return to_write("where was searched, with which strategy and when, or that nothing was");
        }
        let is_whole = all.iter().all(|one| one.strategy.is_some() && one.date.is_some());
        let text = format!(
            "{}{} with dates and strategies (report searches)",
            count_of(all.len(), "search"),
            told::span(&all)
        );
        if is_whole { held(text) } else { partly(text, "the strategies and dates that are missing there") }
    }

    pub fn screened(&self) -> Answer {
        let Some(counts) = told::screening(self.synthesis) else {
            return to_write("how studies were screened, and by how many");
        };
        let screening = Screening::of(self.synthesis);
        let how = told::how_screened(self.synthesis);
        let mut lacking = unsettled(&screening);
        if screening.accounts.iter().any(|one| one.flow.is_none_or(|flow| flow.how.is_none())) {
            let whole = if how.is_empty() { "studies" } else { "records of some streams" };
            lacking.push(format!("how {whole} were screened, and by how many"));
        }
        let said = [vec![counts], how].concat().join(" ");
        held_or_partly(format!("{said} (report document-flow)"), &lacking)
    }

    pub fn flow(&self) -> Answer {
        let screening = Screening::of(self.synthesis);
        let sources = self.sources();
        if sources == 0 && !screening.is_counted() {
            return to_write("how many documents were assessed and included");
        }
        let drawn = format!("{} with their strands, drawn (report document-flow)", count_of(sources, "source"));
        let Some(counts) = told::screening(self.synthesis) else {
            return partly(drawn, "what was screened out, and why");
        };
        let mut lacking = unsettled(&screening);
        if told::reasons(self.synthesis).is_empty() {
            lacking.push("why records were left out".to_owned());
        }
        held_or_partly(format!("{counts} {drawn}"), &lacking)
    }
}

/// What keeps counts of records from being reported as they are.
fn unsettled(screening: &Screening) -> Vec<String> {
    let is_short = screening.accounts.iter().any(|one| !one.gaps().is_empty());
    let is_silent = Stage::ALL.iter().any(|stage| !screening.total(*stage).1.is_empty());
    let differs = !screening.differences().is_empty();
    let unsaid = screening.of_no_stream.taken_in;
    let said = [
        (is_short, "what does not add up".to_owned()),
        (is_silent, "the counts that are not recorded".to_owned()),
        (differs, "why counts differ from what the project holds".to_owned()),
        (unsaid > 0, format!("by which stream {} came", count_of(unsaid, "published work"))),
    ];
    said.into_iter().filter(|(holds, _)| *holds).map(|(_, what)| what).collect()
}

fn held_or_partly(text: String, lacking: &[String]) -> Answer {
    if lacking.is_empty() { held(text) } else { partly(text, lacking.join("; ")) }
}

/// Says why it was made, or what for.
fn is_explained(one: &Search) -> bool {
    one.purpose.is_some() || !one.serves.is_empty() || !one.against.is_empty()
}
