//! Breaking text into lines that fit a width.

use crate::characters::is_shown;
use crate::chart::theme::{Style, Theme};

const ELLIPSIS: char = '\u{2026}';

/// Lines of the heading of a panel.
const HEADING_LINES: usize = 3;

/// Width in logical pixels and number of lines that a text may take.
pub(crate) type Room = (f64, usize);

/// Lines of text in one style.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lines {
    pub(crate) texts: Vec<String>,
    pub(crate) style: Style,
}

impl Lines {
    /// As [`wrap`].
    pub(crate) fn wrapped(theme: &Theme, text: &str, style: Style, room: Room) -> Self {
        let texts = wrap(theme, text, style, room);
        Self { texts, style }
    }

    /// As [`wrap`], with lines of about equal length when there are several; no word is broken to
    /// make them so.
    pub(crate) fn even(theme: &Theme, text: &str, style: Style, room: Room) -> Self {
        let texts = wrap_evenly(theme, text, style, room);
        Self { texts, style }
    }

    /// The heading of a panel as wide as the body, in three lines at most.
    pub(crate) fn heading(theme: &Theme, text: &str) -> Self {
        Self::wrapped(
            theme,
            text,
            Style::PANEL,
            (theme.body_width(), HEADING_LINES),
        )
    }

    /// Height of all lines in logical pixels.
    pub(crate) fn height(&self) -> f64 {
        self.style.block_height(self.texts.len())
    }

    /// Width of the widest line in logical pixels.
    pub(crate) fn width(&self, theme: &Theme) -> f64 {
        theme.widest(&self.texts, self.style)
    }
}

/// `text` in at most as many lines as the room has, none wider than the room.
///
/// Breaks between words, then after a hyphen, then inside a word that is wider than a line; only when
/// all lines are full does it end in an ellipsis. Control characters become spaces.
fn wrap(theme: &Theme, text: &str, style: Style, (width, most): Room) -> Vec<String> {
    let mut lines = break_lines(theme, text, style, width);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            shorten(theme, last, style, width);
        }
    }
    lines
}

/// `text` on one line of at most `width` logical pixels, cut with an ellipsis if it is wider.
pub(crate) fn fitted(theme: &Theme, text: &str, style: Style, width: f64) -> String {
    wrap(theme, text, style, (width, 1)).concat()
}

fn wrap_evenly(theme: &Theme, text: &str, style: Style, room: Room) -> Vec<String> {
    let greedy = wrap(theme, text, style, room);
    if greedy.len() < 2 || greedy.iter().any(|line| line.ends_with(ELLIPSIS)) {
        return greedy;
    }
    let fits = |width: f64| {
        let lines = break_lines(theme, text, style, width);
        (lines.len() == greedy.len()).then_some(lines)
    };
    // A word that fits the room must not be broken for the sake of even lines.
    let widest = one_line(text)
        .split(BREAKS)
        .map(|word| theme.width(word, style))
        .filter(|width| *width <= room.0)
        .fold(0.0, f64::max);
    (50..100)
        .map(|percent| room.0 * f64::from(percent) / 100.0)
        .filter(|width| *width >= widest)
        .find_map(fits)
        .unwrap_or(greedy)
}

/// Whether `text` fits the room without an ellipsis.
pub(crate) fn fits(theme: &Theme, text: &str, style: Style, (width, most): Room) -> bool {
    break_lines(theme, text, style, width).len() <= most
}

/// One line with characters that do not show and runs of spaces turned into single spaces.
pub(crate) fn one_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if is_shown(c) { c } else { ' ' })
        .collect();
    spaced
        .split(BREAKS)
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Ordinary space only: a no-break space keeps a number and its unit together.
const BREAKS: char = ' ';

/// `text` in as many lines of at most `width` logical pixels as it needs.
pub(crate) fn break_lines(theme: &Theme, text: &str, style: Style, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in one_line(text).split(BREAKS) {
        let joined = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if theme.width(&joined, style) <= width {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(core::mem::take(&mut line));
        }
        line = break_word(theme, word, style, width, &mut lines);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Puts all full lines of a long word into `lines` and returns the rest.
fn break_word(
    theme: &Theme,
    word: &str,
    style: Style,
    width: f64,
    lines: &mut Vec<String>,
) -> String {
    let mut piece = String::new();
    for character in word.chars() {
        piece.push(character);
        if theme.width(&piece, style) > width && piece.chars().count() > 1 {
            let rest = split_off_last(&mut piece);
            lines.push(core::mem::replace(&mut piece, rest));
        }
    }
    piece
}

/// Takes from `piece` what follows its last hyphen, or its last character.
fn split_off_last(piece: &mut String) -> String {
    let last = piece.char_indices().next_back().map_or(0, |(at, _)| at);
    let hyphen = piece[..last]
        .rfind('-')
        .map(|at| at + 1)
        .filter(|&at| at < last);
    piece.split_off(hyphen.unwrap_or(last))
}

fn shorten(theme: &Theme, line: &mut String, style: Style, width: f64) {
    line.push(ELLIPSIS);
    while theme.width(line, style) > width && line.chars().count() > 1 {
        line.pop();
        line.pop();
        line.push(ELLIPSIS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::theme;

    const ROOM: Room = (300.0, 3);

    #[test]
    fn no_line_is_wider_than_its_room() {
        let theme = theme();
        for text in [
            "a b",
            "several words that need three lines",
            &"w".repeat(60),
            "x\ty\nz",
        ] {
            for line in wrap(&theme, text, Style::LABEL, ROOM) {
                assert!(
                    theme.width(&line, Style::LABEL) <= ROOM.0,
                    "{line} is too wide"
                );
            }
        }
    }

    #[test]
    fn words_survive_when_they_fit() {
        let text = "national loan desk with induction";
        let lines = wrap(&theme(), text, Style::LABEL, ROOM);
        assert_eq!(lines.join(" "), text, "no character may be lost");
    }

    #[test]
    fn an_ellipsis_is_the_last_resort() {
        let theme = theme();
        let lines = wrap(&theme, &"word ".repeat(40), Style::LABEL, ROOM);
        assert_eq!(lines.len(), ROOM.1, "all lines are used first");
        assert!(
            lines[2].ends_with(ELLIPSIS),
            "the cut is visible in {:?}",
            lines[2]
        );
    }

    #[test]
    fn a_long_word_breaks_after_a_hyphen() {
        let lines = wrap(&theme(), "Zuidwest-Nederland", Style::LABEL, ROOM);
        assert_eq!(lines, ["Zuidwest-", "Nederland"], "not inside a part");
    }

    #[test]
    fn even_lines_break_no_word_that_fits() {
        let text = "Supplement, ring fence";
        let whole = theme().width("Supplement, ring fence", Style::LABEL);
        for percent in 55..100 {
            let room = (whole * f64::from(percent) / 100.0, 5);
            let lines = wrap_evenly(&theme(), text, Style::LABEL, room);
            assert_eq!(lines.join(" "), text, "at {percent} percent: {lines:?}");
        }
    }

    #[test]
    fn even_lines_lose_nothing() {
        let theme = theme();
        let text = "the first of three lines or so and a last one";
        let even = wrap_evenly(&theme, text, Style::LABEL, (500.0, 3));
        assert_eq!(even.join(" "), text, "the words are the same");
    }

    #[test]
    fn control_characters_never_reach_the_picture() {
        assert_eq!(
            one_line("a\u{0}b\n c\u{ffff}"),
            "a b c",
            "they become single spaces"
        );
    }
}
