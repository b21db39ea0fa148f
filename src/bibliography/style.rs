//! Citation styles by name, and from a file of the team's own.

use super::proof;
use crate::diagnostic::{Result, did_you_mean, fault};
use hayagriva::archive::{self, ArchivedStyle};
use hayagriva::citationberg::{self, IndependentStyle, Locale, LocaleCode};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The style where nobody says another.
pub const USUAL: &str = "apa";

/// Short names people use, and the style each stands for.
const SHORT: &[(&str, &str)] = &[
    ("vancouver", "elsevier-vancouver"),
    ("harvard", "harvard-cite-them-right"),
    ("lancet", "the-lancet"),
    ("ama", "american-medical-association"),
    ("chicago", "chicago-author-date"),
];

/// Styles that are not followed: in this release of the library they print no authors (typst/hayagriva#519). A test looks over
/// all the others.
const WITHOUT_AUTHORS: &[ArchivedStyle] =
    &[ArchivedStyle::NlmCitationSequence, ArchivedStyle::NlmCitationSequenceSuperscript];

/// A citation style, ready to be followed.
#[derive(Debug, Clone)]
pub struct Style {
    /// As somebody asked for it.
    pub name: String,
    pub(super) rules: IndependentStyle,
    locale: Option<LocaleCode>,
}

/// A style that can be asked for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered {
    pub name: &'static str,
    pub title: &'static str,
}

impl Style {
    /// The style of that name: a short one (`apa`, `vancouver`, `harvard`) or that of the CSL repository (`bmj`,
    /// `elsevier-harvard`).
    ///
    /// Fault `unknown-style`.
    pub fn named(name: &str) -> Result<Self> {
        let name = name.trim().to_lowercase();
        let Some(style) = followed(&name) else {
            let near = did_you_mean(&name, offered().iter().map(|one| one.name));
            let refused = fault("unknown-style", format!("there is no citation style '{name}' here"));
            let refused = near.into_iter().fold(refused, |refused, near| refused.hint(format!("did you mean {near}?")));
            return Err(refused.hint("list them: realist report styles").hint(
                "or name a file of your own that ends in .csl; journals offer them, and so does zotero.org/styles",
            ));
        };
        Style::of(&name, style.get())
    }

    /// A style from the text of a file.
    ///
    /// Fault `bad-style`: it is no CSL, has no list of references, never comes to an end, calls a macro that it does not
    /// have, or only points at a style that is not here.
    pub fn read(file: &str, text: &str) -> Result<Self> {
        proof::refuse_broken(file, text)?;
        let style = citationberg::Style::from_xml(text).map_err(|error| {
            fault("bad-style", format!("{file} is no citation style: {error}"))
                .hint("a style is a file in CSL 1.0; zotero.org/styles offers them")
        })?;
        Style::of(file, style)
    }

    /// APA.
    pub fn usual() -> Result<Self> {
        Style::named(USUAL)
    }

    fn of(name: &str, style: citationberg::Style) -> Result<Self> {
        let (rules, locale) = match style {
            citationberg::Style::Independent(rules) => (rules, None),
            citationberg::Style::Dependent(points) => {
                let parent = points.parent_link.href;
                match ArchivedStyle::by_id(&parent).filter(is_followed).map(ArchivedStyle::get) {
                    Some(citationberg::Style::Independent(rules)) => (rules, points.default_locale),
                    _ => {
                        return Err(fault("bad-style", format!("{name} only points at another style, {parent}")).hint(
                            "fetch that style and name its file; for one after Vancouver or NLM, --style vancouver",
                        ));
                    }
                }
            }
        };
        if rules.bibliography.is_none() {
            return Err(fault("bad-style", format!("the style {name} has no list of references"))
                .hint("choose one that has: realist report styles"));
        }
        Ok(Style { name: name.to_owned(), rules, locale })
    }

    /// Its title, as the style has it.
    pub fn title(&self) -> &str {
        &self.rules.info.title.value
    }

    /// The style's own language, else British English.
    pub(super) fn locale(&self) -> Option<LocaleCode> {
        let own = self.locale.clone().or_else(|| self.rules.default_locale.clone());
        own.or_else(|| Some(LocaleCode("en-GB".to_owned())))
    }
}

/// Styles that come along, by name; one may have several.
pub fn offered() -> Vec<Offered> {
    let long = ArchivedStyle::all().iter().flat_map(|style| style.names()).copied();
    let all: BTreeSet<&'static str> = long.chain(SHORT.iter().map(|(short, _)| *short)).collect();
    let with_list = |style: &ArchivedStyle| match style.get() {
        citationberg::Style::Independent(rules) => rules.bibliography.is_some(),
        citationberg::Style::Dependent(_) => false,
    };
    let one = |name| followed(name).filter(with_list).map(|style| Offered { name, title: style.display_name() });
    all.into_iter().filter_map(one).collect()
}

fn followed(name: &str) -> Option<ArchivedStyle> {
    let long = SHORT.iter().find(|(short, _)| *short == name).map_or(name, |(_, long)| long);
    ArchivedStyle::by_name(long).filter(is_followed)
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as filters ask
fn is_followed(style: &ArchivedStyle) -> bool {
    !WITHOUT_AUTHORS.contains(style)
}

/// Terms and dates of the languages that come along, read once.
pub(super) fn locales() -> &'static [Locale] {
    static LOCALES: OnceLock<Vec<Locale>> = OnceLock::new();
    LOCALES.get_or_init(archive::locales)
}
