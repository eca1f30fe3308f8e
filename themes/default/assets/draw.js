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
  // Lists of hashes lie in one array, 32 bytes each: a million of them fit into a phone.
  const at = (list, place) => list.subarray(place * 32, place * 32 + 32);
  const compare = (one, other) => {
    for (let place = 0; place < 32; place++) if (one[place] !== other[place]) return one[place] - other[place];
    return 0;
  };
  // Many hashes, some thousand at a time, so that the page stays alive.
  const fill = async (list, count, make, tell) => {
    for (let start = 0; start < count; start += 4096) {
      const places = Array.from({ length: Math.min(4096, count - start) }, (_, more) => start + more);
      const made = await Promise.all(places.map(make));
      made.forEach((hash, more) => list.set(hash, (start + more) * 32));
      tell(made.length);
      await new Promise((go) => setTimeout(go));
    }
  };
  // Pairs from the left, one that is left over goes up as it is: the tree of RFC 6962.
  const findRoot = async (leaves, tell) => {
    const nodes = leaves.slice();
    let count = nodes.length / 32;
    while (count > 1) {
      const pairs = count >> 1;
      await fill(nodes, pairs, (pair) => sha256(byte(1), nodes.subarray(pair * 64, pair * 64 + 64)), tell);
      if (count % 2) nodes.copyWithin(pairs * 32, (count - 1) * 32, count * 32);
      count = pairs + (count % 2);
    }
    return hex(at(nodes, 0));
  };
  const isSorted = (list) => {
    for (let place = 1; place < list.length / 32; place++) if (compare(at(list, place - 1), at(list, place)) >= 0) return false;
    return list.length % 32 === 0;
  };
  const findLeaf = (list, leaf) => {
    let [low, high] = [0, list.length / 32];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(at(list, middle), leaf) < 0) low = middle + 1;
      else high = middle;
    }
    return low < list.length / 32 && compare(at(list, low), leaf) === 0 ? low : -1;
  };
  const findRank = (tickets, ticket) => {
    let rank = 0;
    for (let place = 0; place < tickets.length / 32; place++) if (compare(at(tickets, place), ticket) < 0) rank++;
    return rank;
  };
  const get = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(response.status);
    return response;
  };
  const load = async () => {
    const [first, second] = await Promise.all([get(form.dataset.draw), get(form.dataset.leaves)]);
    const receipt = await first.json();
    const leaves = new Uint8Array(await second.arrayBuffer());
    const { commitment, drawn } = receipt;
    const count = leaves.length / 32;
    const salt = unhex(receipt.salt);
    if (count !== commitment.count || !isSorted(leaves) || hex(await sha256(salt)) !== commitment.salt_digest) return {};
    let done = 0;
    const tell = (more) => {
      done += more;
      say("busy", { percent: Math.min(99, Math.floor((done * 50) / count)) });
    };
    const key = await sha256(byte(2), await sha256(utf8.encode(canonical(commitment))), utf8.encode(receipt.seed));
    const tickets = new Uint8Array(leaves.length);
    await fill(tickets, count, (place) => sha256(byte(3), key, at(leaves, place)), tell);
    // Those that were drawn are in order, and nobody else comes before the last of them.
    const places = drawn.map((one) => findLeaf(leaves, unhex(one.leaf)));
    const agree =
      places.every((place, rank) => {
        if (place < 0 || drawn[rank].rank !== rank + 1) return false;
        return !rank || compare(at(tickets, places[rank - 1]), at(tickets, place)) < 0;
      }) && findRank(tickets, at(tickets, places[places.length - 1])) === places.length - 1;
    return { receipt, salt, leaves, tickets, right: agree && (await findRoot(leaves, tell)) === commitment.root };
  };
  const find = async (code) => {
    loaded = loaded || (await load());
    if (!loaded.right) return say("wrong");
    const { leaves, tickets, receipt } = loaded;
    const place = findLeaf(leaves, await sha256(byte(0), loaded.salt, utf8.encode(code)));
    if (place < 0) return say("unknown");
    const rank = findRank(tickets, at(tickets, place));
    const one = receipt.drawn[rank];
    const values = { rank: number.format(rank + 1), count: number.format(leaves.length / 32), place: one && one.place };
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
