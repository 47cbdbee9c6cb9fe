// The outcomes, a card each: dots, the share or mean with its interval, the other scenario, the difference.

const COLUMNS = { 100: 25, 1000: 50 }; // into which amounts are piled up

const buildCard = (pack, outcome, act) => (outcome.kind === "yes" ? shareCard : amountCard)(pack, outcome, act);

// The cards of the headlines, and of what the reader asked for beside them.
function listCards(pack, cards, state, act) {
  const wanted = pack.outcomes.filter((outcome) => outcome.headline || state.also.includes(outcome.name));
  const list = wanted.map((outcome) => (cards[outcome.name] ??= buildCard(pack, outcome, act)));
  const place = byId("cards");
  if (place.children.length !== list.length || list.some((card, i) => card.element !== place.children[i])) {
    place.replaceChildren(...list.map((card) => card.element));
  }
  return list;
}

// A list of the other outcomes, to add a card.
function buildMore(pack, act) {
  const rest = pack.outcomes.filter((outcome) => !outcome.headline);
  const select = byId("also");
  byId("also-label").hidden = !rest.length;
  select.replaceChildren(make("option", { value: "" }, `one of ${rest.length} more`),
    ...rest.map((outcome) => make("option", { value: outcome.name }, capital(outcome.label))));
  select.addEventListener("change", () => {
    if (select.value) act.add(select.value);
    select.value = "";
  });
}

function newCard(pack, outcome, act) {
  const card = { outcome, id: `card-${outcome.name}`, act };
  card.title = make("h3", { id: card.id }, term(outcome.short, () => explainOutcome(pack, outcome)));
  card.lines = pack.sides.map((side) => newLine(side));
  card.changed = { lead: make("span"), value: make("strong"), range: make("span", { class: "range" }) };
  card.change = make("p", { class: "change" }, card.changed.lead, card.changed.value, " ", card.changed.range);
  card.figures = make("div", { class: "figures" });
  card.bet = buildBet(card, act);
  const away = outcome.headline ? null : make("button", { type: "button", class: "away", "aria-label": `Take away: ${outcome.short}`, onclick: () => act.remove(outcome.name) }, "\u00d7");
  card.element = make("article", { class: "card", "aria-labelledby": card.id }, away, card.title, card.bet.form, card.bet.result, card.figures);
  return card;
}

function newLine({ title }) {
  const parts = { value: make("strong"), range: make("span", { class: "range" }) };
  parts.element = make("p", { class: "line" }, parts.value, " ", make("span", { class: "name" }, title), " ", parts.range);
  return parts;
}

function explainOutcome(pack, outcome) {
  const given = outcome.given && pack.outcomes.find((other) => other.name === outcome.given);
  return [
    `${capital(outcome.label)}${outcome.unit && outcome.kind !== "yes" ? ` (${outcome.unit})` : ""}.`,
    outcome.note,
    given && `Counted only over worlds with: ${given.label}.`,
    outcome.needs && `True by construction: ${outcome.needs}. Where a scenario lacks it, the difference is no finding.`,
    outcome.kind !== "yes" && "Worlds are piled up by the amount; the figure is the mean.",
  ];
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function shareCard(pack, outcome, act) {
  const card = newCard(pack, outcome, act);
  card.dots = dotPicture(["both", "added", "averted", "none"], (dot) => act.visit(worldOfDot(pack, card, dot)));
  card.look = make("button", { type: "button", class: "quiet", onclick: () => act.visit(nextWorld(pack, card)) }, "One such world");
  card.figures.append(card.dots.picture, ...card.lines.map((line) => line.element), card.change, card.look);
  card.show = (view) => showShare(pack, card, view);
  return card;
}

function amountCard(pack, outcome, act) {
  const card = newCard(pack, outcome, act);
  card.dots = dotPicture(["pile"], (dot) => act.visit(worldOfPile(pack, card, dot)));
  card.range = amountRange(pack, outcome);
  card.axis = make("p", { class: "axis" }, make("span"), make("span"), make("span"));
  card.figures.append(card.dots.picture, card.axis, ...card.lines.map((line) => line.element), card.change);
  card.show = (view) => showAmount(pack, card, view);
  return card;
}

// The classes of dots: in one scenario yes and no; of pairs both, only the first, only the second, neither.
function classesOf(pack, outcome, view) {
  if (view.isDifference) return countPairs(pack, outcome, 0, view.other, view.worlds);
  const { interval, count } = countSide(pack, outcome, view.side, view.worlds);
  const yes = count ? Math.round(interval[0] * count) : 0;
  return view.side === 0 ? [0, yes, 0, count - yes] : [0, 0, yes, count - yes];
}

function showShare(pack, card, view) {
  const classes = classesOf(pack, card.outcome, view);
  const given = shareOut(classes, view.dots);
  const { places, size } = grid(view.dots);
  let at = 0;
  const groups = given.map((count) => places.slice(at, (at += count)));
  card.view = view;
  showDots(card.dots, groups, size, describeDots(pack, card, view, given));
  card.dots.picture.classList.toggle("nothing", !classes.some(Boolean));
  showLines(pack, card, view);
  card.look.disabled = classes[0] + classes[1] + classes[2] === 0;
}

function describeDots(pack, card, view, given) {
  const [both, added, averted, none] = given;
  if (!view.isDifference) return `${card.outcome.short}: ${added + averted} of ${view.dots} worlds, ${pack.sides[view.side].title}`;
  return `${card.outcome.short}, of ${view.dots} pairs: in both ${both}, only ${pack.sides[0].title} ${added}, `
    + `only ${pack.sides[view.other].title} ${averted}, in neither ${none}`;
}

// The figures of each scenario; what the view is about comes first and large.
function showLines(pack, card, view) {
  const { outcome } = card;
  const shown = pack.sides.length === 1 ? [0] : [0, view.other];
  pack.sides.forEach((side, i) => {
    card.lines[i].element.hidden = !shown.includes(i);
    if (shown.includes(i)) showLine(pack, card, i, view);
  });
  card.change.hidden = pack.sides.length === 1;
  if (!card.change.hidden) showChange(pack, card, view);
  card.element.classList.toggle("constructed", Boolean(outcome.needs));
}

function showLine(pack, card, side, view) {
  const { interval: [value, low, high], count } = countSide(pack, card.outcome, side, view.worlds);
  const isShown = !view.isDifference && side === view.side;
  const [text, range] = isShare(card.outcome) ? [writeShare(value), writeShares(low, high)] : writeMean([value, low, high]);
  const line = card.lines[side];
  mark(line.element, "class", `line side-${side === 0 ? "a" : "b"}${isShown ? " shown" : ""}`);
  say(line.value, count ? text : "n/a");
  say(line.range, count ? range : "no such world");
}

function showChange(pack, card, view) {
  const { outcome } = card;
  const { interval, count, pairs } = difference(pack, outcome, 0, view.other, view.worlds);
  card.change.classList.toggle("shown", view.isDifference);
  card.change.classList.toggle("unclear", Boolean(outcome.needs) || !(interval[1] > 0 || interval[2] < 0));
  const texts = outcome.needs ? ["Differs by construction: not a finding", "", ""] : describeChange(outcome, interval, count, pairs);
  ["lead", "value", "range"].forEach((part, i) => say(card.changed[part], texts[i]));
}

// What is said of a difference: in words, the figure, the interval.
function describeChange(outcome, interval, count, pairs) {
  if (!count) return ["No pair of worlds to compare", "", ""];
  const [value, low, high] = interval;
  const none = pairs ? pairs[1] + pairs[2] === 0 : value === 0 && low === high;
  if (none) return [`Same in ${count === 1 ? "this pair" : `all ${writeCount(count)} pairs`}`, "", ""];
  const texts = isShare(outcome) ? writePointsParts(interval) : writeMean(interval, true);
  return [low <= 0 && high >= 0 ? "No clear difference: " : "Difference ", ...texts];
}

// Amounts: the same range for both scenarios and for any worlds left, so that pictures can be compared.
function amountRange(pack, outcome) {
  let low = Infinity, high = -Infinity, apart = 1;
  for (let i = 0; i < outcome.values.raw.length; i++) {
    low = Math.min(low, outcome.values.raw[i]);
    high = Math.max(high, outcome.values.raw[i]);
  }
  for (let side = 1; side < pack.sides.length; side++) {
    const a = outcome.values.row(0), b = outcome.values.row(side);
    for (let i = 0; i < a.length; i++) apart = Math.max(apart, Math.abs(a[i] - b[i]));
  }
  return { low, high: Math.max(high, low + 1), apart };
}

// Whole numbers have a column each, if they are few.
function columnsOf({ outcome, range }, view) {
  const values = view.isDifference ? 2 * range.apart + 1 : range.high - range.low + 1;
  return outcome.kind === "count" ? Math.min(COLUMNS[view.dots], values) : COLUMNS[view.dots];
}

function columnOf(card, world, view) {
  const { outcome, range } = card;
  const columns = columnsOf(card, view);
  const first = outcome.values.row(view.isDifference ? 0 : view.side)[world];
  const share = view.isDifference
    ? (first - outcome.values.row(view.other)[world] + range.apart) / (2 * range.apart)
    : (first - range.low) / (range.high - range.low);
  return Math.min(columns - 1, Math.floor(share * columns));
}

function isDefined(outcome, world, view) {
  const sides = view.isDifference ? [0, view.other] : [view.side];
  return sides.every((side) => {
    const defined = definedIn(outcome, side);
    return !defined || defined[world];
  });
}

function showAmount(pack, card, view) {
  const counts = new Array(columnsOf(card, view)).fill(0);
  for (const world of view.worlds) if (isDefined(card.outcome, world, view)) counts[columnOf(card, world, view)]++;
  const { places, size } = piles(counts, view.dots);
  card.view = view;
  showDots(card.dots, [places], size, `${card.outcome.short}: worlds piled up by amount`);
  mark(card.dots.picture, "class", `picture ${view.isDifference ? "of-difference" : view.side ? "of-b" : "of-a"}`);
  showAxis(card, view);
  showLines(pack, card, view);
}

function showAxis(card, view) {
  const { values } = card.outcome;
  const { low, high, apart } = card.range;
  const written = (value) => (isShare(card.outcome) ? writeShare(value) : writeNumber(value));
  const [left, unit, right] = card.axis.children;
  say(left, view.isDifference ? `${MINUS}${written(apart * values.scale)}` : written(low * values.scale + values.zero));
  say(right, view.isDifference ? `+${written(apart * values.scale)}` : written(high * values.scale + values.zero));
  say(unit, card.outcome.unit);
}

// The world behind a dot: the dots of a class stand for its worlds at even distances.
function worldOfDot(pack, card, { kind, at, of }) {
  const alike = card.view.worlds.filter((world) => kindOf(card.outcome, world, card.view) === kind);
  return alike[Math.floor(((at + 0.5) / of) * alike.length)];
}

function kindOf(outcome, world, view) {
  if (!isDefined(outcome, world, view)) return -1;
  const a = outcome.values.row(view.isDifference ? 0 : view.side)[world];
  if (!view.isDifference) return a ? (view.side === 0 ? 1 : 2) : 3;
  const b = outcome.values.row(view.other)[world];
  return a ? (b ? 0 : 1) : b ? 2 : 3;
}

function worldOfPile(pack, card, dot) {
  const [, , column, at, of] = card.dots.groups[0][dot.at];
  const alike = card.view.worlds.filter((world) => isDefined(card.outcome, world, card.view) && columnOf(card, world, card.view) === column);
  return alike[Math.floor(((at + 0.5) / of) * alike.length)];
}

// The next world with the outcome, after the one shown.
function nextWorld(pack, card) {
  const kinds = card.view.isDifference ? [1, 2, 0] : [1, 2];
  for (const kind of kinds) {
    const alike = card.view.worlds.filter((world) => kindOf(card.outcome, world, card.view) === kind);
    if (alike.length) return alike.find((world) => world > (card.act.world() ?? -1)) ?? alike[0];
  }
  return null;
}
