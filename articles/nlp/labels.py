"""One label scheme for the patterns: Universal Dependencies.

spaCy's own English packages speak ClearNLP's labels; the ones the patterns ask for are told here. Where
the two schemes differ in which word is the head (prepositions, copulas), the patterns ask for a word's
whole subtree only, which is the same in both.
"""

from __future__ import annotations

FROM_CLEARNLP = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "attr": "xcomp",
    "acomp": "xcomp",
    "oprd": "xcomp",
    "pcomp": "obl",
    "prep": "obl",
    "pobj": "obl",
    "agent": "obl:agent",
    "npadvmod": "obl",
    "relcl": "acl:relcl",
    "poss": "nmod:poss",
    "preconj": "cc",
    "neg": "advmod",
    "prt": "compound:prt",
    "ROOT": "root",
}


def universal(label: str) -> str:
    """A dependency label of either scheme as a UD label; unknown ones stay as they are."""
    return FROM_CLEARNLP.get(label, label)
