// Icon arrays: every dot stands for one world left. A dot is a line of no length with a round end, so that a
// thousand of them are four paths.

const DOT_HEIGHT = 5; // a picture is this high, and four times as wide

const grids = {}; // by number of dots

const grid = (dots) => (grids[dots] ??= newGrid(dots));

function newGrid(dots) {
  const columns = dots === 100 ? 20 : 50;
  const step = (DOT_HEIGHT * 4) / columns;
  const places = [];
  for (let i = 0; i < dots; i++) places.push([(i % columns + 0.5) * step, (Math.floor(i / columns) + 0.5) * step]);
  return { places, size: step * 0.8 };
}

// A place keeps what draws it.
const pieceOf = (place) => (place.piece ??= `M${place[0].toFixed(2)} ${place[1].toFixed(2)}h0`);
const pathOf = (places) => places.map(pieceOf).join("");

// Shares dots out by the largest remainder, so that they always add up.
function shareOut(counts, dots) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (!all) return counts.map(() => 0);
  const exact = counts.map((count) => (count / all) * dots);
  const given = exact.map(Math.floor);
  const order = exact.map((value, i) => [value - given[i], i]).sort((a, b) => b[0] - a[0]);
  let rest = dots - given.reduce((sum, count) => sum + count, 0);
  for (const [, i] of order) if (rest-- > 0) given[i]++;
  return given;
}

// A picture of dots; `touched` is told the number of the dot within its class, and how many the class has.
function dotPicture(classes, touched) {
  const paths = classes.map((name) => draw("path", { class: `dots ${name}` }));
  const picture = draw("svg", { viewBox: `0 0 ${DOT_HEIGHT * 4} ${DOT_HEIGHT}`, role: "img", class: "picture" }, ...paths);
  const shown = { picture, paths, groups: [], size: 0 };
  picture.addEventListener("click", (event) => touchDot(shown, event, touched));
  return shown;
}

function showDots(shown, groups, size, label) {
  shown.groups = groups;
  shown.size = size;
  mark(shown.picture, "aria-label", label);
  shown.paths.forEach((path, i) => {
    mark(path, "d", pathOf(groups[i] || []));
    mark(path, "stroke-width", size.toFixed(3));
  });
}

function touchDot(shown, event, touched) {
  const box = shown.picture.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * DOT_HEIGHT * 4;
  const y = ((event.clientY - box.top) / box.height) * DOT_HEIGHT;
  let nearest = null, least = shown.size * shown.size;
  shown.groups.forEach((group, kind) => group.forEach(([dotX, dotY], at) => {
    const distance = (dotX - x) ** 2 + (dotY - y) ** 2;
    if (distance < least) [nearest, least] = [{ kind, at, of: group.length }, distance];
  }));
  if (nearest) touched(nearest);
}

// Dots for an amount: a column for each step of its range, as full as worlds are many. In a column the dots
// stand in as many files as it takes for the fullest to hold its dots.
function piles(counts, dots) {
  const heights = shareOut(counts, dots);
  const across = (DOT_HEIGHT * 4) / counts.length;
  const { files, step } = fit(Math.max(...heights), across * 0.92);
  const places = [];
  heights.forEach((height, column) => {
    const left = (column + 0.5) * across - (files * step) / 2;
    for (let i = 0; i < height; i++) places.push([left + (i % files + 0.5) * step, DOT_HEIGHT - (Math.floor(i / files) + 0.5) * step, column, i, height]);
  });
  return { places, size: step * 0.85 };
}

// The largest dots of which a column of this width holds so many.
function fit(most, width) {
  for (let step = Math.min(width, DOT_HEIGHT / 4); ; step *= 0.97) {
    const files = Math.floor(width / step + 1e-9);
    if (files * Math.floor(DOT_HEIGHT / step + 1e-9) >= most) return { files, step };
  }
}
