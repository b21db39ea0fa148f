//! Which coder put which unit into which category.

use super::Categories;
use std::collections::HashMap;

/// Values of coders on units; what is not there is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    units: Vec<String>,
    coders: Vec<String>,
    categories: Categories,
    /// Where the values of each unit begin, and where the last ones end.
    starts: Vec<usize>,
    /// Coder and category, by unit and then coder.
    values: Vec<(u32, u32)>,
}

/// A coder has two values on one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    pub unit: String,
    pub coder: String,
}

/// Gathers values row by row, in any order.
#[derive(Debug, Default)]
pub struct Gathering {
    units: Names,
    coders: Names,
    labels: Names,
    rows: Vec<(u32, u32, u32)>,
}

/// Names by the order in which they first came.
#[derive(Debug, Default)]
struct Names {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }

    /// The names that are used, in their order, and the new number of each old one.
    fn used(self, numbers: impl Iterator<Item = u32>) -> (Vec<String>, Vec<u32>) {
        let mut is_used = vec![false; self.names.len()];
        numbers.for_each(|number| is_used[number as usize] = true);
        let mut next = 0_u32;
        let place = is_used
            .iter()
            .map(|used| {
                next += u32::from(*used);
                next.saturating_sub(1)
            })
            .collect();
        let names = self.names.into_iter().zip(&is_used).filter(|(_, used)| **used).map(|(name, _)| name);
        (names.collect(), place)
    }
}

impl Gathering {
    pub fn add(&mut self, unit: &str, coder: &str, value: &str) {
        let row = (self.units.number(unit), self.coders.number(coder), self.labels.number(value));
        self.rows.push(row);
    }

    /// Fixes a coder's place before the first value; one who never has a value is left out.
    pub fn coder(&mut self, coder: &str) {
        self.coders.number(coder);
    }

    /// Puts the coders in the order of their names, where the order in which they came means nothing.
    pub fn sort_coders(&mut self) {
        let mut sorted = self.coders.names.clone();
        sorted.sort();
        let mut coders = Names::default();
        for name in &sorted {
            coders.number(name);
        }
        let place: Vec<u32> = self.coders.names.iter().map(|name| coders.number(name)).collect();
        for (_, coder, _) in &mut self.rows {
            *coder = place[*coder as usize];
        }
        self.coders = coders;
    }

    /// Values that occur, in the order they first came.
    pub fn labels(&self) -> &[String] {
        &self.labels.names
    }

    /// Values that are not among the categories are missing: check [`Gathering::labels`] first.
    pub fn finish(self, categories: Categories) -> Result<Ratings, Repeated> {
        let category: Vec<Option<u32>> = self
            .labels
            .names
            .iter()
            .map(|label| categories.find(label).and_then(|at| u32::try_from(at).ok()))
            .collect();
        let mut rows = self.rows;
        rows.sort_unstable_by_key(|(unit, coder, _)| (*unit, *coder));
        if let Some([(unit, coder, _), _]) =
            rows.array_windows::<2>().find(|[one, next]| (one.0, one.1) == (next.0, next.1))
        {
            let (unit, coder) = (*unit as usize, *coder as usize);
            return Err(Repeated { unit: self.units.names[unit].clone(), coder: self.coders.names[coder].clone() });
        }
        let (coders, place) = self.coders.used(rows.iter().map(|(_, coder, _)| *coder));
        let mut starts = vec![0; self.units.names.len() + 1];
        let mut values = Vec::with_capacity(rows.len());
        for (unit, coder, label) in rows {
            if let Some(category) = category[label as usize] {
                values.push((place[coder as usize], category));
                starts[unit as usize + 1] += 1;
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Ok(Ratings { units: self.units.names, coders, categories, starts, values })
    }
}

impl Ratings {
    /// From `(unit, coder, value)`, with the categories that occur.
    pub fn of<'r>(rows: impl IntoIterator<Item = (&'r str, &'r str, &'r str)>) -> Result<Self, Repeated> {
        let mut gathering = Gathering::default();
        rows.into_iter().for_each(|(unit, coder, value)| gathering.add(unit, coder, value));
        let categories = Categories::found(gathering.labels().iter().map(String::as_str));
        gathering.finish(categories)
    }

    /// Units with at least one value.
    pub fn units(&self) -> &[String] {
        &self.units
    }

    pub fn coders(&self) -> &[String] {
        &self.coders
    }

    pub fn categories(&self) -> &Categories {
        &self.categories
    }

    /// Coder and category of each value of a unit, by coder.
    pub fn values(&self, unit: usize) -> &[(u32, u32)] {
        &self.values[self.starts[unit]..self.starts[unit + 1]]
    }

    /// The values of two coders alone, on the units that both have coded: what one of them did elsewhere says nothing
    /// of the two, not even what they would agree on by chance.
    #[must_use]
    pub fn pair(&self, one: usize, other: usize) -> Ratings {
        let mut pair = Ratings {
            units: Vec::new(),
            coders: vec![self.coders[one].clone(), self.coders[other].clone()],
            categories: self.categories.clone(),
            starts: vec![0],
            values: Vec::new(),
        };
        for (at, unit) in self.units.iter().enumerate() {
            let of = |coder: usize| self.values(at).iter().find(|(known, _)| *known as usize == coder);
            if let (Some((_, first)), Some((_, second))) = (of(one), of(other)) {
                pair.values.extend([(0, *first), (1, *second)]);
                pair.units.push(unit.clone());
                pair.starts.push(pair.values.len());
            }
        }
        pair
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_in_any_order_and_once() {
        let ratings = Ratings::of([("b", "x", "1"), ("a", "y", "2"), ("b", "y", "2"), ("a", "x", "1")]).unwrap();
        assert_eq!((ratings.units(), ratings.coders()), (&["b".into(), "a".into()][..], &["x".into(), "y".into()][..]));
        assert_eq!(ratings.values(0), [(0, 0), (1, 1)]);
        let twice = Ratings::of([("a", "x", "1"), ("a", "x", "1")]).unwrap_err();
        assert_eq!(twice, Repeated { unit: "a".into(), coder: "x".into() });
    }

    #[test]
    fn coders_keep_their_place_and_those_without_a_value_go() {
        let mut gathering = Gathering::default();
        for coder in ["x", "y", "z"] {
            gathering.coder(coder);
        }
        gathering.add("a", "z", "1");
        gathering.add("b", "x", "1");
        let ratings = gathering.finish(Categories::given(&["1"])).unwrap();
        assert_eq!(ratings.coders(), ["x", "z"]);
        assert_eq!((ratings.values(0), ratings.values(1)), (&[(1, 0)][..], &[(0, 0)][..]));
    }

    #[test]
    fn coders_can_be_put_in_order() {
        let mut gathering = Gathering::default();
        gathering.add("a", "y", "1");
        gathering.add("a", "x", "2");
        gathering.sort_coders();
        let ratings = gathering.finish(Categories::given(&["1", "2"])).unwrap();
        assert_eq!((ratings.coders(), ratings.values(0)), (&["x".into(), "y".into()][..], &[(0, 1), (1, 0)][..]));
    }

    #[test]
    fn a_pair_is_of_the_units_both_coded_and_keeps_the_categories_of_all() {
        let rows = [("a", "x", "1"), ("a", "y", "2"), ("a", "z", "3"), ("b", "z", "3"), ("c", "y", "1")];
        let pair = Ratings::of(rows).unwrap().pair(0, 1);
        assert_eq!((pair.units(), pair.categories().len()), (&["a".to_owned()][..], 3));
        assert_eq!(pair.values(0), [(0, 0), (1, 1)]);
    }
}
