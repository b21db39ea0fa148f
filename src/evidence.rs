//! Evidence for and against, and the evidential standing that follows from it.
//!
//! Standing is always derived, never typed in (method reference 2.4), and is counted by distinct
//! **source**, the unit of independence.

use crate::hypothesis::Inference;
use crate::id::Id;
use crate::passage::{Anchor, Carried};
use crate::sealed::Sealed;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

crate::vocabulary! {
    pub enum Stance "stance" {
        Supports "supports",
        Refutes "refutes",
        Refines "refines",
        /// Shown, never counted.
        Ambiguous "ambiguous",
    }
}

crate::vocabulary! {
    /// For evidence against: were the circumstances those the statement speaks of? Where they
    /// differ, it may be a condition rather than a refutation.
    pub enum Circumstances "kind of circumstances" {
        Same "same",
        Different "different",
        Unknown "unknown",
    }
}

/// A link from a passage to a statement, or to one part of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub hypothesis: Id,
    /// Key of the part it bears on; absent: the whole statement.
    #[serde(default)]
    pub part: Option<String>,
    pub anchor: Anchor,
    /// Set by a correction of the document, until somebody settles it: the scores were given for the
    /// former words.
    #[serde(default)]
    pub carried: Option<Carried>,
    /// The source that speaks, settled when the link was made; shown and counted as the sources now stand.
    pub source: Id,
    pub stance: Stance,
    #[serde(default)]
    pub circumstances: Option<Circumstances>,
    /// 0 none, 1 low, 2 moderate, 3 high; absent: not yet appraised, which is not 0.
    #[serde(default)]
    pub relevance: Option<u8>,
    #[serde(default)]
    pub richness: Option<u8>,
    #[serde(default)]
    pub rigour: Option<u8>,
    #[serde(default)]
    pub inference: Option<Inference>,
    #[serde(default)]
    pub reason: Option<String>,
    /// Somebody keeps its words back from papers for others; the reason is sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Sealed>,
    /// Tag of the coder who judged it.
    pub appraiser: String,
    /// Tag of the coder who gave the scores, where that is another.
    #[serde(default)]
    pub scorer: Option<String>,
    /// Set where the scores are what several people settled on, and no one person's.
    #[serde(default)]
    pub settled: Option<Settled>,
    /// [`crate::hypothesis::Hypothesis::revision`] it was judged against.
    pub revision: String,
    /// Other statements that show it, for which somebody looked at it too. On disk each is a field of its
    /// own, `confirmed:<id>`.
    #[serde(skip)]
    pub confirmed: BTreeMap<Id, Confirmation>,
}

/// How the scores of a link were settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// Tag of who wrote it down.
    pub by: String,
    /// Absent where all had given the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Somebody found that a link holds for a statement that shows it, as that statement was worded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Of that statement.
    pub revision: String,
    /// Tag of the coder.
    pub by: String,
    /// Key of the part of that statement it bears on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

impl Evidence {
    /// All three scores are there.
    pub fn has_scores(&self) -> bool {
        self.relevance.is_some() && self.richness.is_some() && self.rigour.is_some()
    }

    /// Tag of the coder whose scores they are, unless they were settled.
    pub fn scorer(&self) -> &str {
        self.scorer.as_deref().unwrap_or(&self.appraiser)
    }

    /// The three scores, where all are there.
    pub fn scores(&self) -> Option<crate::appraisal::Scores> {
        let (relevance, richness, rigour) = (self.relevance?, self.richness?, self.rigour?);
        Some(crate::appraisal::Scores { relevance, richness, rigour })
    }

    /// All three scores are there, and for the words as they now stand: until a link that was carried over
    /// is settled, it counts as it did, and the standing reads provisional.
    pub fn is_appraised(&self) -> bool {
        self.has_scores() && self.carried.is_none()
    }

    /// Judged irrelevant (relevance 0). A link not yet appraised counts, and is said to be so.
    pub fn is_irrelevant(&self) -> bool {
        self.relevance == Some(0)
    }

    /// It contradicts the statement in circumstances other than those the statement speaks of: it may say
    /// where it works differently. Counted as against, shown apart.
    pub fn is_from_elsewhere(&self) -> bool {
        self.stance == Stance::Refutes && self.circumstances == Some(Circumstances::Different)
    }

    /// `(relevance/3) * ((richness+rigour)/6)`, in `[0, 1]`; `None` until appraised
    /// (method reference 6.4; 3, 3, 2 gives 0.8333).
    pub fn weight(&self) -> Option<f64> {
        let (relevance, richness, rigour) = (self.relevance?, self.richness?, self.rigour?);
        Some(f64::from(relevance) / 3.0 * (f64::from(richness) + f64::from(rigour)) / 6.0)
    }
}

crate::vocabulary! {
    /// What the evidence amounts to. Not a truth score.
    pub enum Evidential "evidential standing" {
        None "none",
        SingleSource "single_source",
        Supported "supported",
        Contested "contested",
        RefutedOnly "refuted_only",
    }
}

impl Evidential {
    /// The rule, for `r#for` distinct sources that support or refine and `against` distinct sources
    /// that refute, over links not judged irrelevant (method reference 2.4).
    pub fn of(r#for: usize, against: usize) -> Self {
        match (r#for, against) {
            (0, 0) => Evidential::None,
            (0, _) => Evidential::RefutedOnly,
            (1, 0) => Evidential::SingleSource,
            (_, 0) => Evidential::Supported,
            _ => Evidential::Contested,
        }
    }
}

/// The evidential standing of one statement, with what the word rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    pub standing: Evidential,
    /// Distinct sources, irrelevant links left out.
    pub supports: usize,
    pub refines: usize,
    /// Sources that support or refine (a source may do both).
    pub r#for: usize,
    pub against: usize,
    pub ambiguous: usize,
    pub links: usize,
    pub appraised: usize,
    /// Some links are not yet appraised: the word may change.
    pub provisional: bool,
    /// Further links that count for nothing, since their words were destroyed on purpose.
    #[serde(skip_serializing_if = "is_zero")]
    pub gone: usize,
    /// Of `links`, those that other statements lend and nobody has confirmed for this one.
    #[serde(skip_serializing_if = "is_zero")]
    pub inherited: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde asks
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// Derives the standing from a statement's links, those apart whose words were destroyed on purpose
/// (`is_gone`): what nobody can read again is evidence for nothing.
///
/// With s = distinct sources that support or refine and r = distinct sources that refute, over links
/// not judged irrelevant: none s = r = 0; contested s ≥ 1 and r ≥ 1; refuted_only s = 0, r ≥ 1;
/// single_source s = 1, r = 0; supported s ≥ 2, r = 0. `counts_as` maps a source to the one it counts
/// as (`same_study`).
pub fn standing<'e>(
    links: impl IntoIterator<Item = &'e Evidence>,
    is_gone: impl Fn(&Evidence) -> bool,
    counts_as: impl Fn(Id) -> Id,
) -> Standing {
    let mut by_stance = [const { BTreeSet::new() }; 4];
    let (mut all, mut appraised, mut gone) = (0, 0, 0);
    for link in links {
        if is_gone(link) {
            gone += 1;
            continue;
        }
        all += 1;
        appraised += usize::from(link.is_appraised());
        if !link.is_irrelevant() {
            by_stance[link.stance as usize].insert(counts_as(link.source));
        }
    }
    let [supports, refutes, refines, ambiguous] = &by_stance;
    let r#for = supports.union(refines).count();
    let against = refutes.len();
    Standing {
        standing: Evidential::of(r#for, against),
        supports: supports.len(),
        refines: refines.len(),
        r#for,
        against,
        ambiguous: ambiguous.len(),
        links: all,
        appraised,
        provisional: appraised < all,
        gone,
        inherited: 0,
    }
}
