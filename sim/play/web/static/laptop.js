// One laptop for several delegations: handed round behind a curtain, or used to type in paper sheets.

import { byId, follow, make, newsLine, post, renew, say, show, showClock, showStatus } from "./common.js";
import { showAsked, showSheet } from "./orders.js";

const following = follow("/state", "/ws", showView, (status) => showStatus(byId("status"), status));
setInterval(() => showClock(byId("clock")), 250);

let latest = null, chosen = null, isLifted = false;

byId("code-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  say(byId("join-error"), "");
  try {
    const { seats } = await post("/laptop/look", { code: byId("code").value });
    byId("seats").replaceChildren(...seats.map((seat) => make("label", {},
      make("input", { type: "checkbox", name: "seat", value: seat.code, checked: seat.free, disabled: !seat.free }), make("span", {}, seat.free ? seat.name : `${seat.name}, has phones`))));
    show(byId("seats-form"), true);
  } catch (problem) {
    say(byId("join-error"), problem.status ? problem.message : "No connection. Try again.");
  }
});

byId("seats-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  try {
    await post("/laptop/join", { code: byId("code").value, device: form.get("device"), seats: form.getAll("seat") });
    following.again();
  } catch (problem) {
    say(byId("join-error"), problem.status ? problem.message : "No connection. Try again.");
  }
});

byId("lift").addEventListener("click", () => { isLifted = true; showView(latest); byId("desk-title").focus(); });
byId("done").addEventListener("click", () => { chosen = null; isLifted = false; showView(latest); });

// A seat has something to do while its sheet or an answer is missing.
const isBusy = (view, seat) => (view.phase === "orders" && seat.sheet && !seat.sent) || seat.questions.some((question) => question.answer === null || question.answer === undefined);

function showView(view) {
  latest = view;
  const isIn = Boolean(view);
  show(byId("join"), !isIn);
  if (!isIn || view.device === "phone") {
    for (const id of ["curtain", "desk", "waiting", "hold"]) show(byId(id), false);
    if (isIn) { show(byId("waiting"), true); say(byId("waiting-text"), "This browser is the phone of a delegation."); }
    return;
  }
  say(byId("round"), view.phase === "lobby" ? "" : view.phase === "over" ? "The game is over" : `Quarter ${view.quarter} of ${view.quarters}${view.paused ? ", the clock stands" : ""}`);
  const busy = view.seats.filter((seat) => isBusy(view, seat));
  const isPaper = view.device === "paper";
  if (!view.seats.some((seat) => seat.code === chosen) || ((isPaper || !isLifted) && !busy.some((seat) => seat.code === chosen))) { chosen = busy[0]?.code ?? null; isLifted = isPaper; }
  const seat = view.seats.find((one) => one.code === chosen);
  show(byId("curtain"), Boolean(seat) && !isLifted);
  show(byId("desk"), Boolean(seat) && isLifted);
  show(byId("waiting"), !seat);
  showHeld(view, busy, isPaper);
  if (!seat) return showWaiting(view);
  say(byId("curtain-title"), `Hand the laptop to ${seat.called}`);
  say(byId("lift"), `We are ${seat.called}`);
  if (isLifted) showDesk(view, seat, isPaper);
}

function showDesk(view, seat, isPaper) {
  say(byId("desk-title"), isPaper ? `${seat.name}: what its paper says` : seat.name);
  showAsked(byId("asked"), view, seat, false);
  showSheet(byId("sheet"), view, seat);
  renew(byId("news"), isPaper ? [] : seat.news, () => (isPaper ? [] : seat.news).map(newsLine));
  renew(byId("goals"), seat.goals, () => seat.goals.map((goal) => make("li", {}, goal)));
  show(byId("aims"), !isPaper && seat.goals.length > 0);
  say(byId("done"), isBusy(view, seat) ? "Later" : "Hand on");
}

function showHeld(view, busy, isPaper) {
  show(byId("hold"), true);
  renew(byId("held"), [view.seats.map((seat) => seat.code), busy.map((seat) => seat.code), chosen, isPaper], () => view.seats.map((seat) => {
    const words = busy.includes(seat) ? `${seat.name}, awaited` : seat.name;
    return make("li", { class: busy.includes(seat) ? "awaited" : "in" },
      busy.includes(seat) ? make("button", { type: "button", onclick: () => { chosen = seat.code; isLifted = isPaper; showView(latest); } }, words) : words);
  }));
}

function showWaiting(view) {
  say(byId("waiting-text"), { lobby: "The teacher begins.", simulating: "The quarter is being simulated…", over: "The game is over." }[view.phase] ?? "All delegations here are in.");
  renew(byId("world-news"), view.world_news, () => view.world_news.map(newsLine));
}
