//! Where anything can lie at all that is related to a stretch, so that words are only looked for there.

use super::{Layout, Stretch};
use crate::diagnostic::Result;
use crate::query::{Distance, Relation};

/// By unit, whether it holds a part of whatever lies so to one of these stretches (ascending), or one of these to it.
/// It may say yes of units that hold nothing such, never no of one that does. What is looked for lies in one unit each.
pub fn reach(layout: &dyn Layout, relation: Relation, stretches: &[Stretch]) -> Result<Vec<bool>> {
    let texts = layout.texts();
    let mut within = vec![false; texts.count() as usize];
    for here in stretches.chunk_by(|one, next| one.text == next.text) {
        let text = here[0].text;
        let whole = texts.units_of(text);
        let words = match distance(relation) {
            Reach::Text => {
                within[whole.start as usize..whole.end as usize].fill(true);
                continue;
            }
            Reach::Units => None,
            Reach::Words(most) => Some((layout.words(text)?, most)),
        };
        let end = whole.clone().last().map_or(0, |unit| texts.unit(unit).end);
        for stretch in here {
            let reached = match &words {
                None => *stretch,
                Some((words, most)) => {
                    let before = words.partition_point(|(_, end)| *end <= stretch.start);
                    let behind = words.partition_point(|(start, _)| *start < stretch.end);
                    // The first word that is one too many lies half in reach: what ends in it has one fewer between.
                    let start = before.checked_sub(most + 1).map_or(0, |at| words[at].0);
                    let end = words.get(behind + most).map_or(end, |word| word.1);
                    Stretch { start: start.min(stretch.start), end: end.max(stretch.end), ..*stretch }
                }
            };
            let touched = texts.touched(&reached);
            within[touched.start as usize..touched.end as usize].fill(true);
        }
    }
    Ok(within)
}

enum Reach {
    /// In the units that the stretch itself touches.
    Units,
    /// As many words before it and behind it.
    Words(usize),
    /// Anywhere in its text.
    Text,
}

fn distance(relation: Relation) -> Reach {
    match relation {
        Relation::Same | Relation::Overlaps | Relation::Within | Relation::Encloses => Reach::Units,
        Relation::Touches => Reach::Words(0),
        Relation::Precedes(None) | Relation::Follows(None) => Reach::Text,
        Relation::Precedes(Some(distance)) | Relation::Follows(Some(distance)) | Relation::Near(distance) => {
            match distance {
                Distance::Words(most) => Reach::Words(most),
                Distance::Turn | Distance::Paragraph => Reach::Units,
                Distance::Seconds(_) => Reach::Text,
            }
        }
    }
}
