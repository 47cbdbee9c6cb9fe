// Who comes to whom: crises opened on purpose, one line each, one column for each actor.

function buildMatrix(pack) {
  const { stress } = pack;
  byId("stress-section").hidden = !stress;
  if (!stress) return null;
  say(byId("stress-note"), `Each crisis is opened in ${writeCount(stress.worlds)} worlds and followed for ${stress.months} months. What is supposed above does not change this table.`);
  const matrix = { cells: [], detail: byId("stress-detail") };
  const rows = stress.crises.map((crisis, row) => make("tr", {},
    make("th", { scope: "row" }, crisis.label),
    ...stress.actors.map((actor, column) => newCell(stress, matrix, row, column))));
  byId("stress").replaceChildren(make("table", { class: "matrix" },
    make("caption", {}, "Share of worlds in which an actor sends any aid; in brackets, aid for the attacker"),
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "If\u2026"), ...stress.actors.map((actor) => make("th", { scope: "col" }, actor)))),
    make("tbody", {}, ...rows)));
  byId("stress").addEventListener("keydown", (event) => moveInMatrix(matrix, event));
  return matrix;
}

function newCell(stress, matrix, row, column) {
  const found = stress.cells.filter((cell) => cell.crisis === row && cell.actor === column);
  if (!found.length) return make("td", { class: "empty" });
  const button = make("button", { type: "button", tabindex: matrix.cells.length ? -1 : 0 });
  button.addEventListener("click", () => pickCell(stress, matrix, row, column));
  matrix.cells.push({ found, button, row, column });
  return make("td", {}, button);
}

// Arrow keys go from cell to cell; the table is one stop for the tab key.
function moveInMatrix(matrix, event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const at = matrix.cells.find((cell) => cell.button === document.activeElement);
  if (!step || !at) return;
  event.preventDefault();
  const ahead = matrix.cells.filter((cell) => (step[0]
    ? cell.column === at.column && Math.sign(cell.row - at.row) === step[0]
    : cell.row === at.row && Math.sign(cell.column - at.column) === step[1]));
  const next = step[0] + step[1] > 0 ? ahead[0] : ahead[ahead.length - 1];
  if (!next) return;
  at.button.tabIndex = -1;
  next.button.tabIndex = 0;
  next.button.focus();
}

// Of aid to either side, that which is larger in this view stands in the cell.
function showMatrix(pack, matrix, view) {
  if (!matrix) return;
  matrix.view = view;
  for (const cell of matrix.cells) {
    const shown = [...cell.found].sort((a, b) => Math.abs(shareOf(b, view)) - Math.abs(shareOf(a, view)))[0];
    const share = shareOf(shown, view);
    const text = view.isDifference && pack.sides.length > 1 ? writePoints(share, 0) : String(Math.round(share * 100));
    const isClear = !view.isDifference || !shown.difference || shown.difference[1] > 0 || shown.difference[2] < 0;
    const written = !isClear || text === "0" ? "\u00b7" : shown.side === "attacker" ? `(${text})` : text;
    say(cell.button, shown.rule && view.isDifference ? `${written}c` : written);
    cell.button.setAttribute("aria-label", describeCell(pack, pack.stress, cell, view));
    cell.button.className = `cell heat-${isClear ? heat(share) : 0} ${view.isDifference ? (share < 0 ? "less" : "more") : view.side ? "of-b" : "of-a"}`;
  }
  if (matrix.picked) pickCell(pack.stress, matrix, ...matrix.picked, pack);
}

const heat = (share) => Math.min(5, Math.ceil(Math.abs(share) * 100 / 16));

function shareOf(cell, view) {
  if (!view.isDifference) return cell.values[view.side]?.any ?? 0;
  return cell.difference ? cell.difference[0] : cell.values[0].any - cell.values[view.other].any;
}

function describeCell(pack, stress, cell, view) {
  const crisis = stress.crises[cell.row], actor = stress.actors[cell.column];
  return cell.found.map((part) => `${crisis.label}: ${actor} comes to ${part.side === "attacked" ? crisis.attacked : crisis.attacker}: `
    + pack.sides.map((side, i) => `${side.title} ${writeShare(part.values[i]?.any ?? 0)}`).join(", ")).join("; ");
}

const AID = { materiel: "arms and supplies", troops: "deniable troops", war: "open war" };

function pickCell(stress, matrix, row, column) {
  matrix.picked = [row, column];
  const cell = matrix.cells.find((one) => one.row === row && one.column === column);
  const crisis = stress.crises[row];
  matrix.detail.replaceChildren(
    make("p", {}, make("strong", {}, `${crisis.label}. Does ${stress.actors[column]} come?`)),
    ...cell.found.map((part) => describeAid(matrix.pack, part, part.side === "attacked" ? crisis.attacked : crisis.attacker)));
}

function describeAid(pack, part, helped) {
  const sides = pack.sides.map((side, i) => {
    const levels = Object.entries(AID).filter(([level]) => part.values[i]?.[level] > 0).map(([level, text]) => `${writeShare(part.values[i][level])} ${text}`);
    return `${side.title} ${writeShare(part.values[i]?.any ?? 0)}${levels.length ? ` (${levels.join(", ")})` : ""}`;
  });
  const apart = part.difference && pack.sides.length > 1 ? ` Difference: ${writePointsInterval(part.difference)}.` : "";
  return make("p", {}, `To ${helped}: ${sides.join("; ")}.${apart}${part.rule ? ` By construction: ${part.rule}.` : ""}`);
}
