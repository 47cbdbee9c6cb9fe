const text = document.getElementById("worlds").textContent;
const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
const raw = new Uint8Array(await new Response(stream).arrayBuffer());
const length = new DataView(raw.buffer).getUint32(4, true);
const header = JSON.parse(new TextDecoder().decode(raw.subarray(8, 8 + length)));
const line = document.createElement("p");
line.textContent = `${header.worlds.toLocaleString("en")} worlds, ${header.outcomes.length} outcomes`;
document.getElementById("page").append(line);
