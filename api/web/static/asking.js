// Asks by fetch, shows stages, card and statements as they arrive, and inserts the rendered message.
import { events } from "./events.js";
import { showButtons } from "./buttons.js";
import { Fault, add, stateBox, stateOf } from "./states.js";

export const STAGES = {
  screen: "Removing personal details", rewrite: "Reading your question", retrieve: "Searching the documents",
  compose: "Selecting the sentences that answer", verify: "Checking every quote", cite: "Adding sources and pages",
};

// Stands for a conversation that could not be begun: a question sent to it gets its card if it is urgent, else the reason.
const NONE = "none";

export function headers(more = {}) {
  const csrf = document.querySelector("meta[name=csrf]").content;
  return csrf ? { "X-CSRF-Token": csrf, ...more } : more;
}

export function watchAsking() {
  const form = document.querySelector("#ask");
  if (!form) return;
  const box = form.question;
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("#ask, .offered")) return;
    event.preventDefault();
    const text = event.target === form ? box.value : event.submitter.value;
    if (text.trim() && !form.dataset.busy) ask(form, text);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.edits");
    if (!link) return;
    event.preventDefault();
    box.value = link.dataset.text;
    box.focus();
    box.scrollIntoView({ block: "center" });
  });
  waitForExamples();
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

async function ask(form, text) {
  const stop = form.querySelector("#stop"), gone = new AbortController(), pending = begun(text);
  stop.hidden = false;
  stop.onclick = () => gone.abort();
  form.dataset.busy = "yes";
  try {
    const name = await conversation(form, gone.signal);
    if (!name) return plainly(form, text);
    const result = await outcome(name, text, mode(form), pending, gone.signal);
    if (result.record_id) await showMessage(name, result, pending, text);
    else if (!result.outcome.card) return plainly(form, text);
    else showUnstored(result, pending, text);
    form.question.value = "";
    talking(name);
  } catch (error) {
    pending.remove();
    say(error.name === "AbortError" ? "Stopped." : "");
    if (error.name !== "AbortError") failed(stateOf(error), () => ask(form, form.question.value));
    form.question.value = text;
  } finally {
    const had = document.activeElement === stop;
    stop.hidden = true;
    delete form.dataset.busy;
    if (had) form.question.focus();
  }
}

async function conversation(form, signal) {
  if (form.conversation.value) return form.conversation.value;
  const answer = await fetch("/v1/conversations", { method: "POST", headers: headers(), signal });
  if (answer.status >= 500 || answer.status === 409) return null;
  if (!answer.ok) return NONE;
  const name = (await answer.json()).conversation_id;
  form.conversation.value = name;
  return name;
}

async function outcome(name, text, mode, pending, signal) {
  const answer = await checked(await fetch(`/v1/conversations/${encodeURIComponent(name)}/messages`, {
    method: "POST", signal, body: JSON.stringify({ question: text, mode, ...asAt() }),
    headers: headers({ "Content-Type": "application/json", Accept: "text/event-stream" }),
  }));
  let result = null;
  const early = [];
  for await (const [kind, value] of events(answer.body)) {
    if (kind === "stage") stage(pending, STAGES[value.stage] ?? value.stage);
    else if (kind === "card") card(pending, value);
    else if (kind === "verified") early.push(add(pending, "p", value.text));
    else if (kind === "statement") { early.splice(0).forEach((each) => each.remove()); add(pending, "p", value.text); }
    else if (kind === "outcome") result = value;
    else if (kind === "problem") throw new Fault(value.status ?? 500, value);
  }
  if (!result) throw new Error("The answer is incomplete. Please ask again.");
  return result;
}

// The day that the question is asked as at, where one is chosen.
function asAt() {
  const day = document.querySelector("#as_at")?.value;
  return day ? { as_at: day } : {};
}

function mode(form) { return form.querySelector("[name=mode]:checked")?.value ?? "quoted"; }

async function showMessage(name, result, pending, typed) {
  const address = `/conversations/${encodeURIComponent(name)}`;
  const answer = await checked(await fetch(`${address}/messages/${result.record_id}`));
  const whole = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article");
  whole.classList.add("fresh");
  pending.replaceWith(document.adoptNode(whole));
  showRemoved(whole.querySelector(".notice.masked") ?? whole.querySelector(".question"), result, typed);
  showButtons(whole);
  if (location.pathname !== address) history.replaceState(null, "", address);
  whole.scrollIntoView({ block: "start" });
  say(spoken(result.outcome));
}

// Sends the form without script: nothing more can be stored, and an emergency card, or any answer from a data folder for reading only, needs no record.
function plainly(form, text) {
  form.question.value = text;
  form.submit();
}

// Leaves an emergency card that could not be stored on the page, with what is said beside it.
function showUnstored(result, pending, typed) {
  if (!pending.querySelector(".card")) card(pending, result.outcome.card);
  steps(pending.querySelector(".card"), result.outcome.steps, document.querySelector("#messages").dataset.steps);
  pending.querySelector(".stages").textContent = result.outcome.notices.map((each) => each.text).join(" ");
  showRemoved(pending.querySelector(".stages"), result, typed);
  say(spoken(result.outcome));
}

// Shows which words were removed, from the page's own memory of what was typed: they are neither stored nor sent again.
function showRemoved(before, result, typed) {
  const letters = Array.from(typed), kinds = JSON.parse(document.querySelector("#messages").dataset.details);
  const words = result.masked_spans.map((each) => `${kinds[each.kind] ?? each.kind} “${letters.slice(each.start, each.end).join("")}”`);
  if (!words.length) return;
  const line = document.createElement(before.matches(".notice") ? "span" : "p");
  line.className = before.matches(".notice") ? "removed" : "notice removed";
  line.textContent = `Removed before searching: ${words.join(", ")}. Only you see these words, and only now: they are not stored.`;
  if (before.matches(".notice")) before.append(line);
  else before.after(line);
}

export function spoken(outcome) {
  if (outcome.outcome === "signposted") return `${outcome.card.title}. ${outcome.card.text}`;
  if (outcome.outcome === "refused") return outcome.reason === "courtesy" ? outcome.message : `No confirmed answer. ${outcome.message}`;
  const count = outcome.statements.length;
  const start = outcome.outcome === "partly_answered" ? "Part of the question is answered. " : "";
  return `${start}Answer with ${count} statement${count === 1 ? "" : "s"}: ${outcome.statements.map((each) => each.text).join(" ")}`;
}

async function checked(answer) {
  if (answer.ok) return answer;
  throw new Fault(answer.status, await answer.json().catch(() => ({})));
}

// From the first answer on, the page is a conversation: what is only for the first visit goes.
function talking(name) {
  const remove = document.querySelector("#delete");
  document.querySelector("#offered")?.remove();
  document.querySelector("#intro").hidden = true;
  document.querySelector("#anew")?.removeAttribute("hidden");
  document.querySelector("#talk").hidden = false;
  document.querySelector("label[for=question]").textContent = "Ask a follow-up, or something new";
  if (name === NONE) return;
  remove.href = `/conversations/${encodeURIComponent(name)}/delete`;
  remove.hidden = false;
}

// Shows the questions that the documents answer once they are known: after a start they are asked in the background.
async function waitForExamples(tries = 8) {
  const offered = document.querySelector("#offered");
  if (!offered?.hidden || !tries) return;
  await new Promise((resolve) => { setTimeout(resolve, 1500); });
  const answer = await fetch("/").catch(() => null);
  const found = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#offered:not([hidden])");
  if (found && offered.isConnected) offered.replaceWith(document.adoptNode(found));
  else waitForExamples(tries - 1);
}

function begun(text) {
  document.querySelector(".chat .error-summary")?.remove();
  const article = document.createElement("article");
  for (const each of document.querySelectorAll(".fresh")) each.classList.remove("fresh");
  article.className = "message pending fresh";
  add(article, "h2", text).className = "question";
  add(article, "p", "Asking").className = "stages";
  document.querySelector("#messages").append(article);
  article.scrollIntoView({ block: "start" });
  say("Searching the documents");
  return article;
}

function stage(pending, words) { pending.querySelector(".stages").textContent = words; }

export function card(pending, value) {
  const section = document.createElement("section");
  section.className = `card ${value.level}`;
  add(section, "h3", value.title);
  for (const each of [value.text, value.in_language, value.for_children, value.for_parents]) if (each) add(section, "p", each);
  for (const each of value.contacts) add(section, "p", [each.name, each.phone, each.hours].filter(Boolean).join(", "));
  pending.querySelector(".question").after(section);
  say(`${value.title}. ${value.text}`);
}

// Adds what the documents say to do today, under the contacts of the card.
function steps(section, found, title) {
  if (found.length) add(section, "h4", title);
  for (const each of found) add(section, "p", `“${each.text}” ${each.citation.title}`);
}

function failed(state, again) { document.querySelector("#messages").after(stateBox(state, again)); }

export function say(words) { document.querySelector("#live").textContent = words; }
