// The controls: assumptions as thirds, what has happened, and how it is shown.

const ANY = "any";
const EVENTS_SHOWN = 6;
const THIRD_NAMES = [["low", "low"], ["middle", "middle"], ["high", "high"], [ANY, "any"]];

const nameOf = ({ label }) => capital(label);

function buildControls(pack, act) {
  byId("assumptions").replaceChildren(...pack.assumptions.map((assumption) => thirdControl(pack, assumption, act)));
  byId("assumptions-hint").hidden = !pack.assumptions.length;
  byId("happened-section").hidden = !pack.happened.length;
  byId("within").replaceChildren(...(pack.sides.length > 1
    ? [radios("within", "In the worlds of", pack.sides.map((side, i) => [String(i), side.title]), "0", (value) => act.change({ within: Number(value) }))] : []));
  const events = pack.happened.map((event) => happenedControl(pack, event, act));
  const rest = events.slice(EVENTS_SHOWN);
  byId("happened").replaceChildren(...events.slice(0, EVENTS_SHOWN),
    rest.length > 2 ? make("details", {}, make("summary", {}, `${rest.length} more`), ...rest) : "", ...(rest.length > 2 ? [] : rest));
  buildViews(pack, act);
}

function thirdControl(pack, assumption, act) {
  const name = `if:${assumption.key}`;
  const group = radios(name, "", THIRD_NAMES, ANY, (value) => act.hold(assumption.key, value), { class: "radios third" });
  group.querySelector("legend").append(
    assumption.owner ? make("span", { class: "owner" }, assumption.owner, " ") : "",
    term(nameOf(assumption), () => explainAssumption(pack, assumption)),
    assumption.clear === false ? make("span", { class: "owner" }, "effect not clear") : "");
  return group;
}

function explainAssumption(pack, { meaning, unit, low, high, cuts, effects = [], clear, key }) {
  const number = (value) => `${writeNumber(value)}`;
  return [
    `${capital(meaning)}`,
    `Each world draws it between ${number(low)} and ${number(high)}${unit ? ` (${unit})` : ""}. Low is below ${number(cuts[0])}, high from ${number(cuts[1])}; a third of worlds lies in each.`,
    clear === false && "What it does to the outcomes is not distinguished from chance in so few worlds.",
    ...effects.slice(0, 3).map((effect) => explainEffect(pack, effect)),
    `Key: ${key}`,
  ];
}

function explainEffect(pack, { outcome, side, low, high }) {
  const found = pack.outcomes.find((one) => one.name === outcome);
  if (!found) return "";
  const write = isShare(found) ? writeShare : writeNumber;
  return `From its lowest to its highest third: ${found.short} ${write(low)} \u2192 ${write(high)}${pack.sides.length > 1 ? ` (${pack.sides[side].title})` : ""}.`;
}

function happenedControl(pack, event, act) {
  const id = `when-${event.phrase}`;
  const options = [["", "either way"], ...monthsOffered(pack).map((month) => [String(month), `by ${monthName(pack, month)}`]), ["ever", "at some time"], ["never", "never"]];
  const select = make("select", { id }, ...options.map(([value, text]) => make("option", { value }, text)));
  select.addEventListener("change", () => act.happen(event.phrase, select.value));
  event.select = select;
  return make("div", { class: "when" }, make("label", { for: id }, capital(event.label)), select);
}

function buildViews(pack, act) {
  const views = [...pack.sides.map((side) => [side.name, side.title]), ...(pack.sides.length > 1 ? [[DIFFERENCE, "difference"]] : [])];
  byId("view").replaceChildren(...(pack.sides.length > 1 ? [radios("view", "Show", views, pack.sides[0].name, (value) => act.change({ view: value }))] : []));
  byId("with").replaceChildren(...(pack.sides.length > 2
    ? [radios("with", `Compare ${pack.sides[0].title} with`, pack.sides.slice(1).map((side, i) => [String(i + 1), side.title]), "1", (value) => act.change({ other: Number(value) }))] : []));
  byId("dots").replaceChildren(radios("dots", "Dots", [["100", "100"], ["1000", "1,000"]], "100", (value) => act.change({ dots: Number(value) })));
  byId("bet").addEventListener("change", (event) => act.change({ bet: event.target.checked, guesses: {} }));
  byId("loosen").addEventListener("click", () => act.change({ thirds: {}, happened: {} }));
}

// Puts every control where the state says, after the address has changed.
function setControls(pack, state) {
  for (const { key } of pack.assumptions) choose(`if:${key}`, state.thirds[key] || ANY);
  for (const event of pack.happened) setWhen(pack, event, state.happened[event.phrase] || "");
  choose("within", String(state.within));
  choose("view", state.view);
  choose("with", String(state.other));
  choose("dots", String(state.dots));
  byId("bet").checked = state.bet;
}

// A month that the list does not offer is added: an address may name any.
function setWhen(pack, event, when) {
  const known = [...event.select.options].some((option) => option.value === when);
  if (!known) event.select.prepend(make("option", { value: when }, `by ${monthName(pack, Number(when))}`));
  event.select.value = when;
}

// What is supposed, each as a button that loosens it; on paper, as a list.
function showSupposed(pack, state, act) {
  const held = pack.assumptions.filter((one) => one.key in state.thirds)
    .map((one) => chip(nameOf(one), state.thirds[one.key], () => act.hold(one.key, ANY)));
  const events = pack.happened.filter((one) => one.phrase in state.happened)
    .map((one) => chip(capital(one.label), `${sayWhen(pack, state.happened[one.phrase])}${pack.sides.length > 1 ? `, ${pack.sides[state.within].title}` : ""}`, () => act.happen(one.phrase, "")));
  byId("supposed").replaceChildren(...[...held, ...events].map((button) => make("li", {}, button)));
  byId("loosen").hidden = held.length + events.length < 2;
}

// A name too long for its place is cut, what is supposed of it never.
const chip = (name, value, loosen) => make("button", { type: "button", class: "chip", onclick: loosen, title: `Loosen: ${name}` },
  make("span", { class: "name" }, name), make("span", { class: "value" }, `: ${value}`), make("span", { class: "away-mark", "aria-hidden": "true" }, "\u00d7"));

const sayWhen = (pack, when) => (when === "ever" ? "at some time" : when === "never" ? "never" : `by ${monthName(pack, Number(when))}`);
