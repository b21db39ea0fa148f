//! The acts that the disk is made to fail under: each with the room it is done in.

use super::scene::{INTERVIEW, Place};
use crate::act::anchor::Spot;
use crate::act::bundle::Since;
use crate::act::colleague::{self, comments, export};
use crate::act::report::renderers;
use crate::act::{
    action, appraise, assign, bundle, carry, causal, cerqual, code, codebook, compare, component, consolidate, decide,
    different, document, evidence, hypothesis, identifier, import, init, join, life, memo, merge, model, panel,
    participant, pass, pattern, purge, query, recommend, relate, report, round, sheet, source, step, substantive,
    uncertainty, undo, update, withdraw, withhold, write,
};
use crate::decision::{Body, Method, Outcome};
use crate::diagnostic::{Diagnostic, Result};
use crate::evidence::Stance;
use crate::hypothesis::{Editorial, PartKind, Test};
use crate::link::LinkKind;
use crate::memo::Access;
use crate::participant::{Audience, Consent, Scope};
use crate::pathway::Way as Going;
use crate::project::{Done, Project};
use crate::recommendation::Addressee;
use crate::round::Way;
use crate::strand::SourceKind;
use crate::uncertainty::Criterion;

/// What was said beside the answer.
pub(super) type Said = Result<Vec<Diagnostic>>;

/// One thing a person does.
pub(super) struct Act {
    pub name: &'static str,
    pub furnish: &'static [fn(&Place)],
    pub run: fn(&Place) -> Said,
}

pub(super) const fn act(name: &'static str, furnish: &'static [fn(&Place)], run: fn(&Place) -> Said) -> Act {
    Act { name, furnish, run }
}

/// The acts that must hold, under every mishap.
pub(super) const CENTRAL: &[Act] = &[
    act("code add", &[project], |place| on(place, |project| code::add(project, &[coding("t2", "Trust")]))),
    act("code add, first act of a device", &[project, other_device], |place| {
        on(place, |project| code::add(project, &[coding("t2", "Trust")]))
    }),
    act("code add, many", &[project], |place| {
        let many: Vec<code::Wish> =
            (1..=4).flat_map(|n| [coding(&format!("t{n}"), "Trust"), coding(&format!("t{n}"), "Hope")]).collect();
        on(place, |project| code::add(project, &many))
    }),
    act("write", &[project], |place| {
        let form = "claim: If known, they stay\ncontext: let down before\noutcome: they stay\ncomponent: Follow-up\n---\nattach: H1.gj\nstance: refutes\n";
        match write::save(&mut place.open()?, &Spot::parse("D1.gj", Some("t4"), None)?, form)? {
            write::Saved::Written(done) => Ok(done.afterwards),
            other => panic!("{other:?}"),
        }
    }),
    act("sheet read", &[project], |place| {
        let sheet = "passage,text,claim,outcome\n\
            D1.gj/2,She came every single week until I trusted her word.,If known they stay,staying\n\
            D1.gj/4,Then I went on my own.,If pressed they leave,\n";
        let done = sheet::read(&mut place.open()?, sheet)?;
        assert_eq!(done.answer.refused, []);
        Ok(done.afterwards)
    }),
    act("import", &[project], |place| {
        let files = [("two.txt", "Ann: one two\n\nBob: three\n"), ("three.txt", "Cy: four\n\nDi: five six\n")];
        let done = place.import(&mut place.open()?, &files)?;
        assert!(done.answer.failed.is_empty(), "{:?}", done.answer.failed);
        Ok(done.afterwards)
    }),
    act("merge", &[project, far_work], |place| {
        Ok(merge::merge(&mut place.open()?, &place.far_root(), &[])?.taken.afterwards)
    }),
    act("merge, the settings too", &[project, other_title], |place| {
        Ok(merge::merge(&mut place.open()?, &place.far_root(), &["title".to_owned()])?.taken.afterwards)
    }),
    act("purge", &[project, paper], |place| on(place, |project| purge::purge(project, "D1.gj", "consent withdrawn"))),
    act("participant withdraw, turns", &[project, coded, paper], |place| {
        on(place, |project| withdraw::withdraw(project, "P1.gj", Scope::Turns, None))
    }),
    act("merge of a correction unaware of a withdrawal", &[project, far_correction, withdrawn], |place| {
        Ok(merge::merge(&mut place.open()?, &place.far_root(), &[])?.taken.afterwards)
    }),
    act("import of a facesheet", &[project], |place| {
        let file = place.file("people.csv", "Participant,Group,Consent,Age\nAna,gps,yes,47\n");
        let wanted = import::Wanted {
            taken_as: Some(import::As::Attributes),
            ..import::Wanted::of(vec![file], SourceKind::Interview)
        };
        on(place, |project| import::import(project, &wanted, &|_, _| {}))
    }),
    act("undo", &[project, coded], |place| on(place, |project| undo::undo(project, None, false))),
];

/// The others that write.
pub(super) const FURTHER: &[Act] = &[
    act("init", &[], |place| init::init(&place.root(), "Anew", &[], &place.surroundings()).map(|()| Vec::new())),
    act("join", &[project], |place| {
        join::join(&place.open()?, "gj", join::Leave { mine: true, replace: true }).map(|_| Vec::new())
    }),
    act("codebook add", &[project], |place| on(place, |project| codebook::add(project, &named("Loss")))),
    act("codebook edit", &[project], |place| {
        let entry = codebook::Entry { definition: Some("Reliance".to_owned()), ..codebook::Entry::default() };
        on(place, |project| codebook::edit(project, "Trust", &entry))
    }),
    act("codebook rename", &[project], |place| {
        on(place, |project| codebook::place::rename(project, "Trust", "Faith", false))
    }),
    act("codebook move", &[project], |place| {
        on(place, |project| codebook::place::move_below(project, "Trust", Some("Hope")))
    }),
    act("codebook retire", &[project], |place| {
        on(place, |project| codebook::place::retire(project, &["Trust".to_owned()]))
    }),
    act("codebook revive", &[project, coded, merged], |place| {
        on(place, |project| codebook::place::revive(project, "Trust"))
    }),
    act("codebook merge", &[project, coded], |place| {
        on(place, |project| codebook::merge::merge(project, &["Trust".to_owned()], "Hope"))
    }),
    act("codebook split", &[project, coded], |place| {
        let choice = codebook::split::Choice::Listed(vec![("CD1.gj".to_owned(), None)]);
        let (code, into) = ("Trust".to_owned(), vec!["Won".to_owned()]);
        on(place, |project| {
            codebook::split::split(project, &codebook::split::Wish { code, into, beside: false, choice })
        })
    }),
    act("codebook import", &[project], |place| {
        let appraisal = crate::codebook::ready::named("appraisal")?;
        let wish = codebook::take_in::Wish {
            outline: &appraisal.outline,
            meant: codebook::take_in::Meant::InItsTree,
            replace: false,
            act: "codebook import",
        };
        on(place, |project| codebook::take_in::take_in(project, &wish))
    }),
    act("an act after the codebook was edited by hand", &[project, hand_edit], |place| {
        on(place, |project| code::add(project, &[coding("t2", "Faith")]))
    }),
    act("code remove", &[project, coded], |place| {
        on(place, |project| code::remove(project, &["CD1.gj".to_owned()], None))
    }),
    act("redo", &[project, coded, undone], |place| on(place, undo::redo)),
    act("hypothesis add", &[project], |place| on(place, |project| hypothesis::add(project, &claim("Once more")))),
    act("theory consolidate --look", &[project, by_hand], |place| on(place, consolidate::look_first)),
    act("theory consolidate --groups", &[project, second], |place| {
        let card =
            |statement: &str| consolidate::own::Card { statement: statement.to_owned(), group: "Staying".to_owned() };
        on(place, |project| consolidate::own::enter(project, &[card("H1.gj"), card("H2.gj")]))
    }),
    act("theory consolidate --decide, kept and refused", &[project, second], |place| {
        use consolidate::ruling::Decision::{Accept, Reject};
        on(place, |project| {
            let rows = [
                ruling("a", "H1.gj", Accept),
                ruling("a", "H2.gj", Accept),
                ruling("b", "H1.gj", Reject),
                ruling("b", "H2.gj", Reject),
            ];
            consolidate::ruling::apply(project, &rows)
        })
    }),
    act("theory consolidate --decide, merged", &[project, second], |place| {
        use consolidate::ruling::Decision::Merge;
        on(place, |project| {
            consolidate::ruling::apply(project, &[ruling("a", "H1.gj", Merge), ruling("a", "H2.gj", Merge)])
        })
    }),
    act("theory consolidate --take-back", &[project, second, sorted], |place| {
        on(place, |project| consolidate::take_back(project, "GR1.gj"))
    }),
    act("theory pattern sought", &[project, second], |place| {
        let search = searched(&place.open()?);
        on(place, |project| pattern::sought(project, &search, &|_, _| {}))
    }),
    act("theory pattern name", &[project, second, sought], |place| {
        let search = searched(&place.open()?);
        on(place, |project| pattern::name(project, &search.pattern, "Remembered", "it recurs"))
    }),
    act("hypothesis edit", &[project], |place| {
        let mut project = place.open()?;
        Ok(hypothesis::edit(&mut project, "H1.gj", &claim("Otherwise"), Some("clearer"))?.afterwards)
    }),
    act("hypothesis status", &[project], |place| {
        on(place, |project| life::status::set(project, &["H1.gj".to_owned()], Editorial::Screened, "read by two"))
    }),
    act("hypothesis tested", &[project], |place| {
        on(place, |project| life::tested::set(project, "H1.gj", Test::Formative, Some("taken up")))
    }),
    act("hypothesis merge", &[project, two_statements], |place| {
        let into = life::merge::Into::New(Box::new(claim("If received well, then they stay")));
        let both = ["H1.gj".to_owned(), "H2.gj".to_owned()];
        on(place, |project| life::merge::merge(project, &both, &into, "alike"))
    }),
    act("hypothesis split", &[project], |place| {
        let into = ["If greeted, they stay".to_owned(), "If known, they stay".to_owned()];
        on(place, |project| life::split::split(project, "H1.gj", &into, true, "two claims"))
    }),
    act("hypothesis refine", &[project], |place| {
        on(place, |project| life::split::refine(project, "H1.gj", &claim("If welcomed warmly"), false, "how"))
    }),
    act("evidence confirm", &[project, two_statements, merged_statements], |place| {
        on(place, |project| life::confirm::confirm_all(project, "H2.gj"))
    }),
    act("link add", &[project, two_statements], |place| on(place, |project| relate::add(project, &[feeds()]))),
    act("link remove", &[project, two_statements, fed], |place| {
        on(place, |project| relate::remove(project, &["L1.gj".to_owned()], "not so"))
    }),
    act("link move", &[project, two_statements, fed], |place| {
        on(place, |project| {
            let ends = relate::carry::Ends { from: Some("H2.gj".to_owned()), to: Some("H1.gj".to_owned()) };
            relate::carry::shift(project, &["L1.gj".to_owned()], &ends, None)
        })
    }),
    act("link clear", &[project, two_statements, written_link], |place| {
        on(place, |project| relate::clear(project, "H1.gj", LinkKind::RivalOf, "H2.gj"))
    }),
    act("substantive add", &[project], |place| on(place, |project| substantive::add(project, &candidacy()))),
    act("substantive edit", &[project, borrowed], |place| {
        let entry = substantive::Entry { claim: Some("It is negotiated".to_owned()), ..substantive::Entry::default() };
        on(place, |project| substantive::edit(project, "ST1.gj", &entry))
    }),
    act("substantive remove", &[project, borrowed], |place| {
        on(place, |project| substantive::remove(project, "ST1.gj", "not needed"))
    }),
    act("theory take-in", &[project], |place| {
        let claim = causal::Row {
            line: 2,
            cause: "pressed".to_owned(),
            effect: "leaves".to_owned(),
            quotation: "Then I went on my own".to_owned(),
            source: None,
        };
        on(place, |project| causal::take_in(project, &[claim], &[]))
    }),
    act("evidence add", &[project], |place| on(place, |project| evidence::add(project, &[link("t4")]))),
    act("evidence edit", &[project], |place| {
        let judgement = evidence::Judgement { relevance: Some(2), ..evidence::Judgement::default() };
        on(place, |project| evidence::edit(project, "E1.gj", &judgement))
    }),
    act("evidence appraise, a second opinion", &[project], |place| {
        on(place, |project| appraise::double::give(project, &[given()], true))
    }),
    act("evidence settle", &[project, second_opinion], |place| {
        let ruling = appraise::settle::Ruling {
            evidence: "E1.gj".to_owned(),
            scores: given().scores,
            reason: Some("talked over".to_owned()),
        };
        on(place, |project| appraise::settle::settle(project, &[ruling]))
    }),
    act("evidence settle --agreed", &[project, second_opinion], |place| on(place, appraise::settle::take_agreed)),
    act("cerqual judge", &[project], |place| on(place, |project| cerqual::judge(project, &[confident()]))),
    act("cerqual remove", &[project, judged_finding], |place| {
        on(place, |project| cerqual::remove(project, "H1.gj", "begun anew"))
    }),
    act("model add", &[project], |place| on(place, |project| model::add(project, &shared_care()))),
    act("model edit", &[project, modelled], |place| {
        let entry = model::Entry { description: Some("By turns".to_owned()), ..model::Entry::default() };
        on(place, |project| model::edit(project, "M1.gj", &entry))
    }),
    act("model retire", &[project, modelled], |place| on(place, |project| model::retire(project, "M1.gj", true))),
    act("model cell", &[project, modelled], |place| {
        on(place, |project| model::cell::judge(project, &[not_there("t2"), not_there("t4")], &[1, 2]))
    }),
    act("model cell, a passage less", &[project, modelled, judged_cell], |place| {
        let wish = model::cell::Wish { without: vec!["CD1.gj".to_owned()], ..not_there("t4") };
        on(place, |project| model::cell::judge(project, &[wish], &[1]))
    }),
    act("model outcome", &[project, modelled], |place| on(place, |project| model::outcome::add(project, &result()))),
    act("model drop", &[project, modelled, reported], |place| {
        on(place, |project| model::outcome::drop(project, "MO1.gj", "twice"))
    }),
    act("step add", &[project, modelled], |place| {
        on(place, |project| step::add(project, Some("M1"), &a_step("Courses")))
    }),
    act("step add --from", &[project, modelled], |place| {
        let row = |name: &str, moves: &[(Going, &str)]| step::pathway::Row {
            entry: a_step(name),
            leaving: Vec::new(),
            moves: moves.iter().map(|(way, to)| (*way, (*to).to_owned())).collect(),
        };
        let rows =
            [row("Courses", &[(Going::Up, "Talking: no better")]), row("Talking", &[(Going::Out, "home: well")])];
        on(place, |project| step::pathway::add(project, Some("M1"), &rows))
    }),
    act("step edit", &[project, modelled, stepped], |place| {
        let entry = step::Entry { without: vec!["reading".to_owned()], ..a_step("Courses at work") };
        on(place, |project| step::edit(project, "Z1.gj", &entry))
    }),
    act("step retire", &[project, modelled, stepped], |place| {
        on(place, |project| step::retire(project, "Z1.gj", true))
    }),
    act("step move", &[project, modelled, stepped], |place| {
        on(place, |project| step::moves::set(project, "Z1.gj", Going::Out, "home", Some("well again"), None))
    }),
    act("step move --lift", &[project, modelled, stepped, led_out], |place| {
        on(place, |project| step::moves::lift(project, "Z1.gj", Going::Out, "Home"))
    }),
    act("step explain", &[project, modelled, stepped], |place| {
        on(place, |project| step::explain(project, "Z1.gj", "H1.gj", "it is why they come"))
    }),
    act("step explain --lift", &[project, modelled, stepped, told_why], |place| {
        on(place, |project| step::untie(project, "Z1.gj", "H1.gj"))
    }),
    act("compare explain", &[project], |place| {
        on(place, |project| compare::explain(project, "Trust", "H1.gj", "it is what they stay for"))
    }),
    act("compare explain --lift", &[project, tied], |place| {
        on(place, |project| compare::untie(project, "Trust", "H1.gj"))
    }),
    act("evidence remove", &[project], |place| {
        on(place, |project| evidence::remove(project, &["E1.gj".to_owned()], "twice"))
    }),
    act("component add", &[project], |place| {
        let entry = component::Entry { name: Some("Contact".to_owned()), ..component::Entry::default() };
        on(place, |project| component::add(project, &entry))
    }),
    act("uncertainty add", &[project], |place| on(place, |project| uncertainty::add(project, &question("And when?")))),
    act("uncertainty rate", &[project], |place| {
        let row = uncertainty::RatingRow {
            uncertainty: "U1.gj".to_owned(),
            criterion: Criterion::Importance,
            group: "gps".to_owned(),
            rater: "r1".to_owned(),
            value: 1.0,
        };
        on(place, |project| uncertainty::rate(project, &[row]))
    }),
    act("decide", &[project], |place| on(place, |project| decide::decide(project, &settled()))),
    act("uncertainty weigh", &[project], |place| {
        let judged = ("fair", "all have a telephone", None);
        on(place, |project| uncertainty::weigh(project, "U1.gj", crate::uncertainty::Consideration::Equity, judged))
    }),
    act("panel add", &[project], |place| on(place, |project| panel::add(project, "Panel", Some("to agree")))),
    act("panel member", &[project, panelled], |place| {
        let wish = panel::Wish {
            group: "gps".to_owned(),
            people: Some(2),
            interests: Some("none".to_owned()),
            ..panel::Wish::default()
        };
        on(place, |project| panel::add_members(project, "N1.gj", &[wish]))
    }),
    act("panel invite", &[project, panelled], |place| on(place, |project| panel::invite(project, "N1.gj", &[], None))),
    act("panel declare", &[project, panelled], |place| {
        on(place, |project| panel::declare(project, "N1.gj", "gp1", "a shareholder"))
    }),
    act("panel withdraw", &[project, asked, answered], |place| {
        on(place, |project| panel::withdraw(project, "N1.gj", "gp1", true))
    }),
    act("round add", &[project, panelled], |place| on(place, |project| round::add(project, "N1.gj", &rated()))),
    act("round edit", &[project, planned], |place| {
        let rule = round::Asked { judge: Some("percent:75".to_owned()), ..round::Asked::default() };
        on(place, |project| round::edit(project, "R1.gj", &rule, Some(5)))
    }),
    act("round open", &[project, planned], |place| on(place, |project| round::open(project, "R1.gj"))),
    act("round collect", &[project, asked, grid], |place| {
        let files = [place.room().join("grid.csv")];
        on(place, |project| round::collect::collect(project, "R1.gj", &files, false))
    }),
    act("round close", &[project, asked, answered], |place| on(place, |project| round::close(project, "R1.gj"))),
    act("round amend", &[project, asked, answered], |place| {
        let reword = [("q1".to_owned(), "Should it be so?".to_owned())];
        on(place, |project| round::amend(project, "R1.gj", &reword, "unclear"))
    }),
    act("round admit", &[project, asked, deputy], |place| {
        on(place, |project| round::admit(project, "R1.gj", "gp2", "gp1", "away"))
    }),
    act("action add", &[project], |place| on(place, |project| action::add(project, &undertaken()))),
    act("action done", &[project, busy], |place| on(place, |project| action::finish(project, "AC1.gj", Some("sent")))),
    act("recommend add", &[project, agreed], |place| {
        on(place, |project| recommend::add(project, Addressee::Practice, &advised()))
    }),
    act("recommend edit", &[project, agreed, recommended], |place| {
        let entry = recommend::Entry { owner: Some("gj".to_owned()), ..recommend::Entry::default() };
        on(place, |project| recommend::edit(project, "RC1.gj", &entry))
    }),
    act("recommend retire", &[project, agreed, recommended], |place| {
        on(place, |project| recommend::retire(project, "RC1.gj", true))
    }),
    act("recommend done", &[project, agreed, recommended], |place| {
        on(place, |project| recommend::finish(project, "RC1.gj", Some("in every practice")))
    }),
    act("recommend draft --write", &[project, agreed], |place| {
        let asked =
            recommend::draft::Asked { audience: Addressee::Practice, component: None, on: vec!["X1.gj".to_owned()] };
        on(place, |project| recommend::draft::write(project, &asked))
    }),
    act("source set", &[project], |place| {
        let changes = source::Changes { title: Some("First".to_owned()), ..source::Changes::default() };
        on(place, |project| source::set(project, "S1.gj", &changes))
    }),
    act("source different", &[project, two_sources], |place| {
        on(place, |project| different::judge(project, "S1.gj", "S2.gj", Some("other years")))
    }),
    act("import of references that were coded", &[project], |place| {
        let file = place.file("review.json", EPPI);
        let wanted = import::Wanted::of(vec![file], SourceKind::PrimaryStudy);
        let done = import::import(&mut place.open()?, &wanted, &|_, _| {})?;
        assert_eq!(done.answer.imported[0].codings, Some(2), "{:?}", done.answer);
        Ok(done.afterwards)
    }),
    act("participant set", &[project], |place| {
        let consent = Some((Consent::Anonymous, vec![Audience::Meeting]));
        let changes =
            participant::Changes { group: Some("gps".to_owned()), consent, ..participant::Changes::default() };
        on(place, |project| participant::set(project, &["P1.gj".to_owned()], &changes))
    }),
    act("document set", &[project], |place| {
        let roles = vec![("Ana".to_owned(), crate::document::Role::Interviewer)];
        let changes = document::Changes { title: Some("Renamed".to_owned()), roles, ..document::Changes::default() };
        on(place, |project| document::set(project, "D1.gj", &changes))
    }),
    act("document set, its language", &[project], |place| {
        let changes = document::Changes { language: "fr".parse().ok(), ..document::Changes::default() };
        on(place, |project| document::set(project, "D1.gj", &changes))
    }),
    act("import of a table", &[project], |place| {
        let table = "Study,Speaker,Quote\nA 2001,Gil,They knew my name\nB 2002,Hal,\"Two lines,\r\nin one cell\"\n";
        let done = place.import(&mut place.open()?, &[("quotes.csv", table)])?;
        assert!(done.answer.failed.is_empty(), "{:?}", done.answer.failed);
        Ok(done.afterwards)
    }),
    act("import --update", &[project, coded, correct], |place| {
        on(place, |project| update::update(project, &correction(place), &|_, _| {}))
    }),
    act("document carry", &[project, behind], |place| on(place, |project| carry::carry(project, &[]))),
    act("document confirm", &[project, coded, near], |place| {
        on(place, |project| carry::confirm::confirm(project, &["D1.gj".to_owned()]))
    }),
    act("import of a document with comments", &[project], |place| {
        let done = place.import(&mut place.open()?, &[("noted.rtf", NOTED)])?;
        assert!(done.answer.failed.is_empty(), "{:?}", done.answer.failed);
        Ok(done.afterwards)
    }),
    act("document comments", &[project, commented], |place| {
        let file = place.room().join("back.docx");
        let wish = comments::Wish { file, document: None, make_codes: true };
        let done = comments::take(&mut place.open()?, &wish)?;
        assert_eq!((done.answer.made.len(), &done.answer.refused), (3, &vec![]));
        Ok(done.afterwards)
    }),
    act("code found", &[project], |place| on(place, |project| code::add_unread(project, &[coding("t2", "Trust")]))),
    act("code confirm", &[project, found], |place| {
        on(place, |project| {
            let all = project.state().all::<crate::coding::Coding>();
            code::confirm(project, &all.iter().map(|one| one.id).collect::<Vec<_>>())
        })
    }),
    act("assign sample", &[project], |place| {
        let sample = assign::Sample { percent: 50.0, by: assign::Stratum::Strand, seed: 1, to: "mb".to_owned() };
        on(place, |project| assign::sample(project, &sample))
    }),
    act("pass open", &[project, coded], |place| on(place, |project| pass::open(project, &blind()))),
    act("pass done", &[project, coded, opened], |place| on(place, |project| pass::done(project, "BP1.gj", true))),
    act("pass close", &[project, coded, opened], |place| {
        on(place, |project| pass::close(project, "BP1.gj", Some("the other is away")))
    }),
    act("pass reconcile", &[project, coded, opened, closed], |place| {
        let said = pass::Said {
            item: "1".to_owned(),
            verdict: crate::pass::Verdict::Keep,
            code: None,
            spot: None,
            reason: Some("it says so".to_owned()),
        };
        on(place, |project| pass::settle(project, "BP1.gj", std::slice::from_ref(&said)))
    }),
    act("pass reconcile, all agreed", &[project, coded, opened, coded_too, closed], |place| {
        on(place, |project| pass::take_agreed(project, "BP1.gj"))
    }),
    act("query save", &[project], |place| on(place, |project| query::save(project, "felt", "code:Trust AND tea"))),
    act("memo add", &[project], |place| on(place, |project| memo::add(project, &thought()))),
    act("memo edit", &[project, thought_of], |place| {
        on(place, |project| memo::edit(project, "A1.gj", Some("Not so"), Some(Access::Private)))
    }),
    act("memo remove", &[project, thought_of], |place| {
        on(place, |project| memo::remove(project, &["A1.gj".to_owned()], None))
    }),
    act("purge of a document with memos", &[project, thought_of], |place| {
        on(place, |project| purge::purge(project, "D1.gj", "consent withdrawn"))
    }),
    act("bundle", &[project], |place| {
        let out = place.room().join("all.zip");
        bundle::make(&mut place.open()?, Some(&out), &Since::Start, true).map(|_| Vec::new())
    }),
    act("merge of a bundle", &[project, far_work, far_bundle], |place| {
        Ok(merge::merge(&mut place.open()?, &place.room().join("far.bundle"), &[])?.taken.afterwards)
    }),
    act("evidence withhold", &[project, second], |place| {
        on(place, |project| withhold::withhold(project, &["E2.gj".to_owned()], Some("names a ward")))
    }),
    act("identifier add", &[project], |place| on(place, |project| identifier::add(project, &[town()]))),
    act("identifier set", &[project, listed], |place| {
        let entry = identifier::Entry { instead: Some("a town".to_owned()), ..identifier::Entry::default() };
        on(place, |project| identifier::set(project, "I1.gj", &entry))
    }),
    act("identifier remove", &[project, listed], |place| {
        on(place, |project| identifier::remove(project, &["I1.gj".to_owned()]))
    }),
    act("identifier permit", &[project, listed], |place| {
        on(place, |project| identifier::permit::permit(project, "Ormskirk", Some("agenda"), "it is public"))
    }),
    act("report", &[project], |place| {
        let project = place.open()?;
        let made = report::make(&project, "agenda", Audience::Team, &report::Asked::default())?;
        report::write(&project, made, &renderers(&["md".to_owned()])?).map(|_| Vec::new())
    }),
];

pub(super) fn on<T>(place: &Place, act: impl FnOnce(&mut Project) -> Result<Done<T>>) -> Said {
    act(&mut place.open()?).map(|done| done.afterwards)
}

fn named(name: &str) -> codebook::Entry {
    codebook::Entry { name: Some(name.to_owned()), ..codebook::Entry::default() }
}

fn claim(sentence: &str) -> hypothesis::Entry {
    hypothesis::Entry { statement: Some(sentence.to_owned()), ..hypothesis::Entry::default() }
}

fn two_statements(place: &Place) {
    hypothesis::add(&mut place.open().unwrap(), &claim("If greeted, then they remain")).unwrap();
}

fn merged_statements(place: &Place) {
    let into = life::merge::Into::Existing("H2.gj".to_owned());
    life::merge::merge(&mut place.open().unwrap(), &["H1.gj".to_owned()], &into, "alike").unwrap();
}

fn given() -> appraise::double::Row {
    let scores = crate::appraisal::Scores { relevance: 2, richness: 2, rigour: 1 };
    appraise::double::Row { evidence: "E1.gj".to_owned(), scores, reason: None }
}

fn second_opinion(place: &Place) {
    appraise::double::give(&mut place.open().unwrap(), &[given()], true).unwrap();
}

fn confident() -> cerqual::Entry {
    use crate::cerqual::{Aspect, Concern, Confidence};
    let why = || "two thin studies".to_owned();
    cerqual::Entry {
        hypothesis: "H1.gj".to_owned(),
        judged: Aspect::ALL
            .iter()
            .map(|aspect| (*aspect, cerqual::Said { level: Concern::Minor, why: why() }))
            .collect(),
        overall: Some(cerqual::Said { level: Confidence::Moderate, why: why() }),
    }
}

fn judged_finding(place: &Place) {
    cerqual::judge(&mut place.open().unwrap(), &[confident()]).unwrap();
}

fn shared_care() -> model::Entry {
    let (name, sources) = (Some("Shared care".to_owned()), vec!["S1.gj".to_owned()]);
    model::Entry { name, sources, ..model::Entry::default() }
}

fn modelled(place: &Place) {
    model::add(&mut place.open().unwrap(), &shared_care()).unwrap();
}

fn a_step(name: &str) -> step::Entry {
    step::Entry {
        name: Some(name.to_owned()),
        interventions: vec!["course".to_owned(), "reading".to_owned()],
        ..step::Entry::default()
    }
}

fn stepped(place: &Place) {
    step::add(&mut place.open().unwrap(), Some("M1.gj"), &a_step("Courses")).unwrap();
}

fn led_out(place: &Place) {
    step::moves::set(&mut place.open().unwrap(), "Z1.gj", Going::Out, "home", None, None).unwrap();
}

fn told_why(place: &Place) {
    step::explain(&mut place.open().unwrap(), "Z1.gj", "H1.gj", "it is why they come").unwrap();
}

fn behind_it(turns: &str) -> model::Behind {
    model::Behind { spot: Some(Spot::parse("D1.gj", Some(turns), None).unwrap()), codings: Vec::new() }
}

fn not_there(turns: &str) -> model::cell::Wish {
    model::cell::Wish {
        model: "M1.gj".to_owned(),
        feature: "Hope".to_owned(),
        value: crate::model::Value::Absent,
        behind: behind_it(turns),
        without: Vec::new(),
        note: Some("said so".to_owned()),
    }
}

fn judged_cell(place: &Place) {
    model::cell::judge(&mut place.open().unwrap(), &[not_there("t2")], &[1]).unwrap();
}

fn result() -> model::outcome::Wish {
    model::outcome::Wish {
        model: "M1.gj".to_owned(),
        outcome: "Trust".to_owned(),
        direction: crate::model::Direction::None,
        measure: Some("visits".to_owned()),
        comparator: None,
        behind: behind_it("t4"),
        note: None,
    }
}

fn reported(place: &Place) {
    model::outcome::add(&mut place.open().unwrap(), &result()).unwrap();
}

fn tied(place: &Place) {
    compare::explain(&mut place.open().unwrap(), "Trust", "H1.gj", "it is what they stay for").unwrap();
}

fn feeds() -> relate::Wish {
    let (from, to) = ("H1.gj".to_owned(), "H2.gj".to_owned());
    relate::Wish { from, kind: LinkKind::Feeds, to, enters_as: None, reason: None }
}

fn fed(place: &Place) {
    relate::add(&mut place.open().unwrap(), &[feeds()]).unwrap();
}

/// As first versions wrote a rival.
fn written_link(place: &Place) {
    let mut project = place.open().unwrap();
    let [one, other] = ["H1.gj", "H2.gj"].map(|label| project.state().labelled(&label.parse().unwrap()).unwrap());
    let written = project.write("hypothesis edit", true, |batch| {
        let fields = crate::project::Batch::fields(serde_json::json!({ "rival_of": other }));
        batch.set(crate::id::Kind::Hypothesis, one, &fields);
        Ok(())
    });
    written.unwrap();
}

fn candidacy() -> substantive::Entry {
    substantive::Entry { name: Some("Candidacy".to_owned()), ..substantive::Entry::default() }
}

fn borrowed(place: &Place) {
    substantive::add(&mut place.open().unwrap(), &candidacy()).unwrap();
}

fn question(text: &str) -> uncertainty::Entry {
    uncertainty::Entry { text: Some(text.to_owned()), ..uncertainty::Entry::default() }
}

fn coding(turns: &str, code: &str) -> code::Wish {
    let spot = Spot::parse("D1.gj", Some(turns), None).unwrap();
    code::Wish { codes: vec![code.to_owned()], spot, memo: None }
}

/// A document with a comment on three of its words.
const NOTED: &str = "{\\rtf1 Ann: She {\\*\\atrfstart 1}kept her word{\\*\\atrfend 1}\
    {\\*\\atnauthor Jo}{\\*\\annotation{\\*\\atnref 1}Trust?} then.\\par Bob: No.\\par}";

fn thought() -> memo::Entry {
    let spot = Some(Spot::parse("D1.gj", Some("t2"), None).unwrap());
    memo::Entry { spot, about: None, text: "Is it trust?".to_owned(), access: Access::Team }
}

/// Numbered turns came back with a comment that asks for three things.
fn commented(place: &Place) {
    let mut project = place.open().unwrap();
    memo::add(&mut project, &memo::Entry { text: "#Hope #Loss If known, they stay".to_owned(), ..thought() }).unwrap();
    let wish = export::Wish { format: colleague::Format::Docx, without_names: false, with_memos: true };
    let made = export::make(&project, "D1.gj", wish).unwrap();
    crate::disk::replace(&place.room().join("back.docx"), &made.bytes).unwrap();
    undo::undo(&mut project, None, false).unwrap();
}

fn town() -> identifier::Entry {
    identifier::Entry { spellings: vec!["Ormskirk".to_owned()], ..identifier::Entry::default() }
}

fn listed(place: &Place) {
    identifier::add(&mut place.open().unwrap(), &[town()]).unwrap();
}

fn thought_of(place: &Place) {
    memo::add(&mut place.open().unwrap(), &thought()).unwrap();
}

/// A statement of two parts with a link.
fn second(place: &Place) {
    let parts =
        vec![(PartKind::Reasoning, "They are remembered".to_owned()), (PartKind::Outcome, "they stay".to_owned())];
    let mut project = place.open().unwrap();
    hypothesis::add(&mut project, &hypothesis::Entry { parts, ..hypothesis::Entry::default() }).unwrap();
    evidence::add(&mut project, &[evidence::Wish { hypothesis: "H2.gj".to_owned(), ..link("t2") }]).unwrap();
}

fn by_hand(place: &Place) {
    let text = std::fs::read_to_string(place.root().join("realist.toml")).unwrap();
    place.file("p/realist.toml", &format!("{text}\n[consolidation]\nby_hand_first = true\n"));
}

fn sorted(place: &Place) {
    let card = consolidate::own::Card { statement: "H1.gj".to_owned(), group: "Staying".to_owned() };
    consolidate::own::enter(&mut place.open().unwrap(), &[card]).unwrap();
}

fn ruling(proposal: &str, statement: &str, decision: consolidate::ruling::Decision) -> consolidate::ruling::Row {
    consolidate::ruling::Row {
        proposal: proposal.to_owned(),
        statement: statement.to_owned(),
        decision: Some(decision),
        sentence: Some("If remembered, they stay".to_owned()),
        reason: Some("said twice".to_owned()),
        ..consolidate::ruling::Row::default()
    }
}

fn searched(project: &Project) -> pattern::Search {
    let key = pattern::look(project, 0).unwrap().found[0].pattern.key.clone();
    pattern::Search { pattern: key, query: None, found: "none".to_owned(), date: None }
}

fn sought(place: &Place) {
    let mut project = place.open().unwrap();
    let search = searched(&project);
    pattern::sought(&mut project, &search, &|_, _| {}).unwrap();
}

fn link(turns: &str) -> evidence::Wish {
    let judgement = evidence::Judgement { stance: Some(Stance::Supports), ..evidence::Judgement::default() };
    evidence::Wish { hypothesis: "H1.gj".to_owned(), spot: Spot::parse("D1.gj", Some(turns), None).unwrap(), judgement }
}

/// An interview, two codes, a component, a statement with a link, an uncertainty.
pub(super) fn project(place: &Place) {
    let settings = "title = \"Care navigators\"\n[[strand]]\nkey = \"interviews\"\ntitle = \"Interviews\"\nkinds = [\"interview\"]\n\
        [[group]]\nkey = \"gps\"\ntitle = \"GPs\"\n";
    Project::create_with(&place.root(), settings, &place.surroundings()).unwrap();
    let mut project = place.open().unwrap();
    place.import(&mut project, &[("one.txt", INTERVIEW)]).unwrap();
    for name in ["Trust", "Hope"] {
        codebook::add(&mut project, &named(name)).unwrap();
    }
    let entry = component::Entry { name: Some("Follow-up".to_owned()), ..component::Entry::default() };
    component::add(&mut project, &entry).unwrap();
    hypothesis::add(&mut project, &claim("If welcomed, then they stay")).unwrap();
    evidence::add(&mut project, &[link("t2")]).unwrap();
    uncertainty::add(&mut project, &question("When to stop?")).unwrap();
}

/// The machine knows nothing of a stream of its own.
fn other_device(place: &Place) {
    std::fs::remove_dir_all(place.room().join("home")).unwrap();
}

/// A reference with a code on words of it, one on it as a whole, and a note.
const EPPI: &str = r#"{"CodeSets":[{"SetName":"Review","Attributes":{"AttributesList":[{"AttributeId":5,"AttributeName":"Trust"}]}}],
    "References":[{"ItemId":7,"Title":"Signals","Authors":"Chapman A;","Codes":[{"AttributeId":5,"AdditionalText":"as ever"},
    {"AttributeId":5,"ItemAttributeFullTextDetails":[{"Text":"Page 2:\n[¬s]\"Lanterns[¬e]\""}]}]}]}"#;

fn two_sources(place: &Place) {
    place.import(&mut place.open().unwrap(), &[("two.txt", "Ann: one two\n\nBob: three\n")]).unwrap();
}

fn found(place: &Place) {
    code::add_unread(&mut place.open().unwrap(), &[coding("t2", "Trust")]).unwrap();
}

fn coded(place: &Place) {
    code::add(&mut place.open().unwrap(), &[coding("t2", "Trust")]).unwrap();
}

/// The interview with one word corrected.
fn correct(place: &Place) {
    place.file("corrected.txt", &INTERVIEW.replace("every single week", "every other week"));
}

fn correction(place: &Place) -> update::Wanted {
    let import = import::Wanted::of(vec![place.room().join("corrected.txt")], crate::strand::SourceKind::Interview);
    update::Wanted { import, document: Some("D1.gj".to_owned()) }
}

fn near(place: &Place) {
    correct(place);
    update::update(&mut place.open().unwrap(), &correction(place), &|_, _| {}).unwrap();
}

/// A colleague codes the text that is corrected here meanwhile.
fn behind(place: &Place) {
    place.copy_far();
    code::add(&mut place.open_far("mb"), &[coding("t4", "Trust")]).unwrap();
    near(place);
    merge::merge(&mut place.open().unwrap(), &place.far_root(), &[]).unwrap();
}

fn blind() -> pass::Wish {
    pass::Wish {
        name: "round 1".to_owned(),
        coders: vec!["gj".to_owned(), "mb".to_owned()],
        documents: vec!["D1.gj".to_owned()],
        ..pass::Wish::default()
    }
}

fn opened(place: &Place) {
    pass::open(&mut place.open().unwrap(), &blind()).unwrap();
}

/// The other coder puts the same code on the same words, at another site.
fn coded_too(place: &Place) {
    place.copy_far();
    code::add(&mut place.open_far("mb"), &[coding("t2", "Trust")]).unwrap();
    merge::merge(&mut place.open().unwrap(), &place.far_root(), &[]).unwrap();
}

fn closed(place: &Place) {
    pass::close(&mut place.open().unwrap(), "BP1.gj", Some("the other is away")).unwrap();
}

fn merged(place: &Place) {
    codebook::merge::merge(&mut place.open().unwrap(), &["Trust".to_owned()], "Hope").unwrap();
}

fn undone(place: &Place) {
    undo::undo(&mut place.open().unwrap(), None, false).unwrap();
}

fn paper(place: &Place) {
    let project = place.open().unwrap();
    let made = report::make(&project, "evidence", Audience::Team, &report::Asked::default()).unwrap();
    report::write(&project, made, &renderers(&["md".to_owned()]).unwrap()).unwrap();
}

fn hand_edit(place: &Place) {
    let book = place.root().join("codebooks/codes.toml");
    let text = std::fs::read_to_string(book).unwrap().replace("\"Trust\"", "\"Faith\"");
    place.file("p/codebooks/codes.toml", &text);
}

/// Two people work on a copy; one of them was here before.
fn far_work(place: &Place) {
    place.copy_far();
    hypothesis::add(&mut place.open_far("mb"), &claim("If pressed, they leave")).unwrap();
    merge::merge(&mut place.open().unwrap(), &place.far_root(), &[]).unwrap();
    let mut far = place.open_far("mb");
    place.import(&mut far, &[("far.txt", "Eve: seven eight nine\n\nFay: ten\n")]).unwrap();
    codebook::add(&mut far, &named("Distance")).unwrap();
    hypothesis::add(&mut place.open_far("tk"), &claim("If distant, they wait")).unwrap();
    codebook::edit(&mut place.open_far("tk"), "Hope", &named("Hopefulness")).unwrap();
}

fn far_correction(place: &Place) {
    correct(place);
    place.copy_far();
    let mut far = place.open_far("mb");
    update::update(&mut far, &correction(place), &|_, _| {}).unwrap();
    code::add(&mut far, &[coding("t3", "Hope")]).unwrap();
}

fn withdrawn(place: &Place) {
    withdraw::withdraw(&mut place.open().unwrap(), "P1.gj", Scope::Turns, None).unwrap();
}

fn other_title(place: &Place) {
    place.copy_far();
    let text = std::fs::read_to_string(place.far_root().join("realist.toml")).unwrap();
    place.file("far/realist.toml", &text.replace("Care navigators", "Navigators"));
}

fn far_bundle(place: &Place) {
    let out = place.room().join("far.bundle");
    bundle::make(&mut place.open_far("mb"), Some(&out), &Since::Start, true).unwrap();
}

pub(super) fn panelled(place: &Place) {
    let mut project = place.open().unwrap();
    panel::add(&mut project, "Panel", None).unwrap();
    seat(&mut project);
}

fn seat(project: &mut Project) {
    let wish = panel::Wish { group: "gps".to_owned(), ..panel::Wish::default() };
    panel::add_members(project, "N1.gj", &[wish]).unwrap();
}

fn rated() -> round::Wish {
    let items = vec!["Should it be?".to_owned()];
    round::Wish { way: Way::Delphi, name: None, items, scale: None, rule: round::Asked::default(), after: None }
}

pub(super) fn planned(place: &Place) {
    panelled(place);
    let mut project = place.open().unwrap();
    panel::invite(&mut project, "N1.gj", &[], None).unwrap();
    round::add(&mut project, "N1.gj", &rated()).unwrap();
}

pub(super) fn asked(place: &Place) {
    planned(place);
    round::open(&mut place.open().unwrap(), "R1.gj").unwrap();
}

/// The grid of the round with one row filled in.
fn grid(place: &Place) {
    let made = round::ballot::make(&place.open().unwrap(), "R1.gj", &[round::ballot::As::Csv], false, &[]).unwrap();
    let text = String::from_utf8(made[0].bytes.clone()).unwrap();
    place.file("grid.csv", &text.replacen("GPs,,", "GPs,7,said so", 1).replacen("gps,,", "gps,7,said so", 1));
}

fn answered(place: &Place) {
    grid(place);
    let done = round::collect::collect(&mut place.open().unwrap(), "R1.gj", &[place.room().join("grid.csv")], false);
    assert_eq!(done.unwrap().answer.taken, ["gp1"]);
}

fn deputy(place: &Place) {
    seat(&mut place.open().unwrap());
}

fn settled() -> decide::Wish {
    decide::Wish {
        outcome: Outcome::Agreed,
        body: Body::Team,
        method: Some(Method::Discussion),
        date: None,
        text: Some("So it is".to_owned()),
        uncertainty: Some("U1.gj".to_owned()),
        option: None,
        components: Vec::new(),
        hypotheses: Vec::new(),
        present: Vec::new(),
        dissent: vec![("gps".to_owned(), "not we".to_owned())],
        round: None,
        meeting: None,
        items: Vec::new(),
        effects: Vec::new(),
        actions: Vec::new(),
    }
}

fn agreed(place: &Place) {
    decide::decide(&mut place.open().unwrap(), &settled()).unwrap();
}

fn advised() -> recommend::Entry {
    let action = Some("Keep the same person throughout".to_owned());
    recommend::Entry { action, basis: vec!["X1.gj".to_owned()], ..recommend::Entry::default() }
}

fn recommended(place: &Place) {
    recommend::add(&mut place.open().unwrap(), Addressee::Practice, &advised()).unwrap();
}

fn undertaken() -> action::Wish {
    let due = Some("2026-05-01".to_owned());
    action::Wish { text: "Revise the manual".to_owned(), owner: "gj".to_owned(), due, decision: None, meeting: None }
}

fn busy(place: &Place) {
    action::add(&mut place.open().unwrap(), &undertaken()).unwrap();
}
