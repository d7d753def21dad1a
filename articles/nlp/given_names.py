"""A few hundred given names whose bearers are nearly always of one gender, for telling "he" from "she"."""

from __future__ import annotations

import unicodedata

from .words import words

MALE = words("""
    aaron abdul abdullah adam ahmad ahmed alan albert alexander ali allan amir andre andrew angelo
    anthony antonio arjun arthur ben benjamin bernard bernie bill bob boris brad brandon brian bruce
    bryan carl carlos charles chad chris christopher chuck claude colin craig daniel danny dave david
    dennis diego dmitry don donald doug douglas ed eddie edward eli elijah enrique eric ernest ethan
    evan felipe fernando francisco frank franklin fred gary gavin george gerald giovanni glenn gordon
    graham greg gregory hamid harold harry hassan henry howard hugh hussein ian ibrahim igor isaac ivan
    jack jacob jake james jason javier jeff jeffrey jeremy jerome jerry jim jimmy joe john johnny jon
    jonathan jorge jose josé joseph josh joshua juan justin karl keith ken kenneth kevin khalid kwame
    larry lawrence lee leon lewis liam louis lucas luis luiz luke marco marcus mario mark martin matt
    matthew max michael miguel mike mitch mitt mohammad mohammed mohamed muhammad nasser nathan neil
    newt nicholas nick nicolas nigel oliver omar oscar pablo patrick paul pedro pete peter phil philip
    phillip pierre rafael rahul raj ralph ramon rand raul ravi ray raymond ricardo richard rick rob
    robert roberto rodrigo roger ron ronald rudy russell ryan saeed sam samuel scott sean sebastian
    sergei sergey simon stefan stephen steve steven stuart ted terry theodore thomas tim timothy todd
    tom tommy tony travis vincent vladimir walter warren wayne will william xavier yusuf zachary
""")
FEMALE = words("""
    abigail adriana agnes aisha alexandra alice alicia alison allison amanda amber amelia amina amy ana
    andrea angela angelina anita ann anna anne annie barbara beatrice becky beth betty beverly brenda
    bridget camila carla carly carmen carol caroline carolyn catherine cecilia charlotte cheryl chloe
    christina christine cindy claire clara claudia connie cynthia daniela deborah debbie debra denise
    diana diane dianne donna dorothy edith eleanor elena elizabeth ellen emily emma erica esther eva
    evelyn farah fatima fiona florence frances gabriela gina gloria grace greta hannah heather heidi
    helen hillary huma ingrid irene isabel isabella ivana ivanka jacqueline jane janet janice jeanne
    jennifer jenny jessica jill joan joanna joyce judith judy julia julie karen kate katherine kathleen
    kathryn kathy katie kellyanne kim kimberly kirsten kristen laura lauren layla leila lena leslie lily
    linda lisa liz loretta louise lucia lucy lynn madeleine mandy margaret maria marie marilyn martha
    mary maya megan melania melinda melissa mercedes michelle miriam monica nadia nancy naomi natalie
    natasha nicole nina olga olivia pamela patricia paula pauline penelope priya rachel rebecca renee
    rita roberta rosa rose ruth sally samantha sandra sara sarah sharon sheila shirley silvia sofia
    sonia sophia sophie stella stephanie susan suzanne sylvia tamara tanya tara teresa theresa tiffany
    tina valerie vanessa vera veronica victoria virginia wendy yasmin yvonne zainab zoe
""")


def gender_of(given_name: str) -> str:
    """ "male", "female", or "" where the name does not tell; accents do not count."""
    parts = unicodedata.normalize("NFD", given_name)
    given_name = "".join(c for c in parts if not unicodedata.combining(c))
    if given_name in MALE:
        return "male"
    return "female" if given_name in FEMALE else ""
