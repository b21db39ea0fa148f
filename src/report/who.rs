//! Who does something or introduces it, as a paper says it: the team reads tags and tokens, others a role. A ballot stands
//! under a token, so that who heard it beside a face would know how its owner voted.

use super::deciders::Deciders;
use super::words::Press;
use crate::consensus::Pool;
use crate::id::is_tag;
use crate::panel::{self, Member};
use std::collections::BTreeMap;

/// What others read of somebody on the panel of whose group too few sit on it.
const MEMBER: &str = "a member of the panel";

/// `gp1` is `a member (GPs)` to others where enough members share the group, `gj` the team. What somebody put in words stays,
/// and of several parted by commas each is told.
pub fn told(press: &Press, typed: &str) -> String {
    if press.is_for_team() {
        return typed.to_owned();
    }
    typed.split(',').map(|one| role(press, one.trim())).collect::<Vec<_>>().join(", ")
}

fn role(press: &Press, typed: &str) -> String {
    let settings = &press.synthesis.settings;
    let key = typed.to_lowercase();
    let member = press.synthesis.members.values().find(|one| one.token == key);
    match member {
        Some(one) if is_told(press, one) => format!("a member ({})", settings.group_title(&one.group)),
        Some(_) => MEMBER.to_owned(),
        None if key == "chair" => "the chair".to_owned(),
        None if settings.groups.iter().any(|group| group.key == key) => settings.group_title(&key),
        None if is_tag(typed) => "the team".to_owned(),
        None if panel::token(typed).is_ok() => MEMBER.to_owned(),
        None => typed.to_owned(),
    }
}

/// Enough members of the panel share the group, no smaller group can be told from it by subtraction, and no decision pools
/// it: beside one that does, the name of its group would tell who is in the pool.
fn is_told(press: &Press, member: &Member) -> bool {
    let here = press.synthesis.members.values().filter(|one| one.panel == member.panel && one.is_here());
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for one in here {
        *sizes.entry(one.group.clone()).or_default() += 1;
    }
    let least = press.synthesis.settings.thresholds.smallest_group;
    let mut decisions = press.synthesis.decisions.iter();
    !Pool::of(&[sizes], least).pooled.contains(&member.group)
        && !decisions.any(|one| Deciders::of(press, one).pools(&member.group))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Kind;
    use crate::participant::Audience;
    use crate::report::sample::{self, id};
    use crate::sealed::Sealed;

    #[test]
    fn others_read_no_token() {
        let mut synthesis = sample::synthesis();
        let panel = id(Kind::Panel, 1);
        for (number, (group, token)) in
            ["users su1", "users su2", "users su3", "gps gp1", "staff pr1", "staff pr2", "staff pr3", "staff pr4"]
                .into_iter()
                .filter_map(|one| one.split_once(' '))
                .enumerate()
        {
            let one = id(Kind::Member, u32::try_from(number).unwrap() + 1);
            let member = Member {
                id: one,
                panel,
                group: group.to_owned(),
                token: token.to_owned(),
                key: Sealed { sealed: "k".to_owned() },
                interests: None,
                invited: None,
                left: None,
            };
            synthesis.members.insert(one, member);
        }
        let said = |audience| {
            let press = Press::new(&synthesis, audience);
            ["pr1", "gp1", "su2", "gj", "chair", "zz9", "A GP from the north", "gp1, pr2"].map(|one| told(&press, one))
        };
        assert_eq!(said(Audience::Team)[0], "pr1");
        for audience in [Audience::Meeting, Audience::Publication] {
            let said = said(audience);
            // One GP alone hides the next larger group with them.
            assert_eq!(said[0], "a member (Practitioners)");
            assert_eq!([&said[1], &said[2], &said[5]], [MEMBER; 3]);
            assert_eq!((said[3].as_str(), said[4].as_str()), ("the team", "the chair"));
            assert_eq!(said[6], "A GP from the north");
            assert_eq!(said[7], format!("{MEMBER}, a member (Practitioners)"));
        }
        // A decision at which one practitioner was there pools them.
        let made = serde_json::json!({
            "outcome": "agreed", "body": "stakeholders", "method": "discussion", "present": { "users": 5, "staff": 1 },
        });
        synthesis.decisions.push(serde_json::from_value(made).unwrap());
        let press = Press::new(&synthesis, Audience::Meeting);
        assert_eq!(told(&press, "pr1"), MEMBER);
    }
}
