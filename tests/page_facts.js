// What a person could trip over on the page at hand, as plain data. Run in the page by tests/test_browser.py.
() => {
  const root = document.documentElement;
  const name = (element) => {
    const classes = typeof element.className === "string" && element.className ? `.${element.className.trim().split(/\s+/).join(".")}` : "";
    return `${element.localName}${classes} ${(element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40)}`;
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(".hide, .skip");
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (/[\u0e00-\u0e7f]/.test(node.data) && holder && shown(holder) && !holder.closest("svg, script, .hide")) texts.push(holder);
  }
  const thai = [...new Set(texts)];
  const ratio = (element) => parseFloat(getComputedStyle(element).lineHeight) / parseFloat(getComputedStyle(element).fontSize);
  const cut = (element) => {
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (["hidden", "clip"].includes(style.overflowY) && box.scrollHeight > box.clientHeight + 1) return true;
      if (style.webkitLineClamp !== "none" || style.textOverflow === "ellipsis") return true;
    }
    return false;
  };
  const small = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width < 24 || height < 24;
  };

  return {
    lang: root.lang,
    overflow: root.scrollWidth - root.clientWidth,
    beyond: all("body *").filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1
      && !element.closest(".table-scroll, pre, .term-tip")).map(name),
    headings: all("h1, h2, h3, h4, h5, h6").map((heading) => [Number(heading.localName[1]), name(heading)]),
    mains: document.querySelectorAll("main").length,
    smallControls: all("button, input, select, summary, label, nav a, .tools a, .diagram a, .unit-link, .shortcuts a, .doors a").filter(small).map(name),
    tight: thai.filter((element) => ratio(element) < (element.closest("h1, h2, h3, h4, h5, h6") ? 1.445 : 1.595)).map((element) => `${ratio(element).toFixed(2)} ${name(element)}`),
    cut: thai.filter(cut).map(name),
    otherFont: thai.filter((element) => !/^"?Sarabun/.test(getComputedStyle(element).fontFamily) && !element.closest("code, pre, kbd")).map(name),
    thai: thai.length,
    duplicateIds: [...document.querySelectorAll("[id]")].map((element) => element.id).filter((id, index, ids) => ids.indexOf(id) !== index),
    unnamed: all("a, button, input, summary").filter((element) => !(element.textContent ?? "").trim() && !element.getAttribute("aria-label") && !element.labels?.length).map(name),
  };
}
