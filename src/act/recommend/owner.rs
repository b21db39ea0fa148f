//! Who sees to a recommendation: a coder's tag, a member's token, or a role in words. Names stand nowhere in a project.

use crate::act::action;
use crate::diagnostic::Result;
use crate::panel::{self, Member};
use crate::project::Project;
use crate::text::words::on_one_line;

/// Whoever sees to it, as a project names them. Fault `bad-owner`.
pub(super) fn owner(typed: &str) -> Result<String> {
    let owner = on_one_line(typed);
    if is_role(&owner) {
        return Ok(owner);
    }
    action::owner(&owner).map_err(|refused| refused.hint("or by a role, in two words or more: \"practice manager\""))
}

/// Two words or more, of which none but the first begins like a name; `GP lead`, `Head of nursing`.
fn is_role(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let is_plain = |word: &&str| {
        word.chars().next().is_some_and(|first| !first.is_uppercase()) || word.chars().all(|one| !one.is_lowercase())
    };
    words.len() > 1 && words[1..].iter().all(is_plain)
}

/// It looks like a member's token, and no member of a panel has it.
pub fn is_nobodys(project: &Project, owner: &str) -> bool {
    let members = || project.state().all::<Member>();
    panel::token(owner).is_ok_and(|token| members().iter().all(|one| one.token != token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_told_from_a_name() {
        for role in ["practice manager", "Head of nursing", "lead GP", "GP lead in each practice"] {
            assert_eq!(owner(role).unwrap(), role);
        }
        for name in ["Jo Rivers", "Marguerite", "Jo van Rivers"] {
            assert_eq!(owner(name).unwrap_err().0.code, "bad-owner", "{name}");
        }
        assert_eq!((owner("GJ").unwrap(), owner(" SU1 ").unwrap()), ("gj".to_owned(), "su1".to_owned()));
    }
}
