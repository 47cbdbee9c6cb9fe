// Making elements. Text goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);

function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// Sets text only where it differs, so that nothing is laid out in vain.
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Sets an attribute only where it differs.
function mark(element, name, value) {
  const text = String(value);
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

// A word with a dotted line; tapped, it explains itself. `explain` returns lines of text.
function term(text, explain) {
  const button = make("button", { type: "button", class: "term", popovertarget: "explain" }, text);
  button.addEventListener("click", () => explainTerm(button, text, explain()));
  return button;
}

function explainTerm(button, title, lines) {
  const box = byId("explain");
  say(byId("explain-term"), title);
  byId("explain-text").replaceChildren(...lines.filter(Boolean).map((line) => make("p", {}, line)));
  const place = button.getBoundingClientRect();
  const width = Math.min(352, innerWidth - 16);
  box.style.width = `${width}px`;
  box.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
  box.style.top = place.bottom < innerHeight * 0.6 ? `${place.bottom + 4}px` : "auto";
  box.style.bottom = place.bottom < innerHeight * 0.6 ? "auto" : `${innerHeight - place.top + 4}px`;
}

// A group of radio buttons, one of which is chosen; `choices` are [value, text].
function radios(name, legend, choices, chosen, changed, attributes = {}) {
  const labels = choices.map(([value, text]) =>
    make("label", {},
      make("input", { type: "radio", name, value, checked: value === chosen, onchange: () => changed(value) }),
      make("span", {}, text)));
  return make("fieldset", { class: "radios", ...attributes }, make("legend", {}, legend), make("div", { class: "options" }, ...labels));
}

function choose(name, value) {
  const input = document.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
  if (input) input.checked = true;
}
