// What the browser knows of a page that stands in no markup: colours behind text and marks, and where text lies.
// Evaluated by tests; every function returns what is wrong, as strings, so that a failure can be read.
globalThis.checks = (() => {
  const paper = () => matchMedia("print").matches;
  const label = (e) => `${e.localName}.${e.getAttribute("class") ?? ""} ${e.textContent.trim().replace(/\s+/g, " ").slice(0, 50)}`;
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !e.closest(".hidden, .skip:not(:focus)");

  // Colours, by WCAG 2's definitions.
  const parsed = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (one, two) => {
    const [a, b] = [light(one), light(two)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const text = (c) => `rgb(${c.r} ${c.g} ${c.b})`;

  // The colour behind an element's content, itself included. On paper a ground counts only where it is sure to be printed.
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      const colour = parsed(style.backgroundColor);
      if (colour.a > 0 && at instanceof HTMLElement && !(paper() && style.printColorAdjust !== "exact" && at !== document.body)) {
        if (colour.a < 1) throw new Error(`half transparent: ${label(at)}`);
        return colour;
      }
    }
    return paper() || !matchMedia("(prefers-color-scheme: dark)").matches ? { r: 255, g: 255, b: 255 } : { r: 0, g: 0, b: 0 };
  };

  const SHAPES = "rect, circle, path, line";
  const DECORATION = ".grid, .base, .track, .sign *, .ribbon *";
  const paint = (shape, what) => {
    const found = getComputedStyle(shape)[what];
    return found === "none" || (what === "stroke" && parseFloat(getComputedStyle(shape).strokeWidth) === 0) ? null : parsed(found);
  };
  const meets = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
  const holds = (a, b) => a.left <= b.left + 0.5 && a.right >= b.right - 0.5 && a.top <= b.top + 0.5 && a.bottom >= b.bottom - 0.5;

  // What lies behind each text and mark of a figure: shapes painted before it that it touches, down to one that holds it.
  const figures = (visit) => {
    for (const plot of document.querySelectorAll("svg")) {
      if (plot.parentElement.closest("svg") || !shown(plot)) continue;
      const before = [];
      for (const e of plot.querySelectorAll(`${SHAPES}, text`)) {
        const box = e.getBoundingClientRect();
        let grounds = [ground(plot)];
        for (const shape of before) {
          if (holds(shape.box, box)) grounds = [shape.fill];
          else if (meets(shape.box, box)) grounds.push(shape.fill);
        }
        visit(e, grounds);
        const fill = e.localName === "text" || e.localName === "line" ? null : paint(e, "fill");
        if (fill && box.width > 0) before.push({ box, fill });
      }
    }
  };

  const ownText = (e) => [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
  const pseudo = (e) => ["::before", "::after"].filter((p) => /[\p{L}\p{N}↑↓]/u.test(getComputedStyle(e, p).content.replace(/^(none|normal)$/, "")));

  const contrast = () => {
    const wrong = [];
    const seen = new Set();
    const see = (e, colour, behind, least) => {
      seen.add(e);
      const found = ratio(colour, behind);
      if (found < least) wrong.push(`${found.toFixed(2)} ${text(colour)} on ${text(behind)}: ${label(e)}`);
    };
    for (const e of document.querySelectorAll("body, body *")) {
      if (e instanceof SVGElement || !(e instanceof HTMLElement) || ["SCRIPT", "STYLE"].includes(e.tagName) || !shown(e)) continue;
      if (getComputedStyle(e).opacity !== "1") wrong.push(`opacity: ${label(e)}`);
      if (ownText(e)) see(e, parsed(getComputedStyle(e).color), ground(e), 4.5);
      for (const p of pseudo(e)) see(e, parsed(getComputedStyle(e, p).color), ground(e), 4.5);
      if (e.matches(".swatch, button:not(th button)")) {
        const outside = ground(e.parentElement);
        const own = parsed(getComputedStyle(e).backgroundColor);
        const edge = parsed(getComputedStyle(e).borderTopColor);
        if (Math.max(own.a && ratio(own, outside), ratio(edge, outside)) < 3) wrong.push(`edge: ${label(e)}`);
      }
    }
    figures((e, grounds) => {
      if (e.localName === "text") for (const behind of grounds) see(e, paint(e, "fill"), behind, 4.5);
      else if (!e.matches(DECORATION)) {
        seen.add(e);
        const inks = [e.localName === "line" ? null : paint(e, "fill"), paint(e, "stroke")].filter(Boolean);
        for (const behind of grounds)
          if (!inks.some((ink) => ratio(ink, behind) >= 3)) wrong.push(`mark on ${text(behind)}: ${label(e)} ${inks.map(text)}`);
      }
    });
    checks.seen = seen;
    return [...new Set(wrong)];
  };

  // Which of these selectors name an element that contrast() did not look at.
  const unseen = (selectors) => selectors.filter((s) => {
    const e = document.querySelector(s);
    return !checks.seen.has(e) && ![...e.querySelectorAll("*")].some((inner) => checks.seen.has(inner));
  });

  const names = () => {
    const wrong = [];
    for (const svg of document.querySelectorAll("svg")) {
      if (svg.closest("[aria-hidden=true]")) {
        if (svg.closest("a, button")) wrong.push(`hidden in a control: ${label(svg.parentElement)}`);
      } else if (svg.parentElement.closest("svg[role=img]")) continue;
      else if (!["img", "group"].includes(svg.getAttribute("role")) || !svg.getAttribute("aria-label")?.trim()) wrong.push(`no name: ${svg.outerHTML.slice(0, 80)}`);
    }
    return wrong;
  };

  // Every line of text with its box. `room` is what may cut it: the nearest box around it that scrolls or hides.
  const lines = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const e = node.parentElement;
      if (!node.textContent.trim() || e.closest("script, style, title, .hidden, .skip") || !shown(e)) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 0.5 && box.height > 0.5) found.push({ e, box });
    }
    return found;
  };

  // Lines of text that lie on each other. Boxes are as tall as the font; letters are not: a third may overlap.
  const clashes = () => {
    const wrong = [];
    const all = lines().sort((a, b) => a.box.top - b.box.top);
    all.forEach((a, i) => {
      const slack = a.box.height / 3;
      for (let j = i + 1; j < all.length && all[j].box.top < a.box.bottom - slack; j++) {
        const b = all[j];
        const sideways = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const upright = Math.min(a.box.bottom, b.box.bottom) - b.box.top;
        if (sideways > 1 && upright > Math.min(slack, b.box.height / 3)) wrong.push(`${label(a.e)} / ${label(b.e)}`);
      }
    });
    return wrong;
  };

  // Text outside the page or cut off by a box around it; text of figures outside its figure or its tile; marks cut off.
  // `sideways` lets tables that scroll by themselves be wider than the room they have, unless they are there to stack.
  const cut = (sideways) => {
    const wrong = [];
    const width = document.documentElement.clientWidth;
    for (const { e, box } of lines()) {
      let free = false;
      for (let at = e; at && at !== document.body; at = at.parentElement) {
        const flow = getComputedStyle(at);
        if (at instanceof SVGElement) {
          const frame = at.localName === "svg" && at.matches(".plot, .tile") && (at.querySelector(":scope > rect") ?? at).getBoundingClientRect();
          if (frame && (box.left < frame.left - 1 || box.right > frame.right + 1)) wrong.push(`out of its figure: ${label(e)}`);
        } else if (flow.overflowX !== "visible") {
          const frame = at.getBoundingClientRect();
          if (flow.overflowX === "auto" && sideways && (innerWidth > 34 * 16 || !at.closest(".stacks"))) free = true;
          else if (box.left < frame.left - 1 || box.right > frame.right + 1) wrong.push(`cut: ${label(e)}`);
        }
      }
      if (!free && (box.left < -1 || box.right > width + 1)) wrong.push(`off the page: ${label(e)}`);
    }
    for (const shape of document.querySelectorAll(`svg :is(${SHAPES})`)) {
      const svg = shape.closest("svg");
      if (getComputedStyle(svg).overflow === "visible" || !shown(shape)) continue;
      const [box, frame] = [shape.getBoundingClientRect(), svg.getBoundingClientRect()];
      const out = box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
      if (out) wrong.push(`mark cut: ${label(shape)}`);
    }
    return [...new Set(wrong)];
  };

  return { contrast, unseen, names, clashes, cut };
})();
