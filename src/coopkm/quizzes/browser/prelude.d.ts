// What script.py puts before the scripts: the rules of text/folding.yml.
declare const FOLDING: FoldingRules;
