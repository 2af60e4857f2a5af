// Reloads the page as long as it is open, so that the questions that wait are asked.
export function goOn() {
  const waiting = document.querySelector("[data-go] a.on");
  if (waiting) setTimeout(() => { location.replace(waiting.href); }, 300);
}
