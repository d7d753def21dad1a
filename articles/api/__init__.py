"""The REST API at /api/v1/, for programs: what the browser reads and writes, as JSON.

`serving` is the one view; it loads the rest, with django-ninja, when the first request comes, so that a web process
starts as fast as without. `root` puts the resources together, one module each; `document` describes them as OpenAPI.
"""
