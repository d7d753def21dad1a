"""How long the web pages take on a database of a given size: what `manage.py bench_web` is made of.

databases   invented articles in a database of their own, imported, furnished and analyzed
sample      what is asked for in turn: words, speakers, articles, the same on every machine
pages       which pages are measured, and what each may take: add yours there
asking      asks for a page as a browser does, and takes the time
report      the figures as a table
"""
