// A chart over months, drawn for the width it has, so that its letters keep their size on a phone.

const CHART_HEIGHT = 250;
let chartWidth = 0; // measured once, and again when the window changes: to measure is to lay out
const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// The month that begins with the start of the scenario is month 1.
function monthName(pack, month) {
  const [year, first] = pack.sides[0].start.split("-").map(Number);
  const at = first - 1 + month - 1;
  return `${MONTH_NAMES[at % 12]} ${year + Math.floor(at / 12)}`;
}

function dayName(date) {
  const [year, month, day] = date.split("-").map(Number);
  return `${day} ${new Date(Date.UTC(year, month - 1, day)).toLocaleDateString("en-GB", { month: "long", timeZone: "UTC" })} ${year}`;
}

function drawFan(place, pack, fan) {
  chartWidth ||= place.clientWidth;
  const width = Math.max(280, chartWidth || 640);
  const box = { left: 52, right: width - (width < 480 ? 94 : 130), top: 8, bottom: CHART_HEIGHT - 26, letters: width < 480 ? 11 : 16 };
  const [low, high] = fan.range;
  const x = (month) => box.left + ((month - 1) / Math.max(pack.months - 1, 1)) * (box.right - box.left);
  const y = (value) => box.bottom - ((Math.max(low, Math.min(high, value)) - low) / (high - low)) * (box.bottom - box.top);
  const chart = draw("svg", { viewBox: `0 0 ${width} ${CHART_HEIGHT}`, width, height: CHART_HEIGHT, role: "img", "aria-label": describeFan(pack, fan), class: `fan tone-${fan.tone}` },
    ...drawGrid(pack, fan, box, x, y),
    ...fan.bands.map(([rows, from, to], i) => draw("path", { class: `band band-${i}`, d: bandPath(rows, from, to, x, y) })),
    fan.dashed ? draw("path", { class: `median dashed ${fan.dashed[2]}`, d: linePath(fan.dashed[0], fan.dashed[1], x, y) }) : "",
    ...fan.lines.map(([rows, at, name]) => draw("path", { class: `median ${name}`, d: linePath(rows, at, x, y) })),
    ...drawLabels(pack, fan, box, y));
  place.replaceChildren(make("figure", {}, make("figcaption", {}, fan.title), chart));
}

const known = (rows, at) => rows.map((row, i) => [i + 1, row[at]]).filter(([, value]) => Number.isFinite(value));

const linePath = (rows, at, x, y) => known(rows, at).map(([month, value], i) => `${i ? "L" : "M"}${x(month).toFixed(1)} ${y(value).toFixed(1)}`).join("");

function bandPath(rows, from, to, x, y) {
  const back = known(rows, from).map(([month, value]) => `L${x(month).toFixed(1)} ${y(value).toFixed(1)}`).reverse().join("");
  return `${linePath(rows, to, x, y)}${back}Z`;
}

function drawGrid(pack, fan, box, x, y) {
  const parts = niceTicks(...fan.range).flatMap((value) => [
    draw("line", { class: fan.zero && value === 0 ? "zero" : "grid", x1: box.left, x2: box.right, y1: y(value), y2: y(value) }),
    draw("text", { x: box.left - 6, y: y(value) + 4, "text-anchor": "end" }, fan.write(value)),
  ]);
  for (const [month, text] of yearTicks(pack, x)) {
    parts.push(draw("line", { class: "grid", x1: x(month), x2: x(month), y1: box.bottom, y2: box.bottom + 5 }));
    parts.push(draw("text", { x: x(month), y: box.bottom + 20, "text-anchor": month === 1 ? "start" : "middle" }, text));
  }
  return parts;
}

// The first month and each January that does not touch it.
function yearTicks(pack, x) {
  const ticks = [[1, monthName(pack, 1)]];
  for (let month = 2; month <= pack.months; month++) {
    const name = monthName(pack, month);
    if (name.startsWith("Jan") && x(month) > x(1) + 84) ticks.push([month, name.slice(4)]);
  }
  return ticks;
}

function niceTicks(low, high) {
  const rough = (high - low) / 6;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * unit).find((size) => size >= rough);
  const ticks = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at++) ticks.push(Number((at * step).toPrecision(6)));
  return ticks;
}

// Names at the right end, moved apart where they would touch.
function drawLabels(pack, fan, box, y) {
  const end = (rows, at) => y(rows[rows.length - 1][at]);
  const labels = [];
  if (fan.bands.length === 2) {
    labels.push([end(fan.bands[0][0], 4), "95 of 100", "faint"], [end(fan.bands[0][0], 0), "5 of 100", "faint"]);
  }
  const [rows, at, name] = fan.lines[0];
  labels.push([end(rows, at), fan.name, name]);
  if (fan.dashed) labels.push([end(fan.dashed[0], fan.dashed[1]), fan.dashedName, fan.dashed[2]]);
  spread(labels, 15, box.bottom);
  return labels.map(([at_, text, tone]) => draw("text", { class: tone, x: box.right + 6, y: at_ + 4 }, shorten(text, box.letters)));
}

const shorten = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}\u2026` : text);

function spread(labels, gap, bottom) {
  labels.sort((a, b) => a[0] - b[0]);
  for (let i = 1; i < labels.length; i++) labels[i][0] = Math.max(labels[i][0], labels[i - 1][0] + gap);
  for (let i = labels.length - 1, most = bottom + 4; i >= 0; i--, most -= gap) labels[i][0] = Math.min(labels[i][0], most);
}

function describeFan(pack, fan) {
  const [rows, at] = fan.lines[0];
  const last = rows[rows.length - 1];
  const [from, to] = fan.bands.length === 2 ? [last[0], last[4]] : [last[1], last[2]];
  return `${fan.title}. ${monthName(pack, 1)}: ${fan.write(rows[0][at])}; ${monthName(pack, pack.months)}: ${fan.write(last[at])}, ${fan.write(from)} to ${fan.write(to)}.`;
}
