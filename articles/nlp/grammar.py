"""Closed classes of English words, lower-case, for reading noun phrases and clauses without a parser."""

from __future__ import annotations

from .words import words

SUBJECT_PRONOUNS = words("""
    he she they it i we you who others many some most several both another everyone everybody someone
    somebody nobody neither none few one these those this that
""")
PERSONAL = words("he she they it i we you who")
DETERMINERS = words("""
    the a an this that these those his her their its our my your some many several most other another
    any all both each every no neither few more two three four five six seven eight nine ten dozens
    hundreds thousands half multiple various numerous one certain such nearly almost about
""")
POSSESSIVES = words("his her their its our my your whose")
CLAUSE_OPENERS = words("""
    because while although though if when whenever whether where why how what but or so yet since until
    unless whereas than as that which who whom whose after before once and nor despite
""")
RELATIVE = words("who which that whose whom where")
SUBORDINATORS = words(
    "because while although though if when whenever where since until unless whereas as after before"
)
PREPOSITIONS = words("""
    about above across after against ahead along alongside amid among around as at before behind below
    beneath beside besides between beyond by despite down during except following for from given in
    inside into like near of off on onto out outside over past per regarding since through throughout to
    toward towards under underneath unlike until up upon via with within without instead because rather
""")
AUXILIARIES = words("""
    is was were are am has had have be been being will would can could may might must shall should does
    did do 's 're 've 'd 'm 'll ’s ’re ’ve ’d ’m ’ll n't n’t not never ca wo ai
""")
FINITE_BE = words("is was were are am 's 're 'm ’s ’re ’m be been being")
MODALS = words("will would can could may might must shall should 'll ’ll wo")
ADVERBS = words("""
    also then later once again still already ever even just never not only first further furthermore
    instead too often always now soon earlier afterward afterwards afterwords previously repeatedly
    recently reportedly famously simply since both all long have since yet thus therefore hence moreover
    meanwhile however nonetheless nevertheless indeed perhaps maybe finally so far almost quite rather
    sometimes today yesterday tomorrow tonight there elsewhere jointly together alone himself herself
    themselves itself
""")
SENTENCE_ADVERBS = words("""
    however meanwhile still but and yet or so then later now also instead moreover furthermore finally
    nevertheless nonetheless indeed perhaps elsewhere additionally besides thus therefore hence
    afterwards afterward afterwords earlier separately today yesterday tonight tomorrow again first
    second third next once recently previously here there overall similarly likewise otherwise since
    plus even only well no yes because if while although though as when after before that until unless
    whereas just especially particularly notably
""")
TIME_WORDS = words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december today yesterday tonight tomorrow earlier later last this
    next recently afterward afterwards early late again ago morning afternoon evening night week month
    year now then once twice repeatedly jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec.
""")
WEEKDAYS_MONTHS = words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december jan. feb. aug. sept. oct. nov. dec. mon. tue. tues. wed.
    thu. thurs. fri. sat. sun.
""")
ADJUNCT_OPENERS = PREPOSITIONS | TIME_WORDS
COMMON_VERBS = words("""
    won took went came made got gave lost ran left became met held kept brought began spent paid sent
    put led stood set sat fell grew drew rose broke chose spoke wore drove flew hid shook stole threw
    tore woke bought caught taught fought sold built lent bent heard laid cut shut goes takes makes gets
    gives comes runs has does wins loses keeps brings begins pays sends puts leads stands sets holds
    becomes leaves works lives remains includes seems appears looks turns helps moves follows continues
    needs refers uses want wants go take make get give come run win lose keep bring begin pay send lead
    become leave live remain include seem appear look turn help need use
""")
TITLES = words("""
    mr mrs ms miss mx dr prof sir dame lord lady baron baroness sen rep gov gen col lt maj capt sgt cpl
    cmdr adm pvt insp det supt rev fr sr br hon st mr. mrs. ms. dr. prof. sen. sens. rep. reps. gov.
    govs. gen. col. lt. maj. capt. sgt. cpl. cmdr. adm. rev. fr. hon. messrs. atty. pres. senator
    senators representative congressman congresswoman governor president vice chairman chairwoman chair
    general colonel major captain sergeant lieutenant admiral commander judge justice secretary minister
    premier chancellor mayor ambassador king queen prince princess duke duchess pope archbishop bishop
    cardinal father sister brother reverend rabbi imam sheikh shaikh sheik ayatollah hojatoleslam mullah
    maulana sayyid seyyed hajj haji emir sultan shah crown daw u ko ma herr frau monsieur madame señor
    señora don doña professor doctor attorney coach officer detective constable inspector superintendent
    sheriff chief deputy prime foreign leader speaker former then-president spokesman spokeswoman
    spokesperson director founder co-founder ceo columnist analyst lawmaker manager adviser advisor
    strategist pollster candidate nominee
""")


def is_capitalised(word: str) -> bool:
    """Written as a name is: "Klain", "O’Malley", "U.S.", "iPhone" (a capital within)."""
    return word[:1].isupper() or (len(word) > 2 and word[:1].isalpha() and word[1].isupper())
