// What the reader has chosen, and the same in the address, so that a view can be linked.

const THIRDS = ["low", "middle", "high"];
const DIFFERENCE = "difference";

function freshState(pack) {
  return {
    thirds: {}, // assumption -> low, middle or high
    happened: {}, // condition -> a month, "ever" or "never"
    within: 0, // the scenario in which it happened
    view: pack.sides[0].name,
    other: 1, // the scenario that is compared with the first
    dots: 100,
    also: [], // outcomes beside the headlines
    series: pack.series.length ? pack.series[0].name : "",
    world: null,
    bet: false,
    guesses: {}, // outcome -> [guess, figure, worlds left when it was made]
  };
}

function readState(pack, address) {
  const state = freshState(pack);
  for (const [key, value] of new URLSearchParams(address.replace(/^#/, ""))) readWord(pack, state, key, value);
  return state;
}

const names = (pack) => pack.sides.map((side) => side.name);
const isName = (list, name) => list.some((entry) => entry.name === name);

function readWord(pack, state, key, value) {
  const [kind, name] = key.split(/:(.*)/s);
  if (kind === "if" && THIRDS.includes(value) && pack.assumptions.some((one) => one.key === name)) {
    state.thirds[name] = value;
  } else if (kind === "when" && pack.happened.some((one) => one.phrase === name)) {
    if (/^([1-9]\d*|ever|never)$/.test(value)) state.happened[name] = value;
  } else if (kind === "guess" && isName(pack.outcomes, name)) {
    const guess = value.split(",").map(Number);
    if (guess.length === 3 && guess.every(Number.isFinite)) state.guesses[name] = guess;
  } else readSetting(pack, state, key, value);
}

function readSetting(pack, state, key, value) {
  const side = names(pack).indexOf(value);
  if (key === "view" && (side >= 0 || (value === DIFFERENCE && pack.sides.length > 1))) state.view = value;
  if (key === "within" && side >= 0) state.within = side;
  if (key === "with" && side > 0) state.other = side;
  if (key === "dots" && value === "1000") state.dots = 1000;
  if (key === "series" && isName(pack.series, value)) state.series = value;
  if (key === "world" && isWorld(pack, Number(value))) state.world = Number(value) - pack.first_world;
  if (key === "also" && isName(pack.outcomes, value) && !state.also.includes(value)) state.also.push(value);
  if (key === "bet") state.bet = value === "yes";
}

function isWorld(pack, number) {
  return Number.isInteger(number) && number >= pack.first_world && number < pack.first_world + pack.worlds;
}

function writeState(pack, state) {
  const words = new URLSearchParams();
  const first = freshState(pack);
  for (const [key, third] of Object.entries(state.thirds)) words.set(`if:${key}`, third);
  for (const [condition, when] of Object.entries(state.happened)) words.set(`when:${condition}`, when);
  if (state.within) words.set("within", pack.sides[state.within].name);
  if (state.other > 1) words.set("with", pack.sides[state.other].name);
  if (state.world !== null) words.set("world", state.world + pack.first_world);
  for (const key of ["view", "dots", "series"]) {
    if (state[key] !== first[key]) words.set(key, state[key]);
  }
  for (const name of state.also) words.append("also", name);
  if (state.bet) words.set("bet", "yes");
  for (const [name, guess] of Object.entries(state.guesses)) words.set(`guess:${name}`, guess.join(","));
  return `#${words}`;
}
