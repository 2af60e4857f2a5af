// What is said when a question gets no answer, in words of its own for each case, with a way on.
const OFFLINE = { title: "You are offline", text: "Your question is still in the box. Connect, then try again.", again: true };
const UNREACHED = { title: "The server cannot be reached", text: "Your question is still in the box. Try again in a minute.", again: true };

// A fault of the server, from its problem details; without them, of an answer that is none.
export class Fault extends Error {
  constructor(status, problem) {
    super(problem.detail ?? "The server did not answer. Please try again.");
    this.status = status;
    this.code = problem.error?.code ?? "";
  }
}

export function stateOf(error) {
  if (!(error instanceof Fault)) {
    if (!navigator.onLine) return OFFLINE;
    return error instanceof TypeError ? UNREACHED : { title: "There is a problem", text: error.message, again: true };
  }
  const text = error.message;
  if (error.status === 429) return { title: "Too many questions at once", text, again: true };
  if (error.code === "busy") return { title: "Many people are asking just now", text, again: true };
  if (error.code === "timeout") return { title: "That took too long", text, again: true };
  if (error.status === 401) return { title: "Please sign in again", text: "Copy your question, then sign in.", link: ["Sign in", `/sign-in?return_to=${encodeURIComponent(location.pathname)}`] };
  if (error.status === 404) return { title: "This conversation is gone", text: "It may have been deleted.", link: ["New conversation", "/"] };
  if (error.status === 409) return { title: "This conversation is full", text, link: ["New conversation", "/"] };
  if (error.status >= 500) return { title: "The service is busy or not ready", text, again: true };
  return { title: "There is a problem", text };
}

// Returns a box that says it, read out at once; "again" is called by its button.
export function stateBox(state, again) {
  const box = document.createElement("div");
  box.className = "error-summary";
  box.setAttribute("role", "alert");
  add(box, "h2", state.title);
  add(box, "p", state.text);
  if (state.again && again) {
    const button = add(add(box, "p", ""), "button", "Try again");
    button.type = "button";
    button.className = "second";
    button.onclick = () => { box.remove(); again(); };
  }
  if (state.link) add(add(box, "p", ""), "a", state.link[0]).href = state.link[1];
  return box;
}

export function add(parent, tag, words) {
  const node = document.createElement(tag);
  node.textContent = words;
  parent.append(node);
  return node;
}
