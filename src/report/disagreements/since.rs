//! What was settled on a place since its pass was closed, as it is printed.

use super::found::Since;
use super::to_decide;
use crate::pass::Verdict;
use crate::report::block::Run;
use crate::report::printed::Printed;
use crate::report::words::Press;
use serde::Serialize;

/// How a place of a pass stands now, as one audience may see it.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// Its number in `pass reconcile`.
    pub passage: usize,
    pub open: bool,
    pub settled: Option<Settled>,
    /// What somebody unaware of that settled otherwise.
    pub rivals: Vec<Rival>,
}

#[derive(Debug, Serialize)]
pub struct Settled {
    pub verdict: Verdict,
    pub by: String,
    pub on: Option<String>,
    /// For the team alone, and not where the words of the place are withheld: a reason may quote them.
    pub reason: Option<String>,
    /// Label of the consensus coding.
    pub coding: Option<String>,
    /// Of that: its code, and its words.
    pub code: Option<String>,
    pub marked: Option<Printed>,
}

#[derive(Debug, Serialize)]
pub struct Rival {
    pub by: String,
    pub said: Option<String>,
}

impl Shown {
    pub fn of(press: &mut Press, since: &Since, is_withheld: bool) -> Self {
        let may_quote = press.is_for_team() && !is_withheld;
        let reason = |text: &String| may_quote.then(|| text.clone());
        let settled = since.settled.as_ref().map(|settled| Settled {
            verdict: settled.verdict,
            by: settled.by.clone(),
            on: since.day.clone(),
            reason: settled.reason.as_ref().and_then(reason),
            coding: since.kept.as_ref().map(|kept| kept.coding.clone()),
            code: since.kept.as_ref().map(|kept| kept.code.clone()),
            marked: since.kept.as_ref().map(|kept| press.print(&kept.marked.anchor, &kept.marked.quotation)),
        });
        let rivals = since.rivals.iter().map(|(by, said)| Rival { by: by.clone(), said: reason(said) });
        Shown { passage: since.number, open: since.is_open, settled, rivals: rivals.collect() }
    }

    /// What stands behind `Decided`.
    pub fn decided(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        if let Some(settled) = &self.settled {
            runs.push(Run::Strong(settled.outcome()));
            if let Some(marked) = settled.marked.as_ref().filter(|_| settled.verdict == Verdict::Other) {
                runs.push(Run::plain(" on "));
                runs.push(match marked.withheld {
                    Some(_) => Run::Gap(marked.words()),
                    None => Run::Quotation(marked.words()),
                });
            }
            runs.push(Run::plain(settled.told()));
        }
        for rival in &self.rivals {
            runs.push(Run::plain(format!("; {}", rival.told())));
        }
        if self.open {
            let again = if self.settled.is_some() { "; open again: " } else { "" };
            runs.push(Run::plain(again));
            runs.push(to_decide());
        }
        runs
    }

    /// The same in one line, for a sheet; nothing where nobody settled it.
    pub fn line(&self) -> Option<String> {
        let settled = self.settled.as_ref()?;
        let said = std::iter::once(format!("{}{}", settled.outcome(), settled.told()));
        Some(said.chain(self.rivals.iter().map(Rival::told)).collect::<Vec<_>>().join("; "))
    }

    pub fn word(&self) -> &'static str {
        if self.open { "open" } else { "settled" }
    }
}

impl Settled {
    fn outcome(&self) -> String {
        match (self.verdict, &self.code) {
            (Verdict::Drop, _) => "the code goes".to_owned(),
            (Verdict::Other, Some(code)) => format!("instead: {code}"),
            (Verdict::Agreed | Verdict::Keep | Verdict::Other, _) => "the code stays".to_owned(),
        }
    }

    fn told(&self) -> String {
        let on = self.on.as_ref().map(|day| format!(" on {day}")).unwrap_or_default();
        let coding = self.coding.as_ref().map(|label| format!(" as {label}")).unwrap_or_default();
        let reason = self.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        format!(" (settled by {}{on}{coding}{reason})", self.by)
    }
}

impl Rival {
    fn told(&self) -> String {
        match &self.said {
            Some(said) => format!("{} settled otherwise: {said}", self.by),
            None => format!("{} settled otherwise", self.by),
        }
    }
}
