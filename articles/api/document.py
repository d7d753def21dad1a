"""The API as OpenAPI describes it, completed: problems, how to sign in, and examples everywhere."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from ninja import NinjaAPI

from .imports import NewArticle
from .problems import KINDS, MEDIA_TYPE, REFERENCE

ABOUT = (
    "Articles, the quotations in them and who said them: what the browser shows and corrects, for programs. "
    "Offsets are 0-based and end-exclusive and count Unicode code points of the article’s text, as Python slices do. "
    "A write names the version that it saw by If-Match. Errors are application/problem+json."
)
GROUPS = ("Articles", "Quotations", "Speakers", "Outlets", "Stories", "Corrections", "Acts", "Imports", "Exports")
OF_BODIES = ("too-large", "wrong-type")
PROBLEM = {
    "type": "object",
    "description": "RFC 9457. A kind of problem may have members of its own.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "detail": {"type": "string"},
                    "pointer": {"type": "string", "description": "JSON pointer into the body."},
                    "parameter": {"type": "string"},
                },
                "required": ["detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}
SIGNING_IN = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token from the page “API tokens”, with the scope that the operation names.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": settings.SESSION_COOKIE_NAME,
        "description": "A browser that is signed in; to write, X-CSRFToken too.",
    },
}


@cache
def openapi(api: NinjaAPI) -> dict[str, Any]:
    """The whole document, as OpenAPI 3.1, made once a process."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=""))
    found["info"]["description"] = ABOUT
    found["servers"] = [{"url": "/api/v1"}]
    found["tags"] = [{"name": name} for name in GROUPS]
    components = found["components"]
    schema = NewArticle.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"] |= schema.pop("$defs") | {"NewArticle": schema, "Problem": PROBLEM}
    components["responses"] = {
        str(status): _problems(status) for status in sorted({one.status for one in KINDS.values()})
    }
    components["securitySchemes"] = SIGNING_IN
    for path in found["paths"].values():
        for operation in path.values():
            _complete(operation, components["schemas"])
    return found


def _complete(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    operation["operationId"] = operation["operationId"].removeprefix("articles_api_")
    operation["security"] = [one for one in operation["security"] if one.keys() & SIGNING_IN.keys()]
    if settings.NEWSROOM_PUBLIC_READ and {"token": ["read"]} in operation["security"]:
        operation["security"].append({})
    if "requestBody" in operation:
        operation["x-problems"] += [name for name in OF_BODIES if name not in operation["x-problems"]]
        operation["responses"] |= {KINDS[name].status: {"$ref": _response(name)} for name in OF_BODIES}
    operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}
    contents = [operation.get("requestBody", {}), *operation["responses"].values()]
    for media in (media for content in contents for media in content.get("content", {}).values()):
        if media["schema"].get("format") != "binary":
            media.setdefault("example", example_of(media["schema"], schemas))


def _response(problem: str) -> str:
    return f"#/components/responses/{KINDS[problem].status}"


def _problems(status: int) -> dict[str, Any]:
    kinds = {name: kind for name, kind in KINDS.items() if kind.status == status}
    examples = {
        name: {
            "value": {"type": f"{REFERENCE}#{name}", "title": kind.title, "status": status, "detail": kind.meaning}
        }
        for name, kind in kinds.items()
    }
    described = " ".join(f"{kind.title}: {kind.meaning}" for kind in kinds.values())
    media = {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}
    return {"description": described, "content": {MEDIA_TYPE: media}}


def example_of(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """What a value of `schema` may look like, by the examples of its fields."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if schema.get("examples"):
        return schema["examples"][0]
    for key in ("example", "const", "default"):
        if key in schema:
            return schema[key]
    if some := schema.get("anyOf") or schema.get("allOf"):
        return example_of(some[0], schemas)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {name: example_of(one, schemas) for name, one in schema.get("properties", {}).items()}
        case "array":
            return [example_of(schema["items"], schemas)] if "items" in schema else []
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "string":
            return "0b2f6f0e-6c0a-4f6e-9d7a-3f1c2b4a5d6e" if schema.get("format") == "uuid" else ""
    return None
