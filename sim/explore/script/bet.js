// Place your bet: the reader guesses an outcome before it is shown, once; then both are seen.

function buildBet(card, act) {
  const { outcome } = card;
  const id = `bet-${outcome.name}`;
  const percent = isShare(outcome);
  const ends = percent ? [0, 100] : amountEnds(outcome);
  const input = make("input", { type: "range", id, min: ends[0], max: ends[1], step: percent ? 1 : (ends[1] - ends[0]) / 100, value: (ends[0] + ends[1]) / 2 });
  const output = make("output", { for: id });
  const asked = make("span");
  const write = () => say(output, percent ? `${input.value}%` : writeNumber(Number(input.value)));
  input.addEventListener("input", write);
  const show = make("button", { type: "submit" }, "Show");
  const form = make("form", { class: "bet", hidden: true },
    make("label", { for: id }, asked, output), input, show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act.guess(outcome, percent ? Number(input.value) / 100 : Number(input.value));
  });
  write();
  return { form, asked, result: make("p", { class: "guessed", hidden: true }) };
}

function amountEnds(outcome) {
  const { raw, scale, zero } = outcome.values;
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < raw.length; i++) [low, high] = [Math.min(low, raw[i]), Math.max(high, raw[i])];
  return [low * scale + zero, Math.max(high, low + 1) * scale + zero];
}

const isHidden = (state, outcome) => state.bet && !(outcome.name in state.guesses);

function showBet(pack, card, view) {
  const { outcome } = card;
  const hidden = isHidden(view.state, card.outcome);
  const guess = view.state.bet && view.state.guesses[card.outcome.name];
  card.bet.form.hidden = !hidden;
  card.figures.hidden = hidden;
  card.bet.result.hidden = !guess;
  if (hidden) say(card.bet.asked, isShare(card.outcome) ? `${pack.sides[view.side].title}: in how many of 100 worlds? ` : `${pack.sides[view.side].title}: how much, on average${outcome.unit ? ` (${outcome.unit})` : ""}? `);
  if (guess) say(card.bet.result, describeGuess(card.outcome, guess));
}

function describeGuess(outcome, [guess, figure, left]) {
  const write = isShare(outcome) ? writeShare : writeNumber;
  return `You guessed ${write(guess)}; it was ${write(figure)}, of ${writeCount(left)} worlds.`;
}

// How far off the guesses of shares were, for the line above the cards.
function describeBets(pack, state) {
  const shown = pack.outcomes.filter((outcome) => outcome.headline || state.also.includes(outcome.name));
  const made = shown.filter((outcome) => isShare(outcome) && outcome.name in state.guesses);
  const open = shown.filter((outcome) => isHidden(state, outcome)).length;
  if (!made.length) return "Move each slider to your guess, then show the figure.";
  const off = made.reduce((sum, outcome) => sum + Math.abs(state.guesses[outcome.name][0] - state.guesses[outcome.name][1]), 0) / made.length;
  const guesses = made.length === 1 ? "Your guess of a share was" : `Your ${made.length} guesses of shares were`;
  return `${guesses} ${(off * 100).toFixed(0)} points off${made.length > 1 ? " on average" : ""}. ${open ? `${open} to go.` : "All are shown."}`;
}
