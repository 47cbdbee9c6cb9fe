// The phone of a delegation: news, the order sheet, crises, guesses.

import { byId, follow, gaugeList, make, makeId, newsLine, plural, post, renew, say, show, showClock, showStatus } from "./common.js";
import { insist, showAsked, showSheet } from "./orders.js";

const following = follow("/state", "/ws", showView, (status) => showStatus(byId("status"), status));
setInterval(() => showClock(byId("clock")), 250);

byId("join-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const error = byId("join-error");
  say(error, "");
  try {
    await post("/join", { code: byId("code").value });
    following.again();
    byId("who").focus();
  } catch (problem) {
    say(error, problem.status ? problem.message : "No connection. Try again.");
  }
});

function showView(view) {
  const seat = view?.seats[0], isIn = Boolean(seat);
  show(byId("join"), !isIn);
  for (const id of ["lobby", "news-section", "waiting", "sheet-section", "figures-section", "aims", "asked"]) if (!isIn) show(byId(id), false);
  if (!isIn) { say(byId("who"), "Class game"); say(byId("round"), ""); say(byId("status"), ""); return; }
  document.title = `${seat.you}: class game`;
  say(byId("who"), seat.you);
  say(byId("round"), roundText(view));
  show(byId("lobby"), view.phase === "lobby");
  say(byId("lobby-text"), `You belong to ${seat.name}, with ${plural(seat.phones, "phone")}. Sit together, and decide who sends. The teacher begins.`);
  showNews(seat, view);
  show(byId("asked"), view.phase === "crisis");
  showAsked(byId("asked"), view, seat);
  show(byId("sheet-section"), view.phase === "orders" && seat.sheet !== null);
  if (view.phase === "orders") showSheet(byId("sheet"), view, seat);
  const waits = waitText(view, seat);
  show(byId("waiting"), Boolean(waits));
  say(byId("waiting-text"), waits);
  showFigures(seat);
  show(byId("aims"), seat.goals.length + seat.gauges.length > 0);
  renew(byId("goals"), seat.goals, () => seat.goals.map((goal) => make("li", {}, goal)));
  renew(byId("gauges"), seat.gauges, () => gaugeList(seat.gauges));
}

function roundText(view) {
  if (view.phase === "lobby") return "";
  return view.phase === "over" ? "The game is over" : `Quarter ${view.quarter} of ${view.quarters}${view.paused ? ", the clock stands" : ""}`;
}

function waitText(view, seat) {
  if (view.phase === "simulating") return "Time is up. The quarter is being simulated…";
  if (view.phase === "over") return "The game is over. The debrief is on the projector.";
  if (view.phase === "crisis" && !seat.questions.length) return "Others are asked. Your turn comes with the next sheet.";
  return "";
}

function showNews(seat, view) {
  show(byId("news-section"), seat.news.length > 0 && view.phase !== "lobby");
  renew(byId("news"), seat.news, () => seat.news.map(newsLine));
}

function showFigures(seat) {
  show(byId("figures-section"), seat.figures.length > 0);
  renew(byId("figures"), seat.figures, () => seat.figures.map((figure, place) => {
    if (figure.bet !== null) return make("p", {}, `${figure.label}: `, make("span", { class: "sent" }, `${figure.bet} of 100`));
    const said = make("p", { role: "status", class: "small" }), out = make("output", {}, "50 of 100");
    const range = make("input", { type: "range", min: 0, max: 100, value: 50, id: `figure-${place}`, oninput: () => say(out, `${range.value} of 100`) });
    return make("form", { onsubmit: (event) => { event.preventDefault(); insist("/bet", { id: makeId(), subject: figure.subject, value: Number(range.value) }, said); } },
      make("p", {}, make("label", { for: range.id }, figure.label)), make("p", {}, range, " ", out, " ", make("button", {}, "Guess")), said);
  }));
}
