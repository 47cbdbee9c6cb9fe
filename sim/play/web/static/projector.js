// The projector: what all may see. It can be read, and not used.

import { byId, draw, follow, gaugeList, make, newsLine, plural, renew, say, show, showClock, showStatus } from "./common.js";

const room = new URLSearchParams(location.search).get("room") ?? "1";
follow(`/projector/state?room=${encodeURIComponent(room)}`, `/projector/ws?room=${encodeURIComponent(room)}`, showView, (status) => showStatus(byId("status"), status));
setInterval(() => showClock(byId("clock")), 250);

function showView(view) {
  if (!view) return;
  document.title = `${view.title}: class game`;
  say(byId("title"), view.rooms > 1 ? `${view.title}, room ${view.number}` : view.title);
  say(byId("round"), roundText(view));
  document.body.classList.toggle("lobby", view.phase === "lobby");
  showJoin(view);
  showNews(view);
  renew(byId("network"), view.network, () => [network(view)]);
  renew(byId("key"), view.network.lines.map((line) => line.kind), () => keyOf(view.network.lines));
  renew(byId("delegations"), [view.phase, view.delegations], () => view.delegations.filter((one) => one.phones).map(chip));
  const model = view.delegations.filter((one) => !one.phones).map((one) => one.name);
  say(byId("model"), model.length ? `${view.phase === "lobby" ? "Nobody yet" : "Played by the model"}: ${model.join(", ")}` : "");
  say(byId("awaited"), awaitedText(view));
  show(byId("gauges-section"), view.gauges.length > 0);
  renew(byId("gauges"), view.gauges, () => gaugeList(view.gauges));
}

function roundText(view) {
  if (view.phase === "lobby") return "Before the game";
  if (view.phase === "over") return "The game is over";
  return [view.when, `quarter ${view.quarter} of ${view.quarters}`, view.paused ? "the clock stands" : ""].filter(Boolean).join(", ");
}

function showJoin(view) {
  show(byId("join"), view.open && view.phase === "lobby");
  if (!view.open) return;
  say(byId("code"), view.room);
  renew(byId("addresses"), view.addresses, () => [view.addresses[0] ?? ""]);
  const qr = byId("qr");
  show(qr, view.addresses.length > 0);
  renew(qr, view.addresses[0], () => { qr.src = `/qr/0?${encodeURIComponent(view.addresses[0])}`; return []; });
}

function showNews(view) {
  const [first, ...others] = view.news;
  say(byId("headline"), view.phase === "lobby" || (view.quarter === 1 && !first) ? view.question : first ? first.text : "Nothing of note has happened.");
  renew(byId("news"), others, () => (view.phase === "lobby" ? [] : others).map(newsLine));
  renew(byId("crises"), view.crises, () => view.crises.map((crisis) =>
    make("p", { class: "question" }, make("strong", {}, `${crisis.of}: `), crisis.text)));
}

function awaitedText(view) {
  const awaited = view.delegations.filter((one) => one.state === "awaited");
  if (view.phase === "lobby") return `${plural(view.delegations.reduce((sum, one) => sum + one.phones, 0), "device")} joined.`;
  if (view.phase === "simulating") return "The quarter is being simulated…";
  if (view.phase === "over") return "";
  if (!awaited.length) return "All are in.";
  return awaited.length > 3 ? `${plural(awaited.length, "delegation")} awaited, with a dashed line:` : `Awaited: ${awaited.map((one) => one.name).join(", ")}`;
}

function chip(one) {
  const words = one.paper ? ", on paper" : one.away === one.phones ? ", away" : "";
  return make("li", { class: one.state }, `${one.state === "awaited" ? "" : "✓ "}${one.name}${words}`);
}

const LINES = { commitment: "Promise of aid", war: "War", dispute: "Dispute" };

function network(view) {
  const at = Object.fromEntries(view.network.nodes.map((node) => [node.code, [340 + 230 * node.x, 190 + 140 * node.y]]));
  const awaited = new Set(view.delegations.filter((one) => one.state === "awaited").map((one) => one.code));
  const names = Object.fromEntries(view.network.nodes.map((node) => [node.code, node.name]));
  const said = view.network.lines.map((line) => `${LINES[line.kind] ?? line.kind}: ${names[line.a]} and ${names[line.b]}`).join("; ");
  return draw("svg", { viewBox: "0 0 680 390", class: "network", role: "img", "aria-label": said || "No bonds" },
    ...view.network.lines.map((line) => draw("line", { class: line.kind, x1: at[line.a][0], y1: at[line.a][1], x2: at[line.b][0], y2: at[line.b][1] })),
    ...view.network.nodes.map((node) => draw("circle", { cx: at[node.code][0], cy: at[node.code][1], r: 12, class: awaited.has(node.code) ? "awaited" : "" })),
    ...view.network.nodes.map((node) => draw("text", { x: at[node.code][0], y: at[node.code][1] + (node.y > 0.1 ? 38 : -22) }, node.name)));
}

function keyOf(lines) {
  return [...new Set(lines.map((line) => line.kind))].map((kind) => make("li", {},
    draw("svg", { viewBox: "0 0 36 8", class: "network", "aria-hidden": "true" }, draw("line", { class: kind, x1: 0, y1: 4, x2: 36, y2: 4 })), LINES[kind] ?? kind));
}
