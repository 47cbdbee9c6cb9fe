// What the worlds left have in common: assumptions they favour, and outcomes that are commoner among them.

// Twelve assumptions are looked at, so that one alone must be clearer: 5% over all of them.
const CLEAR = 2.87;

function showCommon(pack, view) {
  const isAll = view.worlds.length === pack.worlds;
  byId("common-section").hidden = isAll || !view.worlds.length;
  if (isAll || !view.worlds.length) return;
  const favoured = pack.assumptions.map((assumption) => shiftOf(pack, assumption, view)).filter((one) => Math.abs(one.score) > CLEAR && !one.isHeld);
  favoured.sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
  byId("favoured").replaceChildren(...(favoured.length ? favoured.slice(0, 4).map(sayShift) : [make("li", {}, "No other assumption stands out.")]));
  const outcomes = commonOutcomes(pack, view).slice(0, 4);
  byId("commoner").replaceChildren(...(outcomes.length ? outcomes : [make("li", {}, "No outcome is clearly commoner or rarer.")]));
}

// How far the mean quantile of the worlds left lies from the middle, in standard errors of a sample from all.
function shiftOf(pack, assumption, view) {
  const steps = assumption.quantile.raw, left = view.worlds.length;
  let sum = 0;
  for (let i = 0; i < left; i++) sum += steps[view.worlds[i]];
  assumption.middle ??= steps.reduce((all, step) => all + step, 0) / steps.length;
  const shift = (sum / left - assumption.middle) / 255;
  const error = Math.sqrt((1 / 12 / left) * (1 - left / pack.worlds));
  return { assumption, shift, score: shift / error, isHeld: assumption.key in view.state.thirds };
}

function sayShift({ assumption, shift }) {
  return make("li", {}, `${nameOf(assumption)}: ${shift > 0 ? "higher" : "lower"} than usual `,
    make("span", { class: "soft" }, `(${signed((shift * Math.sqrt(12)).toFixed(1), shift)} standard deviations)`));
}

// Without what is so in all worlds left or in none: that is mostly what was supposed.
function commonOutcomes(pack, view) {
  const everywhere = pack.everywhere;
  const found = pack.outcomes.filter((one) => one.headline && one.kind === "yes" && !isHidden(view.state, one)).map((outcome) => {
    const left = countShown(pack, outcome, view.side, view), all = (outcome.overall ??= pack.sides.map((_, side) => countSide(pack, outcome, side, everywhere)))[view.side];
    return { outcome, left: left.interval, all: all.interval };
  }).filter(({ left, all }) => left[0] > 0 && left[0] < 1 && (all[0] < left[1] || all[0] > left[2]));
  found.sort((a, b) => Math.abs(b.left[0] - b.all[0]) - Math.abs(a.left[0] - a.all[0]));
  return found.map(({ outcome, left, all }) => make("li", {}, `${outcome.short}: ${writeShare(left[0])} `, make("span", { class: "soft" }, `(of all worlds ${writeShare(all[0])})`)));
}
