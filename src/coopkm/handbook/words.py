"""The words of this part in both languages."""

from coopkm.text.wordlist import wordlist

WORDS = wordlist("coopkm.handbook")
