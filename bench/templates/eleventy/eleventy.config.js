// The same site as the other generators of the comparison make.
const months = "January February March April May June July August September October November December".split(" ");
const records = new Map();

export default function (config) {
  config.setQuietMode(true);
  config.addPassthroughCopy({ "static": "/" });
  config.addGlobalData("site", {
    title: "Lumen & Lane",
    tagline: "Lamps for people who ride home in the dark.",
    url: "https://lumenandlane.example",
    menu: [["Contests", "/contests/"], ["Twinterns", "/twinterns/"], ["Showcases", "/showcases/"], ["Tags", "/tags/"]],
  });

  const byWeight = (one, other) => one.data.weight - other.data.weight;
  for (const section of ["contests", "twinterns", "showcases"]) {
    config.addCollection(section, (api) => api.getFilteredByGlob(`content/${section}/*.md`).sort(byWeight));
  }
  config.addCollection("newest", (api) => {
    const all = api.getFilteredByGlob("content/*/*.md");
    records.clear();
    for (const item of all) records.set(item.url, item.data);
    return all.sort((one, other) => other.date - one.date).slice(0, 20);
  });
  config.addCollection("terms", (api) => {
    const terms = new Map();
    for (const item of api.getFilteredByGlob("content/*/*.md").sort(byWeight)) {
      for (const tag of item.data.tags ?? []) {
        if (!terms.has(tag)) terms.set(tag, []);
        terms.get(tag).push(item);
      }
    }
    const order = [...terms.keys()].sort((one, other) => one.toLowerCase().localeCompare(other.toLowerCase(), "en"));
    return order.map((tag) => ({ tag, url: `/tags/${slug(tag)}/`, items: terms.get(tag) }));
  });
  // A page for each twenty records of each tag: the usual way to paginate within a pagination.
  config.addCollection("termPages", (api) => {
    const terms = new Map();
    for (const item of api.getFilteredByGlob("content/*/*.md").sort(byWeight)) {
      for (const tag of item.data.tags ?? []) {
        if (!terms.has(tag)) terms.set(tag, []);
        terms.get(tag).push(item);
      }
    }
    const pages = [];
    for (const [tag, items] of terms) {
      const count = Math.ceil(items.length / 20);
      const url = (number) => `/tags/${slug(tag)}/${number ? `page/${number + 1}/` : ""}`;
      for (let number = 0; number < count; number++) {
        pages.push({
          tag,
          url: url(number),
          items: items.slice(number * 20, number * 20 + 20),
          newer: number ? url(number - 1) : null,
          older: number + 1 < count ? url(number + 1) : null,
        });
      }
    }
    return pages;
  });

  config.addFilter("day", (value) => {
    const day = new Date(value);
    return `${day.getUTCDate()} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
  });
  config.addFilter("iso", (value) => new Date(value).toISOString().slice(0, 10));
  config.addFilter("instant", (value) => new Date(value).toISOString());
  config.addFilter("step", slug);
  config.addFilter("titleAt", (url) => records.get(url)?.title);

  return {
    dir: { input: "content", includes: "../_includes", output: "public" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: false,
  };
}

function slug(tag) {
  return tag.toLowerCase().replaceAll(" ", "-");
}
