// Puts a live chart in the place of each drawn one. Without this, or when it fails, the drawn ones
// stay. `ast` lets Vega work under a policy that forbids text to be run as code.
async function enliven(place) {
  const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const stage = document.createElement("div");
  stage.ariaHidden = "true"; // the place itself says in words what is seen
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
