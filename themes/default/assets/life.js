/* Turns states over at their instants; see the guide's page on themes. */
(() => {
  const all = (query) => document.querySelectorAll(query);
  const { lang } = document.documentElement;
  const units = [[864e5, "day"], [36e5, "hour"], [6e4, "minute"], [1e3, "second"]];
  let timer;

  function turn() {
    const now = Date.now();
    let wait = 2 ** 31 - 1; // the longest there is

    for (const thing of all("[data-life]")) {
      const steps = thing.dataset.life.split(" ");
      while (Date.parse(steps[1]) <= now) steps.splice(0, 2);
      const [state, end] = steps;
      thing.dataset.state = state;
      if (end) wait = Math.min(wait, Date.parse(end) - now);
      if (thing.matches(`[data-group]:not([data-group~=${state}]) > *`)) {
        document.querySelector(`[data-group~=${state}]`)?.prepend(thing);
      }
    }
    for (const part of all("[data-in]")) {
      part.hidden = !part.matches(`[data-in~=${part.closest("[data-life]")?.dataset.state}]`);
    }
    for (const group of all("[data-group]")) group.parentNode.hidden = !group.children.length;

    for (const note of all("[data-count]")) {
      const left = Date.parse(note.dataset.count) - now;
      const [size, unit] = units.find(([size]) => left >= 2 * size) || units[3];
      note.textContent = left > 0 ? new Intl.RelativeTimeFormat(lang).format(Math.floor(left / size), unit) : "";
      if (left > 0) wait = Math.min(wait, (left % size) + 1);
    }
    clearTimeout(timer);
    timer = setTimeout(turn, wait);
  }

  turn();
  addEventListener("pageshow", turn);
  addEventListener("visibilitychange", turn);

  const own = navigator.language.startsWith(lang) ? navigator.language : lang;
  for (const note of all("[data-local]")) {
    const at = new Date(note.dataset.local);
    const here = new Date(at - at.getTimezoneOffset() * 6e4).toJSON();
    note.hidden = note.dataset.local.startsWith(here.slice(0, 16));
    note.prepend(at.toLocaleString(own, { dateStyle: "medium", timeStyle: "short" }), " ");
  }
})();
