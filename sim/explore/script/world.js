// One world: its turning points beside those of its twin, until they diverge.

function buildWorld(pack, act) {
  byId("world-section").hidden = !pack.stories;
  const input = byId("world");
  input.min = pack.first_world;
  input.max = pack.first_world + pack.worlds - 1;
  input.addEventListener("change", () => {
    if (isWorld(pack, Number(input.value))) act.change({ world: Number(input.value) - pack.first_world });
    else showNumber(pack, act.world());
  });
  byId("another").addEventListener("click", () => act.another());
}

const showNumber = (pack, world) => (byId("world").value = world === null ? "" : world + pack.first_world);

// The turning points of a world in one scenario, in order.
function pointsOf(pack, side, world) {
  const { sentences, reasons, sides } = pack.stories;
  const story = sides[side];
  const value = (column, row) => column.raw[row] * column.scale + column.zero;
  const points = [];
  for (let row = story.starts[world]; row < story.starts[world + 1]; row++) {
    points.push({
      ...sentences[value(story.sentence, row)],
      month: value(story.month, row),
      chance: story.chance.raw[row] === story.chance.missing ? null : value(story.chance, row),
      reason: reasons[value(story.reason, row)],
    });
  }
  return points;
}

// The first row of each world, from the number of rows of each.
function startsOf({ raw, zero }) {
  const starts = new Uint32Array(raw.length + 1);
  for (let world = 0; world < raw.length; world++) starts[world + 1] = starts[world] + raw[world] + zero;
  return starts;
}

function showWorld(pack, view) {
  if (!pack.stories) return;
  const { world } = view.state;
  const place = byId("story");
  const shown = [world, view.other, world !== null && view.worlds.includes(world)].join();
  if (place.dataset.shown === shown) return;
  place.dataset.shown = shown;
  showNumber(pack, world);
  if (world === null) {
    place.replaceChildren(make("p", { class: "soft" }, "Every dot is a world: tap one, or ask for another world. Its story appears here."));
    return;
  }
  const sides = view.isPaired ? [0, view.other] : [0];
  const stories = sides.map((side) => pointsOf(pack, side, world));
  place.replaceChildren(worldHead(pack, view, world), worldFacts(pack, sides, world), storyTable(pack, sides, stories));
}

function worldHead(pack, view, world) {
  const left = view.worlds.includes(world) ? "" : " It is not among the worlds left.";
  return make("p", {}, `World ${world + pack.first_world} in ${view.isPaired ? "both scenarios, with the same numbers and random draws" : pack.sides[0].title}.${left}`);
}

// What came of it, in each scenario: the headlines that happened.
function worldFacts(pack, sides, world) {
  return make("ul", { class: "facts" }, ...sides.map((side) => {
    const found = pack.outcomes.filter((one) => one.kind === "yes" && one.headline && one.values.row(side)[world]).map((one) => one.short);
    return make("li", {}, make("strong", { class: side ? "side-b" : "side-a" }, pack.sides[side].title), `: ${found.join("; ") || "none of the outcomes above"}`);
  }));
}

const sameAs = (a) => (b) => a.month === b.month && a.text === b.text;

// The first month in which one scenario has a turning point that the other lacks; what follows from the calendar does not count.
function divergenceMonth(stories) {
  if (stories.length < 2) return null;
  const lone = (own, other) => own.filter((point) => !point.calendar && !other.some(sameAs(point)));
  const months = [...lone(stories[0], stories[1]), ...lone(stories[1], stories[0])].map((point) => point.month);
  return months.length ? Math.min(...months) : null;
}

function storyTable(pack, sides, stories) {
  const divergence = divergenceMonth(stories);
  const months = [...new Set(stories.flat().map((point) => point.month))].sort((a, b) => a - b);
  const rows = months.flatMap((month) => [
    month === divergence ? make("tr", { class: "divergence" }, make("th", { colspan: sides.length + 1, scope: "colgroup" }, "Here the two histories diverge.")) : null,
    storyRow(pack, sides, stories, month),
  ]).filter(Boolean);
  const end = stories.length > 1 && divergence === null ? make("p", {}, "The two histories have the same turning points.") : null;
  const head = make("tr", {}, make("th", { scope: "col" }, "Month"), ...sides.map((side) => make("th", { scope: "col", class: side ? "side-b" : "side-a" }, pack.sides[side].title)));
  return make("div", {}, make("table", { class: "story" }, make("caption", {}, "Turning points"), make("thead", {}, head), make("tbody", {}, ...rows)), end);
}

function storyRow(pack, sides, stories, month) {
  const own = stories.map((story) => story.filter((point) => point.month === month));
  const shared = own.length > 1 ? own[0].filter((point) => own[1].some(sameAs(point))) : [];
  const isShared = own.length > 1 && shared.length === own[0].length && shared.length === own[1].length;
  const cells = isShared
    ? [make("td", { colspan: 2, class: "shared" }, ...own[0].map((point) => sayPoint(point)))]
    : own.map((points, i) => make("td", { class: sides[i] ? "side-b" : "side-a", "data-name": pack.sides[sides[i]].title }, ...points.map((point) => sayPoint(point, shared.includes(point)))));
  return make("tr", {}, make("th", { scope: "row" }, monthName(pack, month)), ...cells);
}

function sayPoint({ text, chance, reason }) {
  const why = [chance === null ? "" : `chance that month ${writeShare(chance)}`, reason && `main reason: ${reason}`].filter(Boolean).join("; ");
  return make("p", {}, text, why ? make("span", { class: "soft" }, ` (${why})`) : null);
}
