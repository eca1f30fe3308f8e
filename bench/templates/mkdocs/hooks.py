"""Lists of sections and tags in pages of twenty, the feed and the sitemap, made from the pages that MkDocs has read."""

from pathlib import Path

SECTIONS = {"contests": "Contests", "twinterns": "Twinterns", "showcases": "Showcases"}
SIZE = 20


def on_env(env, config, files):
    """Filters for days, and every record by its address for templates. Everything has been read by now."""
    env.autoescape = True
    env.filters["day"] = lambda day: f"{day.day} {day:%B %Y}"
    env.filters["iso"] = lambda day: f"{day:%Y-%m-%d}"
    env.filters["step"] = make_step
    records = [file.page for file in files.documentation_pages() if file.page.meta.get("weight")]
    records.sort(key=lambda page: page.meta["weight"])
    env.globals["records"] = {page.url.rstrip("/"): page for page in records}
    config.extra["made"] = (env, records)
    return env


def on_post_build(config):
    """Write what is made of many pages."""
    env, records = config.extra.pop("made")
    site = Path(config.site_dir)
    lists = {}
    for section, title in SECTIONS.items():
        inside = [page for page in records if page.url.startswith(f"{section}/")]
        lists[f"{section}/"] = (title, inside)
    terms = group_terms(records)
    for tag, inside in terms.items():
        lists[f"tags/{make_step(tag)}/"] = (tag, inside)
    template = env.get_template("list.html")
    for url, (title, inside) in lists.items():
        write_list(template, config, site, url, title, inside)
    tags = [(tag, f"/tags/{make_step(tag)}/", len(terms[tag])) for tag in sorted(terms, key=str.casefold)]
    page = env.get_template("tags.html").render(config=config, title="Tags", url="tags/", terms=tags)
    write(site / "tags" / "index.html", page)
    newest = sorted(records, key=lambda page: page.meta["date"], reverse=True)[:20]
    write(site / "feed.xml", env.get_template("feed.xml").render(config=config, newest=newest))
    addresses = ["", "tags/", *lists]
    write(site / "sitemap.xml", env.get_template("map.xml").render(config=config, addresses=addresses, pages=records))


def group_terms(records):
    """The records of each tag, in order."""
    terms = {}
    for page in records:
        for tag in page.meta.get("tags", ()):
            terms.setdefault(tag, []).append(page)
    return terms


def write_list(template, config, site, url, title, inside):
    """The pages of one list."""
    count = max(1, -(-len(inside) // SIZE))
    for number in range(count):
        here = page_url(url, number)
        text = template.render(
            config=config,
            title=title,
            url=here,
            cards=inside[number * SIZE : number * SIZE + SIZE],
            newer=page_url(url, number - 1) if number else None,
            older=page_url(url, number + 1) if number + 1 < count else None,
        )
        write(site / here / "index.html", text)


def page_url(url, number):
    """The address of a page of a list, counted from 0."""
    return f"{url}page/{number + 1}/" if number else url


def make_step(tag):
    """A tag as a step of an address."""
    return tag.lower().replace(" ", "-")


def write(path, text):
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
