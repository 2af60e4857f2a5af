// The page in a frame: asks by fetch, and remembers conversation and key in its own memory only.
import { events } from "./events.js";
import { showButtons } from "./buttons.js";
import { STAGES, card, say, spoken } from "./asking.js";
import { add } from "./states.js";

const LINK = "#q=";
const form = document.querySelector("#ask"), box = form.question, messages = document.querySelector("#messages");
const fault = document.querySelector("#fault"), stop = document.querySelector("#stop");
const csrf = document.querySelector("meta[name=csrf]").content, keys = document.querySelector("#key-form");
const history = [];
let key = "", count = 0, busy = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (box.value.trim() && !busy) ask(box.value);
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
for (const link of document.querySelectorAll("#whole, #again")) {
  link.addEventListener("click", () => { link.href = link.href.split("#")[0] + (box.value.trim() ? LINK + encodeURIComponent(box.value) : ""); });
}
document.querySelector("#again")?.addEventListener("click", () => setTimeout(() => location.reload()));
if (keys) {
  keys.hidden = false;
  keys.addEventListener("submit", (event) => {
    event.preventDefault();
    key = keys.querySelector("input").value.trim();
    fault.hidden = true;
    if (box.value.trim()) form.requestSubmit();
    else box.focus();
  });
}
if (location.hash.startsWith(LINK)) {
  try { box.value = decodeURIComponent(location.hash.slice(LINK.length)); } catch { /* no question in it */ }
}
if (parent !== window) {
  new ResizeObserver(() => {
    parent.postMessage({ policyAssistantHeight: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
  }).observe(document.body);
}

async function ask(text) {
  const gone = new AbortController(), pending = begun(text), had = document.activeElement;
  busy = true;
  fault.hidden = true;
  stop.hidden = false;
  stop.onclick = () => gone.abort();
  try {
    const message = await answer(text, pending, gone.signal);
    show(message, pending);
    box.value = "";
    if (key) usesKey();
    say(spoken(message.outcome));
  } catch (error) {
    pending.remove();
    say(error.name === "AbortError" ? "Stopped." : "");
    if (error.name !== "AbortError") failed(error);
  } finally {
    const onStop = document.activeElement === stop;
    stop.hidden = true;
    busy = false;
    if (onStop) box.focus();
    else if (had?.isConnected && document.activeElement === document.body) had.focus();
  }
}

async function answer(text, pending, signal) {
  const body = new URLSearchParams({ question: text, history: JSON.stringify(history.slice(-20)), csrf });
  const headers = { Accept: "text/event-stream", ...(csrf && { "X-CSRF-Token": csrf }), ...(key && { Authorization: `Bearer ${key}` }) };
  const response = await fetch("/embed", { method: "POST", body, headers, signal });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw Object.assign(new Error(problem.detail ?? "The server did not answer. Please try again."), { status: response.status });
  }
  for await (const [kind, value] of events(response.body)) {
    if (kind === "stage") pending.querySelector(".stages").textContent = STAGES[value.stage] ?? value.stage;
    else if (kind === "card") { card(pending, value); say(`${value.title}. ${value.text}`); }
    else if (kind === "message") return value;
    else if (kind === "problem") throw new Error(value.detail);
  }
  throw new Error("The answer is incomplete. Please ask again.");
}

function show(message, pending) {
  const article = document.adoptNode(new DOMParser().parseFromString(message.html, "text/html").querySelector("article"));
  count += 1;
  for (const node of article.querySelectorAll("[id]")) node.id = `${count}-${node.id}`;
  article.id = `${count}-message`;
  article.setAttribute("aria-labelledby", article.querySelector(".question").id);
  for (const link of article.querySelectorAll("a[href]")) {
    link.target = "_blank";
    link.rel = "noopener";
    if (link.hasAttribute("aria-label")) link.setAttribute("aria-label", `${link.getAttribute("aria-label")} (new tab)`);
  }
  pending.replaceWith(article);
  showButtons(article);
  for (const button of article.querySelectorAll(".prints")) button.hidden = true;
  article.scrollIntoView({ block: "nearest" });
  const outcome = message.outcome.then ?? message.outcome, said = (outcome.statements ?? []).map((each) => each.text).join(" ");
  history.push({ role: "user", content: outcome.standalone ?? message.outcome.question });
  if (said) history.push({ role: "assistant", content: said.slice(0, 20000) });
}

function usesKey() {
  if (!keys?.isConnected) return;
  const line = document.createElement("p");
  line.textContent = "Your key is used until you leave this page.";
  if (keys.contains(document.activeElement)) box.focus();
  keys.replaceWith(line);
}

function begun(text) {
  const article = document.createElement("article");
  article.className = "message pending";
  add(article, "h2", text).className = "question";
  add(article, "p", "Asking").className = "stages";
  messages.append(article);
  say("Searching the documents");
  return article;
}

function failed(error) {
  fault.querySelector("p").textContent = error.message;
  fault.hidden = false;
  const input = error.status === 401 && keys?.querySelector("input");
  (input || fault).focus();
}

