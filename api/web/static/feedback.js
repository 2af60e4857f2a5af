// Sends feedback without leaving the page: one tap, then, for an answer that was not useful, why.
export function watchFeedback() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form.feedback")) return;
    event.preventDefault();
    const status = form.querySelector(".said"), body = new URLSearchParams(new FormData(form));
    if (event.submitter?.name) body.append(event.submitter.name, event.submitter.value);
    const response = await fetch(form.action, { method: "POST", body }).catch(() => null);
    status.textContent = response?.ok ? "Thank you. Your feedback has been saved." : "It could not be saved. Please try again.";
    if (!response?.ok) return;
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    const why = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("form.why");
    if (why) form.after(document.adoptNode(why));
    (why ? form.nextElementSibling.querySelector("input[type=radio]") : status).focus();
  });
}
