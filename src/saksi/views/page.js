"use strict";
// Lights up the parts of one claim at a time: by pointing, by focus, or with j and k.
for (const report of document.querySelectorAll("article.report")) {
  const text = report.querySelector(".text");
  const aside = report.querySelector("aside");
  const segments = [...text.querySelectorAll(".s")];
  const entries = new Map([...report.querySelectorAll("li.claim")].map((entry) => [entry.dataset.claim, entry]));
  const marks = new Map([...text.querySelectorAll(".mark")].map((mark) => [mark.dataset.claim, mark]));
  let shown = null;
  let kept = null;

  // What stands next in the text itself: the numbers of claims do not count.
  const after = (segment) => {
    let next = segment.nextSibling;
    while (next?.classList?.contains("mark")) next = next.nextSibling;
    return next;
  };

  const labels = (segment, claim) => segment.dataset.parts.split(";")
    .map((part) => part.split(":")).filter(([number]) => number === claim).map(([, label]) => label);

  const clear = () => {
    text.classList.remove("active");
    for (const element of report.querySelectorAll(".on, .lit")) {
      element.classList.remove("on", "lit");
      delete element.dataset.label;
    }
    shown = null;
  };

  const show = (claim) => {
    if (claim === shown) return;
    clear();
    if (!entries.has(claim)) return;
    shown = claim;
    text.classList.add("active");
    entries.get(claim).classList.add("on");
    marks.get(claim)?.classList.add("on");
    if (aside.scrollHeight > aside.clientHeight && !aside.matches(":hover, :focus-within")) {
      aside.scrollTop = entries.get(claim).offsetTop - aside.clientHeight / 4;
    }
    let before = [];
    let last = null;
    for (const segment of segments) {
      const inside = segment.dataset.claims.split(" ").includes(claim);
      const now = labels(segment, claim);
      const touches = last !== null && after(last) === segment;
      segment.classList.toggle("on", inside);
      if (now.length) {
        segment.classList.add("lit");
        const fresh = now.filter((label) => !(touches && before.includes(label)));
        const named = fresh.filter((label) => label !== "loaded");
        if (fresh.length) segment.dataset.label = (named.length ? named : fresh).join(" · ");
      }
      before = now;
      last = segment;
    }
  };

  const back = () => (kept === null ? clear() : show(kept));
  const keep = (claim) => {
    kept = kept === claim ? null : claim;
    show(claim);
  };
  const innermost = (segment) => {
    const covering = segment.dataset.claims.split(" ").filter(Boolean);
    return covering.at(-1) ?? segment.dataset.parts.split(":")[0];
  };

  text.addEventListener("pointerover", (event) => {
    const mark = event.target.closest(".mark");
    const segment = event.target.closest(".s");
    if (mark) show(mark.dataset.claim);
    else if (segment && !(kept !== null && segment.dataset.claims.split(" ").includes(kept))) show(innermost(segment));
    else if (!segment) back();
  });
  text.addEventListener("pointerleave", back);
  text.addEventListener("click", (event) => {
    const segment = event.target.closest(".s");
    if (!segment || event.target.closest(".mark")) return;
    const claim = shown ?? innermost(segment);
    keep(claim);
  });
  for (const [claim, entry] of entries) {
    entry.addEventListener("pointerenter", () => show(claim));
    entry.addEventListener("pointerleave", back);
  }
  for (const link of report.querySelectorAll("a[data-claim]")) {
    link.addEventListener("focus", () => show(link.dataset.claim));
    link.addEventListener("blur", back);
    link.addEventListener("click", () => {
      kept = null;
      keep(link.dataset.claim);
    });
  }
  report.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      kept = null;
      clear();
    }
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !["j", "k"].includes(event.key)) return;
  const marks = [...document.querySelectorAll(".mark")];
  if (!marks.length) return;
  const at = marks.indexOf(document.activeElement);
  const next = event.key === "j" ? at + 1 : (at < 0 ? marks.length : at) - 1;
  const mark = marks[Math.min(Math.max(next, 0), marks.length - 1)];
  mark.focus();
  mark.scrollIntoView({ block: "center" });
});
