// Pages for readers come before the modules, and definitions before all.
var Scorer = {
  score: ([page, , , , score]) =>
    score + (page.endsWith("/glossary") ? 20 : 0) - (page.includes("/reference/modules") ? 20 : 0),
  objNameMatch: 2,
  objPartialMatch: 1,
  objPrio: {0: 0, 1: 0, 2: 0},
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
