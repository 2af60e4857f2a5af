// Keys while the list of findings or something in it has the focus: J next, K previous, D opens the decision.
export function watchFindings() {
  const list = document.querySelector("#findings-list");
  if (!list) return;
  list.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...list.querySelectorAll(".finding")], at = all.indexOf(event.target.closest(".finding"));
    const key = event.key.toLowerCase();
    if (key === "j") move(all[Math.min(at + 1, all.length - 1)]);
    else if (key === "k") move(all[Math.max(at - 1, 0)]);
    else if (key === "d" && at >= 0) decide(all[at]);
    else return;
    event.preventDefault();
  });
}

function move(finding) {
  finding.focus({ preventScroll: true });
  finding.scrollIntoView({ block: "start" });
}

function decide(finding) {
  const details = finding.querySelector("details.opinion");
  details.open = true;
  details.querySelector("select").focus();
}
