// What the scenario changes in what actors choose: expected rates, which need far fewer worlds than counts.

const SHOWN_CHOICES = 8;

function buildChoices(pack) {
  const section = byId("choices-section");
  section.hidden = !pack.choices.length;
  const rows = pack.choices.map((choice) => newChoice(pack, choice));
  const many = rows.length > SHOWN_CHOICES + 2;
  const shown = many ? rows.slice(0, SHOWN_CHOICES) : rows;
  byId("choices").replaceChildren(choiceTable(pack, shown, "Expected choices"));
  if (many) byId("choices").append(make("details", {},
    make("summary", {}, `${rows.length - shown.length} more choices`),
    choiceTable(pack, rows.slice(SHOWN_CHOICES), "More choices")));
  return rows;
}

function choiceTable(pack, rows, caption) {
  const head = ["Choice", ...pack.sides.map((side) => side.title), ...(pack.sides.length > 1 ? ["Change", ""] : [])];
  return make("table", { class: "choices" },
    make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...head.map((text, i) => (text ? make("th", { scope: "col", class: i ? "n" : "" }, text) : make("td"))))),
    make("tbody", {}, ...rows.map((row) => row.element)));
}

function newChoice(pack, choice) {
  const row = { choice, cells: pack.sides.map((side) => make("td", { class: "n", "data-name": side.title })) };
  row.change = make("td", { class: "n", "data-name": "Change" });
  row.line = draw("line", { class: "whisker", y1: 9, y2: 9 });
  row.dot = draw("circle", { r: 4.5, cy: 9 });
  row.bar = make("td", { class: "bar" }, draw("svg", { viewBox: "0 0 200 18", "aria-hidden": "true" },
    draw("line", { class: "zero", x1: 100, x2: 100, y1: 0, y2: 18 }), row.line, row.dot));
  const label = make("th", { scope: "row" }, choice.label, choice.unit ? make("span", { class: "soft" }, ` ${choice.unit}`) : null);
  row.element = make("tr", {}, label, ...row.cells, ...(pack.sides.length > 1 ? [row.change, row.bar] : []));
  return row;
}

function showChoice(pack, row, view) {
  const worlds = recordedOf(row.choice, view.worlds);
  const means = pack.sides.map((_, side) => meanRate(row.choice, side, worlds));
  means.forEach((mean, side) => say(row.cells[side], writeRate(row.choice, mean)));
  if (pack.sides.length === 1) return;
  const [value, low, high] = relativeChange(row.choice, means[0], means[view.other], view.other, worlds);
  const none = !(low > 0 || high < 0);
  say(row.change, Number.isFinite(value) ? (none && value !== 0 ? `unclear (${writePercent(value)})` : writePercent(value)) : "n/a");
  const place = (change) => 100 + Math.max(-1, Math.min(1, change || 0)) * 95;
  row.dot.setAttribute("cx", place(value));
  row.dot.setAttribute("class", none ? "none" : value > 0 ? "more" : "less");
  row.line.setAttribute("x1", place(low));
  row.line.setAttribute("x2", place(high));
}

const writeRate = ({ unit }, mean) => (unit === "chance" ? writeShare(mean) : writeNumber(mean));
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
