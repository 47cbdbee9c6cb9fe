// Which worlds are left. Every world has one number for each assumption, so a third is a filter, not a new run.

const NEVER = 255;
const FEW = 200;

// The third of every world: 255 steps, 85 to each third, so that the borders are exact.
function thirdsOf(assumption) {
  return Uint8Array.from(assumption.quantile.raw, (step) => Math.min(Math.floor(step / 85), 2));
}

function happenedBy(month, when) {
  if (when === "never") return month === NEVER;
  return month <= (when === "ever" ? NEVER - 1 : Number(when));
}

// Returns the worlds left, by number.
function selectWorlds(pack, state) {
  const left = new Uint8Array(pack.worlds).fill(1);
  for (const assumption of pack.assumptions) {
    const third = THIRDS.indexOf(state.thirds[assumption.key]);
    if (third >= 0) restrictToThird(left, assumption.thirds, third);
  }
  for (const event of pack.happened) {
    const when = state.happened[event.phrase];
    if (when) restrictToHappened(left, event.month.row(state.within), when);
  }
  return numbersOf(left);
}

function restrictToThird(left, thirds, third) {
  for (let world = 0; world < left.length; world++) left[world] &= thirds[world] === third;
}

function restrictToHappened(left, month, when) {
  for (let world = 0; world < left.length; world++) left[world] &= happenedBy(month[world], when);
}

function numbersOf(left) {
  let count = 0;
  for (let world = 0; world < left.length; world++) count += left[world];
  const worlds = new Uint32Array(count);
  for (let world = 0, at = 0; world < left.length; world++) if (left[world]) worlds[at++] = world;
  return worlds;
}

// The months by which something may have happened: each half year.
function monthsOffered(pack) {
  const months = [];
  for (let month = 6; month < pack.months; month += 6) months.push(month);
  return months;
}
