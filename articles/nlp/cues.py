"""The verbs that introduce what somebody says, thinks or finds, as word forms.

Four groups, by what may follow them:
  SAYING    takes a quotation on either side, an inverted subject ("said the minister") and a that-clause
  THINKING  takes a that-clause; seldom a direct quotation
  FINDING   as SAYING, said of polls, reports and documents too
  JUDGING   takes an object or an infinitive instead of a clause ("called him a liar", "urged them to vote")
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from .words import words

Group = Literal["saying", "thinking", "finding", "judging"]
Form = Literal["base", "s", "past", "ing"]

SAYING = words("""
    acknowledge add admit advise affirm allege announce answer argue ask assert assure blare boast
    caution chant charge chide cite claim clarify comment complain concede conclude confess confide
    confirm contend continue counsel counter cry declare demand deny disclose elaborate emphasize
    emphasise exclaim explain fume gripe gush hint implore imply indicate inform inquire insist
    interject intone joke jibe lament lecture maintain mention moan mumble murmur muse mutter note
    notify object observe opine order plead pledge point post predict proclaim promise pronounce
    protest quip rail read reassert reassure recall recite reckon recount reflect reiterate rejoin
    relate remark remember remind repeat reply report respond retort reveal rule say scoff shout
    shriek snap sneer specify state stress submit suggest summarize swear tease tell testify text
    thunder tout tweet underline underscore urge utter venture vow warn whisper wonder write yell
    beg bellow blog observe shoot fire
""")
THINKING = words("""
    agree assume believe calculate consider decide deem doubt dream expect fear feel figure foresee
    guess hope imagine intend know learn mean plan prefer realize realise regret resolve see sense
    speculate suppose surmise suspect think understand want wish worry
""")
FINDING = words("conclude demonstrate determine discover estimate find forecast indicate project reveal show suggest")
JUDGING = words("""
    accuse applaud assail attack back bash bemoan blame blast brand call cast castigate celebrate
    challenge characterize characterise commend compare condemn criticize criticise credit decline
    decry defend denounce deride describe dismiss dispute dub echo embrace endorse express fault
    favor favour hail hit invoke label laud lambast lambaste liken mock name nickname offer oppose
    paint portray praise propose question quote raise rebuff rebuke recommend refer refuse refute
    reject renounce request rip seek slam stand support tag term thank threaten title trumpet voice
    welcome aim chant congratulate discuss encourage exhort highlight list outline push rail
    recognise recognize recount reference sing talk
""")

IRREGULAR: dict[str, tuple[str, ...]] = {
    "say": ("said",),
    "tell": ("told",),
    "write": ("wrote", "written"),
    "read": ("read",),
    "swear": ("swore", "sworn"),
    "think": ("thought",),
    "feel": ("felt",),
    "find": ("found",),
    "foresee": ("foresaw", "foreseen"),
    "forecast": ("forecast",),
    "know": ("knew", "known"),
    "mean": ("meant",),
    "see": ("saw", "seen"),
    "show": ("showed", "shown"),
    "cast": ("cast",),
    "understand": ("understood",),
    "seek": ("sought",),
    "hit": ("hit",),
    "dream": ("dreamed", "dreamt"),
    "learn": ("learned", "learnt"),
    "stand": ("stood",),
    "rewrite": ("rewrote",),
    "shoot": ("shot",),
    "sing": ("sang", "sung"),
}
DOUBLED = frozenset(("admit", "beg", "plan", "quip", "refer", "rip", "slam", "snap", "submit", "tag", "blog", "dub"))

TELLING = words("""
    advise assure ask beg caution counsel implore inform lecture notify promise reassure remind tell
    text urge warn
""")
"""Verbs with the listener as their object: "told reporters"."""

WEAK_ALONE = words("""
    back cast charge consider figure hit know learn mean name offer plan read recite relate resolve
    rule see sense stand state submit support title
""")
"""Verbs with so much other use that only a that-clause or a quotation makes them cues."""

PARTICLES: dict[str, frozenset[str]] = {
    "point": frozenset(("out",)),
    "go": frozenset(("on",)),
    "cry": frozenset(("out",)),
    "call": frozenset(("out", "on", "for")),
    "lash": frozenset(("out",)),
    "shoot": frozenset(("back",)),
    "fire": frozenset(("back",)),
    "spell": frozenset(("out",)),
}
NEEDS_PARTICLE = frozenset(("point", "shoot", "fire"))

NOUNS_TOO = words("""
    answer answers attack attacks back boast calls call cast cause challenge challenges claim claims
    comment comments complaint cry charge charges demand demands doubt doubts dream dreams echo
    estimate estimates fault fear fears feel figure figures find finds fire fires forecast forecasts
    hail hint hints hit hits highlight highlights hope hopes joke jokes label labels lament list
    lists mention mentions name names note notes object objects offer offers order orders outline
    outlines plan plans plead pledge pledges point points post posts praise project projects promise
    promises protest protests push question questions quote quotes rail read reads reference
    references rebuke remark remarks reply report reports request requests rule rules saying sense
    senses shot shout shouts show shows snap stand stands state states stress support supports
    suspect suspects tag tags talk talks term terms text texts title titles tweet tweets view views
    voice voices vow vows want wants warning whisper wish wishes wonder wonders worry worries
    finding findings showing reading feeling writing meaning posting understanding beginning
    thinking building offering
""")

AFTER_QUOTE_PHRASES = ("according", "as")


NEEDS_THAT = words("""
    add admit affirm aim answer assume attack celebrate challenge comment compare continue counter
    declare demonstrate deny determine discover embrace endorse favor favour feel find project
    invoke maintain oppose protest raise recognise recognize reflect remark repeat request seek
    state term understand welcome write
""")
"""Verbs whose bare object is mostly no speech ("found the box"): a that-clause or a quotation must help."""


DEEDS = words("show support back")
"""Verbs whose object tells what somebody does, though words in it be quoted: "showed his “lucky” hat"."""

AIMING = words("add compare continue recognise recognize seek term")
"""Verbs whose infinitive tells what somebody does, not what they say."""

WITH = {
    "talk": words("about of"),
    "refer": words("to"),
    "comment": words("on"),
    "call": words("on for"),
    "complain": words("about of that"),
    "warn": words("of about against"),
    "push": words("for"),
    "rail": words("against"),
    "agree": words("with"),
    "remind": words("of"),
    "respond": words("to"),
}
"""Prepositions behind which a verb's content stands."""

ONLY_WITH = words("chant rail push sing talk")
"""Verbs that say something by their preposition or in a quotation only."""


class Cue(NamedTuple):
    lemma: str
    form: Form
    groups: frozenset[Group]


def _forms(lemma: str) -> list[tuple[str, Form]]:
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    if lemma in DOUBLED:
        stem += lemma[-1]
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        third, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
    else:
        sibilant = lemma.endswith(("s", "sh", "ch", "x", "z"))
        third, past = lemma + ("es" if sibilant else "s"), stem + "ed"
    pasts = IRREGULAR.get(lemma, (past,))
    if lemma == "see":
        stem = "see"
    if lemma == "foresee":
        stem = "foresee"
    return [(lemma, "base"), (third, "s"), *((p, "past") for p in pasts), (stem + "ing", "ing")]


def _table() -> dict[str, Cue]:
    groups: dict[str, set[Group]] = {}
    named: tuple[tuple[Group, frozenset[str]], ...] = (
        ("saying", SAYING),
        ("thinking", THINKING),
        ("finding", FINDING),
        ("judging", JUDGING),
    )
    for group, lemmas in named:
        for lemma in lemmas:
            groups.setdefault(lemma, set()).add(group)
    table: dict[str, Cue] = {}
    for lemma, of in groups.items():
        for word, form in _forms(lemma):
            known = table.get(word)
            if known is None or (known.form == "base" and form == "past"):
                table[word] = Cue(lemma, form, frozenset(of))
    return table


CUES: dict[str, Cue] = _table()
"""Word form, lower-case, to its cue. "read" and "cast" count as past."""
