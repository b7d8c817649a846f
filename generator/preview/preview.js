// What the preview adds to a page: it loads the page again when there is another one, puts new style
// sheets in the place of old ones, and shows what is wrong with the content until it is mended.
(() => {
  const RETRY = 500; // milliseconds after which a server that went is looked for again
  const OPENED = "offprint-preview-opened";

  const script = document.currentScript;
  let { version } = script.dataset;
  let panel;

  // the server

  function connect() {
    const address = new URL("livereload", script.src);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    const send = (message) => socket.send(JSON.stringify(message));
    socket.addEventListener("open", () => {
      send({ command: "hello", protocols: ["http://livereload.com/protocols/official-7"] });
      send({ command: "info", plugins: {}, url: location.href, version });
    });
    socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(data);
      commands[message.command]?.(message);
    });
    socket.addEventListener("close", () => {
      delete script.dataset.connected;
      setTimeout(connect, RETRY);
    });
  }

  const commands = { hello, reload, styles: restyle, diagnostics: show };

  function hello() {
    script.dataset.connected = ""; // for whoever looks from outside
  }

  // the page

  // The browser keeps the scroll position; what the reader opened it would close.
  function reload() {
    const opened = [...document.querySelectorAll("details[open]")].map(nameOf);
    sessionStorage.setItem(OPENED, JSON.stringify(opened));
    location.reload();
  }

  function reopen() {
    const opened = new Set(JSON.parse(sessionStorage.getItem(OPENED) ?? "[]"));
    sessionStorage.removeItem(OPENED);
    if (!opened.size) return;
    for (const one of document.querySelectorAll("details")) one.open ||= opened.has(nameOf(one));
  }

  // Other papers may come before a paper, but it stays the same one.
  function nameOf(details) {
    const paper = details.closest("[data-paper]");
    const all = (paper ?? document).querySelectorAll("details");
    return `${paper?.dataset.paper ?? ""}/${[...all].indexOf(details)}`;
  }

  // A sheet that is new gets its place in the order; the old ones go when all the new ones are there.
  async function restyle(message) {
    version = message.version;
    const made = new DOMParser().parseFromString(message.links, "text/html");
    const wanted = [...made.querySelectorAll("link")].map((one) => document.importNode(one));
    const shown = [...document.querySelectorAll("link[rel~=stylesheet]")];
    const kept = new Set();
    const loading = [];
    let last;
    for (const link of wanted) {
      const same = shown.find((one) => one.href === link.href);
      if (same) kept.add(same);
      else {
        loading.push(new Promise((done) => (link.onload = link.onerror = done)));
        if (last) last.after(link);
        else if (shown.length) shown[0].before(link);
        else document.head.append(link);
      }
      last = same ?? link;
    }
    await Promise.all(loading);
    for (const one of shown) if (!kept.has(one)) one.remove();
  }

  // the diagnostics

  function show({ count, found }) {
    panel?.remove();
    panel = undefined;
    if (!found.length) return;
    panel = element("offprint-diagnostics");
    panel.hidden = true; // until it has its style sheet
    const link = element("link");
    link.rel = "stylesheet";
    link.href = new URL("preview.css", script.src);
    link.onload = () => (panel.hidden = false);
    const details = element("details", "", element("summary", "", count));
    details.open = found.some((one) => one.severity === "error");
    if (details.open) {
      details.append(element("p", "state", "The page is what it was before; it follows when all is mended."));
      details.role = "alert";
    }
    details.append(...found.map(diagnostic));
    panel.attachShadow({ mode: "open" }).append(link, details);
    document.body.append(panel);
  }

  function diagnostic(one) {
    return element(
      "article",
      one.severity,
      element("p", "place", one.place),
      element("p", "message", `${one.severity}: ${one.message}`),
      ...(one.excerpt ? [element("pre", "", one.excerpt)] : []),
      ...one.notes.map((note) => element("p", "note", `note: ${note}`)),
      element("p", "help", `help: ${one.help}`),
    );
  }

  function element(name, kind = "", ...content) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.append(...content);
    return made;
  }

  reopen();
  connect();
})();
