// Folded sections open where a link leads into them, and those that belong on paper open for printing.
// Without this script nothing is lost: every section opens by hand.
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (target) target.scrollIntoView();
}
const printed = [];
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details[data-print]:not([open])")) {
    fold.open = true;
    printed.push(fold);
  }
});
addEventListener("afterprint", () => {
  while (printed.length) printed.pop().open = false;
});
addEventListener("hashchange", reveal);
reveal();
document.documentElement.dataset.page = "ready";
