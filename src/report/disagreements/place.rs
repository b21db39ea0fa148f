//! One place of the agenda as it is printed.

use super::found::{About, Applied, Noted, Other, Passage, Place};
use super::{since, to_decide};
use crate::memo::Access;
use crate::report::block::{Block, Run, count_of};
use crate::report::printed::Printed;
use crate::report::words::Press;
use serde::Serialize;

/// A place as one audience may see it.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// `D1.gj/4` or `D1.gj/4-6`.
    pub place: String,
    pub about: About,
    pub applied: Vec<Mark>,
    pub others: Vec<OtherShown>,
    pub before: Option<Printed>,
    pub said: Vec<Printed>,
    pub unsaid: usize,
    pub after: Option<Printed>,
    pub memos: Vec<NotedShown>,
    /// How it stands now, where it is of a pass.
    pub since: Option<since::Shown>,
}

#[derive(Debug, Serialize)]
pub struct Mark {
    pub coder: String,
    pub coding: String,
    /// Absent where the coding covers just what is printed of the place.
    pub marked: Option<Printed>,
}

#[derive(Debug, Serialize)]
pub struct OtherShown {
    pub coder: String,
    pub codes: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct NotedShown {
    pub id: String,
    pub author: Option<String>,
    pub text: String,
}

impl Shown {
    pub fn of(press: &mut Press, place: &Place) -> Self {
        let document = press.synthesis.label(place.document);
        let said: Vec<Printed> = place.said.iter().map(|one| print(press, one)).collect();
        let applied: Vec<Mark> = place.applied.iter().map(|one| mark(press, one)).collect();
        // A memo may quote what is withheld.
        let is_withheld = said.iter().any(|one| one.withheld.is_some());
        let since = place.since.as_ref().map(|one| since::Shown::of(press, one, is_withheld));
        let may_read = |memo: &&Noted| match memo.access {
            Access::Private => false,
            Access::Team => press.is_for_team(),
            Access::Supplement => true,
        };
        let memos = place.memos.iter().filter(may_read).filter(|_| !is_withheld);
        Shown {
            place: match place.units {
                (first, last) if first == last => format!("{document}/{first}"),
                (first, last) => format!("{document}/{first}-{last}"),
            },
            about: place.about,
            applied,
            others: place
                .others
                .iter()
                .map(|Other { coder, codes }| OtherShown { coder: coder.clone(), codes: codes.clone() })
                .collect(),
            memos: memos
                .map(|memo| NotedShown { id: memo.id.clone(), author: memo.author.clone(), text: memo.text.clone() })
                .collect(),
            since,
            before: place.before.as_ref().map(|one| print(press, one)),
            said,
            unsaid: place.unsaid,
            after: place.after.as_ref().map(|one| print(press, one)),
        }
    }

    pub fn is_open(&self) -> bool {
        self.since.as_ref().is_none_or(|since| since.open)
    }

    pub fn blocks(&self, id: &str) -> Vec<Block> {
        let about = match self.about {
            About::Whether => "does it apply?",
            About::Extent => "how far does it go?",
        };
        let settled = if self.is_open() { "" } else { " (settled)" };
        let mut blocks = vec![Block::heading(3, format!("{}: {about}{settled}", self.place), id)];
        blocks.extend(self.before.iter().map(|one| Block::Quote(one.quote("just before"))));
        blocks.extend(self.said.iter().map(|one| Block::Quote(one.quote(""))));
        if self.unsaid > 0 {
            blocks.push(Block::paragraph(format!("and {} more", count_of(self.unsaid, "unit"))));
        }
        blocks.extend(self.after.iter().map(|one| Block::Quote(one.quote("just after"))));
        let mut pairs: Vec<(String, Vec<Run>)> = self.applied.iter().map(Mark::pair).collect();
        pairs.extend(self.others.iter().map(OtherShown::pair));
        pairs.extend(self.memos.iter().map(NotedShown::pair));
        pairs
            .push(("Decided".to_owned(), self.since.as_ref().map_or_else(|| vec![to_decide()], since::Shown::decided)));
        blocks.push(Block::Pairs(pairs));
        blocks
    }
}

fn print(press: &mut Press, passage: &Passage) -> Printed {
    press.print(&passage.anchor, &passage.quotation)
}

fn mark(press: &mut Press, applied: &Applied) -> Mark {
    let marked = (!applied.is_all).then(|| print(press, &applied.marked));
    Mark { coder: applied.coder.clone(), coding: applied.coding.clone(), marked }
}

impl Mark {
    fn pair(&self) -> (String, Vec<Run>) {
        let what = match &self.marked {
            None => Run::plain("all of it"),
            Some(marked) if marked.withheld.is_some() => Run::Gap(marked.words()),
            Some(marked) => Run::Quotation(marked.words()),
        };
        (format!("{} has it", self.coder), vec![what, Run::plain(format!(" ({})", self.coding))])
    }
}

impl OtherShown {
    fn pair(&self) -> (String, Vec<Run>) {
        let here = if self.codes.is_empty() {
            "no code here".to_owned()
        } else {
            format!("but {} here", self.codes.join(", "))
        };
        (format!("{} has not", self.coder), vec![Run::plain(here)])
    }
}

impl NotedShown {
    fn pair(&self) -> (String, Vec<Run>) {
        let who = self.author.as_deref().map(|author| format!(" by {author}")).unwrap_or_default();
        (format!("Memo {}{who}", self.id), vec![Run::plain(self.text.clone())])
    }
}
