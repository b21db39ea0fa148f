//! The votes a decision rests on, in a line each, from what was kept with it: as papers for others print them, small groups
//! pooled.

use crate::consensus::POOLED;
use crate::decision::Decision;
use crate::settings::Settings;
use serde_json::Value;

/// `q2: 11 valid votes, median 8; by rule 70/15: none (Service users 5, median 8; smaller groups 6, median 7)`.
pub(super) fn told(settings: &Settings, decision: &Decision) -> Vec<String> {
    let Some(snapshot) = &decision.snapshot else { return Vec::new() };
    let rule = snapshot["rule"]["judge"].as_str().map(|rule| format!("by rule {rule}: ")).unwrap_or_default();
    let items = snapshot["items"].as_array().into_iter().flatten();
    items.map(|item| line(settings, &rule, item)).collect()
}

fn line(settings: &Settings, rule: &str, item: &Value) -> String {
    let median = item["median"].as_f64().map(|median| format!(", median {median}")).unwrap_or_default();
    let outcome = item["outcome"].as_str().filter(|outcome| *outcome != "none").unwrap_or("no consensus");
    let key = item["item"].as_str().unwrap_or_default();
    let said = format!("{key}: {} valid votes{median}; {rule}{outcome}", item["n"]);
    let groups: Vec<String> = item["groups"].as_array().into_iter().flatten().map(|one| group(settings, one)).collect();
    if groups.is_empty() { said } else { format!("{said} ({})", groups.join("; ")) }
}

fn group(settings: &Settings, one: &Value) -> String {
    let title = match one["group"].as_str().unwrap_or_default() {
        POOLED => POOLED.to_owned(),
        key => settings.group_title(key),
    };
    let median = one["median"].as_f64().map(|median| format!(", median {median}")).unwrap_or_default();
    let dissent = if one["dissent"] == true { ", dissents" } else { "" };
    format!("{title} {}{median}{dissent}", one["n"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use serde_json::json;

    #[test]
    fn votes_are_told_with_their_rule_and_by_group() {
        let mut all = sample::synthesis();
        let decision = &mut all.decisions[0];
        assert_eq!(told(&all.settings, decision), Vec::<String>::new());
        decision.snapshot = Some(json!({
            "rule": { "judge": "70/15" },
            "items": [{
                "item": "q2", "n": 11, "median": 8.0, "outcome": "consensus in",
                "groups": [
                    { "group": "users", "n": 5, "median": 7.5, "dissent": true },
                    { "group": "smaller groups", "n": 6, "median": null, "dissent": false },
                ],
            }],
        }));
        assert_eq!(
            told(&all.settings, decision),
            [
                "q2: 11 valid votes, median 8; by rule 70/15: consensus in (Service users 5, median 7.5, dissents; smaller groups 6)"
            ]
        );
    }
}
