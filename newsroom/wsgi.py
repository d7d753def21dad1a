"""The WSGI application for production: `gunicorn newsroom.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.production")

application = get_wsgi_application()

# Behind the line above, which loads the app.
from articles.webhooks import background  # noqa: E402
from newsroom.static_files import demand_collected  # noqa: E402

demand_collected()
background.begin()
