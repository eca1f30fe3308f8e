"""Template failures as problems: the page, the chain of templates with their lines, and what to do."""

from __future__ import annotations

from types import TracebackType

from jinja2 import Environment, TemplateAssertionError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from msgspec.structs import replace

from twinsite.core.names import nearest_name
from twinsite.core.page import Document, Page
from twinsite.core.problem import Problem
from twinsite.core.theme import Theme

Step = tuple[str, int]


def explain_failure(error: Exception, page: Page | Document, environment: Environment) -> Problem:
    """The problem of a page that a template could not render. The innermost template line is where it points."""
    theme: Theme = environment.theme  # type: ignore[attr-defined]
    chain = _find_chain(error.__traceback__, theme)
    if isinstance(error, TemplateSyntaxError):
        place = (error.filename or error.name or page.template, error.lineno)
        chain += [place] if chain[-1:] != [place] else []
    if isinstance(error, RecursionError):
        chain = _cut_at_repetition(chain)
    path, line = chain[-1] if chain else (_path_of(page.template, theme), None)
    address = "/" + page.path.removesuffix("index.html")
    way = " → ".join(f"{step}:{number}" for step, number in chain) or path
    source = f" from {page.source}" if page.source else ""
    return Problem(
        _name(error),
        path,
        f"{_describe(error, theme)} The page {address}{source} could not be made (templates: {way}).",
        _advise(error),
        line=line,
        column=1 if line else None,
    )


def _path_of(name: str, theme: Theme) -> str:
    template = theme.templates.get(name)
    return template.path if template else f"themes/{theme.name}/templates/{name}"


def _cut_at_repetition(chain: list[Step]) -> list[Step]:
    """A chain without an end, up to the step that begins it again."""
    for number, step in enumerate(chain):
        if step in chain[:number]:
            return chain[:number]
    return chain


def _find_chain(traceback: TracebackType | None, theme: Theme) -> list[Step]:
    """The template lines that a traceback went through, outermost first."""
    paths = {template.path for template in theme.templates.values()}
    chain: list[Step] = []
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        if name in paths and (not chain or chain[-1] != (name, traceback.tb_lineno)):
            chain.append((name, traceback.tb_lineno))
        traceback = traceback.tb_next
    return chain


def _name(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return "missing-template"
    if isinstance(error, TemplateSyntaxError):
        return "template-syntax"
    return "template-error"


def _describe(error: Exception, theme: Theme) -> str:
    if isinstance(error, TemplateNotFound):
        name = str(error.name)
        near = _nearest_template(name, theme)
        return f'There is no template "{name}".' + (f' Did you mean "{near}"?' if near else "")
    if isinstance(error, TemplateAssertionError | TemplateSyntaxError):
        return f"This template cannot be read: {(error.message or 'it is wrong here').rstrip('.')}."
    if isinstance(error, UndefinedError | SecurityError):
        return str(error)
    if isinstance(error, RecursionError):
        return "This template includes or extends itself without end."
    return f"The template failed: {type(error).__name__}: {error}."


def _nearest_template(name: str, theme: Theme) -> str | None:
    """The template that a name was probably meant to be. Endings are left out, because they make all names alike."""
    plain = {known.rpartition(".")[0]: known for known in theme.templates if ":" not in known}
    near = nearest_name(name.rpartition(".")[0] or name, plain)
    return plain[near] if near else None


def _advise(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return "Add the file to the theme's templates/, or let the theme extend one that has it (extends: default)."
    if isinstance(error, TemplateSyntaxError):
        return "Mend the template at this line; Jinja's own documentation describes its tags."
    if isinstance(error, UndefinedError | SecurityError):
        return "Correct the name, or test an optional value first: {% if page.image %}…{% endif %}"
    if isinstance(error, RecursionError):
        return "Take out the include, the macro or the extends that leads back to itself."
    return "Mend this line: what is used there has another form than the line expects, such as a text for a number."


def gather_failures(failures: list[Problem]) -> list[Problem]:
    """One problem for each place in a template, naming the first page it spoils and how many others."""
    groups: dict[tuple[str, str, int | None], list[Problem]] = {}
    for problem in failures:
        groups.setdefault((problem.rule, problem.path, problem.line), []).append(problem)
    return [_add_count(group) for group in groups.values()]


def _add_count(group: list[Problem]) -> Problem:
    first = group[0]
    if len(group) == 1:
        return first
    others = f"{len(group) - 1} more page{'s' if len(group) > 2 else ''}"
    return replace(first, message=f"{first.message} The same spoils {others}.")
