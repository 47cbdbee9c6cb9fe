// Order sheets and crises: made of what the server asks, sent once, and sent again until it has answered.

import { make, makeId, post, Refused, renew, say, store } from "./common.js";

// A line with its answers as buttons of which one is chosen.
function line(name, question, chosen, isFixed) {
  return make("fieldset", {},
    make("legend", {}, question.text),
    question.note ? make("p", { class: "help" }, question.note) : null,
    make("div", { class: "options" }, ...question.options.map((words, number) =>
      make("label", {}, make("input", { type: "radio", name, value: number, checked: number === chosen, disabled: isFixed }), make("span", {}, words)))));
}

// What waits on this device until the server has it, by what it is about.
const keyOf = (view, seat, about) => `alliance ${view.room} ${seat.code} ${about}`;

function readForm(form, sheet) {
  const choices = {};
  for (const question of sheet.standing) {
    const checked = form.querySelector(`input[name="${CSS.escape(question.id)}"]:checked`);
    if (checked) choices[question.id] = Number(checked.value);
  }
  const select = form.querySelector("select");
  if (select?.value) {
    const checked = form.querySelector("input[name=how]:checked");
    choices[select.value] = checked ? Number(checked.value) : 1;
  }
  return choices;
}

// The one initiative: first which, then how.
function initiative(sheet, choices, isFixed, changed) {
  const taken = sheet.initiatives.find((question) => choices[question.id] > 0);
  const how = make("div", {});
  const select = make("select", { id: "initiative", disabled: isFixed, onchange: () => { showHow(select.value); changed(); } },
    make("option", { value: "" }, "None"),
    ...sheet.initiatives.map((question) => make("option", { value: question.id, selected: question === taken }, question.text)));
  function showHow(id) {
    const question = sheet.initiatives.find((one) => one.id === id);
    how.replaceChildren(...(!question ? [] : [
      question.note ? make("p", { class: "help" }, question.note) : "",
      question.options.length < 3 ? "" : make("fieldset", {}, make("legend", {}, "How"), make("div", { class: "options" },
        ...question.options.map((words, number) => number === 0 ? null :
          make("label", {}, make("input", { type: "radio", name: "how", value: number, checked: number === (choices[id] || 1), disabled: isFixed }), make("span", {}, words)))))]));
  }
  showHow(taken?.id);
  return make("fieldset", { class: "initiative" },
    make("legend", {}, make("label", { for: "initiative" }, "One initiative this quarter")), select, how);
}

// Shows the sheet of a seat. What is chosen and not yet sent stays on the device.
export function showSheet(form, view, seat) {
  const sheet = seat.sheet;
  if (!sheet) { renew(form, null, () => []); return; }
  const key = keyOf(view, seat, `sheet ${sheet.quarter}`);
  renew(form, [view.room, seat.code, sheet, seat.sent?.choices ?? null], () => {
    const draft = seat.sent?.choices ?? store.read(key)?.choices ?? {};
    const isFixed = Boolean(seat.sent);
    const hold = () => { if (!isFixed && !store.read(key)?.waits) store.write(key, { choices: readForm(form, sheet), waits: false }); };
    const state = make("p", { role: "status", class: "state" });
    form.onchange = hold;
    form.onsubmit = (event) => {
      event.preventDefault();
      if (isFixed) return;
      store.write(key, { id: makeId(), choices: readForm(form, sheet), waits: true });
      sendWaiting(form, view, seat);
    };
    return [
      sheet.standing.length ? make("p", { class: "help" }, "Standing orders, for three months:") : "",
      ...sheet.standing.map((question) => line(question.id, question, draft[question.id] ?? question.default, isFixed)),
      sheet.initiatives.length ? initiative(sheet, draft, isFixed, hold) : "",
      !sheet.standing.length && !sheet.initiatives.length ? make("p", {}, "Nothing is yours to decide this quarter.") : "",
      make("div", { class: "send" }, isFixed ? null : make("button", { class: "main" }, "Send"), state)];
  });
  if (seat.sent) store.clear(key);
  sendWaiting(form, view, seat);
}

const underWay = new Set();

// Sends the sheet that waits, and says what came of it: never "sent" before the server has answered.
async function sendWaiting(form, view, seat) {
  const key = keyOf(view, seat, `sheet ${seat.sheet.quarter}`), state = form.querySelector(".state"), button = form.querySelector("button");
  if (seat.sent) {
    state.className = "state sent";
    say(state, `Sent ${seat.sent.at}${seat.sent.by ? ` by ${seat.sent.by}` : ""}. The first sheet counts.`);
    return;
  }
  const waiting = store.read(key);
  if (!waiting?.waits || underWay.has(key)) return;
  underWay.add(key);
  if (button) button.disabled = true;
  state.className = "state";
  say(state, "Sending…");
  try {
    const answer = await post("/order", { id: waiting.id, seat: seat.code, quarter: seat.sheet.quarter, choices: waiting.choices });
    state.className = "state sent";
    say(state, `Sent ${answer.at}.`);
    store.clear(key);
  } catch (error) {
    if (button) button.disabled = false;
    if (error instanceof Refused && error.status !== 429) {
      store.write(key, { choices: waiting.choices, waits: false });
      say(state, error.message);
    } else {
      say(state, "Not sent yet: no connection. It is sent as soon as there is one.");
      setTimeout(() => sendWaiting(form, view, seat), 1500 + 1500 * Math.random());
    }
  } finally {
    underWay.delete(key);
  }
}

// Crises: questions to this seat, and guesses at what others answer.
export function showAsked(box, view, seat, mayBet = true) {
  renew(box, [seat.code, seat.questions, mayBet ? seat.others : []], () => [
    ...seat.questions.map((question) => crisis(view, seat, question)),
    ...(mayBet ? seat.others.map((question) => guess(view, seat, question)) : [])]);
}

function crisis(view, seat, question) {
  const said = make("p", { role: "status" }), isDone = question.answer !== null && question.answer !== undefined;
  if (isDone) { said.className = "sent"; say(said, `Answered ${question.sent.at}.`); }
  const form = make("form", { class: "question", "aria-label": "A question to your delegation" },
    line(`answer ${question.id}`, question, isDone ? question.answer : -1, isDone),
    isDone ? null : make("button", { class: "main" }, "Answer"), said);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const checked = form.querySelector("input:checked");
    if (!checked) return say(said, "Choose an answer first.");
    const key = keyOf(view, seat, question.id), held = store.read(key) ?? { id: makeId() };
    store.write(key, held);
    insist("/answer", { id: held.id, seat: seat.code, question: question.id, option: Number(checked.value) }, said, () => store.clear(key));
  });
  return form;
}

function guess(view, seat, question) {
  const said = make("p", { role: "status" });
  const form = make("form", { class: "question bet", "aria-label": `Your guess: ${question.of}` },
    make("p", { class: "small" }, `${question.of} is asked. What will it answer?`),
    line(`guess ${question.id}`, question, question.bet ?? -1, question.bet !== null),
    question.bet === null ? make("button", {}, "Guess") : make("p", { class: "sent" }, "Guessed."), said);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const checked = form.querySelector("input:checked");
    if (checked) insist("/bet", { id: makeId(), seat: seat.code, subject: question.id, value: Number(checked.value) }, said);
  });
  return form;
}

// Sends until the server answers; it has ids by which it knows what it has already.
export async function insist(path, body, said, done = () => {}) {
  for (let tries = 0; tries < 40; tries++) {
    try {
      say(said, "Sending…");
      const answer = await post(path, body);
      say(said, answer.at ? `Sent ${answer.at}.` : "Sent.");
      return done(answer);
    } catch (error) {
      if (error instanceof Refused && error.status !== 429) return say(said, error.message);
      say(said, "Not sent yet: no connection. Trying again…");
      await new Promise((go) => setTimeout(go, 1500 + 1500 * Math.random()));
    }
  }
  return say(said, "Not sent. Try again.");
}
