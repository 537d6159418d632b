// Everything in the document at hand that no text of an author may bring in, a line each. Run by tests/test_hostile.py.
() => {
  const wrong = [];
  const elements = new Set(("html head body title meta link script "
    + "a abbr article aside b blockquote br button caption cite code dd del desc details dfn div dl dt em "
    + "footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li main mark nav ol p pre q s samp section small span strong sub "
    + "summary sup table tbody td tfoot th thead time tr u ul var wbr figure figcaption col colgroup").split(" "));
  const drawn = new Set("svg g path rect circle text title desc defs marker a".split(" "));
  const ours = ".emblem, .icon, .door-icon, .diagram svg";
  const forbidden = new Set("style srcset srcdoc action formaction data ping download target background poster http-equiv xlink:href popover popovertarget autofocus tabindex".split(" "));
  const attributes = new Set(("href class id title lang hreflang rel role start align type checked disabled for name dir open alt src width height loading "
    + "datetime colspan rowspan scope span autocomplete hidden aria-hidden aria-label aria-labelledby aria-describedby aria-description aria-current aria-expanded aria-controls aria-keyshortcuts "
    + "charset content media property itemprop defer "
    + "viewbox focusable d cx cy r x y rx transform marker-end refx refy markerwidth markerheight orient").split(" "));
  // Marks that the scripts look for; only the templates write them.
  const marks = new Set(("data-unit data-kind data-path data-source data-term data-checklist data-template data-print data-menu data-menu-button "
    + "data-scheme-button data-scheme-name data-toc data-scheme data-open data-terms data-search-open data-search-script data-search-template "
    + "data-due data-left data-today data-late").split(" "));
  const tell = (what, element) => wrong.push(`${what}: ${element.outerHTML.slice(0, 160)}`);

  // The search box is of the shell, on its own page or in the template of the dialog.
  const box = document.querySelector("main > .needs-js:first-of-type > coopkm-search:only-child, body > template[data-search-template]");
  const fields = new Set("form fieldset legend select option textarea coopkm-quiz coopkm-progress".split(" "));
  const fieldMarks = new Set(("value inputmode rows data-quiz data-question data-type data-level data-part data-key data-objective data-shuffle data-fixed data-said "
    + "data-topic data-bank data-pass data-lang data-words data-desk data-questions data-about "
    + "data-mode data-place data-item data-moved data-state data-verdict data-mark data-answered data-seen").split(" "));
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (box?.contains(element)) continue;
      const inSvg = element.closest("svg");
      if (inSvg ? !inSvg.matches(ours) || !drawn.has(element.localName) : !elements.has(element.localName) && !(fields.has(element.localName) && element.closest("main > article.quiz"))) tell("element", element);
      for (const { name, value } of element.attributes) {
        const low = name.toLowerCase();
        const allowed = (fieldMarks.has(low) && element.closest("main > article.quiz")) || low.startsWith("data-") ? marks.has(low) || fieldMarks.has(low) : attributes.has(low)
          || (low === "tabindex" && element.matches("main, pre, .table-scroll")) || (low === "style" && element.matches(".term-tip"));
        if (low.startsWith("on") || !allowed || (forbidden.has(low) && !element.matches("main, .term-tip, pre, .table-scroll"))) tell(`attribute ${name}`, element);
        if (low === "href" || low === "src") {
          const url = new URL(value, document.baseURI);
          const local = url.protocol === location.protocol && url.host === location.host;
          if (!local && (low === "src" || !["http:", "https:", "mailto:"].includes(url.protocol))) tell(`address ${url.protocol}`, element);
        }
      }
    }
  };
  walk(document);

  for (const script of document.scripts) {
    if (script.parentElement !== document.head) tell("script outside the head", script);
    else if (script.type === "application/ld+json") try { JSON.parse(script.text); } catch { tell("broken data", script); }
    else if (!/(^|\/)assets\/coopkm\/(theme|coopkm|search|quiz)\.js$/.test(script.getAttribute("src") ?? "")) tell("script", script);
  }
  for (const link of document.querySelectorAll("link, meta, base, title")) {
    if (link.parentElement !== document.head && !link.closest("svg")) tell("outside the head", link);
  }
  // Nothing has broken out of the place it was written in.
  for (const [selector, count] of [["body > header.site-head", 1], ["body > .frame main#_content", 1], ["body > footer.site-foot", 1],
    ["main", 1], ["[data-menu]", 1], ["[data-menu-button]", 1], ["head > title", 1]]) {
    const found = document.querySelectorAll(selector).length;
    if (found !== count) wrong.push(`${found} times ${selector}`);
  }
  if (document.querySelector("[data-unit]") && document.querySelectorAll("h1, [data-unit], .unit-foot").length !== 3) wrong.push("unit is not whole");
  return wrong;
}
