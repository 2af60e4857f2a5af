// Fills in the question of a link such as /#q=How%20long…; what stands behind # is sent to no server. It asks nothing by itself.
const LINK = "#q=", KEPT = "question-of-link";

export function fillFromLink() {
  take();
  addEventListener("hashchange", take);
}

function take() {
  const words = ofAddress() ?? kept();
  if (!words) return;
  const box = document.querySelector("#ask #question");
  if (!box) { keep(words); return; }
  keep("");
  box.value = words;
  box.focus();
  box.setSelectionRange(words.length, words.length);
  document.querySelector("#live").textContent = "The question of the link is filled in. Choose Ask to ask it.";
}

// Returns the question in the address, and takes it out of there and of the browser's history.
function ofAddress() {
  if (!location.hash.startsWith(LINK)) return null;
  const words = decoded(location.hash.slice(LINK.length)).slice(0, 20000);
  history.replaceState(history.state, "", location.pathname + location.search);
  return words;
}

function decoded(text) {
  try { return decodeURIComponent(text.replaceAll("+", " ")); } catch { return ""; }
}

// Signing in comes between: this tab remembers the question until the page for it is there.
function kept() {
  try { return sessionStorage.getItem(KEPT); } catch { return null; }
}

function keep(words) {
  try { words ? sessionStorage.setItem(KEPT, words) : sessionStorage.removeItem(KEPT); } catch { /* this browser keeps nothing */ }
}
