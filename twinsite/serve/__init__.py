"""The preview server: builds the site when a file is saved, serves it, and tells the browser to load it again.

Takes a build function and the paths it reads; gives an exit code. It must not know how a site is built: whatever the
build function returns as ``Preview`` is what it shows. Threads: the caller's builds, one serves, two watch.
"""

from twinsite.serve.preview import Preview, ServeOptions
from twinsite.serve.session import serve_site

__all__ = ["Preview", "ServeOptions", "serve_site"]
