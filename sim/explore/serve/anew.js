// What only a served page can do: simulate worlds anew, with numbers, switches and settings that no world here has.
// 250 worlds answer at once and 1,000 follow. The newest position wins: whatever is under way for another is given up.

const anew = { page: "", number: 0, asking: null, controls: null, timer: 0 };

async function openAnew() {
  anew.page = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16)).join("");
  const answer = await fetch("anew/controls");
  anew.controls = await answer.json();
  buildAnew(explore.pack);
}

function buildAnew(pack) {
  const section = byId("anew");
  const sides = make("select", { id: "anew-side", onchange: () => buildAnew(pack) }, ...pack.sides.map((side) => make("option", { value: side.name }, side.title)));
  const chosen = byId("anew-side")?.value ?? pack.sides[0].name;
  sides.value = chosen;
  section.replaceChildren(
    make("h2", { id: "anew-title" }, "Simulate anew"),
    make("p", { class: "small" }, "Fix a number, within its range or beyond it, or switch a mechanism off. The same worlds are simulated again with the same draws: 250 at once, then 1,000. What is supposed above does not count here."),
    make("p", {}, make("label", {}, "Scenario ", sides)),
    make("form", { id: "anew-form", oninput: askSoon, onsubmit: (event) => event.preventDefault() },
      make("details", { open: true }, make("summary", {}, "Numbers"), make("div", { class: "anew-numbers" }, ...pack.assumptions.map(anewNumber))),
      make("details", {}, make("summary", {}, "Mechanisms"), make("div", { class: "anew-switches" }, ...anewSwitches(chosen))),
      make("details", {}, make("summary", {}, "Other settings"),
        make("label", {}, "One a line, such as rules.honour.reputation = 1.2 ", make("textarea", { id: "anew-lines", rows: 3, spellcheck: "false", maxlength: 4000 }))),
      make("p", {}, make("button", { type: "button", id: "anew-reset", onclick: () => resetAnew(pack) }, "Undo all changes"))),
    make("p", { id: "anew-status", role: "status" }, "Nothing is changed yet."),
    make("div", { id: "anew-table", class: "scroll", tabindex: "0", role: "region", "aria-label": "Outcomes simulated anew" }));
}

function anewNumber({ key, label, owner, unit, low, high }) {
  const range = `${writeNumber(low)} to ${writeNumber(high)}${unit ? ` (${unit})` : ""}`;
  return make("p", {}, make("label", {}, owner ? `${owner}: ${label}` : label,
    make("input", { type: "number", step: "any", "data-number": key, "aria-description": `Range: ${range}` })),
  make("span", { class: "soft" }, range));
}

function anewSwitches(side) {
  const { mechanisms } = anew.controls.sides.find(({ name }) => name === side);
  return Object.entries(mechanisms).map(([name, on]) =>
    make("label", {}, make("input", { type: "checkbox", checked: on, "data-switch": name, "data-on": String(on) }), ` ${name.replaceAll("_", " ")} `));
}

function resetAnew(pack) {
  anew.asking?.abort();
  clearTimeout(anew.timer);
  anew.number++;
  buildAnew(pack);
  byId("anew-reset").focus();
}

// Returns what differs from the scenario.
function readAnew() {
  const numbers = {}, mechanisms = {};
  for (const input of document.querySelectorAll("[data-number]")) {
    if (input.value !== "") numbers[input.dataset.number] = input.valueAsNumber;
  }
  for (const input of document.querySelectorAll("[data-switch]")) {
    if (String(input.checked) !== input.dataset.on) mechanisms[input.dataset.switch] = input.checked;
  }
  const lines = byId("anew-lines").value.split("\n").map((line) => line.trim()).filter(Boolean);
  return { side: byId("anew-side").value, numbers, mechanisms, lines };
}

function askSoon() {
  clearTimeout(anew.timer);
  anew.timer = setTimeout(askAnew, 120);
}

async function askAnew() {
  anew.asking?.abort();
  const asking = (anew.asking = new AbortController());
  const position = { page: anew.page, number: ++anew.number, ...readAnew() };
  const begun = performance.now();
  try {
    for (const worlds of [250, 1000]) {
      say(byId("anew-status"), worlds === 250 ? "Simulating 250 worlds…" : byId("anew-status").textContent.replace(/\.$/, "; 1,000 follow…"));
      const found = await postAnew({ ...position, worlds }, asking.signal);
      if (found === null || asking.signal.aborted) return;
      showAnew(found);
      if (worlds === 250) document.documentElement.dataset.anew = (performance.now() - begun).toFixed(0);
      if (found.worlds < worlds) return;
    }
  } catch (error) {
    if (error.name === "AbortError") return;
    say(byId("anew-status"), error.message);
    byId("anew-table").replaceChildren();
  }
}

async function postAnew(body, signal) {
  const answer = await fetch("anew", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal });
  if (answer.status === 409) return null;
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.message);
  return found;
}

function showAnew({ worlds, rows }) {
  say(byId("anew-status"), `${writeCount(worlds)} worlds simulated anew, in pairs with the same worlds as they were.`);
  const head = make("tr", {}, ...["Outcome", "As it was", "Anew", "Difference (95%)"].map((text) => make("th", { scope: "col" }, text)));
  byId("anew-table").replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows.map(anewRow))));
}

function anewRow({ name, label, share, before, after, difference, paired }) {
  const short = explore.pack.outcomes.find((outcome) => outcome.name === name)?.short ?? label;
  const write = share ? writeShare : writeNumber;
  const cell = (interval) => make("td", {}, interval ? write(interval[0]) : "n/a");
  return make("tr", {}, make("th", { scope: "row" }, short), cell(before), cell(after), make("td", {}, writeAnew(share, difference), !paired && difference ? make("span", { class: "soft" }, " not paired") : null));
}

function writeAnew(share, difference) {
  if (!difference) return "n/a";
  if (difference[0] === 0) return "none";
  if (share) return writePointsInterval(difference);
  const [value, low, high] = difference.map(writeChange);
  return `${value} (${low} to ${high})`;
}

const waiting = setInterval(() => {
  if (!explore.pack) return;
  clearInterval(waiting);
  openAnew().catch((error) => say(byId("anew"), error.message));
}, 20);
