// What the scenario changes in what actors choose: expected rates, which need far fewer worlds than counts.

const ROLES = [
  ["adversary", "Deterred? Rivals challenge a member of the treaty"],
  ["member", "Emboldened? A member challenges its rivals"],
  ["ally", "Committed? A member helps another that is attacked"],
  ["other", "Others"],
];
const UNITS = { "a year": "times a year", chance: "chance, if it came to that" };
const SCALES = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

function buildChoices(pack) {
  byId("choices-section").hidden = !pack.choices.length;
  const groups = {};
  for (const choice of pack.choices) (groups[captionOf(choice)] ??= []).push(choice);
  const scales = {};
  for (const unit of Object.keys(UNITS)) scales[unit] = scaleOf(pack, pack.choices.filter((choice) => choice.unit === unit));
  const built = Object.entries(groups).map(([caption, choices]) => {
    const scale = scales[choices[0].unit];
    const rows = choices.map((choice) => newChoice(pack, choice, scale));
    return { rows, table: choiceTable(pack, rows, caption, scale) };
  });
  byId("choices").replaceChildren(...built.map(({ table }) => table));
  return built.flatMap(({ rows }) => rows);
}

function captionOf({ pairs, unit }) {
  const role = ROLES.find(([name]) => name === pairs[0]?.role);
  return `${role ? role[1] : "What is chosen"}, ${UNITS[unit] ?? unit}`;
}

// Through whom a rate changes, over all worlds.
function explainChoice(pack, { pairs }) {
  const lines = pairs.filter(({ via }) => via.length).map(({ via }, i) => {
    const parts = via.map(({ share, label }) => `${writeShare(share)} through ${label}`);
    return `Over all worlds, of the difference from ${pack.sides[i + 1].title}: ${parts.join("; ")}.`;
  });
  return [...lines, "Parts add up to 100%; one may exceed it where another works against it. The smallest are left out."];
}

// The end of the axis of changes: the smallest of a few that holds most changes over all worlds.
function scaleOf(pack, choices) {
  if (pack.sides.length === 1) return 1;
  const most = choices.flatMap((choice) => {
    const worlds = recordedOf(choice, pack.everywhere);
    return pack.sides.slice(1).map((_, i) => Math.abs(changeOf(choice, meanRate(choice, 0, worlds), meanRate(choice, i + 1, worlds), i + 1, worlds)[0]));
  }).filter(Number.isFinite);
  return SCALES.find((scale) => scale >= Math.max(0, ...most) * 1.2) ?? SCALES[SCALES.length - 1];
}

function choiceTable(pack, rows, caption, scale) {
  const [{ choice }] = rows;
  const paired = pack.sides.length > 1;
  const head = ["Choice", ...pack.sides.map((side) => side.title), ...(paired ? ["Change"] : [])];
  const axis = paired ? make("th", { scope: "col", class: "scale" }, make("span", { class: "axis" }, make("span", {}, writeChangeOf(choice, -scale)), make("span", {}, writeChangeOf(choice, scale)))) : "";
  return make("table", { class: "choices" },
    make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...head.map((text, i) => make("th", { scope: "col", class: i ? "n" : "" }, text)), axis)),
    make("tbody", {}, ...rows.map((row) => row.element)));
}

function showChoices(pack, rows, view) {
  if (!rows.length) return;
  const recorded = rows[0].choice.values.shape[1];
  say(byId("choices-note"), recorded < pack.worlds
    ? `Recorded in the first ${writeCount(recorded)} worlds, of which ${writeCount(recordedOf(rows[0].choice, view.worlds).length)} are left.` : "");
  for (const row of rows) showChoice(pack, row, view);
}

function newChoice(pack, choice, scale) {
  const row = { choice, scale, cells: pack.sides.map((side) => make("td", { class: "n", "data-name": side.title })) };
  row.change = make("td", { class: "n", "data-name": "Change" });
  row.line = draw("line", { class: "whisker", y1: 9, y2: 9 });
  row.dot = draw("circle", { r: 4.5, cy: 9 });
  row.bar = make("td", { class: "scale" }, draw("svg", { viewBox: "0 0 200 18", "aria-hidden": "true" },
    draw("line", { class: "zero", x1: 100, x2: 100, y1: 0, y2: 18 }), row.line, row.dot));
  const label = make("th", { scope: "row" }, choice.pairs.some(({ via }) => via?.length) ? term(choice.label, () => explainChoice(pack, choice)) : choice.label);
  row.element = make("tr", {}, label, ...row.cells, ...(pack.sides.length > 1 ? [row.change, row.bar] : []));
  return row;
}

function showChoice(pack, row, view) {
  const worlds = recordedOf(row.choice, view.worlds);
  const means = pack.sides.map((_, side) => meanRate(row.choice, side, worlds));
  means.forEach((mean, side) => say(row.cells[side], writeRate(row.choice, mean)));
  if (pack.sides.length === 1) return;
  const [value, low, high] = changeOf(row.choice, means[0], means[view.other], view.other, worlds);
  const none = !(low > 0 || high < 0);
  say(row.change, Number.isFinite(value) ? `${none && value !== 0 ? "unclear, " : ""}${writeChangeOf(row.choice, value)}` : "n/a");
  const place = (change) => 100 + Math.max(-1, Math.min(1, (change || 0) / row.scale)) * 95;
  mark(row.dot, "cx", place(value).toFixed(1));
  mark(row.dot, "class", none ? "none" : value > 0 ? "more" : "less");
  mark(row.line, "x1", place(low).toFixed(1));
  mark(row.line, "x2", place(high).toFixed(1));
}

const writeRate = ({ unit }, mean) => (unit === "chance" ? writeShare(mean) : Number.isFinite(mean) ? exactlyThree.format(mean) : "n/a");
const writePercent = (change) => `${signed(Math.abs(change) < 0.0995 ? (change * 100).toFixed(1) : (change * 100).toFixed(0), change)}%`;

// Choices are recorded in the first worlds only; the worlds left are in order of their numbers.
function recordedOf({ values }, worlds) {
  const recorded = values.shape[1];
  let count = worlds.length;
  while (count > 0 && worlds[count - 1] >= recorded) count--;
  return worlds.subarray(0, count);
}

function meanRate({ values: { row, scale, zero } }, side, worlds) {
  const rates = row(side);
  let sum = 0;
  for (let i = 0; i < worlds.length; i++) sum += rates[worlds[i]];
  return (sum / worlds.length) * scale + zero;
}

// Of a rate the change in per cent, of a chance that in points, with its interval.
const changeOf = (choice, ...rest) => (choice.unit === "chance" ? absoluteChange : relativeChange)(choice, ...rest);
const writeChangeOf = ({ unit }, change) => (unit === "chance" ? `${writePoints(change, 0)} pts` : writePercent(change));

function absoluteChange({ values: { row, scale } }, mean, base, other, worlds) {
  const a = row(0), b = row(other);
  let sum = 0, squares = 0;
  for (let i = 0; i < worlds.length; i++) {
    const apart = (a[worlds[i]] - b[worlds[i]]) * scale;
    sum += apart;
    squares += apart * apart;
  }
  return meanInterval(sum, squares, worlds.length);
}

// The ratio of two means over the same worlds less one, with its interval by linearisation.
function relativeChange({ values: { row, scale, zero } }, mean, base, other, worlds) {
  const a = row(0), b = row(other), ratio = mean / base, n = worlds.length;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const rest = (a[worlds[i]] - ratio * b[worlds[i]]) * scale + zero * (1 - ratio);
    squares += rest * rest;
  }
  const half = (Z * Math.sqrt(squares / Math.max(n - 1, 1) / n)) / base;
  return [ratio - 1, ratio - 1 - half, ratio - 1 + half];
}
