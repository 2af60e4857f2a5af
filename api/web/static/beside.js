// Opens a cited page beside the chat, on a small screen over it, and goes back to the citation when it is closed.
import { stateBox, stateOf } from "./states.js";

const SMALL = matchMedia("(max-width: 69.99rem)");
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
  addEventListener("popstate", () => { if (!beside.hidden) shut(beside); });
  SMALL.addEventListener("change", () => { if (!beside.hidden) lay(beside); });
}

async function open(beside, address) {
  show(beside, waiting());
  let viewer;
  try {
    const answer = await fetch(address);
    viewer = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#viewer");
    if (!viewer) { location.assign(address); return; }
  } catch (error) {
    show(beside, stateBox({ ...stateOf(error), text: "The page could not be opened." }, () => open(beside, address)));
    return;
  }
  const title = viewer.querySelector("h1"), heading = document.createElement("h2");
  heading.append(...title.childNodes);
  heading.className = "small-title";
  title.replaceWith(heading);
  show(beside, document.adoptNode(viewer));
  beside.focus({ preventScroll: true });
  bring(beside);
}

// Puts the quoted words in the middle of what is seen: on the picture, or in the text on a small screen.
function bring(beside) {
  const words = beside.querySelector("#quote"), picture = beside.querySelector(".picture");
  if (SMALL.matches || !picture) { words?.scrollIntoView({ block: "center" }); return; }
  const marks = picture.querySelector("rect.mark");
  if (!marks) { picture.scrollIntoView({ block: "nearest" }); return; }
  const image = picture.querySelector("img"), center = () => marks.scrollIntoView({ block: "center" });
  if (image.complete) center();
  else image.addEventListener("load", center, { once: true });
}

function waiting() {
  const words = document.createElement("p");
  words.className = "stages";
  words.textContent = "Opening the page";
  return words;
}

function show(beside, node) {
  const button = document.createElement("button"), bar = document.createElement("p");
  button.type = "button";
  button.className = "second";
  button.textContent = "Close document";
  button.onclick = () => close(beside);
  bar.className = "closes";
  bar.append(button);
  beside.replaceChildren(bar, node);
  if (beside.hidden) history.pushState({ beside: true }, "");
  beside.hidden = false;
  lay(beside);
  beside.scrollTop = 0;
}

// Over the page, the rest of it is out of reach until the document is closed.
function lay(beside) {
  const isOver = SMALL.matches && !beside.hidden;
  document.documentElement.classList.toggle("is-covered", isOver);
  for (const each of [...document.body.children, ...beside.parentElement.children]) if (!each.contains(beside)) each.inert = isOver;
  if (isOver) { beside.setAttribute("role", "dialog"); beside.setAttribute("aria-modal", "true"); }
  else { beside.setAttribute("role", "complementary"); beside.removeAttribute("aria-modal"); }
}

function close(beside) {
  shut(beside);
  if (history.state?.beside) history.back();
}

function shut(beside) {
  beside.hidden = true;
  beside.replaceChildren();
  lay(beside);
  if (opener?.isConnected) opener.focus({ preventScroll: true });
}
