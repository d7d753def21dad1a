"""Exports: what is stored -> records -> files of many formats, one module each, and back.

`records` says what is handed from one to the other, `formats` which formats there are. Modules of formats know no
Django, and are loaded only where they write or read: some need libraries that the web process must not load.
"""
