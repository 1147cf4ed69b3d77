//! Breaking text into lines that fit a width.

use crate::chart::theme::{Style, Theme};

const ELLIPSIS: char = '\u{2026}';

/// The room that a text has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// Logical pixels.
    pub(crate) width: f64,
    pub(crate) lines: usize,
}

/// `text` in at most `room.lines` lines of at most `room.width`.
///
/// Breaks between words, then after a hyphen, then inside a word that is wider than a line; only when all lines are
/// full does it end in an ellipsis. Control characters become spaces.
pub(crate) fn wrap(theme: &Theme, text: &str, style: Style, room: Room) -> Vec<String> {
    let mut lines = break_lines(theme, text, style, room.width);
    if lines.len() > room.lines {
        lines.truncate(room.lines);
        if let Some(last) = lines.last_mut() {
            shorten(theme, last, style, room.width);
        }
    }
    lines
}

/// As [`wrap`], with lines of about equal length when there are several; no word is broken for that.
pub(crate) fn wrap_evenly(theme: &Theme, text: &str, style: Style, room: Room) -> Vec<String> {
    let greedy = wrap(theme, text, style, room);
    let fits = |width: f64| {
        let lines = break_lines(theme, text, style, width);
        (lines.len() == greedy.len()).then_some(lines)
    };
    // A word that fits the room must not be broken for the sake of even lines.
    let widest = one_line(text)
        .split(BREAKS)
        .map(|word| theme.width(word, style))
        .filter(|width| *width <= room.width)
        .fold(0.0, f64::max);
    let widths = (50..100)
        .map(|percent| room.width * f64::from(percent) / 100.0)
        .filter(|width| *width >= widest);
    if greedy.len() < 2 || greedy.iter().any(|line| line.ends_with(ELLIPSIS)) {
        return greedy;
    }
    widths.into_iter().find_map(fits).unwrap_or(greedy)
}

/// Whether `text` fits the room without an ellipsis.
pub(crate) fn fits(theme: &Theme, text: &str, style: Style, room: Room) -> bool {
    break_lines(theme, text, style, room.width).len() <= room.lines
}

/// One line with control characters and runs of spaces turned into single spaces.
pub(crate) fn one_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if is_printable(c) { c } else { ' ' })
        .collect();
    spaced
        .split(BREAKS)
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// XML 1.0 allows neither control characters nor the two last code points of the basic plane.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Ordinary space only: a no-break space keeps a number and its unit together.
const BREAKS: char = ' ';

fn break_lines(theme: &Theme, text: &str, style: Style, width: f64) -> Vec<String> {
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
    use crate::chart::numbers::{DateWords, NumberStyle};

    fn theme() -> Theme {
        Theme::new(NumberStyle::English, DateWords::english()).unwrap()
    }

    const ROOM: Room = Room {
        width: 300.0,
        lines: 3,
    };

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
                    theme.width(&line, Style::LABEL) <= ROOM.width,
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
        assert_eq!(lines.len(), ROOM.lines, "all lines are used first");
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
            let room = Room {
                width: whole * f64::from(percent) / 100.0,
                lines: 5,
            };
            let lines = wrap_evenly(&theme(), text, Style::LABEL, room);
            assert_eq!(lines.join(" "), text, "at {percent} percent: {lines:?}");
        }
    }

    #[test]
    fn even_lines_lose_nothing() {
        let theme = theme();
        let text = "the first of three lines or so and a last one";
        let even = wrap_evenly(
            &theme,
            text,
            Style::LABEL,
            Room {
                width: 500.0,
                lines: 3,
            },
        );
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
