// Month by month: the spread of one series over the worlds left, and the difference as its own fan.

const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];
const SERIES_STEPS = 256;

function buildFans(pack, act) {
  byId("fans-section").hidden = !pack.series.length;
  const select = byId("series");
  select.replaceChildren(...pack.series.map((series) => make("option", { value: series.name }, series.label)));
  select.addEventListener("change", () => act.change({ series: select.value }));
}

// The quantiles of each month, [month][quantile], of one scenario or of the difference of two. They are counted
// world by world, as they lie in memory: month by month takes several times as long.
function monthlyQuantiles(pack, series, first, second, worlds) {
  const { scale, zero } = series.values;
  const shift = second === null ? 0 : SERIES_STEPS - 1, width = SERIES_STEPS + shift;
  const counts = second === null ? countSteps(pack, series, first, worlds) : countStepsApart(pack, series, second, worlds);
  return Array.from({ length: pack.months }, (_, month) => quantilesOf(counts.subarray(month * width, (month + 1) * width))
    .map((step) => (step - shift) * scale + (second === null ? zero : 0)));
}

function countSteps({ months }, series, side, worlds) {
  const values = series.values.row(side), { missing } = series.values;
  const counts = new Uint32Array(months * SERIES_STEPS);
  for (let i = 0; i < worlds.length; i++) {
    for (let at = worlds[i] * months, base = 0; base < counts.length; at++, base += SERIES_STEPS) counts[base + values[at]]++;
  }
  if (missing !== null) for (let base = 0; base < counts.length; base += SERIES_STEPS) counts[base + missing] = 0;
  return counts;
}

function countStepsApart({ months }, series, second, worlds) {
  const a = series.values.row(0), b = series.values.row(second), { missing } = series.values;
  const width = 2 * SERIES_STEPS - 1;
  const counts = new Uint32Array(months * width);
  for (let i = 0; i < worlds.length; i++) {
    for (let at = worlds[i] * months, base = SERIES_STEPS - 1; base < counts.length; at++, base += width) {
      if (a[at] !== missing && b[at] !== missing) counts[base + a[at] - b[at]]++;
    }
  }
  return counts;
}

function quantilesOf(counts) {
  let all = 0;
  for (let step = 0; step < counts.length; step++) all += counts[step];
  if (!all) return QUANTILES.map(() => NaN);
  const found = [];
  for (let step = 0, sum = 0; step < counts.length && found.length < QUANTILES.length; step++) {
    sum += counts[step];
    while (found.length < QUANTILES.length && sum >= QUANTILES[found.length] * all && sum > 0) found.push(step);
  }
  return found;
}

// The share of worlds above zero, [month][share, low, high]; where most worlds are at zero a median says nothing.
function monthlyShares(pack, series, side, worlds) {
  const values = series.values.row(side), { months } = pack;
  const counts = new Uint32Array(months);
  for (let i = 0; i < worlds.length; i++) {
    const start = worlds[i] * months;
    for (let month = 0; month < months; month++) if (values[start + month]) counts[month]++;
  }
  return Array.from(counts, (count) => wilson(count, worlds.length));
}

function sharesApart(pack, series, second, worlds) {
  const a = series.values.row(0), b = series.values.row(second), { months } = pack;
  const added = new Uint32Array(months), averted = new Uint32Array(months);
  for (let i = 0; i < worlds.length; i++) {
    const start = worlds[i] * months;
    for (let month = 0; month < months; month++) {
      const first = a[start + month] > 0, other = b[start + month] > 0;
      if (first && !other) added[month]++;
      else if (other && !first) averted[month]++;
    }
  }
  return Array.from(added, (count, month) => tango(count, averted[month], worlds.length));
}

// Fixed once for each series, so that a picture does not jump while assumptions are moved.
function frameOf(pack, series) {
  const everywhere = Uint32Array.from({ length: pack.worlds }, (_, world) => world);
  const spreads = pack.sides.map((_, side) => monthlyQuantiles(pack, series, side, null, everywhere));
  const isRare = series.values.zero === 0 && spreads.every((spread) => spread.filter(([, , median]) => median > 0).length < pack.months / 2);
  const ends = (spread) => spread.filter((q) => q[0] === q[0]).reduce(([low, high], q) => [Math.min(low, q[0]), Math.max(high, q[4])], [Infinity, -Infinity]);
  const own = spreads.map(ends);
  const apart = pack.sides.slice(1).map((_, i) => ends(monthlyQuantiles(pack, series, 0, i + 1, everywhere)));
  const reach = (pairs) => [Math.min(...pairs.map((pair) => pair[0])), Math.max(...pairs.map((pair) => pair[1]))];
  return { isRare, own: roomy(reach(own)), apart: apart.length ? roomy(reach([...apart, [0, 0]])) : null };
}

function roomy([low, high]) {
  const room = Math.max((high - low) * 0.1, 1e-6);
  return [low >= 0 && low - room < 0 ? 0 : low - room, high + room];
}

function showFans(pack, view) {
  const series = pack.series.find((one) => one.name === view.state.series);
  if (!series) return;
  series.frame ??= frameOf(pack, series);
  byId("series").value = series.name;
  say(byId("takeaway"), view.worlds.length ? describeEnd(pack, series, view) : "No world is left.");
  say(byId("fan-note"), series.frame.isRare ? "Shaded: the 95% interval of the share." : "Shaded: the middle half of the worlds, and nine in ten. The line has half of them below it.");
  if (view.worlds.length) (series.frame.isRare ? showShares : showSpread)(pack, series, view);
  else for (const place of ["fan", "fan-difference"]) byId(place).replaceChildren();
}

// What the last month says: the middle world, and in how many pairs it is higher or lower.
function describeEnd(pack, series, view) {
  const month = pack.months - 1, when = monthName(pack, pack.months);
  if (!view.isPaired) {
    const middle = monthlyQuantiles(pack, series, 0, null, view.worlds)[month][2];
    return `In ${when} half of worlds lie below ${writeNumber(middle)}.`;
  }
  const [more, less, all] = comparePairs(pack, series, view, month);
  const first = pack.sides[0].title, second = pack.sides[view.other].title;
  if (more + less === 0) return `In ${when} ${first} and ${second} are the same in every pair.`;
  return `In ${when}: higher with ${first} in ${writeShare(more / all)} of pairs, lower in ${writeShare(less / all)}, the same in ${writeShare((all - more - less) / all)}.`;
}

function comparePairs(pack, series, view, month) {
  const a = series.values.row(0), b = series.values.row(view.other);
  let more = 0, less = 0, all = 0;
  for (let i = 0; i < view.worlds.length; i++) {
    const at = view.worlds[i] * pack.months + month;
    if (a[at] === series.values.missing || b[at] === series.values.missing) continue;
    all++;
    if (a[at] > b[at]) more++;
    else if (a[at] < b[at]) less++;
  }
  return [more, less, all];
}

function showSpread(pack, series, view) {
  const { frame } = series;
  const title = `${series.label}${series.unit ? ` (${series.unit})` : ""}`;
  const own = monthlyQuantiles(pack, series, view.side, null, view.worlds);
  const twin = view.isPaired ? monthlyQuantiles(pack, series, view.side === 0 ? view.other : 0, null, view.worlds) : null;
  const other = view.side === 0 ? view.other : 0;
  drawFan(byId("fan"), pack, {
    title: `${title}: ${pack.sides[view.side].title}`, range: frame.own, bands: [[own, 0, 4], [own, 1, 3]],
    lines: [[own, 2, `side-${view.side ? "b" : "a"}`]], dashed: twin && [twin, 2, `side-${other ? "b" : "a"}`],
    tone: view.side ? "b" : "a", name: pack.sides[view.side].title, dashedName: twin && pack.sides[other].title, write: writeNumber,
  });
  if (!view.isPaired) return byId("fan-difference").replaceChildren();
  const apart = monthlyQuantiles(pack, series, 0, view.other, view.worlds);
  if (apart.every((q) => q[0] === 0 && q[4] === 0)) return sayNoDifference(pack, view);
  drawFan(byId("fan-difference"), pack, {
    title: `The difference: ${pack.sides[0].title} minus ${pack.sides[view.other].title}`, range: frame.apart,
    bands: [[apart, 0, 4], [apart, 1, 3]], lines: [[apart, 2, "side-d"]], tone: "d", name: "50 of 100", zero: true, write: writeChange,
  });
}

function showShares(pack, series, view) {
  const own = monthlyShares(pack, series, view.side, view.worlds);
  const other = view.side === 0 ? view.other : 0;
  const twin = view.isPaired ? monthlyShares(pack, series, other, view.worlds) : null;
  drawFan(byId("fan"), pack, {
    title: `${series.label}, any at all: share of worlds`, range: [0, 1], bands: [[own, 1, 2]], lines: [[own, 0, `side-${view.side ? "b" : "a"}`]],
    dashed: twin && [twin, 0, `side-${other ? "b" : "a"}`], tone: view.side ? "b" : "a", name: pack.sides[view.side].title,
    dashedName: twin && pack.sides[other].title, write: writeShare,
  });
  if (!view.isPaired) return byId("fan-difference").replaceChildren();
  const apart = sharesApart(pack, series, view.other, view.worlds);
  if (apart.every((d) => d[0] === 0)) return sayNoDifference(pack, view);
  drawFan(byId("fan-difference"), pack, {
    title: `The difference in points: ${pack.sides[0].title} minus ${pack.sides[view.other].title}`, range: [Math.min(0, ...apart.map((d) => d[1])), Math.max(0.02, ...apart.map((d) => d[2]))],
    bands: [[apart, 1, 2]], lines: [[apart, 0, "side-d"]], tone: "d", name: "difference", zero: true, write: (value) => writePoints(value),
  });
}

function sayNoDifference(pack, view) {
  byId("fan-difference").replaceChildren(make("p", { class: "finding" },
    `No difference: in at least nine of ten worlds ${pack.sides[0].title} and ${pack.sides[view.other].title} are the same in every month.`));
}
