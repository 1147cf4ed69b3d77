//! The tag tree of a document, for assistive technology (ISO 32000-1:2008, 14.7 and 14.8).

use krilla::tagging::{Identifier, TagGroup, TagKind, TagTree};

/// A tree of elements, the whole document at its root.
#[derive(Debug, Default)]
pub(super) struct Tags {
    elements: Vec<Element>,
    /// Elements right below the document.
    top: Vec<usize>,
    /// Number of leaves.
    n_leaves: usize,
}

#[derive(Debug)]
struct Element {
    kind: TagKind,
    children: Vec<Child>,
}

#[derive(Debug, Clone, Copy)]
enum Child {
    Element(usize),
    /// Something painted, by its position in the order of painting.
    Leaf(usize),
}

impl Tags {
    /// A new element below `parent`, or below the document, after what is there already.
    pub(super) fn add(&mut self, parent: Option<usize>, kind: impl Into<TagKind>) -> usize {
        let position = self.elements.len();
        self.elements.push(Element {
            kind: kind.into(),
            children: Vec::new(),
        });
        match parent {
            Some(parent) => self.elements[parent]
                .children
                .push(Child::Element(position)),
            None => self.top.push(position),
        }
        position
    }

    /// The next thing painted becomes part of `element`.
    pub(super) fn leaf(&mut self, element: usize) {
        let number = self.n_leaves;
        self.n_leaves += 1;
        self.elements[element].children.push(Child::Leaf(number));
    }

    /// The tree, with what each leaf was painted as, in the order of painting.
    pub(super) fn tree(&self, painted: &[Identifier]) -> TagTree {
        let mut tree = TagTree::new();
        for element in &self.top {
            tree.push(self.group(*element, painted));
        }
        tree
    }

    fn group(&self, element: usize, painted: &[Identifier]) -> TagGroup {
        let Element { kind, children } = &self.elements[element];
        let mut group = TagGroup::new(kind.clone());
        for child in children {
            match *child {
                Child::Element(position) => group.push(self.group(position, painted)),
                Child::Leaf(number) => group.push(painted[number]),
            }
        }
        group
    }
}
