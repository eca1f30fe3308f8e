// A draw from the guide's page alone ("A draw that anybody can check"), sharing no line with Twinsite.
// Runs wherever Web Crypto is: a browser, Node, Deno. Gives the ranks, and all hashes on the way.
async ({ codes, salt, commitment, seed }) => {
  const text = (value) => new TextEncoder().encode(value);
  const fromHex = (value) => new Uint8Array(value.length / 2).map((_, i) => parseInt(value.substr(i * 2, 2), 16));
  const toHex = (value) => [...value].map((one) => ("0" + one.toString(16)).slice(-2)).join("");
  const sha256 = async (...parts) => {
    const bytes = await new Blob(parts).arrayBuffer();
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  };
  const root = async (leaves) => {
    if (leaves.length === 1) return leaves[0];
    let k = 1;
    while (k * 2 < leaves.length) k *= 2;
    return sha256(new Uint8Array([1]), await root(leaves.slice(0, k)), await root(leaves.slice(k)));
  };
  const order = (value) => {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(order);
    return Object.fromEntries(Object.entries(value).sort().map(([name, one]) => [name, order(one)]));
  };
  const codeOf = {};
  for (const code of codes) codeOf[toHex(await sha256(new Uint8Array([0]), fromHex(salt), text(code)))] = code;
  const leaves = Object.keys(codeOf).sort();
  const fingerprint = await sha256(text(JSON.stringify(order(commitment))));
  const key = await sha256(new Uint8Array([2]), fingerprint, text(seed));
  const tickets = [];
  for (const leaf of leaves) tickets.push([toHex(await sha256(new Uint8Array([3]), key, fromHex(leaf))), leaf]);
  return {
    leaves,
    root: toHex(await root(leaves.map(fromHex))),
    saltDigest: toHex(await sha256(fromHex(salt))),
    fingerprint: toHex(fingerprint),
    key: toHex(key),
    ranks: tickets.sort().map(([, leaf]) => codeOf[leaf]),
  };
};
