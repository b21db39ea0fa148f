//! What each run of interviews still adds, a panel for each kind of source.

use crate::picture::chart::{Bar, Chart, Panel};
use crate::report::block::count_of;
use crate::stats::Defined;
use crate::stats::saturation::{Rule, Saturation};
use crate::table::{Cell, Column, Table};

/// Interviews of one kind, and what is read off them.
#[derive(Debug, Clone, Copy)]
pub struct Series<'s> {
    pub kind: &'s str,
    pub interviews: usize,
    pub found: &'s Defined<Saturation>,
}

/// The chart; `order` says in which order the interviews stand.
pub fn saturation(all: &[Series], rule: Rule, order: &str) -> Chart {
    let percent = 100.0 * rule.threshold;
    Chart {
        key: "saturation".to_owned(),
        title: "What is still new".to_owned(),
        description: format!(
            "New themes in each run of {}, in per cent of the themes of the first {}, for {}. Runs slide by one interview.",
            count_of(rule.run, "interview"),
            count_of(rule.base, "interview"),
            all.iter().map(|one| one.kind).collect::<Vec<_>>().join(", "),
        ),
        line: percent,
        panels: all.iter().map(|one| panel(one, rule)).collect(),
        notes: vec![
            format!("Dotted bars: at most {percent} % of the base is new."),
            format!("Order of interviews: {order}."),
            "Guest, Namey and Chen 2020; the base stays what it is. Never a rule for stopping by itself.".to_owned(),
        ],
        table: table(all),
    }
}

fn panel(one: &Series, rule: Rule) -> Panel {
    let title = format!("{} ({})", one.kind.replace('_', " "), count_of(one.interviews, "interview"));
    let found = match one.found {
        Ok(found) => found,
        Err(why) => return Panel { title, remark: format!("undefined: {why}"), bars: Vec::new() },
    };
    let themes = count_of(found.base_themes as usize, "theme");
    let remark = match found.reached {
        Some(before) => format!("{themes} in the base; saturation at {before}+{}", rule.run),
        None => format!("{themes} in the base; new information never came down to {} %", 100.0 * rule.threshold),
    };
    let bar = |run: &crate::stats::saturation::Run| {
        let label = if run.first == run.last { run.first.to_string() } else { format!("{}–{}", run.first, run.last) };
        let new = count_of(run.new as usize, "new theme");
        let percent = 100.0 * run.share;
        Bar { hover: format!("interviews {label}: {new}, {percent:.2} % of the base"), label, percent }
    };
    Panel { title, remark, bars: found.runs.iter().map(bar).collect() }
}

/// A row a run; of a kind without any, why.
pub fn table(all: &[Series]) -> Table {
    let columns = [("kind", "Kind"), ("from", "From"), ("to", "To"), ("new", "New themes"), ("share", "% of base")];
    let mut table = Table::new(columns.iter().map(|(key, title)| Column::new(key, title)).collect());
    for one in all {
        match one.found {
            Ok(found) => {
                for run in &found.runs {
                    table.push(vec![
                        one.kind.into(),
                        run.first.into(),
                        run.last.into(),
                        (run.new as usize).into(),
                        (100.0 * run.share).into(),
                    ]);
                }
            }
            Err(why) => {
                table.push(vec![
                    one.kind.into(),
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Undefined(why.0.clone()),
                ]);
            }
        }
    }
    table
}
