//! The briefing on one uncertainty (method reference 6.2): both sides get the same space, a gap is
//! shown as a gap, and an empty cell says "none found".

use super::order::Item;
use super::views::{self, StatementEvidence};
use crate::participant::Audience;
use crate::report::Brief;
use crate::report::block::{Block, Run};
use crate::report::contest::{Contest, Role};
use crate::report::groups::{self, GroupRow};
use crate::report::meeting::Shown;
use crate::report::version::Version;
use crate::report::voices::Voices;
use crate::report::voting_rules;
use crate::report::who;
use crate::report::words::Press;
use crate::report::{Ranking, TO_WRITE};
use crate::round::{Scale, Terms, Way};
use crate::table::{Cell, Column, Table};
use crate::uncertainty::{Choice, UncertaintyStatus};
use serde::Serialize;

/// Everything a briefing says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Briefing {
    pub id: String,
    pub place: usize,
    pub of: usize,
    pub place_set_by_people: bool,
    pub text: String,
    pub plain: Option<String>,
    pub why: Option<String>,
    pub unknown: Option<String>,
    pub component: Option<String>,
    pub status: UncertaintyStatus,
    pub minutes: Option<u32>,
    pub introduced_by: Option<String>,
    pub options: Vec<Choice>,
    pub statements: Vec<StatementEvidence>,
    /// The same number of places for every view and either side.
    pub voices: Vec<Voices>,
    pub groups: Vec<GroupRow>,
    /// The groups in a sentence.
    pub who: Option<String>,
    /// The state of the theory, in words.
    pub theory: Option<String>,
    /// How it is voted on at the meeting, in words.
    pub vote: Option<String>,
    /// The version of the theory by its name, and what a member does on the ballot: where both stand in full elsewhere.
    #[serde(skip)]
    version: Option<String>,
    #[serde(skip)]
    on_ballot: Option<String>,
    /// What the proposed order rests on, in words; for the team.
    #[serde(skip)]
    priority: Option<String>,
    /// How its place came about, in words.
    #[serde(skip)]
    order: &'static str,
    #[serde(skip)]
    contest: Contest,
    #[serde(skip)]
    form: Form,
    #[serde(skip)]
    is_plain: bool,
}

/// `Proposed priority 0.46 of 1: conflict in the evidence 0.31, …`; what is not known is left out.
fn priority(ranking: &Ranking) -> Option<String> {
    let score = ranking.score?;
    let parts: Vec<String> =
        ranking.parts.iter().filter_map(|part| part.value.map(|value| format!("{} {value:.2}", part.key))).collect();
    Some(format!("Proposed priority {score:.2} of 1: {}.", parts.join(", ")))
}

fn order_of(item: &Item<'_>) -> &'static str {
    match (item.set_by_people, item.ranking.is_some()) {
        _ if item.on_agenda => "in the order of the agenda",
        (true, _) => "in the order people set",
        (false, true) => "in the order proposed",
        (false, false) => "in the order of entry",
    }
}

/// What there is to fill in beside each option.
#[derive(Debug, Clone, PartialEq)]
enum Form {
    /// No meeting is planned yet: a rating, should the meeting agree to vote.
    Offered,
    /// The round of the meeting that asks about it.
    Asked(Box<Terms>),
    /// It is talked over.
    Nothing,
}

impl Form {
    fn of(meeting: Option<&Shown>, about: crate::id::Id) -> Self {
        let Some(meeting) = meeting else { return Form::Offered };
        match voting_rules::round_on(meeting, about) {
            Some(round) if round.way != Way::Discussion => Form::Asked(Box::new(round.terms.clone())),
            _ => Form::Nothing,
        }
    }

    /// The column to fill in, and what stands in each row.
    fn column(&self) -> Option<(String, String)> {
        let rated = |scale: Scale, low: &str, high: &str| {
            let numbers: Vec<String> = (scale.least..=scale.most).map(|number| number.to_string()).collect();
            // Numbers of one scale stay on one line.
            let row = numbers.join("\u{a0}");
            Some((format!("{} ({low}) to {} ({high})", scale.least, scale.most), row))
        };
        match self {
            Form::Offered => rated(Scale::NINE, "not at all", "fully"),
            Form::Asked(terms) => match terms.way {
                Way::Ram => rated(Scale::NINE, "not appropriate", "appropriate"),
                Way::Delphi => rated(terms.scale.unwrap_or(Scale::NINE), "do not agree", "fully agree"),
                Way::Percent | Way::Consent => Some(("Your vote".to_owned(), BOX.to_owned())),
                Way::Ngt | Way::Rank => Some(("Your points or place".to_owned(), "……".to_owned())),
                Way::Discussion => None,
            },
            Form::Nothing => None,
        }
    }
}

/// To tick.
const BOX: &str = "\u{2610}";

impl Briefing {
    /// One for each item of an agenda.
    pub fn all(press: &mut Press, brief: &Brief, items: &[Item]) -> Vec<Self> {
        items.iter().map(|item| Briefing::of(press, brief, item)).collect()
    }

    fn of(press: &mut Press, brief: &Brief, item: &Item) -> Self {
        let synthesis = press.synthesis;
        let one = item.uncertainty;
        let contest = Contest::of(synthesis, one);
        let rows = groups::groups(press, &contest);
        let meeting = brief.meeting.as_ref();
        let round = meeting.and_then(|held| voting_rules::round_on(held, one.id));
        Briefing {
            id: synthesis.label(one.id),
            place: item.place,
            of: item.of,
            place_set_by_people: item.set_by_people,
            text: one.text.clone(),
            plain: one.plain.clone(),
            why: one.why.clone(),
            unknown: one.unknown.clone(),
            component: one.component.map(|id| synthesis.label(id)),
            status: one.status,
            minutes: one.minutes,
            introduced_by: one.introduced_by.as_ref().map(|by| who::told(press, by)),
            options: one.options.clone(),
            statements: StatementEvidence::all(press, &contest),
            voices: Voices::of_views(press, &contest),
            who: groups::sentence(press, &rows),
            groups: rows,
            theory: brief.theory.as_ref().map(Version::in_words),
            vote: meeting.zip(round).map(|(shown, held)| voting_rules::of_round(&synthesis.settings, shown, held)),
            version: brief.theory.as_ref().map(Version::in_short),
            on_ballot: round.and_then(voting_rules::in_short),
            order: order_of(item),
            priority: item.ranking.filter(|_| press.is_for_team()).and_then(priority),
            form: Form::of(meeting, one.id),
            is_plain: press.audience == Audience::Meeting,
            contest,
        }
    }

    pub fn blocks(&self, press: &Press) -> Vec<Block> {
        let mut blocks = vec![
            Block::heading(2, format!("{} {}", self.id, self.text), format!("briefing-{}", self.id)),
            Block::paragraph(format!(
                "Number {} of {}, {}.{}{}",
                self.place,
                self.of,
                self.order,
                self.priority.as_ref().map(|said| format!(" {said}")).unwrap_or_default(),
                self.version.as_ref().map(|said| format!(" The theory it rests on: {said}.")).unwrap_or_default()
            )),
        ];
        let mut put = |title: &str, inner: Vec<Block>| {
            blocks.push(Block::heading(3, title, format!("briefing-{} {title}", self.id)));
            blocks.extend(inner);
        };
        put("In plain words", vec![written(self.plain.as_deref())]);
        put("Why it matters", vec![written(self.why.as_deref())]);
        put("What we think happens", views::thoughts(&self.statements, &self.contest));
        put("Evidence", views::evidence(press.synthesis, &self.id, &self.statements));
        put("Voices", self.voices());
        put("Who sees it differently", self.who(press));
        put("What we do not know", vec![written(self.unknown.as_deref())]);
        put("Options and vote", self.options_blocks());
        blocks
    }

    fn voices(&self) -> Vec<Block> {
        if self.voices.is_empty() {
            return vec![Block::none_found()];
        }
        let mut blocks: Vec<Block> = self.voices.iter().flat_map(|one| one.facing(self.is_plain)).collect();
        blocks.push(Block::paragraph(
            "In brackets: passages found. Those printed were chosen by rule, as many places a side for every view.",
        ));
        blocks
    }

    fn who(&self, press: &Press) -> Vec<Block> {
        if self.groups.is_empty() {
            return vec![Block::none_found()];
        }
        let note = "This is no survey. One person may stand in several columns.";
        let smallest = press.synthesis.settings.thresholds.smallest_group;
        let note = if press.is_for_team() {
            note.to_owned()
        } else {
            format!("{note} Groups of fewer than {smallest} are told together.")
        };
        let title = "People whose own words take a side, by group";
        let mut blocks: Vec<Block> = self.who.iter().map(|text| Block::paragraph(text.clone())).collect();
        blocks.push(Block::table(title, groups::table(&self.groups)));
        blocks.push(Block::paragraph(note));
        blocks
    }

    /// What can be chosen, how it is voted on, and what there is to fill in by hand.
    fn options_blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Paragraph(vec![Run::Strong(self.text.clone())])];
        if !self.options.is_empty() {
            blocks.push(Block::table(self.caption(), self.options_table()));
            blocks.extend(self.unsaid());
        }
        if self.options.len() < 2 {
            blocks.push(Block::to_write("at least two options, and what the manual would say under each"));
        }
        blocks.extend(self.on_ballot.clone().map(Block::paragraph));
        if self.form != Form::Nothing && !self.options.is_empty() {
            blocks.push(Block::paragraph("What would change my mind, and comments: ……………………………………………………"));
        }
        blocks
    }

    fn caption(&self) -> String {
        match self.form {
            Form::Offered => format!("Options for {}, and a form should the meeting agree to vote", self.id),
            Form::Asked(_) => {
                format!("Options for {}, to think over before the vote: the ballot is what counts", self.id)
            }
            Form::Nothing => format!("Options for {}", self.id),
        }
    }

    /// A row an option. What it needs, and for whom it may not work, stand where somebody wrote them of any.
    fn options_table(&self) -> Table {
        let form = self.form.column();
        let needs = self.options.iter().any(|one| one.needs.is_some());
        let not_for = self.options.iter().any(|one| one.not_for.is_some());
        let mut columns = vec![
            Column::new("key", "Option"),
            Column::new("text", "What"),
            Column::new("consequence", "What the manual would say"),
        ];
        columns.extend(needs.then(|| Column::new("needs", "What it needs")));
        columns.extend(not_for.then(|| Column::new("not_for", "For whom it may not work")));
        if let Some((title, _)) = &form {
            columns.push(Column::new("rating", title));
            columns.push(Column::new("cannot_judge", "Cannot judge"));
        }
        let mut table = Table::new(columns);
        let said = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or(TO_WRITE));
        for option in &self.options {
            let mut row = vec![option.key.as_str().into(), option.text.as_str().into(), said(&option.consequence)];
            row.extend(needs.then(|| said(&option.needs)));
            row.extend(not_for.then(|| said(&option.not_for)));
            if let Some((_, cell)) = &form {
                row.extend([cell.as_str().into(), BOX.into()]);
            }
            table.push(row);
        }
        table
    }

    /// What else it prints as TO WRITE, beside plain words, reason and options, with the command that fills it.
    pub fn gaps(&self) -> Vec<(String, String)> {
        let (id, lead) = (&self.id, self.statements.iter().find(|one| one.role == Role::Lead));
        let mut gaps = Vec::new();
        if let (true, Some(lead)) = (self.contest.rivals.is_empty(), lead) {
            gaps.push(("a rival view".to_owned(), format!("realist link add H2.gj rival_of {}", lead.id)));
        }
        let unsaid = self.statements.iter().filter(|one| one.statement.is_none());
        gaps.extend(unsaid.map(|one| {
            (format!("{} in a sentence", one.id), format!("realist hypothesis edit {} --statement \"...\"", one.id))
        }));
        if self.unknown.is_none() {
            gaps.push(("what we do not know".to_owned(), format!("realist uncertainty edit {id} --unknown \"...\"")));
        }
        let all_say = |said: fn(&Choice) -> &Option<String>| self.options.iter().all(|one| said(one).is_some());
        let said = [
            ("what the manual would say", all_say(|one| &one.consequence)),
            ("what each option needs", all_say(|one| &one.needs)),
            ("for whom it may not work", all_say(|one| &one.not_for)),
        ];
        let unsaid: Vec<&str> = said.into_iter().filter(|(_, is_said)| !is_said).map(|(what, _)| what).collect();
        if !unsaid.is_empty() {
            // All of them: what is typed takes the place of all that stand there.
            let options: Vec<String> = self.options.iter().map(Choice::to_type).collect();
            gaps.push((unsaid.join(", "), format!("realist uncertainty edit {id} {}", options.join(" "))));
        }
        gaps
    }

    /// What nobody wrote of any option.
    fn unsaid(&self) -> Option<Block> {
        let missing: Vec<&str> = [
            (self.options.iter().any(|one| one.needs.is_some()), "what each option needs"),
            (self.options.iter().any(|one| one.not_for.is_some()), "for whom it may not work"),
        ]
        .into_iter()
        .filter(|(said, _)| !said)
        .map(|(_, what)| what)
        .collect();
        (!missing.is_empty()).then(|| Block::to_write(&missing.join(", and ")))
    }
}

fn written(text: Option<&str>) -> Block {
    Block::Paragraph(vec![Run::or_to_write(text)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Kind;
    use crate::report::agenda::order;
    use crate::report::meeting::{Held, Shown};
    use crate::report::sample::{self, id};
    use crate::report::version::Frozen;
    use crate::round::{Item as Asked, Rule, Stage};
    use std::collections::BTreeMap;

    fn held() -> Held {
        let item = serde_json::json!({ "key": "q1", "text": "So", "about": id(Kind::Uncertainty, 1) });
        let item: Asked = serde_json::from_value(item).unwrap();
        let rule = Rule {
            judge: Some("classic, q7".to_owned()),
            least_group: 3,
            quorum: None,
            quorum_each: None,
            quorum_of: BTreeMap::new(),
            response: None,
        };
        Held {
            id: "R2.gj".to_owned(),
            stage: Stage::Open,
            way: Way::Ram,
            rule: rule.judge.clone(),
            groups: BTreeMap::from([("users".to_owned(), (14, 0))]),
            terms: Terms { way: Way::Ram, items: vec![item], scale: None, rule },
        }
    }

    /// The third question before the first, and a vote on this.
    fn briefings(synthesis: &crate::synthesis::Synthesis) -> (Vec<Briefing>, String) {
        let mut brief = Brief::new(Audience::Meeting);
        let agenda = vec![sample::item(1, 3), sample::item(2, 1)];
        brief.meeting = Some(Shown { agenda, rounds: vec![held()], ..sample::meeting() });
        let frozen = Frozen {
            id: "V1.gj".to_owned(),
            name: "v1".to_owned(),
            date: "2026-02-25".to_owned(),
            hash: "abc123".to_owned(),
        };
        brief.theory = Some(Version { now: frozen.hash.clone(), frozen: Some(frozen) });
        let mut press = Press::new(synthesis, Audience::Meeting);
        let all = Briefing::all(&mut press, &brief, &order::in_order(synthesis, &brief));
        let text =
            all.iter().flat_map(|one| one.blocks(&press)).map(|block| block.text()).collect::<Vec<_>>().join("\n");
        (all, text)
    }

    #[test]
    fn the_order_is_that_of_the_agenda_and_the_rest_is_said_on_other_pages() {
        let mut synthesis = sample::synthesis();
        synthesis.uncertainties.get_mut(&id(Kind::Uncertainty, 1)).unwrap().place = Some(1);
        let (all, text) = briefings(&synthesis);
        assert_eq!(all.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["U3.gj", "U1.gj"]);
        assert!(
            text.contains("Number 2 of 2, in the order of the agenda. The theory it rests on: version v1."),
            "{text}"
        );
        assert!(
            text.contains("On the ballot each line gets a rating")
                && text.contains("\u{201c}How decisions will be taken\u{201d}")
        );
        for elsewhere in ["abc123", "R2.gj", "classic", "middle rating"] {
            assert!(!text.contains(elsewhere), "{elsewhere}: {text}");
        }
        assert!(all[1].vote.as_ref().unwrap().contains("middle rating"), "data has it whole");
    }

    #[test]
    fn every_gap_a_briefing_prints_is_named_with_its_command() {
        let mut synthesis = sample::synthesis();
        let gaps = |synthesis: &crate::synthesis::Synthesis| {
            let (all, text) = briefings(synthesis);
            let one = all.into_iter().find(|one| one.id == "U1.gj").unwrap();
            let text = &text[text.find("U1.gj").unwrap()..];
            (one.gaps(), text.matches(TO_WRITE).count())
        };
        let (found, printed) = gaps(&synthesis);
        let said: Vec<&str> = found.iter().map(|(gap, _)| gap.as_str()).collect();
        assert_eq!(
            said,
            ["what we do not know", "what the manual would say, what each option needs, for whom it may not work"]
        );
        assert!(
            found.iter().all(|(_, command)| command.starts_with("realist uncertainty edit U1.gj --")) && printed == 3
        );
        let one = synthesis.uncertainties.get_mut(&id(Kind::Uncertainty, 1)).unwrap();
        one.unknown = Some("Nobody knows.".to_owned());
        for option in &mut one.options {
            for part in [&mut option.consequence, &mut option.needs, &mut option.not_for] {
                *part = Some("Something".to_owned());
            }
        }
        assert_eq!(gaps(&synthesis), (Vec::new(), 0));
        synthesis.links.clear();
        let (found, printed) = gaps(&synthesis);
        assert_eq!((found[0].0.as_str(), printed), ("a rival view", 1));
    }
}
