//! Well-known works in well-known styles, as the styles' own guides set them.

use super::*;
use crate::reference::{Name, WorkKind, names};

fn article() -> Reference {
    let mut work = Reference::new(WorkKind::Article);
    work.title = Some("RAMESES publication standards: realist syntheses".to_owned());
    work.authors = names("Wong, Geoff; Greenhalgh, Trish; Westhorp, Gill; Buckingham, Jeanette; Pawson, Ray");
    work.year = Some(2013);
    work.journal = Some("BMC Medicine".to_owned());
    work.journal_short = Some("BMC Med".to_owned());
    work.volume = Some("11".to_owned());
    work.issue = Some("1".to_owned());
    work.pages = Some("21-34".to_owned());
    work.doi = Some("10.1186/1741-7015-11-21".to_owned());
    work
}

fn book() -> Reference {
    let mut work = Reference::new(WorkKind::Book);
    work.title = Some("Realistic evaluation".to_owned());
    work.authors = names("Pawson, Ray; Tilley, Nick");
    work.year = Some(1997);
    work.other.insert("publisher".to_owned(), vec!["Sage".to_owned()]);
    work.other.insert("publisher-place".to_owned(), vec!["London".to_owned()]);
    work
}

fn in_style(name: &str, works: &[&Reference]) -> Vec<String> {
    let works: Vec<(String, &Reference)> =
        works.iter().enumerate().map(|(at, work)| (format!("S{}", at + 1), *work)).collect();
    Style::named(name).unwrap().list(&works).iter().map(Entry::text).collect()
}

#[test]
fn an_article_and_a_book_in_well_known_styles() {
    let both = [&article(), &book()];
    assert_eq!(
        in_style("apa", &both),
        [
            "Pawson, R., & Tilley, N. (1997). Realistic evaluation. Sage.",
            "Wong, G., Greenhalgh, T., Westhorp, G., Buckingham, J., & Pawson, R. (2013). RAMESES publication standards: \
             realist syntheses. BMC Medicine, 11(1), 21–34. https://doi.org/10.1186/1741-7015-11-21",
        ]
    );
    assert_eq!(
        in_style("vancouver", &both),
        [
            "[1] Wong G, Greenhalgh T, Westhorp G, Buckingham J, Pawson R. RAMESES publication standards: realist syntheses. BMC \
             Med 2013;11:21–34. https://doi.org/10.1186/1741-7015-11-21.",
            "[2] Pawson R, Tilley N. Realistic evaluation. London: Sage; 1997.",
        ]
    );
    assert_eq!(
        in_style("harvard", &both),
        [
            "Pawson, R. and Tilley, N. (1997) Realistic evaluation. London: Sage.",
            "Wong, G. et al. (2013) ‘RAMESES publication standards: realist syntheses’, BMC Medicine, 11(1), pp. 21–34. \
             Available at: https://doi.org/10.1186/1741-7015-11-21.",
        ]
    );
}

#[test]
fn what_is_set_in_italics_is_told() {
    let listed = Style::usual().unwrap().list(&[("S1".to_owned(), &book())]);
    let italic: Vec<&str> =
        listed[0].pieces.iter().filter(|piece| piece.face == Face::Italic).map(|piece| piece.text.as_str()).collect();
    assert_eq!(italic, ["Realistic evaluation"]);
}

#[test]
fn works_of_one_year_are_told_apart_in_the_order_of_the_list() {
    let (mut zebra, mut apple) = (article(), article());
    zebra.title = Some("Zebras".to_owned());
    apple.title = Some("Apples".to_owned());
    let listed = in_style("apa", &[&zebra, &apple]);
    assert!(listed[0].contains("(2013a). Apples") && listed[1].contains("(2013b). Zebras"), "{listed:?}");
}

#[test]
fn bodies_particles_and_missing_fields_stay_as_they_are() {
    let mut work = Reference::new(WorkKind::Report);
    work.title = Some("Community mental health".to_owned());
    work.authors = vec![Name::collective("NHS England")];
    let mut other = article();
    other.authors = names("van der Berg, Anna");
    let listed = in_style("apa", &[&work, &other]);
    assert!(listed.iter().any(|one| one == "NHS England. (n.d.). Community mental health."), "{listed:?}");
    assert!(listed.iter().any(|one| one.starts_with("van der Berg, A. (2013).")), "{listed:?}");
    let bare = Reference::new(WorkKind::Other);
    assert_eq!(Style::usual().unwrap().list(&[("S1".to_owned(), &bare)]).len(), 1, "nothing is lost");
}

#[test]
fn every_kind_of_work_is_set_with_its_year_alone() {
    for kind in WorkKind::ALL {
        let mut work = book();
        work.kind = *kind;
        let listed = in_style("apa", &[&work]);
        assert!(listed[0].starts_with("Pawson, R., & Tilley, N. (1997). "), "{kind}: {listed:?}");
    }
}

#[test]
fn every_style_that_is_offered_names_authors_title_and_year() {
    let work = article();
    for one in offered() {
        let listed = in_style(one.name, &[&work]);
        let [entry] = listed.as_slice() else { panic!("{}: {listed:?}", one.name) };
        for part in ["Wong", "2013"] {
            assert!(entry.to_lowercase().contains(&part.to_lowercase()), "{}: no {part} in {entry}", one.name);
        }
    }
}

#[test]
fn what_is_no_style_is_refused() {
    let refused = |result: crate::diagnostic::Result<Style>| result.unwrap_err().0;
    let unknown = refused(Style::named("vancuver"));
    assert_eq!(unknown.code, "unknown-style");
    assert!(unknown.hints.iter().any(|hint| hint.contains("vancouver")), "{:?}", unknown.hints);
    assert_eq!(refused(Style::read("ours.csl", "<html></html>")).code, "bad-style");
    let pointer = "<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\"><info><title>Ours</title><id>ours</id>\
                   <link href=\"http://www.zotero.org/styles/PARENT\" rel=\"independent-parent\"/><updated>2020-01-01T00:00:00+00:00\
                   </updated></info></style>";
    assert_eq!(refused(Style::read("ours.csl", &pointer.replace("PARENT", "nobody"))).code, "bad-style");
    let followed = Style::read("ours.csl", &pointer.replace("PARENT", "apa")).unwrap();
    assert!(followed.list(&[("S1".to_owned(), &book())])[0].text().starts_with("Pawson, R., & Tilley"));
}
