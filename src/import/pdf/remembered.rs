//! The file behind a page, asked the same thing once only. For every stretch of letters `unpdf` looks its font up in
//! the tree of pages, several times over, and for every page it walks the whole tree; here what one page
//! needs is kept while it is read. It changes no answer.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::Mutex;
use unpdf::Result;
use unpdf::model::FormField;
use unpdf::parser::LinkAnnotations;
use unpdf::parser::backend::{
    BackendFontInfo, ContentOp, DecodedRun, DecodedText, DocumentIntegrity, ExtGState, FontProgram, GlyphAdvance,
    ImageColorSpace, PageBox, PageContent, PageId, PaintedXObject, PdfBackend, PdfMetadataRaw, RawBackend,
    RawOutlineItem, RawXObject, ResourceScope, Shading, TilingPattern, Type3Font,
};

/// A file as far as one of its pages needs it.
pub struct Remembered<'b> {
    file: &'b RawBackend,
    number: u32,
    page: PageId,
    upright: Known<Font, bool>,
    texts: Known<Stretch, DecodedText>,
    runs: Known<Stretch, DecodedRun>,
    advances: Known<Stretch, Option<Vec<GlyphAdvance>>>,
}

type Font = (ResourceScope, Vec<u8>);
type Stretch = (ResourceScope, Vec<u8>, Vec<u8>);

/// Answers already given.
struct Known<K, A>(Mutex<HashMap<K, A>>);

impl<K: Eq + Hash, A: Clone> Known<K, A> {
    fn new() -> Self {
        Known(Mutex::new(HashMap::new()))
    }

    fn or_ask(&self, key: K, ask: impl FnOnce() -> A) -> A {
        let Ok(mut known) = self.0.lock() else { return ask() };
        known.entry(key).or_insert_with(ask).clone()
    }
}

impl<'b> Remembered<'b> {
    pub fn new(file: &'b RawBackend, number: u32, page: PageId) -> Self {
        let (upright, texts) = (Known::new(), Known::new());
        Remembered { file, number, page, upright, texts, runs: Known::new(), advances: Known::new() }
    }
}

fn stretch(scope: ResourceScope, font: &[u8], bytes: &[u8]) -> Stretch {
    (scope, font.to_vec(), bytes.to_vec())
}

/// Questions that are put to the file as they come.
macro_rules! hand_on {
    ($($name:ident($($given:ident: $kind:ty),*) -> $answer:ty;)*) => {
        $(fn $name(&self, $($given: $kind),*) -> $answer {
            self.file.$name($($given),*)
        })*
    };
}

impl PdfBackend for Remembered<'_> {
    fn pages(&self) -> BTreeMap<u32, PageId> {
        BTreeMap::from([(self.number, self.page)])
    }

    fn is_vertical_font(&self, scope: ResourceScope, font: &[u8]) -> bool {
        self.upright.or_ask((scope, font.to_vec()), || self.file.is_vertical_font(scope, font))
    }

    fn decode_text(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> DecodedText {
        self.texts.or_ask(stretch(scope, font, bytes), || self.file.decode_text(scope, font, bytes))
    }

    fn decode_run(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> DecodedRun {
        self.runs.or_ask(stretch(scope, font, bytes), || self.file.decode_run(scope, font, bytes))
    }

    fn glyph_advances(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> Option<Vec<GlyphAdvance>> {
        self.advances.or_ask(stretch(scope, font, bytes), || self.file.glyph_advances(scope, font, bytes))
    }

    hand_on! {
        page_fonts(scope: ResourceScope) -> Result<Vec<BackendFontInfo>>;
        page_content(page: PageId) -> Result<Vec<u8>>;
        page_content_with_losses(page: PageId) -> Result<PageContent>;
        decode_content(data: &[u8]) -> Result<Vec<ContentOp>>;
        metadata() -> PdfMetadataRaw;
        page_box(page: PageId) -> PageBox;
        page_dimensions(page: PageId) -> (f32, f32);
        crop_box(page: PageId) -> PageBox;
        page_rotation(page: PageId) -> u16;
        struck_out_areas(page: PageId) -> Vec<PageBox>;
        link_annotations(page: PageId) -> LinkAnnotations;
        outline() -> Result<Vec<RawOutlineItem>>;
        page_xobjects(page: PageId) -> Result<Vec<RawXObject>>;
        xobject(scope: ResourceScope, name: &[u8]) -> Option<PaintedXObject>;
        image_xobject(scope: ResourceScope, name: &[u8]) -> Option<RawXObject>;
        inline_image(scope: ResourceScope, body: &[u8]) -> Option<RawXObject>;
        shading(scope: ResourceScope, name: &[u8]) -> Option<Shading>;
        shading_pattern(scope: ResourceScope, name: &[u8]) -> Option<(Shading, [f32; 6])>;
        tiling_pattern(scope: ResourceScope, name: &[u8]) -> Option<TilingPattern>;
        named_pattern_space(scope: ResourceScope, name: &[u8]) -> Option<Option<ImageColorSpace>>;
        ext_gstate(scope: ResourceScope, name: &[u8]) -> Option<ExtGState>;
        font_program(scope: ResourceScope, font: &[u8]) -> Option<FontProgram>;
        font_bounds(scope: ResourceScope, font: &[u8]) -> Option<PageBox>;
        type3_font(scope: ResourceScope, font: &[u8]) -> Option<Type3Font>;
        named_color_space(scope: ResourceScope, name: &[u8]) -> Option<ImageColorSpace>;
        acroform_fields() -> Vec<FormField>;
        integrity() -> DocumentIntegrity;
    }
}
