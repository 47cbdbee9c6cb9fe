// One outcome counted over the worlds left: in each scenario, and pair by pair.

// For each scenario: in which worlds the outcome is defined, null where in all.
function findDefined(pack, outcome) {
  const given = outcome.given && pack.outcomes.find((other) => other.name === outcome.given);
  const { missing, row } = outcome.values;
  return pack.sides.map((_, side) => {
    const values = row(side);
    const isMissing = missing !== null && values.includes(missing);
    if (!given && !isMissing) return null;
    const condition = given && given.values.row(side);
    return Uint8Array.from(values, (value, world) => Number(value !== missing && (!condition || condition[world] > 0)));
  });
}

const definedIn = (outcome, side) => outcome.defined[side];

// What is written in per cent; an index from 0 to 1 is not.
const isShare = ({ kind, unit }) => kind === "yes" || (kind === "share" && /share/.test(unit));

// Returns [estimate, low, high] of one scenario, and over how many worlds.
function countSide(pack, outcome, side, worlds) {
  const values = outcome.values.row(side);
  const defined = definedIn(outcome, side);
  let count = 0, sum = 0, squares = 0;
  for (let i = 0; i < worlds.length; i++) {
    const world = worlds[i];
    if (defined !== null && !defined[world]) continue;
    const value = values[world];
    count++;
    sum += value;
    squares += value * value;
  }
  const interval = outcome.kind === "yes" ? wilson(sum, count) : scaled(outcome, meanInterval(sum, squares, count));
  return { interval, count };
}

function scaled(outcome, interval, isDifference = false) {
  const { scale, zero } = outcome.values;
  return interval.map((value) => value * scale + (isDifference ? 0 : zero));
}

// Counts pairs: [both, only in the first, only in the second, neither].
function countPairs(pack, outcome, first, second, worlds) {
  const a = outcome.values.row(first), b = outcome.values.row(second);
  const inA = definedIn(outcome, first), inB = definedIn(outcome, second);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < worlds.length; i++) {
    const world = worlds[i];
    if ((inA !== null && !inA[world]) || (inB !== null && !inB[world])) continue;
    counts[a[world] ? (b[world] ? 0 : 1) : b[world] ? 2 : 3]++;
  }
  return counts;
}

function meanDifference(pack, outcome, first, second, worlds) {
  const a = outcome.values.row(first), b = outcome.values.row(second);
  const inA = definedIn(outcome, first), inB = definedIn(outcome, second);
  let count = 0, sum = 0, squares = 0;
  for (let i = 0; i < worlds.length; i++) {
    const world = worlds[i];
    if ((inA !== null && !inA[world]) || (inB !== null && !inB[world])) continue;
    const difference = a[world] - b[world];
    count++;
    sum += difference;
    squares += difference * difference;
  }
  return { interval: scaled(outcome, meanInterval(sum, squares, count), true), count };
}

function difference(pack, outcome, first, second, worlds) {
  if (outcome.kind !== "yes") return meanDifference(pack, outcome, first, second, worlds);
  const pairs = countPairs(pack, outcome, first, second, worlds);
  const count = pairs.reduce((all, one) => all + one, 0);
  return { interval: tango(pairs[1], pairs[2], count), count, pairs };
}
