# The same site as the other generators of the comparison make.
SITENAME = "Lumen & Lane"
TAGLINE = "Lamps for people who ride home in the dark."
SITEURL = "https://lumenandlane.example"
PATH = "content"
OUTPUT_PATH = "public"
TIMEZONE = "Europe/London"
DEFAULT_LANG = "en"
THEME = "theme"
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["records"]
SECTIONS = {"contests": "Contests", "twinterns": "Twinterns", "showcases": "Showcases"}
MENUITEMS = (("Contests", "/contests/"), ("Twinterns", "/twinterns/"), ("Showcases", "/showcases/"), ("Tags", "/tags/"))

# Records are articles, their folders are categories, and ``weight`` is the order in lists.
ARTICLE_PATHS = list(SECTIONS)
ARTICLE_URL = "{category}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{slug}/index.html"
ARTICLE_ORDER_BY = "weight"
SLUGIFY_SOURCE = "basename"
FILENAME_METADATA = "(?P<slug>.*)"
CATEGORY_URL = "{slug}/"
CATEGORY_SAVE_AS = "{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["extra"]
EXTRA_PATH_METADATA = {"extra/style.css": {"path": "style.css"}}

DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"category": None, "tag": None}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

# Nothing that the other generators do not make.
DIRECT_TEMPLATES = ["tags", "notfound", "feed", "sitemap"]
TAGS_SAVE_AS = "tags/index.html"
NOTFOUND_SAVE_AS = "404.html"
FEED_SAVE_AS = "feed.xml"
SITEMAP_SAVE_AS = "sitemap.xml"
AUTHOR_SAVE_AS = ""
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

MARKDOWN = {"extensions": ["markdown.extensions.tables", "markdown.extensions.fenced_code"], "output_format": "html5"}
# What was read is kept between builds: much faster than Pelican's default, which keeps nothing.
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
