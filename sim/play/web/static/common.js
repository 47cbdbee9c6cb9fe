// What every page of the class shares. Text goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
export const byId = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Sets text only where it differs, so that a screen reader is not told twice.
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function show(element, isShown) {
  if (element.hidden === isShown) element.hidden = !isShown;
}

// Makes an element anew only if what it is made of has changed: what is typed and focused stays.
export function renew(element, of, children) {
  const mark = JSON.stringify(of);
  if (element.dataset.mark === mark) return;
  element.dataset.mark = mark;
  element.replaceChildren(...children());
}

// 96 random bits. crypto.randomUUID is missing where the address is not https, as in a classroom.
export function makeId() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What this device holds until the server has it; private windows may refuse.
export const store = {
  read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  },
  write(key, value) {
    try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* then it is not held */ }
  },
  clear(key) {
    try { localStorage.removeItem(key); } catch { /* nothing was held */ }
  },
};

// Sends something. Returns what the server answered; throws a Refused if it refused, a TypeError if it did not answer.
export async function post(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, said.message ?? "The server could not do this.");
  return said;
}

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

// Follows what the server shows this page: asks first, then listens, and asks again after every gap.
export function follow(statePath, socketPath, onView, onStatus) {
  let socket = null, tries = 0, timer = 0, stopped = false, heard = 0;

  async function begin() {
    clearTimeout(timer);
    if (stopped) return;
    try {
      const answer = await fetch(statePath, { cache: "no-store" });
      if (!answer.ok) throw new Error();
      const view = await answer.json();
      if (view.out) return onView(null);
      take(view);
    } catch {
      return again();
    }
    listen();
  }

  function listen() {
    if (socket) { socket.onclose = null; socket.close(); }
    socket = new WebSocket(`${location.origin.replace("http", "ws")}${socketPath}`);
    socket.onopen = () => { onStatus(tries ? "back" : "connected"); tries = 0; };
    socket.onmessage = (event) => take(JSON.parse(event.data));
    socket.onclose = (event) => {
      socket = null;
      if (event.code === 4001) { stopped = true; onStatus("replaced"); }
      else if (event.code === 4003) begin();
      else again();
    };
  }

  function again() {
    onStatus("reconnecting");
    tries += 1;
    timer = setTimeout(begin, Math.min(5000, 250 * 2 ** tries) * (0.5 + Math.random()));
  }

  function take(view) {
    heard = performance.now();
    clock.ends = view.clock?.ends ?? null;
    clock.ahead = view.now * 1000 - Date.now();
    clock.left = view.clock?.left ?? null;
    onView(view);
  }

  // A phone that slept has a socket that looks open and is not.
  const wake = () => {
    if (stopped || document.hidden) return;
    if (socket?.readyState !== WebSocket.OPEN || performance.now() - heard > 5000) { tries = Math.max(tries, 1); begin(); }
  };
  document.addEventListener("visibilitychange", wake);
  for (const event of ["pageshow", "online"]) addEventListener(event, (happened) => { if (event !== "pageshow" || happened.persisted) wake(); });
  addEventListener("offline", () => onStatus("reconnecting"));
  begin();
  return { again: () => { stopped = false; begin(); } };
}

// The server's clock: when it ends by the server's time, or what is left while it stands still.
const clock = { ends: null, left: null, ahead: 0 };

export function showClock(element) {
  const left = clock.ends === null ? clock.left : Math.max(0, clock.ends - (Date.now() + clock.ahead) / 1000);
  show(element, left !== null);
  if (left === null) return;
  const seconds = Math.ceil(left);
  say(element, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
  element.classList.toggle("late", clock.ends !== null && seconds <= 30);
}

export const STATUS = {
  connected: "",
  back: "Connected again.",
  reconnecting: "No connection. Trying again…",
  replaced: "This page is open in another tab.",
};

export function showStatus(element, status) {
  say(element, STATUS[status]);
  element.classList.toggle("away", status !== "connected" && status !== "back");
}

export function gaugeList(gauges) {
  return gauges.map((gauge) => make("div", { class: "gauge" },
    make("dt", {}, gauge.label),
    make("dd", {}, draw("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
      draw("rect", { class: "ground", width: 100, height: 8 }), draw("rect", { class: "level", width: Math.max(0, Math.min(1, gauge.share)) * 100, height: 8 })),
      make("span", {}, gauge.text), make("small", {}, `0: ${gauge.ends[0]}; 100: ${gauge.ends[1]}`))));
}

// One event, and who decided it where somebody did.
export function newsLine(news) {
  const by = { delegation: ", decided in class", model: ", decided by the model" }[news.by] ?? "";
  return make("li", { class: news.by === "delegation" ? "played" : "" }, make("span", { class: "soft" }, `${news.when}${by}: `), news.text);
}

export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
