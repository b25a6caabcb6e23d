"""The door for web servers: gunicorn gyoryu.wsgi."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gyoryu.settings")
application = get_wsgi_application()

from gyoryu.base import memory  # noqa: E402 (the apps are there first)
from gyoryu.insight import tasks  # noqa: E402
from gyoryu.web import loading  # noqa: E402

loading.read_pages()
worker = tasks.beside_the_web()
memory.keep_what_is_loaded()
