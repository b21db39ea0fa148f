//! What is on record of panels and their rounds, in sentences: for the methods section and the checklists. Never what anybody
//! answered; groups that are too small to be told are pooled for others.

use super::Brief;
use super::block::count_of;
use super::voting_rules::method;
use crate::consensus::{POOLED, Pool, in_print};
use crate::id::Id;
use crate::panel::Member;
use crate::participant::Audience;
use crate::round::{Round, Stage, Terms, Way};
use crate::synthesis::Synthesis;
use std::collections::{BTreeMap, BTreeSet};

/// Panels and rounds as one audience may hear of them.
pub(super) struct Panels<'s> {
    synthesis: &'s Synthesis,
    brief: &'s Brief,
}

impl<'s> Panels<'s> {
    pub fn of(synthesis: &'s Synthesis, brief: &'s Brief) -> Self {
        Panels { synthesis, brief }
    }

    /// Members of all panels, those who left included.
    pub fn members(&self) -> impl Iterator<Item = &'s Member> {
        self.synthesis.members.values()
    }

    /// Rounds that were opened, in the order of their labels.
    pub fn rounds(&self) -> Vec<&'s Round> {
        let mut rounds: Vec<&Round> =
            self.synthesis.rounds.values().filter(|one| one.stage() != Stage::Planned).collect();
        rounds.sort_by_key(|one| (self.synthesis.labels.get(&one.id), one.id));
        rounds
    }

    /// Rounds that were voted in, not only talked.
    pub fn votes(&self) -> Vec<&'s Round> {
        self.rounds().into_iter().filter(|one| one.terms().way != Way::Discussion).collect()
    }

    pub fn label(&self, id: Id) -> String {
        self.synthesis.label(id)
    }

    /// `14 members (Service users 5, Practitioners 4, smaller groups together 5)`.
    pub fn makeup(&self) -> Option<String> {
        let groups = by_group(self.members().map(|one| one.group.as_str()));
        let all: usize = groups.values().sum();
        (all > 0).then(|| {
            let panels = match self.synthesis.panels.len() {
                1 => String::new(),
                n => format!(" of {}", count_of(n, "panel")),
            };
            format!("{}{panels} ({})", count_of(all, "member"), self.told(&groups))
        })
    }

    /// `R1.gj (Delphi, 3 items, 1 to 9, rule 70/15, quorum 60%): opened 2026-03-01, closed 2026-03-14`.
    pub fn steps(&self) -> Option<String> {
        let rounds = self.rounds();
        let each = rounds.iter().map(|round| {
            let terms = round.terms();
            let mut what = vec![method(terms.way).to_owned(), count_of(terms.items.len(), "item")];
            what.extend(terms.scale.map(|scale| format!("{} to {}", scale.least, scale.most)));
            what.extend(rule(terms, |group| self.synthesis.settings.group_title(group)));
            format!("{} ({}): {}", self.label(round.id), what.join(", "), days(round))
        });
        (!rounds.is_empty()).then(|| each.collect::<Vec<_>>().join("; "))
    }

    /// `R1.gj: opened 2026-03-01, closed 2026-03-14`.
    pub fn days(&self) -> Option<String> {
        let rounds = self.rounds();
        let each = rounds.iter().map(|round| format!("{}: {}", self.label(round.id), days(round)));
        (!rounds.is_empty()).then(|| each.collect::<Vec<_>>().join("; "))
    }

    /// How each round could be answered.
    pub fn scales(&self) -> Option<String> {
        let votes = self.votes();
        let each = votes.iter().map(|round| {
            let how = match round.terms().scale {
                Some(scale) => format!("ratings from {} to {}", scale.least, scale.most),
                None => method(round.terms().way).to_owned(),
            };
            format!("{}: {} by {how}", self.label(round.id), count_of(round.terms().items.len(), "item"))
        });
        (!votes.is_empty()).then(|| each.collect::<Vec<_>>().join("; "))
    }

    /// By which rule each round was judged, and since when it stood.
    pub fn rules(&self) -> Option<String> {
        let votes = self.votes();
        let each = votes.iter().map(|round| {
            let said = rule(round.terms(), |group| self.synthesis.settings.group_title(group));
            let opened = round.opened.as_ref().map_or("", |one| one.on.as_str());
            format!("{}: {}, fixed when it opened on {opened}", self.label(round.id), said.join(", "))
        });
        (!votes.is_empty()).then(|| each.collect::<Vec<_>>().join("; "))
    }

    /// `R1.gj: 11 of 14 took part (Service users 5 of 5, …)`. Who only stands as late or absent did not.
    pub fn response(&self) -> Option<String> {
        let closed: Vec<&Round> = self.votes().into_iter().filter(|one| one.stage() == Stage::Closed).collect();
        let each: Vec<String> = closed
            .iter()
            .filter_map(|round| {
                let turnout = self.brief.turnout.get(&round.id)?;
                let invited = by_group(round.roll().iter().map(|seat| seat.group.as_str()));
                let there = |group: &String| turnout.there.get(group).copied().unwrap_or(0);
                let there: BTreeMap<String, usize> =
                    invited.keys().map(|group| (group.clone(), there(group))).collect();
                // Only the team need know that somebody left.
                let unread = match (turnout.unread, self.brief.audience) {
                    (1.., Audience::Team) => {
                        format!("; {} cannot be read any more", count_of(turnout.unread, "ballot"))
                    }
                    _ => String::new(),
                };
                Some(format!(
                    "{}: {} of {} took part ({}){unread}",
                    self.label(round.id),
                    there.values().sum::<usize>(),
                    invited.values().sum::<usize>(),
                    self.shares(&there, &invited)
                ))
            })
            .collect();
        (!each.is_empty()).then(|| each.join("; "))
    }

    /// Rounds that took another's place with other wording, and items of a round that the next did not ask again.
    pub fn changed(&self) -> Option<String> {
        let rounds = self.rounds();
        let amended = rounds.iter().filter_map(|round| {
            let former = self.synthesis.rounds.get(&round.amends?)?;
            let reworded = differing(former, round).len();
            Some(format!(
                "{} took the place of {} with {} worded otherwise",
                self.label(round.id),
                self.label(former.id),
                count_of(reworded, "item")
            ))
        });
        let dropped = rounds.iter().filter_map(|round| {
            let former = self.synthesis.rounds.get(&round.after?)?;
            let gone = differing(former, round);
            (!gone.is_empty()).then(|| {
                format!(
                    "{} asked {} of {} no more, or not in the same words: {}",
                    self.label(round.id),
                    count_of(gone.len(), "item"),
                    self.label(former.id),
                    gone.join(", ")
                )
            })
        });
        let all: Vec<String> = amended.chain(dropped).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// Rounds that followed another, so that members could be told what came of that.
    pub fn following(&self) -> Vec<String> {
        let after = |round: &&Round| round.after.is_some();
        self.votes().into_iter().filter(after).map(|round| self.label(round.id)).collect()
    }

    /// `discussion, delphi`: how decisions say they were reached.
    pub fn decided(&self) -> Option<String> {
        let ways: BTreeSet<String> =
            self.synthesis.decisions.iter().map(|one| one.method.word().replace('_', " ")).collect();
        (!ways.is_empty()).then(|| ways.into_iter().collect::<Vec<_>>().join(", "))
    }

    /// `Service users 5 of 5, smaller groups together 6 of 9`.
    pub fn shares(&self, some: &BTreeMap<String, usize>, all: &BTreeMap<String, usize>) -> String {
        let pool = self.pool(&[all.clone(), some.clone()]);
        let (some, all) = (pool.counts(some), pool.counts(all));
        let share = |(group, n): (&String, &usize)| {
            format!("{} {n} of {}", self.title(group), all.get(group).copied().unwrap_or(0))
        };
        some.iter().map(share).collect::<Vec<_>>().join(", ")
    }

    fn pool(&self, sizes: &[BTreeMap<String, usize>]) -> Pool {
        match self.brief.audience {
            Audience::Team => Pool::none(),
            _ => Pool::of(sizes, self.synthesis.settings.thresholds.smallest_group),
        }
    }

    fn told(&self, groups: &BTreeMap<String, usize>) -> String {
        let shown = self.pool(std::slice::from_ref(groups)).counts(groups);
        let shown: Vec<String> = shown.iter().map(|(group, n)| format!("{} {n}", self.title(group))).collect();
        shown.join(", ")
    }

    fn title(&self, group: &str) -> String {
        if group == POOLED { "smaller groups together".to_owned() } else { self.synthesis.settings.group_title(group) }
    }
}

fn by_group<'g>(groups: impl Iterator<Item = &'g str>) -> BTreeMap<String, usize> {
    groups.fold(BTreeMap::new(), |mut counts, group| {
        *counts.entry(group.to_owned()).or_default() += 1;
        counts
    })
}

/// `rule 70/15`, `quorum 60%`, `1 of each group`, `response 70%`.
fn rule(terms: &Terms, title: impl Fn(&str) -> String) -> Vec<String> {
    let rule = &terms.rule;
    let mut said: Vec<String> = rule.judge.iter().map(|judge| format!("rule {}", in_print(judge))).collect();
    let mut quorum: Vec<String> = rule.quorum.iter().map(ToString::to_string).collect();
    quorum.extend(rule.quorum_each.iter().map(|least| format!("{least} of each group")));
    quorum.extend(rule.quorum_of.iter().map(|(group, least)| format!("{least} of {}", title(group))));
    if !quorum.is_empty() {
        said.push(format!("quorum {}", quorum.join(" and ")));
    }
    said.extend(rule.response.iter().map(|least| format!("response {least}")));
    said
}

fn days(round: &Round) -> String {
    let opened = round.opened.as_ref().map(|one| format!("opened {}", one.on));
    let closed = match &round.closed {
        Some(closed) => format!("closed {}", closed.on),
        None => "still open".to_owned(),
    };
    opened.into_iter().chain([closed]).collect::<Vec<_>>().join(", ")
}

/// Items of the former round that the later does not have in the same words.
fn differing(former: &Round, later: &Round) -> Vec<String> {
    let asked: BTreeSet<&str> = later.terms().items.iter().map(|item| item.text.as_str()).collect();
    let items = former.terms().items.iter();
    items.filter(|item| !asked.contains(item.text.as_str())).map(|item| item.key.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{Kind, Label};
    use crate::report::{Turnout, sample};
    use serde_json::{Value, json};

    fn of(kind: Kind, number: u32) -> Id {
        sample::id(kind, number)
    }

    /// Five, four and two people, of groups in that order; `R1` asked all, and as many of each group answered as said.
    fn held(answered: [usize; 3]) -> Synthesis {
        let mut all = Synthesis::empty(sample::settings());
        let (panel, groups) = (of(Kind::Panel, 1), [("users", 5), ("staff", 4), ("gps", 2)]);
        all.panels.insert(panel, serde_json::from_value(json!({ "name": "Panel" })).unwrap());
        let (mut roll, mut counted, mut number) = (Vec::new(), Vec::new(), 0);
        for ((group, people), answered) in groups.into_iter().zip(answered) {
            for at in 0..people {
                number += 1;
                let id = of(Kind::Member, number);
                let typed = json!({ "panel": panel, "group": group, "token": format!("{group}{at}"), "key": { "sealed": "x" } });
                all.members.insert(id, serde_json::from_value::<Member>(typed).unwrap());
                roll.push(json!({ "member": id, "group": group }));
                if at < answered {
                    counted.push(json!({ "ballot": id, "member": id, "answers": "x" }));
                }
            }
        }
        let terms = terms("delphi", &["Peers are in every team", "Groups are offered"]);
        add(
            &mut all,
            1,
            &json!({
                "terms": terms,
                "opened": { "on": "2026-03-01", "by": "gj", "terms": terms, "roll": roll },
                "closed": { "on": "2026-03-14", "by": "gj", "counted": counted },
            }),
        );
        all
    }

    /// What a paper is told: how many of each group took part in `R1`.
    fn told(there: &[usize; 3], audience: Audience) -> Brief {
        let there = ["users", "staff", "gps"].into_iter().zip(there).map(|(group, n)| (group.to_owned(), *n));
        let turnout = Turnout { there: there.collect(), unread: 0 };
        Brief { turnout: [(of(Kind::Round, 1), turnout)].into(), ..Brief::new(audience) }
    }

    fn terms(way: &str, items: &[&str]) -> Value {
        let items = items.iter().enumerate().map(|(at, text)| json!({ "key": format!("q{}", at + 1), "text": text }));
        json!({
            "way": way,
            "items": items.collect::<Vec<_>>(),
            "scale": { "least": 1, "most": 9, "low": 3, "high": 7 },
            "rule": { "judge": "70/15", "least_group": 3, "quorum": "60%", "quorum_of": { "gps": "1" } },
        })
    }

    fn add(all: &mut Synthesis, number: u32, fields: &Value) {
        let id = of(Kind::Round, number);
        let mut record = json!({ "panel": of(Kind::Panel, 1), "name": "Round" });
        record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        all.labels.insert(id, Label::new(Kind::Round, number, "gj"));
        all.rounds.insert(id, Round { id, ..serde_json::from_value(record).unwrap() });
    }

    fn opened(way: &str, items: &[&str]) -> Value {
        json!({ "on": "2026-04-01", "by": "gj", "terms": terms(way, items), "roll": [] })
    }

    #[test]
    fn the_makeup_and_the_response_pool_small_groups_for_others_alone() {
        let all = held([5, 3, 1]);
        let (team, others) = (told(&[5, 3, 1], Audience::Team), told(&[5, 3, 1], Audience::Publication));
        let (team, others) = (Panels::of(&all, &team), Panels::of(&all, &others));
        assert_eq!(team.makeup().unwrap(), "11 members (GPs 2, Practitioners 4, Service users 5)");
        assert!(!others.makeup().unwrap().contains("GPs") && others.makeup().unwrap().starts_with("11 members ("));
        assert!(team.response().unwrap().contains("9 of 11 took part"), "{:?}", team.response());
        assert!(team.response().unwrap().contains("GPs 1 of 2"));
        let pooled = others.response().unwrap();
        assert!(!pooled.contains("GPs") && pooled.contains("smaller groups together 4 of 6"), "{pooled}");
    }

    #[test]
    fn who_only_stands_as_absent_took_no_part() {
        let all = held([5, 4, 2]);
        let brief = told(&[5, 2, 1], Audience::Team);
        let response = Panels::of(&all, &brief).response().unwrap();
        assert!(response.contains("8 of 11 took part") && response.contains("Practitioners 2 of 4"), "{response}");
    }

    #[test]
    fn a_round_is_told_with_its_method_rule_quorum_and_days() {
        let all = held([5, 4, 2]);
        let brief = told(&[5, 4, 2], Audience::Team);
        let panels = Panels::of(&all, &brief);
        assert_eq!(
            panels.steps().unwrap(),
            "R1.gj (Delphi, 2 items, 1 to 9, rule 70/15, quorum 60% and 1 of GPs): opened 2026-03-01, closed 2026-03-14"
        );
        assert_eq!(panels.days().unwrap(), "R1.gj: opened 2026-03-01, closed 2026-03-14");
        assert_eq!(panels.scales().unwrap(), "R1.gj: 2 items by ratings from 1 to 9");
        let rules = "R1.gj: rule 70/15, quorum 60% and 1 of GPs, fixed when it opened on 2026-03-01";
        assert_eq!(panels.rules().unwrap(), rules);
        assert!(panels.changed().is_none() && panels.following().is_empty() && panels.decided().is_none());
    }

    #[test]
    fn what_is_only_planned_or_talked_over_is_no_vote() {
        let mut all = held([5, 4, 2]);
        add(&mut all, 2, &json!({ "terms": terms("delphi", &["Planned"]) }));
        add(
            &mut all,
            3,
            &json!({ "terms": terms("discussion_only", &["Talk"]), "opened": opened("discussion_only", &["Talk"]) }),
        );
        let brief = told(&[5, 4, 2], Audience::Team);
        let panels = Panels::of(&all, &brief);
        assert_eq!(panels.rounds().len(), 2, "a planned round was not held");
        assert_eq!(panels.votes().len(), 1);
        assert!(panels.days().unwrap().ends_with("R3.gj: opened 2026-04-01, still open"));
        assert!(!panels.response().unwrap().contains("R3.gj"), "a round that is open has no response yet");
    }

    #[test]
    fn items_that_were_reworded_or_dropped_are_named() {
        let mut all = held([5, 4, 2]);
        let first = of(Kind::Round, 1);
        let items = ["Peers are in every team", "Groups are offered and never required"];
        add(
            &mut all,
            2,
            &json!({ "terms": terms("delphi", &items), "opened": opened("delphi", &items), "after": first }),
        );
        add(
            &mut all,
            3,
            &json!({ "terms": terms("delphi", &items), "opened": opened("delphi", &items), "amends": first }),
        );
        let brief = told(&[5, 4, 2], Audience::Team);
        let panels = Panels::of(&all, &brief);
        let changed = panels.changed().unwrap();
        assert!(changed.contains("R3.gj took the place of R1.gj with 1 item worded otherwise"), "{changed}");
        assert!(changed.contains("R2.gj asked 1 item of R1.gj no more, or not in the same words: q2"), "{changed}");
        assert_eq!(panels.following(), ["R2.gj"]);
    }

    #[test]
    fn an_empty_project_has_nothing_to_tell_of_panels() {
        let nothing = Synthesis::empty(sample::settings());
        let brief = told(&[5, 4, 2], Audience::Team);
        let panels = Panels::of(&nothing, &brief);
        let told =
            [panels.makeup(), panels.steps(), panels.days(), panels.rules(), panels.response(), panels.decided()];
        assert!(told.iter().all(Option::is_none), "{told:?}");
    }
}
