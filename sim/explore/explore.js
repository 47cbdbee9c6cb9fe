// The page to play with: the worlds in it are filtered, never simulated anew. The files of script/ stand before
// this one in the same module. `openPack` takes another pack, and `explore` holds what the page knows: anew.js,
// which stands last where the page is served, uses both.

const explore = { pack: null, state: null, cards: {}, choices: [], matrix: null };

// What the controls may do; each ends in one change of state.
const act = {
  change(part) {
    const begun = performance.now();
    Object.assign(explore.state, part);
    show();
    clearTimeout(explore.writing);
    explore.writing = setTimeout(writeAddress, 100); // browsers refuse an address that changes too often
    document.documentElement.dataset.moved = (performance.now() - begun).toFixed(2);
  },
  hold: (key, third) => act.change({ thirds: without(explore.state.thirds, key, third === ANY ? "" : third) }),
  happen: (phrase, when) => act.change({ happened: without(explore.state.happened, phrase, when) }),
  add: (name) => act.change({ also: [...explore.state.also, name] }),
  remove: (name) => act.change({ also: explore.state.also.filter((one) => one !== name) }),
  world: () => explore.state.world,
  guess(outcome, guess) {
    const view = currentView();
    const { interval } = countSide(explore.pack, outcome, view.side, view.worlds);
    act.change({ guesses: { ...explore.state.guesses, [outcome.name]: [round(guess), round(interval[0]), view.worlds.length] } });
    byId(`card-${outcome.name}`).querySelector("button").focus();
  },
  visit(world) {
    if (world === null || world === undefined) return;
    act.change({ world });
    byId("world-title").focus({ preventScroll: true });
    byId("world-section").scrollIntoView({ block: "start" });
  },
  another() {
    const { worlds } = currentView();
    if (worlds.length) act.change({ world: worlds[Math.floor(Math.random() * worlds.length)] });
  },
};

const round = (value) => Number(value.toPrecision(4));

// Returns a copy with one entry set, or taken away where its value is empty.
function without(entries, key, value) {
  const { [key]: _, ...rest } = entries;
  return value ? { ...rest, [key]: value } : rest;
}

function currentView() {
  const { pack, state } = explore;
  const isDifference = state.view === DIFFERENCE;
  const side = isDifference ? 0 : names(pack).indexOf(state.view);
  const other = side > 0 ? side : Math.min(state.other, pack.sides.length - 1);
  return { state, isDifference, side, other, dots: state.dots, isPaired: pack.sides.length > 1, worlds: selectWorlds(pack, state) };
}

function show() {
  const { pack, state } = explore;
  const view = currentView();
  showLeft(pack, view);
  showSupposed(pack, state, act);
  for (const card of listCards(pack, explore.cards, state, act)) {
    card.show(view);
    showBet(pack, card, view);
  }
  byId("bets").hidden = !state.bet;
  say(byId("bets"), describeBets(pack, state));
  showChoices(pack, explore.choices, view);
  showCommon(pack, view);
  showFans(pack, view);
  showMatrix(pack, explore.matrix, view);
  showWorld(pack, view);
  showLegend(pack, view);
}

function showLeft(pack, { worlds }) {
  const left = `${writeCount(worlds.length)} of ${writeCount(pack.worlds)}`;
  say(byId("left"), `${left} simulated worlds${worlds.length < pack.worlds ? " left" : ""}`);
  say(byId("left-short"), `${left} worlds`);
  const few = worlds.length < FEW;
  document.body.classList.toggle("few", few);
  byId("too-few").hidden = !few;
  say(byId("too-few"), few ? describeFew(pack, worlds.length) : "");
}

function describeFew(pack, left) {
  const said = left === 0 ? "No world is left." : left === 1 ? "One world is left: too few to count." : `Only ${left} worlds are left: too few to count.`;
  return `${said} Loosen an assumption, or simulate such worlds anew: ${pack.command.split(" --")[0]} --serve`;
}

const viewKey = ({ state, dots, other }) => [state.view, dots, other].join();

function showLegend(pack, view) {
  const parts = view.isDifference
    ? [["both", "in both"], ["added", `only ${pack.sides[0].title}`], ["averted", `only ${pack.sides[view.other].title}`], ["none", "in neither"]]
    : [[view.side ? "averted" : "added", "it happens"], ["none", "it does not"]];
  const what = `${view.dots === 100 ? "100" : "1,000"} dots stand for the worlds left; ${view.isDifference ? "each is a pair" : pack.sides[view.side].title}:`;
  if (byId("legend").dataset.shown === `${viewKey(view)}`) return;
  byId("legend").dataset.shown = viewKey(view);
  byId("legend").replaceChildren(what, ...parts.flatMap(([tone, text]) => [" ", make("span", { class: `key ${tone}` }, text)]));
}

function writeAddress() {
  const address = writeState(explore.pack, explore.state);
  try {
    history.replaceState(null, "", address === "#" ? location.pathname + location.search : address);
  } catch {
    location.replace(address); // a page that may not rewrite its history
  }
}

// Makes the page of a pack; the state of the address is kept.
function openPack(pack) {
  explore.pack = prepare(pack);
  explore.state = readState(pack, location.hash);
  explore.cards = {};
  describePack(pack);
  buildControls(pack, act);
  buildMore(pack, act);
  explore.choices = buildChoices(pack);
  buildFans(pack, act);
  explore.matrix = buildMatrix(pack);
  buildWorld(pack, act);
  setControls(pack, explore.state);
  show();
}

function prepare(pack) {
  pack.everywhere = Uint32Array.from({ length: pack.worlds }, (_, world) => world);
  for (const assumption of pack.assumptions) assumption.thirds = thirdsOf(assumption);
  for (const outcome of pack.outcomes) outcome.defined = findDefined(pack, outcome);
  for (const story of pack.stories?.sides ?? []) story.starts = startsOf(story.rows);
  return pack;
}

function describePack(pack) {
  const title = pack.sides.map((side) => side.title).join(" against ");
  document.title = `${title}: explore`;
  say(byId("title"), title);
  say(byId("question"), pack.sides[0].question || "");
  say(byId("meta"), `${writeCount(pack.worlds)} simulated worlds${pack.sides.length > 1 ? ", in pairs" : ""}, ${pack.months} months from ${dayName(pack.sides[0].start)}`);
  say(byId("command"), pack.command);
  byId("origin").replaceChildren(...pack.sides.map((side) => make("li", {}, originOf(pack, side))));
}

function originOf(pack, { title, seed, scenario }) {
  const changed = scenario.changes?.length ? ` Changed: ${scenario.changes.join("; ")}.` : "";
  return `${title}: scenario ${scenario.digest.slice(0, 8)}, seed ${seed}, engine ${pack.engine.slice(0, 8)}.${changed}`;
}

function chooseTheme(theme) {
  const dark = theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

async function copyAddress() {
  writeAddress();
  try {
    await navigator.clipboard.writeText(location.href);
    say(byId("copied"), "The address of this view is copied.");
  } catch {
    say(byId("copied"), location.href);
  }
}

function wirePage() {
  const theme = byId("theme");
  theme.addEventListener("change", () => chooseTheme(theme.value));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => chooseTheme(theme.value));
  chooseTheme(theme.value);
  byId("share").addEventListener("click", copyAddress);
  for (const button of document.querySelectorAll("button[data-term]")) wireTerm(button);
  const narrow = matchMedia("(max-width: 60rem)");
  const fold = () => (byId("panel").open = !narrow.matches);
  narrow.addEventListener("change", fold);
  fold();
  addEventListener("hashchange", followAddress);
  addEventListener("resize", () => {
    chartWidth = 0;
    if (explore.pack) showFans(explore.pack, currentView());
  });
}

function wireTerm(button) {
  const lines = () => [explore.pack?.glossary?.[button.dataset.term] || button.dataset.text];
  button.addEventListener("click", () => explainTerm(button, capital(button.textContent), lines()));
}

function followAddress() {
  if (location.hash === writeState(explore.pack, explore.state)) return;
  explore.state = readState(explore.pack, location.hash);
  setControls(explore.pack, explore.state);
  show();
}

async function start() {
  wirePage();
  if (!("DecompressionStream" in globalThis)) throw new Error("This browser is too old to unpack the worlds. Any of 2023 or later can: Chrome, Edge, Firefox, Safari.");
  openPack(readPack(await unzip(bytesOfBase64(byId("worlds").textContent.trim()))));
  byId("wait").hidden = true;
  document.body.classList.add("ready");
  document.documentElement.dataset.ready = performance.now().toFixed(0);
}

start().catch((error) => say(byId("wait"), error.message));
