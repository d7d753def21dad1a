"""The API's description, put in order for the reference page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from .problems import KINDS, Kind

METHODS = ("get", "post", "put", "patch", "delete")
SHOWN = ("q", "limit")
"""Parameters that an example has: of many, those that everybody needs."""


@dataclass(frozen=True)
class Member:
    """A parameter, or a field of a body; `type` in words."""

    name: str
    type: str
    meaning: str
    required: bool
    example: str = ""


@dataclass(frozen=True)
class Operation:
    anchor: str
    method: str
    path: str
    summary: str
    description: str
    scope: str
    curl: str
    """A request, for a shell in which NEWSROOM and TOKEN are set as the page says."""
    parameters: list[Member]
    body: list[Member]
    body_type: str
    body_example: str
    answer: list[Member]
    answer_status: str
    answer_example: str
    problems: list[str]


@dataclass(frozen=True)
class Reference:
    description: str
    groups: list[tuple[str, list[Operation]]]
    problems: dict[str, Kind]


@cache
def reference() -> Reference:
    """Made once a process: the description does not change while it runs."""
    from .document import openapi  # here, as the web process starts without the API
    from .root import api

    document = openapi(api)
    schemas = document["components"]["schemas"]
    groups: dict[str, list[Operation]] = {tag["name"]: [] for tag in document["tags"]}
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                found = operations[method]
                groups[found["tags"][0]].append(_operation(path, method, found, schemas))
    return Reference(document["info"]["description"], list(groups.items()), KINDS)


def _operation(path: str, method: str, found: dict[str, Any], schemas: dict[str, Any]) -> Operation:
    bodies: dict[str, dict[str, Any]] = found.get("requestBody", {}).get("content", {})
    body_type, body = next(iter(bodies.items()), ("", {}))
    status, answer = next((one, found["responses"][one]) for one in found["responses"] if one[0] == "2")
    media = answer.get("content", {}).get("application/json", {})
    parameters = [
        Member(
            one["name"], _type(one["schema"]), one.get("description", ""), one["required"], _words(one.get("example"))
        )
        for one in found["parameters"]
        if one["in"] != "path"
    ]
    return Operation(
        anchor=found["operationId"],
        method=method.upper(),
        path=path,
        summary=found["summary"],
        description=found.get("description", ""),
        scope=found["security"][0]["token"][0],
        curl=_curl(path, method, found, schemas),
        parameters=parameters,
        body=list(_members(body.get("schema", {}), schemas)),
        body_type=body_type,
        body_example=_json(body["example"]) if body else "",
        answer=list(_members(media.get("schema", {}), schemas)),
        answer_status=status,
        answer_example=_json(media["example"]) if media else "",
        problems=found["x-problems"],
    )


def _curl(path: str, method: str, found: dict[str, Any], schemas: dict[str, Any]) -> str:
    from .document import example_of

    parts = ["curl" if method == "get" else f"curl -X {method.upper()}", '-H "Authorization: Bearer $TOKEN"']
    query = {}
    for one in found["parameters"]:
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(example_of(one["schema"], schemas)))
        elif one["in"] == "header":
            parts.append(f"-H '{one['name']}: {one['example']}'")
        elif one["name"] in SHOWN:
            query[one["name"]] = one.get("example") or example_of(one["schema"], schemas)
    for kind, body in found.get("requestBody", {}).get("content", {}).items():
        if kind == "application/json":
            told = json.dumps(_told(body, schemas), ensure_ascii=False)
            parts += [f"-H 'Content-Type: {kind}'", f"-d '{told}'"]
    if path.endswith("/file"):
        parts.append("-OJ")
    address = path + (f"?{urlencode(query)}" if query else "")
    request = " \\\n  ".join([" ".join(parts[:2]), *parts[2:], f'"$NEWSROOM{address}"'])
    is_form = "multipart/form-data" in found.get("requestBody", {}).get("content", {})
    return request + (f'\n\n{" ".join(parts[:2])} -F files=@news.zip "$NEWSROOM{address}"' if is_form else "")


def _told(body: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """The example of a body without what may be left out and has nothing to tell."""
    required = _resolved(body["schema"], schemas).get("required", ())
    return {name: one for name, one in body["example"].items() if one or name in required}


def _members(schema: dict[str, Any], schemas: dict[str, Any]) -> Iterator[Member]:
    schema = _resolved(schema, schemas)
    required = schema.get("required", [])
    for name, one in schema.get("properties", {}).items():
        meaning = one.get("description", "") or _resolved(one, schemas).get("description", "")
        yield Member(name, _type(one), meaning, name in required)


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" in schema:
        schema = schema["anyOf"][0]
    if "$ref" in schema:
        found: dict[str, Any] = schemas[schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def _type(schema: dict[str, Any]) -> str:
    """As "string", "list of integer", "Quotation or null"."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if some := schema.get("anyOf") or schema.get("allOf"):
        return " or ".join(dict.fromkeys(_type(one) for one in some))
    if "enum" in schema:
        return " or ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        parts = schema.get("prefixItems")
        return f"[{', '.join(_type(one) for one in parts)}]" if parts else f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type", ""))


def _words(example: Any) -> str:
    return str(example[0] if isinstance(example, list) else example or "")


def _json(example: Any) -> str:
    return json.dumps(example, indent=2, ensure_ascii=False)
