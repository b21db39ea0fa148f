//! What a chart of a round shows: for each item where all stand and where groups do. Small groups are pooled as in the
//! tables beside it.

use super::Sitting;
use crate::consensus::{Figures, ItemResult};

/// A chart, a strip for each item.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub title: String,
    pub strips: Vec<Strip>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// `q1: Should peers …`
    pub title: String,
    /// `n 11, appropriate`
    pub note: String,
    pub drawn: Drawn,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Drawn {
    /// On a scale: quartiles and median of all, medians of groups, and where no group is pooled every rating's count.
    Scale { least: u32, most: u32, quartiles: [f64; 3], counts: Vec<(u32, usize)>, groups: Vec<(String, f64)> },
    /// Shares, from 0 to 1, or parts of the most.
    Bars(Vec<(String, f64)>),
    /// Why there is nothing to draw.
    Nothing(String),
}

pub fn chart(sitting: &Sitting) -> Chart {
    let strip = |item: &ItemResult| Strip {
        title: format!("{}: {}", item.key, sitting.text(item)),
        note: if sitting.results.is_withheld { item.outcome() } else { format!("n {}, {}", item.n, item.outcome()) },
        drawn: drawn(sitting, item),
    };
    Chart {
        title: format!("{} ({})", sitting.name, sitting.round),
        strips: sitting.results.items.iter().map(strip).collect(),
    }
}

fn drawn(sitting: &Sitting, item: &ItemResult) -> Drawn {
    match &item.figures {
        Err(why) => Drawn::Nothing(why.0.clone()),
        Ok(Figures::Rated { item: found, .. }) => {
            let scale = sitting.terms.scale.unwrap_or(crate::round::Scale::NINE);
            let groups = item.groups.iter().filter_map(|one| Some((sitting.group(&one.group), one.median?)));
            Drawn::Scale {
                least: scale.least,
                most: scale.most,
                quartiles: [found.q1, found.median, found.q3],
                counts: item.histogram.clone(),
                groups: groups.collect(),
            }
        }
        Ok(Figures::Chosen(choices)) => {
            Drawn::Bars(choices.iter().map(|one| (one.option.replace('_', " "), one.share)).collect())
        }
        Ok(Figures::Scored(one)) => Drawn::Bars(vec![("of the most".to_owned(), one.of_max)]),
        Ok(Figures::Ranked { mean, .. }) => {
            // First place fills the bar.
            let last = sitting.terms.items.len().max(2) as f64;
            Drawn::Bars(vec![(format!("mean rank {mean:.2}"), (last - mean) / (last - 1.0))])
        }
    }
}
