"""The terms of the Web Annotation Vocabulary for a JSON-LD processor without network.

Written from the tables of the W3C's recommendation of 23 February 2017; not a copy of the W3C's file.
"""

from typing import Any

PREFIXES = {
    "oa": "http://www.w3.org/ns/oa#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "schema": "http://schema.org/",
}
CLASSES = {
    **{
        name: f"oa:{name}"
        for name in (
            *("Annotation", "Choice", "CssSelector", "DataPositionSelector", "FragmentSelector", "HttpRequestState"),
            *("Motivation", "RangeSelector", "ResourceSelection", "SpecificResource", "SvgSelector"),
            *("TextPositionSelector", "TextQuoteSelector", "TextualBody", "TimeState", "XPathSelector"),
        )
    },
    "CssStylesheet": "oa:CssStyle",
    "Dataset": "dctypes:Dataset",
    "Image": "dctypes:StillImage",
    "Video": "dctypes:MovingImage",
    "Audio": "dctypes:Sound",
    "Text": "dctypes:Text",
    "Person": "foaf:Person",
    "Software": "as:Application",
    "Organization": "foaf:Organization",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Audience": "schema:Audience",
}
MOTIVATIONS = (
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
    *("identifying", "linking", "moderating", "questioning", "replying", "reviewing", "tagging"),
)
TO_A_RESOURCE = {
    "body": "oa:hasBody",
    "target": "oa:hasTarget",
    "source": "oa:hasSource",
    "selector": "oa:hasSelector",
    "state": "oa:hasState",
    "scope": "oa:hasScope",
    "refinedBy": "oa:refinedBy",
    "startSelector": "oa:hasStartSelector",
    "endSelector": "oa:hasEndSelector",
    "renderedVia": "oa:renderedVia",
    "creator": "dcterms:creator",
    "generator": "as:generator",
    "rights": "dcterms:rights",
    "homepage": "foaf:homepage",
    "via": "oa:via",
    "canonical": "oa:canonical",
    "stylesheet": "oa:styledBy",
    "cached": "oa:cachedSource",
    "conformsTo": "dcterms:conformsTo",
    "partOf": "as:partOf",
    "first": "as:first",
    "last": "as:last",
    "next": "as:next",
    "prev": "as:prev",
    "audience": "schema:audience",
}
TO_A_VALUE = {
    "bodyValue": "oa:bodyValue",
    "format": "dc:format",
    "language": "dc:language",
    "value": "rdf:value",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "styleClass": "oa:styleClass",
    "name": "foaf:name",
    "email_sha1": "foaf:mbox_sha1sum",
    "nickname": "foaf:nick",
    "label": "rdfs:label",
}
OF_A_TYPE = {
    "created": ("dcterms:created", "xsd:dateTime"),
    "modified": ("dcterms:modified", "xsd:dateTime"),
    "generated": ("dcterms:issued", "xsd:dateTime"),
    "sourceDate": ("oa:sourceDate", "xsd:dateTime"),
    "start": ("oa:start", "xsd:nonNegativeInteger"),
    "end": ("oa:end", "xsd:nonNegativeInteger"),
    "total": ("as:totalItems", "xsd:nonNegativeInteger"),
    "startIndex": ("as:startIndex", "xsd:nonNegativeInteger"),
    "motivation": ("oa:motivatedBy", "@vocab"),
    "purpose": ("oa:hasPurpose", "@vocab"),
}
CONTEXT: dict[str, Any] = {
    "@context": {
        **PREFIXES,
        "id": {"@type": "@id", "@id": "@id"},
        "type": {"@type": "@id", "@id": "@type"},
        **CLASSES,
        **{name: f"oa:{name}" for name in MOTIVATIONS},
        **{name: {"@id": iri, "@type": "@id"} for name, iri in TO_A_RESOURCE.items()},
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
        **TO_A_VALUE,
        **{name: {"@id": iri, "@type": kind} for name, (iri, kind) in OF_A_TYPE.items()},
    }
}
