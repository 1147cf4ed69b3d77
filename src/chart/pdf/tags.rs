//! The structure of a document for those who do not see it (ISO 32000-1:2008, 14.7 and 14.8).

use crate::chart::pdf::file::{Id, Objects};

/// A tree of elements, the whole document at its root.
#[derive(Debug)]
pub(super) struct Tags {
    elements: Vec<Element>,
    /// By page and number of the mark: the element that the marked content belongs to.
    owners: Vec<Vec<usize>>,
}

#[derive(Debug)]
struct Element {
    role: &'static str,
    parent: usize,
    /// Further entries of its dictionary.
    entries: String,
    children: Vec<Child>,
}

#[derive(Debug, Clone, Copy)]
enum Child {
    Element(usize),
    Content { page: usize, mark: usize },
}

/// Position of the element of the whole document.
pub(super) const DOCUMENT: usize = 0;

impl Tags {
    pub(super) fn new() -> Self {
        let document = Element {
            role: "Document",
            parent: DOCUMENT,
            entries: String::new(),
            children: Vec::new(),
        };
        Self {
            elements: vec![document],
            owners: Vec::new(),
        }
    }

    /// A new element below `parent`, after what is there already.
    pub(super) fn add(&mut self, parent: usize, role: &'static str, entries: String) -> usize {
        let position = self.elements.len();
        self.elements.push(Element {
            role,
            parent,
            entries,
            children: Vec::new(),
        });
        self.elements[parent]
            .children
            .push(Child::Element(position));
        position
    }

    /// The number of the next marked content of `page`, which becomes part of `element`.
    pub(super) fn mark(&mut self, element: usize, page: usize) -> usize {
        if self.owners.len() <= page {
            self.owners.resize(page + 1, Vec::new());
        }
        let mark = self.owners[page].len();
        self.owners[page].push(element);
        self.elements[element]
            .children
            .push(Child::Content { page, mark });
        mark
    }

    /// Writes the tree and gives its root; `pages` are in order.
    pub(super) fn write(&self, objects: &mut Objects, pages: &[Id]) -> Id {
        let root = objects.reserve();
        let ids: Vec<Id> = self.elements.iter().map(|_| objects.reserve()).collect();
        for (position, (element, id)) in self.elements.iter().zip(&ids).enumerate() {
            let parent = if position == DOCUMENT {
                root
            } else {
                ids[element.parent]
            };
            let child = |child: &Child| match *child {
                Child::Element(position) => ids[position].to_string(),
                Child::Content { page, mark } => {
                    format!("<< /Type /MCR /Pg {} /MCID {mark} >>", pages[page])
                }
            };
            let children: Vec<String> = element.children.iter().map(child).collect();
            let body = format!(
                "<< /Type /StructElem /S /{} /P {parent} {} /K [{}] >>",
                element.role,
                element.entries,
                children.join(" ")
            );
            objects.set(*id, body);
        }
        let by_page = |(page, owners): (usize, &Vec<usize>)| {
            let owners: Vec<String> = owners.iter().map(|owner| ids[*owner].to_string()).collect();
            format!("{page} [{}]", owners.join(" "))
        };
        let numbers: Vec<String> = self.owners.iter().enumerate().map(by_page).collect();
        let body = format!(
            "<< /Type /StructTreeRoot /K [{}] /ParentTree << /Nums [{}] >> /ParentTreeNextKey {} >>",
            ids[DOCUMENT],
            numbers.join(" "),
            pages.len()
        );
        objects.set(root, body);
        root
    }
}
