//! PubMed XML: articles and books.

use super::builder::{Builder, Field};
use super::element::{self, Element};
use super::{Cut, Reader};
use crate::reference::{Name, WorkKind};

pub struct Pubmed;

impl Reader for Pubmed {
    fn key(&self) -> &'static str {
        "pubmed"
    }

    fn title(&self) -> &'static str {
        "PubMed XML"
    }

    fn claims(&self, start: &str, _: &str) -> bool {
        ["<PubmedArticleSet", "<PubmedArticle>", "<PubmedBookArticle", "<MedlineCitationSet", "<PubmedBookArticleSet"]
            .iter()
            .any(|mark| start.contains(mark))
    }

    fn read(&self, text: &str, cut: &mut Cut) {
        let mut records = element::cut(text, "PubmedArticle");
        records.extend(element::cut(text, "PubmedBookArticle"));
        records.sort_by_key(|(line, record)| (*line, record.as_ptr()));
        for (line, xml) in records {
            cut.push(line, || Element::read(xml).and_then(|record| builder(&record)));
        }
    }
}

fn builder(record: &Element) -> Result<Builder, String> {
    if let Some(citation) = record.at(&["MedlineCitation"]) {
        return Ok(article(record, citation));
    }
    record.at(&["BookDocument"]).map(book).ok_or_else(|| "it holds no citation".to_owned())
}

fn article(record: &Element, citation: &Element) -> Builder {
    let mut builder = Builder::new();
    let mut put = |field, name: &str, element: Option<&Element>| {
        if let Some(element) = element {
            builder.put(field, name, &element.text());
        }
    };
    put(Some(Field::Pmid), "PMID", citation.at(&["PMID"]));
    let nowhere = Element::default();
    let article = citation.at(&["Article"]).unwrap_or(&nowhere);
    for kind in article.at(&["PublicationTypeList"]).into_iter().flat_map(|list| list.all("PublicationType")) {
        put(Some(Field::Kind), "PublicationType", Some(kind));
    }
    put(Some(Field::Title), "ArticleTitle", article.at(&["ArticleTitle"]));
    put(None, "VernacularTitle", article.at(&["VernacularTitle"]));
    put(Some(Field::Journal(0)), "Title", article.at(&["Journal", "Title"]));
    put(Some(Field::ShortJournal), "MedlineTA", citation.at(&["MedlineJournalInfo", "MedlineTA"]));
    put(Some(Field::ShortJournal), "ISOAbbreviation", article.at(&["Journal", "ISOAbbreviation"]));
    put(Some(Field::Issn), "ISSN", article.at(&["Journal", "ISSN"]));
    put(Some(Field::Issn), "ISSNLinking", citation.at(&["MedlineJournalInfo", "ISSNLinking"]));
    let issue = article.at(&["Journal", "JournalIssue"]).unwrap_or(&nowhere);
    put(Some(Field::Volume), "Volume", issue.at(&["Volume"]));
    put(Some(Field::Issue), "Issue", issue.at(&["Issue"]));
    put(Some(Field::Year(0)), "PubDate", issue.at(&["PubDate", "Year"]).or_else(|| issue.at(&["PubDate"])));
    put(Some(Field::Year(1)), "ArticleDate", article.at(&["ArticleDate", "Year"]));
    put(Some(Field::Pages), "MedlinePgn", article.at(&["Pagination", "MedlinePgn"]));
    put(Some(Field::Language), "Language", article.at(&["Language"]));
    places(&mut builder, article);
    for id in record.at(&["PubmedData", "ArticleIdList"]).into_iter().flat_map(|list| list.all("ArticleId")) {
        let kind = id.attribute("IdType").unwrap_or("ArticleId");
        builder.put((kind == "doi").then_some(Field::Doi), kind, &id.text());
    }
    builder.put(Some(Field::Abstract), "Abstract", &summary(article));
    for author in people(article) {
        builder.author(author);
    }
    for heading in citation.at(&["MeshHeadingList"]).into_iter().flat_map(|list| list.all("MeshHeading")) {
        builder.put(Some(Field::Keyword), "MeshHeading", &heading_text(heading));
    }
    for keyword in citation.all("KeywordList").flat_map(|list| list.all("Keyword")) {
        builder.put(Some(Field::Keyword), "Keyword", &keyword.text());
    }
    rest(&mut builder, citation);
    builder
}

/// What else a citation says, by the name of the element.
fn rest(builder: &mut Builder, citation: &Element) {
    const LISTS: &[&str] = &["ChemicalList", "CommentsCorrectionsList", "GeneSymbolList", "InvestigatorList"];
    for element in citation.elements() {
        if LISTS.contains(&element.name.as_str()) {
            element.elements().for_each(|item| builder.put(None, &item.name, &spaced(item)));
        } else if ["GeneralNote", "CoiStatement", "CitationSubset", "NumberOfReferences"]
            .contains(&element.name.as_str())
        {
            builder.put(None, &element.name, &element.text());
        }
    }
}

/// The words of each part, with spaces between.
fn spaced(element: &Element) -> String {
    let parts: Vec<String> = element.elements().map(Element::text).collect();
    if parts.is_empty() { element.text() } else { parts.join(" ") }
}

/// `Graves Disease/radiotherapy`.
fn heading_text(heading: &Element) -> String {
    heading.elements().map(Element::text).collect::<Vec<_>>().join("/")
}

/// Electronic locations: the DOI among them.
fn places(builder: &mut Builder, element: &Element) {
    for place in element.all("ELocationID") {
        let kind = place.attribute("EIdType").unwrap_or("ELocationID");
        builder.put((kind == "doi").then_some(Field::Doi), kind, &place.text());
    }
}

/// `BACKGROUND: …`, a line a part.
fn summary(element: &Element) -> String {
    let parts =
        element.at(&["Abstract"]).into_iter().flat_map(|parts| parts.all("AbstractText")).map(|part| {
            match part.attribute("Label") {
                Some(label) => format!("{label}: {}", part.text()),
                None => part.text(),
            }
        });
    parts.collect::<Vec<_>>().join("\n")
}

fn people(element: &Element) -> Vec<Name> {
    let lists = element.all("AuthorList").filter(|list| list.attribute("Type") != Some("editors"));
    lists.flat_map(|list| list.all("Author")).filter_map(person).collect()
}

fn person(author: &Element) -> Option<Name> {
    let text = |name: &str| author.at(&[name]).map(Element::text).filter(|text| !text.is_empty());
    if let Some(family) = text("LastName") {
        let given = text("ForeName").or_else(|| text("Initials")).unwrap_or_default();
        return Some(Name::person(&family, &given));
    }
    text("CollectiveName").map(|name| Name::collective(&name))
}

fn book(document: &Element) -> Builder {
    let mut builder = Builder::new();
    builder.set_kind(WorkKind::Book);
    let nowhere = Element::default();
    let book = document.at(&["Book"]).unwrap_or(&nowhere);
    let named = [
        (Some(Field::Pmid), document, &["PMID"][..]),
        (Some(Field::Title), book, &["BookTitle"]),
        (Some(Field::Year(0)), book, &["PubDate", "Year"]),
        (Some(Field::Year(1)), document, &["ContributionDate", "Year"]),
        (Some(Field::Pages), document, &["Pagination", "MedlinePgn"]),
        (Some(Field::Language), document, &["Language"]),
        (None, document, &["ArticleTitle"]),
        (None, book, &["Publisher", "PublisherName"]),
        (None, book, &["Publisher", "PublisherLocation"]),
        (None, book, &["CollectionTitle"]),
        (None, book, &["Isbn"]),
    ];
    for (field, element, path) in named {
        if let Some(found) = element.at(path) {
            builder.put(field, &found.name, &found.text());
        }
    }
    places(&mut builder, book);
    builder.put(Some(Field::Abstract), "Abstract", &summary(document));
    let authors = people(book).into_iter().chain(people(document));
    authors.for_each(|author| builder.author(author));
    builder
}
