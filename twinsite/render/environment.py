"""The sealed template environment: plain data and pure filters, strict about every name.

A template sees ``page``, ``frame`` and the filters of ``render.filters``. It cannot look anywhere else, so the digest
of what it is given is the whole list of what its page depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from types import MappingProxyType
from typing import Any

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined, Template, TemplateNotFound, nodes
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes
from twinsite.core.fragment import Fragment
from twinsite.core.names import nearest_name
from twinsite.core.theme import Theme
from twinsite.render.body import RenderComponent, fill_body
from twinsite.render.compiler import QuickCompiler, QuickContext
from twinsite.render.filters import make_filters

TOP_NAMES = ("page", "frame", "component")
"""The names that templates are given (``component`` only in those of components)."""

MOST_NAMES = 40
"""How many names a message lists at most."""


class StrictName(StrictUndefined):
    """An undefined name that says what it might have been: anything done with it is an error."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, owner = self._undefined_name, self._undefined_obj
        known = sorted(map(str, owner)) if isinstance(owner, dict) else list(TOP_NAMES) if owner is missing else []
        if owner is missing and name in TOP_NAMES:
            return f'There is no "{name}" here: a component has component and frame, any other template page and frame.'
        near = nearest_name(name, known) if isinstance(name, str) else None
        if near:
            return f'There is no "{name}" here. Did you mean "{near}"?'
        return f'There is no "{name}" here.' + (f" There are: {', '.join(known[:MOST_NAMES])}." if known else "")


class SealedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2 over a theme's templates alone. ``parent:x`` in a template names the version of ``x`` that it
    overrides.

    It is a sandbox: a template reaches values and their plain methods, never what Python keeps behind them. So a theme
    from elsewhere runs no code of its own, and nothing that differs from run to run comes into a page.
    """

    code_generator_class = QuickCompiler
    context_class = QuickContext

    def __init__(
        self,
        theme: Theme,
        fragments: Mapping[str, Fragment] = MappingProxyType({}),
        language: str = "en",
        cache: Cache | None = None,
        salt: str = "",
    ) -> None:
        super().__init__(
            loader=FunctionLoader(self._load),
            undefined=StrictName,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            # Jinja2 works out constants when it compiles, and what filters make of them is in the site's language.
            bytecode_cache=StoredBytecode(cache, f"{salt} {language}") if cache else None,
        )
        self.theme = theme
        self.globals = {}
        self._ready: dict[tuple[str, str | None], Template] = {}
        self.filters.update(make_filters(language))
        self.filters["fill"] = lambda body, frame: fill_body(body, fragments, self._make_component(frame))

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (as its base calls it)
    ) -> Template:
        """A template by its name, found once for each template that names it. Raises ``TemplateNotFound``."""
        if globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        found = self._ready.get((name, parent))
        if found is None:
            found = self._ready[name, parent] = super().get_template(name, parent)
        return found

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The tree of a text, for the compiler: the one that somebody has made before, if any (see ``Theme.trees``)."""
        tree: nodes.Template | None = self.theme.trees.pop(source, None)
        if tree is None:
            return super()._parse(source, name, filename)
        tree.set_environment(self)
        return tree

    def call(self, context: Context, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template names, if that is harmless, as its own macros are."""
        if function.__class__ is Macro:
            return context.call(function, *args, **kwargs)
        return super().call(context, function, *args, **kwargs)

    def _make_component(self, frame: Mapping[str, Any]) -> RenderComponent:
        """A function that renders a component by its template's name and its view."""

        def render(template: str, view: dict[str, Any]) -> str:
            return self.get_template(template).render(component=view, frame=frame)

        return render

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        template = self.theme.templates.get(name)
        return (template.text, template.path, lambda: True) if template else None

    def join_path(self, template: str, parent: str) -> str:
        """The full name of a template that ``parent`` names: ``parent:x`` is the next ``x`` up the chain of themes."""
        if not template.startswith("parent:"):
            return template
        name = template.removeprefix("parent:")
        chain = list(self.theme.chain)
        layer = parent.partition(":")[0] if ":" in parent else self._layer_of(parent)
        above = chain[chain.index(layer) + 1 :] if layer in chain else []
        for candidate in above:
            if f"{candidate}:{name}" in self.theme.templates:
                return f"{candidate}:{name}"
        raise TemplateNotFound(template, f'No theme above "{layer}" has a template "{name}".')

    def _layer_of(self, name: str) -> str:
        return next((layer for layer in self.theme.chain if f"{layer}:{name}" in self.theme.templates), "")

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A key of a dict before anything else, and never a dict's methods: ``page.items`` is the key ``items``."""
        if isinstance(obj, dict):
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class StoredBytecode(BytecodeCache):
    """Compiled templates kept in the one cache, keyed by template text and Jinja's own checks."""

    def __init__(self, cache: Cache, salt: str) -> None:
        self._cache = cache
        self._salt = salt

    def _key(self, bucket: Bucket) -> str:
        return digest_bytes(f"bytecode {self._salt} {bucket.key} {bucket.checksum}".encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket from the cache, if it has this very template."""
        data = self._cache.get(self._key(bucket))
        if data:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the compiled template."""
        self._cache.put(self._key(bucket), bucket.bytecode_to_string())
