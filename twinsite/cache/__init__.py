"""The cache: bytes kept under the digest of everything that they were made from.

It touches one file in the cache folder. Nothing may depend on it: whatever happens to that file, a build only takes
longer. It must not know what it keeps.
"""

from twinsite.cache.memory import MemoryStore
from twinsite.cache.store import Cache, Store

__all__ = ["Cache", "MemoryStore", "Store"]
