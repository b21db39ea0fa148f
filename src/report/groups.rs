//! Who sees it differently: people of each stakeholder group by the side their words take, as a
//! table and in a sentence. No survey: people were asked to talk, not to vote.

use super::NONE_FOUND;
use super::block::count_of;
use super::contest::{Contest, Stand};
use super::tally;
use super::words::Press;
use crate::consensus::Pool;
use crate::evidence::Stance;
use crate::table::Table;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// People of one stakeholder group whose own words bear on the views.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupRow {
    pub group: String,
    #[serde(rename = "for")]
    pub in_favour: usize,
    pub against: usize,
    pub for_a_rival: usize,
    pub differently_where: usize,
    pub refines: usize,
    pub unclear: usize,
    /// Distinct people who take a side, or both.
    pub people: usize,
    /// One named group, not a pool or people of no recorded group.
    #[serde(skip)]
    named: bool,
    #[serde(skip)]
    is_pool: bool,
}

/// Rows in the order the project declares its groups. For others groups that are too small to be told are one row, the next
/// larger with them where they would still be too few.
pub fn groups(press: &Press, contest: &Contest) -> Vec<GroupRow> {
    let people = people(press, contest);
    let pool = pool(press);
    let declared = |group: &Option<String>| {
        let place = |key: &String| press.synthesis.settings.groups.iter().position(|one| one.key == *key);
        (group.is_none(), group.as_ref().and_then(place).unwrap_or(usize::MAX))
    };
    let mut keys: Vec<Option<String>> = people.keys().cloned().collect();
    keys.sort_by_key(|group| (declared(group), group.clone()));
    let mut rows: Vec<GroupRow> = Vec::new();
    for key in keys {
        let row = GroupRow::of(press, &pool, key.as_deref(), &people[&key]);
        match rows.iter_mut().find(|other| other.group == row.group) {
            Some(pooled) => pooled.add(&row),
            None => rows.push(row),
        }
    }
    // With so few people in all, nothing is told.
    rows.retain(|row| !row.is_pool || pool_size(press, &pool) >= pool.least);
    rows
}

/// Over all people of the study, so that one pool serves every question.
fn pool(press: &Press) -> Pool {
    if press.is_for_team() {
        return Pool::none();
    }
    let groups = press.synthesis.participants.values().filter_map(|person| person.group.as_ref());
    let sizes = groups.fold(BTreeMap::new(), |mut sizes: BTreeMap<String, usize>, group| {
        *sizes.entry(group.clone()).or_default() += 1;
        sizes
    });
    Pool::of(&[sizes], press.synthesis.settings.thresholds.smallest_group)
}

fn pool_size(press: &Press, pool: &Pool) -> usize {
    pool.pooled.iter().map(|group| press.people_in(group)).sum()
}

/// Keys of people by group, for each column of the table.
type Columns = [BTreeSet<String>; 6];

fn people(press: &Press, contest: &Contest) -> BTreeMap<Option<String>, Columns> {
    let mut people: BTreeMap<Option<String>, Columns> = BTreeMap::new();
    let views = contest.views().into_iter();
    let bears = views.flat_map(|id| tally::relevant(&press.bearings, id).into_iter().map(move |link| (id, link)));
    for (view, link) in bears {
        let Some(person) = press.person(link) else { continue };
        let column = match (contest.side(view, link), link.stance) {
            (Some(Stand::For), _) => 0,
            (Some(Stand::Against), _) => 1,
            (Some(Stand::Rival), _) => 2,
            (Some(Stand::Elsewhere), _) => 3,
            (None, Stance::Refines) => 4,
            (None, Stance::Ambiguous) => 5,
            (None, Stance::Supports | Stance::Refutes) => continue,
        };
        people.entry(person.group).or_default()[column].insert(person.key);
    }
    people
}

impl GroupRow {
    fn of(press: &Press, pool: &Pool, group: Option<&str>, columns: &Columns) -> Self {
        let is_pool = group.is_some_and(|key| pool.pooled.contains(key));
        let [in_favour, against, rival, elsewhere, refines, unclear] = columns;
        GroupRow {
            group: if is_pool { POOL.to_owned() } else { group_title(press, group) },
            in_favour: in_favour.len(),
            against: against.len(),
            for_a_rival: rival.len(),
            differently_where: elsewhere.len(),
            refines: refines.len(),
            unclear: unclear.len(),
            people: in_favour.union(against).count(),
            named: group.is_some() && !is_pool,
            is_pool,
        }
    }

    fn add(&mut self, other: &GroupRow) {
        self.in_favour += other.in_favour;
        self.against += other.against;
        self.for_a_rival += other.for_a_rival;
        self.differently_where += other.differently_where;
        self.refines += other.refines;
        self.unclear += other.unclear;
        self.people += other.people;
    }

    /// `Service users lean for (7 of 9 people, 4 against)`: of those who speak of the lead view.
    fn leaning(&self) -> String {
        let (group, all) = (&self.group, count_of(self.people, "person"));
        match (self.in_favour, self.against) {
            (n, 0) => format!("{group} speak for ({n} of {all})"),
            (0, n) => format!("{group} speak against ({n} of {all})"),
            (n, m) if n > m => format!("{group} lean for ({n} of {all}, {m} against)"),
            (n, m) if n < m => format!("{group} lean against ({m} of {all}, {n} for)"),
            (n, _) => format!("{group} are divided ({n} for and {n} against, of {all})"),
        }
    }
}

/// What groups that are told together are called.
const POOL: &str = "Smaller groups together";

fn group_title(press: &Press, group: Option<&str>) -> String {
    group.map_or_else(|| "Group not recorded".to_owned(), |key| press.synthesis.settings.group_title(key))
}

/// The table in words. Outside the team a group is spoken of only where enough of its people take a side; the others are told
/// together, where together they are enough.
pub fn sentence(press: &Press, rows: &[GroupRow]) -> Option<String> {
    let least = if press.is_for_team() { 1 } else { press.synthesis.settings.thresholds.smallest_group.max(1) };
    let (told, few): (Vec<&GroupRow>, Vec<&GroupRow>) =
        rows.iter().partition(|row| row.people >= least && (row.named || row.is_pool));
    let mut leanings: Vec<String> = told.iter().map(|row| row.leaning()).collect();
    let mut rest = few.iter().filter(|row| row.people > 0);
    let mut too_few = "";
    if let Some(first) = rest.next() {
        let mut together = GroupRow { group: "Other groups together".to_owned(), ..(*first).clone() };
        rest.for_each(|row| together.add(row));
        if together.people >= least {
            leanings.push(together.leaning());
        } else {
            too_few = " Too few people of other groups took a side to say.";
        }
    }
    if leanings.is_empty() {
        return None;
    }
    let both = rows.iter().any(|row| row.in_favour + row.against > row.people);
    let both = if both { " One person may speak on both sides." } else { "" };
    Some(format!("On the lead view, going by their own words: {}.{too_few}{both}", leanings.join("; ")))
}

/// The table of [`groups`].
pub fn table(rows: &[GroupRow]) -> Table {
    let mut table = Table::with(&[
        ("group", "Group"),
        ("for", Stand::For.title()),
        ("against", Stand::Against.title()),
        ("for_a_rival", Stand::Rival.title()),
        ("differently_where", Stand::Elsewhere.title()),
        ("refines", "Refines"),
        ("unclear", "Unclear"),
    ]);
    let people = |n: usize| if n == 0 { NONE_FOUND.to_owned() } else { count_of(n, "person") };
    for row in rows {
        let counts = [row.in_favour, row.against, row.for_a_rival, row.differently_where, row.refines, row.unclear];
        let counts = counts.map(|n| people(n).into());
        let mut cells = vec![row.group.as_str().into()];
        cells.extend(counts);
        table.push(cells);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Circumstances;
    use crate::id::Kind;
    use crate::participant::Audience;
    use crate::report::sample::{self, id};

    fn row(in_favour: usize, against: usize, people: usize) -> GroupRow {
        GroupRow {
            group: "GPs".to_owned(),
            in_favour,
            against,
            for_a_rival: 0,
            differently_where: 0,
            refines: 0,
            unclear: 0,
            people,
            named: true,
            is_pool: false,
        }
    }

    #[test]
    fn a_group_is_said_to_lean_by_its_people() {
        assert_eq!(row(7, 4, 9).leaning(), "GPs lean for (7 of 9 people, 4 against)");
        assert_eq!(row(1, 2, 3).leaning(), "GPs lean against (2 of 3 people, 1 for)");
        assert_eq!(row(2, 2, 3).leaning(), "GPs are divided (2 for and 2 against, of 3 people)");
        assert_eq!(row(1, 0, 1).leaning(), "GPs speak for (1 of 1 person)");
    }

    #[test]
    fn groups_of_too_few_are_not_spoken_of_outside_the_team() {
        let mut synthesis = sample::synthesis();
        synthesis.evidence.get_mut(&id(Kind::Evidence, 7)).unwrap().circumstances = Some(Circumstances::Same);
        let contest = Contest::of(&synthesis, &synthesis.uncertainties[&id(Kind::Uncertainty, 1)]);
        let said = |audience| {
            let press = Press::new(&synthesis, audience);
            sentence(&press, &groups(&press, &contest))
        };
        assert!(said(Audience::Team).is_some_and(|text| text.contains("GPs speak against (1 of 1 person)")));
        // One GP alone hides the next larger group with them.
        let others = said(Audience::Meeting).unwrap();
        assert!(others.contains("Smaller groups together lean against") && !others.contains("GP"), "{others}");
        let press = Press::new(&synthesis, Audience::Meeting);
        let shown: Vec<String> = groups(&press, &contest).into_iter().map(|row| row.group).collect();
        assert!(shown.contains(&POOL.to_owned()) && !shown.contains(&"GPs".to_owned()), "{shown:?}");
        let rows = [row(2, 1, 3), row(1, 0, 1)];
        let text = sentence(&press, &rows).unwrap();
        assert!(
            text.ends_with(
                "GPs lean for (2 of 3 people, 1 against). Too few people of other groups took a side to say."
            )
        );
        // Those too few to be told by themselves are told together, and so is the pool.
        let pool = GroupRow { group: POOL.to_owned(), named: false, is_pool: true, ..row(3, 4, 5) };
        let rows = [row(4, 0, 4), pool, row(2, 1, 2), row(1, 0, 1)];
        let text = sentence(&press, &rows).unwrap();
        for words in [
            "GPs speak for (4 of 4 people)",
            "Smaller groups together lean against (4 of 5 people, 3 for)",
            "Other groups together lean for (3 of 3 people, 1 against)",
            "One person may speak on both sides.",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
}
