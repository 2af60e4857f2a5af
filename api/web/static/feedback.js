// Sends feedback without leaving the page.
export function watchFeedback() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form.feedback")) return;
    event.preventDefault();
    const status = form.querySelector(".said"), body = new URLSearchParams(new FormData(form));
    const response = await fetch(form.action, { method: "POST", body }).catch(() => null);
    status.textContent = response?.ok ? "Thank you. Your feedback has been saved." : "It could not be saved. Please try again.";
    if (response?.ok) form.querySelector("button").disabled = true;
  });
}
