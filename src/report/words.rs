//! The one door through which anybody's words reach a report.
//!
//! A [`Press`] knows whom the paper is for. It prints a passage, or puts a placeholder in its place
//! and counts it. No other file of `report` reads the text or the speaker of a quotation.

use super::attribution::{Attribution, JOINED, Whence, is_named};
use super::block::{Quote, count_of};
use super::described::kind_or_design;
use super::printed::Printed;
use crate::document::Voice;
use crate::evidence::{Circumstances, Evidence, Stance};
use crate::id::Id;
use crate::participant::Audience;
use crate::passage::{Anchor, Carried, Quotation, Wholeness};
use crate::synthesis::{Bearings, Synthesis};
use serde::Serialize;
use std::collections::BTreeMap;

crate::vocabulary! {
    /// Why a passage is not printed.
    pub enum Withheld "reason for withholding" {
        NoConsent "no_consent",
        Withdrawn "withdrawn",
        Stale "stale",
        Purged "purged",
        Missing "missing",
        Unsettled "unsettled",
        KeptBack "kept_back",
    }
}

impl Withheld {
    /// The reason in words.
    pub fn reason(self) -> &'static str {
        match self {
            Withheld::NoConsent => "no recorded consent",
            Withheld::Withdrawn => "the person withdrew",
            Withheld::Stale => "the text has changed since",
            Withheld::Purged => "the text was destroyed on purpose",
            Withheld::Missing => "the text is not on this computer",
            Withheld::KeptBack => "kept back by the team",
            Withheld::Unsettled => "the document was corrected and the passage is to be confirmed",
        }
    }

    /// What stands where the words would.
    pub fn placeholder(self) -> String {
        format!("[words withheld: {}]", self.reason())
    }
}

/// A passage as one audience may see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cited {
    /// Label of the evidence link.
    pub evidence: String,
    /// Label of the statement it bears on.
    pub hypothesis: String,
    pub stance: Stance,
    pub circumstances: Option<Circumstances>,
    pub part: Option<String>,
    pub voice: Voice,
    /// As it is set, quotation marks included where the voice has a right to them.
    pub text: Option<String>,
    pub withheld: Option<Withheld>,
    pub attribution: String,
    pub relevance: Option<u8>,
    pub richness: Option<u8>,
    pub rigour: Option<u8>,
}

impl Cited {
    /// The block that shows it where several statements are spoken of.
    pub fn quote(&self) -> Quote {
        self.quote_saying(self.bearing())
    }

    /// The same for members, where what it bears on stands above it: who says it, and where the annex has it.
    pub fn quote_plainly(&self) -> Quote {
        let mut quote = self.quote_saying(String::new());
        quote.attribution = format!("{} ({})", quote.attribution.trim_end_matches("; "), self.evidence);
        quote
    }

    /// The block that shows it under its statement and its stance.
    pub fn quote_under_statement(&self) -> Quote {
        let part = self.part.as_ref().map(|part| format!(" on {part}")).unwrap_or_default();
        self.quote_saying(format!("{}{part}{}", self.evidence, self.conditions()))
    }

    /// The same where readers know no labels: who says it, and in which circumstances.
    pub fn quote_unlabelled(&self) -> Quote {
        self.quote_saying(self.conditions().trim_start_matches(", ").to_owned())
    }

    fn quote_saying(&self, bearing: String) -> Quote {
        let mut attribution = vec![self.attribution.clone()];
        if !self.voice.is_quotable() {
            attribution.push(self.voice.title().to_owned());
        }
        attribution.extend((!bearing.is_empty()).then_some(bearing));
        Quote {
            text: self.text.clone().or(self.withheld.map(Withheld::placeholder)).unwrap_or_default(),
            attribution: attribution.join("; "),
            voice: self.voice,
            withheld: self.withheld.is_some(),
        }
    }

    /// `E4.gj refutes H1.gj (m1), in different circumstances`.
    fn bearing(&self) -> String {
        let part = self.part.as_ref().map(|part| format!(" ({part})")).unwrap_or_default();
        let stance = match self.stance {
            Stance::Ambiguous => "is unclear on",
            other => other.word(),
        };
        format!("{} {stance} {}{part}{}", self.evidence, self.hypothesis, self.conditions())
    }

    fn conditions(&self) -> &'static str {
        match self.circumstances {
            Some(Circumstances::Same) => ", in the same circumstances",
            Some(Circumstances::Different) => ", in different circumstances",
            Some(Circumstances::Unknown) => ", circumstances not known",
            None => "",
        }
    }

    /// As one cell of a table: words, then who.
    pub fn line(&self) -> String {
        let quote = self.quote();
        format!("{} ({})", quote.text, quote.attribution)
    }
}

/// With a full stop, unless it ends a sentence already.
pub fn stopped(text: &str) -> String {
    let stop = if text.trim_end().ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{stop}", text.trim_end())
}

fn further_reports(synthesis: &Synthesis) -> BTreeMap<Id, Vec<Id>> {
    let mut reports: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    let further = synthesis.sources.values().filter(|one| one.same_study.is_some()).map(|one| one.id);
    for id in synthesis.in_label_order(further) {
        reports.entry(synthesis.counts_as(id)).or_default().push(id);
    }
    reports
}

/// Decides what may be printed, and keeps count of what may not.
pub struct Press<'s> {
    pub synthesis: &'s Synthesis,
    /// All evidence by the statement it bears on.
    pub bearings: Bearings<'s>,
    pub audience: Audience,
    withheld: BTreeMap<Anchor, Withheld>,
    /// Some quotation was asked for, whether or not it was printed.
    has_quoted: bool,
    /// Links whose words the team keeps back from others.
    kept_back: Vec<&'s Evidence>,
    /// Further reports of a study, in label order.
    reports: BTreeMap<Id, Vec<Id>>,
    told: Attribution,
}

impl<'s> Press<'s> {
    pub fn new(synthesis: &'s Synthesis, audience: Audience) -> Self {
        let told = Attribution::of(synthesis, audience);
        let kept_back = synthesis.evidence.values().filter(|link| link.withheld.is_some()).collect();
        Press {
            synthesis,
            bearings: Bearings::of(synthesis),
            audience,
            withheld: BTreeMap::new(),
            has_quoted: false,
            kept_back,
            reports: further_reports(synthesis),
            told,
        }
    }

    /// What papers call a published work: all that counts as one study by one name, that of the record which says who wrote it.
    pub fn cited_as(&self, source: Id) -> String {
        let synthesis = self.synthesis;
        if self.is_own_data(source) {
            return synthesis.source_title(source);
        }
        let study = synthesis.counts_as(source);
        let is_signed = |id: &&Id| {
            let reference = synthesis.sources.get(id).and_then(|one| one.reference.as_ref());
            reference.is_some_and(|one| !(one.authors.is_empty() && one.editors.is_empty()))
        };
        let is_named = synthesis.titles.contains_key(&study)
            || synthesis.sources.get(&study).is_none_or(|one| one.reference.is_none() && one.study.is_some());
        let further = self.reports.get(&study).into_iter().flatten();
        let speaks = std::iter::once(&study).chain(further).find(is_signed).filter(|_| !is_named);
        synthesis.source_title(*speaks.unwrap_or(&study))
    }

    pub fn is_for_team(&self) -> bool {
        self.audience == Audience::Team
    }

    /// Some quotation stands in the paper, or was kept back from it.
    pub fn has_quoted(&self) -> bool {
        self.has_quoted
    }

    /// Prints the passage behind a link, or counts it as withheld.
    pub fn cite(&mut self, link: &Evidence) -> Cited {
        self.has_quoted = true;
        let withheld = self.withholding(link);
        if let Some(why) = withheld {
            self.withheld.insert(link.anchor.clone(), why);
        }
        let quotation = self.synthesis.quotations.get(&link.id);
        Cited {
            evidence: self.synthesis.label(link.id),
            hypothesis: self.synthesis.label(link.hypothesis),
            stance: link.stance,
            circumstances: link.circumstances,
            part: link.part.clone(),
            voice: quotation.map_or(Voice::Unknown, |quotation| quotation.voice),
            text: quotation.filter(|_| withheld.is_none()).map(Quotation::marked),
            withheld,
            attribution: match quotation.filter(|one| withheld.is_some() && self.is_unsaid(one)) {
                Some(_) => PARTICIPANT.to_owned(),
                None => self.attribution(link, quotation),
            },
            relevance: link.relevance,
            richness: link.richness,
            rigour: link.rigour,
        }
    }

    /// Prints a passage that no link stands for, or counts it as withheld.
    pub fn print(&mut self, anchor: &Anchor, quotation: &Quotation) -> Printed {
        self.print_carried(anchor, quotation, None)
    }

    /// The same of one that a correction may have left open.
    pub fn print_carried(&mut self, anchor: &Anchor, quotation: &Quotation, carried: Option<Carried>) -> Printed {
        self.has_quoted = true;
        let kept_back = (!self.is_for_team() && self.is_kept_back(anchor)).then_some(Withheld::KeptBack);
        let withheld = self.withholding_of(quotation, carried).or(kept_back);
        if let Some(why) = withheld {
            self.withheld.insert(anchor.clone(), why);
        }
        let own = self.is_own_data(quotation.source);
        let who = match self.speaker(quotation).filter(|_| own) {
            _ if withheld.is_some() && self.is_unsaid(quotation) => PARTICIPANT.to_owned(),
            Some(speaker) => speaker,
            None if own => self.group_of(quotation),
            None => self.cited_as(quotation.source),
        };
        let place = self.is_for_team().then(|| place(self.synthesis, quotation));
        Printed {
            voice: quotation.voice,
            text: withheld.is_none().then(|| quotation.marked()),
            withheld,
            attribution: std::iter::once(who).chain(place).collect::<Vec<_>>().join(", "),
        }
    }

    /// Why the words behind a link may not be printed for this audience; `None` where they may.
    pub fn withholding(&self, link: &Evidence) -> Option<Withheld> {
        let quotation = self.synthesis.quotations.get(&link.id);
        let withheld = quotation.map_or(Some(Withheld::Missing), |one| self.withholding_of(one, link.carried));
        withheld.or((link.withheld.is_some() && !self.is_for_team()).then_some(Withheld::KeptBack))
    }

    /// The team keeps words back that are among these.
    fn is_kept_back(&self, anchor: &Anchor) -> bool {
        let is_here = |link: &&&Evidence| (link.anchor.document, link.anchor.row) == (anchor.document, anchor.row);
        let mut spans = self.kept_back.iter().filter(is_here).flat_map(|link| &link.anchor.spans);
        spans.any(|kept| anchor.spans.iter().any(|span| span.overlaps(*kept)))
    }

    fn withholding_of(&self, quotation: &Quotation, carried: Option<Carried>) -> Option<Withheld> {
        match quotation.wholeness {
            Wholeness::Whole => {}
            Wholeness::Stale => return Some(Withheld::Stale),
            Wholeness::Purged => return Some(Withheld::Purged),
            Wholeness::Missing => return Some(Withheld::Missing),
        }
        if carried.is_some() && !self.is_for_team() {
            return Some(Withheld::Unsettled);
        }
        let speaker = quotation.participant.and_then(|id| self.synthesis.participants.get(&id));
        if quotation.withdrawn || speaker.is_some_and(|speaker| speaker.withdrawn) {
            // Only the team need know that somebody left.
            return Some(if self.is_for_team() { Withheld::Withdrawn } else { Withheld::NoConsent });
        }
        if self.is_for_team() {
            return quotation.not_for_team.then_some(Withheld::NoConsent);
        }
        if !self.needs_consent(quotation) {
            return None;
        }
        let consented = speaker.is_some_and(|speaker| speaker.may_be_quoted(self.audience));
        (!consented).then_some(Withheld::NoConsent)
    }

    /// In the team's own data every voice but its own (a field note, a summary) may be a
    /// participant's. What others have published is public.
    fn needs_consent(&self, quotation: &Quotation) -> bool {
        let own_voice = matches!(quotation.voice, Voice::Extractor | Voice::FieldNote);
        !own_voice && self.is_own_data(quotation.source)
    }

    /// A source that is not known counts as own data: the careful answer.
    pub fn is_own_data(&self, source: Id) -> bool {
        self.synthesis.sources.get(&source).is_none_or(|source| source.kind.is_own_data())
    }

    /// Of somebody whose words others do not read, they are told nothing.
    fn is_unsaid(&self, quotation: &Quotation) -> bool {
        !self.is_for_team() && quotation.participant.is_some() && self.is_own_data(quotation.source)
    }

    /// Whose words they are, as far as this audience may know.
    fn attribution(&self, link: &Evidence, quotation: Option<&Quotation>) -> String {
        let source = quotation.map_or(link.source, |quotation| quotation.source);
        let kind = self.synthesis.sources.get(&source).map(|source| kind_or_design(self.synthesis, source));
        let own = self.is_own_data(source);
        let mut parts = Vec::new();
        if self.is_for_team() || !own {
            parts.push(self.cited_as(source));
        }
        if let Some(quotation) = quotation.filter(|_| own) {
            parts.extend(self.speaker(quotation));
            if quotation.participant.is_some() || self.needs_consent(quotation) {
                parts.push(self.group_of(quotation));
            }
        }
        let person = quotation.and_then(|quotation| quotation.participant).filter(|_| own);
        let says_kind = person.is_none_or(|person| self.may_say(person, |told| told.tells_kind(person)));
        parts.extend(kind.filter(|_| says_kind));
        if let Some(person) = person.filter(|_| !self.is_for_team()) {
            parts.extend(self.told.attributes(person).map(str::to_owned));
        }
        if let Some(quotation) = quotation.filter(|_| self.is_for_team()) {
            parts.push(place(self.synthesis, quotation));
            parts.extend(link.carried.map(|carried| carried.title().to_owned()));
        }
        parts.join(", ")
    }

    /// Where the passage behind a link comes from, as far as it says no more of who speaks than [`Cited::attribution`].
    pub fn whence(&self, link: &Evidence) -> Whence {
        let quotation = self.synthesis.quotations.get(&link.id);
        let held = quotation.map_or(link.source, |quotation| quotation.source);
        let source = self.synthesis.sources.get(&held);
        if self.is_for_team() || !self.is_own_data(held) {
            let strand = source.map(|source| source.strand.clone());
            return Whence { is_named: true, kind: source.map(|source| source.kind), strand };
        }
        let is_told = quotation.is_none_or(|one| match one.participant {
            Some(_) if self.withholding(link).is_some() => false,
            Some(person) => self.may_say(person, |told| told.tells_kind(person)),
            None => true,
        });
        self.told.whence(source.filter(|_| is_told).map(|source| source.kind))
    }

    /// Whether a paper may say of what kind a source is.
    pub fn tells_kind_of(&self, source: Id) -> bool {
        self.is_for_team() || !self.is_own_data(source) || self.told.tells_kind_of_source(source)
    }

    /// The strand under which a source is counted: its own, or one for all that the team gathered.
    pub fn strand_shown<'k>(&self, strand: &'k str) -> &'k str {
        if !self.is_for_team() && self.told.joins(strand) { JOINED } else { strand }
    }

    /// The speaker's label: for the team, or where the person agreed to be named.
    fn speaker(&self, quotation: &Quotation) -> Option<String> {
        let named = quotation.participant.is_some_and(|person| self.names(person));
        quotation.speaker.clone().filter(|_| self.is_for_team() || named)
    }

    /// Whether the person agreed to be named to this audience.
    fn names(&self, person: Id) -> bool {
        self.synthesis.participants.get(&person).is_some_and(|person| is_named(person, self.audience))
    }

    /// Whether something of a person may be said: all to the team and of whom is named, else what enough people share.
    fn may_say(&self, person: Id, is_told: impl Fn(&Attribution) -> bool) -> bool {
        self.is_for_team() || self.names(person) || is_told(&self.told)
    }

    fn group_of(&self, quotation: &Quotation) -> String {
        let person = quotation.participant.and_then(|id| self.synthesis.participants.get(&id));
        let is_said = person.is_none_or(|person| self.may_say(person.id, |told| told.tells_group(person.id)));
        match person.and_then(|person| person.group.as_deref()) {
            _ if !is_said => PARTICIPANT.to_owned(),
            Some(group) => self.synthesis.settings.group_title(group),
            None => "group not recorded".to_owned(),
        }
    }

    /// Papers for others name no stakeholder group smaller than the project's threshold.
    pub fn may_name_group(&self, group: &str) -> bool {
        self.is_for_team() || self.people_in(group) >= self.synthesis.settings.thresholds.smallest_group
    }

    /// Participants on record in a stakeholder group.
    pub fn people_in(&self, group: &str) -> usize {
        self.synthesis.participants.values().filter(|person| person.group.as_deref() == Some(group)).count()
    }

    /// The person behind a link, told apart but not named; `None` where nobody of the team's own
    /// data speaks in their own words.
    pub fn person(&self, link: &Evidence) -> Option<Person> {
        let quotation = self.synthesis.quotations.get(&link.id)?;
        if !self.needs_consent(quotation) {
            return None;
        }
        let group = quotation
            .participant
            .and_then(|id| self.synthesis.participants.get(&id))
            .and_then(|person| person.group.clone());
        let key = match (quotation.participant, &quotation.speaker) {
            (Some(id), _) => format!("participant {id}"),
            (None, Some(label)) => format!("{} {label}", quotation.document),
            (None, None) => quotation.document.to_string(),
        };
        Some(Person { key, group })
    }

    /// Words that belong to people, with no record of consent (dissent, say): the team alone reads
    /// them.
    pub fn unattributed<'w>(&self, words: &'w str) -> Result<&'w str, Withheld> {
        if self.is_for_team() { Ok(words) } else { Err(Withheld::NoConsent) }
    }

    /// Why a passage that was to be printed is not.
    pub fn is_withheld(&self, anchor: &Anchor) -> Option<Withheld> {
        self.withheld.get(anchor).copied()
    }

    /// Distinct passages withheld so far, by reason.
    pub fn tally(&self) -> BTreeMap<Withheld, usize> {
        let mut tally = BTreeMap::new();
        for why in self.withheld.values() {
            *tally.entry(*why).or_default() += 1;
        }
        tally
    }

    /// `7 quotations withheld: no recorded consent 6; the text was destroyed on purpose 1.`
    pub fn closing(&self) -> String {
        let tally = self.tally();
        let total = count_of(tally.values().sum(), "quotation");
        let reasons: Vec<String> = tally.iter().map(|(why, n)| format!("{} {n}", why.reason())).collect();
        let withheld = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join("; ")) };
        format!("{total} withheld{withheld}.{}", self.attribution_rule())
    }

    /// What is said where of somebody less is told than is recorded.
    fn attribution_rule(&self) -> String {
        if self.is_for_team() || !self.told.is_coarse() {
            return String::new();
        }
        let k = self.synthesis.settings.thresholds.smallest_group;
        format!(
            " Who speaks is told by stakeholder group, then kind of source, then what else is said of them, as far as \
             {k} people or more share it; else it reads “participant”."
        )
    }
}

/// What is said of somebody of whom nothing more may be said.
const PARTICIPANT: &str = "participant";

/// Somebody who speaks in the team's own data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// For telling people apart; never printed.
    pub key: String,
    pub group: Option<String>,
}

/// `D3.gj/12-14`: where the team finds it again.
fn place(synthesis: &Synthesis, quotation: &Quotation) -> String {
    let document = synthesis.label(quotation.document);
    match quotation.units {
        (first, last) if first == last => format!("{document}/{first}"),
        (first, last) => format!("{document}/{first}-{last}"),
    }
}
