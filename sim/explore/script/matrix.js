// Who comes to whom: crises opened on purpose, one line each, one column for each actor.

const AID = { materiel: "arms and supplies", troops: "deniable troops", war: "open war" };

function buildMatrix(pack) {
  const { stress } = pack;
  byId("stress-section").hidden = !stress;
  if (!stress) return null;
  say(byId("stress-note"), `Each crisis is opened in ${writeCount(stress.worlds)} worlds and followed for ${stress.months} months. What is supposed above does not change this table.`);
  const matrix = { pack, cells: [], detail: byId("stress-detail"), picked: null };
  matrix.rows = stress.openings.map((opening, row) => make("tr", {},
    make("th", { scope: "row" }, opening.label),
    ...stress.actors.map((actor, column) => newCell(matrix, row, column))));
  matrix.caption = byId("stress-caption");
  const heads = stress.actors.map((actor) => make("th", { scope: "col" }, actor.name));
  byId("stress").replaceChildren(make("table", { class: "matrix", "aria-labelledby": "stress-caption" },
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Crisis"), ...heads)),
    make("tbody", {}, ...matrix.rows)));
  byId("stress").onkeydown = (event) => moveInMatrix(matrix, event);
  return matrix;
}

function newCell(matrix, row, column) {
  const { stress } = matrix.pack;
  const { code } = stress.actors[column];
  const opening = stress.openings[row];
  if (code === opening.attacker || code === opening.attacked) return make("td", { class: "empty" });
  const cell = { row, column, button: make("button", { type: "button", tabindex: matrix.cells.length ? -1 : 0 }) };
  cell.button.addEventListener("click", () => pickCell(matrix, cell));
  matrix.cells.push(cell);
  return make("td", {}, cell.button);
}

// Arrow keys go from cell to cell; the table is one stop for the tab key.
function moveInMatrix(matrix, event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const at = matrix.cells.find((cell) => cell.button === document.activeElement);
  if (!step || !at) return;
  event.preventDefault();
  const ahead = matrix.cells.filter((cell) => !matrix.rows[cell.row].hidden && (step[0]
    ? cell.column === at.column && Math.sign(cell.row - at.row) === step[0]
    : cell.row === at.row && Math.sign(cell.column - at.column) === step[1]));
  const next = step[0] + step[1] > 0 ? ahead[0] : ahead[ahead.length - 1];
  if (!next) return;
  at.button.tabIndex = -1;
  next.button.tabIndex = 0;
  next.button.focus();
}

// Aid by one actor to one side of a crisis: worlds of each level, of all; and pairs where it differs.
function aidOf({ stress }, cell, helped, side) {
  const levels = stress.sides[side].aid[cell.row][helped][cell.column];
  return { levels, share: 1 - levels[0] / stress.worlds };
}

function aidApart({ stress }, cell, helped, view) {
  const pair = stress.pairs[view.other - 1];
  if (!pair) return null;
  const [added, averted] = pair.aid[cell.row][helped][cell.column];
  return tango(added, averted, stress.worlds);
}

// Of aid to either side, that which is larger in this view stands in the cell.
function showMatrix(pack, matrix, view) {
  if (!matrix || (matrix.view?.state.view === view.state.view && matrix.view.other === view.other)) return;
  matrix.view = { ...view, state: { view: view.state.view } };
  for (const cell of matrix.cells) {
    const sizes = [0, 1].map((helped) => shownShare(pack, cell, helped, view));
    const helped = Math.abs(sizes[1]) > Math.abs(sizes[0]) ? 1 : 0;
    say(cell.button, writeCell(pack, cell, helped, sizes[helped], view));
    mark(cell.button, "aria-label", `${/\d/.test(cell.button.textContent) ? `${cell.button.textContent}: ` : ""}${describeCell(pack, cell, view)}`);
    cell.button.className = `cell heat-${heat(sizes[helped])} ${view.isDifference ? (sizes[helped] < 0 ? "less" : "more") : view.side ? "of-b" : "of-a"}`;
  }
  say(matrix.caption, view.isDifference
    ? `Worlds of 100 in which an actor sends any aid: ${pack.sides[0].title} minus ${pack.sides[view.other].title}. In brackets, aid for the attacker; c, by construction`
    : `${pack.sides[view.side].title}: worlds of 100 in which an actor sends any aid. In brackets, aid for the attacker`);
  foldSame(pack, matrix, view);
  if (matrix.picked) pickCell(matrix, matrix.picked);
}

// Crises in which nothing differs are named below the table: that is a finding too.
function foldSame(pack, matrix, view) {
  const same = matrix.rows.filter((row, i) => {
    row.hidden = view.isDifference && matrix.cells.every((cell) => cell.row !== i || cell.button.textContent === "\u00b7");
    return row.hidden;
  });
  say(byId("stress-same"), same.length ? `No clear difference in ${same.length} others: ${same.map((row) => row.firstChild.textContent).join("; ")}.` : "");
}

const heat = (share) => Math.min(5, Math.ceil((Math.abs(share) * 100) / 16));

// A difference that may be chance counts as none.
function shownShare(pack, cell, helped, view) {
  if (!view.isDifference) return aidOf(pack, cell, helped, view.side).share;
  const [value, low, high] = aidApart(pack, cell, helped, view);
  return low > 0 || high < 0 ? value : 0;
}

function writeCell(pack, cell, helped, share, view) {
  const text = view.isDifference ? writePoints(share, 0) : String(Math.round(share * 100));
  if (text === "0" || text === "+0") return "\u00b7";
  const rule = view.isDifference && pack.stress.pairs[view.other - 1].rules[cell.row] ? "c" : "";
  return (helped ? `(${text})` : text) + rule;
}

const helpedName = ({ stress }, cell, helped) => {
  const opening = stress.openings[cell.row];
  const code = helped ? opening.attacker : opening.attacked;
  return stress.actors.find((actor) => actor.code === code)?.name ?? code;
};

function describeCell(pack, cell, view) {
  const { stress } = pack;
  const shown = view.isDifference ? [0, view.other] : [view.side];
  return `${stress.openings[cell.row].label}: ${stress.actors[cell.column].name} sends aid to ` + [0, 1].map((helped) =>
    `${helpedName(pack, cell, helped)} ${shown.map((side) => `${pack.sides[side].title} ${writeShare(aidOf(pack, cell, helped, side).share)}`).join(", ")}`).join("; ");
}

function pickCell(matrix, cell) {
  const { pack, view } = matrix;
  const { stress } = pack;
  matrix.picked = cell;
  const rule = view.isPaired && stress.pairs[view.other - 1].rules[cell.row];
  matrix.detail.replaceChildren(
    make("p", {}, make("strong", {}, `${stress.openings[cell.row].label}: does ${stress.actors[cell.column].name} send aid?`)),
    ...[0, 1].map((helped) => describeAid(pack, cell, helped, view)),
    rule ? make("p", { class: "soft" }, `By construction, no finding: ${rule}.`) : "");
}

function describeAid(pack, cell, helped, view) {
  const shown = view.isPaired ? [0, view.other] : [0];
  const sides = shown.map((side) => `${pack.sides[side].title} ${describeLevels(pack, aidOf(pack, cell, helped, side))}`);
  const apart = view.isPaired && aidApart(pack, cell, helped, view);
  const change = apart && apart[0] !== 0 ? ` Difference ${writePointsInterval(apart)}.` : "";
  return make("p", {}, `To ${helpedName(pack, cell, helped)}: ${sides.join("; ")}.${change}`);
}

function describeLevels({ stress }, { levels, share }) {
  const kinds = levels.map((count, level) => [count, AID[stress.levels[level]]]).filter(([count, text]) => count && text);
  return `${writeShare(share)}${kinds.length ? ` (${kinds.map(([count, text]) => `${text} ${writeShare(count / stress.worlds)}`).join(", ")})` : ""}`;
}
