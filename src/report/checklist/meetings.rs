//! What a project holds of meetings that a checklist may ask for: when they were, who came, what was sent. Never what was
//! said there, nor the arrangements, which may name people.

use super::holdings::Holdings;
use crate::meeting::Practical;
use crate::report::block::count_of;
use crate::report::meeting::Shown;

impl Holdings<'_> {
    pub fn held(&self) -> impl Iterator<Item = &Shown> {
        self.brief.meetings.iter().filter(|one| one.look.held)
    }

    /// `G1.gj on 2026-03-11 (180 minutes, 7 items, with R2.gj)`.
    pub fn meetings_held(&self) -> Option<String> {
        let each = self.held().map(|one| {
            let mut what: Vec<String> =
                one.look.minutes.map(|minutes| count_of(minutes as usize, "minute")).into_iter().collect();
            what.push(count_of(one.look.items, "item"));
            let rounds: Vec<&str> = one.rounds.iter().map(|round| round.id.as_str()).collect();
            what.extend((!rounds.is_empty()).then(|| format!("with {}", rounds.join(", "))));
            let day = one.look.date.as_ref().map(|day| format!(" on {day}")).unwrap_or_default();
            format!("{}{day} ({})", one.look.id, what.join(", "))
        });
        joined(each)
    }

    /// `G1.gj: 2026-03-11`.
    pub fn meeting_days(&self) -> Option<String> {
        joined(self.held().filter_map(|one| Some(format!("{}: {}", one.look.id, one.look.date.as_ref()?))))
    }

    /// `G1.gj: 11 of 14 came (Service users 5 of 5, smaller groups together 6 of 9)`.
    pub fn attendance(&self) -> Option<String> {
        let each = self.held().map(|one| {
            let invited = one.by_group(|member| member.invited.is_some() || member.there == Some(true));
            let came = one.by_group(|member| member.there == Some(true));
            let (n, all) = (came.values().sum::<usize>(), invited.values().sum::<usize>());
            format!("{}: {n} of {all} came ({})", one.look.id, self.panels().shares(&came, &invited))
        });
        joined(each)
    }

    /// `papers of G1.gj sent on 2026-03-01 to 14 members`.
    pub fn papers_sent(&self) -> Option<String> {
        let each = self.brief.meetings.iter().flat_map(|one| {
            let sent = one.sent.iter();
            sent.map(|sent| {
                format!("papers of {} sent on {} to {}", one.look.id, sent.on, count_of(sent.to.len(), "member"))
            })
        });
        joined(each)
    }

    /// Meetings whose members are told of a practical matter, by their labels.
    pub fn told_of(&self, matter: Practical) -> Option<String> {
        let told = self.brief.meetings.iter().filter(|one| one.practical.contains_key(&matter));
        let labels: Vec<&str> = told.map(|one| one.look.id.as_str()).collect();
        (!labels.is_empty()).then(|| labels.join(", "))
    }
}

fn joined(each: impl Iterator<Item = String>) -> Option<String> {
    let each: Vec<String> = each.collect();
    (!each.is_empty()).then(|| each.join("; "))
}
