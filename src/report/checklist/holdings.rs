//! What a project holds that a checklist may ask for, in a sentence with the paper that tells it in full.

use super::{Answer, held, partly, to_write};
use crate::decision::{Body, Consensus};
use crate::evidence::{Evidence, Evidential, Standing};
use crate::hypothesis::Editorial;
use crate::participant::Audience;
use crate::recommendation::Addressee;
use crate::report::Brief;
use crate::report::appraisal::RIGOUR_ALONE;
use crate::report::block::count_of;
use crate::synthesis::Synthesis;
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Holdings<'h> {
    pub synthesis: &'h Synthesis,
    pub brief: &'h Brief,
}

impl Holdings<'_> {
    /// Sources, each study once.
    pub(super) fn sources(&self) -> usize {
        self.synthesis.sources.keys().filter(|id| self.synthesis.counts_as(**id) == **id).count()
    }

    /// Of these, what the team gathered itself.
    pub fn own_data(&self) -> usize {
        let alone = self.synthesis.sources.values().filter(|one| self.synthesis.counts_as(one.id) == one.id);
        alone.filter(|one| one.kind.is_own_data()).count()
    }

    fn links(&self) -> Vec<&Evidence> {
        self.synthesis.evidence.values().filter(|link| !self.synthesis.is_gone(link)).collect()
    }

    /// `120 of 279 links between passages and statements appraised`; nothing where none is.
    pub fn appraised(&self) -> Option<String> {
        let links = self.links();
        let appraised = links.iter().filter(|link| link.is_appraised()).count();
        let all = count_of(links.len(), "link");
        (appraised > 0).then(|| format!("{appraised} of {all} between passages and statements appraised"))
    }

    fn double(&self) -> usize {
        self.synthesis.appraised().iter().filter(|one| one.is_double()).count()
    }

    pub fn questions(&self, rest: &'static str) -> Answer {
        let questions = &self.synthesis.settings.questions;
        if questions.is_empty() { to_write(rest) } else { partly(format!("Questions: {}", questions.join(" ")), rest) }
    }

    pub fn changes(&self) -> Answer {
        let versions = self.brief.refinements.len();
        if versions == 0 {
            return to_write("how the review departed from its plan, and why");
        }
        let mut said = vec![format!(
            "{} of refinement between versions of the theory (report refinement)",
            count_of(versions, "step")
        )];
        let effects = self.synthesis.decisions.iter().map(|one| one.effects.len()).sum::<usize>();
        if effects > 0 {
            said.push(format!(
                "{} by decisions to statements and components (report record)",
                count_of(effects, "change")
            ));
        }
        partly(said.join("; "), "changes against the protocol")
    }

    pub fn selection(&self, rest: &'static str) -> Answer {
        match self.appraised() {
            Some(appraised) => partly(
                format!("{appraised} for relevance, richness and rigour (report appraisal). {RIGOUR_ALONE}"),
                rest,
            ),
            None => to_write(format!("{rest}; nothing was appraised yet")),
        }
    }

    pub fn appraisal_items(&self) -> Answer {
        let said = "Relevance, richness and rigour, 0 none to 3 high, a reason for every 0 and 3 (report appraisal)";
        self.appraised().map_or_else(|| to_write("the criteria or the tool"), |_| held(said.to_owned()))
    }

    pub fn appraisal_process(&self) -> Answer {
        match self.double() {
            0 => to_write("who appraised, and whether anybody did so independently"),
            double => partly(
                format!(
                    "{} appraised by two or more people, each kept beside the other (report appraisal)",
                    count_of(double, "link")
                ),
                "how differences were talked over",
            ),
        }
    }

    pub fn appraisal_results(&self) -> Answer {
        let said = |appraised| held(format!("{appraised} (report appraisal; of findings: report cerqual)"));
        self.appraised().map_or_else(|| to_write("what the appraisal found"), said)
    }

    pub fn extraction(&self, rest: &'static str) -> Answer {
        let (codings, links) = (self.synthesis.codings.len(), self.links().len());
        if codings + links == 0 {
            return to_write("which data were taken out of documents, and why those");
        }
        partly(
            format!("{} and {} between passages and statements", count_of(codings, "coding"), count_of(links, "link")),
            rest,
        )
    }

    pub fn analysis(&self) -> Answer {
        let statements = self.synthesis.hypotheses.len();
        if statements == 0 {
            return to_write("how the analysis went from data to theory");
        }
        let mut said = vec![format!(
            "{} with typed parts; how each came to be: report statement-flow, report trail",
            count_of(statements, "statement")
        )];
        said.extend(self.settled());
        partly(said.join("; "), "how contexts, mechanisms and outcomes were told apart")
    }

    /// How people settled what was uncertain.
    pub fn settled(&self) -> Option<String> {
        let (rounds, decisions) = (self.panels().rounds().len(), self.synthesis.decisions.len());
        let of_people = self.synthesis.decisions.iter().filter(|one| one.body == Body::Stakeholders).count();
        let others = match decisions - of_people {
            0 => String::new(),
            others => format!("; {others} by the team or by a body that is not stated"),
        };
        (rounds + decisions > 0).then(|| {
            format!(
                "what was put to people: {}, {}, {} by stakeholders{others} (report accord, report record)",
                count_of(self.put().len(), "uncertainty"),
                count_of(rounds, "round"),
                count_of(of_people, "decision")
            )
        })
    }

    pub fn characteristics(&self) -> Answer {
        if self.sources() == 0 {
            return to_write("what the included documents are");
        }
        held(format!("{} (report characteristics)", count_of(self.sources(), "source")))
    }

    pub fn findings(&self) -> Answer {
        let Some(bearing) = self.bearing() else { return to_write("the theory and what bears it out") };
        let said: Vec<String> =
            [format!("{bearing} (report cmo, report evidence)")].into_iter().chain(self.agreed()).collect();
        partly(said.join("; "), "the account of the theory")
    }

    /// `79 active statements: 70 with evidence for them, 12 with evidence against, 5 with none`.
    pub fn bearing(&self) -> Option<String> {
        let standings = self.synthesis.standings();
        let active = self.synthesis.hypotheses.values().filter(|one| one.status == Editorial::Active);
        let active: Vec<_> = active.filter_map(|one| standings.get(&one.id)).collect();
        let of = |fits: fn(&Standing) -> bool| active.iter().filter(|one| fits(one)).count();
        (!active.is_empty()).then(|| {
            format!(
                "{}: {} with evidence for them, {} with evidence against, {} with none",
                count_of(active.len(), "active statement"),
                of(|one| one.r#for > 0),
                of(|one| one.against > 0),
                of(|one| one.r#for + one.against == 0)
            )
        })
    }

    /// The first version of the theory: what there was at the outset, not what stands today.
    pub fn outset(&self) -> Answer {
        match &self.brief.outset {
            Some(first) => partly(
                format!(
                    "{} of {}: {} in {} (report refinement says what became of them)",
                    first.name,
                    first.date,
                    count_of(first.statements, "active statement"),
                    count_of(first.components, "component")
                ),
                "the theory at the outset, in words",
            ),
            None => to_write("the programme theory at the outset; no version of it was frozen"),
        }
    }

    pub fn design(&self) -> Answer {
        let rest = "the design, and why it was chosen";
        match self.changes().held {
            Some(changes) => partly(format!("how it changed: {changes}"), rest),
            None => to_write(rest),
        }
    }

    /// `5 recommendations: for practice 3, for research 2`.
    pub fn recommendations(&self) -> Option<String> {
        let worded = self.synthesis.recommendations.values().filter(|one| !one.retired && one.action.is_some());
        let mut of: BTreeMap<Addressee, usize> = BTreeMap::new();
        worded.for_each(|one| *of.entry(one.audience).or_default() += 1);
        let each: Vec<String> = of.iter().map(|(whom, n)| format!("{} {n}", whom.heading().to_lowercase())).collect();
        (!of.is_empty()).then(|| format!("{}: {}", count_of(of.values().sum(), "recommendation"), each.join(", ")))
    }

    pub fn recommended(&self) -> Answer {
        match self.recommendations() {
            Some(said) => partly(
                format!("{said}, each with what it rests on and what would change it (report recommendations)"),
                "the conclusion",
            ),
            None => to_write("conclusion and recommendations"),
        }
    }

    pub fn funding(&self) -> Answer {
        let reporting = &self.synthesis.settings.reporting;
        match (&reporting.funding, &reporting.interests) {
            (Some(funding), Some(interests)) => held(format!("Funding: {funding} Interests: {interests}")),
            (Some(funding), None) => partly(format!("Funding: {funding}"), "interests"),
            (None, Some(interests)) => partly(format!("Interests: {interests}"), "funding, and the part of the funder"),
            (None, None) => to_write("funding, the part of the funder, and interests"),
        }
    }

    /// What decisions say of components, dissent told: agreement stands apart from evidence.
    pub fn agreed(&self) -> Option<String> {
        let components = self.synthesis.components_in_order();
        let of = |standing| components.iter().filter(move |one| self.synthesis.consensus(one.id) == standing);
        let dissent: Vec<String> = of(Consensus::AgreedWithDissent).map(|one| self.synthesis.label(one.id)).collect();
        let (agreed, all) = (of(Consensus::Agreed).count() + dissent.len(), components.len());
        let with = match dissent.as_slice() {
            [] => String::new(),
            labels => format!(", {} of them with dissent: {}", labels.len(), labels.join(", ")),
        };
        (agreed > 0)
            .then(|| format!("{agreed} of {} agreed by a decision{with} (report record)", count_of(all, "component")))
    }

    pub fn confidence(&self) -> Answer {
        let judged = self.synthesis.worksheets.values().filter(|sheet| sheet.confidence().is_some()).count();
        if judged == 0 {
            to_write("the findings in short, with how far they can be relied on")
        } else {
            partly(format!("confidence in {} (report cerqual)", count_of(judged, "finding")), "the findings in short")
        }
    }

    pub fn limits(&self) -> Answer {
        let standings = self.synthesis.standings();
        let active = self.synthesis.hypotheses.values().filter(|one| one.status == Editorial::Active);
        let active: Vec<&Standing> = active.filter_map(|one| standings.get(&one.id)).collect();
        if active.is_empty() {
            return to_write("strengths, limits, and what should be looked into next");
        }
        let of = |word| active.iter().filter(|one| one.standing == word).count();
        partly(
            format!(
                "to look at, of {}: {} with no evidence, {} on a single source, {} contested, {} refuted only",
                count_of(active.len(), "active statement"),
                of(Evidential::None),
                of(Evidential::SingleSource),
                of(Evidential::Contested),
                of(Evidential::RefutedOnly)
            ),
            "strengths, limits, and what should be looked into next",
        )
    }

    pub fn theories(&self) -> Answer {
        let theories: Vec<&str> = self.synthesis.substantive_theories.values().map(|one| one.name.as_str()).collect();
        if theories.is_empty() {
            to_write("how the findings stand to what is known")
        } else {
            partly(format!("theories drawn on: {}", theories.join("; ")), "how the findings stand to what is known")
        }
    }

    pub fn software() -> Answer {
        held(format!("realist {}", env!("CARGO_PKG_VERSION")))
    }

    pub fn people(&self) -> Answer {
        let coders: BTreeSet<&str> = self.synthesis.codings.values().map(|one| one.coder.as_str()).collect();
        let linked: BTreeSet<&str> = self.synthesis.evidence.values().map(|one| one.appraiser.as_str()).collect();
        let all = coders.union(&linked).filter(|tag| **tag != crate::pass::CONSENSUS).count();
        if all == 0 {
            to_write("who coded and analysed")
        } else {
            partly(format!("{} coded or appraised", count_of(all, "person")), "who they are")
        }
    }

    pub fn coding(&self) -> Answer {
        let (codings, codes) = (self.synthesis.codings.len(), self.synthesis.codes.len());
        if codings == 0 {
            to_write("how data were coded")
        } else {
            held(format!(
                "{} with {}; agreement: report disagreements",
                count_of(codings, "coding"),
                count_of(codes, "code")
            ))
        }
    }

    pub fn quotations(&self) -> Answer {
        if self.links().is_empty() {
            to_write("quotations that bear the findings out")
        } else {
            held(
                "chosen by a printed rule, as many against as for, with consent (report cmo, report evidence)"
                    .to_owned(),
            )
        }
    }

    pub fn participants(&self) -> Answer {
        if self.own_data() == 0 {
            return to_write("who took part");
        }
        let mut said = vec![format!(
            "{} of own data; people by group (report characteristics)",
            count_of(self.own_data(), "piece")
        )];
        said.extend(self.panels().makeup().map(|makeup| format!("on panels {makeup}")));
        partly(said.join("; "), "which data people gave, and how these were used")
    }

    /// How people were found: the project knows only how those on panels were asked.
    pub fn recruited(&self) -> Answer {
        let rest = "how people were found and chosen";
        match self.panels().makeup() {
            Some(makeup) => partly(format!("on panels: {makeup}; {}", self.invited()), rest),
            None => to_write(rest),
        }
    }

    /// Consent to be quoted in what is published: given, refused and not recorded are three things. Who withdrew is among
    /// those who refuse.
    pub fn consent(&self) -> Answer {
        let people = self.synthesis.participants.len();
        if people == 0 {
            return to_write("ethical approval, and how consent was sought");
        }
        let all = || self.synthesis.participants.values();
        let given = all().filter(|one| one.may_be_quoted(Audience::Publication)).count();
        let silent = all().filter(|one| !one.withdrawn && !one.consent.contains_key(&Audience::Publication)).count();
        partly(
            format!(
                "consent to be quoted in what is published: given by {given} of {}, refused by {}, not recorded of {silent}",
                count_of(people, "person"),
                people - given - silent
            ),
            "ethical approval",
        )
    }

    pub fn components(&self, rest: &'static str) -> Answer {
        self.component_names().map_or_else(|| to_write(rest), |names| partly(names, rest))
    }

    pub fn component_names(&self) -> Option<String> {
        let names: Vec<&str> = self.synthesis.components_in_order().iter().map(|one| one.name.as_str()).collect();
        (!names.is_empty()).then(|| format!("components: {}", names.join("; ")))
    }
}
