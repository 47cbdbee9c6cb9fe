// The pack: base64 in, a header with typed arrays out. docs/explorer-data.md describes the format.

const TYPES = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, f4: Float32Array };

function bytesOfBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

async function unzip(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

// Returns the header; every array in it has become {raw, scale, zero, shape, row(index)}.
function readPack(buffer) {
  const magic = String.fromCharCode(...new Uint8Array(buffer, 0, 4));
  if (magic !== "SIMX") throw new Error("These bytes are not a pack of simulated worlds.");
  const length = new DataView(buffer).getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  return openArrays(header, buffer.slice(8 + length));
}

function openArrays(part, body) {
  if (part === null || typeof part !== "object") return part;
  if (typeof part.dtype === "string" && "offset" in part) return openArray(part, body);
  for (const key of Object.keys(part)) part[key] = openArrays(part[key], body);
  return part;
}

function openArray({ offset, dtype, shape, scale = 1, zero = 0, missing = null, delta = [] }, body) {
  const width = shape[shape.length - 1];
  const size = shape.reduce((all, one) => all * one, 1);
  const stride = size / shape[0];
  const raw = dtype === "bits"
    ? unpackBits(new Uint8Array(body, offset), size / width, width, delta.includes("sides") ? stride / width : 0)
    : undoDifferences(new TYPES[dtype](body, offset, size), stride, width, delta);
  return { raw, scale, zero, missing, shape, row: (index) => raw.subarray(index * stride, (index + 1) * stride) };
}

// What is stored as a difference from the first side, and from the month before; types wrap around as they should.
function undoDifferences(raw, stride, width, delta) {
  if (delta.includes("sides")) for (let i = stride; i < raw.length; i++) raw[i] += raw[i % stride];
  if (delta.includes("months")) for (let i = 0; i < raw.length; i++) if (i % width) raw[i] += raw[i - 1];
  return raw;
}

// Bits lie lowest first; each row begins with a new byte. `first` rows are those that the others differ from.
function unpackBits(bytes, rows, width, first) {
  const raw = new Uint8Array(rows * width);
  const stride = Math.ceil(width / 8);
  for (let row = 0; row < rows; row++) {
    const base = first && row >= first ? (row % first) * width : -1;
    for (let i = 0; i < width; i++) {
      const bit = (bytes[row * stride + (i >> 3)] >> (i & 7)) & 1;
      raw[row * width + i] = base < 0 ? bit : bit ^ raw[base + i];
    }
  }
  return raw;
}
