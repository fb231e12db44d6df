"""What the site itself remembers: what was imported, and what was released."""

from archive.models.imported import Imported
from archive.models.release import Release, ReleaseFile, releases_folder

__all__ = ["Imported", "Release", "ReleaseFile", "releases_folder"]
