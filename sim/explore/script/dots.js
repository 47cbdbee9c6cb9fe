// Icon arrays: every dot stands for one world left. A dot is a line of no length with a round end, so that a
// thousand of them are four paths.

const DOT_HEIGHT = 5; // a picture is this high, and four times as wide

function grid(dots) {
  const columns = dots === 100 ? 20 : 50;
  const step = (DOT_HEIGHT * 4) / columns;
  const places = [];
  for (let i = 0; i < dots; i++) places.push([(i % columns + 0.5) * step, (Math.floor(i / columns) + 0.5) * step]);
  return { places, size: step * 0.8 };
}

const pathOf = (places) => places.map(([x, y]) => `M${x.toFixed(2)} ${y.toFixed(2)}h0`).join("");

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
  shown.picture.setAttribute("aria-label", label);
  shown.paths.forEach((path, i) => {
    path.setAttribute("d", pathOf(groups[i] || []));
    path.setAttribute("stroke-width", size.toFixed(3));
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

// Dots for an amount: one column for each step of its range, as high as worlds are many.
function piles(counts, dots) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const heights = shareOut(counts, all ? dots : 0);
  const across = (DOT_HEIGHT * 4) / counts.length;
  const up = Math.min(across, DOT_HEIGHT / Math.max(1, ...heights));
  const places = [];
  heights.forEach((height, column) => {
    for (let i = 0; i < height; i++) places.push([(column + 0.5) * across, DOT_HEIGHT - (i + 0.5) * up, column, i, height]);
  });
  return { places, size: Math.min(across, Math.max(up, across * 0.4)) * 0.85 };
}
