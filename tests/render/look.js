// Looks at the page inside the frame and writes what it found into the title of the document around it.
addEventListener("load", () => { setTimeout(() => {
  const page = document.getElementById("page"), view = page.contentWindow, doc = page.contentDocument;
  const rgb = text => text.match(/[0-9.]+/g).map(Number);
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = rgb(view.getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const ratio = e => { const [a, b] = [light(rgb(view.getComputedStyle(e).color)), light(behind(e))]; return (Math.max(a, b) + .05) / (Math.min(a, b) + .05); };
  const texts = [...doc.body.querySelectorAll("*")].filter(e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()) && e.getClientRects().length);
  const stops = [...doc.querySelectorAll("a[href], summary, [tabindex='0']")];
  const named = e => (e.getAttribute("aria-label") || (doc.getElementById(e.getAttribute("aria-labelledby")) || e).textContent).trim();
  const ids = [...doc.querySelectorAll("[id]")].map(e => e.id);
  const first = doc.querySelector("details.item summary"), was = first && first.parentElement.open;
  if (first) { first.focus(); first.click(); }
  document.title = JSON.stringify({
    overflow: doc.documentElement.scrollWidth - view.innerWidth,
    faint: [...new Set(texts.filter(e => ratio(e) < 4.5).map(e => e.tagName + "." + e.className))],
    nameless: stops.filter(e => !named(e)).length, stops: stops.length,
    focused: !first || (doc.activeElement === first && first.parentElement.open !== was),
    levels: [...doc.querySelectorAll("h1, h2, h3, h4")].map(e => +e.tagName[1]),
    main: doc.querySelectorAll("main").length, lang: doc.documentElement.lang,
    heads: [...doc.querySelectorAll("th")].filter(e => !e.scope).length,
    pictures: [...doc.images].filter(e => !e.alt).length,
    doubled: ids.filter((id, n) => ids.indexOf(id) != n),
    dangling: [...doc.querySelectorAll("[aria-labelledby]")].map(e => e.getAttribute("aria-labelledby"))
      .concat([...doc.querySelectorAll("a[href^='#']")].map(e => e.hash.slice(1))).filter(id => !ids.includes(id)),
    fetched: view.performance.getEntriesByType("resource").filter(e => !e.name.startsWith("data:")).map(e => e.name),
    scripts: doc.scripts.length,
  });
}, 300); });
