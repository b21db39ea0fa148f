//! The shape of the repository itself: what a reviewer would otherwise have to look for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Source files by their place below `src/`, with their text.
fn sources() -> Vec<(String, String)> {
    let top = root().join("src");
    let files = crate::desk::files_below(&top);
    let source = |path: PathBuf| {
        let name = path.strip_prefix(&top).unwrap().to_str().unwrap().replace('\\', "/");
        (name, std::fs::read_to_string(path).unwrap())
    };
    files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs")).map(source).collect()
}

/// Files that only tests read.
fn is_test_file(name: &str) -> bool {
    name == "testdata.rs"
        || name.ends_with("/tests.rs")
        || name.contains("/tests/")
        || name.ends_with("/sample.rs")
        || name.starts_with("act/faults/")
        || name.starts_with("act/together/")
}

/// The lines of a file that are compiled into the tool, numbered: no comments, and nothing after the
/// tests begin.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines
        .take_while(|(_, line)| line.trim_start() != "#[cfg(test)]" || !text.contains("#[cfg(test)]\nmod tests"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn module_of(name: &str) -> &str {
    name.split(['/', '.']).next().unwrap()
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let library = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let order: BTreeMap<&str, usize> = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .enumerate()
        .map(|(at, module)| (module, at))
        .collect();
    let mut wrong = Vec::new();
    for (name, text) in
        sources().iter().filter(|(name, _)| name.contains('/') || !["lib.rs", "main.rs"].contains(&&**name))
    {
        let own = module_of(name);
        if is_test_file(name) {
            continue;
        }
        for (line, words) in code(text) {
            for used in words
                .split("crate::")
                .skip(1)
                .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
            {
                if let Some(place) = order.get(used)
                    && *place > order[own]
                {
                    wrong.push(format!("src/{name}:{line}: {own} uses {used}, which stands below it"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_heavy_crate_has_one_door() {
    let doors: [(&str, &[&str]); 5] = [
        ("tantivy", &["index/"]),
        ("polars", &["frame/"]),
        ("clap", &["cli/"]),
        ("indicatif", &["cli/"]),
        ("comfy_table", &["cli/", "render/terminal.rs"]),
    ];
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        for (line, words) in code(&text) {
            for (heavy, allowed) in doors {
                let used = words.contains(&format!("{heavy}::")) || words.contains(&format!("use {heavy}"));
                if used && !allowed.iter().any(|door| name.starts_with(door)) {
                    wrong.push(format!("src/{name}:{line}: {heavy} belongs in {allowed:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_disk_module_changes_files() {
    let marks = [
        "fs::write",
        "File::create",
        "fs::rename",
        "remove_file",
        "remove_dir",
        "create_dir",
        "fs::copy",
        "OpenOptions",
    ];
    let mut wrong = Vec::new();
    for (name, text) in sources()
        .iter()
        .filter(|(name, _)| !name.starts_with("disk/") && !name.starts_with("index/") && !is_test_file(name))
    {
        for (line, words) in code(text).filter(|(_, words)| marks.iter().any(|mark| words.contains(mark))) {
            wrong.push(format!("src/{name}:{line}: {}", words.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is written for people goes by `act::output`, which refuses a file that holds a listed identifier.
#[test]
fn every_output_passes_the_gate() {
    let gate = "act/output.rs";
    let mut wrong = Vec::new();
    for (name, text) in sources().iter().filter(|(name, _)| name.as_str() != gate && !is_test_file(name)) {
        for (line, words) in code(text) {
            let writes =
                words.contains(".write_output(") || (name.starts_with("cli/") && words.contains("disk::replace("));
            if writes {
                wrong.push(format!("src/{name}:{line}: {}, which is for src/{gate}", words.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_none_is_unfinished() {
    let unfinished = ["todo", "unimplemented"].map(|word| format!("{word}!("));
    for (name, text) in sources() {
        assert!(text.starts_with("//!"), "src/{name} does not begin with //!");
        assert!(!unfinished.iter().any(|mark| text.contains(mark)), "src/{name} is unfinished");
    }
    for path in crate::desk::files_below(&root().join("tests/it")) {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//!"), "{} does not begin with //!", path.display());
    }
}

/// Commands between ``` fences of the README, each once: `realist search`, `realist code add`.
fn commands_of(readme: &str) -> Vec<Vec<String>> {
    let mut commands = Vec::new();
    let mut fenced = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced && let Some(at) = line.find("realist ") {
            let before = line[..at].trim();
            if before.is_empty() || before.ends_with(['$', '|', '>']) || before.ends_with("--") {
                let words = line[at + 8..].split_whitespace().map(str::to_owned);
                commands.push(words.take_while(|word| word != "#" && word != "|").collect());
            }
        }
    }
    commands
}

#[test]
fn the_readme_shows_commands_that_are_there() {
    let Ok(readme) = std::fs::read_to_string(root().join("README.md")) else { return };
    for command in commands_of(&readme) {
        let mut words = command.iter().map(String::as_str).peekable();
        let mut verb: Vec<&str> = Vec::new();
        while let Some(word) = words.next() {
            match word {
                "-C" | "--coder" | "--format" | "--color" => drop(words.next()),
                _ if word.starts_with('-') => {}
                _ if verb.len() < 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()) => verb.push(word),
                _ => break,
            }
        }
        let known = |verb: &[&str]| {
            let mut help = Command::new(env!("CARGO_BIN_EXE_realist"));
            help.arg("help").args(verb).output().unwrap().status.success()
        };
        assert!(known(&verb) || known(&verb[..verb.len().min(1)]), "README: realist {}", command.join(" "));
    }
}

/// Files that git keeps; every file outside `target/` where there is no git.
fn kept_files() -> Vec<PathBuf> {
    let listed = Command::new("git").args(["ls-files", "-co", "--exclude-standard"]).current_dir(root()).output();
    match listed {
        Ok(output) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).lines().map(|line| root().join(line)).collect()
        }
        _ => {
            let top = ["src", "tests", "benches", "docs", "example"]
                .map(|folder| crate::desk::files_below(&root().join(folder)));
            top.into_iter().flatten().collect()
        }
    }
}

#[test]
fn no_path_of_a_machine_is_kept() {
    let marks = ["work", "root", "home"].map(|folder| format!("/{folder}/"));
    for path in kept_files() {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for mark in &marks {
            let found = text.match_indices(mark.as_str()).find(|(at, _)| {
                let before = text[..*at].chars().next_back();
                before.is_none_or(|letter| !letter.is_alphanumeric() && !".}_-/~".contains(letter))
            });
            assert!(found.is_none(), "{} names {mark}", path.display());
        }
    }
}

/// A file that is read may name addresses; nothing here could ask for what lies there.
#[test]
fn nothing_can_be_fetched() {
    for (name, text) in sources() {
        let reaches = |line: &str| ["std::net", "TcpStream", "UdpSocket"].iter().any(|word| line.contains(word));
        let found = text.lines().position(reaches).map(|at| at + 1);
        assert_eq!(found, None, "{name} reaches for the network");
    }
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let crates: Vec<&str> = lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(crates.contains(&"zip"), "the list is read");
    for client in
        ["reqwest", "ureq", "hyper", "curl", "isahc", "attohttpc", "minreq", "rustls", "native-tls", "openssl"]
    {
        assert!(!crates.contains(&client), "{client} asks for pages");
    }
}
