// The teacher: rooms, clocks, phones, and after the bell what was ordered. Nothing here decides for a delegation.

import { byId, follow, make, makeId, plural, post, renew, say, show, showStatus } from "./common.js";

const following = follow("/teacher/state", "/teacher/ws", showView, (status) => showStatus(byId("status"), status));

// The terminal prints an address with the key after #, which browsers send to no server.
const given = location.hash.slice(1);
if (given) {
  history.replaceState(null, "", location.pathname);
  enter(given);
}

byId("key-form").addEventListener("submit", (event) => { event.preventDefault(); enter(byId("key").value); });
byId("another").addEventListener("click", () => act("/teacher/room", {}));

async function enter(key) {
  try {
    await post("/teacher/key", { key });
    following.again();
  } catch (problem) {
    say(byId("key-error"), problem.status ? problem.message : "No connection. Try again.");
  }
}

async function act(path, body) {
  say(byId("error"), "");
  try {
    await post(path, { id: makeId(), ...body });
  } catch (problem) {
    say(byId("error"), problem.status ? problem.message : "No connection. Try again.");
  }
}

let latest = null;

function showView(view) {
  show(byId("enter"), !view);
  show(byId("class"), Boolean(view));
  latest = view;
  if (!view) return;
  renew(byId("addresses"), view.addresses, () => view.addresses.length ? view.addresses.map((address) => make("div", {}, address)) : ["nowhere: this computer alone is answered. Start it again with --lan for phones, or use this laptop for all."]);
  say(byId("sockets"), plural(view.sockets, "page"));
  renew(byId("rooms"), view.rooms.map((room) => ({ ...room, clock: null })), () => view.rooms.map(showRoom));
  tick();
}

function tick() {
  for (const room of latest?.rooms ?? []) {
    const element = byId(`clock-${room.room}`);
    if (!element) continue;
    const left = room.clock ? room.clock.left ?? Math.max(0, room.clock.ends - latest.now - (performance.now() - tick.heard) / 1000) : null;
    say(element, left === null ? "" : `${Math.floor(Math.ceil(left) / 60)}:${String(Math.ceil(left) % 60).padStart(2, "0")}`);
  }
}
setInterval(tick, 250);

const PHASES = {
  lobby: "The class gathers.", orders: "Order sheets are being filled in.", crisis: "A crisis is being answered.",
  simulating: "The quarter is being simulated…", over: "The game is over.",
};

function showRoom(room, place) {
  tick.heard = performance.now();
  const button = (what, text, isMain = false) => make("button", { type: "button", class: isMain ? "main" : "", "data-what": what, onclick: () => { if (what !== "close" || confirm("End the game of this room? It cannot go on afterwards.")) act("/teacher/act", { room: room.room, what }); } }, text);
  const runs = room.phase === "orders" || room.phase === "crisis";
  return make("section", { class: "room", "aria-labelledby": `room-${place}` },
    make("h2", { id: `room-${place}` }, `Room ${place + 1}`, runs || room.phase === "simulating" ? `, quarter ${room.quarter} of ${room.quarters}` : ""),
    room.trouble ? make("p", { class: "warn" }, room.trouble) : null,
    make("dl", { class: "facts" },
      make("dt", {}, "Code"), make("dd", { class: "code" }, room.room),
      make("dt", {}, "Now"), make("dd", {}, `${room.phase === "lobby" && !room.ready ? "The opening day is being simulated…" : PHASES[room.phase]} ${room.paused ? "The clock stands. " : ""}`, make("strong", { id: `clock-${room.room}`, class: "clock" })),
      make("dt", {}, "Awaited"), make("dd", {}, room.awaited.join(", ") || "nobody")),
    make("p", { class: "buttons" },
      room.phase === "lobby" && room.ready ? button("begin", "Begin the first quarter", true) : null,
      runs ? button("bell", room.phase === "orders" ? "End the quarter's orders" : "End the answers", true) : null,
      runs ? button("minute", "Add a minute") : null,
      room.paused ? button("resume", "Go on") : runs ? button("pause", "Pause") : null,
      room.phase === "over" ? null : room.open ? button("shut", "Close the lobby") : button("open", "Open the lobby"),
      make("a", { href: `/projector?room=${place + 1}`, target: "_blank", rel: "noopener" }, "Projector"),
      room.quarter > 1 || room.phase === "over" ? make("a", { href: `/teacher/file/${room.room}` }, "Scenario file of this game") : null,
      room.phase === "over" || room.phase === "lobby" ? null : button("close", "End the game")),
    seats(room, place + 1),
    room.phase === "over" ? debrief(room) : null,
    ...(room.orders.length ? [make("h3", {}, "What was ordered"), ...room.orders.map((one, number) => orders(one, number === 0))] : []));
}

function seats(room, place) {
  return make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Delegations of room ${place}` }, make("table", {},
    make("caption", {}, "A phone can be released: it leaves its delegation, and may join anew. Nobody can move for a delegation."),
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Delegation"), make("th", { scope: "col" }, "State"), make("th", { scope: "col" }, "Phones"))),
    make("tbody", {}, ...room.delegations.map((one) => make("tr", {},
      make("th", { scope: "row" }, one.name),
      make("td", {}, one.state === "model" ? (room.phase === "lobby" ? "nobody yet" : "played by the model") : one.state === "awaited" ? "awaited" : room.phase === "orders" ? "sheet is in" : "there"),
      make("td", {}, ...one.devices.map((device) => make("span", {}, device.name, device.there ? " " : " (away) ",
        make("button", { type: "button", "aria-label": `Release ${device.name}`, onclick: () => { if (confirm(`Release ${device.name}?`)) act("/teacher/act", { room: room.room, what: "release", phone: device.phone }); } }, "Release"), " "))))))));
}

function orders(one, isOpen) {
  return make("details", { open: isOpen },
    make("summary", {}, `Quarter ${one.quarter}: ${one.lines.length ? plural(one.lines.length, "new order") : "nothing new"}`),
    make("ul", {}, ...one.lines.map((line) => make("li", {}, make("strong", {}, `${line.of}: `), `${line.text} ${line.answer}`))));
}

// After the game: two decisions may be changed, and the page is made of what the class did.
function debrief(room) {
  const { said, ready, turns, chosen } = room.debrief, isBusy = said.endsWith("…");
  const button = (text, path, body, isMain = false) => make("button", { type: "button", class: isMain ? "main" : "", disabled: isBusy, onclick: () => act(path, { room: room.room, ...body }) }, text);
  return make("div", { class: "debrief" },
    make("h3", {}, "Debrief"),
    make("p", { role: "status" }, said),
    make("p", { class: "buttons" },
      turns.length ? null : button("Which decisions could be changed?", "/teacher/turns", {}),
      button("Make the debrief: 1,000 worlds", "/teacher/debrief", { worlds: 1000 }, true),
      button("With 10,000 worlds, in some minutes", "/teacher/debrief", { worlds: 10000 }),
      ready ? make("a", { href: `/teacher/debrief/${room.room}`, target: "_blank", rel: "noopener" }, "Open the debrief") : null),
    turns.length ? make("p", { class: "small" }, `The last two that are chosen are changed in the debrief; without any, the two least likely. Chosen: ${chosen}.`) : null,
    turns.length ? make("ul", { class: "turns" }, ...turns.map((turn) => make("li", {}, `${turn.when}: ${turn.text} `, make("span", { class: "soft" }, `(${turn.odds})`), " ",
      ...turn.others.flatMap((other) => [button(turn.chosen === other.level ? `✓ ${other.words}` : `Instead: ${other.words}`, "/teacher/turn", { number: turn.number, level: other.level }), " "])))) : null);
}
