"""Quotations in Docs built by hand: what the tree decides, apart from any trained model."""

from __future__ import annotations

import pytest
from spacy.language import Language

from .marking import built, found_in

TREES: dict[str, tuple[str, list[str]]] = {
    "that-clause": (
        "Moss/PROPN/1/nsubj said/VERB/1/root that/SCONJ/6/mark the/DET/4/det pier/NOUN/6/nsubj "
        "was/AUX/6/cop shut/ADJ/1/ccomp ^./PUNCT/1/punct",
        ["<Moss> {said} ⟦that the pier was shut⟧."],
    ),
    "clause without that": (
        "Moss/PROPN/1/nsubj said/VERB/1/root the/DET/3/det pier/NOUN/5/nsubj was/AUX/5/cop "
        "shut/ADJ/1/ccomp ^./PUNCT/1/punct",
        ["<Moss> {said} ⟦the pier was shut⟧."],
    ),
    "cue in the middle": (
        "The/DET/1/det pier/NOUN/7/nsubj ^,/PUNCT/1/punct she/PRON/4/nsubj said/VERB/7/parataxis "
        "^,/PUNCT/4/punct is/AUX/7/cop shut/ADJ/7/root ^./PUNCT/7/punct",
        ["⟦The pier⟧, <she> {said}, ⟦is shut⟧."],
    ),
    "inverted cue": (
        "“/PUNCT/2/punct ^We/PRON/2/nsubj sail/VERB/5/ccomp ^,/PUNCT/2/punct ^”/PUNCT/2/punct "
        "said/VERB/5/root the/DET/7/det minister/NOUN/5/nsubj ^./PUNCT/5/punct",
        ["⟦“We sail,”⟧ {said} <the minister>."],
    ),
    "inverted cue with a role and no article": (
        "“/PUNCT/2/punct ^We/PRON/2/nsubj sail/VERB/5/ccomp ^,/PUNCT/2/punct ^”/PUNCT/2/punct "
        "said/VERB/5/root harbour/NOUN/7/compound engineer/NOUN/5/nsubj Ruth/PROPN/7/appos Adler/PROPN/8/flat "
        "^./PUNCT/5/punct",
        ["⟦“We sail,”⟧ {said} <harbour engineer Ruth Adler>."],
    ),
    "inverted cue without a name is no subject": (
        "“/PUNCT/2/punct ^We/PRON/2/nsubj sail/VERB/5/ccomp ^,/PUNCT/2/punct ^”/PUNCT/2/punct "
        "said/VERB/5/root word/NOUN/5/obj of/ADP/8/case Ruth/PROPN/6/nmod ^./PUNCT/5/punct",
        ["⟦“We sail,”⟧ {said word of Ruth}."],
    ),
    "two spans": (
        "“/PUNCT/2/punct ^We/PRON/2/nsubj sail/VERB/6/ccomp ^,/PUNCT/2/punct ^”/PUNCT/2/punct "
        "she/PRON/6/nsubj said/VERB/6/root ^./PUNCT/6/punct “/PUNCT/10/punct ^Nobody/PRON/10/nsubj "
        "moves/VERB/10/root ^./PUNCT/10/punct ^”/PUNCT/10/punct",
        ["⟦“We sail,”⟧ <she> {said}. ⟦“Nobody moves.”⟧"],
    ),
    "according to": (
        "According/VERB/2/case to/ADP/0/fixed Moss/PROPN/7/obl ^,/PUNCT/2/punct the/DET/5/det "
        "pier/NOUN/7/nsubj is/AUX/7/cop shut/ADJ/7/root ^./PUNCT/7/punct",
        ["{According to} <Moss>, ⟦the pier is shut⟧."],
    ),
    "verb of another tense is content": (
        "Moss/PROPN/1/nsubj conceded/VERB/1/root/VBD that/SCONJ/6/mark the/DET/4/det crew/NOUN/6/nsubj "
        "are/AUX/6/cop/VBP good/ADJ/1/ccomp and/CCONJ/8/cc have/VERB/1/conj/VBP a/DET/10/det point/NOUN/8/obj "
        "^./PUNCT/1/punct",
        ["<Moss> {conceded} ⟦that the crew are good and have a point⟧."],
    ),
    "clause in front of the main one": (
        "While/SCONJ/2/mark Moss/PROPN/2/nsubj said/VERB/8/advcl/VBD the/DET/4/det pier/NOUN/5/nsubj "
        "leaked/VERB/2/ccomp/VBD ^,/PUNCT/8/punct she/PRON/8/nsubj left/VERB/8/root/VBD it/PRON/8/obj "
        "open/ADJ/8/xcomp ^./PUNCT/8/punct",
        ["While <Moss> {said} ⟦the pier leaked⟧, she left it open."],
    ),
    "participle in front of its subject": (
        "Acknowledging/VERB/8/advcl/VBG that/SCONJ/4/mark the/DET/3/det pier/NOUN/4/nsubj leaks/VERB/0/ccomp/VBZ "
        "badly/ADV/4/advmod ^,/PUNCT/0/punct Moss/PROPN/8/nsubj closed/VERB/8/root/VBD it/PRON/8/obj "
        "^./PUNCT/8/punct",
        ["{Acknowledging} ⟦that the pier leaks badly⟧, <Moss> closed it."],
    ),
    "relative clause with quoted words in a subject": (
        "Hale/PROPN/10/nsubj ^,/PUNCT/3/punct who/PRON/3/nsubj calls/VERB/0/acl:relcl/VBZ Moss/PROPN/3/obj "
        "a/DET/7/det “/PUNCT/7/punct ^liar/NOUN/3/xcomp ^,/PUNCT/7/punct ^”/PUNCT/7/punct said/VERB/10/root/VBD "
        "the/DET/12/det pier/NOUN/13/nsubj leaked/VERB/10/ccomp/VBD ^./PUNCT/10/punct",
        [
            "Hale, <who> {calls} ⟦Moss a “liar,”⟧ said the pier leaked.",
            "<Hale>, who calls Moss a “liar,” {said} ⟦the pier leaked⟧.",
        ],
    ),
    "apposition in front of the cue is no content": (
        "Ada/PROPN/1/compound Hale/PROPN/9/nsubj ^,/PUNCT/4/punct a/DET/4/det spokeswoman/NOUN/1/appos "
        "for/ADP/7/case the/DET/7/det council/NOUN/4/nmod ^,/PUNCT/1/punct said/VERB/9/root/VBD the/DET/11/det "
        "decision/NOUN/15/nsubj to/PART/13/mark close/VERB/11/acl/VB was/AUX/15/cop/VBD late/ADJ/9/ccomp "
        "^./PUNCT/9/punct",
        ["<Ada Hale, a spokeswoman for the council>, {said} ⟦the decision to close was late⟧."],
    ),
    "complement behind an apposition": (
        "Moss/PROPN/1/nsubj accused/VERB/1/root/VBD Hale/PROPN/1/obj ^,/PUNCT/5/punct the/DET/5/det "
        "mayor/NOUN/2/appos of/ADP/7/case Hull/PROPN/5/nmod ^,/PUNCT/12/punct of/SCONJ/12/mark "
        "being/AUX/12/cop/VBG “/PUNCT/12/punct ^weak/ADJ/1/advcl ^./PUNCT/1/punct ^”/PUNCT/1/punct",
        ["<Moss> {accused} ⟦Hale, the mayor of Hull, of being “weak.”⟧"],
    ),
    "complement that hangs elsewhere": (
        "Moss/PROPN/1/nsubj accused/VERB/1/root/VBD Hale/PROPN/1/obj ^,/PUNCT/5/punct the/DET/5/det "
        "mayor/NOUN/12/nsubj of/ADP/7/case Hull/PROPN/5/nmod ^,/PUNCT/12/punct of/SCONJ/12/mark "
        "being/AUX/12/cop/VBG “/PUNCT/12/punct ^weak/ADJ/12/root ^./PUNCT/12/punct ^”/PUNCT/12/punct",
        ["<Moss> {accused} ⟦Hale, the mayor of Hull, of being “weak.”⟧"],
    ),
    "that-clause with a condition in front": (
        "Moss/PROPN/1/nsubj pledged/VERB/1/root/VBD that/SCONJ/1/obj ^,/PUNCT/2/punct if/SCONJ/5/mark "
        "elected/VERB/11/advcl/VBN ^,/PUNCT/5/punct he/PRON/11/nsubj would/AUX/11/aux be/AUX/11/cop a/DET/11/det "
        "friend/NOUN/11/root ^./PUNCT/11/punct",
        ["<Moss> {pledged} ⟦that, if elected, he would be a friend⟧."],
    ),
    "verb that another one leads to": (
        "The/DET/1/det council/NOUN/3/nsubj is/AUX/3/aux/VBZ trying/VERB/3/root/VBG to/PART/5/mark "
        "portray/VERB/3/xcomp/VB Moss/PROPN/5/obj as/ADP/9/case a/DET/9/det liar/NOUN/5/obl ^./PUNCT/3/punct",
        ["<The council> is trying to {portray} ⟦Moss as a liar⟧."],
    ),
    "participle of a passive": (
        "The/DET/1/det song/NOUN/11/nsubj praised/VERB/1/acl/VBN by/ADP/4/case Moss/PROPN/2/obl:agent "
        "in/ADP/8/case “/PUNCT/8/punct ^The/DET/8/det Pier/PROPN/1/nmod ^”/PUNCT/8/punct was/AUX/11/cop/VBD "
        "old/ADJ/11/root ^./PUNCT/11/punct",
        [],
    ),
    "to, before a name": (
        "The/DET/1/det delegates/NOUN/6/nsubj ^,/PUNCT/3/punct promised/VERB/1/acl/VBN to/ADP/5/case "
        "Moss/PROPN/3/obl left/VERB/6/root/VBD early/ADV/6/advmod ^./PUNCT/6/punct",
        [],
    ),
    "words between a quotation and a name": (
        "“/PUNCT/2/punct ^We/PRON/2/nsubj sail/VERB/8/ccomp/VBP ^,/PUNCT/2/punct ^”/PUNCT/2/punct "
        "columnist/NOUN/8/nsubj Ai/PROPN/5/flat Moss/PROPN/5/flat wrote/VERB/8/root/VBD ^./PUNCT/8/punct",
        ["⟦“We sail,”⟧ <columnist Ai Moss> {wrote}."],
    ),
    "role in front of the name, between commas": (
        "“/PUNCT/2/punct ^We/PRON/2/nsubj sail/VERB/13/ccomp/VBP ^,/PUNCT/2/punct ^”/PUNCT/2/punct "
        "the/DET/6/det head/NOUN/13/nsubj of/ADP/8/case ports/NOUN/6/nmod ^,/PUNCT/11/punct "
        "Ai/PROPN/6/appos Moss/PROPN/10/flat ^,/PUNCT/6/punct said/VERB/13/root/VBD ^./PUNCT/13/punct",
        ["⟦“We sail,”⟧ <the head of ports, Ai Moss>, {said}."],
    ),
    "a clause in front of the name is no role": (
        "“/PUNCT/2/punct ^We/PRON/2/nsubj sail/VERB/11/ccomp/VBP ^,/PUNCT/2/punct ^”/PUNCT/2/punct "
        "the/DET/6/det crew/NOUN/7/nsubj sang/VERB/11/ccomp/VBD ^,/PUNCT/7/punct "
        "Ai/PROPN/11/nsubj Moss/PROPN/9/flat said/VERB/11/root/VBD ^./PUNCT/11/punct",
        ["⟦“We sail,” the crew sang⟧, <Ai Moss> {said}."],
    ),
    "subject that ends in a participle": (
        "One/NUM/4/nsubj of/ADP/2/case those/PRON/0/nmod surveyed/VERB/2/acl/VBN say/VERB/4/root/VBP "
        "they/PRON/6/nsubj sail/VERB/4/ccomp/VBP ^./PUNCT/4/punct",
        ["<One of those surveyed> {say} ⟦they sail⟧."],
    ),
    "second verb of the same subject": (
        "Moss/PROPN/1/nsubj noted/VERB/1/root that/SCONJ/6/mark the/DET/4/det pier/NOUN/6/nsubj "
        "was/AUX/6/cop old/ADJ/1/ccomp and/CCONJ/8/cc praised/VERB/1/conj the/DET/10/det crew/NOUN/8/obj "
        "^./PUNCT/1/punct",
        [
            "<Moss> {noted} ⟦that the pier was old⟧ and praised the crew.",
            "<Moss> noted that the pier was old and {praised} ⟦the crew⟧.",
        ],
    ),
    "why somebody said it": (
        "Moss/PROPN/1/nsubj called/VERB/1/root the/DET/3/det hearing/NOUN/1/obj because/SCONJ/8/mark "
        "the/DET/6/det pier/NOUN/8/nsubj was/AUX/8/cop shut/ADJ/1/advcl ^./PUNCT/1/punct",
        ["<Moss> {called} ⟦the hearing⟧ because the pier was shut."],
    ),
    "speaker in a passive": (
        "It/PRON/2/nsubj:pass was/AUX/2/aux:pass announced/VERB/2/root by/ADP/5/case the/DET/5/det "
        "ministry/NOUN/2/obl:agent that/SCONJ/10/mark the/DET/8/det pier/NOUN/10/nsubj would/AUX/10/aux "
        "close/VERB/2/ccomp ^./PUNCT/2/punct",
        ["{It was announced by} <the ministry> ⟦that the pier would close⟧."],
    ),
    "no speaker": (
        "It/PRON/2/expl was/AUX/2/aux:pass reported/VERB/2/root that/SCONJ/7/mark the/DET/5/det "
        "pier/NOUN/7/nsubj had/AUX/7/aux closed/VERB/2/ccomp ^./PUNCT/2/punct",
        ["{It was reported} ⟦that the pier had closed⟧."],
    ),
    "quoted as saying": (
        "Moss/PROPN/2/nsubj:pass was/AUX/2/aux:pass quoted/VERB/2/root as/SCONJ/4/mark "
        "saying/VERB/2/advcl that/SCONJ/9/mark the/DET/7/det pier/NOUN/9/nsubj was/AUX/9/cop "
        "shut/ADJ/4/ccomp ^./PUNCT/2/punct",
        ["<Moss> {was quoted as saying} ⟦that the pier was shut⟧."],
    ),
    "noun cue": (
        "The/DET/1/det minister/NOUN/3/nmod:poss ^’s/PART/1/case view/NOUN/9/nsubj that/SCONJ/8/mark "
        "the/DET/6/det pier/NOUN/8/nsubj should/AUX/8/aux close/VERB/3/acl has/VERB/9/root "
        "few/ADJ/11/amod friends/NOUN/9/obj ^./PUNCT/9/punct",
        ["<The minister>’s {view} ⟦that the pier should close⟧ has few friends."],
    ),
    "noun cue in the subject": (
        "Moss/PROPN/2/nmod:poss ^’s/PART/0/case claim/NOUN/9/nsubj:pass that/SCONJ/7/mark the/DET/5/det "
        "pier/NOUN/7/nsubj was/AUX/7/cop old/ADJ/2/acl was/AUX/9/aux:pass rejected/VERB/9/root "
        "^./PUNCT/9/punct",
        ["<Moss>’s {claim} ⟦that the pier was old⟧ was rejected."],
    ),
    "noun that tells where": (
        "She/PRON/1/nsubj said/VERB/1/root in/ADP/5/case her/PRON/5/nmod:poss opening/ADJ/5/amod "
        "remarks/NOUN/1/obl that/SCONJ/10/mark the/DET/8/det pier/NOUN/10/nsubj was/AUX/10/cop "
        "old/ADJ/1/ccomp ^./PUNCT/1/punct",
        ["<She> {said in her opening remarks} ⟦that the pier was old⟧."],
    ),
    "verb of no list": (
        "The/DET/1/det crew/NOUN/2/nsubj sniped/VERB/2/root that/SCONJ/6/mark she/PRON/6/nsubj "
        "was/AUX/6/cop new/ADJ/2/ccomp ^./PUNCT/2/punct",
        ["<The crew> {sniped} ⟦that she was new⟧."],
    ),
    "consequence": (
        "He/PRON/1/nsubj waited/VERB/1/root so/ADV/3/advmod long/ADV/1/advmod that/SCONJ/7/mark "
        "the/DET/6/det boat/NOUN/7/nsubj left/VERB/1/ccomp ^./PUNCT/1/punct",
        [],
    ),
    "what occurs to somebody": (
        "It/PRON/3/nsubj had/AUX/3/aux not/PART/3/advmod occurred/VERB/3/root to/ADP/5/case "
        "her/PRON/3/obl that/SCONJ/9/mark it/PRON/9/nsubj would/AUX/9/aux rain/VERB/3/ccomp "
        "^./PUNCT/3/punct",
        [],
    ),
    "belief": (
        "Moss/PROPN/1/nsubj believes/VERB/1/root the/DET/3/det pier/NOUN/5/nsubj:pass is/AUX/5/aux:pass "
        "doomed/VERB/1/ccomp ^./PUNCT/1/punct",
        ["<Moss> {believes} ⟦the pier is doomed⟧."],
    ),
    "finding": (
        "The/DET/1/det study/NOUN/2/nsubj found/VERB/2/root that/SCONJ/6/mark cod/PROPN/6/nsubj "
        "were/AUX/6/aux returning/VERB/2/ccomp ^./PUNCT/2/punct",
        ["<The study> {found} ⟦that cod were returning⟧."],
    ),
    "negated cue": (
        "Moss/PROPN/3/nsubj did/AUX/3/aux not/PART/3/advmod say/VERB/3/root whether/SCONJ/8/mark "
        "the/DET/6/det pier/NOUN/8/nsubj would/AUX/8/aux close/VERB/3/ccomp ^./PUNCT/3/punct",
        ["<Moss> {did not say} ⟦whether the pier would close⟧."],
    ),
    "coordinated that-clauses": (
        "Moss/PROPN/1/nsubj said/VERB/1/root that/SCONJ/6/mark the/DET/4/det pier/NOUN/6/nsubj "
        "was/AUX/6/cop shut/ADJ/1/ccomp and/CCONJ/12/cc that/SCONJ/12/mark the/DET/10/det "
        "pilots/NOUN/12/nsubj had/AUX/12/aux gone/VERB/6/conj ^./PUNCT/1/punct",
        ["<Moss> {said} ⟦that the pier was shut and that the pilots had gone⟧."],
    ),
    "why, behind marks": (
        "She/PRON/1/nsubj called/VERB/1/root the/DET/3/det plan/NOUN/1/obj “/PUNCT/6/punct ^a/DET/6/det "
        "farce/NOUN/3/appos ^”/PUNCT/6/punct because/SCONJ/10/mark nobody/PRON/10/nsubj "
        "paid/VERB/1/advcl ^./PUNCT/1/punct",
        ["<She> {called} ⟦the plan “a farce”⟧ because nobody paid."],
    ),
    "relative clause in the subject": (
        "The/DET/1/det pilot/NOUN/9/nsubj who/PRON/3/nsubj chaired/VERB/1/acl:relcl the/DET/5/det "
        "board/NOUN/3/obj for/ADP/8/case nine/NUM/8/nummod years/NOUN/3/obl rejects/VERB/9/root "
        "the/DET/11/det charge/NOUN/9/obj ^./PUNCT/9/punct",
        ["<The pilot> who chaired the board for nine years {rejects} ⟦the charge⟧."],
    ),
}


@pytest.mark.parametrize(("annotated", "found"), TREES.values(), ids=TREES.keys())
def test_tree(nlp: Language, annotated: str, found: list[str]) -> None:
    assert found_in(built(nlp, annotated)) == found


def test_a_speech_goes_on_over_built_sentences(nlp: Language) -> None:
    doc = built(
        nlp,
        "“/PUNCT/2/punct ^We/PRON/2/nsubj sail/VERB/6/ccomp ^,/PUNCT/2/punct ^”/PUNCT/2/punct she/PRON/6/nsubj "
        "said/VERB/6/root ^./PUNCT/6/punct",
        "“/PUNCT/2/punct ^Nobody/PRON/2/nsubj moves/VERB/2/root ^./PUNCT/2/punct ^”/PUNCT/2/punct",
    )
    assert found_in(doc) == ["⟦“We sail,”⟧ <she> {said}. ⟦“Nobody moves.”⟧"]
