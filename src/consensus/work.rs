//! Working a round out: which formula of [`crate::stats`] is asked what.

use super::heard::{Cast, Heard};
use super::pool::Pool;
use super::quorum;
use super::results::{Figures, GroupFigures, ItemResult, Previous, Registered, Results, Seats};
use super::rule::Judge;
use crate::round::{CONSENT, Item, Scale, Terms, Way};
use crate::stats::chance::Draws;
use crate::stats::choices::choices;
use crate::stats::concordance::{Concordance, concordance};
use crate::stats::delphi::{self, Since, Vote};
use crate::stats::order::{mean, median, midranks};
use crate::stats::ram::appropriateness;
use crate::stats::{Defined, ngt, undefined};
use crate::vote::Said;
use std::collections::{BTreeMap, BTreeSet};

/// Why others see no figures of a round that somebody was taken out of: two means with one vote between them tell that
/// vote.
const DESTROYED: &str = "a ballot was destroyed, and beside figures printed before new ones would tell what it said";

/// Why others see no verdict where it hangs on how each small group stands.
const ON_EACH_GROUP: &str = "the rule asks every group, and how each of the smaller ones stands is not told";

/// Why others are not told how answers changed where groups are pooled otherwise than before.
const POOLED_OTHERWISE: &str =
    "groups are pooled otherwise than in the round before, and the two together would tell what a smaller group said";

/// Why they are not where few voted in one of two rounds only: what is left when one is taken from the other is theirs.
const FEW_CAME_OR_WENT: &str = "so few voted in only one of the two rounds that a comparison would tell what they said";

/// Works a round out. Groups of `pool` are shown as one; what a single group of it says stands nowhere then.
pub fn work_out(
    terms: &Terms,
    casts: &[Cast],
    seats: &Seats,
    before: Option<Previous>,
    pool: &Pool,
    draws: Draws,
) -> Results {
    let shared = (terms.way == Way::Rank).then(|| with_ties_shared(terms, casts));
    let casts = shared.as_deref().unwrap_or(casts);
    let all: usize = seats.invited.values().sum();
    let mut present: BTreeMap<String, usize> = BTreeMap::new();
    for cast in casts.iter().filter(|cast| cast.answers.is_there()) {
        *present.entry(cast.group.clone()).or_default() += 1;
    }
    let judge = Judge::read(terms.way, terms.rule.judge.as_deref().unwrap_or_default());
    let work = Work { terms, judge: judge.ok(), seats, pool, draws };
    let mut items: Vec<ItemResult> =
        terms.items.iter().map(|item| work.item(item, &Heard::of(casts, terms.way, &item.key, all), before)).collect();
    let (concordance, judges) = if work.is_withheld() { (None, 0) } else { work.together(casts, &mut items) };
    Results {
        is_withheld: work.is_withheld(),
        response: quorum::response_is_met(&terms.rule, present.values().sum(), all),
        present,
        items,
        concordance,
        judges,
        seats: seats.clone(),
    }
}

struct Work<'w> {
    terms: &'w Terms,
    judge: Option<Judge>,
    seats: &'w Seats,
    pool: &'w Pool,
    draws: Draws,
}

impl Work<'_> {
    fn is_withheld(&self) -> bool {
        self.pool.is_for_others() && self.seats.destroyed > 0
    }

    fn item(&self, item: &Item, heard: &Heard, before: Option<Previous>) -> ItemResult {
        let mut result = ItemResult {
            key: item.key.clone(),
            n: heard.valid.len(),
            abstained: heard.abstained,
            cannot_judge: heard.cannot_judge,
            late: heard.late,
            absent: heard.absent,
            silent: heard.silent,
            lacking: quorum::lacking(&self.terms.rule, &self.seats.invited, &heard.there),
            figures: undefined("nobody voted on it"),
            withheld: None,
            verdict: undefined("nobody voted on it"),
            histogram: Vec::new(),
            groups: Vec::new(),
            group_equal: undefined("the method knows no agreement"),
            kruskal: undefined("the method knows no test of groups"),
            since: None,
            dissents: dissents(heard, &item.key),
        };
        result.withheld = self.is_withheld().then_some(DESTROYED);
        let too_few = || (result.n < self.pool.least).then(|| format!("fewer than {} votes", self.pool.least));
        if let Some(why) = result.withheld.map(str::to_owned).or_else(too_few) {
            result.figures = undefined(why.clone());
            result.verdict = undefined(why);
            return result;
        }
        match self.terms.way {
            Way::Ram | Way::Delphi => self.rated(item, heard, before, &mut result),
            Way::Percent | Way::Consent => self.chosen(item, heard, &mut result),
            Way::Rank | Way::Ngt => self.medians(heard, &mut result),
            Way::Discussion => result.verdict = undefined("talked over, not voted on"),
        }
        if !self.pool.is_none() {
            // Each would tell what the pool hides.
            result.group_equal = undefined("groups are pooled here");
            result.kruskal = undefined("groups are pooled here");
        }
        result
    }

    fn rated(&self, item: &Item, heard: &Heard, before: Option<Previous>, result: &mut ItemResult) {
        let scale = self.scale();
        let votes = votes(heard, Said::number);
        let rule = match self.judge {
            Some(Judge::Delphi(rule)) => rule,
            // Asked for its figures only.
            _ => delphi::Rule::Percent(1.0),
        };
        let Ok(found) = self.summarise(&votes, rule, scale) else { return };
        result.verdict = match self.judge {
            Some(Judge::Delphi(_)) => found.verdict.clone().map(|verdict| verdict.word().to_owned()),
            _ => undefined("the rule cannot be read"),
        };
        let ratings: Vec<f64> = votes.iter().map(|vote| vote.rating).collect();
        if self.pool.is_none() {
            let count = |rating: u32| ratings.iter().filter(|one| (**one - f64::from(rating)).abs() < 1e-9).count();
            let scale = self.terms.scale.unwrap_or(Scale::NINE);
            result.histogram = (scale.least..=scale.most).map(|rating| (rating, count(rating))).collect();
        }
        let ram = match self.judge {
            Some(Judge::Ram(rule)) => {
                let judged = appropriateness(&ratings, rule);
                result.verdict = judged.clone().and_then(|judged| judged.class).map(|class| class.word().to_owned());
                judged.ok().map(Box::new)
            }
            _ => None,
        };
        self.grouped(&votes, &found, scale, rule, result);
        if let Some(Judge::Delphi(delphi::Rule::AllGroups(wanted))) = self.judge {
            self.withhold_verdict(wanted, &found.groups, result);
        }
        result.since = before.and_then(|before| self.since(item, before, &votes, scale));
        let found = if self.pool.is_for_others() { coarse(found) } else { found };
        result.figures = Ok(Figures::Rated { item: Box::new(found), ram });
    }

    /// Of a rule that asks every group: where those shown on their own do not settle it, the verdict would tell how those
    /// in the pool stand.
    fn withhold_verdict(&self, wanted: f64, groups: &[delphi::Group], result: &mut ItemResult) {
        let alone = || groups.iter().filter(|group| !self.pool.pooled.contains(&group.group));
        let falls_short = |share: fn(&delphi::Group) -> f64| alone().any(|group| share(group) < wanted - 1e-9);
        let is_settled = falls_short(|group| group.agreement) && falls_short(|group| group.share_low);
        if !self.pool.is_none() && !is_settled {
            result.withheld = result.is_quorate().then_some(ON_EACH_GROUP);
            result.verdict = undefined(ON_EACH_GROUP);
        }
    }

    fn scale(&self) -> delphi::Scale {
        let scale = self.terms.scale.unwrap_or(Scale::NINE);
        let [least, most, low, high] = [scale.least, scale.most, scale.low, scale.high].map(f64::from);
        delphi::Scale { least, most, low, high }
    }

    fn summarise(&self, votes: &[Vote], rule: delphi::Rule, scale: delphi::Scale) -> Defined<delphi::Item> {
        let settings = delphi::Settings { rule, scale, least_group: self.terms.rule.least_group, draws: self.draws };
        delphi::summarise(votes, &settings)
    }

    /// What groups say; those pooled as one, which dissents where one of them does.
    fn grouped(
        &self,
        votes: &[Vote],
        found: &delphi::Item,
        scale: delphi::Scale,
        rule: delphi::Rule,
        result: &mut ItemResult,
    ) {
        result.group_equal.clone_from(&found.group_equal);
        result.kruskal.clone_from(&found.kruskal);
        let shown = if self.pool.is_none() {
            found.groups.clone()
        } else {
            let pooled: Vec<Vote> = votes
                .iter()
                .map(|vote| Vote { group: vote.group.map(|group| self.pool.shown(group)), ..*vote })
                .collect();
            self.summarise(&pooled, rule, scale).map(|item| item.groups).unwrap_or_default()
        };
        let dissents = |group: &str| {
            let mut flagged = found.groups.iter().filter(|one| one.dissent);
            flagged.any(|one| self.pool.shown(&one.group) == group)
        };
        result.groups = shown
            .into_iter()
            .map(|one| GroupFigures {
                dissent: dissents(&one.group),
                group: one.group,
                n: one.n,
                median: Some(one.median),
                agreement: Some(one.agreement),
            })
            .collect();
    }

    fn since(&self, item: &Item, before: Previous, now: &[Vote], scale: delphi::Scale) -> Option<Defined<Since>> {
        let same = |other: &&Item| other.about == item.about && other.option == item.option;
        let exact = before.terms.items.iter().find(|other| other.text == item.text && same(other));
        let Some(earlier) = exact else {
            let was_there = item.about.is_some() && before.terms.items.iter().any(|other| same(&other));
            return was_there.then(|| undefined("it was worded otherwise in the round before"));
        };
        if before.terms.scale != self.terms.scale {
            return Some(undefined("the scale was another in the round before"));
        }
        if self.pool.is_for_others() && before.destroyed > 0 {
            return Some(undefined(DESTROYED));
        }
        let heard = Heard::of(before.casts, before.terms.way, &earlier.key, 0);
        let then = votes(&heard, Said::number);
        if then.len() < self.pool.least.max(1) {
            return Some(undefined("too few voted on it in the round before"));
        }
        let since = delphi::since(&then, now, scale);
        if !self.pool.is_for_others() {
            return Some(Ok(since));
        }
        if since.both < self.pool.least {
            return Some(undefined("too few voted on it in both rounds"));
        }
        if self.pool.pooled != before.pool.pooled {
            return Some(undefined(POOLED_OTHERWISE));
        }
        if self.few_came_or_went(&then, now) {
            return Some(undefined(FEW_CAME_OR_WENT));
        }
        Some(Ok(Since { cv_change: since.cv_change.map(|change| (change * 100.0).round() / 100.0), ..since }))
    }

    /// In some group as it is shown some voted in the earlier round only, or some in the later, and they are fewer than k: what one
    /// round holds beyond the other is theirs.
    fn few_came_or_went(&self, then: &[Vote], now: &[Vote]) -> bool {
        let members = |votes: &[Vote]| votes.iter().map(|vote| vote.member.to_owned()).collect::<BTreeSet<String>>();
        let (earlier, later) = (members(then), members(now));
        let mut once: BTreeMap<(&str, bool), usize> = BTreeMap::new();
        for vote in then.iter().chain(now).filter(|vote| earlier.contains(vote.member) != later.contains(vote.member)) {
            let came = later.contains(vote.member);
            *once.entry((vote.group.map_or("", |group| self.pool.shown(group)), came)).or_default() += 1;
        }
        once.into_values().any(|n| n < self.pool.least)
    }

    fn chosen(&self, item: &Item, heard: &Heard, result: &mut ItemResult) {
        let offered: Vec<&str> = match self.terms.way {
            Way::Consent => CONSENT.to_vec(),
            _ => item.choices.iter().map(|choice| choice.key.as_str()).collect(),
        };
        let threshold = match self.judge {
            Some(Judge::Share(share)) => share,
            _ => 1.0,
        };
        let said = heard.valid.iter().filter_map(|(cast, said)| match said {
            Said::Choice(key) => Some((cast.token.as_str(), key.as_str())),
            _ => None,
        });
        let counted = choices(&offered, said, result.n, threshold);
        let leading = match counted.as_slice() {
            [first, second, ..] if first.n == second.n => None,
            [first, ..] if first.n > 0 => Some(first.option.clone()),
            _ => None,
        };
        let number = |option: &str| counted.iter().find(|one| one.option == option).map_or(0, |one| one.n);
        result.verdict = match (self.judge, &leading) {
            _ if result.n == 0 => undefined("nobody voted on it"),
            (Some(Judge::NoObjection), _) => {
                Ok(if number(CONSENT[2]) == 0 { "consent" } else { "objection" }.to_owned())
            }
            (_, Some(leading)) if counted.iter().any(|one| one.option == *leading && one.agreed) => {
                Ok(format!("agreed: {leading}"))
            }
            _ => Ok("none".to_owned()),
        };
        // For what leads, or not: a scale of two.
        let scale = delphi::Scale { least: 0.0, most: 1.0, low: 0.0, high: 1.0 };
        if let Some(leading) = &leading {
            let is_for = |said: &Said| Some(f64::from(u8::from(*said == Said::Choice(leading.clone()))));
            let votes = votes(heard, is_for);
            let rule = delphi::Rule::Percent(threshold);
            if let Ok(found) = self.summarise(&votes, rule, scale) {
                self.grouped(&votes, &found, scale, rule, result);
                result.groups.iter_mut().for_each(|group| group.median = None);
            }
        }
        result.figures = Ok(Figures::Chosen(counted));
    }

    /// Medians of ranks or points by group; places come when all items are known.
    fn medians(&self, heard: &Heard, result: &mut ItemResult) {
        let mut by_group: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for (cast, said) in &heard.valid {
            by_group.entry(self.pool.shown(&cast.group)).or_default().extend(said.number());
        }
        let group = |(group, numbers): (&str, Vec<f64>)| GroupFigures {
            group: group.to_owned(),
            n: numbers.len(),
            median: median(&numbers),
            agreement: None,
            dissent: false,
        };
        result.groups = by_group.into_iter().map(group).collect();
    }

    /// Places and concordance, where items are set against each other.
    fn together(&self, casts: &[Cast], items: &mut [ItemResult]) -> (Option<Defined<Concordance>>, usize) {
        let number = |cast: &Cast, key: &str| cast.answers.answers.get(key).and_then(|answer| answer.said.number());
        let sign = match self.terms.way {
            Way::Rank => 1.0,
            Way::Ngt => -1.0,
            _ => return (None, 0),
        };
        let points: Vec<Vec<f64>> =
            items.iter().map(|item| casts.iter().filter_map(|cast| number(cast, &item.key)).collect()).collect();
        let voters = casts.iter().filter(|cast| items.iter().any(|item| number(cast, &item.key).is_some())).count();
        if let Some(Judge::Picks(picks)) = self.judge {
            for scored in ngt::score(&points, voters, picks) {
                let item = &mut items[scored.item];
                if item.n >= self.pool.least.max(1) {
                    item.verdict = Ok(format!("place {}", scored.rank));
                    item.figures = Ok(Figures::Scored(scored));
                }
            }
        } else {
            places(&points, self.pool.least.max(1), items);
        }
        let complete = |cast: &Cast| {
            let ranks = items.iter().map(|item| match number(cast, &item.key) {
                None if self.terms.way == Way::Ngt => Some(0.0),
                held => held.map(|number| number * sign),
            });
            let has_any = items.iter().any(|item| number(cast, &item.key).is_some());
            ranks.collect::<Option<Vec<f64>>>().filter(|_| has_any)
        };
        let ranks: Vec<Vec<f64>> = casts.iter().filter_map(complete).collect();
        (Some(concordance(&ranks, self.draws)), ranks.len())
    }
}

/// Mean and spread as papers for others print them: to the last digit they would tell the sum of the votes.
fn coarse(mut item: delphi::Item) -> delphi::Item {
    let to = |value: f64, places: f64| (value * places).round() / places;
    item.mean = to(item.mean, 10.0);
    item.sd = item.sd.map(|sd| to(sd, 10.0));
    item.cv = item.cv.map(|cv| to(cv, 100.0));
    item
}

/// Orders in which some items share a place, as ranks whose sum is that of an order without ties: 1, 1, 2 is 1.5, 1.5, 3.
/// In an order that is not complete tied items share the mean of their place and those after it.
fn with_ties_shared(terms: &Terms, casts: &[Cast]) -> Vec<Cast> {
    let mut casts = casts.to_vec();
    for cast in &mut casts {
        let answers = &mut cast.answers.answers;
        let ranked = |item: &Item| Some((item.key.clone(), answers.get(&item.key)?.said.number()?));
        let (keys, ranks): (Vec<String>, Vec<f64>) = terms.items.iter().filter_map(ranked).unzip();
        let is_complete = keys.len() == terms.items.len();
        let ties = |rank: f64| ranks.iter().filter(|other| (**other - rank).abs() < 1e-9).count();
        let shared = if is_complete {
            midranks(&ranks)
        } else {
            ranks.iter().map(|rank| rank + (ties(*rank) as f64 - 1.0) / 2.0).collect()
        };
        for (key, rank) in keys.iter().zip(shared) {
            if let Some(answer) = answers.get_mut(key) {
                answer.said = Said::Number(rank);
            }
        }
    }
    casts
}

/// Puts items in the order of their mean rank.
fn places(ranks: &[Vec<f64>], least: usize, items: &mut [ItemResult]) {
    let means: Vec<Option<f64>> = ranks.iter().map(|ranks| mean(ranks)).collect();
    for (at, item) in items.iter_mut().enumerate() {
        let (Some(own), Some(middle)) = (means[at], median(&ranks[at])) else { continue };
        if item.n < least {
            continue;
        }
        let place = 1 + means.iter().flatten().filter(|other| **other < own - 1e-9).count();
        item.verdict = Ok(format!("place {place}"));
        item.figures = Ok(Figures::Ranked { place, mean: own, median: middle });
    }
}

fn votes<'h>(heard: &'h Heard, number: impl Fn(&Said) -> Option<f64>) -> Vec<Vote<'h>> {
    heard
        .valid
        .iter()
        .filter_map(|(cast, said)| Some(Vote { member: &cast.token, group: Some(&cast.group), rating: number(said)? }))
        .collect()
}

/// Dissent registered on an item, also by somebody who did not vote.
fn dissents(heard: &Heard, key: &str) -> Vec<Registered> {
    let of = |cast: &&Cast| {
        let dissent = cast.answers.answers.get(key)?.dissent.as_ref()?;
        Some(Registered {
            token: cast.token.clone(),
            group: cast.group.clone(),
            words: dissent.words.clone(),
            approved: dissent.approved,
        })
    };
    heard.all.iter().filter_map(of).collect()
}
