//! A round as a drawing in its papers: a bar an item, cut where low, middle and high ratings meet, or where options do.
//! What groups say stands in the tables beside it.

use super::Sitting;
use crate::consensus::{Figures, ItemResult};
use crate::picture::figure::Bars;
use crate::picture::{Figure, Item, Look, Shape};
use crate::round::Scale;
use crate::table::Table;

/// What ratings are counted in, and how each looks.
const REGIONS: [Look; 3] = [Look::Contested, Look::SingleSource, Look::Supported];
/// Options, first to last; from the seventh on they look like the last.
const OPTIONS: [Look; 6] =
    [Look::Supported, Look::SingleSource, Look::Context, Look::Resource, Look::Contested, Look::None];

/// `None` where nothing was counted that bars could show: a round that was talked over or put in order, figures that are
/// not for others.
pub fn figure(sitting: &Sitting) -> Option<Figure> {
    let options = options(sitting);
    let counted: Vec<(&ItemResult, Vec<usize>)> =
        sitting.results.items.iter().filter_map(|item| Some((item, counts(item, &options)?))).collect();
    if counted.is_empty() {
        return None;
    }
    let rated = counted.iter().any(|(item, _)| matches!(item.figures, Ok(Figures::Rated { .. })));
    let kinds = if rated { regions(sitting) } else { kinds(sitting, &options) };
    Some(Figure {
        key: "round-votes".to_owned(),
        title: format!("How all voted in {}", sitting.round),
        description: "How many gave each answer, item by item; who gave none is not in the bars.".to_owned(),
        items: counted.iter().enumerate().map(|(at, (item, _))| row(sitting, at, item)).collect(),
        arrows: Vec::new(),
        shape: Shape::Bars(Bars {
            kinds,
            told: counted.iter().map(|(item, _)| super::plain(item)).collect(),
            counts: counted.into_iter().map(|(_, counts)| counts).collect(),
        }),
        notes: Vec::new(),
        table: Table::with(&[]),
    })
}

/// Titles of the three regions of the scale: `1 to 3`.
pub fn titles(scale: Scale) -> [String; 3] {
    let range = |from: u32, to: u32| if from == to { from.to_string() } else { format!("{from} to {to}") };
    [range(scale.least, scale.low), range(scale.low + 1, scale.high - 1), range(scale.high, scale.most)]
}

/// Ratings by region, from what is printed of the item anyway.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // shares of a count lie between 0 and it
pub fn by_region(item: &ItemResult) -> Option<[usize; 3]> {
    let Ok(Figures::Rated { item: found, .. }) = &item.figures else { return None };
    let part = |share: f64| (share * item.n as f64).round() as usize;
    let (low, high) = (part(found.share_low), part(found.share_high));
    Some([low, item.n.saturating_sub(low + high), high])
}

fn regions(sitting: &Sitting) -> Vec<(String, Look)> {
    titles(sitting.terms.scale.unwrap_or(Scale::NINE)).into_iter().zip(REGIONS).collect()
}

/// Keys of what could be chosen, as they come.
fn options(sitting: &Sitting) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for item in &sitting.results.items {
        let Ok(Figures::Chosen(choices)) = &item.figures else { continue };
        keys.extend(choices.iter().map(|one| one.option.clone()));
    }
    keys.sort();
    keys.dedup();
    keys
}

fn kinds(sitting: &Sitting, options: &[String]) -> Vec<(String, Look)> {
    if options.is_empty() {
        return vec![("points".to_owned(), Look::Supported)];
    }
    let looks = OPTIONS.into_iter().chain(std::iter::repeat(Look::None));
    let title = |key: &String| {
        let choices = sitting.terms.items.iter().flat_map(|item| &item.choices);
        let mut words: Vec<&str> = choices.filter(|one| one.key == *key).map(|one| one.text.as_str()).collect();
        words.dedup();
        match words.as_slice() {
            [one] if sitting.terms.items.len() == 1 => format!("{key}: {one}"),
            _ => key.replace('_', " "),
        }
    };
    options.iter().map(title).zip(looks).collect()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // points are whole and not below 0
fn counts(item: &ItemResult, options: &[String]) -> Option<Vec<usize>> {
    match item.figures.as_ref().ok()? {
        Figures::Rated { .. } => by_region(item).map(|counts| counts.to_vec()),
        Figures::Chosen(choices) => {
            let number = |key: &String| choices.iter().find(|one| one.option == *key).map_or(0, |one| one.n);
            Some(options.iter().map(number).collect())
        }
        Figures::Scored(one) => Some(vec![one.score.round() as usize]),
        Figures::Ranked { .. } => None,
    }
}

fn row(sitting: &Sitting, at: usize, item: &ItemResult) -> Item {
    Item {
        key: format!("row-{at}"),
        heading: String::new(),
        words: format!("{}: {}", item.key, super::asked(sitting, item)),
        remark: super::plain(item),
        look: Look::Plain,
        inside: Vec::new(),
        layer: None,
    }
}
