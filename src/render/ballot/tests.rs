//! Pages run nothing but their own script; each method offers its answers.

use super::*;
use base64::Engine;
use sha2::{Digest, Sha256};

fn paper(way: Way) -> Paper {
    Paper {
        project: "Trial".to_owned(),
        round: "R1.gj".to_owned(),
        title: "Round 1".to_owned(),
        way,
        scale: matches!(way, Way::Ram | Way::Delphi).then_some(Scale::NINE),
        picks: 2,
        back: None,
        print: Print::Usual,
        questions: vec![Question {
            key: "q1".to_owned(),
            whole: String::new(),
            above: None,
            text: "Peer <workers> & \"care\"?".to_owned(),
            plain: vec!["Plain </script> words".to_owned()],
            choices: if way == Way::Percent { vec![("A".to_owned(), "every <team>".to_owned())] } else { Vec::new() },
        }],
    }
}

fn ticket() -> Ticket {
    Ticket { token: "gp1".to_owned(), group: "GPs".to_owned(), mark: "b123".to_owned() }
}

#[test]
fn a_page_runs_nothing_but_its_own_script_and_no_text_is_markup() {
    let page = String::from_utf8(html(&paper(Way::Percent), &ticket())).unwrap();
    assert!(page.contains("Peer &lt;workers&gt; &amp;") && page.contains("every &lt;team&gt;"), "{page}");
    assert_eq!(page.matches("</script>").count(), 1);
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("unsafe-inline"));
    for (open, close, policy) in [("<script>", "</script>", "script-src"), ("<style>", "</style>", "style-src")] {
        let text = page.split_once(open).unwrap().1.split_once(close).unwrap().0;
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
        assert!(page.contains(&format!("{policy} 'sha256-{hash}'")), "{policy}");
    }
    for word in ["cannot_judge", "abstain"] {
        assert!(page.contains(&format!("value=\"{word}\"")));
    }
}

#[test]
fn a_draft_is_a_file_on_the_members_own_device_and_no_vote() {
    let page = String::from_utf8(html(&paper(Way::Ram), &ticket())).unwrap();
    assert!(page.contains("id=\"keep\"") && page.contains("type=\"file\" id=\"draft\""), "{page}");
    assert!(page.contains("realist_draft") && !page.contains("localStorage") && !page.contains("connect-src"));
}

#[test]
fn a_ballot_says_what_is_true_of_its_round_and_a_question_stands_once_above_its_options() {
    for (way, answers) in
        [(Way::Delphi, "your ratings are"), (Way::Percent, "your choices are"), (Way::Rank, "your order is")]
    {
        let page = String::from_utf8(html(&paper(way), &ticket())).unwrap();
        assert!(page.contains(answers) && page.contains("before the round is closed"), "{page}");
        assert!(!page.contains("large-print\""), "usual letters");
    }
    let mut asked = paper(Way::Ram);
    let option = |key: &str, above: Option<&str>| Question {
        key: key.to_owned(),
        whole: String::new(),
        above: above.map(|above| (above.to_owned(), Some("Visits are at home.".to_owned()))),
        text: format!("Option {key}: a visitor"),
        plain: Vec::new(),
        choices: Vec::new(),
    };
    asked.questions = vec![option("A", Some("Who visits?")), option("B", None)];
    asked.back = Some("Questions: the office".to_owned());
    asked.print = Print::Large;
    let page = String::from_utf8(html(&asked, &ticket())).unwrap();
    assert_eq!(page.matches("Who visits?").count(), 1, "{page}");
    for words in [
        "<h2>Who visits?</h2>\n<p class=\"plain\">Visits are at home.</p>",
        "Option B: a visitor",
        "the office",
        "<body class=\"large-print\">",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn every_way_offers_its_answers() {
    let offered = |way| paper(way).answers(&paper(way).questions[0]).len();
    assert_eq!([Way::Ram, Way::Ngt, Way::Rank, Way::Percent].map(offered), [9, 2, 1, 1]);
    assert_eq!(&docx(&paper(Way::Ram), &[ticket(), ticket()])[..2], b"PK");
}
