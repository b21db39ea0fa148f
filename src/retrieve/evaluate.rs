//! From a query to the stretches and units it means.

use super::reach::reach;
use super::relate::related;
use super::{Ground, Scope, Stretch, Texts};
use crate::diagnostic::Result;
use crate::query::{Field, Query, Relation, Value};

/// What a query means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Ordinals of units, ascending.
    pub units: Vec<u32>,
    /// Ascending; `None` where the query is a mere condition on units.
    pub stretches: Option<Vec<Stretch>>,
}

/// What a query means on this ground, AND, NOT and ATLEAST compared within `scope`.
///
/// Faults: those of the ground.
pub fn evaluate(ground: &dyn Ground, query: &Query, scope: Scope) -> Result<Outcome> {
    Ok(Evaluation { ground, scope, only: Vec::new(), layers: 0 }.of(query)?.outcome)
}

/// The stretches that the two sides of a relation mean. A condition stands for the words that match it, or where it
/// names none for its units. Words that could not lie so to anything of the other side are left out, as far as that
/// changes nothing of the answer.
///
/// Faults: those of the ground.
pub fn sides(
    ground: &dyn Ground,
    (left, right): (&Query, &Query),
    (relation, negated): (Relation, bool),
    scope: Scope,
) -> Result<(Vec<Stretch>, Vec<Stretch>)> {
    Evaluation { ground, scope, only: Vec::new(), layers: 0 }.sides((left, right), (relation, negated))
}

/// An outcome on its way, and whether it says what is *not* there.
struct Meant {
    outcome: Outcome,
    denies: bool,
}

type Test<'g> = Box<dyn Fn(u32) -> bool + 'g>;

struct Evaluation<'g> {
    ground: &'g dyn Ground,
    scope: Scope,
    /// Which codings are spoken of: all of these must hold.
    only: Vec<Test<'g>>,
    /// How many of those around it say which layer of codings is meant.
    layers: usize,
}

impl<'g> Evaluation<'g> {
    fn texts(&self) -> &'g Texts {
        self.ground.texts()
    }

    fn of(&mut self, query: &Query) -> Result<Meant> {
        if !query.is_of_codings() && !matches!(query, Query::Not(_) | Query::And(_) | Query::Or(_)) {
            return Ok(condition(self.ground.matching(query)?));
        }
        match query {
            Query::Field(Field::Code, value) => self.codes(value).map(|stretches| self.stretches(stretches)),
            Query::Field(..) => {
                let fits = self.test(query)?;
                self.layers += usize::from(query.names_layer());
                let all = self.codings(fits);
                self.layers -= usize::from(query.names_layer());
                Ok(self.stretches(all))
            }
            Query::Not(inner) => self.not(inner),
            Query::And(parts) => self.and(parts),
            Query::Or(parts) => self.or(parts),
            Query::AtLeast(number, parts) => {
                let meant = parts.iter().map(|part| self.of(part)).collect::<Result<Vec<_>>>()?;
                Ok(self.together(&meant, *number))
            }
            Query::Related { left, relation, negated, right } => {
                let (left, right) = self.sides((left, right), (*relation, *negated))?;
                Ok(self.stretches(related(self.ground, &left, *relation, *negated, &right)?))
            }
            Query::Only(inner) => {
                let alone = self.alone(inner)?;
                Ok(self.stretches(alone))
            }
            _ => Ok(condition(self.ground.matching(query)?)),
        }
    }

    fn stretches(&self, mut stretches: Vec<Stretch>) -> Meant {
        // They come as one or several lists in order, which this sort merges.
        stretches.sort();
        stretches.dedup();
        let units = self.texts().touched_by_any(&stretches);
        Meant { outcome: Outcome { units, stretches: Some(stretches) }, denies: false }
    }

    /// Codings' stretches among those spoken of that pass a test. Where no layer is asked for, those that another
    /// stands for are left out.
    fn codings(&self, passes: impl Fn(u32) -> bool) -> Vec<Stretch> {
        let counts = |coding: u32| self.layers > 0 || self.ground.counts(coding);
        let holds = |coding: u32| passes(coding) && counts(coding) && self.only.iter().all(|test| test(coding));
        let spoken_of = |one: &&Stretch| holds(one.coding);
        self.ground.codings().iter().filter(spoken_of).copied().collect()
    }

    fn codes(&self, value: &Value) -> Result<Vec<Stretch>> {
        let family = family(&self.ground.codes(value)?);
        Ok(self.codings(|coding| family.get(self.ground.code_of(coding) as usize).copied().unwrap_or(false)))
    }

    /// A qualifier, of `coder:`, `date:` and `unread:` alone or joined.
    fn test(&self, query: &Query) -> Result<Test<'g>> {
        Ok(match query {
            Query::Not(inner) => {
                let inner = self.test(inner)?;
                Box::new(move |coding| !inner(coding))
            }
            Query::And(parts) => {
                let parts = parts.iter().map(|part| self.test(part)).collect::<Result<Vec<_>>>()?;
                Box::new(move |coding| parts.iter().all(|part| part(coding)))
            }
            Query::Or(parts) => {
                let parts = parts.iter().map(|part| self.test(part)).collect::<Result<Vec<_>>>()?;
                Box::new(move |coding| parts.iter().any(|part| part(coding)))
            }
            _ => self.ground.fits(query)?,
        })
    }

    fn and(&mut self, parts: &[Query]) -> Result<Meant> {
        let (qualifiers, others): (Vec<&Query>, Vec<&Query>) = parts.iter().partition(|part| part.is_qualifier());
        let before = self.only.len();
        for qualifier in &qualifiers {
            let test = self.test(qualifier)?;
            self.only.push(test);
        }
        let named = qualifiers.iter().filter(|qualifier| qualifier.names_layer()).count();
        self.layers += named;
        let meant = others.iter().map(|part| self.of(part)).collect::<Result<Vec<_>>>();
        let together = meant.map(|meant| match meant.len() {
            0 => {
                let all = self.codings(|_| true);
                self.stretches(all)
            }
            all => self.together(&meant, all),
        });
        self.only.truncate(before);
        self.layers -= named;
        together
    }

    fn or(&mut self, parts: &[Query]) -> Result<Meant> {
        let meant = parts.iter().map(|part| self.of(part)).collect::<Result<Vec<_>>>()?;
        if meant.iter().all(|one| one.outcome.stretches.is_none()) {
            let mut units: Vec<u32> = meant.into_iter().flat_map(|one| one.outcome.units).collect();
            units.sort_unstable();
            units.dedup();
            return Ok(condition(units));
        }
        let mut all = Vec::new();
        for (query, one) in parts.iter().zip(meant) {
            all.extend(self.stretches_of(query, one.outcome)?);
        }
        Ok(self.stretches(all))
    }

    fn not(&mut self, inner: &Query) -> Result<Meant> {
        let inner = self.of(inner)?;
        let groups = self.groups(&inner);
        let texts = self.texts();
        let units = (0..texts.count()).filter(|unit| !groups[texts.group(self.scope, *unit) as usize]).collect();
        Ok(Meant { outcome: Outcome { units, stretches: None }, denies: true })
    }

    /// Which groups of the scope an outcome lies in.
    fn groups(&self, meant: &Meant) -> Vec<bool> {
        let texts = self.texts();
        let mut groups = vec![false; texts.groups(self.scope)];
        meant.outcome.units.iter().for_each(|unit| groups[texts.group(self.scope, *unit) as usize] = true);
        groups
    }

    /// What of these lies in groups that at least `number` of them lie in. What denies bounds, and adds
    /// nothing where anything else is there.
    fn together(&self, meant: &[Meant], number: usize) -> Meant {
        let texts = self.texts();
        let mut held = vec![0_usize; texts.groups(self.scope)];
        for one in meant {
            held.iter_mut().zip(self.groups(one)).for_each(|(held, is_in)| *held += usize::from(is_in));
        }
        let is_in = |unit: u32| held[texts.group(self.scope, unit) as usize] >= number;
        let denies = meant.iter().all(|one| one.denies);
        let said = || meant.iter().filter(|one| denies || !one.denies).map(|one| &one.outcome);
        let mut units: Vec<u32> =
            said().flat_map(|one| one.units.iter().copied()).filter(|unit| is_in(*unit)).collect();
        units.sort_unstable();
        units.dedup();
        let lists: Vec<&Vec<Stretch>> = said().filter_map(|one| one.stretches.as_ref()).collect();
        if lists.is_empty() {
            return Meant { outcome: Outcome { units, stretches: None }, denies };
        }
        let within = lists.into_iter().flatten().filter(|one| texts.touched(one).any(is_in)).copied().collect();
        self.stretches(within)
    }

    fn as_stretches(&mut self, query: &Query) -> Result<Vec<Stretch>> {
        let outcome = self.of(query)?.outcome;
        self.stretches_of(query, outcome)
    }

    fn sides(
        &mut self,
        (left, right): (&Query, &Query),
        (relation, negated): (Relation, bool),
    ) -> Result<(Vec<Stretch>, Vec<Stretch>)> {
        let (one, other) = (self.of(left)?.outcome, self.of(right)?.outcome);
        let is_words = |query: &Query, outcome: &Outcome| outcome.stretches.is_none() && query.is_of_words();
        // Of the left side nothing may be left out where each that lies to none is meant.
        let by_right = is_words(left, &one) && !negated;
        let by_left = is_words(right, &other);
        if by_left && !(by_right && other.units.len() < one.units.len()) {
            let left = self.stretches_of(left, one)?;
            let other = self.within_reach(other, relation, &left)?;
            return Ok((left, self.stretches_of(right, other)?));
        }
        let right = self.stretches_of(right, other)?;
        let one = if by_right { self.within_reach(one, relation, &right)? } else { one };
        Ok((self.stretches_of(left, one)?, right))
    }

    /// What of a condition could lie so to these stretches.
    fn within_reach(&self, mut outcome: Outcome, relation: Relation, stretches: &[Stretch]) -> Result<Outcome> {
        let within = reach(self.ground, relation, stretches)?;
        outcome.units.retain(|unit| within[*unit as usize]);
        Ok(outcome)
    }

    /// A condition stands for the words that match it, or where it names none for its units.
    fn stretches_of(&self, query: &Query, outcome: Outcome) -> Result<Vec<Stretch>> {
        match outcome.stretches {
            Some(stretches) => Ok(stretches),
            None if query.is_of_words() => self.ground.meant(query, &outcome.units),
            None => Ok(outcome.units.into_iter().map(|unit| self.texts().stretch_of(unit)).collect()),
        }
    }

    /// Stretches that no coding of a code outside those named overlaps.
    fn alone(&mut self, inner: &Query) -> Result<Vec<Stretch>> {
        let own = self.as_stretches(inner)?;
        let mut named = Vec::new();
        self.name_codes(inner, &mut named)?;
        let named = family(&named);
        let others = self.codings(|coding| !named.get(self.ground.code_of(coding) as usize).copied().unwrap_or(false));
        related(self.ground, &own, crate::query::Relation::Overlaps, true, &others)
    }

    /// The codes that a query names.
    fn name_codes(&self, query: &Query, named: &mut Vec<u32>) -> Result<()> {
        match query {
            Query::Field(Field::Code, value) => named.extend(self.ground.codes(value)?),
            Query::And(parts) | Query::Or(parts) | Query::AtLeast(_, parts) => {
                parts.iter().try_for_each(|part| self.name_codes(part, named))?;
            }
            Query::Only(inner) => self.name_codes(inner, named)?,
            Query::Related { left, .. } => self.name_codes(left, named)?,
            _ => {}
        }
        Ok(())
    }
}

fn condition(units: Vec<u32>) -> Meant {
    Meant { outcome: Outcome { units, stretches: None }, denies: false }
}

/// A table of codes: whether each is among these.
fn family(codes: &[u32]) -> Vec<bool> {
    let mut family = vec![false; codes.iter().max().map_or(0, |most| *most as usize + 1)];
    for code in codes {
        family[*code as usize] = true;
    }
    family
}
