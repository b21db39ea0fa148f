//! The rule of a round as it is typed, kept and printed.

use crate::diagnostic::{Fault, Result, fault};
use crate::round::Way;
use crate::stats::order::Percentile;
use crate::stats::{delphi, ram};

/// By what the answers to an item are judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Judge {
    /// `classic, q7`: rule of disagreement and percentile convention; `halves` puts medians of 3.5 and 6.5 further out.
    Ram(ram::Rule),
    /// `70/15`, `percent:75`, `iqr:2`, `median-iqr:3`, `all-groups:70`.
    Delphi(delphi::Rule),
    /// `picks:5`: so many items get points.
    Picks(usize),
    /// `percent:75`: this share of valid votes.
    Share(f64),
    /// `no-objection`
    NoObjection,
    /// `concordance`: the order is described, nothing passes or fails.
    Concordance,
    /// Talked over.
    Nothing,
}

/// A rule as papers print it: `classic, percentiles: type 7`, since q7 among the items q1 to q6 would read as one of them.
pub fn in_print(rule: &str) -> String {
    rule.replace("q7", "percentiles: type 7").replace("sas5", "percentiles: empirical, averaged")
}

/// The rule a round has where nobody says another; empty for discussion.
pub fn usual(way: Way) -> &'static str {
    match way {
        Way::Ram => "classic, q7",
        Way::Delphi => "70/15",
        Way::Ngt => "picks:5",
        Way::Rank => "concordance",
        Way::Percent => "percent:75",
        Way::Consent => "no-objection",
        Way::Discussion => "",
    }
}

impl Judge {
    /// Reads a rule. Fault `bad-rule`.
    pub fn read(way: Way, typed: &str) -> Result<Judge> {
        let typed = typed.trim();
        match way {
            Way::Ram => appropriateness(typed),
            Way::Delphi => typed.parse().map(Judge::Delphi),
            Way::Ngt => picks(typed),
            Way::Percent => share(typed),
            Way::Rank if typed == usual(way) => Ok(Judge::Concordance),
            Way::Consent if typed == usual(way) => Ok(Judge::NoObjection),
            Way::Discussion if typed.is_empty() => Ok(Judge::Nothing),
            Way::Rank | Way::Consent | Way::Discussion => Err(refused(way, typed)),
        }
    }
}

/// Refuses a rule that cannot be read, or that does not go with the items. Fault `bad-rule`.
pub fn check(way: Way, typed: &str, items: usize) -> Result<()> {
    match Judge::read(way, typed)? {
        Judge::Picks(picks) if picks > items => Err(fault("bad-rule", format!("{picks} of {items} cannot be picked"))
            .hint(format!("--rule picks:{items}, or fewer"))),
        _ => Ok(()),
    }
}

/// A rule as it is kept and printed: of a RAND/UCLA round always with its percentiles. Fault `bad-rule`.
pub fn written(way: Way, typed: &str) -> Result<String> {
    Ok(match Judge::read(way, typed)? {
        Judge::Ram(rule) => {
            let halves = if rule.halves_out { ", halves" } else { "" };
            format!("{}, {}{halves}", rule.disagreement, rule.percentile)
        }
        _ => typed.trim().to_owned(),
    })
}

fn refused(way: Way, typed: &str) -> Fault {
    let refused = fault("bad-rule", format!("'{typed}' is no rule for a round by {way}"));
    match way {
        Way::Ram => refused.hint("classic, ipras or thirds; then q7 or sas5; then halves: --rule 'ipras, sas5'"),
        Way::Ngt => refused.hint("how many items each member gives points to: --rule picks:5"),
        Way::Percent => refused.hint("the share of valid votes one option needs: --rule percent:75"),
        Way::Discussion => refused.hint("what is only talked over has no rule; leave --rule out"),
        _ => refused.hint(format!("its rule is {}; leave --rule out", usual(way))),
    }
}

fn appropriateness(typed: &str) -> Result<Judge> {
    let mut rule =
        ram::Rule { percentile: Percentile::Q7, disagreement: ram::Disagreement::Classic, halves_out: false };
    for word in typed.split(',').map(str::trim) {
        if word == "halves" {
            rule.halves_out = true;
        } else if let Ok(disagreement) = word.parse() {
            rule.disagreement = disagreement;
        } else {
            rule.percentile = word.parse().map_err(|_| refused(Way::Ram, typed))?;
        }
    }
    Ok(Judge::Ram(rule))
}

fn picks(typed: &str) -> Result<Judge> {
    let number = typed.strip_prefix("picks:").and_then(|number| number.trim().parse().ok());
    number.filter(|number| *number > 0).map(Judge::Picks).ok_or_else(|| refused(Way::Ngt, typed))
}

fn share(typed: &str) -> Result<Judge> {
    let number = typed.strip_prefix("percent:").and_then(|number| number.trim().parse::<f64>().ok());
    let share = number.filter(|number| (0.0..=100.0).contains(number) && *number > 0.0);
    share.map(|share| Judge::Share(share / 100.0)).ok_or_else(|| refused(Way::Percent, typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_rule_names_no_percentile_as_if_it_were_an_item() {
        assert_eq!(in_print(usual(Way::Ram)), "classic, percentiles: type 7");
        assert_eq!(in_print("70/15"), "70/15");
    }

    #[test]
    fn usual_rules_can_be_read_and_others_say_what_can() {
        for way in Way::ALL {
            assert!(Judge::read(*way, usual(*way)).is_ok(), "{way}");
        }
        let Ok(Judge::Ram(rule)) = Judge::read(Way::Ram, "ipras, sas5, halves") else { panic!() };
        assert_eq!(
            (rule.disagreement, rule.percentile, rule.halves_out),
            (ram::Disagreement::Ipras, Percentile::Sas5, true)
        );
        for (way, typed) in [(Way::Ram, "70/15"), (Way::Ngt, "5"), (Way::Percent, "percent:0"), (Way::Rank, "70/15")] {
            assert_eq!(Judge::read(way, typed).unwrap_err().0.code, "bad-rule", "{way}");
        }
        assert!(check(Way::Ngt, "picks:5", 4).is_err());
    }

    #[test]
    fn the_percentiles_are_always_part_of_the_rule() {
        for (typed, kept) in
            [("classic", "classic, q7"), ("sas5", "classic, sas5"), ("halves,ipras", "ipras, q7, halves")]
        {
            assert_eq!(written(Way::Ram, typed).unwrap(), kept);
        }
        assert_eq!(written(Way::Delphi, " 70/15 ").unwrap(), "70/15");
    }
}
