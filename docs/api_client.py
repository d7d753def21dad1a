"""Newsroom from a program, with nothing but Python: search, page by page, and accept what you name.

NEWSROOM_TOKEN=nr_… python docs/api_client.py https://newsroom.example "harbour kind:direct" [UID to accept …]
"""

import json
import os
import sys
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen


def ask(method, address, **headers):
    """The answer as JSON; a problem is raised as HTTPError, and read the same way."""
    headers["Authorization"] = f"Bearer {os.environ['NEWSROOM_TOKEN']}"
    with urlopen(Request(address, headers=headers, method=method)) as answer:
        return json.load(answer)


def search(root, query):
    page = {"next": f"{root}/quotations?{urlencode({'q': query, 'limit': 200})}"}
    while page["next"]:
        page = ask("GET", page["next"])
        yield from page["items"]


def accept(root, seen):
    """The quotation as it is now: accepted, or, where somebody changed it since it was `seen`, as they left it."""
    version = {"If-Match": f'"{seen["version"]}"'}
    try:
        return ask("POST", f"{root}/quotations/{seen['uid']}/accept", **version)["quotations"][0]
    except HTTPError as problem:
        if problem.code != 412:
            raise
        return json.load(problem)["current"]


if __name__ == "__main__":
    root, query, *accepted = f"{sys.argv[1].rstrip('/')}/api/v1", *sys.argv[2:]
    for found in search(root, query):
        now = accept(root, found) if found["uid"] in accepted else found
        print(now["uid"], now["state"], now["speaker_name"] or "?", now["content"], sep="\t")
