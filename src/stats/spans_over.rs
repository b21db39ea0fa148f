//! Agreement on spans over several texts: what coders marked in each is measured by itself and added up, so that texts
//! need not have the same coders, and texts are what is resampled for an interval. A span never runs from one text into
//! the next.

use super::bootstrap::{self, Interval, Kinds};
use super::chance::Draws;
use super::spans::{Continuum, Meetings, Unit, Unitizing};
use super::spans1995::{Unitizing1995, unitizing_1995};
use super::{Defined, undefined};

/// What coders marked in one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub name: String,
    /// Who read it, whether they marked anything or not; a unit's coder is a place in this list.
    pub coders: Vec<String>,
    pub continuum: Continuum,
}

impl Text {
    /// What two coders alone marked; `None` unless both have read it.
    pub fn pair(&self, pair: &[String; 2]) -> Option<Text> {
        let place = |name: &String| self.coders.iter().position(|coder| coder == name);
        let places = [place(&pair[0])?, place(&pair[1])?];
        let units = self.continuum.units.iter();
        let of_pair = units
            .filter_map(|unit| Some(Unit { coder: places.iter().position(|coder| *coder == unit.coder)?, ..*unit }));
        let continuum = Continuum { coders: 2, units: of_pair.collect(), ..self.continuum };
        Some(Text { name: self.name.clone(), coders: pair.to_vec(), continuum })
    }
}

/// All there is to say of some texts, whose values are the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Over {
    pub family: Unitizing,
    /// u-alpha of each value by itself, as for codes that may lie over each other.
    pub alone: Vec<Defined>,
    /// Of texts that all have the same coders.
    pub older: Unitizing1995,
}

/// The family of 2016 and what goes with it. With `m` coders of a text its sums are divided by that text's `m - 1`;
/// texts with the same coders are as if laid end to end.
pub fn over(texts: &[Text], values: usize) -> Over {
    let counts = vec![1; texts.len()];
    let alone = (0..values).map(|value| Sums::alone(texts, value).family(&counts).u);
    Over { family: Sums::of(texts, values).family(&counts), alone: alone.collect(), older: older(texts, values) }
}

fn older(texts: &[Text], values: usize) -> Unitizing1995 {
    match texts {
        [first, rest @ ..] if rest.iter().all(|text| text.coders == first.coders) => unitizing_1995(&joined(texts)),
        _ => {
            let why = if texts.is_empty() { "there is no text" } else { "not every text has the same coders" };
            Unitizing1995 { alpha: undefined(why), values: vec![undefined(why); values] }
        }
    }
}

/// Texts of the same coders end to end.
fn joined(texts: &[Text]) -> Continuum {
    let first = texts.first().map(|text| &text.continuum);
    let mut joined = Continuum {
        start: 0.0,
        length: 0.0,
        coders: first.map_or(0, |one| one.coders),
        values: first.map_or(0, |one| one.values),
        units: Vec::new(),
    };
    for Text { continuum, .. } in texts {
        let by = joined.length - continuum.start;
        let moved = |unit: &Unit| Unit { start: unit.start + by, end: unit.end + by, ..*unit };
        joined.units.extend(continuum.units.iter().map(moved));
        joined.length += continuum.length;
    }
    joined
}

/// The sums of each text; or why there are none, where that is so of any.
struct Sums {
    texts: Defined<Vec<Meetings>>,
    values: usize,
}

impl Sums {
    fn of(texts: &[Text], values: usize) -> Self {
        Sums { texts: texts.iter().map(|text| Meetings::of(&text.continuum)).collect(), values }
    }

    fn alone(texts: &[Text], value: usize) -> Self {
        Sums { texts: texts.iter().map(|text| Meetings::of(&text.continuum.only(value))).collect(), values: 1 }
    }

    /// Each text as often as `counts` says.
    fn family(&self, counts: &[u32]) -> Unitizing {
        let added = |texts: &Vec<Meetings>| {
            let mut sum = Meetings::nothing(self.values);
            texts.iter().zip(counts).filter(|(_, times)| **times > 0).for_each(|(text, times)| sum.add(text, *times));
            sum.alphas()
        };
        Unitizing::of(self.texts.as_ref().map_err(Clone::clone).and_then(added), self.values)
    }
}

/// Intervals of u-alpha, |u-alpha, cu-alpha, each (k)u-alpha, and u-alpha of each value alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervals {
    pub u: Option<Interval>,
    pub bar_u: Option<Interval>,
    pub cu: Option<Interval>,
    pub ku: Vec<Option<Interval>>,
    pub alone: Vec<Option<Interval>>,
}

impl Intervals {
    /// Any of them: they rest on the same resamples.
    pub fn any(&self) -> Option<Interval> {
        let all = [self.u, self.bar_u, self.cu].into_iter().chain(self.ku.iter().copied());
        all.chain(self.alone.iter().copied()).flatten().next()
    }
}

/// Percentile bootstrap over texts. `None` of a single one: it has nothing to resample.
pub fn intervals(texts: &[Text], values: usize, draws: Draws) -> Option<Intervals> {
    if texts.len() < 2 {
        return None;
    }
    let together = Sums::of(texts, values);
    let alone: Vec<Sums> = (0..values).map(|value| Sums::alone(texts, value)).collect();
    let of_unit: Vec<u32> = (0..u32::try_from(texts.len()).unwrap_or(u32::MAX)).collect();
    let kinds = Kinds { of_unit: &of_unit, number: texts.len() };
    let resample = |counts: &[u32]| {
        let Unitizing { u, bar_u, cu, ku } = together.family(counts);
        let family = [u, bar_u, cu.alpha].into_iter().chain(ku.into_iter().map(|one| one.alpha));
        family.chain(alone.iter().map(|one| one.family(counts).u)).map(Result::ok).collect()
    };
    let mut found = bootstrap::intervals(&kinds, draws, resample).into_iter();
    let mut next = || found.next().flatten();
    let (u, bar_u, cu) = (next(), next(), next());
    let ku = (0..values).map(|_| next()).collect();
    Some(Intervals { u, bar_u, cu, ku, alone: found.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::close;
    use crate::stats::spans::unitizing;

    /// Two coders, one value; the second coder's span begins `late` later.
    fn text(late: f64) -> Text {
        let unit = |coder, start, end| Unit { coder, start, end, value: 0 };
        let units = vec![unit(0, 7.0, 15.0), unit(1, 7.0 + late, 15.0)];
        let continuum = Continuum { start: 5.0, length: 20.0, coders: 2, values: 1, units };
        Text { name: format!("D{late}"), coders: vec!["gj".into(), "mb".into()], continuum }
    }

    #[test]
    fn added_up_they_are_as_if_end_to_end() {
        let texts = [text(0.0), text(2.0), text(3.0)];
        let end_to_end = joined(&texts);
        close(end_to_end.length, 60.0, 1e-12);
        let starts: Vec<f64> = end_to_end.units.iter().map(|unit| unit.start).collect();
        assert_eq!(starts, [2.0, 2.0, 22.0, 24.0, 42.0, 45.0]);
        let (over, whole) = (over(&texts, 1), unitizing(&end_to_end));
        close(over.family.u.unwrap(), whole.u.clone().unwrap(), 1e-12);
        close(over.family.bar_u.unwrap(), whole.bar_u.unwrap(), 1e-12);
        close(over.alone[0].clone().unwrap(), whole.u.unwrap(), 1e-12);
        assert!(over.older.alpha.is_ok());
    }

    #[test]
    fn texts_may_have_other_coders_and_a_pair_counts_those_both_read() {
        let mut third = text(2.0);
        third.coders = vec!["bk".into(), "mb".into()];
        let texts = [text(0.0), third];
        let all = over(&texts, 1);
        assert!(all.family.u.is_ok());
        assert!(all.older.alpha.unwrap_err().0.contains("same coders"));
        let both = |one: &str, other: &str| -> Vec<Text> {
            texts.iter().filter_map(|text| text.pair(&[one.to_owned(), other.to_owned()])).collect()
        };
        let pair = both("mb", "bk");
        assert_eq!((pair.len(), pair[0].coders.clone()), (1, vec!["mb".to_owned(), "bk".to_owned()]));
        assert_eq!(pair[0].continuum.units.iter().map(|unit| unit.coder).collect::<Vec<_>>(), [1, 0]);
        assert!(both("gj", "bk").is_empty());
        close(over(&both("gj", "mb"), 1).family.u.unwrap(), 1.0, 1e-12);
    }

    #[test]
    fn two_texts_have_four_resamples() {
        let texts = [text(0.0), text(4.0)];
        let found = intervals(&texts, 1, Draws { number: 10, seed: 1 }).unwrap();
        let u = found.u.unwrap();
        assert!(u.exact);
        close(u.resamples, 4.0, 1e-12);
        // The better text twice, and the worse one twice.
        let of = |late: f64| over(&[text(late), text(late)], 1).family.u.unwrap();
        close(u.high, of(0.0), 1e-12);
        close(u.low, of(4.0), 1e-12);
        close(u.high, 1.0, 1e-12);
        assert_eq!((found.ku.len(), found.alone), (1, vec![found.u]));
        assert!(intervals(&texts[..1], 1, Draws { number: 10, seed: 1 }).is_none());
    }
}
