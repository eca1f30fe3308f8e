"""Reads front matter in YAML, and lets templates find an article by its address.

Pelican's own reader knows flat fields only. One Markdown converter serves all files, which is faster than one each.
"""

import yaml
from markdown import Markdown
from pelican import signals
from pelican.readers import MarkdownReader

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
OWN = ("title", "description", "date", "tags", "weight", "save_as", "url", "template", "slug")


class FrontMatterReader(MarkdownReader):
    """Markdown below YAML: Pelican's own fields as such, all others together as ``it``."""

    file_extensions = ("md",)

    def read(self, source_path):
        """The content and the fields of a file."""
        with open(source_path, encoding="utf-8") as file:
            _, front, text = file.read().split("---\n", 2)
        values = yaml.load(front, Loader=LOADER)
        if not hasattr(self, "_converter"):
            self._converter = Markdown(**self.settings["MARKDOWN"])
        content = self._converter.reset().convert(text)
        fields = {name: self._process(name, values.pop(name)) for name in OWN if name in values}
        return content, {**fields, "it": values}

    def _process(self, name, value):
        if name == "weight":
            return value
        return self.process_metadata(name, str(value) if name == "date" else value)


def add_reader(readers):
    """Take the place of the Markdown reader."""
    readers.reader_classes["md"] = FrontMatterReader


def add_records(generator):
    """Articles by category and slug, and filters for days."""
    generator.context["records"] = {
        f"{article.category.slug}/{article.slug}": article for article in generator.articles
    }


def add_filters(generator):
    """How days are written."""
    generator.env.filters["day"] = lambda day: f"{day.day} {day:%B %Y}"
    generator.env.filters["iso"] = lambda day: f"{day:%Y-%m-%d}"
    generator.env.filters["instant"] = lambda day: day.isoformat()


def register():
    """Connect with Pelican."""
    signals.readers_init.connect(add_reader)
    signals.generator_init.connect(add_filters)
    signals.article_generator_finalized.connect(add_records)
