//! Rules of consensus, fixed before a round opens.

use super::{Item, Scale};
use crate::diagnostic::{Fault, fault};
use crate::stats::{Defined, undefined};
use std::fmt;
use std::str::FromStr;

crate::vocabulary! {
    /// What a rule says of an item.
    pub enum Verdict "verdict" {
        In "consensus in",
        Out "consensus out",
        /// Answers are close, and the rule does not ask where.
        Close "consensus",
        /// The median is high or low, the answers are not close.
        Spread "agreement without consensus",
        /// The answers are close, in the middle.
        Middling "consensus without agreement",
        None "none",
    }
}

/// Shares are of valid votes, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// `70/15`: at least the first share high and less than the second low; out mirrored.
    Shares { most: f64, least: f64 },
    /// `percent:75`: at least this share high, or low.
    Percent(f64),
    /// `iqr:2`: an interquartile range no wider than this.
    Iqr(f64),
    /// `median-iqr:3`: a median in the high or low region, and an interquartile range no wider than this.
    MedianIqr(f64),
    /// `all-groups:70`: at least this share high (or low) in every group.
    AllGroups(f64),
}

impl Rule {
    pub(super) fn judge(self, item: &Item, scale: Scale) -> Defined<Verdict> {
        let (high, low) = (item.share_high, item.share_low);
        let reaches = |share: f64, wanted: f64| share >= wanted - 1e-9;
        Ok(match self {
            Rule::Shares { most, least } => {
                either(reaches(high, most) && !reaches(low, least), reaches(low, most) && !reaches(high, least))
            }
            Rule::Percent(wanted) => either(reaches(high, wanted), reaches(low, wanted)),
            Rule::Iqr(widest) => {
                if is_close(item, widest) {
                    Verdict::Close
                } else {
                    Verdict::None
                }
            }
            Rule::MedianIqr(widest) => match (scale.region(item.median), is_close(item, widest)) {
                (1, true) => Verdict::In,
                (-1, true) => Verdict::Out,
                (0, true) => Verdict::Middling,
                (0, false) => Verdict::None,
                _ => Verdict::Spread,
            },
            Rule::AllGroups(_) if item.groups.is_empty() => return undefined("the votes name no groups"),
            Rule::AllGroups(wanted) => either(
                item.groups.iter().all(|group| reaches(group.agreement, wanted)),
                item.groups.iter().all(|group| reaches(group.share_low, wanted)),
            ),
        })
    }

    /// The share of high ratings the rule asks for, where it asks for one.
    pub fn wanted_share(self) -> Option<f64> {
        match self {
            Rule::Shares { most: wanted, .. } | Rule::Percent(wanted) | Rule::AllGroups(wanted) => Some(wanted),
            Rule::Iqr(_) | Rule::MedianIqr(_) => None,
        }
    }
}

fn either(is_in: bool, is_out: bool) -> Verdict {
    match (is_in, is_out) {
        (true, false) => Verdict::In,
        (false, true) => Verdict::Out,
        _ => Verdict::None,
    }
}

fn is_close(item: &Item, widest: f64) -> bool {
    item.iqr() <= widest + 1e-9
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::Shares { most, least } => write!(f, "{}/{}", most * 100.0, least * 100.0),
            Rule::Percent(wanted) => write!(f, "percent:{}", wanted * 100.0),
            Rule::Iqr(widest) => write!(f, "iqr:{widest}"),
            Rule::MedianIqr(widest) => write!(f, "median-iqr:{widest}"),
            Rule::AllGroups(wanted) => write!(f, "all-groups:{}", wanted * 100.0),
        }
    }
}

impl FromStr for Rule {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let refused = || {
            fault("bad-rule", format!("'{text}' is no rule of consensus"))
                .hint("write 70/15, percent:75, iqr:2, median-iqr:3 or all-groups:70")
        };
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| *number >= 0.0).ok_or_else(refused);
        let share = |text: &str| number(text).and_then(|n| if n <= 100.0 { Ok(n / 100.0) } else { Err(refused()) });
        if let Some((most, least)) = text.split_once('/') {
            return Ok(Rule::Shares { most: share(most)?, least: share(least)? });
        }
        let (name, value) = text.split_once(':').ok_or_else(refused)?;
        match name.trim() {
            "percent" => share(value).map(Rule::Percent),
            "iqr" => number(value).map(Rule::Iqr),
            "median-iqr" => number(value).map(Rule::MedianIqr),
            "all-groups" => share(value).map(Rule::AllGroups),
            _ => Err(refused()),
        }
    }
}
