// Looks for an entrant's code in a draw and does the draw again: see the guide, "A draw that anybody can check".
// The code never leaves this page. Needs Web Crypto, which browsers offer on https pages alone.
(() => {
  "use strict";
  const form = document.querySelector("form[data-draw]");
  if (!form || !window.fetch) return;
  const answer = form.querySelector("[role=status]");
  const button = form.querySelector("button");
  const utf8 = new TextEncoder();
  const number = new Intl.NumberFormat(document.documentElement.lang || undefined);
  let loaded = null;

  const say = (what, values = {}) => {
    const text = form.querySelector(`template[data-say="${what}"]`).content.textContent;
    answer.textContent = text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    answer.dataset.result = what;
  };
  const join = (...parts) => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let place = 0;
    for (const part of parts) {
      all.set(part, place);
      place += part.length;
    }
    return all;
  };
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const unhex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
  const byte = (value) => Uint8Array.of(value);

  // JSON with sorted keys and no spaces (RFC 8785; there are only texts, whole numbers, lists and objects here).
  const canonical = (value) => {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  };
  const compare = (one, other) => {
    for (let place = 0; place < 32; place++) if (one[place] !== other[place]) return one[place] - other[place];
    return 0;
  };
  // Many hashes, some thousand at a time, so that the page stays alive.
  const map = async (items, make, tell) => {
    const done = [];
    for (let start = 0; start < items.length; start += 4096) {
      done.push(...(await Promise.all(items.slice(start, start + 4096).map(make))));
      tell(items.length);
    }
    return done;
  };
  // Pairs from the left, one that is left over goes up as it is: the tree of RFC 6962.
  const findRoot = async (nodes, tell) => {
    while (nodes.length > 1) {
      const pairs = [];
      for (let place = 0; place + 1 < nodes.length; place += 2) pairs.push([nodes[place], nodes[place + 1]]);
      const last = nodes.length % 2 ? [nodes[nodes.length - 1]] : [];
      nodes = (await map(pairs, ([left, right]) => sha256(byte(1), left, right), tell)).concat(last);
    }
    return hex(nodes[0]);
  };
  const get = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(response.status);
    return response;
  };
  const load = async () => {
    const [first, second] = await Promise.all([get(form.dataset.draw), get(form.dataset.leaves)]);
    const receipt = await first.json();
    const bytes = new Uint8Array(await second.arrayBuffer());
    const { commitment } = receipt;
    const leaves = [];
    for (let place = 0; place < bytes.length; place += 32) leaves.push(bytes.subarray(place, place + 32));
    let done = 0;
    const tell = () => {
      done += 4096;
      say("busy", { percent: Math.min(99, Math.round((done * 50) / leaves.length)) });
    };
    const sorted = leaves.every((leaf, place) => leaf.length === 32 && (!place || compare(leaves[place - 1], leaf) < 0));
    const salt = unhex(receipt.salt);
    const key = await sha256(byte(2), await sha256(utf8.encode(canonical(commitment))), utf8.encode(receipt.seed));
    const tickets = await map(leaves, (leaf) => sha256(byte(3), key, leaf), tell);
    const right =
      sorted &&
      leaves.length === commitment.count &&
      (await findRoot(leaves, tell)) === commitment.root &&
      hex(await sha256(salt)) === commitment.salt_digest;
    const ranked = right ? tickets.map((ticket, place) => [ticket, place]).sort((a, b) => compare(a[0], b[0])) : [];
    const agree = receipt.drawn.every((one, place) => right && hex(leaves[ranked[place][1]]) === one.leaf);
    return { receipt, salt, right: right && agree, ranks: new Map(ranked.map(([, place], rank) => [hex(leaves[place]), rank])) };
  };
  const find = async (code) => {
    loaded = loaded || (await load());
    if (!loaded.right) return say("wrong");
    const rank = loaded.ranks.get(hex(await sha256(byte(0), loaded.salt, utf8.encode(code))));
    if (rank === undefined) return say("unknown");
    const one = loaded.receipt.drawn[rank];
    const values = { rank: number.format(rank + 1), count: number.format(loaded.ranks.size), place: one && one.place };
    return say(one ? (one.place === null ? "reserve" : "winner") : "loser", values);
  };
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!window.crypto || !crypto.subtle) return say("insecure");
    button.disabled = true;
    say("busy", { percent: 0 });
    try {
      await find(form.elements.code.value.trim());
    } catch {
      say("away");
    }
    button.disabled = false;
  });
})();
