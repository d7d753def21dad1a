"""Newsroom from a program, with nothing but Python: search, page through what is found, accept what you name.

NEWSROOM_TOKEN=nr_… python docs/api_client.py https://newsroom.example "harbour kind:direct" [--accept UID …]
"""

import argparse
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request


class Newsroom:
    def __init__(self, address, token):
        self.root, self.token = f"{address.rstrip('/')}/api/v1", token

    def ask(self, method, path, body=None, **headers):
        """The answer as JSON; a problem as urllib.error.HTTPError, whose body is JSON too."""
        address = path if path.startswith("http") else self.root + path
        data = None if body is None else json.dumps(body).encode()
        headers |= {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(address, data, headers, method=method)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def search(self, query):
        """All quotations that `query` finds, page by page."""
        page = {"next": "/quotations?" + urllib.parse.urlencode({"q": query, "limit": 200})}
        while page["next"]:
            page = self.ask("GET", page["next"])
            yield from page["items"]

    def accept(self, quotation):
        """Accept it as it was seen; where somebody changed it since, say so and give it back as it is now."""
        try:
            seen = {"If-Match": f'"{quotation["version"]}"'}
            return self.ask("POST", f"/quotations/{quotation['uid']}/accept", **seen)["quotations"][0]
        except urllib.error.HTTPError as error:
            if error.code != 412:
                raise
            problem = json.load(error)
            print("not accepted:", problem["detail"], file=sys.stderr)
            return problem["current"]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("query")
    parser.add_argument("--accept", action="append", default=[], metavar="UID", help="one that is found; repeatable")
    given = parser.parse_args()
    newsroom = Newsroom(given.address, os.environ["NEWSROOM_TOKEN"])
    for found in newsroom.search(given.query):
        now = newsroom.accept(found) if found["uid"] in given.accept else found
        print(now["uid"], now["state"], now["speaker_name"] or "?", now["content"], sep="\t")
