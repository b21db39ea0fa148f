//! Ballots to hand out: a page a member fills in and saves, a paper form, a grid for a pile of paper.

use super::collect::{self, GRID};
use super::items;
use super::stage::find_open;
use crate::act::sheet::Form;
use crate::act::sheet::cells::Sheet;
use crate::act::{meeting, panel};
use crate::diagnostic::{Result, fault};
use crate::meeting::{Meeting, Practical};
use crate::panel::Member;
use crate::project::Project;
use crate::render::Print;
use crate::render::ballot::{self, Paper, Question, Ticket};
use crate::report::block::day_in_words;
use crate::round::{CONSENT, Item, Round, Terms, Way};

crate::vocabulary! {
    /// What ballots are made as.
    pub enum As "form of a ballot" {
        /// A page for each member, to be filled in without a network.
        Html "html",
        /// A paper form, a page or more for each member.
        Docx "docx",
        /// One grid with a row for each member.
        Csv "csv",
        Xlsx "xlsx",
    }
}

/// A file to be written, by the name it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Makes ballots for all who have a seat, or (`waiting`) for those who have not answered, or for those named by token.
///
/// Faults: `not-open`, `round-closed`, `only-discussed`, `all-answered`, `stranger`, `key-missing`.
pub fn make(project: &Project, typed: &str, forms: &[As], waiting: bool, named: &[String]) -> Result<Vec<Made>> {
    make_as(project, typed, forms, waiting, named, Print::Usual)
}

/// The same in letters of a size.
pub fn make_as(
    project: &Project,
    typed: &str,
    forms: &[As],
    waiting: bool,
    named: &[String],
    print: Print,
) -> Result<Vec<Made>> {
    let round = find_open(project, typed)?;
    let label = project.label(round.id);
    if round.terms().way == Way::Discussion {
        return Err(fault("only-discussed", format!("{label} is talked over: there is nothing to fill in"))
            .hint(format!("when it is done: realist round close {label}; then realist decide --round {label}")));
    }
    let mut tickets = tickets(project, &round, waiting)?;
    retain_named(&mut tickets, named, &label, |ticket| &ticket.token)?;
    if tickets.is_empty() {
        return Err(fault("all-answered", format!("everybody has answered {label}"))
            .hint("leave --waiting out for all ballots"));
    }
    let paper = Paper { print, ..paper(project, &round, &label) };
    let mut made = Vec::new();
    for form in forms {
        match form {
            As::Html => made.extend(tickets.iter().map(|ticket| Made {
                name: format!("{label}-{}.html", ticket.token),
                bytes: ballot::html(&paper, ticket),
            })),
            As::Docx => {
                made.push(Made { name: format!("{label}-ballots.docx"), bytes: ballot::docx(&paper, &tickets) });
            }
            As::Csv => made.push(grid(&paper, &tickets, Form::Csv)?),
            As::Xlsx => made.push(grid(&paper, &tickets, Form::Xlsx)?),
        }
    }
    Ok(made)
}

/// Keeps what is of those named by their tokens, or all where nobody is named. Fault `stranger`.
pub(super) fn retain_named<T>(all: &mut Vec<T>, named: &[String], round: &str, token: fn(&T) -> &str) -> Result<()> {
    let named: Vec<String> = named.iter().map(|one| one.trim().to_lowercase()).collect();
    if named.iter().any(|one| all.iter().all(|held| token(held) != one)) {
        // What was typed may be a name: it is not repeated.
        return Err(fault("stranger", format!("not everybody named has a seat in {round} that waits for this"))
            .hint(format!("who has: realist round show {round}")));
    }
    all.retain(|one| named.is_empty() || named.iter().any(|name| name == token(one)));
    Ok(())
}

/// A ticket for each seat: the member's, or the deputy's.
fn tickets(project: &Project, round: &Round, waiting: bool) -> Result<Vec<Ticket>> {
    let silent = collect::silent(project, round);
    let members = panel::members(project, round.panel);
    let seats = members.iter().filter(|one| round.roll().iter().any(|seat| seat.member == one.id) && one.is_here());
    let answering = |seat: &Member| {
        let deputy = round.deputy_of(seat.id).and_then(|id| members.iter().find(|one| one.id == id));
        deputy.unwrap_or(seat).clone()
    };
    let wanted = seats.filter(|seat| !waiting || silent.contains(&seat.token)).map(answering);
    wanted
        .map(|member| {
            let mark = collect::mark(&panel::key(project, &member)?, round.id);
            Ok(Ticket { group: project.settings().group_title(&member.group), token: member.token, mark })
        })
        .collect()
}

fn paper(project: &Project, round: &Round, label: &str) -> Paper {
    let terms = round.terms();
    Paper {
        project: project.settings().title.clone(),
        round: label.to_owned(),
        title: round.name.clone(),
        way: terms.way,
        scale: terms.scale,
        picks: collect::picks(terms),
        back: back(project, round),
        print: Print::Usual,
        questions: questions(project, terms),
    }
}

/// By which meeting a ballot goes back, and whom to ask, as far as that is on record.
fn back(project: &Project, round: &Round) -> Option<String> {
    let held: Meeting = project.state().get(round.meeting?)?;
    let day = held.date.as_deref().map(|day| format!("It goes back by the meeting on {}.", day_in_words(day)));
    let contact = meeting::practical(project, &held, Practical::Contact);
    let contact = contact.map(|words| format!("Support, and questions: {}", words.trim()));
    let said: Vec<String> = day.into_iter().chain(contact).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// What a question is about is explained where it is first asked.
fn questions(project: &Project, terms: &Terms) -> Vec<Question> {
    let before = std::iter::once(None).chain(terms.items.iter().map(|item| item.about));
    let pairs = terms.items.iter().zip(before);
    pairs.map(|(item, before)| question(project, terms.way, item, item.about != before)).collect()
}

fn question(project: &Project, way: Way, item: &Item, is_first: bool) -> Question {
    let explained = item.explained.clone().unwrap_or_else(|| items::explained(project, item));
    let follows = explained.follows.map(|text| format!("If so: {text}"));
    let plain = explained.plain.filter(|_| is_first);
    let (asked, option) = item.parted();
    let choices = match way {
        Way::Consent => CONSENT.iter().map(|key| ((*key).to_owned(), ballot::consent_title(key).to_owned())).collect(),
        _ => item.choices.iter().map(|choice| (choice.key.clone(), choice.text.clone())).collect(),
    };
    Question {
        key: item.key.clone(),
        whole: item.text.clone(),
        above: option.filter(|_| is_first).map(|_| (asked.to_owned(), plain.clone())),
        text: option.map_or_else(|| asked.to_owned(), |option| format!("Option {option}")),
        plain: plain.filter(|_| option.is_none()).into_iter().chain(follows).collect(),
        choices,
    }
}

fn grid(paper: &Paper, tickets: &[Ticket], form: Form) -> Result<Made> {
    let mut headings: Vec<String> = GRID.map(str::to_owned).to_vec();
    for question in &paper.questions {
        headings.push(format!("{}: {}", question.key, question.whole));
        headings.push(format!("{} reason", question.key));
    }
    let row = |ticket: &Ticket| {
        let mut row = vec![ticket.mark.clone(), ticket.token.clone(), ticket.group.clone()];
        row.resize(headings.len(), String::new());
        row
    };
    let rows = tickets.iter().map(row).collect();
    let bytes = Sheet { headings, rows }.write(form)?;
    Ok(Made { name: format!("{}-grid.{form}", paper.round), bytes })
}
