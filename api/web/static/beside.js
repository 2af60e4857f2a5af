// Opens a cited page beside the chat, and returns the focus to the citation when it is closed.
let opener = null;

export function watchBeside() {
  const beside = document.querySelector("#beside");
  if (!beside) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.opens");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (!beside.contains(link)) opener = link;
    open(beside, link.href);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !beside.hidden) close(beside);
  });
}

async function open(beside, address) {
  const answer = await fetch(address).catch(() => null);
  const viewer = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#viewer");
  if (!viewer) { location.assign(address); return; }
  const title = viewer.querySelector("h1"), heading = document.createElement("h2");
  heading.append(...title.childNodes);
  heading.className = "small-title";
  title.replaceWith(heading);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second closes";
  button.textContent = "Close document";
  button.onclick = () => close(beside);
  beside.replaceChildren(button, document.adoptNode(viewer));
  beside.hidden = false;
  beside.scrollTop = 0;
  beside.focus({ preventScroll: true });
  const shown = beside.querySelector(".picture") ?? beside.querySelector("#quote") ?? beside;
  shown.scrollIntoView({ block: shown.matches("#quote") ? "center" : "nearest" });
}

function close(beside) {
  beside.hidden = true;
  beside.replaceChildren();
  if (opener?.isConnected) opener.focus();
}
