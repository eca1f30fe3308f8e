"""How templates become Python: Jinja2's own compiler, with quicker code for what pages do most.

Takes parsed templates; gives the source of their functions and the few functions that this calls. It changes nothing in
what a template means: keys of dicts are looked up in place instead of through a method, neighbouring pieces of output
are joined at once, and an included template gets its names without being asked for its parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro, markup_join
from jinja2.utils import missing
from markupsafe import Markup, escape

from twinsite.render.escaping import escape_text


def write_value(value: Any) -> str:
    """A value as it stands in the page: text escaped, what is marked as safe as it is, anything else by its text."""
    kind = value.__class__
    if kind is int:
        return str(value)  # which holds no sign of HTML
    if kind is str:
        return escape_text(value)
    return value if kind is Markup else escape(value)


def join_values(*values: Any) -> str:
    """The texts of values one after another; safe, with the others escaped, if one of them is."""
    for value in values:
        if value.__class__ is not str:
            return markup_join(values)
    return "".join(values)


def include(template: Template, context: Context, names: dict[str, Any]) -> Iterator[str]:
    """The pieces of an included template, which sees all that its includer sees and the ``names`` defined there."""
    known = context.get_all()
    if names:
        known = {**known, **{name: value for name, value in names.items() if value is not missing}}
    inner = context.__class__(template.environment, known, template.name, template.blocks)
    return template.root_render_func(inner)


class QuickContext(Context):
    """A context that is made with as little ado as possible: templates here have no globals."""

    def __init__(
        self,
        environment: Any,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Any],
        globals: Any = None,  # noqa: A002 (as its base calls it)
    ) -> None:
        self.parent = parent
        self.vars = {}
        self.environment = environment
        self.exported_vars = set()
        self.name = name
        self.globals_keys = set()
        self.blocks = {block: [function] for block, function in blocks.items()} if blocks else {}

    @cached_property
    def eval_ctx(self) -> EvalContext:  # type: ignore[override]
        """Whether texts are escaped, which few templates ask."""
        return EvalContext(self.environment, self.name)

    def call(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function of a template. A macro with plain parameters is called without looking at each of them."""
        if function.__class__ is Macro and not (kwargs.keys() - INNER_NAMES) and self.eval_ctx.autoescape:
            lacking = function._argument_count - len(args)
            if lacking >= 0 and not (function.caller or function.catch_kwargs or function.catch_varargs):
                return Markup(function._func(*args, *[missing] * lacking))
        return super().call(function, *args, **kwargs)


INNER_NAMES = frozenset({"_loop_vars", "_block_vars"})
"""What the compiler hands to every call, for functions that take a context; macros do not."""


class QuickCompiler(CodeGenerator):
    """Jinja2's compiler with quicker code for lookups, output and includes."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """The whole module of a template."""
        self.writeline(f"from {__name__} import escape_text, include, join_values, write_value")
        super().visit_Template(node, frame)

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """``x.name``: looked up in place where ``x`` is a dict that has the key."""
        self.write(f"(_at[{node.attr!r}] if (_at := ")
        self.visit(node.node, frame)
        self.write(f").__class__ is dict and {node.attr!r} in _at else environment.getattr(_at, {node.attr!r}))")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Text and values one after another: handed over as one piece."""
        if frame.buffer is not None or frame.require_output_check or frame.eval_ctx.volatile:
            super().visit_Output(node, frame)
            return
        pieces = self._fold(node, frame)
        if len(pieces) == 1:
            self.writeline("yield ", node)
            self._write_piece(pieces[0], frame)
            return
        self.writeline('yield "".join((', node)
        self.indent()
        for piece in pieces:
            self.newline(piece if isinstance(piece, nodes.Expr) else None)
            self._write_piece(piece, frame)
            self.write(",")
        self.outdent()
        self.writeline("))")

    def _fold(self, node: nodes.Output, frame: Frame) -> list[str | nodes.Expr]:
        """The pieces of an output: text that is known now, joined, between values that are known when rendering."""
        finalize = self._make_finalize()
        pieces: list[str | nodes.Expr] = []
        for child in node.nodes:
            try:
                const = self._output_child_to_const(child, frame, finalize)
            except Exception:  # not constant, or wrong in a way that shall show when rendering, as in Jinja2 itself
                pieces.append(child)
                continue
            if pieces and isinstance(pieces[-1], str):
                pieces[-1] += const
            else:
                pieces.append(str(const))
        return pieces

    def _write_piece(self, piece: str | nodes.Expr, frame: Frame) -> None:
        if isinstance(piece, str):
            self.write(repr(piece))
            return
        finalize = self._make_finalize()
        self._output_child_pre(piece, frame, finalize)
        self.visit(piece, frame)
        self._output_child_post(piece, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """What stands before a value in the output; there is no finalizing function here."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            # Most values are plain texts, which need no function of ours.
            self.write("(escape_text(_it) if (_it := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """What stands behind a value in the output."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write(").__class__ is str else _it if _it.__class__ is Markup else write_value(_it))")
        else:
            super()._output_child_post(node, frame, finalize)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """``a ~ b``."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super().visit_Concat(node, frame)
            return
        self.write("join_values(")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write(")")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        """An include of a named template with its includer's names; any other as Jinja2 does it."""
        named = isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)
        if not named or node.ignore_missing or not node.with_context:
            super().visit_Include(node, frame)
            return
        self.writeline("template = environment.get_template(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
        call = f"include(template, context, {self.dump_local_context(frame)})"
        self.writeline(f"{frame.buffer}.extend({call})" if frame.buffer is not None else f"yield from {call}", node)
