// Replaces each drawing by an interactive chart. Without this script, or when it fails, the drawings
// stay. `ast` lets Vega work under a policy that forbids text to be run as code.
async function enliven(place) {
  const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const stage = document.createElement("div");
  stage.ariaHidden = "true"; // the container describes the chart in words
  await vegaEmbed(stage, spec, { actions: false, ast: true, renderer: "svg" });
  place.replaceChildren(stage);
}

async function all() {
  for (const place of document.querySelectorAll("[data-chart]")) {
    await enliven(place);
  }
  document.documentElement.dataset.charts = "live";
}

all();
