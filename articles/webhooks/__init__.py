"""Webhooks: telling other programs of quotations, signed, again and again until they have it, and never to one's own
network.

`events` reads what there is to tell, from the tables as they are: whoever imports or corrects knows nothing of it.
`addresses` says where anything may be sent, `sending` sends one request, `signing` signs it, `delivering` does all
that is due, and `background` does so for as long as a web process lives.
"""
