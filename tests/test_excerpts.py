import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import excerpts
from articles.excerpts import BEGINNING_CUT
from articles.search.folding import fold
from articles.search.language import understood


def excerpt(text: str, query: str) -> str:
    return excerpts.excerpt(text, understood(query).anywhere)


def test_the_beginning_where_nothing_is_sought():
    assert excerpt("Short & sweet.", "") == "Short &amp; sweet."
    assert excerpt("word " * 100, "").endswith("word  …") is False
    assert excerpt("word " * 100, "").endswith(" …")


def test_the_hit_in_its_surroundings_marked_whatever_its_case():
    shown = excerpt("x " * 200 + "the Harbour talks ended " + "y " * 200, "harbour")
    assert shown.startswith("… x") and shown.endswith("y …")
    assert 'the <mark class="hit">Harbour</mark> talks' in shown


def test_the_hit_and_its_surroundings_are_escaped():
    shown = excerpt("<b>bold</b> & <i>", "bold")
    assert shown == '&lt;b&gt;<mark class="hit">bold</mark>&lt;/b&gt; &amp; &lt;i&gt;'


def test_words_to_leave_out_are_not_marked():
    assert "<mark" not in excerpt("talks about oil", "-oil")


def test_no_hit_in_the_text_shows_its_beginning():
    assert excerpt("The talks ended.", "elsewhere") == "The talks ended."


def test_a_hit_over_a_line_break_without_case_and_accents():
    shown = excerpt("Señor Peñaflor’s\nSTRAẞE, 5\u00a0Kilometres", '"senor penaflor’s strasse" "5 kilo"*')
    assert shown == '<mark class="hit">Señor Peñaflor’s STRAẞE</mark>, <mark class="hit">5 Kilometres</mark>'


def test_only_whole_words_are_marked_but_before_a_star():
    assert "mark" not in excerpt("harbours", "harbour")
    assert excerpt("The harbours", "harb*") == 'The <mark class="hit">harbours</mark>'


def test_words_near_each_other_are_marked_one_by_one():
    assert excerpt("a ferry in the harbour", 'near:"harbour ferry"').count("<mark") == 2


@given(st.text(max_size=60), st.text(max_size=6))
def test_whatever_is_sought_the_words_come_out_whole(text: str, query: str):
    plain = html.unescape(re.sub("</?mark[^>]*>", "", excerpt(text, query)))
    assert html.unescape(html.escape(" ".join(text.split()))) == " ".join(plain.split())


@given(st.text())
def test_what_is_folded_folds_to_itself(text: str):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.sampled_from("ab \n🐟"), max_size=260))
def test_a_text_cut_to_its_beginning_gives_the_same_excerpt(text: str):
    assert excerpt(text[:BEGINNING_CUT], "") == excerpt(text, "")


def test_a_text_without_spaces_is_one_long_word_and_costs_no_seconds(monkeypatch: pytest.MonkeyPatch):
    folded = []
    monkeypatch.setattr("articles.excerpts.fold", lambda text: folded.append(len(text)) or fold(text))
    found = excerpt("会見。" * 2000 + "大阪の話。", "大阪")
    assert found.endswith('<mark class="hit">大阪</mark>の話。')
    assert sum(folded) < 50 * 6005, "each prefix is folded"
