"""How the language model beside this folder was trained. Nothing here runs in the product itself.

corpora.py       CoNLL-U and CoNLL files -> Docs
clusters.py      word clusters -> a small table of vectors
augmentation.py  newspapers' marks and cases, added while training
train.py         two runs of spaCy's training loop, one for grammar and one for names, joined in one pipeline
grammar.cfg, names.cfg   spaCy's own configs: every choice and the seed

manage.py train_model --treebank en_ewt-train.conllu.xz … FOLDER
"""
