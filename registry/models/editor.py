"""The people who keep the archive."""

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext


class Editor(AbstractUser):
    """An account that may enter; its role, never its name, is printed in public."""

    @property
    def role(self) -> str:
        return gettext("administrator") if self.is_superuser else gettext("editor")
