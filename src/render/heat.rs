//! Shades for the numbers of a table: five, by equal steps up to the largest, and none for 0. The number always stands in
//! its cell, so nothing is said by colour alone.

use crate::table::{Cell, Table};

/// Darkest shade.
pub const DARKEST: usize = 5;

/// Columns of a heat table that are not shaded: the name of the row and its total.
pub const PLAIN: usize = 2;

/// How the numbers of one table are shaded.
pub struct Shades {
    most: f64,
    is_whole: bool,
}

impl Shades {
    /// A last row headed `(all)` holds totals and is left out.
    pub fn of(table: &Table) -> Self {
        let rows = table.rows.iter().filter(|row| !is_total(row));
        let cells = rows.flat_map(|row| row.iter().skip(PLAIN));
        let most = cells.clone().filter_map(number).fold(0.0, f64::max);
        Shades { most, is_whole: !cells.clone().any(|cell| matches!(cell, Cell::Real(_))) }
    }

    /// 0 to [`DARKEST`]; `None` where there is no number.
    pub fn shade(&self, cell: &Cell) -> Option<usize> {
        let number = number(cell)?;
        if number <= 0.0 || self.most <= 0.0 {
            return Some(0);
        }
        Some((1..DARKEST).find(|shade| number <= self.top(*shade)).unwrap_or(DARKEST))
    }

    fn top(&self, shade: usize) -> f64 {
        self.most * shade as f64 / DARKEST as f64
    }

    /// Each shade that numbers can have, with the numbers it stands for.
    pub fn key(&self) -> Vec<(usize, String)> {
        let mut key = vec![(0, "0".to_owned())];
        for shade in 1..=DARKEST {
            let (below, top) = (self.top(shade - 1), self.top(shade));
            if !self.is_whole {
                key.push((shade, format!("to {top:.2}")));
                continue;
            }
            let (first, last) = (below.floor() + 1.0, top.floor());
            if first < last {
                key.push((shade, format!("{first} to {last}")));
            } else if first <= last {
                key.push((shade, format!("{first}")));
            }
        }
        key
    }
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Whole(number) | Cell::Noted { number, .. } => Some(*number as f64),
        Cell::Real(number) => Some(*number),
        _ => None,
    }
}

/// The row of column totals.
pub fn is_total(row: &[Cell]) -> bool {
    matches!(row.first(), Some(Cell::Text(text)) if text == "(all)")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shades(numbers: &[usize]) -> Shades {
        let mut table = Table::with(&[("a", "A"), ("b", "B"), ("c", "C")]);
        for number in numbers {
            table.push(vec!["x".into(), 999_usize.into(), (*number).into()]);
        }
        table.push(vec!["(all)".into(), 999_usize.into(), 999_usize.into()]);
        Shades::of(&table)
    }

    #[test]
    fn every_number_lies_in_the_shade_its_key_names() {
        for most in 0..60_usize {
            let shades = shades(&[most, 0]);
            let key = shades.key();
            for number in 0..=most {
                let shade = shades.shade(&number.into()).unwrap();
                let (_, says) = key.iter().find(|(one, _)| *one == shade).unwrap();
                let (first, last) = says.split_once(" to ").unwrap_or((says, says));
                let range = first.parse::<usize>().unwrap()..=last.parse::<usize>().unwrap();
                assert!(range.contains(&number), "{number} of {most} has shade {shade}: {says}");
            }
            assert_eq!(shades.shade(&most.into()), Some(if most == 0 { 0 } else { DARKEST }));
        }
    }

    #[test]
    fn what_is_no_number_has_no_shade() {
        assert_eq!(shades(&[3]).shade(&Cell::Empty), None);
        assert_eq!(shades(&[3]).shade(&Cell::Undefined("x".to_owned())), None);
    }
}
