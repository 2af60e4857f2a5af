// Sends feedback without leaving the page.
export function watchFeedback() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form.feedback")) return;
    event.preventDefault();
    const said = form.querySelector(".said"), body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    said.textContent = answer?.ok ? "Thank you. Your feedback has been kept." : "It could not be kept. Please try again.";
    if (answer?.ok) form.querySelector("button").disabled = true;
  });
}
