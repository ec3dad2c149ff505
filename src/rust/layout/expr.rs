//! rustfmt's layout of expressions, with default settings.

use super::item::{ChainItem, Head, List, is_simple};
use super::width;
use crate::rust::code::{Borrow, Expr, Link, Tried};
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// `max_width`.
pub(super) const MAX_WIDTH: usize = 100;
/// `tab_spaces`.
const TAB: usize = 4;
/// `chain_width`, `fn_call_width` and `array_width`.
pub(super) const SHORT: usize = 60;
/// `short_array_element_width_threshold`.
const SHORT_ITEM: usize = 10;

/// The position where an expression begins: the indent of its line, the column, and the remaining width
/// of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct LineShape {
    pub(super) indent: usize,
    pub(super) offset: usize,
    pub(super) width: usize,
}

impl LineShape {
    /// Starts at the beginning of a line, with `reserved` columns kept free at its end.
    pub(super) fn line(indent: usize, reserved: usize) -> Self {
        LineShape {
            indent,
            offset: 0,
            width: MAX_WIDTH.saturating_sub(indent + reserved),
        }
    }

    /// Starts after `by` columns of other text.
    pub(super) fn after(self, by: usize) -> Option<Self> {
        let width = self.width.checked_sub(by)?;
        Some(LineShape {
            offset: self.offset + by,
            width,
            ..self
        })
    }

    pub(super) fn narrower(self, by: usize) -> Option<Self> {
        Some(LineShape {
            width: self.width.checked_sub(by)?,
            ..self
        })
    }

    /// Returns the columns kept free at the end of the line.
    pub(super) fn reserved(self) -> usize {
        MAX_WIDTH.saturating_sub(self.indent + self.offset + self.width)
    }
}

/// Computes the layouts of an expression and of its parts.
///
/// rustfmt tries several layouts at each nesting level. The cache keeps the work from doubling with each
/// level.
pub(super) struct Layouts<'e> {
    expr: &'e Expr,
    /// The key holds the address of a part, which is stable while the expression is borrowed.
    known: HashMap<(*const Expr, LineShape, bool), Option<String>, RandomState>,
}

impl<'e> Layouts<'e> {
    pub(super) fn of(expr: &'e Expr) -> Self {
        Layouts {
            expr,
            known: HashMap::default(),
        }
    }

    /// Returns the expression as rustfmt prints it in this shape; `None` if rustfmt gives up.
    pub(super) fn at(&mut self, shape: LineShape) -> Option<String> {
        self.rewrite(self.expr, shape, false)
    }

    /// Returns the number of layouts in the cache.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.known.len()
    }

    fn rewrite(
        &mut self,
        expr: &'e Expr,
        shape: LineShape,
        one_line_chain: bool,
    ) -> Option<String> {
        if expr.links.is_empty() && ChainItem::root(&expr.root).list.is_none() {
            return self.rewritten(expr, shape, one_line_chain);
        }
        let key = (std::ptr::from_ref(expr), shape, one_line_chain);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let text = self.rewritten(expr, shape, one_line_chain);
        self.known.insert(key, text.clone());
        text
    }

    fn rewritten(
        &mut self,
        expr: &'e Expr,
        shape: LineShape,
        one_line_chain: bool,
    ) -> Option<String> {
        let reference = expr.reference.code();
        let inner = shape.after(width(reference))?;
        let body = if expr.links.is_empty() {
            self.item(ChainItem::root(&expr.root), inner)?
        } else {
            self.chain(expr, inner, one_line_chain)?
        };
        Some(format!("{reference}{body}"))
    }

    fn item(&mut self, item: ChainItem<'e>, shape: LineShape) -> Option<String> {
        let shape = shape.narrower(item.tries)?;
        let mut text = match item.list {
            Some(list) => self.call(item.head, list, shape)?,
            None => match item.unbroken {
                Some(root) => {
                    let text = root.to_string();
                    (width(&text) <= shape.width).then_some(text)?
                }
                None => item.head.to_string(),
            },
        };
        (0..item.tries).for_each(|_| text.push('?'));
        Some(text)
    }

    fn call(&mut self, head: Head<'e>, list: List<'e>, shape: LineShape) -> Option<String> {
        let (open, close) = list.brackets();
        let nested = LineShape::line(shape.indent + TAB, 1);
        let (tactic, items) = self.items(head, list.items(), shape, nested)?;
        let list = written(&items, tactic, nested);
        let first = list.lines().next().map_or(2, |line| width(line) + 1);
        let same_line =
            tactic == Tactic::Horizontal && first <= shape.width.saturating_sub(head.width());
        Some(if same_line {
            format!("{head}{open}{list}{close}")
        } else {
            let (inner, outer) = (" ".repeat(nested.indent), " ".repeat(shape.indent));
            format!("{head}{open}\n{inner}{list}\n{outer}{close}")
        })
    }

    /// Prints the items and chooses the separator between them.
    fn items(
        &mut self,
        head: Head<'e>,
        exprs: &'e [Expr],
        shape: LineShape,
        nested: LineShape,
    ) -> Option<(Tactic, Vec<String>)> {
        let one_line_width = shape.width.saturating_sub(head.width() + 2);
        let mut items = exprs
            .iter()
            .map(|item| self.rewrite(item, nested, false))
            .collect::<Option<Vec<_>>>()?;
        if let [only] = exprs {
            // A single argument may begin on the line of the call and span several lines.
            if let Some(overflowed) = self.overflowed(head, only, shape)
                && width(first_line(&overflowed)) <= one_line_width.min(SHORT)
            {
                let one_break = overflowed.matches('\n').count() == 1;
                if !one_break || items[0].contains('\n') {
                    items[0] = overflowed;
                }
                return Some((Tactic::Horizontal, items));
            }
            if one_line_width > 0 && !items[0].contains('\n') && width(&items[0]) <= one_line_width
            {
                return Some((Tactic::Horizontal, items));
            }
        }
        let total =
            items.iter().map(|item| width(item)).sum::<usize>() + 2 * items.len().saturating_sub(1);
        let breaks = items.iter().any(|item| item.contains('\n'));
        let tactic = if total <= one_line_width.min(SHORT) && !breaks {
            Tactic::Horizontal
        } else if exprs.iter().all(is_simple) && items.iter().all(|item| item.len() <= SHORT_ITEM) {
            Tactic::Mixed
        } else {
            Tactic::Vertical
        };
        Some((tactic, items))
    }

    /// Prints a single argument that begins on the line of the call, if rustfmt tries that.
    fn overflowed(&mut self, head: Head<'e>, only: &'e Expr, shape: LineShape) -> Option<String> {
        let combined = head.len() < TAB;
        let last = ChainItem::last(only);
        if !combined && last.list.is_none() {
            return None;
        }
        let one_line = shape
            .after(head.width() + 1)
            .and_then(|shape| shape.narrower(1));
        let mut shape = one_line.unwrap_or(LineShape { width: 0, ..shape });
        let nested_call = only.links.is_empty() && last.list.is_some() && last.head.len() > 0;
        if nested_call {
            shape.width = shape.width.min(SHORT);
        }
        let is_plain = only.reference == Borrow::None && last.tries == 0;
        let one_line_chain = !combined && !only.links.is_empty() && is_plain;
        self.rewrite(only, shape, one_line_chain)
    }

    fn chain(&mut self, expr: &'e Expr, shape: LineShape, one_line_only: bool) -> Option<String> {
        let (root, links) = self.chain_root(expr, shape)?;
        let Some((last, others)) = links.split_last() else {
            return fits(&root, shape).then_some(root);
        };
        // Links follow a multi-line root at its own indent if it ends with a bracket line, else one step
        // deeper.
        let step = if ends_in_bracket(&root) { 0 } else { TAB };
        let child = LineShape::line(shape.indent + step, 0);
        let mut parts = vec![root];
        for link in others {
            parts.push(self.item(ChainItem::link(link), child)?);
        }
        let (last, single_line) = self.last_link(
            ChainItem::link(last),
            &parts,
            expr.links.len(),
            shape,
            child,
        )?;
        parts.push(last);
        if !single_line && one_line_only {
            return None;
        }
        let line_break = format!("\n{}", " ".repeat(child.indent));
        let text = parts.join(if single_line { "" } else { &line_break });
        fits(&text, shape).then_some(text)
    }

    /// Returns the root with the links on its line: rustfmt never leaves a root shorter than an indent
    /// alone.
    fn chain_root(
        &mut self,
        expr: &'e Expr,
        shape: LineShape,
    ) -> Option<(String, &'e [Tried<Link>])> {
        let mut root = self.item(ChainItem::root(&expr.root), shape)?;
        let mut links = expr.links.as_slice();
        let tab = TAB.saturating_sub(shape.offset);
        while let [first, rest @ ..] = links {
            if root.len() > tab || root.contains('\n') {
                break;
            }
            let Some(link) = self.item(ChainItem::link(first), shape.after(root.len())?) else {
                break;
            };
            root.push_str(&link);
            links = rest;
        }
        Some((root, links))
    }

    /// Prints the last link, and decides whether the whole chain fits on the root's line.
    fn last_link(
        &mut self,
        last: ChainItem<'e>,
        before: &[String],
        count: usize,
        shape: LineShape,
        child: LineShape,
    ) -> Option<(String, bool)> {
        let extendable = ends_in_bracket(&before[0]);
        let total = match extendable {
            true => width(last_line(&before[0])),
            false => before.iter().map(|part| width(part)).sum::<usize>(),
        } + last.tries;
        let budget = if count == 1 {
            shape.width
        } else {
            shape.width.min(SHORT)
        }
        .saturating_sub(total);
        let one_line = before.iter().all(|part| !part.contains('\n')) && budget > 0;
        let own_line = child.narrower(shape.reserved() + last.tries)?;
        if !one_line && !extendable {
            return Some((self.item(last, own_line)?, false));
        }
        let here = if one_line { shape } else { child }.narrower(last.tries)?;
        let Some(overflowed) = here.after(total).and_then(|shape| self.item(last, shape)) else {
            return Some((self.item(last, here)?, false));
        };
        let lines = overflowed.lines().count();
        let could_fit = width(first_line(&overflowed)) <= budget;
        if could_fit && lines >= 5 {
            return Some((overflowed, one_line));
        }
        match self.item(last, own_line) {
            Some(own) if !could_fit || own.lines().count() < lines => Some((own, false)),
            _ => Some((overflowed, could_fit && one_line)),
        }
    }

    /// Returns the text after `=`, starting with a space or a line break.
    pub(super) fn right_side(&mut self, shape: LineShape) -> Option<String> {
        // If the first line does not fit after `=`, the value goes below.
        let begins = |text: &String| !text.contains('\n') || width(first_line(text)) <= shape.width;
        let here = self.at(shape).filter(begins);
        if let Some(text) = here
            .as_ref()
            .filter(|text| !text.contains('\n') && width(text) <= shape.width)
        {
            return Some(format!(" {text}"));
        }
        let below_shape = LineShape::line(shape.indent + TAB, shape.reserved());
        let below = self.at(below_shape);
        let on_next = |text: String| format!("\n{}{text}", " ".repeat(below_shape.indent));
        match (here, below) {
            (Some(here), Some(below)) if !fits(&below, below_shape) => Some(format!(" {here}")),
            (Some(here), Some(below)) if prefer_next_line(&here, &below) => Some(on_next(below)),
            (None, Some(below)) => Some(on_next(below)),
            (here, _) => here.map(|here| format!(" {here}")),
        }
    }
}

/// The layout of a list of arguments or elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tactic {
    Horizontal,
    Vertical,
    /// Fills each line with as many items as fit.
    Mixed,
}

fn written(items: &[String], tactic: Tactic, nested: LineShape) -> String {
    let indent = format!("\n{}", " ".repeat(nested.indent));
    match tactic {
        Tactic::Horizontal => items.join(", "),
        Tactic::Vertical => items.join(&format!(",{indent}")) + ",",
        Tactic::Mixed => packed(items, nested.width, &indent) + ",",
    }
}

/// Fills each line with as many items as fit; each item but the last has a comma.
fn packed(items: &[String], line_width: usize, line_break: &str) -> String {
    let mut out = String::new();
    let mut used = 0;
    let mut broken = false;
    for (at, item) in items.iter().enumerate() {
        let is_last = at + 1 == items.len();
        // rustfmt does not count the comma after the last item while all items are on one line.
        let len = width(item) + usize::from(!is_last || broken);
        if used > 0 {
            let fits = used + 1 + len <= line_width;
            out.push_str(if fits { " " } else { line_break });
            used = if fits { used + 1 } else { 0 };
            broken |= !fits;
        }
        out.push_str(item);
        out.push_str(if is_last { "" } else { "," });
        used += len;
    }
    out
}

/// Returns whether a multi-line text ends with a line of closing brackets, so that a link may follow on
/// that line.
fn ends_in_bracket(text: &str) -> bool {
    text.contains('\n') && {
        let last = last_line(text).trim_start();
        last.chars()
            .all(|c| matches!(c, ')' | ']' | '}' | '?' | '>'))
    }
}

/// Returns whether every line fits.
pub(super) fn fits(text: &str, shape: LineShape) -> bool {
    let mut lines = text.lines();
    let first = lines.next().is_none_or(|line| width(line) <= shape.width);
    first && lines.all(|line| width(line) <= MAX_WIDTH) && {
        let last = width(last_line(text));
        !text.contains('\n') || last <= shape.indent + shape.offset + shape.width
    }
}

pub(super) fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or_default()
}

/// Returns whether rustfmt prefers a value on the next line to one after `=`.
pub(super) fn prefer_next_line(here: &str, below: &str) -> bool {
    let breaks = |text: &str| text.matches('\n').count();
    let only_here =
        |end: char| first_line(here).ends_with(end) && !first_line(below).ends_with(end);
    !below.contains('\n')
        || breaks(here) > breaks(below) + 1
        || only_here('(')
        || only_here('{')
        || only_here('[')
}
