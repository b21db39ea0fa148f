//! A title and an abstract made of what the project holds, marked as drafts: a beginning for the authors, never the text.

use super::holdings::Holdings;
use super::{Answer, partly};
use crate::report::TO_WRITE;
use crate::report::block::count_of;
use crate::report::searches::told;
use crate::screening::searches;

/// What a paper reports.
#[derive(Debug, Clone, Copy)]
pub(super) enum Work {
    Synthesis,
    Evaluation,
}

impl Work {
    fn words(self) -> &'static str {
        match self {
            Work::Synthesis => "a realist synthesis",
            Work::Evaluation => "a realist evaluation",
        }
    }

    /// The title says so itself.
    fn is_said_in(self, title: &str) -> bool {
        let title = title.to_lowercase();
        let words: &[&str] = match self {
            Work::Synthesis => &["realist synthesis", "realist review"],
            Work::Evaluation => &["realist evaluation"],
        };
        words.iter().any(|words| title.contains(words))
    }
}

impl Holdings<'_> {
    pub fn title(&self, work: Work) -> Answer {
        let title = self.synthesis.settings.title.trim();
        let said = if work.is_said_in(title) { title.to_owned() } else { format!("{title}: {}", work.words()) };
        partly(format!("DRAFT: {said}"), "the title")
    }

    /// A skeleton: what the project knows in its place, the rest to be written.
    pub fn abstracted(&self, work: Work) -> Answer {
        let questions = &self.synthesis.settings.questions;
        let aims = if questions.is_empty() { TO_WRITE.to_owned() } else { questions.join(" ") };
        let parts = [
            ("Background", TO_WRITE.to_owned()),
            ("Objectives", aims),
            ("Methods", self.methods(work)),
            ("Results", self.results()),
            ("Conclusions", self.recommendations().unwrap_or_else(|| TO_WRITE.to_owned())),
        ];
        let ended = |text: &str| if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") };
        let said: Vec<String> = parts.iter().map(|(name, text)| format!("{name}: {}", ended(text))).collect();
        partly(format!("DRAFT. {}", said.join(" ")), "the abstract")
    }

    fn methods(&self, work: Work) -> String {
        let (all, own) = (self.sources(), self.own_data());
        let from = (all > 0).then(|| {
            format!("from {} and {} of our own data", count_of(all - own, "published source"), count_of(own, "piece"))
        });
        let appraised = self.appraised().map(|said| format!("{said} for relevance, richness and rigour"));
        let places = told::places(self.synthesis);
        let searched = if places.is_empty() {
            format!("searches {TO_WRITE}")
        } else {
            format!("searches of {}{}", places.join(", "), told::span(&searches(self.synthesis)))
        };
        let begins = [work.words().to_owned(), searched].into_iter();
        begins.chain(from).chain(appraised).chain(self.settled()).collect::<Vec<_>>().join("; ")
    }

    fn results(&self) -> String {
        let all = [self.bearing(), self.agreed()];
        let said: Vec<String> = all.into_iter().flatten().collect();
        if said.is_empty() { TO_WRITE.to_owned() } else { format!("{}; the theory {TO_WRITE}", said.join("; ")) }
    }
}
