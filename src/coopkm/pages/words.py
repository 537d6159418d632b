"""Words of the interface, read from the files beside this one; every key has both languages."""

from coopkm.text.wordlist import wordlist

WORDS = wordlist("coopkm.pages")
QUIZ_WORDS = wordlist("coopkm.pages", "quiz_words.yml")  # said by scripts
