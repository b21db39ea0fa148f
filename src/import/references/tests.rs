//! Every format on a few lines of its own, and on the real files beside the project.

use super::*;
use crate::reference::WorkKind;

fn one(text: &str, format: &str) -> Reference {
    let library = read(text.as_bytes(), None).unwrap();
    assert_eq!((library.about.format, library.records.len()), (format, 1), "{:?}", library.about.warnings);
    library.records[0].read.clone().unwrap()
}

fn people(reference: &Reference) -> Vec<String> {
    reference.authors.iter().map(ToString::to_string).collect()
}

/// What every format below says of the same article.
fn is_the_article(reference: &Reference) {
    assert_eq!(reference.title.as_deref(), Some("Signals at sea: a review"));
    assert_eq!(people(reference), ["Chapman, A. G.", "de Vries, Anna"]);
    assert_eq!((reference.year, reference.kind), (Some(1937), WorkKind::Article));
    assert_eq!(reference.journal.as_deref(), Some("Journal of Harbours"));
    assert_eq!((reference.volume.as_deref(), reference.issue.as_deref()), (Some("18"), Some("1")));
    assert_eq!(reference.pages.as_deref(), Some("93-105"));
    assert_eq!(reference.doi.as_deref(), Some("10.1000/sea.1"));
    assert_eq!(reference.summary.as_deref(), Some("Lanterns were seen."));
    assert_eq!(reference.keywords, ["lanterns", "ships"]);
}

#[test]
fn ris_is_read() {
    let text = "1.\nTY  - JOUR\nTI  - Signals at sea: a review\nAU  - Chapman, A. G.\nA1  - de Vries, Anna\n\
        PY  - 1937/01/02/\nJF  - Journal of Harbours\nJA  - J Harb\nVL  - 18\nIS  - 1\nSP  - 93\nEP  - 105\n\
        DO  - https://doi.org/10.1000/sea.1\nAB  - Lanterns were seen.\nKW  - lanterns\nKW  - ships\n\
        XX  - kept as it is\nSN  - 00129658 (ISSN)\nER  -\n";
    let reference = one(text, "ris");
    is_the_article(&reference);
    assert_eq!(reference.journal_short.as_deref(), Some("J Harb"));
    assert_eq!(reference.other["XX"], ["kept as it is"]);
    assert_eq!(reference.issn, ["0012-9658"]);
}

#[test]
fn medline_is_read() {
    let text = "\nPMID- 123456\nTI  - Signals at sea:\n      a review\nFAU - Chapman, A. G.\nAU  - Chapman AG\n\
        FAU - de Vries, Anna\nAU  - de Vries A\nDP  - 1937 Jan 2\nPT  - Journal Article\nJT  - Journal of Harbours\n\
        TA  - J Harb\nVI  - 18\nIP  - 1\nPG  - 93-105\nLID - 10.1000/sea.1 [doi]\nAID - S0140 [pii]\n\
        AB  - Lanterns were seen.\nMH  - lanterns\nOT  - ships\n";
    let reference = one(text, "medline");
    is_the_article(&reference);
    assert_eq!(reference.pmid.as_deref(), Some("123456"));
}

#[test]
fn web_of_science_text_is_read() {
    let text = "FN Clarivate\nVR 1.0\nPT J\nAU Chapman, AG\n   de Vries, A\nAF Chapman, A. G.\n   de Vries, Anna\n\
        TI Signals at sea:\n   a review\nSO Journal of Harbours\nDT Article\nDE lanterns; ships\nAB Lanterns were seen.\n\
        PY 1937\nVL 18\nIS 1\nBP 93\nEP 105\nDI 10.1000/sea.1\nER\n\nEF\n";
    is_the_article(&one(text, "isi"));
}

#[test]
fn endnote_tagged_text_is_read() {
    let text = "%0 Journal Article\n%T Signals at sea: a review\n%A Chapman, A. G.\n%A de Vries, Anna\n%D 1937\n\
        %J Journal of Harbours\n%V 18\n%N 1\n%P 93-105\n%R 10.1000/sea.1\n%X Lanterns were seen.\n%K lanterns\nships\n";
    is_the_article(&one(text, "enw"));
}

#[test]
fn endnote_xml_is_read() {
    let text = "<?xml version=\"1.0\"?><xml><records><record><ref-type name=\"Journal Article\">17</ref-type>\
        <contributors><authors><author><style face=\"normal\">Chapman, A. G.</style></author>\
        <author>de Vries, Anna</author></authors></contributors>\
        <titles><title><style>Signals at\n   sea: </style><style>a review</style></title>\
        <secondary-title>Journal of Harbours</secondary-title></titles><pages>93-105</pages><volume>18</volume>\
        <number>1</number><dates><year>1937</year></dates><keywords><keyword>lanterns</keyword>\
        <keyword>ships</keyword></keywords><electronic-resource-num>10.1000/sea.1</electronic-resource-num>\
        <abstract>Lanterns were seen.</abstract><label>B10</label></record></records></xml>";
    let reference = one(text, "endnote");
    is_the_article(&reference);
    assert_eq!(reference.other["label"], ["B10"]);
}

#[test]
fn pubmed_xml_is_read() {
    let text = "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>123456</PMID><Article><Journal>\
        <JournalIssue><Volume>18</Volume><Issue>1</Issue><PubDate><Year>1937</Year></PubDate></JournalIssue>\
        <Title>Journal of Harbours</Title></Journal><ArticleTitle>Signals <i>at</i> sea: a review</ArticleTitle>\
        <Pagination><MedlinePgn>93-105</MedlinePgn></Pagination><ELocationID EIdType=\"doi\">10.1000/sea.1</ELocationID>\
        <Abstract><AbstractText>Lanterns were seen.</AbstractText></Abstract><AuthorList><Author><LastName>Chapman</LastName>\
        <ForeName>A. G.</ForeName></Author><Author><LastName>de Vries</LastName><ForeName>Anna</ForeName></Author></AuthorList>\
        <PublicationTypeList><PublicationType>Journal Article</PublicationType></PublicationTypeList></Article>\
        <KeywordList><Keyword>lanterns</Keyword><Keyword>ships</Keyword></KeywordList></MedlineCitation>\
        <PubmedData/></PubmedArticle></PubmedArticleSet>";
    is_the_article(&one(text, "pubmed"));
}

#[test]
fn bibtex_is_read() {
    let text = "@string{harb = \"Journal of Harbours\"}\n@comment{no record}\n@Article{chapman,\n  \
        title = {{Signals} at \\textit{sea}: a review}, author = {Chapman, A. G. and Anna de Vries},\n  \
        journal = harb, year = 1937, volume = {18}, number = 1, pages = {93--105}, doi = {10.1000/sea.1},\n  \
        abstract = \"Lanterns were seen.\", keywords = {lanterns, ships}, month = jan\n}\n";
    is_the_article(&one(text, "bibtex"));
}

#[test]
fn csl_json_is_read() {
    let text = r#"[{"type":"article-journal","title":"Signals at sea: a review","author":[{"family":"Chapman",
        "given":"A. G."},{"family":"Vries","given":"Anna","non-dropping-particle":"de"}],
        "issued":{"date-parts":[[1937,1]]},"container-title":"Journal of Harbours","volume":"18","issue":1,
        "page":"93-105","DOI":"10.1000/sea.1","abstract":"Lanterns were seen.","keyword":"lanterns; ships"}]"#;
    is_the_article(&one(text, "csl"));
}

#[test]
fn eppi_json_is_read() {
    let text = r#"{"CodeSets":[],"References":[{"Codes":[{"AttributeId":5,"AdditionalText":"a note"}],"ItemId":7,
        "Title":"Signals at sea: a review","Authors":"Chapman A. G. ; de Vries, Anna ; ","Year":"1937",
        "TypeName":"Journal, Article","ParentTitle":"Journal of Harbours","Volume":"18","Issue":"1","Pages":"93-105",
        "DOI":"10.1000/sea.1","Abstract":"Lanterns were seen.","Keywords":"lanterns\r\nships","CreatedBy":"Ann Onym"}]}"#;
    let reference = one(text, "eppi");
    is_the_article(&reference);
    assert_eq!(reference.other["ItemId"], ["7"]);
    assert!(!format!("{reference:?}").contains("a note") && !format!("{reference:?}").contains("Onym"));
    let about = read(text.as_bytes(), None).unwrap().about;
    assert!(about.coded.is_none() && about.warnings[0].message.contains("1 code that no code set holds"), "{about:?}");
}

#[test]
fn a_reader_that_fails_on_a_record_costs_that_record() {
    let mut taken = Vec::new();
    let mut take = |record: Record| taken.push(record.read);
    let mut cut = Cut::new(&mut take);
    let titled = || {
        let mut builder = Builder::new();
        builder.put(Some(builder::Field::Title), "TI", "Signals");
        builder
    };
    cut.push(1, || Ok(titled()));
    std::panic::set_hook(Box::new(|_| {}));
    cut.push(2, || panic!("on this record"));
    let _ = std::panic::take_hook();
    cut.push(3, || {
        let mut heavy = titled();
        heavy.put(Some(builder::Field::Abstract), "AB", &"a".repeat(HEAVIEST));
        Ok(heavy)
    });
    let said: Vec<String> = cut.tell().into_iter().map(|one| one.message).collect();
    assert!(said[0].starts_with("record 2 was left out: the reader of this format failed"), "{said:?}");
    assert!(said[1].starts_with("record 3 was left out: it holds more than 4 MB"), "{said:?}");
    assert_eq!(taken.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, false]);
}

#[test]
fn one_broken_item_of_json_costs_that_item() {
    let text = "[{\"type\":\"book\",\"title\":\"a\"},\n{\"type\":\"book\" \"title\":\"b\"},\n{\"type\":\"book\",\"title\":\"c\"}]";
    let library = read(text.as_bytes(), None).unwrap();
    let good: Vec<_> = library.references().map(|(record, one)| (record.line, one.title.clone().unwrap())).collect();
    assert_eq!(good, [(1, "a".to_owned()), (3, "c".to_owned())]);
    assert!(library.about.warnings[0].message.contains("record 2 was left out: the JSON is broken"));
}

#[test]
fn tables_are_read_below_what_stands_above_them() {
    let text = "SEARCH QUERY;lanterns;;;;;;;;\n;;;;;;;;;\nTitle;Author Names;Publication Year;Source title;Volume;Issue;\
        First Page;Last Page;DOI;Abstract;Author Keywords;Document Type\nSignals at sea: a review;\
        \"Chapman, A. G.; de Vries, Anna\";1937;Journal of Harbours;18;1;93;105;10.1000/sea.1;Lanterns were seen.;\
        \"lanterns; ships\";Article\n";
    is_the_article(&one(text, "table"));
}

#[test]
fn one_bad_record_costs_that_record() {
    let lines = |text: &str, number: usize, line: usize, good: usize| {
        let library = read(text.as_bytes(), None).unwrap();
        assert_eq!(library.references().count(), good, "{library:?}");
        let bad: Vec<(usize, usize)> =
            library.records.iter().filter(|one| one.read.is_err()).map(|one| (one.number, one.line)).collect();
        assert_eq!(bad, [(number, line)], "{library:?}");
        let warning = library.about.warnings.iter().find(|one| one.code == "bad-record").unwrap();
        assert!(warning.message.starts_with(&format!("record {number} was left out: ")), "{warning}");
    };
    lines("TY  - JOUR\nTI  - a\nER  - \nTY  - JOUR\nN1  - ?\nER  - \nTY  - JOUR\nTI  - b\nER  - \n", 2, 4, 2);
    lines("@article{a, title={a}}\n@article{b, title={never closed}\n@article{c, title={c}}\n", 2, 2, 2);
    lines("@article{a, title={a}}\n\n@article{b}\n@article{c, title={c}}\n", 2, 3, 2);
    lines(
        "<xml><records>\n<record><ref-type>1</ref-type><titles><title>a</title></titles></record>\n\
         <record><titles><title>b</record>\n<record><titles><title>c</title></titles></record></records></xml>",
        2,
        3,
        2,
    );
    lines("Title,Author,Year\na,b,2000\n,,1\nc,d,2001\n", 2, 3, 2);
}

#[test]
fn a_record_without_its_end_stops_where_the_next_begins() {
    let library = read(b"TY  - JOUR\nTI  - a\nTY  - BOOK\nTI  - b\nER  - \nNL  - x\nlink\n", None).unwrap();
    let titles: Vec<_> = library.references().map(|(_, one)| one.title.clone().unwrap()).collect();
    assert_eq!(titles, ["a", "b"]);
    assert!(library.about.warnings.iter().any(|one| one.code == "outside-records"), "{:?}", library.about.warnings);
}

#[test]
fn a_field_that_bibtex_cannot_read_is_kept() {
    let reference = one("@article{a, title={Costs of $5 or more}, month = smarch, year = 2001}", "bibtex");
    assert_eq!(reference.title.as_deref(), Some("Costs of 5 or more"));
    assert_eq!((reference.year, &reference.other["month"]), (Some(2001), &vec!["smarch".to_owned()]));
}

#[test]
fn what_a_parent_says_holds_for_its_chapters() {
    let text = "@inproceedings{a, title={Part}, author={B, C}, crossref={whole}}\n\
        @proceedings{whole, title={Harbour Days}, year=1999}\n";
    let library = read(text.as_bytes(), None).unwrap();
    let (_, part) = library.references().next().unwrap();
    assert_eq!((part.year, part.journal.as_deref()), (Some(1999), Some("Harbour Days")));
}

#[test]
fn a_file_that_opens_as_another_format_is_named_under_any_name() {
    for (head, format) in [
        ("<1337>\nAuthor\n  Lee, Kim\nTitle\n  Ships\n", "Ovid text"),
        ("\n--AU-- Lee, K.\n--TI-- Ships\n", "Biblioscape text"),
        ("TI- Ships\nAU- Lee, Kim\nPY- 1972\n", "Copac text"),
        ("Record.*INSPEC.*\n\nTI ~ Ships\n", "Inspec text"),
        ("nep.repec.org\n\n1. Ships\n", "a RePEc NEP report"),
        ("From ernad at nep.repec.org  Tue Sep  6 12:33:00 2005\nSubject: x\n", "a RePEc NEP report"),
        ("cff-version: 1.2.0\ntitle: Ships\n", "a citation file (CFF)"),
        ("<?xml version=\"1.0\"?>\n<modsCollection>\n</modsCollection>", "MODS"),
    ] {
        let fault = opens_file(head.as_bytes()).unwrap();
        assert_eq!(fault.0.message, format!("this is {format}, which is not read as references"));
        assert!(fault.0.hints.iter().any(|hint| hint.contains("--as document")));
    }
    for talk in [
        "I: So?\nAna: We use Ovid.\nTI- what is that?\n",
        "<v Ana>Yes.</v>\n",
        "--- notes ---\nAU- hm\n",
        "TI- only one line of it\nand talk\n",
        "<3>\nAna said so\n",
        "We looked at nep.repec.org and cff-version: 1 there.\n",
        "",
    ] {
        assert_eq!(opens_file(talk.as_bytes()).map(|fault| fault.0.message), None, "{talk}");
    }
}

#[test]
fn other_formats_are_named() {
    let name = |text: &str| {
        let fault = read(text.as_bytes(), None).unwrap_err();
        (fault.0.code, fault.0.message)
    };
    assert_eq!(
        name("<modsCollection><mods></mods></modsCollection>").1,
        "this is MODS, which is not read as references"
    );
    let rdf = "<rdf:RDF xmlns:z=\"http://www.zotero.org/namespaces/export#\"><bib:Article/></rdf:RDF>";
    assert_eq!(name(rdf).1, "this is Zotero RDF, which is not read as references");
    assert_eq!(name("cff-version: 1.2.0\ntitle: x").0, "foreign-library");
    assert_eq!(name("Dear all, here are some notes.").0, "unknown-library");
    assert_eq!(
        name("<!DOCTYPE x [<!ENTITY a \"b\">]><xml><records><record><ref-type/></record></records></xml>").0,
        "unsafe-file"
    );
}

#[test]
fn an_extract_table_is_not_taken_for_a_library() {
    assert!(!is_library(b"Author,Year,Title,Journal,DOI,Finding\nA,2000,T,J,10.1000/1,words\n"));
    assert!(!is_library(b"Author,Year,Title\nA,2000,T\n"));
    assert!(is_library(b"Authors,Year,Title,Journal,DOI\nA,2000,T,J,10.1000/1\n"));
    assert!(is_library(b"TY  - JOUR\nTI  - a\nER  -\n"));
    assert!(!is_library(b"Interviewer: Hello\nAna: Hello\n"));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "(TY  - |ER  -|PMID- |@article\\{|<record>|</record>|%T |[a-z{}=\",\\\\$\n é]){0,40}") {
        let _ = read(text.as_bytes(), None);
        for format in formats() {
            let _ = read(text.as_bytes(), Some(format));
        }
    }
}

/// Each of these took time by the square of its length in one reader or another: a few hundred kB would take hours.
#[test]
fn no_repetition_makes_a_reader_slow() {
    let patterns = [
        "@a{\n",
        "TY  - JOUR\n",
        "TI  - a b\n",
        "PMID- 1\n",
        "<record>",
        "%0 a\n",
        "@string{a = {b}}\n",
        "DO  - 10.1",
        "{\"a\":[",
    ];
    for pattern in patterns {
        let begun = format!("TY  - JOUR\nTI  - a\n{}", pattern.repeat(200_000 / pattern.len()));
        let _ = read(begun.as_bytes(), None);
        for format in formats() {
            let _ = read(begun.as_bytes(), Some(format));
        }
    }
}

/// Every file of the real libraries is read or refused with a reason, and every record is accounted for.
#[test]
fn every_real_library_is_read_or_refused_with_a_reason() {
    let Some(folder) = crate::testdata::real("bibliographic") else { return };
    let mut seen = 0;
    for path in files_below(&folder) {
        let bytes = std::fs::read(&path).unwrap();
        seen += 1;
        match read(&bytes, None) {
            Ok(library) => assert!(library.references().count() > 0, "{}", path.display()),
            Err(fault) => assert!(!fault.0.message.is_empty() && !fault.0.hints.is_empty(), "{}", path.display()),
        }
    }
    assert!(seen > 200, "{seen}");
}

/// One list of records, exported by eight tools: the same record is the same, whoever wrote it.
#[test]
fn a_record_reads_alike_from_every_tool() {
    let Some(folder) = crate::testdata::real("bibliographic/asreview-baseline-exports") else { return };
    let tools = [
        "covidence.csv",
        "covidence_mendeley.ris",
        "covidence_zotero.ris",
        "endnote.ris",
        "excel.csv",
        "rayyan.csv",
        "refworks.ris",
        "zotero.csv",
    ];
    let exported = |tool: &str| -> std::collections::BTreeMap<String, _> {
        let library = read(&std::fs::read(folder.join(format!("_baseline_{tool}"))).unwrap(), None).unwrap();
        let known = |one: &Reference| {
            let text = |field: &Option<String>| field.as_deref().map(crate::reference::folded);
            let families: Vec<_> = one.authors.iter().map(|name| crate::reference::folded(&name.family)).collect();
            (text(&one.title).unwrap(), (families, one.year, text(&one.volume), text(&one.doi), one.summary.is_some()))
        };
        library.references().map(|(_, one)| known(one)).collect()
    };
    let mut first = std::collections::BTreeMap::new();
    let mut compared = 0;
    for tool in tools {
        for (title, held) in exported(tool) {
            let before = first.entry(title.clone()).or_insert_with(|| held.clone());
            assert_eq!(held, *before, "{tool}: {title}");
            compared += 1;
        }
    }
    assert!(compared >= first.len() + 60, "{compared} records of {}", first.len());
}

/// One review as Zotero (RIS, CSV) and EPPI-Reviewer have it.
#[test]
fn a_review_reads_alike_from_zotero_and_eppi() {
    let Some(folder) = crate::testdata::real("bibliographic/retraction-lit-385") else { return };
    let exported = |file: &str| {
        let library = read(&std::fs::read(folder.join(file)).unwrap(), None).unwrap();
        let known = |one: &Reference| {
            let text = |field: &Option<String>| field.as_deref().map(crate::reference::folded);
            (text(&one.title), one.year, text(&one.volume).filter(|text| text.len() < 6))
        };
        let mut known: Vec<_> = library.references().map(|(_, one)| known(one)).collect();
        known.sort();
        known
    };
    let ris = exported("Zotero-v2.2-385.ris");
    assert_eq!(ris.len(), 385);
    assert_eq!(ris, exported("Zotero-v2.2-385.csv"));
    let eppi = exported("eppi_export--2021-09-09.json");
    let titles = |all: &[(Option<String>, Option<i32>, Option<String>)]| -> Vec<_> {
        all.iter().map(|one| (one.0.clone(), one.1)).collect()
    };
    assert_eq!(titles(&ris), titles(&eppi));
}

fn files_below(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}
