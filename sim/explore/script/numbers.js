// Intervals as sim/statistics reckons them, and how a number is written.

const Z = 1.959963984540054;
const MINUS = "\u2212";

// Wilson (1927): [share, low, high].
function wilson(count, worlds) {
  if (!worlds) return [NaN, NaN, NaN];
  const share = count / worlds;
  const spread = (Z * Z) / worlds;
  const centre = (share + spread / 2) / (1 + spread);
  const half = Math.sqrt(share * (1 - share) * spread + (spread * spread) / 4) / (1 + spread);
  return [share, Math.min(Math.max(centre - half, 0), share), Math.max(Math.min(centre + half, 1), share)];
}

// Tango (1998): the difference of two shares over the same pairs, [difference, low, high].
function tango(added, averted, pairs) {
  if (!pairs) return [NaN, NaN, NaN];
  const share = (added - averted) / pairs;
  const score = (delta) => tangoScore(added, averted, pairs, delta);
  return [share, solve(score, Z, -1, share), solve(score, -Z, share, 1)];
}

function tangoScore(b, c, n, delta) {
  const linear = -b - c + (2 * n - b + c) * delta;
  const constant = -c * delta * (1 - delta);
  const averted = (Math.sqrt(linear * linear - 8 * n * constant) - linear) / (4 * n);
  const variance = n * (2 * averted + delta * (1 - delta));
  const distance = b - c - n * delta;
  if (variance > 1e-12) return distance / Math.sqrt(variance);
  return Math.abs(distance) < 1e-9 ? 0 : Math.sign(distance) * Infinity;
}

// Returns where a falling function between two ends has a value.
function solve(falling, value, low, high) {
  if (falling(low) <= value) return low;
  if (falling(high) >= value) return high;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (falling(middle) > value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

// The mean of numbers whose sums are known, [mean, low, high].
function meanInterval(sum, squares, count) {
  if (!count) return [NaN, NaN, NaN];
  const mean = sum / count;
  const variance = count > 1 ? Math.max(squares - sum * mean, 0) / (count - 1) : NaN;
  const half = Z * Math.sqrt(variance / count);
  return [mean, mean - half, mean + half];
}

const withCommas = new Intl.NumberFormat("en-GB");
const threeDigits = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

const exactlyThree = new Intl.NumberFormat("en-GB", { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });

const writeCount = (count) => withCommas.format(count);
const writeNumber = (value) =>
  Number.isFinite(value) ? threeDigits.format(value).replace("-", MINUS) : "n/a";

function percentDigits(share) {
  const percent = Math.abs(share) * 100;
  return percent > 0 && (percent < 1 || (percent > 99 && percent < 100)) ? 1 : 0;
}

function writeShare(share) {
  if (!Number.isFinite(share)) return "n/a";
  if (share > 0 && share < 0.0005) return "<0.1%";
  return `${(share * 100).toFixed(percentDigits(share))}%`;
}

// 65 to 67%: both ends with the digits of the finer one.
function writeShares(low, high) {
  if (!Number.isFinite(low)) return "n/a";
  const digits = Math.max(percentDigits(low), percentDigits(high));
  return `${(low * 100).toFixed(digits)} to ${(high * 100).toFixed(digits)}%`;
}

function signed(text, value) {
  if (!/[1-9]/.test(text)) return text.replace(/^[-\u2212]/, "");
  return value > 0 ? `+${text}` : text.replace("-", MINUS);
}

// A difference of shares in percentage points; `digits` only where it is small.
function writePoints(value, digits = percentDigits(value)) {
  return Number.isFinite(value) ? signed((value * 100).toFixed(digits), value) : "n/a";
}

function writePointsParts([value, low, high]) {
  const digits = Math.max(percentDigits(value), high - low < 0.02 ? 1 : 0);
  return [`${writePoints(value, digits)} points`, `${writePoints(low, digits)} to ${writePoints(high, digits)}`];
}

const writePointsInterval = (interval) => `${writePointsParts(interval)[0]} (${writePointsParts(interval)[1]})`;

// A mean and its interval with as many digits as the interval warrants.
function writeMean([value, low, high], sign = false) {
  if (!Number.isFinite(value)) return ["n/a", ""];
  const digits = decimalsOf(value, low, high);
  const one = (number) => {
    const text = withDigits(number, digits);
    return sign ? signed(text, number) : text.replace("-", MINUS);
  };
  return [one(value), low === high || !Number.isFinite(low) ? "" : `${one(low)} to ${one(high)}`];
}

function decimalsOf(value, low, high) {
  const size = high > low ? (high - low) / 2 : Math.abs(value) / 10;
  return size > 0 ? Math.min(4, Math.max(0, -Math.floor(Math.log10(size)))) : 0;
}

const digitFormats = Array.from({ length: 5 }, (_, digits) => new Intl.NumberFormat("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits }));
const withDigits = (number, digits) => digitFormats[digits].format(number);

const writeChange = (value) => (Number.isFinite(value) ? signed(writeNumber(value), value) : "n/a");
