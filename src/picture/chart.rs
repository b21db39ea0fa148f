//! Bars: how much there is at each step, a panel for each series, and a line they may come down to.

use super::draw::{Group, MARGIN, Patch, Picture, words};
use super::figure::Look;
use super::measure::{width, wrap};
use crate::table::Table;

/// A bar, its height in per cent of something.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Below it.
    pub label: String,
    pub percent: f64,
    /// Said when one points at it.
    pub hover: String,
}

/// One series.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    pub title: String,
    /// What is read off it, or why there is nothing to draw.
    pub remark: String,
    pub bars: Vec<Bar>,
}

/// A chart, with the same content as a table for readers who do not see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Stem of its ids.
    pub key: String,
    pub title: String,
    /// What it shows, in a few sentences, for a reader who does not see it.
    pub description: String,
    /// Drawn across all panels, in per cent; bars up to it look otherwise.
    pub line: f64,
    pub panels: Vec<Panel>,
    pub notes: Vec<String>,
    pub table: Table,
}

/// Left of the bars, for the scale.
const SCALE: i32 = 46;
const PLOT: i32 = 150;
const NARROWEST: i32 = 640;
const SIZE: i32 = 12;
const LINE: i32 = 16;

/// Draws a chart.
pub fn draw(chart: &Chart) -> Picture {
    let mut picture = Picture {
        key: chart.key.clone(),
        title: chart.title.clone(),
        description: chart.description.clone(),
        ..Picture::default()
    };
    let pitch = pitch(chart);
    let longest = chart.panels.iter().map(|panel| panel.bars.len()).max().unwrap_or(0);
    let room = (SCALE + pitch * i32::try_from(longest).unwrap_or(0)).max(NARROWEST);
    picture.width = room + 2 * MARGIN;
    let most = chart.panels.iter().flat_map(|panel| &panel.bars).map(|bar| bar.percent).fold(chart.line, f64::max);
    // The scale ends on a ten.
    let scale = Scale { most: (most / 10.0).ceil().max(1.0) * 10.0 };
    let mut y = picture.head(room);
    for (nth, panel) in (1..).zip(&chart.panels) {
        y = draw_panel(&mut picture, chart, (nth, panel), scale, pitch, room, y);
    }
    picture.say(&chart.notes, y + 6);
    picture
}

/// How far bars stand apart.
fn pitch(chart: &Chart) -> i32 {
    let labels = chart.panels.iter().flat_map(|panel| &panel.bars).map(|bar| width(&bar.label, SIZE));
    labels.max().unwrap_or(0).max(width("100.0", SIZE)) + 10
}

#[derive(Debug, Clone, Copy)]
struct Scale {
    /// Per cent at the top of the plot.
    most: f64,
}

impl Scale {
    /// Height in pixels.
    #[allow(clippy::cast_possible_truncation)] // between 0 and PLOT
    fn height(self, percent: f64) -> i32 {
        (percent.clamp(0.0, self.most) / self.most * f64::from(PLOT)).round() as i32
    }
}

/// Answers where the next panel begins.
fn draw_panel(
    picture: &mut Picture,
    chart: &Chart,
    (nth, panel): (usize, &Panel),
    scale: Scale,
    pitch: i32,
    room: i32,
    top: i32,
) -> i32 {
    let mut y = top + LINE;
    let mut set = Group { key: format!("series-{nth}"), hover: panel.title.clone(), ..Group::default() };
    set.words.push(words(MARGIN, y, panel.title.clone(), 14, true));
    for line in wrap(&panel.remark, SIZE, room, 3) {
        y += LINE;
        set.words.push(words(MARGIN, y, line, SIZE, false));
    }
    if panel.bars.is_empty() {
        picture.groups.push(set);
        return y + 2 * LINE;
    }
    let floor = y + 2 * LINE + PLOT;
    let left = MARGIN + SCALE;
    let across = pitch * i32::try_from(panel.bars.len()).unwrap_or(0);
    for percent in [0.0, chart.line, scale.most] {
        let at = floor - scale.height(percent);
        // A line is a box without height.
        set.patches.push(Patch { x: left, y: at, width: across, height: 0, look: None });
        let sign = format!("{percent:.0} %");
        set.words.push(words(left - 8 - width(&sign, SIZE), at + 4, sign, SIZE, false));
    }
    picture.groups.push(set);
    for (step, bar) in (0..).zip(&panel.bars) {
        let x = left + pitch * step;
        let height = scale.height(bar.percent);
        let look = if bar.percent <= chart.line { Look::Context } else { Look::Outcome };
        let mut one = Group { key: format!("series-{nth}-{}", step + 1), hover: bar.hover.clone(), ..Group::default() };
        one.patches.push(Patch { x: x + 4, y: floor - height, width: pitch - 8, height, look: Some(look) });
        let mut set_about_the_middle = |y: i32, text: String| {
            let mut words = words(x + pitch / 2, y, text, SIZE, false);
            words.is_centred = true;
            one.words.push(words);
        };
        set_about_the_middle(floor - height - 4, format!("{:.1}", bar.percent));
        set_about_the_middle(floor + LINE, bar.label.clone());
        picture.groups.push(one);
    }
    floor + 2 * LINE + 10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(percents: &[f64]) -> Chart {
        let bar = |percent: &f64| Bar { label: "5–6".to_owned(), percent: *percent, hover: format!("{percent}") };
        let panels = vec![
            Panel {
                title: "interview".to_owned(),
                remark: "read".to_owned(),
                bars: percents.iter().map(bar).collect(),
            },
            Panel { title: "focus group".to_owned(), remark: "too few".to_owned(), bars: Vec::new() },
        ];
        Chart {
            key: "new".to_owned(),
            title: "What is still new".to_owned(),
            description: "Bars".to_owned(),
            line: 5.0,
            panels,
            notes: vec!["note".to_owned()],
            table: Table::with(&[]),
        }
    }

    fn bars(picture: &Picture) -> Vec<Patch> {
        let of_bars = picture.groups.iter().filter(|group| group.key.matches('-').count() == 2);
        of_bars.map(|group| group.patches[0].clone()).collect()
    }

    #[test]
    fn bars_are_as_high_as_their_share_and_stand_on_one_line() {
        let picture = draw(&chart(&[20.0, 10.0, 5.0, 0.0]));
        let bars = bars(&picture);
        assert_eq!(bars.iter().map(|bar| bar.height).collect::<Vec<_>>(), [PLOT, PLOT / 2, 38, 0]);
        assert!(bars.windows(2).all(|pair| pair[0].y + pair[0].height == pair[1].y + pair[1].height));
        let looks: Vec<Option<Look>> = bars.iter().map(|bar| bar.look).collect();
        assert_eq!(looks, [Some(Look::Outcome), Some(Look::Outcome), Some(Look::Context), Some(Look::Context)]);
    }

    #[test]
    fn everything_lies_on_the_page() {
        let picture = draw(&chart(&[12.5; 40]));
        let all = picture.groups.iter().chain([&picture.furniture]);
        for group in all {
            assert!(group.patches.iter().all(|one| one.x >= 0 && one.x + one.width <= picture.width));
            assert!(group.words.iter().all(|one| one.y > 0 && one.y < picture.height), "{group:?}");
        }
    }
}
