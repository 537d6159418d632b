"""What is said on papers and in the report, read from `words.yml` beside this file."""

from coopkm.text.wordlist import wordlist

WORDS = wordlist("coopkm.forms")
